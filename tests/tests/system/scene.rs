//! A chain of one's own, and `hdx` on it.

use hdx_tests::{
	client::{self, Run},
	node::Node,
};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

/// Exit code: refused or failed.
pub const REFUSED: i32 = 1;

/// A development chain, and a directory for what is signed.
pub struct Scene {
	/// The node.
	pub node: Node,
	/// Where `hdx` runs.
	pub directory: TempDir,
}

impl Scene {
	/// A new one.
	pub fn new() -> Self {
		Self { node: Node::development(), directory: tempfile::tempdir().unwrap() }
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

	/// The name of a refusal by the chain.
	pub async fn is_refused(&self, line: &str, refusal: &str) {
		let run = self.run(line).await;
		run.expect_error(REFUSED, &[]);
		let error: Value = serde_json::from_str(&run.stderr).unwrap();
		assert_eq!(error["error"]["refusal"], refusal, "{run}");
		assert!(error["error"]["help"].is_string(), "no advice: {run}");
	}

	/// Options that name a document which nobody has signed before.
	pub fn signed(&self, name: &str) -> String {
		fs::write(self.directory.path().join(name), format!("signed: {name}")).unwrap();
		format!("--document {name}")
	}
}
