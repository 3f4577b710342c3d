//! Salted hashes: what the chain has of documents that stay with their owners.

use crate::{error::Error, files, files::NewFile};
use hdx_primitives::{Commitment, ContextHash};
use hdx_sdk::{chain::ChainError, commitment};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Largest document, in bytes.
const MAX_DOCUMENT_BYTES: u64 = 64 * 1024 * 1024;

/// Largest file with a salt, in bytes.
const MAX_SALT_BYTES: u64 = 1_024;

/// A secret salt of 256 bits.
pub fn salt() -> Result<Zeroizing<[u8; 32]>, Error> {
	let mut salt = Zeroizing::new([0; 32]);
	getrandom::fill(&mut *salt).map_err(|error| Error::System(std::io::Error::other(error)))?;
	Ok(salt)
}

/// A document, read and not yet committed to.
pub struct Document {
	path: PathBuf,
	content: Vec<u8>,
}

/// The commitment to a document, and the file with its salt.
pub struct Committed {
	/// What the chain gets.
	pub commitment: Commitment,
	salt_file: NewFile,
}

impl Document {
	/// Reads a document.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::with_content(path, files::read(path, MAX_DOCUMENT_BYTES)?)
	}

	/// A document of which `content` is committed to, and beside which the salt is written.
	pub fn with_content(path: &Path, content: Vec<u8>) -> Result<Self, Error> {
		if content.is_empty() {
			return Err(Error::EmptyDocument { path: path.to_owned() });
		}
		let document = Self { path: path.to_owned(), content };
		let salt_file = document.salt_file();
		if salt_file.exists() {
			return Err(Error::SaltExists { path: salt_file });
		}
		Ok(document)
	}

	/// Commits to it under a new salt, which is written beside it.
	pub fn commit(&self) -> Result<Committed, Error> {
		let salt = salt()?;
		let mut salt_file = NewFile::create(&self.salt_file())?;
		salt_file.write(format!("{}\n", hex::encode(*salt)).as_bytes())?;
		Ok(Committed { commitment: commitment::document(&salt, &self.content), salt_file })
	}

	/// Where the salt lies: `FILE.salt`.
	fn salt_file(&self) -> PathBuf {
		let mut name = self.path.clone().into_os_string();
		name.push(".salt");
		name.into()
	}
}

impl Committed {
	/// Keeps the salt.
	pub fn keep(self) -> PathBuf {
		self.salt_file.keep()
	}

	/// Keeps the salt, unless the chain refused what it is for.
	pub fn keep_unless_refused<T>(
		self,
		result: Result<T, ChainError>,
	) -> Result<(T, PathBuf), Error> {
		self.salt_file.keep_unless_refused(result)
	}
}

/// Reads a salt that was written beside a document.
pub fn read_salt(path: &Path) -> Result<Zeroizing<[u8; 32]>, Error> {
	let text = Zeroizing::new(files::read(path, MAX_SALT_BYTES)?);
	let mut salt = Zeroizing::new([0; 32]);
	hex::decode_to_slice(text.trim_ascii(), &mut *salt).map_err(|_| Error::Malformed {
		path: path.to_owned(),
		expected: "a salt",
		detail: "64 hexadecimal digits are expected".to_owned(),
	})?;
	Ok(salt)
}

/// Reads a commitment.
pub fn parse_commitment(text: &str) -> Result<Commitment, String> {
	let mut hash = [0; 32];
	text.strip_prefix("0x")
		.and_then(|digits| hex::decode_to_slice(digits, &mut hash).ok())
		.map(|()| Commitment(hash))
		.ok_or_else(|| format!("`{text}` is no commitment: give 0x and 64 hexadecimal digits"))
}

/// The commitment to a document that was made before, from the document and the file with its salt.
pub fn reopen(document: &Path, salt_file: &Path) -> Result<Commitment, Error> {
	let content = files::read(document, MAX_DOCUMENT_BYTES)?;
	Ok(commitment::document(&*read_salt(salt_file)?, &content))
}

/// The context of a request, under a new salt, which is returned.
pub fn context(text: &str) -> Result<(ContextHash, String), Error> {
	let salt = salt()?;
	let hash = commitment::document(&salt, text.as_bytes());
	Ok((ContextHash(hash.0), format!("0x{}", hex::encode(*salt))))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	#[test]
	fn the_salt_beside_the_document_opens_the_commitment() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("licence.pdf");
		std::fs::write(&file, "a licence").unwrap();
		let committed = Document::read(&file).unwrap().commit().unwrap();
		let commitment = committed.commitment;
		let (_, salt_file) = committed.keep_unless_refused(Ok(())).unwrap();
		assert_eq!(salt_file, directory.path().join("licence.pdf.salt"));
		let text = std::fs::read_to_string(&salt_file).unwrap();
		let salt: [u8; 32] = hex::decode(text.trim()).unwrap().try_into().unwrap();
		assert_eq!(commitment, commitment::document(&salt, b"a licence"));
		assert_eq!(commitment, reopen(&file, &salt_file).unwrap());
	}

	#[test]
	fn fails_when_the_document_is_missing_or_empty() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("licence.pdf");
		assert!(matches!(Document::read(&file), Err(Error::Unreadable { .. })));
		std::fs::write(&file, "").unwrap();
		assert!(matches!(Document::read(&file), Err(Error::EmptyDocument { .. })));
	}

	#[test]
	fn fails_when_there_is_a_salt_already() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("licence.pdf");
		std::fs::write(&file, "a licence").unwrap();
		std::fs::write(directory.path().join("licence.pdf.salt"), "").unwrap();
		assert!(matches!(Document::read(&file), Err(Error::SaltExists { .. })));
	}

	#[test]
	fn the_salt_goes_when_nothing_comes_of_it() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("licence.pdf");
		std::fs::write(&file, "a licence").unwrap();
		drop(Document::read(&file).unwrap().commit().unwrap());
		assert!(!directory.path().join("licence.pdf.salt").exists());
	}

	#[test]
	fn a_salt_is_read_again() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("licence.pdf");
		std::fs::write(&file, "a licence").unwrap();
		let committed = Document::read(&file).unwrap().commit().unwrap();
		let commitment = committed.commitment;
		let salt = read_salt(&committed.keep()).unwrap();
		assert_eq!(commitment, commitment::document(&salt, b"a licence"));
		let text = format!("0x{}", hex::encode(commitment.0));
		assert_eq!(parse_commitment(&text).unwrap(), commitment);
		assert!(parse_commitment(&text[2..]).is_err());
		std::fs::write(&file, "0x12").unwrap();
		assert!(matches!(read_salt(&file), Err(Error::Malformed { .. })));
	}

	#[test]
	fn fails_when_a_salt_is_none() {
		let directory = tempfile::tempdir().unwrap();
		let (file, salt) = (directory.path().join("a.pdf"), directory.path().join("a.pdf.salt"));
		std::fs::write(&file, "a licence").unwrap();
		std::fs::write(&salt, "0102").unwrap();
		assert!(matches!(reopen(&file, &salt), Err(Error::Malformed { .. })));
		std::fs::write(&salt, "0".repeat(2_000)).unwrap();
		assert!(matches!(reopen(&file, &salt), Err(Error::TooLarge { .. })));
	}

	#[test]
	fn each_context_has_its_own_salt() {
		let (one, salt) = context("encounter 7").unwrap();
		let (other, _) = context("encounter 7").unwrap();
		assert_ne!(one, other);
		assert_eq!(salt.len(), 66);
	}
}
