//! The directory of an enrolment: the keys and documents of everybody, and how far it got.
//!
//! ```text
//! DIR/enrolment.json                    of which chain it is, and what is final there
//! DIR/institutions/ID/operator.key      secret: signs for the institution
//! DIR/institutions/ID/profile.json      its public description; the chain has the hash
//! DIR/practitioners/ID/account.key      secret: signs for the practitioner
//! DIR/practitioners/ID/record.xwing     secret: opens what is released to them; .pub is for all
//! DIR/practitioners/ID/credential.json  what was attested; the chain has a salted hash
//! DIR/practitioners/ID/credential.json.salt
//! ```
//!
//! Whoever is enrolled gets their folder. All of it is readable by its owner alone. A folder appears
//! with all that belongs into it or not at all, and before anything of it is on the chain: whatever
//! moment the program is stopped at, no account is on the chain whose key is not here.

use super::roster::Candidate;
use crate::{account, document, error::Error, files::NewFile};
use hdx_primitives::{AccountId, Commitment};
use hdx_sdk::{
	chain::{ChainError, Signer},
	commitment,
	seal::{EncryptionKeyPair, EncryptionPublicKey, Fingerprint},
};
use serde::{Deserialize, Serialize};
use std::{
	collections::BTreeMap,
	fs::{self, File, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
};

const FORMAT: &str = "hdx-enrolment/1";
const PROGRESS: &str = "enrolment.json";
const LOCK: &str = "lock";
const INSTITUTIONS: &str = "institutions";
const PRACTITIONERS: &str = "practitioners";
const OPERATOR_KEY: &str = "operator.key";
const PROFILE: &str = "profile.json";
const ACCOUNT_KEY: &str = "account.key";
const RECORD_KEY: &str = "record.xwing";
const RECORD_PUBLIC_KEY: &str = "record.xwing.pub";
const CREDENTIAL: &str = "credential.json";
const SALT: &str = "credential.json.salt";
/// Largest file that says how far it got, in bytes: some hundred thousand people.
const MAX_PROGRESS_BYTES: u64 = 64 * 1024 * 1024;
/// Largest document, in bytes.
const MAX_DOCUMENT_BYTES: u64 = hdx_fhir::MAX_DOCUMENT_BYTES as u64;

/// What is final on the chain. The chain itself is believed before this.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
	format: String,
	/// The genesis hash of the chain, in hexadecimal.
	genesis: String,
	/// Institutions, by their ids in the directory.
	pub institutions: BTreeMap<String, Registered>,
	/// Practitioners, by their ids in the directory.
	pub practitioners: BTreeMap<String, Enrolled>,
}

/// An institution that is registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
	/// Who operates it.
	pub operator: String,
	/// Its number.
	pub institution: u32,
}

/// A practitioner who is enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolled {
	/// Their account.
	pub account: String,
	/// The institution that enrolled them.
	pub institution: u32,
}

/// A practitioner with keys and a document.
#[derive(Clone, Debug)]
pub struct ReadyPractitioner {
	/// Their account.
	pub account: AccountId,
	/// Of the key to which record keys are wrapped.
	pub key_agreement: Fingerprint,
	/// To their document.
	pub commitment: Commitment,
}

/// An institution with a key and a description.
#[derive(Clone, Debug)]
pub struct ReadyInstitution {
	/// Who will sign for it.
	pub operator: Signer,
	/// The hash of its description.
	pub profile: [u8; 32],
}

/// A directory that nobody else works on.
#[derive(Debug)]
pub struct Directory {
	root: PathBuf,
	_lock: File,
}

impl Progress {
	fn new(genesis: &[u8; 32]) -> Self {
		Self {
			format: FORMAT.to_owned(),
			genesis: hex::encode(genesis),
			institutions: BTreeMap::new(),
			practitioners: BTreeMap::new(),
		}
	}

	/// Reads how far it got; `None`: it has not begun.
	///
	/// # Errors
	///
	/// When it is of another chain than the node at `url`.
	pub fn read(root: &Path, url: &str, genesis: &[u8; 32]) -> Result<Option<Self>, Error> {
		let path = root.join(PROGRESS);
		if !path.exists() {
			return Ok(None);
		}
		let progress = Self::parse(&crate::files::read(&path, MAX_PROGRESS_BYTES)?, &path)?;
		let found = hex::encode(genesis);
		if progress.genesis != found {
			let (url, expected) = (url.to_owned(), progress.genesis);
			return Err(ChainError::AnotherGenesis { url, found, expected }.into());
		}
		Ok(Some(progress))
	}

