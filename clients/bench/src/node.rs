//! A node of one's own: free ports, a temporary directory, gone at the end.

use crate::error::BenchError;
use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long a node may take until it listens: it may have to compile its runtime.
const START_LIMIT: Duration = Duration::from_secs(240);
/// How often its log is looked at.
const POLL: Duration = Duration::from_millis(100);
/// What the node writes before the port on which it listens.
const LISTENING: &str = "JSON-RPC server: addr=127.0.0.1:";
/// How much of the log an error shows.
const SHOWN_LINES: usize = 30;

/// What all nodes of a chain have in common.
#[derive(Clone, Copy, Debug)]
pub struct Program<'a> {
	/// The node.
	pub node: &'a Path,
	/// The chain's specification.
	pub spec: &'a Path,
	/// Where compiled runtimes are kept.
	pub compiled_runtimes: Option<&'a Path>,
}

/// A running node. Dropping it ends the process.
#[derive(Debug)]
pub struct Node {
	name: String,
	process: Child,
	port: u16,
	// Removed when the process is gone: fields are dropped after `drop`.
	directory: TempDir,
}

impl Node {
	/// Starts a node with these arguments, and waits until it listens.
	pub async fn start(
		program: Program<'_>,
		name: &str,
		arguments: &[&str],
	) -> Result<Self, BenchError> {
		let made = BenchError::failed("a directory for a node");
		let directory = TempDir::with_prefix("hdx-bench-").map_err(made)?;
		let log = directory.path().join("node.log");
		let file = || File::create(&log).map_err(BenchError::failed("the log of a node"));
		let file = file()?;
		let copy = file.try_clone().map_err(BenchError::failed("the log of a node"))?;
		let mut command = Command::new(program.node);
		command.arg("--chain").arg(program.spec).args(arguments);
		if let Some(compiled) = program.compiled_runtimes {
			command.arg("--compiled-runtimes").arg(compiled);
		}
		let process = command
			// Port 0: the system gives a free one, and the log says which.
			.args(["--rpc-port", "0", "--listen-addr", "/ip4/127.0.0.1/tcp/0"])
			.args(["--no-mdns", "--no-prometheus", "--no-telemetry"])
			// What is sent at once has to find room, and so has who watches each of it.
			.args(["--rpc-max-subscriptions-per-connection", "100000"])
			.args(["--pool-limit", "50000", "--pool-kbytes", "200000", "--base-path"])
			.arg(directory.path().join("data"))
			.env_remove("RUST_LOG")
			.stdin(Stdio::null())
			.stdout(copy)
			.stderr(file)
			.spawn();
		let process = process.map_err(|error| BenchError::File {
			path: program.node.to_owned(),
			reason: format!("it does not start: {error}"),
		})?;
		// From here on dropping stops the process.
		let mut node = Self { name: name.to_owned(), process, port: 0, directory };
		let since = Instant::now();
		while node.port == 0 {
			if !node.is_up() {
				return Err(node.error("it stopped while it started"));
			}
			if since.elapsed() > START_LIMIT {
				return Err(node.error("it does not listen"));
			}
			tokio::time::sleep(POLL).await;
			node.port = port(&node.log()).unwrap_or_default();
		}
		Ok(node)
	}

	/// Where it listens.
	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.port)
	}

	fn is_up(&mut self) -> bool {
		matches!(self.process.try_wait(), Ok(None))
	}

	fn log_file(&self) -> PathBuf {
		self.directory.path().join("node.log")
	}

	/// What it has logged.
	pub fn log(&self) -> String {
		let log = fs::read(self.log_file()).unwrap_or_default();
		String::from_utf8_lossy(&log).into_owned()
	}

	/// What is wrong with it, and the end of its log.
	fn error(&self, reason: &str) -> BenchError {
		let log = self.log();
		let lines: Vec<_> = log.lines().collect();
		let shown = lines.get(lines.len().saturating_sub(SHOWN_LINES)..).unwrap_or_default();
		BenchError::Node {
			name: self.name.clone(),
			reason: reason.to_owned(),
			log: format!("    {}", shown.join("\n    ")),
		}
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// Both fail where it has ended already, which is as good.
		drop(self.process.kill());
		drop(self.process.wait());
	}
}

/// The port in a log.
fn port(log: &str) -> Option<u16> {
	let (_, rest) = log.split_once(LISTENING)?;
	// While the node is still writing the line, the number may be half there.
	let (digits, _) = rest.split_once(|one: char| !one.is_ascii_digit())?;
	digits.parse().ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn reads_the_port_when_the_line_is_whole() {
		assert_eq!(port("… Running JSON-RPC server: addr=127.0.0.1:40123,[::1]:9\n"), Some(40123));
		assert_eq!(port("… JSON-RPC server: addr=127.0.0.1:401"), None);
		assert_eq!(port("… nothing yet"), None);
	}

	#[tokio::test]
	async fn a_node_that_cannot_start_is_an_error_with_its_log() {
		let program = |node| Program { node, spec: Path::new("spec"), compiled_runtimes: None };
		let missing = Node::start(program(Path::new("/nothing/here")), "one", &[]).await;
		assert!(missing.is_err_and(|error| error.to_string().contains("/nothing/here")));
		let ended = Node::start(program(Path::new("/bin/echo")), "one", &["a last word"]).await;
		assert!(ended.is_err_and(|error| error.to_string().contains("a last word")));
	}
}
