//! Files that only their owner may read: JSON with mode 0600, written once.

use super::error::KeyFileError;
use serde::{de::DeserializeOwned, Serialize};
use std::{
	fs::{File, OpenOptions},
	io::{self, Read, Write},
	path::Path,
};
use zeroize::Zeroizing;

/// Largest key file that is read, in bytes: room for the keys of 10,000 sections.
const MAX_KEY_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// Writes a new file with mode 0600. An existing file is never touched: its keys may be the only
/// copy.
///
/// # Errors
///
/// [`KeyFileError::Exists`] or [`KeyFileError::Io`].
pub fn write(path: &Path, content: &impl Serialize) -> Result<(), KeyFileError> {
	let file = path.display().to_string();
	// Room enough that the buffer is not moved, which would leave copies behind.
	let mut text = Zeroizing::new(Vec::with_capacity(64 * 1024));
	serde_json::to_writer_pretty(&mut *text, content).map_err(|error| KeyFileError::Io {
		file: file.clone(),
		source: io::Error::other(error),
	})?;
	text.push(b'\n');
	let mut options = OpenOptions::new();
	options.write(true).create_new(true);
	#[cfg(unix)]
	std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
	let mut opened = options.open(path).map_err(|source| match source.kind() {
		io::ErrorKind::AlreadyExists => KeyFileError::Exists { file: file.clone() },
		_ => KeyFileError::Io { file: file.clone(), source },
	})?;
	let written = opened.write_all(&text).and_then(|()| opened.sync_all());
	written.map_err(|source| {
		// Half a key file is of no use, and would stand in the way of the next try.
		drop(std::fs::remove_file(path));
		KeyFileError::Io { file, source }
	})
}

/// Reads a file that only its owner may read. `expected` says in errors what it should hold.
///
/// # Errors
///
/// [`KeyFileError::Io`], [`KeyFileError::Exposed`] or [`KeyFileError::Malformed`].
pub fn read<T: DeserializeOwned>(path: &Path, expected: &'static str) -> Result<T, KeyFileError> {
	let file = path.display().to_string();
	let failed = |source| KeyFileError::Io { file: file.clone(), source };
	let opened = File::open(path).map_err(failed)?;
	let metadata = opened.metadata().map_err(failed)?;
	#[cfg(unix)]
	{
		let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
		if mode & 0o077 != 0 {
			return Err(KeyFileError::Exposed { file, mode });
		}
	}
	let capacity = usize::try_from(metadata.len().min(MAX_KEY_FILE_BYTES)).unwrap_or_default();
	let mut text = Zeroizing::new(Vec::with_capacity(capacity.saturating_add(32)));
	opened.take(MAX_KEY_FILE_BYTES).read_to_end(&mut text).map_err(failed)?;
	serde_json::from_slice(&text).map_err(|error| KeyFileError::Malformed {
		file,
		expected,
		detail: error.to_string(),
	})
}
