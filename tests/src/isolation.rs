//! Running a program without a network, or on a disk that is full. Linux only, and where it is
//! permitted; nothing outside the program notices.

use std::process::{Command as Blocking, Stdio};
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
pub fn with_disk(program: &Command, directory: &std::path::Path, kib: u32) -> Option<Command> {
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
