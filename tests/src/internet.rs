//! Machines with networks and files of their own, joined by a network that stands for the internet. Linux only, as root, and
//! where namespaces may be made; nothing outside of them notices.
//!
//! Each is a set of namespaces that a process holds. It ends when the test does, however that ends: it reads from a pipe that
//! nobody else has. Whatever was started in it, a tunnel for instance, ends with it. A node is a process of the test's own.

use std::{
	fs,
	io::Read,
	net::Ipv4Addr,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	process::{Child, Command, Output, Stdio},
};
use tempfile::TempDir;

/// Without these there is no internet, nor anything to look at it with.
const TOOLS: [&str; 7] = ["bash", "ip", "nsenter", "ping", "ss", "timeout", "unshare"];
/// How long a command in a machine may take, in seconds.
const LIMIT: &str = "60";
/// How long a connection may take, in seconds: a firewall lets whoever tries it wait.
const PATIENCE: &str = "2";
/// What a machine says when it is there.
const READY: &str = "ready";
/// Makes what belongs to one machine alone, says so, and waits for the end of its input. `$0` is in the place of a directory
/// of the system, `$1` its list of names.
const HOLD: &str = "mount -t tmpfs tmpfs /run && mount --bind \"$0\" DIRECTORY &&
	mount --bind \"$1\" /etc/hosts && ip link set lo up && echo ready && exec cat";
/// Whether the kernel, or a program in its place, makes tunnels.
const TUNNELS: &str =
	"ip link add name probe type wireguard || { command -v wireguard-go && [ -e /dev/net/tun ]; }";
/// Where the internet's own address is.
const OUTSIDE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 254);

/// An internet.
pub struct Internet {
	outside: Machine,
	machines: Vec<Machine>,
	// Removed when all that uses it is gone: fields are dropped in their order.
	directory: TempDir,
}

/// A machine, or the internet itself. Dropping it ends what was started in it.
pub struct Machine {
	/// The namespaces are those of this process, and its child is the first of theirs.
	holder: Child,
	directory: PathBuf,
}

impl Internet {
	/// Makes machines of these names, with addresses in the internet ([`Self::address`]) under which they find each other as
	/// `node.NAME.example`. `etc` is a directory of the system; each machine has its own in its place.
	///
	/// # Errors
	///
	/// Why there can be none here.
	pub fn new(names: &[&str], etc: &str) -> Result<Self, String> {
		if let Some(missing) = TOOLS.iter().find(|tool| !is_there(tool)) {
			return Err(format!("there is no `{missing}`"));
		}
		if !Path::new(etc).is_dir() {
			return Err(format!("there is no {etc}"));
		}
		let directory = TempDir::with_prefix("hdx-tests-").expect("a temporary directory");
		let hosts = directory.path().join("hosts");
		let lines = names.iter().enumerate();
		let lines =
			lines.map(|(number, name)| format!("{} node.{name}.example\n", Self::address(number)));
		let local = "127.0.0.1 localhost\n".to_owned();
		fs::write(&hosts, local + &lines.collect::<String>()).expect("a file");

		let outside = Machine::hold(directory.path().join("outside"), etc, &hosts)?;
		let prepared = outside.runs(&format!(
			"ip link add name internet type bridge
			ip link set internet up
			ip address add {OUTSIDE}/24 dev internet"
		));
		told("a bridge", &prepared)?;
		let mut internet = Self { outside, machines: Vec::new(), directory };
		for (number, name) in names.iter().enumerate() {
			let place = internet.directory.path().join(name);
			let machine = Machine::hold(place, etc, &hosts)?;
			internet.join(number, &machine)?;
			internet.machines.push(machine);
		}
		Ok(internet)
	}

	/// The address of a machine in the internet, by its number.
	pub fn address(number: usize) -> Ipv4Addr {
		Ipv4Addr::new(198, 51, 100, u8::try_from(number + 1).expect("a few machines"))
	}

	/// A machine, by its number.
	pub fn machine(&self, number: usize) -> &Machine {
		&self.machines[number]
	}

	/// All machines.
	pub fn machines(&self) -> &[Machine] {
		&self.machines
	}

	/// Somebody in the internet, who is none of the machines and in the same segment as all.
	pub fn outside(&self) -> &Machine {
		&self.outside
	}

