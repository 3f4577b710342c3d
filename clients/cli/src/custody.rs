//! The data directory of a custodian: sealed blocks, record keys, what was disclosed.
//!
//! ```text
//! DIR/blocks/<content id>              ciphertext
//! DIR/record-<commitment>.keys         what opens a record; secret
//! DIR/disclosure-<commitment>.json     what a disclosure on chain commits to; secret
//! DIR/record-<number>-pending-<commitment>.keys     what opens a version of which the chain was told; secret
//! DIR/record-<number>-version-<n>-<commitment>.keys what opens a version of before; secret
//! DIR/accounted.jsonl                  what was disclosed of erased records in batches, without the salts
//! DIR/record-<number>.erasing          keys of a record that is being erased; secret
//! ```

use crate::{
	disclosure::{Accounted, Disclosure},
	error::Error,
	files::{self, NewFile},
};
use hdx_primitives::{Commitment, RecordId};
use hdx_sdk::{
	seal::{Manifest, RecordKeys, SealedRecord},
	store::BlockStore,
};
use serde_json::Value;
use std::{
	fs,
	path::{Path, PathBuf},
};

/// Largest file that opens a commitment to a disclosure, in bytes.
const MAX_OPENING_BYTES: u64 = 1024 * 1024;

/// A data directory.
pub struct Custody {
	root: PathBuf,
}

/// The files with disclosures of a data directory.
#[derive(PartialEq, Eq, Debug, Default)]
pub struct Disclosures {
	/// Each with its file.
	pub found: Vec<(PathBuf, Disclosure)>,
	/// What cannot be read.
	pub unreadable: Vec<PathBuf>,
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

	/// Where it is.
	pub fn root(&self) -> &Path {
		&self.root
	}

	/// The storage of sealed blocks.
	pub fn blocks(&self) -> Result<BlockStore, Error> {
		Ok(BlockStore::directory(&self.blocks_directory())?)
	}

	/// Where the keys of a record are.
	pub fn keys_file(&self, record: &Commitment) -> PathBuf {
		self.root.join(format!("record-{}.keys", hex::encode(record.0)))
	}

	/// The keys of a record, as the chain has it now.
	pub fn keys(&self, id: RecordId, record: &Commitment) -> Result<RecordKeys, Error> {
		let path = self.registered(id, record)?;
		let keys = RecordKeys::read(&path)?;
		// The name is what somebody called it.
		if keys.commitment() != *record {
			return Err(Error::Malformed {
				path,
				expected: "the keys of this record",
				detail: format!("they are those of 0x{}", hex::encode(keys.commitment().0)),
			});
		}
		Ok(keys)
	}

	/// Keeps what was sealed: its blocks, then its keys, and then opens the manifest from what was written. Gives
	/// the file with the keys. The chain is told after that.
	///
	/// In this order a crash costs nothing but disk: until every block is durable there are no keys here, and what
	/// is left behind is ciphertext that nobody can open and no record refers to. What the chain is told of was
	/// read from the store and the key file alone, as a release will find it.
	///
	/// The keys of a new version of a record get a name by which an erasure finds them, whatever becomes of the
	/// version; [`Self::registered`] gives them their own. A record that is new has no number to be named by.
	pub async fn keep_sealed(
		&self,
		sealed: &SealedRecord,
		version_of: Option<RecordId>,
	) -> Result<PathBuf, Error> {
		let store = self.blocks()?;
		store.put_all(&sealed.blocks).await?;
		let path = match version_of {
			Some(id) => self.pending_file(id, &sealed.commitment),
			None => self.keys_file(&sealed.commitment),
		};
		sealed.keys.write(&path)?;
		Manifest::fetch(&store, &RecordKeys::read(&path)?).await?;
		Ok(path)
	}

	/// The file with the keys of a record, as the chain has it now. Where nobody learned that the chain took the
	/// version, they still have the name of one that is pending.
	pub fn registered(&self, id: RecordId, record: &Commitment) -> Result<PathBuf, Error> {
		let (path, pending) = (self.keys_file(record), self.pending_file(id, record));
		if !path.exists() && pending.exists() {
			rename(&pending, &path)?;
		}
		if !path.exists() {
			return Err(Error::NoRecordKeys { record: id.0, path });
		}
		Ok(path)
	}

	/// Writes down what opens the commitment to a disclosure, before the chain is told of it.
	pub fn keep_disclosure(&self, disclosure: &Disclosure) -> Result<NewFile, Error> {
		let mut file = NewFile::create(&self.disclosure_file(disclosure))?;
		file.write(disclosure.text()?.as_bytes())?;
		Ok(file)
	}

	/// Writes down what the chain said of a disclosure, in the place of what was known before.
	pub fn update_disclosure(&self, disclosure: &Disclosure) -> Result<PathBuf, Error> {
		let path = self.disclosure_file(disclosure);
		let new = path.with_extension("new");
		// What an interruption left.
		if new.exists() {
			files::destroy(&new)?;
		}
		let mut file = NewFile::create(&new)?;
		file.write(disclosure.text()?.as_bytes())?;
		rename(&file.keep(), &path)?;
		Ok(path)
	}