	/// Reads the bytes of a file, of whichever chain.
	fn parse(bytes: &[u8], path: &Path) -> Result<Self, Error> {
		let malformed = |detail: String| Error::Malformed {
			path: path.to_owned(),
			expected: "the progress of an enrolment",
			detail,
		};
		let progress: Self =
			serde_json::from_slice(bytes).map_err(|error| malformed(error.to_string()))?;
		if progress.format != FORMAT {
			return Err(malformed(format!(
				"its format is `{}`; expected {FORMAT}",
				progress.format
			)));
		}
		Ok(progress)
	}
}

/// Reads anything as the progress of an enrolment. What is read is written, and read again.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let path = Path::new(PROGRESS);
	let Ok(progress) = Progress::parse(bytes, path) else { return };
	let again = serde_json::to_vec_pretty(&progress)
		.ok()
		.and_then(|text| Progress::parse(&text, path).ok());
	let parts = |Progress { genesis, institutions, practitioners, .. }| {
		(genesis, institutions, practitioners)
	};
	assert_eq!(again.map(parts), Some(parts(progress)));
}

impl Directory {
	/// Opens a directory, or makes it, for the chain of the node at `url`.
	pub fn open(root: &Path, url: &str, genesis: &[u8; 32]) -> Result<(Self, Progress), Error> {
		create_private(root)?;
		// Absolute, so that a key's path cannot be taken for a development key (`//Alice`).
		let root = root.canonicalize().map_err(|source| unwritable(root, source))?;
		let lock = lock(&root.join(LOCK))?;
		let directory = Self { root, _lock: lock };
		let progress = match Progress::read(&directory.root, url, genesis)? {
			Some(progress) => progress,
			None => {
				// Before there is any key, so that each is of this chain.
				let progress = Progress::new(genesis);
				directory.save(&progress)?;
				progress
			},
		};
		for folder in [INSTITUTIONS, PRACTITIONERS] {
			create_private(&directory.root.join(folder))?;
		}
		Ok((directory, progress))
	}

	/// Writes down how far it got: all of it, or as it was.
	pub fn save(&self, progress: &Progress) -> Result<(), Error> {
		let path = self.root.join(PROGRESS);
		let new = self.root.join(format!("{PROGRESS}.new"));
		let written = || -> io::Result<()> {
			let mut options = OpenOptions::new();
			options.write(true).create(true).truncate(true);
			#[cfg(unix)]
			std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
			let mut file = options.open(&new)?;
			serde_json::to_writer_pretty(&mut file, progress)?;
			file.write_all(b"\n")?;
			file.sync_all()?;
			fs::rename(&new, &path)?;
			sync(&self.root)
		};
		written().map_err(|source| unwritable(&path, source))
	}

	/// The keys and the document of a practitioner; made where there are none.
	pub fn practitioner(&self, candidate: &Candidate) -> Result<ReadyPractitioner, Error> {
		let folder = self.folder(PRACTITIONERS, &candidate.id, |folder| {
			let (_, words) = Signer::generate()?;
			write(&folder.join(ACCOUNT_KEY), words.as_bytes())?;
			let pair = EncryptionKeyPair::generate()?;
			pair.write(&folder.join(RECORD_KEY))?;
			pair.public().write(&folder.join(RECORD_PUBLIC_KEY))?;
			write(&folder.join(CREDENTIAL), &candidate.document)?;
			let salt = document::salt()?;
			write(&folder.join(SALT), format!("{}\n", hex::encode(*salt)).as_bytes())
		})?;
		let salt = document::read_salt(&folder.join(SALT))?;
		let content = crate::files::read(&folder.join(CREDENTIAL), MAX_DOCUMENT_BYTES)?;
		Ok(ReadyPractitioner {
			account: signer(&folder.join(ACCOUNT_KEY))?.account(),
			key_agreement: EncryptionPublicKey::read(&folder.join(RECORD_PUBLIC_KEY))?
				.fingerprint(),
			commitment: commitment::document(&salt, &content),
		})
	}

