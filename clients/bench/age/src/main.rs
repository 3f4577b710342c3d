//! # hdx-bench-age
//!
//! What the crate `age` takes on this machine to encrypt files to one recipient and to decrypt them again, in memory, on
//! one core. `hdx-bench --age` runs it over the record that it seals itself; `scripts/bench.sh --age` builds it.
//!
//! ```text
//! hdx-bench-age ROUNDS MILLISECONDS FILE...
//! ```
//!
//! Each file is read once. A round repeats for so many milliseconds, and at least once, and its time is the mean. For each
//! file and each kind of recipient one line of JSON is printed. A ciphertext that does not decrypt to what was encrypted
//! ends the program without figures.

use age::{tagpq, x25519, Recipient};
use serde::Serialize;
use std::{
	env,
	error::Error,
	fs,
	hint::black_box,
	num::NonZeroUsize,
	process::ExitCode,
	time::{Duration, Instant},
};

type Failure = Box<dyn Error>;

/// What was locked, of which `age` is one.
const LOCK: &str = include_str!("../Cargo.lock");

/// A hybrid recipient (ML-KEM-768 and P-256), that of age's own tests. Such identities are on hardware, so age itself makes
/// none and cannot decrypt by them.
const HYBRID: &str = include_str!("../tagpq-recipient.txt");

/// What rounds took, in milliseconds of one run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Spread {
	min: f64,
	median: f64,
	max: f64,
}

/// A line of what is printed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
	/// The release of age.
	age: &'static str,
	/// To what kind of recipient, as age names it.
	recipient: &'static str,
	/// How long the file is.
	bytes: usize,
	/// How long its ciphertext is, the header included.
	encrypted_bytes: usize,
	/// How many rounds there were.
	rounds: usize,
	/// Encrypting, wrapping the key included.
	encrypt_ms: Spread,
	/// Decrypting, unwrapping the key included; nothing where age cannot.
	decrypt_ms: Option<Spread>,
}

/// How often is measured, and what.
#[derive(Debug, PartialEq)]
struct Wanted {
	rounds: usize,
	least: Duration,
	files: Vec<String>,
}

fn main() -> ExitCode {
	match run(env::args().skip(1)) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		},
	}
}

fn run(arguments: impl Iterator<Item = String>) -> Result<(), Failure> {
	let Wanted { rounds, least, files } = wanted(arguments)?;
	let release = version_of_age(LOCK).ok_or("Cargo.lock does not name age")?;
	let identity = x25519::Identity::generate();
	let (classic, hybrid) = (identity.to_public(), HYBRID.trim().parse::<tagpq::Recipient>()?);
	for file in files {
		let text = fs::read(&file).map_err(|error| format!("{file}: {error}"))?;
		let encrypted = age::encrypt(&classic, &text)?;
		if age::decrypt(&identity, &encrypted)? != text {
			return Err("age did not decrypt what it encrypted".into());
		}
		let decrypt_ms = spread(rounds, least, || {
			black_box(age::decrypt(&identity, black_box(&encrypted))?);
			Ok(())
		})?;
		print(&Line {
			age: release,
			recipient: "x25519",
			bytes: text.len(),
			encrypted_bytes: encrypted.len(),
			rounds,
			encrypt_ms: encrypting(&classic, &text, rounds, least)?,
			decrypt_ms: Some(decrypt_ms),
		})?;
		print(&Line {
			age: release,
			recipient: "tagpq",
			bytes: text.len(),
			encrypted_bytes: age::encrypt(&hybrid, &text)?.len(),
			rounds,
			encrypt_ms: encrypting(&hybrid, &text, rounds, least)?,
			decrypt_ms: None,
		})?;
	}
	Ok(())
}

/// Reads what was typed.
fn wanted(mut arguments: impl Iterator<Item = String>) -> Result<Wanted, Failure> {
	let usage = "usage: hdx-bench-age ROUNDS MILLISECONDS FILE...";
	let rounds = arguments.next().and_then(|text| text.parse::<NonZeroUsize>().ok());
	let least = arguments.next().and_then(|text| text.parse::<u64>().ok());
	let files: Vec<String> = arguments.collect();
	match (rounds, least) {
		(Some(rounds), Some(least)) if !files.is_empty() => {
			Ok(Wanted { rounds: rounds.get(), least: Duration::from_millis(least), files })
		},
		_ => Err(usage.into()),
	}
}

