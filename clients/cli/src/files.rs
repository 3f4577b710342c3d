//! Reading files that may be anything, and writing files that must not be lost or seen.

use crate::error::Error;
use hdx_sdk::chain::ChainError;
use hdx_sdk::seal::KeyFileError;
use std::{
	fs::{File, OpenOptions},
	io::{self, Read, Write},
	path::{Path, PathBuf},
};

/// Reads a file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
	let failed = |source| Error::Unreadable { path: path.to_owned(), source };
	let file = File::open(path).map_err(failed)?;
	let mut bytes = Vec::new();
	file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
	if bytes.len() as u64 > limit {
		return Err(Error::TooLarge { path: path.to_owned(), limit });
	}
	Ok(bytes)
}

/// Reads a text file of at most `limit` bytes.
pub fn read_text(path: &Path, limit: u64) -> Result<String, Error> {
	String::from_utf8(read(path, limit)?).map_err(|error| Error::Unreadable {
		path: path.to_owned(),
		source: io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()),
	})
}

/// Fails when others may read a file with a key.
pub fn ensure_private(path: &Path) -> Result<(), Error> {
	#[cfg(unix)]
	{
		use std::os::unix::fs::PermissionsExt;
		let failed = |source| Error::Unreadable { path: path.to_owned(), source };
		let mode = path.metadata().map_err(failed)?.permissions().mode() & 0o777;
		if mode & 0o077 != 0 {
			return Err(KeyFileError::Exposed { file: path.display().to_string(), mode }.into());
		}
	}
	Ok(())
}

