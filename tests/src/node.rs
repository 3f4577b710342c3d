//! A node of one's own: free ports, a temporary directory, gone at the end.

use crate::{
	binaries, chains,
	client::{self, Run},
	http,
	rpc::Rpc,
	wait,
};
use std::{
	fs::{self, File},
	ops::Deref,
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc, Mutex, Weak,
	},
	time::Duration,
};
use tempfile::TempDir;

/// How long a node may take until it listens: some seconds, and minutes on a machine that compiles.
const START_LIMIT: Duration = Duration::from_secs(240);
/// How long a node may take to end when it is asked to: twice what systemd gives it (docs/operate/hdx-node.service), on a machine
/// that runs other tests.
const END_LIMIT: Duration = Duration::from_secs(120);
/// What the node writes before the port on which it listens.
const LISTENING: &str = "JSON-RPC server: addr=127.0.0.1:";
/// The same, where other machines may ask it as well.
const LISTENING_TO_ALL: &str = "JSON-RPC server: addr=0.0.0.0:";
/// What it writes before the port of its metrics.
const EXPORTING: &str = "Prometheus exporter started at 127.0.0.1:";
/// The option with which a node has metrics. Port 0: the system gives a free one, and the log says which.
pub const WITH_METRICS: [&str; 2] = ["--prometheus-port", "0"];
/// The options with which a node is told where it listens for others, instead of on some port of loopback.
const LISTENS: [&str; 2] = ["--port", "--listen-addr"];
/// The option with which a node calls nobody in its neighbourhood.
const NO_MDNS: &str = "--no-mdns";
/// The base path, in the directory of a node.
const DATA: &str = "data";
/// How much of the log a failure shows.
const SHOWN_LINES: usize = 40;

/// A running node.
pub struct Node {
	name: String,
	process: Mutex<Child>,
	port: u16,
	shown: AtomicBool,
	directory: PathBuf,
	// Removed when the process is gone: fields are dropped after `drop`.
	_temporary: Option<TempDir>,
}

/// A node that somebody else keeps the directory of, so that it can be started again.
pub struct Kept<'a> {
	/// What it is called in messages.
	pub name: &'a str,
	/// The specification of its chain.
	pub chain: &'a Path,
	/// More arguments.
	pub arguments: &'a [String],
	/// Where its database and its log are.
	pub directory: &'a Path,
	/// A program that becomes the node, with its arguments; may be empty.
	pub under: &'a [String],
}

impl Kept<'_> {
	/// What starts it.
	fn command(&self) -> Command {
		let is_given = |option: &str| self.arguments.iter().any(|argument| argument == option);
		let has_metrics = is_given(WITH_METRICS[0]);
		let is_told = LISTENS.into_iter().any(is_given);
		// Port 0: the system gives a free one, and the log says which.
		let on_loopback = (!is_told).then_some(["--listen-addr", "/ip4/127.0.0.1/tcp/0"]);
		let mut command = match self.under.split_first() {
			Some((program, arguments)) => {
				let mut command = Command::new(program);
				command.args(arguments).arg(binaries::node());
				command
			},
			None => Command::new(binaries::node()),
		};
		command
			.arg("--chain")
			.arg(self.chain)
			.arg("--compiled-runtimes")
			.arg(chains::compiled_runtimes())
			.args(self.arguments)
			.args(["--rpc-port", "0"])
			.args(on_loopback.into_iter().flatten())
			.arg("--no-telemetry")
			// Only who is told: nodes of other tests run on this machine, too.
			.args((!is_given(NO_MDNS)).then_some(NO_MDNS))
			.args((!has_metrics).then_some("--no-prometheus"))
			.arg("--base-path")
			.arg(self.directory.join(DATA))
			.env_remove("RUST_LOG");
		command
	}

	/// Starts a node that should refuse to run, and gives what it says when it has ended. Its log stays that of the run
	/// before.
	///
	/// # Panics
	///
	/// When it does not end in time.
	pub async fn refused(&self) -> Run {
		client::run(self.command().into()).await
	}
}

impl Node {
	/// Starts a development chain: one validator, and institutions of Alice and Bob.
	pub fn development() -> Self {
		Self::start("dev", "dev", &["--dev"])
	}