/// What encrypting to this recipient takes.
fn encrypting<R: Recipient>(
	recipient: &R,
	text: &[u8],
	rounds: usize,
	least: Duration,
) -> Result<Spread, Failure> {
	spread(rounds, least, || {
		black_box(age::encrypt(recipient, black_box(text))?);
		Ok(())
	})
}

/// What something takes: repeats it for `least` and at least once, in each of so many rounds.
fn spread(
	rounds: usize,
	least: Duration,
	mut once: impl FnMut() -> Result<(), Failure>,
) -> Result<Spread, Failure> {
	let mut times = Vec::with_capacity(rounds);
	for _ in 0..rounds {
		let (since, mut done) = (Instant::now(), 0u32);
		while done == 0 || since.elapsed() < least {
			once()?;
			done = done.saturating_add(1);
		}
		times.push(since.elapsed().as_secs_f64() * 1_000.0 / f64::from(done));
	}
	middle(times).ok_or_else(|| "there are no rounds".into())
}

/// The ends and the middle; between two, their mean. Nothing of nothing.
fn middle(mut times: Vec<f64>) -> Option<Spread> {
	times.sort_by(f64::total_cmp);
	let (min, max) = (*times.first()?, *times.last()?);
	let upper = *times.get(times.len() / 2)?;
	let lower = *times.get(times.len().saturating_sub(1) / 2)?;
	Some(Spread { min, median: (lower + upper) / 2.0, max })
}

/// Which release of age is in a lock file.
fn version_of_age(lock: &str) -> Option<&str> {
	let is_age = |package: &&str| package.lines().any(|line| line == "name = \"age\"");
	let package = lock.split("[[package]]").find(is_age)?;
	package.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
}

fn print(line: &Line) -> Result<(), Failure> {
	println!("{}", serde_json::to_string(line)?);
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	fn typed(words: &[&str]) -> Result<Wanted, Failure> {
		wanted(words.iter().map(|word| (*word).to_owned()))
	}

	#[test]
	fn what_is_typed_is_read_and_everything_else_refused() {
		let found = typed(&["3", "20", "a", "b"]).unwrap();
		let files = vec!["a".to_owned(), "b".to_owned()];
		assert_eq!(found, Wanted { rounds: 3, least: Duration::from_millis(20), files });
		for wrong in [&["3", "20"][..], &["0", "20", "a"], &["x", "20", "a"], &["3", "a"], &[]] {
			assert!(typed(wrong).unwrap_err().to_string().contains("usage"), "{wrong:?}");
		}
	}

	#[test]
	fn the_release_is_that_of_the_lock_file() {
		let lock = "[[package]]\nname = \"age-core\"\nversion = \"1.0.0\"\n\n\
			[[package]]\nname = \"age\"\nversion = \"0.9.1\"\ndependencies = [\n \"age-core\",\n]\n";
		assert_eq!(version_of_age(lock), Some("0.9.1"));
		assert_eq!(version_of_age("[[package]]\nname = \"page\"\nversion = \"1.0.0\"\n"), None);
		assert!(version_of_age(LOCK).is_some());
	}

	#[test]
	fn the_median_is_the_middle_one_or_between_the_middle_two() {
		assert_eq!(middle(vec![3.0, 1.0, 9.0]), Some(Spread { min: 1.0, median: 3.0, max: 9.0 }));
		assert_eq!(middle(vec![4.0, 1.0, 2.0, 9.0]).unwrap().median, 3.0);
		assert_eq!(middle(Vec::new()), None);
	}

	#[test]
	fn a_round_ends_with_the_first_failure() {
		let mut done = 0;
		let failed = spread(3, Duration::ZERO, || {
			done += 1;
			Err("it does not work".into())
		});
		assert!(failed.is_err());
		assert_eq!(done, 1);
	}

	#[test]
	fn a_file_that_is_not_there_is_named() {
		let words = ["1", "0", "/nothing/here"].map(str::to_owned);
		let error = run(words.into_iter()).unwrap_err().to_string();
		assert!(error.contains("/nothing/here"), "{error}");
	}

	#[test]
	fn both_kinds_of_recipient_take_what_is_encrypted() {
		let path = env::temp_dir().join(format!("hdx-bench-age-{}", std::process::id()));
		fs::write(&path, "made up").unwrap();
		let words = ["1".to_owned(), "0".to_owned(), path.display().to_string()];
		let ran = run(words.into_iter());
		fs::remove_file(&path).unwrap();
		ran.unwrap();
	}
}
