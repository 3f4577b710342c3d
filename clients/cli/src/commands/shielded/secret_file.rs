//! Files with secrets: JSON that says what it is, for its owner alone, and replaced at once where it changes.

use crate::{
	error::Error,
	files::{self, NewFile},
	shielded_error::ShieldedError,
};
use serde::{de::DeserializeOwned, Deserialize, Serialize};
use std::{
	fs::{File, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Room for what is written, so that it is seldom moved, which leaves copies behind.
const ROOM: usize = 64 * 1024;

/// The layout of the files that this program writes.
const VERSION: u32 = 1;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// A patient's secret and notes.
	Wallet,
	/// A provider's secret.
	Provider,
	/// A consent, as its provider is told it.
	Note,
	/// A delegation, as its delegate is told it.
	Delegation,
	/// Whose record one is, as whoever proves is told it.
	Subject,
	/// A clinician's secret.
	Clinician,
	/// A licence, as its clinician is told it.
	Licence,
	/// The secret of an auditor of identities.
	Auditor,
	/// What was attested of a patient, as the patient is told it.
	Attestation,
}

impl Kind {
	const ALL: [Self; 9] = [
		Self::Wallet,
		Self::Provider,
		Self::Note,
		Self::Delegation,
		Self::Subject,
		Self::Clinician,
		Self::Licence,
		Self::Auditor,
		Self::Attestation,
	];

	/// The name in the file.
	fn name(self) -> &'static str {
		match self {
			Self::Wallet => "hdx-shielded-wallet",
			Self::Provider => "hdx-shielded-provider",
			Self::Note => "hdx-shielded-note",
			Self::Delegation => "hdx-shielded-delegation",
			Self::Subject => "hdx-shielded-subject",
			Self::Clinician => "hdx-shielded-clinician",
			Self::Licence => "hdx-shielded-licence",
			Self::Auditor => "hdx-identity-auditor",
			Self::Attestation => "hdx-study-attestation",
		}
	}

	/// In words.
	pub fn described(self) -> &'static str {
		match self {
			Self::Wallet => "a patient's wallet",
			Self::Provider => "a provider's secret",
			Self::Note => "a consent for a provider",
			Self::Delegation => "a delegation for a delegate",
			Self::Subject => "the subject of a record",
			Self::Clinician => "a clinician's secret",
			Self::Licence => "a licence for a clinician",
			Self::Auditor => "an auditor's secret",
			Self::Attestation => "an attestation of a patient's values",
		}
	}
}

/// What every version of such a file has.
#[derive(Deserialize)]
struct Head {
	kind: String,
	version: u32,
}

/// A file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<C> {
	kind: String,
	version: u32,
	content: C,
}

/// A file that was read, and that this program knows.
pub struct SecretFile {
	path: PathBuf,
	kind: Kind,
	text: Zeroizing<Vec<u8>>,
}

impl SecretFile {
	/// Reads a file that its owner alone may read.
	pub fn read(path: &Path) -> Result<Self, Error> {
		files::ensure_private(path)?;
		Self::parse(path, Zeroizing::new(files::read(path, MAX_BYTES)?))
	}

	/// Reads the bytes of a file.
	pub fn parse(path: &Path, text: Zeroizing<Vec<u8>>) -> Result<Self, Error> {
		let head: Head = serde_json::from_slice(&text)
			.map_err(|error| damaged(path, "a wallet or a provider's secret", error.to_string()))?;
		let kind =
			Kind::ALL.into_iter().find(|kind| kind.name() == head.kind).ok_or_else(|| {
				damaged(path, "a wallet or a provider's secret", format!("it is `{}`", head.kind))
			})?;
		if head.version > VERSION {
			let (path, found) = (path.to_owned(), head.version);
			return Err(ShieldedError::LaterVersion { path, found, known: VERSION }.into());
		}
		Ok(Self { path: path.to_owned(), kind, text })
	}

	/// What it holds.
	pub fn kind(&self) -> Kind {
		self.kind
	}

