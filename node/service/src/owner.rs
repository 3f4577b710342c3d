//! Who this process is, as files tell it.

use std::{
	fs, io,
	os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
	path::Path,
};

/// How many names are tried. A process that was ended in between may have left one behind, and in a container the next one
/// may have its number.
const NAMES: u32 = 16;

/// The user to whom files belong that this process makes: asked of one that is made in the directory, and removed. The
/// directory is made, for this user alone, where it is not there.
///
/// The file is one that was not there: of a file that somebody else put there, or a link to another one, nothing could be
/// learnt, and what it holds would be lost.
///
/// # Errors
///
/// Where nothing can be made there.
pub fn of_new_files(directory: &Path) -> io::Result<u32> {
	fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
	let mut options = fs::OpenOptions::new();
	options.write(true).create_new(true).mode(0o600);
	for name in 0..NAMES {
		let probe = directory.join(format!(".probe-{}-{name}", std::process::id()));
		let made = match options.open(&probe) {
			Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
			made => made?.metadata(),
		};
		// Nothing is lost where it stays.
		drop(fs::remove_file(&probe));
		return Ok(made?.uid());
	}
	Err(io::Error::new(
		io::ErrorKind::AlreadyExists,
		"files with names .probe-… lie in the way; remove them",
	))
}
