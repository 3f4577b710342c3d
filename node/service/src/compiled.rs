//! Where compiled runtimes are kept, so that a node that starts again does not compile its runtime
//! again: some ten seconds of a processor.
//!
//! What lies there is run as it is. Whoever can write there is in control of the node, as with its
//! database and its keys; a directory in which others may write is refused.

use crate::owner;
use sc_service::{error::Error as ServiceError, Configuration};
use std::{
	fs, io,
	os::unix::fs::{MetadataExt, PermissionsExt},
	path::{Path, PathBuf},
};

/// The directory in the base path, where none is named.
const DIRECTORY: &str = "compiled-runtimes";
/// What others may do with it at most: read.
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// The directory, made if it is not there.
pub fn directory(config: &Configuration, named: Option<&Path>) -> Result<PathBuf, ServiceError> {
	let in_base_path = || config.base_path.path().join(DIRECTORY);
	let directory = named.map_or_else(in_base_path, Path::to_owned);
	is_ours(&directory).map_err(|problem| {
		ServiceError::Other(format!(
			"compiled runtimes cannot be kept in {}: {problem}. Name another directory with \
			 --compiled-runtimes",
			directory.display()
		))
	})?;
	// The cache asks for an absolute path.
	Ok(directory.canonicalize()?)
}

/// Makes sure that the directory is there, and that nobody else can put anything into it.
fn is_ours(directory: &Path) -> Result<(), String> {
	let failed = |error: io::Error| error.to_string();
	let user = owner::of_new_files(directory).map_err(failed)?;
	let there = fs::metadata(directory).map_err(failed)?;
	if there.uid() != user {
		return Err("it belongs to another user, who could put another program there".into());
	}
	if there.permissions().mode() & WRITABLE_BY_OTHERS != 0 {
		return Err(
			"others may write there, and could put another program there; `chmod go-w` it".into()
		);
	}
	Ok(())
}
