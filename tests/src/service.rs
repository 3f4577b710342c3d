//! `hdx` as a service: it runs until it is told to end, and writes a line of JSON an event.

use crate::client;
use serde_json::Value;
use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	process::Stdio,
	time::Duration,
};
use tokio::process::{Child, Command};

/// How long it may take to end.
const END_LIMIT: Duration = Duration::from_secs(30);

/// A service that runs. It is killed when it is dropped.
pub struct Service {
	name: String,
	process: Child,
	log: PathBuf,
}

impl Service {
	/// Starts `hdx` with these arguments in a directory, where its log is written, too.
	pub fn start(name: &str, arguments: &str, directory: &Path) -> Self {
		let log = directory.join(format!("{name}.log"));
		let file = File::create(&log).expect("a log file");
		let mut command = client::command(arguments.split_whitespace());
		let process = command
			.arg("--json")
			.current_dir(directory)
			.env_remove("HDX_URL")
			.env_remove("RUST_LOG")
			.stdin(Stdio::null())
			.stdout(file.try_clone().expect("a log file"))
			.stderr(file)
			.kill_on_drop(true)
			.spawn()
			.expect("hdx starts");
		Self { name: name.to_owned(), process, log }
	}

	/// What it wrote so far.
	pub fn events(&self) -> Vec<Value> {
		let log = fs::read_to_string(&self.log).expect("the log");
		// The last line may be half there.
		let whole = log.rsplit_once('\n').map_or("", |(whole, _)| whole);
		let read = |line| {
			serde_json::from_str(line)
				.unwrap_or_else(|error| panic!("{}: {error}: {line}", self.name))
		};
		whole.lines().map(read).collect()
	}

	/// The events of one kind.
	pub fn events_of(&self, kind: &str) -> Vec<Value> {
		self.events().into_iter().filter(|event| event["event"] == kind).collect()
	}

	/// Asks it to end, as a service manager does, and gives its exit code.
	pub async fn end(mut self) -> (Option<i32>, Vec<Value>) {
		let id = self.process.id().expect("it runs").to_string();
		let asked = Command::new("kill").args(["-TERM", &id]).status().await;
		assert!(asked.expect("kill runs").success(), "{} has ended by itself", self.name);
		let ended = tokio::time::timeout(END_LIMIT, self.process.wait()).await;
		let status = ended.unwrap_or_else(|_| panic!("{} does not end", self.name));
		(status.expect("it ended").code(), self.events())
	}
}

impl Drop for Service {
	fn drop(&mut self) {
		if std::thread::panicking() {
			eprintln!("{}: {}", self.name, fs::read_to_string(&self.log).unwrap_or_default());
		}
	}
}