	/// Lays a cable from the bridge to a machine.
	fn join(&self, number: usize, machine: &Machine) -> Result<(), String> {
		let mut cable = Command::new("nsenter");
		// Without the processes of the namespace, by whose numbers nobody else is named.
		cable.args(["--target", &self.outside.id(), "--net", "--", "sh", "-euc"]).arg(format!(
			"ip link add name link{number} type veth peer name eth0 netns {}
			ip link set link{number} master internet up",
			machine.id(),
		));
		told("a cable", &cable.output().expect("nsenter is there"))?;
		let set = format!(
			"ip address add {}/24 dev eth0
			ip link set eth0 up",
			Self::address(number)
		);
		told("an address", &machine.runs(&set))
	}
}

impl Machine {
	fn hold(directory: PathBuf, etc: &str, hosts: &Path) -> Result<Self, String> {
		for part in ["etc", "bin"] {
			fs::create_dir_all(directory.join(part)).expect("a directory");
		}
		let mut holder = Command::new("unshare");
		holder.args(["--net", "--mount", "--pid", "--fork", "--kill-child", "--"]);
		holder.args(["sh", "-c", &HOLD.replace("DIRECTORY", etc)]);
		holder.arg(directory.join("etc")).arg(hosts);
		holder.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
		let holder = holder.spawn().map_err(|error| format!("unshare: {error}"))?;
		// From here on dropping ends it.
		let mut machine = Self { holder, directory };
		let mut said = [0; READY.len()];
		let stdout = machine.holder.stdout.as_mut().expect("it is piped");
		if stdout.read_exact(&mut said).is_err() || said != READY.as_bytes() {
			let mut why = String::new();
			let stderr = machine.holder.stderr.as_mut().expect("it is piped");
			drop(stderr.read_to_string(&mut why));
			return Err(format!("namespaces may not be made: {}", why.trim()));
		}
		Ok(machine)
	}

	/// Puts a program into the machine, before all others of its name.
	pub fn stand_in(&self, program: &str, text: &str) {
		let file = self.directory.join("bin").join(program);
		fs::write(&file, text).expect("a file");
		fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it is ours");
	}

	/// What the machine has in the place of a directory of the system.
	pub fn etc(&self) -> PathBuf {
		self.directory.join("etc")
	}

	/// A directory of the machine.
	pub fn directory(&self) -> &Path {
		&self.directory
	}

	/// Whether tunnels can be made here: by the kernel, or by a program (wireguard-go).
	pub fn makes_tunnels(&self) -> bool {
		let probe = self.runs(TUNNELS);
		// The kernel's is gone again; where there is none, that fails, which is as good.
		drop(self.runs("ip link delete probe"));
		probe.status.success()
	}

	/// What has to start a program so that it has this machine's network. The program keeps the number of the process.
	pub fn under(&self) -> Vec<String> {
		["nsenter", "--target", &self.id(), "--net", "--"].map(str::to_owned).to_vec()
	}

	/// Runs commands here, until the first that fails.
	pub fn runs(&self, script: &str) -> Output {
		let id = self.id();
		let mut command = Command::new("timeout");
		command.args([LIMIT, "nsenter", "--target", &id, "--net", "--mount"]);
		// The first process of the namespace is the holder's child, with which all others end.
		command.arg(format!("--pid=/proc/{id}/ns/pid_for_children"));
		command.args(["--", "bash", "-euo", "pipefail", "-c", script]);
		let others = std::env::var("PATH").expect("whoever runs tests has a PATH");
		let bin = self.directory.join("bin");
		command.env("PATH", format!("{}:/usr/sbin:/sbin:{others}", bin.display()));
		command.current_dir("/").stdin(Stdio::null()).output().expect("there is `timeout`")
	}

	/// The same, where nothing may fail. Gives what was written to standard output.
	///
	/// # Panics
	///
	/// Where a command fails.
	pub fn does(&self, script: &str) -> String {
		let output = self.runs(script);
		if let Err(why) = told(script, &output) {
			panic!("{}: {why}", self.directory.display());
		}
		String::from_utf8(output.stdout).expect("commands write text")
	}

	/// Whether somebody takes a TCP connection from here.
	pub fn reaches(&self, address: Ipv4Addr, port: u16) -> bool {
		self.runs(&format!("timeout {PATIENCE} bash -c '</dev/tcp/{address}/{port}'"))
			.status
			.success()
	}

