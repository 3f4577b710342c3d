//! An operator's machine: directories in the place of those that pages name, a shell, and a node that the operator's own
//! commands start and stop.
//!
//! What belongs to the machine and not to this project is stood in for: `systemctl` has the test start and end the node, and
//! `sudo -u hdx` runs what it is given, as whoever runs the tests is the user of the node here. `hdx` and `hdx-node` are the
//! real ones, and so is all else that a page calls.

use crate::{
	binaries,
	node::{Kept, Node},
	runbook::Script,
	wait,
};
use std::{
	env,
	fs::{self, File, Permissions},
	io::Write,
	os::unix::fs::{symlink, PermissionsExt},
	path::{Path, PathBuf},
	process::{Command, Stdio},
	time::Duration,
};
use tokio::task::block_in_place;

/// How long a script may take. Each `hdx` in it waits until something is final, and a specification takes the longest.
const LIMIT: Duration = Duration::from_secs(600);
/// What the node is called as a service.
const UNIT: &str = "hdx-node";
/// Where pages say that the node asks and is asked.
const RPC: &str = "127.0.0.1:9944";
/// What systemd answers about a unit that does not run.
const NOT_RUNNING: u8 = 3;

/// In the place of systemd: asks the test. It gives up by itself, should the test be gone.
const SYSTEMCTL: &str = "#!/bin/sh
cd 'SERVICE'
echo \"$*\" >asked.new
mv asked.new asked
waited=0
until [ -e answer ]; do
	waited=$((waited + 1))
	[ \"$waited\" -lt 6000 ] || exit 75
	sleep 0.1
done
code=$(cat answer)
rm answer
exit \"$code\"
";

/// In the place of sudo.
const SUDO: &str = "#!/bin/sh
[ \"$1 $2\" = '-u hdx' ] || exit 64
shift 2
exec \"$@\"
";

/// A machine. Its node ends with it.
pub struct Machine {
	name: String,
	directory: PathBuf,
	options: Vec<String>,
	node: Option<Node>,
}

impl Machine {
	/// Makes one, below this directory, which has to outlive it.
	pub fn new(name: &str, parent: &Path) -> Self {
		let directory = parent.join(name);
		let machine = Self { name: name.into(), directory, options: Vec::new(), node: None };
		for place in ["data", "etc", "bin", "shims", "service", "home"] {
			fs::create_dir_all(machine.directory.join(place)).expect("a directory");
		}
		for (program, built) in [("hdx", binaries::client()), (UNIT, binaries::node())] {
			symlink(built, machine.directory.join("bin").join(program)).expect("a link");
		}
		let service = machine.service();
		let systemctl = SYSTEMCTL.replace("SERVICE", service.to_str().expect("a plain name"));
		for (program, text) in [("systemctl", systemctl.as_str()), ("sudo", SUDO)] {
			let file = machine.directory.join("shims").join(program);
			fs::write(&file, text).expect("a file");
			fs::set_permissions(&file, Permissions::from_mode(0o755)).expect("it is ours");
		}
		machine
	}

	/// Where its operator works, and has their keys.
	pub fn home(&self) -> PathBuf {
		self.directory.join("home")
	}

	/// In the place of `/var/lib/hdx`.
	pub fn data(&self) -> PathBuf {
		self.directory.join("data")
	}

	/// In the place of `/etc/hdx`. The node runs on `chain.json` in it.
	pub fn etc(&self) -> PathBuf {
		self.directory.join("etc")
	}

	/// In the place of `/usr/local/bin`.
	pub fn bin(&self) -> PathBuf {
		self.directory.join("bin")
	}

	/// Where the test and `systemctl` leave each other notes.
	fn service(&self) -> PathBuf {
		self.directory.join("service")
	}

	/// With what the node runs from the next start on, besides its chain and its places: what `node.env` has.
	pub fn set_options(&mut self, options: Vec<String>) {
		self.options = options;
	}

	/// The node.
	///
	/// # Panics
	///
	/// Where it does not run.
	pub fn node(&self) -> &Node {
		self.node.as_ref().unwrap_or_else(|| panic!("the node of {} does not run", self.name))
	}

	/// Whether the node was started, and not stopped since.
	pub fn is_running(&self) -> bool {
		self.node.is_some()
	}

	/// Starts the node, and waits until it listens.
	pub fn start(&mut self) {
		block_in_place(|| self.begin());
	}

	/// Stops the node, and waits until it has ended.
	pub fn stop(&mut self) {
		block_in_place(|| self.end());
	}

	/// Runs what a page says, and gives what it wrote to standard output.
	///
	/// # Panics
	///
	/// Where a command of it fails, does not end in time, or names a place that is not of this machine.
	pub async fn runs(&mut self, script: Script) -> String {
		self.runs_answering(script, "").await
	}

	/// The same, with answers to what it asks.
	///
	/// # Panics
	///
	/// As [`Self::runs`].
	pub async fn runs_answering(&mut self, script: Script, answers: &str) -> String {
		let text = self.placed(&script);
		let mut command = Command::new("sh");
		// The first command that fails is the last.
		command.args(["-euc", &text]).current_dir(self.home()).env("PATH", self.path());
		command.env("NO_COLOR", "1").env_remove("RUST_LOG").env_remove("HDX_URL");
		if let Some(node) = &self.node {
			command.env("HDX_URL", node.url());
		}
		let written = ["stdout", "stderr"].map(|name| self.directory.join(name));
		let [stdout, stderr] = written.each_ref().map(|file| File::create(file).expect("a file"));
		let mut shell = command
			.stdin(Stdio::piped())
			.stdout(stdout)
			.stderr(stderr)
			.spawn()
			.expect("there is a shell");
		// Whoever reads no answer may have ended before.
		drop(shell.stdin.take().expect("it is piped").write_all(answers.as_bytes()));
		let status = block_in_place(|| {
			wait::until(LIMIT, || {
				self.serve();
				shell.try_wait().expect("the shell can be asked")
			})
		});
		let [stdout, stderr] = written
			.map(|file| String::from_utf8_lossy(&fs::read(file).expect("a file")).into_owned());
		let told = format!("{}, at {}:\n{text}\n{stdout}\n{stderr}", script.page(), self.name);
		match status {
			Some(status) => assert!(status.success(), "{status}: {told}"),
			None => {
				// It may have ended just now, which is as good.
				drop(shell.kill());
				panic!("no end within {} s: {told}", LIMIT.as_secs());
			},
		}
		stdout
	}

	/// Where programs are looked for: what stands in for others first.
	fn path(&self) -> String {
		let (shims, bin) = (self.directory.join("shims"), self.bin());
		let others = env::var("PATH").expect("whoever runs tests has a PATH");
		format!("{}:{}:{others}", shims.display(), bin.display())
	}

	/// What a page says, with the places of this machine.
	fn placed(&self, script: &Script) -> String {
		let mut text = script.text().to_owned();
		for (named, here) in [
			("/var/lib/hdx", self.data()),
			("/etc/hdx", self.etc()),
			("/usr/local/bin", self.bin()),
		] {
			text = text.replace(named, here.to_str().expect("a plain name"));
		}
		if let Some(node) = &self.node {
			text = text.replace(RPC, node.url().trim_start_matches("ws://"));
		}
		let directory = self.directory.to_str().expect("a plain name");
		if let Some(word) = unknown(&text, directory) {
			panic!("{}: nothing was put in the place of `{word}`:\n{text}", script.page());
		}
		text
	}

	/// Does what `systemctl` asked for, if it did.
	fn serve(&mut self) {
		let service = self.service();
		let Ok(asked) = fs::read_to_string(service.join("asked")) else { return };
		fs::remove_file(service.join("asked")).expect("it is there");
		let code = self.systemctl(asked.trim());
		fs::write(service.join("answer.new"), format!("{code}\n")).expect("a file");
		fs::rename(service.join("answer.new"), service.join("answer")).expect("a file");
	}

	/// What systemd does, and its exit code.
	fn systemctl(&mut self, line: &str) -> u8 {
		let words: Vec<_> = line.split_whitespace().collect();
		match words.as_slice() {
			["start", UNIT] | ["enable", "--now", UNIT] => self.begin(),
			["stop", UNIT] | ["disable", "--now", UNIT] => self.end(),
			["restart", UNIT] => {
				self.end();
				self.begin();
			},
			["status", UNIT] if self.node.is_none() => return NOT_RUNNING,
			["status", UNIT] => {},
			_ => panic!("a page says `systemctl {line}`, and no test knows what that does"),
		}
		0
	}

	fn begin(&mut self) {
		if self.node.is_some() {
			return;
		}
		let chain = self.etc().join("chain.json");
		let program = self.bin().join(UNIT);
		// The program of this machine, which an upgrade changes, and not the one that tests start otherwise.
		let instead = ["sh", "-c", "shift; exec \"$0\" \"$@\""].map(str::to_owned);
		let mut under = instead.to_vec();
		under.push(program.to_str().expect("a plain name").to_owned());
		self.node = Some(Node::start_kept(&Kept {
			name: &self.name,
			chain: &chain,
			arguments: &self.options,
			directory: &self.directory,
			under: &under,
		}));
	}

	fn end(&mut self) {
		if let Some(node) = self.node.take() {
			node.end();
		}
	}
}

/// What a script has that is no command yet: an example that was left out in the middle, or a place outside of the machine.
fn unknown<'t>(text: &'t str, directory: &str) -> Option<&'t str> {
	let is_between = |one: char| one.is_whitespace() || "'\"=<>|;()[],".contains(one);
	text.split(is_between).find(|word| {
		let is_elsewhere = word.starts_with('/') && !word.starts_with(directory);
		(is_elsewhere && *word != "/dev/null") || word.contains('…') || word.contains(RPC)
	})
}