	/// Starts a node of a chain with these arguments, and waits until it listens.
	pub fn start(name: &str, chain: &str, arguments: &[&str]) -> Self {
		Self::start_from(name, &chains::spec(chain), arguments)
	}

	/// Starts a node of the chain with this specification, which may be changed ([`chains::changed_spec`]), and waits until it
	/// listens. Others reach it on loopback by TCP unless the arguments say where it listens.
	pub fn start_from(name: &str, chain: &Path, arguments: &[&str]) -> Self {
		// One compiles the runtime for all.
		static FIRST: Mutex<bool> = Mutex::new(true);

		let mut first = FIRST.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
		if *first {
			let node = Self::spawn(name, chain, arguments);
			*first = false;
			return node;
		}
		drop(first);
		Self::spawn(name, chain, arguments)
	}

	fn spawn(name: &str, chain: &Path, arguments: &[&str]) -> Self {
		let temporary = TempDir::with_prefix("hdx-tests-").expect("a temporary directory");
		let arguments: Vec<_> = arguments.iter().map(|one| one.to_string()).collect();
		let (directory, under) = (temporary.path(), Default::default());
		let kept = Kept { name, chain, arguments: &arguments, directory, under };
		let mut node = Self::start_kept(&kept);
		node._temporary = Some(temporary);
		node
	}

	/// Starts a node in a directory that stays, on what is there of an earlier run, and waits until it listens. Its log
	/// begins anew.
	pub fn start_kept(kept: &Kept<'_>) -> Self {
		let (name, directory) = (kept.name, kept.directory.to_owned());
		let log = File::create(directory.join("node.log")).expect("a log file");
		let process = kept
			.command()
			.stdin(Stdio::null())
			.stdout(log.try_clone().expect("a log file"))
			.stderr(log)
			.spawn()
			.expect("the node starts");
		// From here on dropping stops the process.
		let mut node = Self {
			name: name.to_owned(),
			process: Mutex::new(process),
			port: 0,
			shown: false.into(),
			directory,
			_temporary: None,
		};
		let port = wait::until(START_LIMIT, || {
			if node.ended() {
				panic!("node {name} stopped while it started.\n{}", node.log_tail());
			}
			node.logged_port(LISTENING).or_else(|| node.logged_port(LISTENING_TO_ALL))
		});
		match port {
			Some(port) => node.port = port,
			None => panic!(
				"node {name} did not listen within {} s.\n{}",
				START_LIMIT.as_secs(),
				node.log_tail()
			),
		}
		node
	}

	/// Where it listens.
	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.port)
	}

	/// Asks over HTTP where JSON-RPC is: status and body.
	pub fn http(&self, path: &str) -> (u16, String) {
		http::get(self.port, path)
	}

	/// The metrics, as Prometheus gets them. The node was started [`WITH_METRICS`].
	pub fn metrics(&self) -> String {
		let port = wait::until(START_LIMIT, || self.logged_port(EXPORTING));
		let (status, body) = http::get(port.expect("the node has metrics"), "/metrics");
		assert_eq!(status, 200, "{body}");
		body
	}

	/// A connection for questions.
	pub async fn rpc(&self) -> Rpc {
		Rpc::connect(&self.url()).await
	}

	/// Ends the process at once, as a power cut would.
	pub fn stop(&self) {
		let mut process = self.process.lock().expect("nobody panics with the lock");
		// Fails where it has ended already, which is as good.
		drop(process.kill());
		drop(process.wait());
	}

	/// Asks the process to end, as a service manager does, and waits until it has.
	///
	/// # Panics
	///
	/// Where it does not end in time.
	pub fn end(&self) {
		let asked = format!("kill -TERM {}", self.process_id());
		let asked = Command::new("sh").arg("-c").arg(asked).status().expect("there is a shell");
		let ended = wait::until(END_LIMIT, || self.ended().then_some(()));
		let limit = END_LIMIT.as_secs();
		assert!(
			asked.success() && ended.is_some(),
			"node {} did not end within {limit} s.\n{}",
			self.name,
			self.log_tail()
		);
	}

	/// The number of the process.
	pub fn process_id(&self) -> u32 {
		self.process.lock().expect("nobody panics with the lock").id()
	}

	/// Holds the process where it is, or lets it go on. Meanwhile its connections stay, and it answers nobody.
	pub fn hold(&self, is_held: bool) {
		let signal = if is_held { "STOP" } else { "CONT" };
		let process = self.process_id();
		let sent = Command::new("sh").arg("-c").arg(format!("kill -{signal} {process}")).status();
		assert!(sent.expect("there is a shell").success(), "node {} got no {signal}", self.name);
	}

	/// Whether the process has ended.
	pub fn ended(&self) -> bool {
		let mut process = self.process.lock().expect("nobody panics with the lock");
		!matches!(process.try_wait(), Ok(None))
	}

	/// How the process ended: its exit code, or the signal. `None`: it runs.
	pub fn ending(&self) -> Option<ExitStatus> {
		let mut process = self.process.lock().expect("nobody panics with the lock");
		process.try_wait().expect("the process can be asked for")
	}

	/// What it has logged.
	pub fn log(&self) -> String {
		let log = fs::read(self.log_file()).unwrap_or_default();
		String::from_utf8_lossy(&log).into_owned()
	}

	/// The last lines of the log.
	pub fn log_tail(&self) -> String {
		let log = self.log();
		let lines: Vec<_> = log.lines().collect();
		let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
		format!("The log of node {} ends:\n    {}", self.name, shown.join("\n    "))
	}

	/// Shows the log where a test is failing; once.
	fn explain_failure(&self) {
		if std::thread::panicking() && !self.shown.swap(true, Ordering::Relaxed) {
			eprintln!("{}", self.log_tail());
		}
	}

	fn logged_port(&self, before: &str) -> Option<u16> {
		port(&fs::read_to_string(self.log_file()).unwrap_or_default(), before)
	}

	fn log_file(&self) -> PathBuf {
		self.directory.join("node.log")
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.stop();
		self.explain_failure();
	}
}

