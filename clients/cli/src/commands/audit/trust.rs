//! What those who check proofs trust: the genesis hash, or a set of authorities.

use crate::{error::Error, files};
use hdx_sdk::proof::{AuthoritySet, TrustRoot};
use std::path::{Path, PathBuf};

/// Largest set of authorities that is read, in bytes. A hundred of them take some 12 KiB.
const MAX_SET_BYTES: u64 = 1024 * 1024;

/// What is trusted.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Trust {
	/// Hash of the chain's first block: 0x and 64 hexadecimal digits.
	#[arg(long, value_name = "HASH", value_parser = genesis)]
	genesis: Option<[u8; 32]>,
	/// A set of authorities, as `hdx audit authorities` writes it. Proofs that were signed before that set do not hold by
	/// it.
	#[arg(long, value_name = "FILE")]
	authorities: Option<PathBuf>,
}

impl Trust {
	/// What proofs are checked against. Reads the file, where one is named.
	pub fn root(&self) -> Result<TrustRoot, Error> {
		match (self.genesis, &self.authorities) {
			(_, Some(path)) => read(path),
			// One of them is there: the command line says so.
			(genesis, None) => Ok(TrustRoot::Genesis(genesis.unwrap_or_default().into())),
		}
	}
}

/// Reads a set of authorities.
pub fn read(path: &Path) -> Result<TrustRoot, Error> {
	let text = files::read_text(path, MAX_SET_BYTES)?;
	let set = AuthoritySet::from_json(&text).and_then(|set| set.trust());
	set.map_err(|error| Error::Malformed {
		path: path.to_owned(),
		expected: "a set of authorities",
		detail: error.to_string(),
	})
}

/// Reads a genesis hash.
pub fn genesis(text: &str) -> Result<[u8; 32], String> {
	let digits = text.strip_prefix("0x").unwrap_or(text);
	let bytes = hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok());
	bytes.ok_or_else(|| format!("`{text}` is no block hash: give 0x and 64 hexadecimal digits"))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_a_genesis_hash() {
		let digits = "ab".repeat(32);
		assert_eq!(genesis(&digits).unwrap(), [0xab; 32]);
		assert_eq!(genesis(&format!("0x{digits}")).unwrap(), [0xab; 32]);
		for text in ["", "0x", "0xab", &digits[1..], &"zz".repeat(32)] {
			assert!(genesis(text).is_err(), "{text}");
		}
	}

	#[test]
	fn reads_a_set_of_authorities() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("authorities.json");
		let id = "ab".repeat(32);
		let set = format!(r#"{{"setId": 3, "authorities": [{{"id": "0x{id}", "weight": 1}}]}}"#);
		std::fs::write(&file, &set).unwrap();
		let trust = Trust { genesis: None, authorities: Some(file.clone()) }.root().unwrap();
		assert!(matches!(
			trust,
			TrustRoot::Authorities { set_id: 3, authorities } if authorities.len() == 1
		));
		for text in ["", "{}", &set.replace("ab", "a"), &set.replace("1}", "0}")] {
			std::fs::write(&file, text).unwrap();
			let error = read(&file).unwrap_err();
			assert!(matches!(error, Error::Malformed { .. }), "{text}");
			assert!(error.to_string().contains("authorities.json"), "{error}");
		}
	}
}