	/// The key and the description of an institution; made where there are none.
	pub fn institution(&self, candidate: &Candidate) -> Result<ReadyInstitution, Error> {
		let folder = self.folder(INSTITUTIONS, &candidate.id, |folder| {
			let (_, words) = Signer::generate()?;
			write(&folder.join(OPERATOR_KEY), words.as_bytes())?;
			write(&folder.join(PROFILE), &candidate.document)
		})?;
		let profile = crate::files::read(&folder.join(PROFILE), MAX_DOCUMENT_BYTES)?;
		let operator = signer(&folder.join(OPERATOR_KEY))?;
		Ok(ReadyInstitution { operator, profile: commitment::public(&profile) })
	}

	/// A folder that `fill` fills where there is none yet.
	fn folder(
		&self,
		kind: &str,
		id: &str,
		fill: impl FnOnce(&Path) -> Result<(), Error>,
	) -> Result<PathBuf, Error> {
		let parent = self.root.join(kind);
		let folder = parent.join(id);
		if folder.is_dir() {
			return Ok(folder);
		}
		let new = parent.join(format!(".{id}.new"));
		let failed = |source| unwritable(&new, source);
		// What an earlier run left half done: nobody was told of it.
		if new.is_dir() {
			fs::remove_dir_all(&new).map_err(failed)?;
		}
		create_private(&new)?;
		fill(&new)?;
		sync(&new).and_then(|()| fs::rename(&new, &folder)).map_err(failed)?;
		sync(&parent).map_err(failed)?;
		Ok(folder)
	}
}

/// The account of a practitioner who has keys in a directory, without making any.
pub fn account_of(root: &Path, candidate: &Candidate) -> Result<Option<AccountId>, Error> {
	existing(root, PRACTITIONERS, candidate, ACCOUNT_KEY)
}

/// The operator of an institution that has a key in a directory, without making any.
pub fn operator_of(root: &Path, candidate: &Candidate) -> Result<Option<AccountId>, Error> {
	existing(root, INSTITUTIONS, candidate, OPERATOR_KEY)
}

fn existing(
	root: &Path,
	kind: &str,
	candidate: &Candidate,
	key: &str,
) -> Result<Option<AccountId>, Error> {
	let Ok(root) = root.canonicalize() else { return Ok(None) };
	let path = root.join(kind).join(&candidate.id).join(key);
	path.exists().then(|| signer(&path).map(|signer| signer.account())).transpose()
}

fn signer(path: &Path) -> Result<Signer, Error> {
	let text = path.to_str().ok_or_else(|| {
		Error::Usage(format!("`{}` is not UTF-8: give another --state", path.display()))
	})?;
	// A key that is not there must not be read as words.
	if !path.is_file() {
		let source = io::Error::from(io::ErrorKind::NotFound);
		return Err(Error::Unreadable { path: path.to_owned(), source });
	}
	account::signer(text)
}

fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
	let mut file = NewFile::create(path)?;
	file.write(content)?;
	file.keep();
	Ok(())
}

/// Makes a directory that its owner alone may look into, unless it is there.
fn create_private(path: &Path) -> Result<(), Error> {
	let mut builder = fs::DirBuilder::new();
	builder.recursive(true);
	#[cfg(unix)]
	std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
	builder.create(path).map_err(|source| unwritable(path, source))
}

/// Holds the directory until the program ends, however it ends.
fn lock(path: &Path) -> Result<File, Error> {
	let mut options = OpenOptions::new();
	options.write(true).create(true).truncate(false);
	let file = options.open(path).map_err(|source| unwritable(path, source))?;
	file.try_lock().map_err(|error| match error {
		fs::TryLockError::WouldBlock => {
			let source =
				io::Error::other("another run works on this directory; wait until it ends");
			unwritable(path, source)
		},
		fs::TryLockError::Error(source) => unwritable(path, source),
	})?;
	Ok(file)
}

/// Makes durable which files a directory has.
fn sync(directory: &Path) -> io::Result<()> {
	#[cfg(unix)]
	File::open(directory)?.sync_all()?;
	Ok(())
}

