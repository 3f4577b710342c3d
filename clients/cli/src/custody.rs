//! The data directory of a custodian: sealed blocks, record keys, what was disclosed.
//!
//! ```text
//! DIR/blocks/<content id>              ciphertext
//! DIR/record-<commitment>.keys         what opens a record; secret
//! DIR/disclosure-<commitment>.json     what a disclosure on chain commits to; secret
//! DIR/record-<number>.erasing          keys of a record that is being erased; secret
//! ```

use crate::{
	document,
	error::Error,
	files::{self, NewFile},
};
use codec::Encode;
use hdx_primitives::{Commitment, GrantId, RecordId};
use hdx_sdk::{commitment, seal::RecordKeys, seal::SectionId, store::BlockStore};
use serde_json::Value;
use std::{
	fs,
	io::{self, Read},
	path::{Path, PathBuf},
};

/// Largest file that opens a commitment to a disclosure, in bytes.
const MAX_OPENING_BYTES: u64 = 1024 * 1024;

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

	/// Takes the keys of a record away, so that nothing of it can be released or opened.
	pub fn set_aside(&self, id: RecordId, record: &Commitment) -> Result<(), Error> {
		let (path, aside) = (self.keys_file(record), self.aside(id));
		if !path.exists() && aside.exists() {
			return Ok(());
		}
		if !path.exists() {
			return Err(Error::NoRecordKeys { record: id.0, path });
		}
		rename(&path, &aside)
	}

	/// Puts the keys of a record back.
	pub fn put_back(&self, id: RecordId, record: &Commitment) -> Result<(), Error> {
		rename(&self.aside(id), &self.keys_file(record))
	}

	/// Destroys the keys of a record that were set aside, and the salts of what was disclosed of it.
	/// Says how many files there were.
	pub fn destroy_aside(&self, id: RecordId) -> Result<usize, Error> {
		let failed = |source| Error::Unreadable { path: self.root.clone(), source };
		let mut doomed = vec![self.aside(id)];
		for entry in fs::read_dir(&self.root).map_err(failed)? {
			let path = entry.map_err(failed)?.path();
			if is_disclosure_of(&path, id) {
				doomed.push(path);
			}
		}
		doomed.retain(|path| path.exists());
		doomed.iter().try_for_each(|path| destroy(path))?;
		Ok(doomed.len())
	}

	fn aside(&self, id: RecordId) -> PathBuf {
		self.root.join(format!("record-{}.erasing", id.0))
	}

	fn blocks_directory(&self) -> PathBuf {
		self.root.join("blocks")
	}
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
	fs::rename(from, to).map_err(|source| Error::Unwritable { path: to.to_owned(), source })
}

/// Whether a file opens the commitment to a disclosure of this record.
fn is_disclosure_of(path: &Path, id: RecordId) -> bool {
	let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
	if !name.starts_with("disclosure-") || !name.ends_with(".json") {
		return false;
	}
	let read = files::read(path, MAX_OPENING_BYTES).ok();
	let opening: Option<Value> = read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
	opening.is_some_and(|opening| opening.get("record").and_then(Value::as_u64) == Some(id.0))
}

/// Overwrites a file and removes it. What the disk or a backup keeps besides is out of reach from here.
fn destroy(path: &Path) -> Result<(), Error> {
	let failed = |source| Error::Unwritable { path: path.to_owned(), source };
	let length = path.metadata().map_err(failed)?.len();
	let mut file = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
	io::copy(&mut io::repeat(0).take(length), &mut file).map_err(failed)?;
	file.sync_all().map_err(failed)?;
	fs::remove_file(path).map_err(failed)
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

	#[test]
	fn what_is_erased_is_set_aside_put_back_or_destroyed_with_its_salts() {
		let directory = tempfile::tempdir().unwrap();
		let custody = Custody::create(directory.path());
		custody.blocks().unwrap();
		let (id, record) = (RecordId(3), Commitment([7; 32]));
		assert!(matches!(custody.set_aside(id, &record), Err(Error::NoRecordKeys { .. })));
		fs::write(custody.keys_file(&record), "keys").unwrap();
		let kept = |of| {
			let (_, file) = custody.commit_to_disclosure(GrantId(0), RecordId(of), &[]).unwrap();
			file.keep()
		};
		let (mine, others) = (kept(3), kept(4));

		custody.set_aside(id, &record).unwrap();
		assert!(!custody.keys_file(&record).exists());
		custody.put_back(id, &record).unwrap();
		assert_eq!(fs::read_to_string(custody.keys_file(&record)).unwrap(), "keys");

		custody.set_aside(id, &record).unwrap();
		// As it is done again after an interruption.
		custody.set_aside(id, &record).unwrap();
		assert_eq!(custody.destroy_aside(id).unwrap(), 2);
		assert!(!custody.keys_file(&record).exists() && !mine.exists() && others.exists());
		assert_eq!(custody.destroy_aside(id).unwrap(), 0);
	}
}