	/// What is in it. Fails where it is of another kind, or damaged.
	pub fn content<C: DeserializeOwned>(&self, expected: Kind) -> Result<C, Error> {
		if self.kind != expected {
			return Err(ShieldedError::OtherKind {
				path: self.path.clone(),
				expected: expected.described(),
				found: self.kind.described(),
			}
			.into());
		}
		let refuse = |detail| damaged(&self.path, expected.described(), detail);
		let read: Envelope<C> =
			serde_json::from_slice(&self.text).map_err(|error| refuse(error.to_string()))?;
		if read.version != VERSION {
			return Err(refuse(format!("its version is {}", read.version)).into());
		}
		Ok(read.content)
	}
}

/// What is wrong with a file.
pub fn damaged(path: &Path, expected: &'static str, detail: String) -> ShieldedError {
	ShieldedError::Damaged { path: path.to_owned(), expected, detail }
}

/// Writes a new file with mode 0600. An existing one is never touched.
pub fn create(path: &Path, kind: Kind, content: &impl Serialize) -> Result<PathBuf, Error> {
	let text = encode(kind, content)?;
	let mut file = NewFile::create(path)?;
	file.write(&text)?;
	Ok(file.keep())
}

/// Puts a new content into the place of a file at once, durably: whatever happens, there is the old one or the new one.
pub fn replace(path: &Path, kind: Kind, content: &impl Serialize) -> Result<(), Error> {
	let text = encode(kind, content)?;
	let failed = |source| Error::Unwritable { path: path.to_owned(), source };
	// Where it is a link, what it leads to is replaced: a wallet may be kept on another disk for a reason.
	let target = path.canonicalize().map_err(failed)?;
	let directory = target.parent().unwrap_or_else(|| Path::new("."));
	// With mode 0600, as all temporary files.
	let mut file = tempfile::NamedTempFile::new_in(directory).map_err(failed)?;
	file.write_all(&text).map_err(failed)?;
	file.as_file().sync_all().map_err(failed)?;
	file.persist(&target).map_err(|error| failed(error.error))?;
	#[cfg(unix)]
	File::open(directory).and_then(|directory| directory.sync_all()).map_err(failed)?;
	Ok(())
}

/// Waits until nobody else changes a file. The lock goes with the file handle; the empty file stays.
pub fn lock(path: &Path) -> Result<File, Error> {
	if !path.is_file() {
		let source = io::Error::from(io::ErrorKind::NotFound);
		return Err(Error::Unreadable { path: path.to_owned(), source });
	}
	let mut name = path.to_owned().into_os_string();
	name.push(".lock");
	let path = PathBuf::from(name);
	let failed = |source| Error::Unwritable { path: path.clone(), source };
	let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
	let file = opened.map_err(failed)?;
	file.lock().map_err(failed)?;
	Ok(file)
}