fn unwritable(path: &Path, source: io::Error) -> Error {
	Error::Unwritable { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::exit::Exit;

	const GENESIS: [u8; 32] = [7; 32];

	fn open(root: &Path) -> Result<(Directory, Progress), Error> {
		Directory::open(root, "ws://node", &GENESIS)
	}

	fn candidate(id: &str) -> Candidate {
		Candidate { id: id.to_owned(), entry: 0, active: true, document: b"{}".to_vec() }
	}

	#[test]
	fn whoever_has_keys_keeps_them() {
		let scratch = tempfile::tempdir().unwrap();
		let root = scratch.path().join("state");
		let (directory, _) = open(&root).unwrap();
		let first = directory.practitioner(&candidate("aa")).unwrap();
		let house = directory.institution(&candidate("aa")).unwrap();
		drop(directory);
		let (directory, _) = open(&root).unwrap();
		let again = directory.practitioner(&candidate("aa")).unwrap();
		assert_eq!(again.account, first.account);
		assert_eq!(again.commitment, first.commitment);
		assert_eq!(again.key_agreement, first.key_agreement);
		assert_eq!(account_of(&root, &candidate("aa")).unwrap(), Some(first.account.clone()));
		let operator = house.operator.account();
		assert_eq!(operator_of(&root, &candidate("aa")).unwrap(), Some(operator.clone()));
		assert_eq!(directory.institution(&candidate("aa")).unwrap().operator.account(), operator);
		let other = directory.practitioner(&candidate("bb")).unwrap();
		assert_ne!(other.account, first.account);
		assert_ne!(other.commitment, first.commitment);
		assert_eq!(account_of(&root, &candidate("cc")).unwrap(), None);
	}

	#[cfg(unix)]
	#[test]
	fn nobody_else_may_read_what_is_in_it() {
		use std::os::unix::fs::PermissionsExt;
		let scratch = tempfile::tempdir().unwrap();
		let root = scratch.path().join("state");
		let (directory, _) = open(&root).unwrap();
		directory.practitioner(&candidate("aa")).unwrap();
		directory.institution(&candidate("aa")).unwrap();
		let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
		assert_eq!(mode(&root), 0o700);
		assert_eq!(mode(&root.join(PROGRESS)), 0o600);
		let person = root.join(PRACTITIONERS).join("aa");
		assert_eq!(mode(&person), 0o700);
		for name in [ACCOUNT_KEY, RECORD_KEY, CREDENTIAL, SALT] {
			assert_eq!(mode(&person.join(name)), 0o600, "{name}");
		}
		assert_eq!(mode(&root.join(INSTITUTIONS).join("aa").join(OPERATOR_KEY)), 0o600);
	}

	#[test]
	fn what_was_left_half_done_is_done_anew() {
		let scratch = tempfile::tempdir().unwrap();
		let (directory, _) = open(scratch.path()).unwrap();
		let half = scratch.path().join(PRACTITIONERS).join(".aa.new");
		fs::create_dir(&half).unwrap();
		fs::write(half.join(ACCOUNT_KEY), "half a k").unwrap();
		directory.practitioner(&candidate("aa")).unwrap();
		assert!(!half.exists());
	}

	#[test]
	fn progress_is_read_again() {
		let scratch = tempfile::tempdir().unwrap();
		let (directory, mut progress) = open(scratch.path()).unwrap();
		let enrolled = Enrolled { account: "5A".to_owned(), institution: 3 };
		progress.practitioners.insert("aa".to_owned(), enrolled.clone());
		directory.save(&progress).unwrap();
		drop(directory);
		let (_, again) = open(scratch.path()).unwrap();
		assert_eq!(again.practitioners.get("aa"), Some(&enrolled));
	}

	#[test]
	fn fails_when_it_is_of_another_chain() {
		let scratch = tempfile::tempdir().unwrap();
		drop(open(scratch.path()).unwrap());
		let error = Directory::open(scratch.path(), "ws://node", &[8; 32]).unwrap_err();
		assert_eq!(error.code(), "another-chain");
		assert_eq!(error.exit(), Exit::NoNode);
		assert!(error.to_string().contains("0707"), "{error}");
	}

	#[test]
	fn fails_when_another_run_works_on_it() {
		let scratch = tempfile::tempdir().unwrap();
		let (_directory, _) = open(scratch.path()).unwrap();
		let error = open(scratch.path()).unwrap_err();
		assert!(error.to_string().contains("another run"), "{error}");
	}

	#[test]
	fn fails_when_the_progress_is_truncated() {
		let scratch = tempfile::tempdir().unwrap();
		drop(open(scratch.path()).unwrap());
		let path = scratch.path().join(PROGRESS);
		let whole = fs::read(&path).unwrap();
		fs::write(&path, whole.split_at(whole.len() / 2).0).unwrap();
		let error = open(scratch.path()).unwrap_err();
		assert_eq!(error.code(), "malformed");
		assert!(error.to_string().contains(PROGRESS), "{error}");
	}
}
