//! Running a program without a network, or on a disk that is full. Linux only, and where it is
//! permitted; nothing outside the program notices.

use std::{
	fs::{self, File},
	io::{Read, Write},
	path::{Path, PathBuf},
	process::{Child, Command as Blocking, Stdio},
};
use tokio::process::Command;

/// The ways to a namespace of one's own: as root, and as anybody where the system permits it.
const WAYS: [&[&str]; 2] = [&[], &["--user", "--map-root-user"]];

/// The same program without a network. `None` where that is not permitted.
pub fn without_network(program: &Command) -> Option<Command> {
	let way = WAYS.iter().find(|way| succeeds(way, &["--net"], &["true"]))?;
	let mut command = Command::new("unshare");
	command.args(*way).arg("--net").arg("--");
	command.arg(program.as_std().get_program()).args(program.as_std().get_args());
	Some(command)
}

/// The same program with a disk of so many KiB mounted on a directory. The program alone sees that
/// disk, and it is gone when the program ends. `None` where that is not permitted.
pub fn with_disk(program: &Command, directory: &Path, kib: u32) -> Option<Command> {
	let mount = format!("mount -t tmpfs -o size={kib}k tmpfs \"$0\" && exec \"$@\"");
	let shell = ["sh", "-c", &mount];
	let place = directory.to_str().expect("a temporary directory has a plain name");
	let attempt: Vec<&str> = shell.iter().copied().chain([place, "true"]).collect();
	let way = WAYS.iter().find(|way| succeeds(way, &["--mount"], &attempt))?;
	let mut command = Command::new("unshare");
	command.args(*way).arg("--mount").arg("--").args(shell).arg(place);
	command.arg(program.as_std().get_program()).args(program.as_std().get_args());
	Some(command)
}

fn succeeds(way: &[&str], namespace: &[&str], program: &[&str]) -> bool {
	let mut command = Blocking::new("unshare");
	command.args(way).args(namespace).arg("--").args(program);
	command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
	command.status().is_ok_and(|status| status.success())
}

/// A small disk on a directory, which stays while programs come and go. Only they see it, and as root alone it can be made.
pub struct Disk {
	/// Keeps it mounted.
	holder: Child,
	directory: PathBuf,
}

/// What fills a disk.
const FILLER: &str = "filler";

impl Disk {
	/// Mounts a disk of so many MiB. `None` where that is not permitted.
	pub fn new(directory: &Path, mib: u32) -> Option<Self> {
		let mount = format!(
			"mount -t tmpfs -o size={mib}m tmpfs \"$0\" && echo mounted && exec sleep 3600"
		);
		let mut holder = Blocking::new("unshare");
		holder.args(["--mount", "--", "sh", "-c", &mount]).arg(directory);
		holder.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
		let mut holder = holder.spawn().ok()?;
		let mut said = [0; 7];
		let mounted = holder.stdout.take()?.read_exact(&mut said).is_ok();
		// From here on dropping ends it.
		let disk = Self { holder, directory: directory.to_owned() };
		let seen = mounted && fs::metadata(disk.path()).is_ok();
		seen.then_some(disk)
	}

	/// What has to start a program so that it sees the disk.
	pub fn under(&self) -> Vec<String> {
		let holder = self.holder.id().to_string();
		["nsenter", "--target", &holder, "--mount", "--"].map(str::to_owned).to_vec()
	}

	/// Leaves no byte of it free.
	pub fn fill(&self) {
		let mut file = File::create(self.path().join(FILLER)).expect("a file on the disk");
		for size in [64 * 1_024, 1] {
			let bytes = vec![0; size];
			while file.write_all(&bytes).is_ok() {}
		}
	}

	/// Makes room again.
	pub fn make_room(&self) {
		fs::remove_file(self.path().join(FILLER)).expect("the disk was filled");
	}

	/// Where the disk is seen from outside.
	fn path(&self) -> PathBuf {
		let root = PathBuf::from(format!("/proc/{}/root", self.holder.id()));
		root.join(self.directory.strip_prefix("/").expect("the directory is named in full"))
	}
}

impl Drop for Disk {
	fn drop(&mut self) {
		// Both fail where it has ended already, which is as good.
		drop(self.holder.kill());
		drop(self.holder.wait());
	}
}