/// The port in a log, behind these words.
fn port(log: &str, before: &str) -> Option<u16> {
	let (_, rest) = log.split_once(before)?;
	// While the node is still writing the line, the number may be half there.
	let (digits, _) = rest.split_once(|one: char| !one.is_ascii_digit())?;
	digits.parse().ok()
}

/// A node that tests may share, as long as one of them runs: such as read, or are refused.
pub struct Shared(Arc<Node>);

/// The development node of this test program. Statics are never dropped, so it is not held here.
static SHARED: Mutex<Weak<Node>> = Mutex::new(Weak::new());

/// The development chain that all tests share that leave it as it is.
pub fn shared() -> Shared {
	// A test that panicked while the node started leaves nothing half-done behind.
	let mut shared = SHARED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
	if let Some(node) = shared.upgrade() {
		return Shared(node);
	}
	let node = Arc::new(Node::development());
	*shared = Arc::downgrade(&node);
	Shared(node)
}

/// A development chain that nobody else changes.
pub fn of_its_own() -> Shared {
	Shared(Arc::new(Node::development()))
}

/// A development chain that nobody else changes, with other values in its first state ([`chains::altered_spec`]).
pub fn of_its_own_with(name: &str, values: &[(Vec<u8>, Vec<u8>)]) -> Shared {
	let spec = chains::altered_spec("dev", name, values);
	Shared(Arc::new(Node::start_from(name, &spec, &["--dev"])))
}

impl Deref for Shared {
	type Target = Node;

	fn deref(&self) -> &Node {
		&self.0
	}
}

impl Drop for Shared {
	fn drop(&mut self) {
		// Another test may be the last to hold the node.
		self.explain_failure();
	}
}

#[cfg(test)]
mod tests {
	use super::{port, EXPORTING, LISTENING};

	#[test]
	fn reads_the_port_when_the_line_is_whole() {
		assert_eq!(
			port("… Running JSON-RPC server: addr=127.0.0.1:40123,[::1]:40124\n", LISTENING),
			Some(40123)
		);
		assert_eq!(port("… JSON-RPC server: addr=127.0.0.1:40123\n", LISTENING), Some(40123));
		assert_eq!(port("… JSON-RPC server: addr=127.0.0.1:401", LISTENING), None);
		assert_eq!(port("… nothing yet", LISTENING), None);
		let both = "… Prometheus exporter started at 127.0.0.1:35697    \n… nothing yet";
		assert_eq!((port(both, EXPORTING), port(both, LISTENING)), (Some(35697), None));
	}
}