fn encode(kind: Kind, content: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Error> {
	let envelope = Envelope { kind: kind.name().to_owned(), version: VERSION, content };
	let mut text = Zeroizing::new(Vec::with_capacity(ROOM));
	serde_json::to_writer_pretty(&mut *text, &envelope)
		.map_err(|error| Error::System(io::Error::other(error)))?;
	text.push(b'\n');
	Ok(text)
}

/// Writes what is read of a file, and what `mended` makes of it, and reads it again: it is as it was. Nobody hits a hash by
/// chance, so `mended` takes those that belong there.
#[cfg(fuzzing)]
pub(crate) fn fuzz<T, C: DeserializeOwned, W: Serialize>(
	file: &SecretFile,
	kind: Kind,
	read: impl Fn(&SecretFile) -> Result<T, Error>,
	mended: impl FnOnce(C) -> Option<T>,
	written: impl Fn(&T) -> W,
) {
	let content = file.content::<C>(kind).ok();
	for one in read(file).ok().into_iter().chain(content.and_then(mended)) {
		let text = encode(kind, &written(&one));
		let again = text.and_then(|text| {
			let again = read(&SecretFile::parse(Path::new("again"), text.clone())?)?;
			Ok(*encode(kind, &written(&again))? == *text)
		});
		assert!(again.is_ok_and(|is_same| is_same), "it is read as something else");
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use std::{fs, io::Read};

	fn content(path: &Path, kind: Kind) -> Result<Vec<u32>, Error> {
		SecretFile::read(path)?.content(kind)
	}

	#[test]
	fn what_is_written_is_read_and_never_overwritten() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		create(&file, Kind::Wallet, &[1u32, 2]).unwrap();
		assert_eq!(content(&file, Kind::Wallet).unwrap(), [1, 2]);
		assert_eq!(SecretFile::read(&file).unwrap().kind(), Kind::Wallet);
		let error = create(&file, Kind::Wallet, &[3u32]).unwrap_err();
		assert!(matches!(error, Error::Exists { .. }), "{error}");
		assert_eq!(content(&file, Kind::Wallet).unwrap(), [1, 2]);
		assert_eq!(content(&file, Kind::Provider).unwrap_err().code(), "other-kind");
	}

	#[test]
	fn a_file_fails_when_it_is_damaged_or_of_a_later_version() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		create(&file, Kind::Wallet, &[1u32, 2]).unwrap();
		let text = fs::read_to_string(&file).unwrap();
		let half: String = text.chars().take(30).collect();
		for (written, code) in [
			(text.replace("\"version\": 1", "\"version\": 2"), "later-version"),
			(text.replace("\"version\": 1", "\"version\": 0"), "damaged-file"),
			(text.replace("hdx-shielded-wallet", "something"), "damaged-file"),
			(text.replace('[', "{"), "damaged-file"),
			(text.replace("\"content\"", "\"more\": 1, \"content\""), "damaged-file"),
			(half, "damaged-file"),
			(String::new(), "damaged-file"),
		] {
			assert_ne!(written, text);
			fs::write(&file, &written).unwrap();
			let error = content(&file, Kind::Wallet).unwrap_err();
			assert_eq!(error.code(), code, "{error}: {written}");
			assert!(error.help().is_some(), "{error}");
		}
		// A later version may have other fields.
		fs::write(&file, r#"{"kind":"hdx-shielded-wallet","version":7,"rest":[]}"#).unwrap();
		let error = content(&file, Kind::Wallet).unwrap_err();
		assert_eq!(error.code(), "later-version", "{error}");
	}

	#[test]
	fn a_file_is_replaced_at_once() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		create(&file, Kind::Wallet, &[1u32, 2]).unwrap();
		let before = fs::read_to_string(&file).unwrap();
		let mut reader = File::open(&file).unwrap();
		replace(&file, Kind::Wallet, &[3u32]).unwrap();
		assert_eq!(content(&file, Kind::Wallet).unwrap(), [3]);
		// Whoever reads the old one reads all of it.
		let mut seen = String::new();
		reader.read_to_string(&mut seen).unwrap();
		assert_eq!(seen, before);
		assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "something was left");
	}

	#[cfg(unix)]
	#[test]
	fn a_file_is_for_its_owner_and_fails_when_others_may_read_it() {
		use std::os::unix::fs::PermissionsExt;
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		let mode = || file.metadata().unwrap().permissions().mode() & 0o777;
		create(&file, Kind::Provider, &[1u32]).unwrap();
		assert_eq!(mode(), 0o600);
		replace(&file, Kind::Provider, &[2u32]).unwrap();
		assert_eq!(mode(), 0o600);
		fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
		let error = content(&file, Kind::Provider).unwrap_err();
		assert!(error.to_string().contains("chmod 600"), "{error}");
	}

	#[cfg(unix)]
	#[test]
	fn a_link_stays_and_what_it_leads_to_is_replaced() {
		let directory = tempfile::tempdir().unwrap();
		let (file, link) = (directory.path().join("file"), directory.path().join("link"));
		create(&file, Kind::Wallet, &[1u32]).unwrap();
		std::os::unix::fs::symlink(&file, &link).unwrap();
		replace(&link, Kind::Wallet, &[2u32]).unwrap();
		assert!(link.symlink_metadata().unwrap().file_type().is_symlink());
		assert_eq!(content(&file, Kind::Wallet).unwrap(), [2]);
	}

	#[test]
	fn locking_fails_when_there_is_nothing_to_change() {
		let directory = tempfile::tempdir().unwrap();
		assert!(lock(&directory.path().join("file")).is_err());
		assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "something was left");
	}
}