	/// Whether a machine answers here.
	pub fn hears(&self, address: Ipv4Addr) -> bool {
		self.runs(&format!("ping -c 1 -W {PATIENCE} {address}")).status.success()
	}

	/// The sockets of this machine, a line each: the state, the two queues, the own address and port, the peer's. `kind` is
	/// `t` for TCP and `u` for UDP.
	pub fn sockets(&self, kind: char) -> Vec<String> {
		self.does(&format!("ss -Hn{kind}a")).lines().map(str::to_owned).collect()
	}

	/// Asks a node of this machine by JSON-RPC, where it listens on loopback.
	///
	/// # Panics
	///
	/// Where it gives no result.
	pub fn asks(&self, port: u16, method: &str, parameters: &str) -> serde_json::Value {
		let question =
			format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":[{parameters}]}}"#);
		let answer = self.does(&format!(
			"exec 3<>/dev/tcp/127.0.0.1/{port}
			printf 'POST / HTTP/1.0\\r\\nHost: 127.0.0.1:{port}\\r\\nConnection: close\\r\\n' >&3
			printf 'Content-Type: application/json\\r\\nContent-Length: {}\\r\\n\\r\\n%s' '{question}' >&3
			cat <&3",
			question.len(),
		));
		let (_, body) = answer.split_once("\r\n\r\n").expect("HTTP");
		let mut body: serde_json::Value = serde_json::from_str(body).expect("JSON");
		assert!(body["error"].is_null(), "{method}: {body}");
		body["result"].take()
	}

	fn id(&self) -> String {
		self.holder.id().to_string()
	}
}

impl Drop for Machine {
	fn drop(&mut self) {
		// The first process of the namespace ends with its input, and the kernel ends all others with it. Fails where it has
		// ended already, which is as good.
		drop(self.holder.stdin.take());
		drop(self.holder.wait());
	}
}

/// Whether a program is in the PATH, or where administrators' programs are.
pub fn is_there(program: &str) -> bool {
	let mut shell = Command::new("sh");
	shell.args(["-c", "PATH=$PATH:/usr/sbin:/sbin; command -v \"$0\"", program]);
	shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
	shell.status().is_ok_and(|status| status.success())
}

/// Why a command failed, if it did.
fn told(what: &str, output: &Output) -> Result<(), String> {
	if output.status.success() {
		return Ok(());
	}
	let said = String::from_utf8_lossy(&output.stderr);
	Err(format!("{what}: {}: {}", output.status, said.trim()))
}

#[cfg(test)]
mod tests {
	use super::Internet;
	use crate::{report, wait};
	use std::{fs, process, time::Duration};

	/// How long a process may take to be gone.
	const LIMIT: Duration = Duration::from_secs(30);

	/// Whether a process runs that was called with this word.
	fn runs_with(word: &str) -> bool {
		let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
		let mut called = processes.filter_map(|one| fs::read(one.path().join("cmdline")).ok());
		called.any(|line| line.split(|byte| *byte == 0).any(|part| part == word.as_bytes()))
	}

	#[test]
	fn machines_hear_each_other_have_files_of_their_own_and_end_with_all_that_runs_in_them() {
		let internet = match Internet::new(&["one", "other"], "/opt") {
			Ok(internet) => internet,
			Err(why) => return report::say(format!("an internet: skipped: {why}")),
		};
		let (one, other) = (internet.machine(0), internet.machine(1));
		assert!(one.hears(Internet::address(1)));
		assert!(internet.outside().hears(Internet::address(0)));
		one.does("getent hosts node.other.example && echo mine >/opt/file");
		assert!(one.etc().join("file").is_file());
		assert!(!other.runs("cat /opt/file").status.success());
		assert!(!one.reaches(Internet::address(1), 9), "nobody listens");

		// A number that nobody else sleeps for.
		let word = format!("{}.5", 1_000_000_000_u64 + u64::from(process::id()));
		one.does(&format!("setsid sleep {word} >/dev/null 2>&1 &"));
		let started = wait::until(LIMIT, || runs_with(&word).then_some(()));
		assert!(started.is_some());
		drop(internet);
		let ended = wait::until(LIMIT, || (!runs_with(&word)).then_some(()));
		assert!(ended.is_some(), "what was started in a machine goes on without it");
	}
}