/// Adds to a file that its owner alone may read, durably. Made where it is missing.
pub fn append(path: &Path, content: &[u8]) -> Result<(), Error> {
	let failed = |source| Error::Unwritable { path: path.to_owned(), source };
	let mut options = OpenOptions::new();
	options.append(true).create(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	let mut file = options.open(path).map_err(failed)?;
	file.write_all(content).and_then(|()| file.sync_all()).map_err(failed)
}

/// Overwrites a file and removes it. What the disk or a backup keeps besides is out of reach from here.
pub fn destroy(path: &Path) -> Result<(), Error> {
	let failed = |source| Error::Unwritable { path: path.to_owned(), source };
	let length = path.metadata().map_err(failed)?.len();
	let mut file = OpenOptions::new().write(true).open(path).map_err(failed)?;
	io::copy(&mut io::repeat(0).take(length), &mut file).map_err(failed)?;
	file.sync_all().map_err(failed)?;
	std::fs::remove_file(path).map_err(failed)
}

/// A file that was made, and is removed again unless what it is for succeeds.
///
/// Made before what it is for, so that a place where nothing can be written is found out in time.
#[derive(Debug)]
pub struct NewFile {
	path: PathBuf,
	file: File,
	keep: bool,
}

impl NewFile {
	/// Makes a file with mode 0600. An existing one is never touched.
	pub fn create(path: &Path) -> Result<Self, Error> {
		let mut options = OpenOptions::new();
		options.write(true).create_new(true);
		#[cfg(unix)]
		std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
		let file = options.open(path).map_err(|source| match source.kind() {
			io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
			_ => Error::Unwritable { path: path.to_owned(), source },
		})?;
		Ok(Self { path: path.to_owned(), file, keep: false })
	}

	/// Writes all of it, durably. The file is still removed unless it is [kept](Self::keep).
	pub fn write(&mut self, content: &[u8]) -> Result<(), Error> {
		let written = self.file.write_all(content).and_then(|()| self.file.sync_all());
		written.map_err(|source| Error::Unwritable { path: self.path.clone(), source })
	}

	/// Keeps the file.
	pub fn keep(mut self) -> PathBuf {
		self.keep = true;
		self.path.clone()
	}

	/// Keeps the file where `result` leaves open whether it is needed.
	pub fn keep_unless_refused<T>(
		self,
		result: Result<T, ChainError>,
	) -> Result<(T, PathBuf), Error> {
		kept_unless_refused(result, || self.keep())
	}
}

/// What came of a change that a file was made for: `keep` keeps it where `result` leaves open whether it
/// is needed.
pub fn kept_unless_refused<T>(
	result: Result<T, ChainError>,
	keep: impl FnOnce() -> PathBuf,
) -> Result<(T, PathBuf), Error> {
	match result {
		Ok(done) => Ok((done, keep())),
		// The file would be for nothing.
		Err(error) if error.is_refusal() => Err(error.into()),
		Err(error) => Err(Error::Unclear { kept: keep(), error: Box::new(error) }),
	}
}

/// What came of a change that keys were written for. Where it was refused they open nothing that anybody refers to,
/// and are destroyed; where `result` leaves open whether they are needed, they stay.
pub fn destroy_if_refused<T>(result: Result<T, ChainError>, keys: &Path) -> Result<T, Error> {
	if result.as_ref().is_err_and(ChainError::is_refusal) {
		destroy(keys)?;
	}
	let (done, _) = kept_unless_refused(result, || keys.to_owned())?;
	Ok(done)
}

impl Drop for NewFile {
	fn drop(&mut self) {
		if !self.keep {
			drop(std::fs::remove_file(&self.path));
		}
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	fn write_new(path: &Path, content: &[u8]) -> Result<(), Error> {
		let mut file = NewFile::create(path)?;
		file.write(content)?;
		file.keep();
		Ok(())
	}

	#[test]
	fn fails_when_a_file_is_missing_too_large_or_no_text() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		let missing = read(&file, 10).unwrap_err().to_string();
		assert!(missing.contains(file.to_str().unwrap()), "{missing}");
		std::fs::write(&file, [0xff; 11]).unwrap();
		assert!(matches!(read(&file, 10).unwrap_err(), Error::TooLarge { limit: 10, .. }));
		assert_eq!(read(&file, 11).unwrap().len(), 11);
		assert!(matches!(read_text(&file, 11).unwrap_err(), Error::Unreadable { .. }));
		assert!(matches!(read(directory.path(), 10).unwrap_err(), Error::Unreadable { .. }));
	}

	#[test]
	fn never_overwrites() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		write_new(&file, b"first").unwrap();
		assert!(matches!(write_new(&file, b"second").unwrap_err(), Error::Exists { .. }));
		assert_eq!(std::fs::read(&file).unwrap(), b"first");
	}

	#[cfg(unix)]
	#[test]
	fn what_is_written_is_for_its_owner() {
		use std::os::unix::fs::PermissionsExt;
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		write_new(&file, b"secret").unwrap();
		assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
		ensure_private(&file).unwrap();
	}

	#[test]
	fn a_file_that_is_not_kept_is_gone() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		drop(NewFile::create(&file).unwrap());
		assert!(!file.exists());
	}

	fn refused() -> Result<(), ChainError> {
		Err(ChainError::RefusedOtherwise { call: "a".into(), reason: "b".into() })
	}

	fn broken() -> Result<(), ChainError> {
		Err(ChainError::Transport("gone".into()))
	}

	#[test]
	fn a_file_goes_with_a_refusal_and_stays_where_nobody_knows() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("file");
		let error = NewFile::create(&file).unwrap().keep_unless_refused(refused());
		assert!(matches!(error.unwrap_err(), Error::Chain(_)));
		assert!(!file.exists());
		let error = NewFile::create(&file).unwrap().keep_unless_refused(broken());
		assert!(matches!(error.unwrap_err(), Error::Unclear { .. }));
		assert!(file.exists());
	}

	#[test]
	fn keys_go_with_a_refusal_and_stay_where_nobody_knows() {
		let directory = tempfile::tempdir().unwrap();
		let keys = directory.path().join("record.keys");
		std::fs::write(&keys, "keys").unwrap();
		destroy_if_refused(Ok(()), &keys).unwrap();
		let error = destroy_if_refused(broken(), &keys).unwrap_err();
		assert!(matches!(error, Error::Unclear { kept, .. } if kept == keys));
		assert_eq!(std::fs::read(&keys).unwrap(), b"keys");
		let error = destroy_if_refused(refused(), &keys).unwrap_err();
		assert!(matches!(error, Error::Chain(_)));
		assert!(!keys.exists());
	}
}
