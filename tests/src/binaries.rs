//! Finding what was built.

use std::{env, path::PathBuf};

/// The node.
pub fn node() -> PathBuf {
	find("hdx-node")
}

/// The command line.
pub fn client() -> PathBuf {
	find("hdx")
}

/// The root of the project.
pub fn project() -> PathBuf {
	// Asked for when the tests run: checkouts can share a target directory, and its test programs.
	let tests = env::var_os("CARGO_MANIFEST_DIR")
		.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
	tests.parent().expect("tests/ is in the project").to_owned()
}

/// A program in HDX_BIN_DIR or, without that, beside the test that runs: cargo puts tests into
/// `release/deps` and programs into `release`.
fn find(name: &str) -> PathBuf {
	let directory = match env::var_os("HDX_BIN_DIR") {
		Some(directory) => PathBuf::from(directory),
		None => {
			let test = env::current_exe().expect("the test knows where it is");
			test.ancestors().nth(2).expect("cargo puts tests into a directory").to_owned()
		},
	};
	let program = directory.join(name);
	assert!(
		program.is_file(),
		"there is no `{}`: cargo build --release -p hdx-node -p hdx-cli, or name another directory \
		 with HDX_BIN_DIR",
		program.display(),
	);
	program
}
