//! A chain of one's own, and `hdx` on it.

use hdx_tests::{
	client::{self, Run},
	node::{self, Shared},
};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

/// Exit code: refused or failed.
pub const REFUSED: i32 = 1;
/// The exit code of a command line that makes no sense.
pub const USAGE: i32 = 2;

/// Exit code: no node, or one of another chain.
pub const NO_NODE: i32 = 3;

/// A development chain, and a directory for what is signed.
pub struct Scene {
	/// The node.
	pub node: Shared,
	/// Where `hdx` runs.
	pub directory: TempDir,
}

impl Scene {
	/// On a chain of its own.
	pub fn new() -> Self {
		Self::on(node::of_its_own())
	}

	/// On the chain that all share who leave it as it is.
	pub fn shared() -> Self {
		Self::on(node::shared())
	}

	/// On a chain of its own that begins with other values under these keys of its state.
	pub fn with_state(name: &str, values: &[(Vec<u8>, Vec<u8>)]) -> Self {
		Self::on(node::of_its_own_with(name, values))
	}

	fn on(node: Shared) -> Self {
		Self { node, directory: tempfile::tempdir().unwrap() }
	}

	/// Runs `hdx`.
	pub async fn run(&self, line: &str) -> Run {
		let mut command = client::command(line.split_whitespace());
		command.args(["--json", "--url", &self.node.url()]).current_dir(self.directory.path());
		client::run(command).await
	}

	/// What a verb answers.
	pub async fn does(&self, line: &str) -> Value {
		let run = self.run(line).await;
		run.expect_success();
		serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
	}

	/// What a verb that fails says.
	pub async fn fails(&self, line: &str, exit: i32) -> Value {
		let run = self.run(line).await;
		run.expect_error(exit, &[]);
		let error: Value = serde_json::from_str(&run.stderr).unwrap();
		assert!(error["error"]["help"].is_string(), "no advice: {run}");
		error["error"].clone()
	}

	/// The chain refuses a verb by this name.
	pub async fn is_refused(&self, line: &str, refusal: &str) {
		let error = self.fails(line, REFUSED).await;
		assert_eq!(error["refusal"], refusal, "{line}: {error}");
	}

	/// Options that name a document which nobody has signed before.
	pub fn signed(&self, name: &str) -> String {
		fs::write(self.directory.path().join(name), format!("signed: {name}")).unwrap();
		format!("--document {name}")
	}
}
