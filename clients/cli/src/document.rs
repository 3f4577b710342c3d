//! Salted hashes: what the chain has of documents that stay with their owners.

use crate::{error::Error, files, files::NewFile};
use hdx_credentials::sd_jwt::SdJwt;
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
	/// The salt that it was committed to with before.
	salt: Option<PathBuf>,
}

/// The commitment to a document, and the file with its salt.
pub struct Committed {
	/// What the chain gets.
	pub commitment: Commitment,
	salt_file: SaltFile,
}

/// Where a salt lies.
enum SaltFile {
	/// Written for this commitment: it goes again if that comes to nothing.
	New(NewFile),
	/// Written when the credential was issued.
	OfIssue(PathBuf),
}

impl Document {
	/// Reads a document.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::with_content(path, files::read(path, MAX_DOCUMENT_BYTES)?)
	}

	/// Reads a credential: any document, or one that `hdx credential issue` made. The issuer committed to
	/// the latter already; with the salt beside it, the commitment is the same.
	pub fn credential(path: &Path) -> Result<Self, Error> {
		let bytes = files::read(path, MAX_DOCUMENT_BYTES)?;
		let Some(credential) = issued(&bytes) else { return Self::with_content(path, bytes) };
		let content = credential.issuer_signed().as_bytes().to_vec();
		let mut document = Self { path: path.to_owned(), content, salt: None };
		document.salt = Some(document.salt_file()).filter(|salt| salt.exists());
		Ok(document)
	}

	/// A document of which `content` is committed to, and beside which the salt is written.
	pub fn with_content(path: &Path, content: Vec<u8>) -> Result<Self, Error> {
		if content.is_empty() {
			return Err(Error::EmptyDocument { path: path.to_owned() });
		}
		let document = Self { path: path.to_owned(), content, salt: None };
		let salt_file = document.salt_file();
		if salt_file.exists() {
			return Err(Error::SaltExists { path: salt_file });
		}
		Ok(document)
	}

	/// Commits to it under a new salt, which is written beside it, or under that of its issuer.
	pub fn commit(&self) -> Result<Committed, Error> {
		if let Some(path) = self.salt.clone() {
			let commitment = commitment::document(&*read_salt(&path)?, &self.content);
			return Ok(Committed { commitment, salt_file: SaltFile::OfIssue(path) });
		}
		let salt = salt()?;
		let mut salt_file = NewFile::create(&self.salt_file())?;
		salt_file.write(salt_text(&salt).as_bytes())?;
		Ok(Committed {
			commitment: commitment::document(&salt, &self.content),
			salt_file: SaltFile::New(salt_file),
		})
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
		match self.salt_file {
			SaltFile::New(file) => file.keep_unless_refused(result),
			SaltFile::OfIssue(path) => files::kept_unless_refused(result, || path),
		}
	}
}

impl SaltFile {
	fn keep(self) -> PathBuf {
		match self {
			Self::New(file) => file.keep(),
			Self::OfIssue(path) => path,
		}
	}
}

/// A credential that `hdx credential issue` made, whole or with claims left out.
fn issued(bytes: &[u8]) -> Option<SdJwt> {
	SdJwt::parse(std::str::from_utf8(bytes).ok()?.trim()).ok()
}

/// A salt, as it is written beside a document.
fn salt_text(salt: &[u8; 32]) -> String {
	format!("{}\n", hex::encode(salt))
}

/// Reads a salt that was written beside a document.
pub fn read_salt(path: &Path) -> Result<Zeroizing<[u8; 32]>, Error> {
	parse_salt(&Zeroizing::new(files::read(path, MAX_SALT_BYTES)?), path)
}

