//! Running `hdx`.

use crate::binaries;
use hdx_primitives::AccountId;
use std::{
	collections::BTreeSet,
	ffi::{OsStr, OsString},
	path::Path,
	process::Stdio,
	str::FromStr,
	time::{Duration, Instant},
};
use tokio::process::Command;

/// How long a run may take.
const LIMIT: Duration = Duration::from_secs(180);

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
	/// The exit code; none where a signal ended it.
	pub code: Option<i32>,
	/// Standard output.
	pub stdout: String,
	/// Standard error.
	pub stderr: String,
	/// How long it took.
	pub took: Duration,
}

/// Runs `hdx` with these arguments.
pub async fn hdx<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
	run(command(arguments)).await
}

/// `hdx` with these arguments, to be run.
pub fn command<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
	let mut command = Command::new(binaries::client());
	command.args(arguments);
	command
}

/// Runs a program.
///
/// # Panics
///
/// When it does not end in time.
pub async fn run(mut command: Command) -> Run {
	// Whoever runs the tests may have a node of their own.
	command.env_remove("HDX_URL").env_remove("RUST_LOG").env("NO_COLOR", "1");
	command.stdin(Stdio::null()).kill_on_drop(true);
	let since = Instant::now();
	let ended = tokio::time::timeout(LIMIT, command.output()).await;
	let output = ended
		.unwrap_or_else(|_| panic!("no end within {} s: {command:?}", LIMIT.as_secs()))
		.unwrap_or_else(|error| panic!("{error}: {command:?}"));
	Run {
		code: output.status.code(),
		stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
		stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
		took: since.elapsed(),
	}
}

/// The demo, on a node, with its files in a directory.
pub async fn demo(url: &str, data: &Path, bundle: Option<&Path>) -> Run {
	let mut arguments: Vec<OsString> = vec!["demo".into(), "--url".into(), url.into()];
	arguments.extend(["--data".into(), data.into()]);
	if let Some(bundle) = bundle {
		arguments.extend(["--bundle".into(), bundle.into()]);
	}
	hdx(arguments).await
}

impl Run {
	/// Fails unless it ended well.
	#[track_caller]
	pub fn expect_success(&self) {
		assert_eq!(self.code, Some(0), "{self}");
	}

	/// Fails unless it ended with this exit code and an error that has all these words.
	#[track_caller]
	pub fn expect_error(&self, code: i32, words: &[&str]) {
		assert_eq!(self.code, Some(code), "{self}");
		for word in words {
			assert!(self.stderr.contains(word), "the error does not say `{word}`.\n{self}");
		}
	}

	/// The accounts that the output names.
	pub fn accounts(&self) -> BTreeSet<AccountId> {
		self.stdout
			.split(|one: char| !one.is_ascii_alphanumeric())
			// The development chain's prefix, so that no other word passes for one.
			.filter(|word| word.starts_with('5') && word.len() == 48)
			.filter_map(|word| AccountId::from_str(word).ok())
			.collect()
	}
}

impl std::fmt::Display for Run {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(
			f,
			"exit {:?} after {:.1} s\n--- standard output\n{}\n--- standard error\n{}",
			self.code,
			self.took.as_secs_f64(),
			self.stdout,
			self.stderr,
		)
	}
}