#[cfg(test)]
mod tests {
	use super::{unknown, Machine};

	#[test]
	fn what_nothing_was_put_in_the_place_of_is_found() {
		for (text, found) in [
			("cp -a /here/data/a /here/data/b 2>/dev/null", None),
			("hdx gov vote 7 --aye --as operator.key", None),
			("hdx gov propose remove-validator --validator 5FHneW46…", Some("5FHneW46…")),
			("-d '{\"params\":[\"0x…\"]}'", Some("0x…")),
			("curl -f http://127.0.0.1:9944/health", Some("http://127.0.0.1:9944/health")),
			("echo 1 >/etc/hosts", Some("/etc/hosts")),
			("hdx-node --chain=/root/chain.json", Some("/root/chain.json")),
		] {
			assert_eq!(unknown(text, "/here"), found, "{text}");
		}
	}

	#[test]
	fn a_service_that_does_not_run_is_told_as_systemd_tells_it() {
		let parent = tempfile::tempdir().unwrap();
		let mut machine = Machine::new("a", parent.path());
		assert_eq!(machine.systemctl("status hdx-node"), 3);
		assert_eq!(machine.systemctl("stop hdx-node"), 0);
		assert!(!machine.is_running());
	}

	#[test]
	#[should_panic = "systemctl mask hdx-node"]
	fn what_a_service_manager_is_asked_for_and_nobody_knows_fails() {
		let parent = tempfile::tempdir().unwrap();
		Machine::new("a", parent.path()).systemctl("mask hdx-node");
	}
}