fn parse_salt(text: &[u8], path: &Path) -> Result<Zeroizing<[u8; 32]>, Error> {
	let mut salt = Zeroizing::new([0; 32]);
	let digits = text.trim_ascii();
	hex::decode_to_slice(digits.strip_prefix(b"0x").unwrap_or(digits), &mut *salt).map_err(
		|_| Error::Malformed {
			path: path.to_owned(),
			expected: "a salt",
			detail: "64 hexadecimal digits are expected".to_owned(),
		},
	)?;
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

/// The commitment to a document that was made before, from the document and the file with its salt. Of an
/// issued credential, any presentation will do.
pub fn reopen(document: &Path, salt_file: &Path) -> Result<Commitment, Error> {
	let content = files::read(document, MAX_DOCUMENT_BYTES)?;
	let salt = read_salt(salt_file)?;
	Ok(match issued(&content) {
		Some(credential) => hdx_credentials::commitment::of(&salt, &credential),
		None => commitment::document(&salt, &content),
	})
}

/// The context of a request, under a new salt, which is returned.
pub fn context(text: &str) -> Result<(ContextHash, String), Error> {
	let salt = salt()?;
	let hash = commitment::document(&salt, text.as_bytes());
	Ok((ContextHash(hash.0), format!("0x{}", hex::encode(*salt))))
}

/// Reads anything as a salt, and as a document that may be a credential. A salt is written, and read again.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let path = Path::new("document.salt");
	if let Some(credential) = issued(bytes) {
		let again = issued(credential.to_string().as_bytes());
		let again = again.map(|again| again.issuer_signed().to_owned());
		assert_eq!(again.as_deref(), Some(credential.issuer_signed()));
	}
	let Ok(salt) = parse_salt(bytes, path) else { return };
	let again = parse_salt(salt_text(&salt).as_bytes(), path);
	assert!(again.is_ok_and(|again| *again == *salt));
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

	/// What an issuer would make of these claims.
	fn licence() -> SdJwt {
		use hdx_credentials::{jose, sd_jwt, Credential};

		let holder = format!("did:hdx:{}:{}", "07".repeat(8), "01".repeat(32));
		let claims = r#"{
			"@context": ["https://www.w3.org/ns/credentials/v2"],
			"type": ["VerifiableCredential", "ProfessionalLicenceCredential"],
			"issuer": "did:web:board.example",
			"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2099-01-01T00:00:00Z",
			"credentialSubject": { "id": "HOLDER", "name": "Ada Lovelace",
				"npi": "1234567893", "licenceNumber": "RN-1", "jurisdiction": "US-MA",
				"taxonomy": "163W00000X" } }"#;
		let claims = claims.replace("HOLDER", &holder);
		let key = jose::SigningKey::generate(jose::Algorithm::EdDsa).unwrap();
		let now = "2026-06-01T00:00:00Z".parse().unwrap();
		let how = sd_jwt::IssueOptions { holder: None, decoys: 0, now };
		let claims = Credential::from_json(claims.as_bytes()).unwrap();
		sd_jwt::issue(&claims, &key, &how, &mut sd_jwt::SystemSalts).unwrap()
	}

	#[test]
	fn an_issued_credential_has_the_commitment_of_its_issuer_whatever_is_shown_of_it() {
		let directory = tempfile::tempdir().unwrap();
		let (file, salt) =
			(directory.path().join("a.sd-jwt"), directory.path().join("a.sd-jwt.salt"));
		let credential = licence();
		std::fs::write(&file, format!("{credential}\n")).unwrap();
		std::fs::write(&salt, "07".repeat(32)).unwrap();
		let expected = hdx_credentials::commitment::of(&[7; 32], &credential);
		let committed = Document::credential(&file).unwrap().commit().unwrap();
		assert_eq!(committed.commitment, expected);
		assert_eq!(reopen(&file, &salt).unwrap(), expected);
		// Whatever comes of it, the salt is its issuer's.
		drop(committed);
		assert!(salt.exists());

		std::fs::write(&file, format!("{}~", credential.issuer_signed())).unwrap();
		assert_eq!(Document::credential(&file).unwrap().commit().unwrap().commitment, expected);

		// Without that salt, there is a new one.
		std::fs::remove_file(&salt).unwrap();
		let (_, kept) = Document::credential(&file)
			.unwrap()
			.commit()
			.unwrap()
			.keep_unless_refused(Ok(()))
			.unwrap();
		assert_eq!(kept, salt);
		assert_ne!(reopen(&file, &salt).unwrap(), expected);
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
