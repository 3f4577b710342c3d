//! What nodes of all tests start from, so that each start does not compile the runtime twice, which
//! takes some ten seconds of a processor each time: once for the first block, once to run.

use crate::binaries;
use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
	sync::Mutex,
	time::SystemTime,
};

/// Where compiled runtimes are kept.
pub fn compiled_runtimes() -> PathBuf {
	beside_node("compiled-runtimes")
}

/// The specification of a chain of this node, with its first state in it instead of how to make that.
pub fn spec(chain: &str) -> PathBuf {
	static WRITING: Mutex<()> = Mutex::new(());

	let file = beside_node("test-chains").join(format!("{chain}.json"));
	// Whoever panicked with the lock left nothing half-written: files appear at once.
	let _alone = WRITING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
	if changed(&file) <= changed(&binaries::node()) {
		write_spec(chain, &file);
	}
	file
}

fn write_spec(chain: &str, file: &Path) {
	let mut node = Command::new(binaries::node());
	let export = node.args(["export-chain-spec", "--raw", "--chain", chain]).output();
	let export = export.expect("the node starts");
	let error = String::from_utf8_lossy(&export.stderr);
	assert!(export.status.success(), "no specification of {chain}: {error}");
	fs::create_dir_all(file.parent().expect("it is in a directory")).expect("a directory");
	let mine = file.with_extension(std::process::id().to_string());
	fs::write(&mine, &export.stdout).expect("a file");
	fs::rename(&mine, file).expect("a file of that name");
}

/// When a file was changed; the beginning of time where there is none.
fn changed(file: &Path) -> SystemTime {
	fs::metadata(file).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn beside_node(name: &str) -> PathBuf {
	binaries::node().with_file_name(name)
}