	/// Every disclosure that was made from here and is not erased, with its file; and the files that cannot be
	/// read, as an interruption leaves them.
	pub fn disclosures(&self) -> Result<Disclosures, Error> {
		let mut kept = Disclosures::default();
		for path in self.files()?.into_iter().filter(|path| is_disclosure(path)) {
			match Disclosure::read(&path) {
				Ok(disclosure) => kept.found.push((path, disclosure)),
				Err(_) => kept.unreadable.push(path),
			}
		}
		Ok(kept)
	}

	/// What was disclosed in batches of records that are erased.
	pub fn accounted(&self) -> Result<Vec<Accounted>, Error> {
		let path = self.accounted_file();
		if !path.exists() {
			return Ok(Vec::new());
		}
		Accounted::read_all(&path)
	}

	/// Takes the keys of a record away, so that nothing of it can be released or opened.
	pub fn set_aside(&self, id: RecordId, record: &Commitment) -> Result<(), Error> {
		let aside = self.aside(id);
		match self.registered(id, record) {
			Ok(path) => rename(&path, &aside),
			Err(_) if aside.exists() => Ok(()),
			Err(error) => Err(error),
		}
	}

	/// Puts the keys of a record back.
	pub fn put_back(&self, id: RecordId, record: &Commitment) -> Result<(), Error> {
		rename(&self.aside(id), &self.keys_file(record))
	}

	/// Destroys the keys of a record that were set aside, those of its other versions, `superseded` among them,
	/// and the salts of what was disclosed of it; who was shown what in batches is kept without them.
	/// Says how many files there were.
	pub fn destroy_aside(&self, id: RecordId, superseded: &[Commitment]) -> Result<usize, Error> {
		let mut doomed = vec![self.aside(id)];
		doomed.extend(superseded.iter().map(|commitment| self.keys_file(commitment)));
		let mut disclosed = Vec::new();
		for path in self.files()? {
			if is_version_of(&path, id) {
				doomed.push(path);
			} else if is_disclosure_of(&path, id) {
				disclosed.extend(Disclosure::read(&path).ok().and_then(|one| Accounted::of(&one)));
				doomed.push(path);
			}
		}
		Accounted::append(&self.accounted_file(), &disclosed)?;
		doomed.retain(|path| path.exists());
		doomed.iter().try_for_each(|path| files::destroy(path))?;
		Ok(doomed.len())
	}

	/// The commitments of the key files that do not say of which record they are.
	pub fn commitments(&self) -> Result<Vec<Commitment>, Error> {
		let commitment = |path: &PathBuf| -> Option<Commitment> {
			let name = path.file_name()?.to_str()?;
			let digits = name.strip_prefix("record-")?.strip_suffix(".keys")?;
			hex::decode(digits).ok()?.try_into().ok().map(Commitment)
		};
		Ok(self.files()?.iter().filter_map(commitment).collect())
	}

	/// Keeps the keys of a version that is superseded, under a name by which an erasure finds them.
	pub fn supersede(
		&self,
		id: RecordId,
		version: u32,
		record: &Commitment,
	) -> Result<PathBuf, Error> {
		let name = format!("record-{}-version-{version}-{}.keys", id.0, hex::encode(record.0));
		let kept = self.root.join(name);
		rename(&self.keys_file(record), &kept)?;
		Ok(kept)
	}

	/// Destroys keys of a record that no record on chain has any more.
	pub fn destroy_keys(&self, record: &Commitment) -> Result<(), Error> {
		files::destroy(&self.keys_file(record))
	}

	fn files(&self) -> Result<Vec<PathBuf>, Error> {
		let failed = |source| Error::Unreadable { path: self.root.clone(), source };
		let entries = fs::read_dir(&self.root).map_err(failed)?;
		entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
	}

	fn disclosure_file(&self, disclosure: &Disclosure) -> PathBuf {
		self.root.join(format!("disclosure-{}.json", hex::encode(disclosure.commitment().0)))
	}

	fn pending_file(&self, id: RecordId, record: &Commitment) -> PathBuf {
		self.root.join(format!("record-{}-pending-{}.keys", id.0, hex::encode(record.0)))
	}

	fn accounted_file(&self) -> PathBuf {
		self.root.join("accounted.jsonl")
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

/// Whether a file opens another version of this record than the present one.
fn is_version_of(path: &Path, id: RecordId) -> bool {
	let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
	let kinds = ["version", "pending"];
	let is_one = kinds.iter().any(|kind| name.starts_with(&format!("record-{}-{kind}-", id.0)));
	is_one && name.ends_with(".keys")
}

/// Whether a file opens the commitment to a disclosure.
fn is_disclosure(path: &Path) -> bool {
	let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
	name.starts_with("disclosure-") && name.ends_with(".json")
}

/// Whether a file opens the commitment to a disclosure of this record, or is what was left of writing one.
fn is_disclosure_of(path: &Path, id: RecordId) -> bool {
	let unfinished = path.extension().is_some_and(|extension| extension == "new");
	let is_one = is_disclosure(path) || unfinished && is_disclosure(&path.with_extension("json"));
	if !is_one {
		return false;
	}
	let read = files::read(path, MAX_OPENING_BYTES).ok();
	read.and_then(|bytes| record_of(&bytes)) == Some(id)
}

/// From which record a file says that something was disclosed, where it can be read so far.
pub(crate) fn record_of(bytes: &[u8]) -> Option<RecordId> {
	let opening: Value = serde_json::from_slice(bytes).ok()?;
	opening.get("record").and_then(Value::as_u64).map(RecordId)
}

#[cfg(test)]
mod tests;
