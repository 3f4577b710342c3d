//! An oracle, as far as it needs no chain: what it refuses to start with, and how it waits and ends.

use crate::{hdx_in, nobody, Ran};
use std::{
	fs,
	io::{BufRead, BufReader},
	path::Path,
	process::{Command, Stdio},
};
use tempfile::TempDir;

/// A directory with a board's key, and the configuration of an oracle that watches one credential.
fn configured() -> TempDir {
	let directory = tempfile::tempdir().unwrap();
	let made = run_in(directory.path(), "key generate --signing ed25519 --out board.key");
	assert_eq!(made.exit, 0, "{}", made.stderr);
	write(directory.path(), "//Oracle1", &nobody());
	directory
}

fn write(directory: &Path, account: &str, node: &str) {
	let config = format!(
		"account = \"{account}\"\nnode = \"{node}\"\n\
		 [[issuer]]\ndid = \"did:web:board.example\"\nregistry = 0\nkeys = [\"board.key.pub\"]\n\
		 [[credential]]\npractitioner = \"//Dave\"\nnumber = 3\nissuer = \"did:web:board.example\"\n\
		 status = [{{ purpose = \"revocation\", list = \"https://board.example/3\", index = 7 }}]\n"
	);
	fs::write(directory.join("oracle.toml"), config).unwrap();
}

fn run_in(directory: &Path, line: &str) -> Ran {
	hdx_in(directory, &line.split_whitespace().collect::<Vec<_>>())
}

#[test]
fn fails_when_the_configuration_is_refused_and_names_the_line() {
	let directory = configured();
	let file = directory.path().join("oracle.toml");
	let text = fs::read_to_string(&file).unwrap();
	fs::write(&file, text.replace("https://", "http://")).unwrap();
	for verb in ["check", "run", "run --once"] {
		let ran = run_in(directory.path(), &format!("oracle {verb} --config oracle.toml --json"));
		assert_eq!(ran.exit, 2, "{}", ran.stderr);
		let error = ran.error();
		assert_eq!(error["code"], "configuration");
		let message = error["message"].as_str().unwrap();
		assert!(message.contains("oracle.toml`, line 7: http://board.example/3"), "{message}");
		assert_eq!(ran.stdout, "");
	}
}

#[test]
fn fails_when_the_key_is_missing_or_others_may_read_it() {
	let directory = configured();
	write(directory.path(), "oracle.key", &nobody());
	let missing = run_in(directory.path(), "oracle check --config oracle.toml");
	assert_eq!(missing.exit, 2, "{}", missing.stderr);
	assert!(missing.stderr.contains("oracle.key"), "{}", missing.stderr);
	#[cfg(unix)]
	{
		use std::os::unix::fs::PermissionsExt;
		let key = directory.path().join("oracle.key");
		fs::write(&key, "//Oracle1").unwrap();
		fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
		let exposed = run_in(directory.path(), "oracle check --config oracle.toml");
		assert_eq!(exposed.exit, 1, "{}", exposed.stderr);
		assert!(exposed.stderr.contains("chmod 600"), "{}", exposed.stderr);
	}
}

#[test]
fn once_and_check_fail_when_there_is_no_node() {
	let directory = configured();
	for verb in ["check", "run --once"] {
		let ran = run_in(directory.path(), &format!("oracle {verb} --config oracle.toml --json"));
		assert_eq!(ran.exit, 3, "{}", ran.stderr);
		assert_eq!(ran.error()["code"], "unreachable");
	}
}

#[cfg(unix)]
#[test]
fn it_waits_for_a_node_and_ends_when_it_is_told_to() {
	let directory = configured();
	let mut running = Command::new(env!("CARGO_BIN_EXE_hdx"))
		.current_dir(directory.path())
		.env_remove("HDX_URL")
		.args(["oracle", "run", "--config", "oracle.toml", "--json"])
		.stdout(Stdio::piped())
		.spawn()
		.unwrap();
	let lines = BufReader::new(running.stdout.take().unwrap()).lines();
	let mut events = lines.map(|line| {
		let event: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
		event["event"].as_str().unwrap().to_owned()
	});
	assert_eq!(events.next().unwrap(), "started");
	// It tries again.
	assert_eq!(events.next().unwrap(), "node-lost");
	assert_eq!(events.next().unwrap(), "node-lost");
	let id = running.id().to_string();
	assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
	assert_eq!(events.find(|event| event != "node-lost").unwrap(), "stopped");
	assert_eq!(running.wait().unwrap().code(), Some(0));
}
