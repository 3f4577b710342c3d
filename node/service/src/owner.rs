//! Who this process is, as files tell it.

use std::{
	fs, io,
	os::unix::fs::{DirBuilderExt, MetadataExt},
	path::Path,
};

/// The user to whom files belong that this process makes: asked of one that is made in the directory, and removed. The
/// directory is made, for this user alone, where it is not there.
///
/// # Errors
///
/// Where nothing can be made there.
pub fn of_new_files(directory: &Path) -> io::Result<u32> {
	fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
	let probe = directory.join(format!(".probe-{}", std::process::id()));
	let made = fs::File::create(&probe).and_then(|file| file.metadata());
	// Nothing is lost where it stays.
	drop(fs::remove_file(&probe));
	Ok(made?.uid())
}
