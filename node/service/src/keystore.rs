//! Whose keystore it is: who reads a validator's keys signs as that validator, and who writes there makes it sign with
//! keys of theirs.

use sc_service::{error::Error as ServiceError, Configuration};
use std::{
	fs, io,
	os::unix::fs::{DirBuilderExt, PermissionsExt},
	path::Path,
};

/// What others may do with a key: nothing.
const USABLE_BY_OTHERS: u32 = 0o077;
/// What others may do with the directory at most: list it.
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// Fails where others may use the keystore. One that is not there is made here, whatever the user's mask says.
pub fn is_private(config: &Configuration) -> Result<(), ServiceError> {
	let Some(directory) = config.keystore.path() else { return Ok(()) };
	fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
	exposed(directory)?.map_or(Ok(()), |problem| {
		Err(ServiceError::Other(format!(
			"others may use the keystore {}: {problem}. If somebody did, change the keys (docs/validators.md)",
			directory.display()
		)))
	})
}

/// Says what others may do, and how to end it.
fn exposed(directory: &Path) -> io::Result<Option<String>> {
	if fs::metadata(directory)?.permissions().mode() & WRITABLE_BY_OTHERS != 0 {
		return Ok(Some("they may write there; `chmod go-w` it".into()));
	}
	for entry in fs::read_dir(directory)? {
		let path = entry?.path();
		let data = fs::metadata(&path)?;
		if data.is_file() && data.permissions().mode() & USABLE_BY_OTHERS != 0 {
			return Ok(Some(format!("they may open {}; `chmod 600` it", path.display())));
		}
	}
	Ok(None)
}
