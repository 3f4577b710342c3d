//! Where tests find files.

use std::path::PathBuf;

/// The directory of this crate, where the tests run. Asked for when they run: checkouts that share a
/// target directory also share test programs, and each has files of its own.
pub fn crate_directory() -> PathBuf {
	std::env::var_os("CARGO_MANIFEST_DIR")
		.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

/// Other people's material, where it lies beside the project or where `HDX_CONFORMANCE` says.
pub fn conformance(path: &str) -> PathBuf {
	let beside = crate_directory().join("../../../shared/conformance");
	std::env::var_os("HDX_CONFORMANCE").map_or(beside, PathBuf::from).join(path)
}
