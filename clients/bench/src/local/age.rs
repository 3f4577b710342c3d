//! What the crate `age` takes for the record that is sealed, as `clients/bench/age` measures it.

use crate::{error::BenchError, stats::Spread};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path, time::Duration};
use tempfile::TempDir;
use tokio::process::Command;

/// The kind of recipient that both encrypts and decrypts, and that others are compared with.
pub const CLASSIC: &str = "x25519";

/// What encrypting one file to one recipient takes, and decrypting it again, on one core, in memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgeTimes {
	/// The release of age.
	pub age: String,
	/// To what kind of recipient, as age names it: `x25519`, or `tagpq` for a hybrid one.
	pub recipient: String,
	/// How long the file is.
	pub bytes: usize,
	/// How long its ciphertext is.
	pub encrypted_bytes: usize,
	/// How many rounds there were.
	pub rounds: usize,
	/// Milliseconds of encrypting, wrapping the key included.
	pub encrypt_ms: Spread,
	/// Milliseconds of decrypting, unwrapping the key included. `None`: age cannot.
	pub decrypt_ms: Option<Spread>,
}

/// Measures it over these bytes. A round repeats for `least`, and at least once.
pub async fn age(
	program: &Path,
	record: &[u8],
	rounds: usize,
	least: Duration,
) -> Result<Vec<AgeTimes>, BenchError> {
	ask(Command::new(program), record, rounds, least)
		.await
		.map_err(|reason| BenchError::File { path: program.to_owned(), reason })
}

/// What the program says. `command`: the program, before its arguments.
async fn ask(
	mut command: Command,
	record: &[u8],
	rounds: usize,
	least: Duration,
) -> Result<Vec<AgeTimes>, String> {
	let no_file = |error: std::io::Error| format!("the record is not written for it: {error}");
	let directory = TempDir::with_prefix("hdx-bench-").map_err(no_file)?;
	let path = directory.path().join("record.json");
	fs::write(&path, record).map_err(no_file)?;
	command.arg(rounds.to_string()).arg(least.as_millis().to_string()).arg(&path);
	// Whoever stops the run stops it as well.
	let output = command.kill_on_drop(true).output().await;
	let output = output.map_err(|error| format!("it does not start: {error}"))?;
	if !output.status.success() {
		return Err(String::from_utf8_lossy(&output.stderr).into_owned());
	}
	read(&output.stdout, record.len())
}

/// Reads a line of JSON for each kind of recipient. `bytes`: how long the record is.
fn read(text: &[u8], bytes: usize) -> Result<Vec<AgeTimes>, String> {
	let lines = serde_json::Deserializer::from_slice(text).into_iter::<AgeTimes>();
	let found = lines
		.collect::<Result<Vec<_>, _>>()
		.map_err(|error| format!("these are no figures of age: {error}"))?;
	for one in &found {
		if one.bytes != bytes {
			return Err(format!("these are figures of {} bytes, and not of {bytes}", one.bytes));
		}
		if one.encrypted_bytes <= bytes || one.rounds == 0 || one.encrypt_ms.median <= 0.0 {
			return Err("these are figures of nothing".to_owned());
		}
	}
	let is_compared = |one: &AgeTimes| one.recipient == CLASSIC && one.decrypt_ms.is_some();
	if !found.first().is_some_and(is_compared) {
		return Err(format!("the first are no figures of a recipient {CLASSIC}"));
	}
	Ok(found)
}

#[cfg(test)]
pub mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	const PRINTED: &str = r#"{"age":"0.12.1","recipient":"x25519","bytes":4000000,
		"encryptedBytes":4001176,"rounds":9,"encryptMs":{"min":9.5,"median":10.0,"max":12.0},
		"decryptMs":{"min":4.5,"median":5.0,"max":7.0}}
		{"age":"0.12.1","recipient":"tagpq","bytes":4000000,"encryptedBytes":4002728,"rounds":9,
		"encryptMs":{"min":10.0,"median":10.5,"max":13.0},"decryptMs":null}
	"#;

	/// Figures that are made up.
	pub fn made_up() -> Vec<AgeTimes> {
		read(PRINTED.as_bytes(), 4_000_000).unwrap()
	}

	/// A program that does this with its arguments.
	fn program(does: &str) -> Command {
		let mut command = Command::new("sh");
		command.args(["-c", does, "sh"]);
		command
	}

	#[test]
	fn what_was_printed_is_read() {
		let found = made_up();
		let kinds: Vec<_> = found.iter().map(|one| one.recipient.as_str()).collect();
		assert_eq!(kinds, [CLASSIC, "tagpq"]);
		let (first, last) = (found.first().unwrap(), found.last().unwrap());
		assert_eq!((first.age.as_str(), first.encrypt_ms.median), ("0.12.1", 10.0));
		assert_eq!(first.decrypt_ms.unwrap().min, 4.5);
		assert_eq!(last.decrypt_ms, None);
	}

	#[test]
	fn what_cannot_be_compared_is_refused() {
		for (from, to, why) in [
			("\"bytes\":4000000", "\"bytes\":3000000", "of 3000000 bytes"),
			("4001176", "4000000", "nothing"),
			("\"rounds\":9", "\"rounds\":0", "nothing"),
			("\"median\":10.0", "\"median\":0.0", "nothing"),
			("\"x25519\"", "\"scrypt\"", "no figures of a recipient x25519"),
			("{\"min\":4.5,\"median\":5.0,\"max\":7.0}", "null", "no figures of a recipient"),
			("encryptMs", "encrypt", "no figures of age"),
		] {
			let error = read(PRINTED.replace(from, to).as_bytes(), 4_000_000).unwrap_err();
			assert!(error.contains(why), "{from}: {error}");
		}
		assert!(read(b"", 1).is_err());
		assert!(read(b"figures", 1).is_err());
	}

	#[tokio::test]
	async fn the_program_is_given_the_very_bytes_that_are_sealed() {
		let shows = program("echo $# $1 $2 $(cat \"$3\") >&2; exit 3");
		let said = ask(shows, b"a record", 9, Duration::from_millis(300)).await.unwrap_err();
		assert_eq!(said, "3 9 300 a record\n");
	}

	#[tokio::test]
	async fn what_the_program_says_counts_if_it_succeeds() {
		let record = PRINTED.replace("4000000", "400");
		let record = record.as_bytes();
		let (length, least) = (record.len(), Duration::ZERO);
		let prints = |exit: u8| {
			let lengths = format!("s/:400,/:{length},/");
			program(&format!("sed {lengths} \"$3\"; exit {exit}"))
		};
		assert_eq!(ask(prints(0), record, 1, least).await.unwrap().len(), 2);
		assert!(ask(prints(1), record, 1, least).await.is_err());
	}

	#[tokio::test]
	async fn a_program_that_is_not_there_is_named() {
		let none = Path::new("/nothing/here");
		let error = age(none, b"", 1, Duration::ZERO).await.unwrap_err().to_string();
		assert!(error.contains("/nothing/here"), "{error}");
	}
}
