//! `hdx`, as a shell sees it: exit codes, messages, what is left behind. None of these needs a node.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod audit;
mod bad_input;
mod ceremony;
mod chain_spec;
mod consent;
mod credential;
mod decide;
mod did;
mod gov;
mod keys;
mod licence;
mod nodes;
mod offline;
mod oracle;
mod provider;
mod record;
mod roster;
mod shielded;
mod usage;

use std::{
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Command, Output},
};

/// What a command did.
struct Ran {
	exit: i32,
	stdout: String,
	stderr: String,
}

impl Ran {
	/// Standard error as the object that `--json` promises.
	fn error(&self) -> serde_json::Value {
		let value: serde_json::Value = serde_json::from_str(&self.stderr)
			.unwrap_or_else(|error| panic!("{error}: {}", self.stderr));
		value["error"].clone()
	}
}

/// Runs `hdx` in `directory`.
fn hdx_in(directory: &Path, arguments: &[&str]) -> Ran {
	let output: Output = Command::new(env!("CARGO_BIN_EXE_hdx"))
		.current_dir(directory)
		.env_remove("HDX_URL")
		.env_remove("RUST_LOG")
		.args(arguments)
		.output()
		.unwrap();
	Ran {
		exit: output.status.code().unwrap(),
		stdout: String::from_utf8(output.stdout).unwrap(),
		stderr: String::from_utf8(output.stderr).unwrap(),
	}
}

/// Runs `hdx` where it does not matter where.
fn hdx(arguments: &[&str]) -> Ran {
	let directory = tempfile::tempdir().unwrap();
	hdx_in(directory.path(), arguments)
}

/// The URL of a port at which nobody listens: one that the system gives to nobody who asks for a
/// free one, as it might a port that was free a moment ago.
fn nobody() -> String {
	"ws://127.0.0.1:1".to_owned()
}

/// A port at which somebody listens who notices whether anybody came.
struct Watch(TcpListener);

impl Watch {
	fn new() -> Self {
		// An address that no other test uses: whoever still asks for what stopped elsewhere at the
		// same port is not taken for somebody who came.
		let listener = TcpListener::bind("127.0.0.2:0").unwrap();
		listener.set_nonblocking(true).unwrap();
		Self(listener)
	}

	fn url(&self) -> String {
		format!("ws://{}", self.0.local_addr().unwrap())
	}

	fn nobody_came(&self) -> bool {
		matches!(self.0.accept(), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
	}
}

/// The names in a directory.
fn names(directory: &Path) -> Vec<PathBuf> {
	let mut names: Vec<_> = std::fs::read_dir(directory)
		.unwrap()
		.map(|entry| entry.unwrap().file_name().into())
		.collect();
	names.sort();
	names
}
