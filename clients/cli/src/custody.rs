//! The data directory of a custodian: sealed blocks, record keys, what was disclosed.
//!
//! ```text
//! DIR/blocks/<content id>              ciphertext
//! DIR/record-<commitment>.keys         what opens a record; secret
//! DIR/disclosure-<commitment>.json     what a disclosure on chain commits to; secret
//! ```

use crate::{document, error::Error, files::NewFile};
use codec::Encode;
use hdx_primitives::{Commitment, GrantId, RecordId};
use hdx_sdk::{commitment, seal::RecordKeys, seal::SectionId, store::BlockStore};
use std::path::{Path, PathBuf};

/// A data directory.
pub struct Custody {
	root: PathBuf,
}

impl Custody {
	/// A directory that is made where it is missing.
	pub fn create(root: &Path) -> Self {
		Self { root: root.to_owned() }
	}

	/// A directory that holds something already.
	pub fn existing(root: &Path) -> Result<Self, Error> {
		let custody = Self { root: root.to_owned() };
		if custody.blocks_directory().is_dir() {
			Ok(custody)
		} else {
			Err(Error::NoData { path: root.to_owned() })
		}
	}

	/// The storage of sealed blocks.
	pub fn blocks(&self) -> Result<BlockStore, Error> {
		Ok(BlockStore::directory(&self.blocks_directory())?)
	}

	/// Where the keys of a record are.
	pub fn keys_file(&self, record: &Commitment) -> PathBuf {
		self.root.join(format!("record-{}.keys", hex::encode(record.0)))
	}

	/// The keys of a record.
	pub fn keys(&self, id: RecordId, record: &Commitment) -> Result<RecordKeys, Error> {
		let path = self.keys_file(record);
		if !path.exists() {
			return Err(Error::NoRecordKeys { record: id.0, path });
		}
		Ok(RecordKeys::read(&path)?)
	}

	/// Commits to what is about to be released, and writes down what opens the commitment.
	pub fn commit_to_disclosure(
		&self,
		grant: GrantId,
		record: RecordId,
		sections: &[SectionId],
	) -> Result<(Commitment, NewFile), Error> {
		let salt = document::salt()?;
		let disclosure = commitment::document(&salt, &(grant, record, sections).encode());
		let opening = serde_json::json!({
			"format": "hdx-disclosure/1",
			"grant": grant.0,
			"record": record.0,
			"sections": sections,
			"salt": hex::encode(*salt),
			"commitment": hex::encode(disclosure.0),
		});
		let name = format!("disclosure-{}.json", hex::encode(disclosure.0));
		let mut file = NewFile::create(&self.root.join(name))?;
		file.write(format!("{opening}\n").as_bytes())?;
		Ok((disclosure, file))
	}

	fn blocks_directory(&self) -> PathBuf {
		self.root.join("blocks")
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	#[test]
	fn fails_when_there_is_no_data() {
		let directory = tempfile::tempdir().unwrap();
		let missing = directory.path().join("nowhere");
		assert!(matches!(Custody::existing(&missing), Err(Error::NoData { .. })));
		assert!(matches!(Custody::existing(directory.path()), Err(Error::NoData { .. })));
		assert!(!missing.exists(), "looking must not make it");
		Custody::create(&missing).blocks().unwrap();
		Custody::existing(&missing).unwrap();
	}

	#[test]
	fn fails_when_the_keys_are_elsewhere() {
		let directory = tempfile::tempdir().unwrap();
		let custody = Custody::create(directory.path());
		let error = custody.keys(RecordId(3), &Commitment([7; 32])).unwrap_err();
		assert!(matches!(error, Error::NoRecordKeys { record: 3, .. }), "{error}");
		assert!(error.to_string().contains("record-0707"), "{error}");
	}

	#[test]
	fn the_file_beside_a_disclosure_opens_it() {
		let directory = tempfile::tempdir().unwrap();
		let custody = Custody::create(directory.path());
		let sections = [SectionId(4), SectionId(2)];
		let (disclosure, file) =
			custody.commit_to_disclosure(GrantId(1), RecordId(0), &sections).unwrap();
		let text = std::fs::read_to_string(file.keep()).unwrap();
		let value: serde_json::Value = serde_json::from_str(&text).unwrap();
		let salt = hex::decode(value["salt"].as_str().unwrap()).unwrap().try_into().unwrap();
		let content = (GrantId(1), RecordId(0), &sections[..]).encode();
		assert_eq!(disclosure, commitment::document(&salt, &content));
	}
}
