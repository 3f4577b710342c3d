//! The transcript of a ceremony, of which the chain has the hash.

use crate::{error::Error, files, hex32};
use hdx_primitives::H256;
use hdx_sdk::commitment;
use std::path::PathBuf;

/// Largest transcript, in bytes.
const MAX_TRANSCRIPT_BYTES: u64 = 1024 * 1024 * 1024;

/// A transcript, or its hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Transcript {
	/// The file.
	File(PathBuf),
	/// The hash.
	Hash(H256),
}

/// Reads `0x` with 64 hexadecimal digits, or the path of a file.
pub fn parse(text: &str) -> Result<Transcript, String> {
	if !text.starts_with("0x") {
		return Ok(Transcript::File(text.into()));
	}
	hex32::read(text).map(|hash| Transcript::Hash(H256(hash))).ok_or_else(|| {
		format!("`{text}` is no hash: give 0x with 64 hexadecimal digits, or the file")
	})
}

impl Transcript {
	/// The hash: of a file, BLAKE2-256.
	pub fn hash(&self) -> Result<H256, Error> {
		match self {
			Self::Hash(hash) => Ok(*hash),
			Self::File(path) => {
				let content = files::read(path, MAX_TRANSCRIPT_BYTES)?;
				if content.is_empty() {
					return Err(Error::EmptyDocument { path: path.clone() });
				}
				Ok(H256(commitment::public(&content)))
			},
		}
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_transcript_is_a_file_or_a_hash() {
		let hash = format!("0x{}", "0a".repeat(32));
		assert_eq!(parse(&hash).unwrap().hash().unwrap(), H256([10; 32]));
		for text in ["0x", "0x12", "0xzz"] {
			assert!(parse(text).unwrap_err().contains("64 hexadecimal digits"), "{text}");
		}
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("transcript");
		let given = parse(file.to_str().unwrap()).unwrap();
		assert!(matches!(given.hash().unwrap_err(), Error::Unreadable { .. }));
		std::fs::write(&file, "").unwrap();
		assert!(matches!(given.hash().unwrap_err(), Error::EmptyDocument { .. }));
		std::fs::write(&file, "contributions").unwrap();
		assert_eq!(given.hash().unwrap().0, commitment::public(b"contributions"));
	}
}
