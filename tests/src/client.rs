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
use tokio::{
	io::{AsyncBufReadExt, BufReader},
	process::Command,
};

/// How long a run may take.
const LIMIT: Duration = Duration::from_secs(180);

/// How long the flow with a consent that nobody sees may take: it waits until a proof counts no more, which is two
/// minutes after it was made, and twice for what the chain does every half minute.
const SHIELDED_LIMIT: Duration = Duration::from_secs(600);

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
pub async fn run(command: Command) -> Run {
	run_within(LIMIT, command).await
}

async fn run_within(limit: Duration, mut command: Command) -> Run {
	alone(&mut command);
	let since = Instant::now();
	let ended = tokio::time::timeout(limit, command.output()).await;
	let output = ended
		.unwrap_or_else(|_| panic!("no end within {} s: {command:?}", limit.as_secs()))
		.unwrap_or_else(|error| panic!("{error}: {command:?}"));
	Run {
		code: output.status.code(),
		stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
		stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
		took: since.elapsed(),
	}
}

/// Whoever runs the tests may have a node of their own: a program is not to find it.
fn alone(command: &mut Command) {
	command.env_remove("HDX_URL").env_remove("RUST_LOG").env("NO_COLOR", "1");
	command.stdin(Stdio::null()).kill_on_drop(true);
}

/// The demo with a consent that nobody sees, as JSON lines.
pub async fn demo_shielded(url: &str, data: &Path) -> Run {
	run_within(SHIELDED_LIMIT, shielded(url, data)).await
}

/// The same, up to the first line that is `enough`; tells the lines before. Then it is ended.
///
/// # Panics
///
/// When there is no such line in time.
pub async fn demo_shielded_until(
	url: &str,
	data: &Path,
	enough: impl Fn(&str) -> bool,
) -> Vec<String> {
	let mut command = shielded(url, data);
	alone(&mut command);
	let mut child = command.stdout(Stdio::piped()).spawn().expect("hdx can be run");
	let stdout = child.stdout.take().expect("the output is piped");
	let mut lines = BufReader::new(stdout).lines();
	let mut before = Vec::new();
	let read = async {
		while let Some(line) = lines.next_line().await.expect("hdx writes text") {
			if enough(&line) {
				return;
			}
			before.push(line);
		}
		panic!("hdx ended before: {before:?}");
	};
	let ended = tokio::time::timeout(LIMIT, read).await;
	assert!(ended.is_ok(), "no such line within {} s", LIMIT.as_secs());
	child.kill().await.expect("what was started can be ended");
	before
}

fn shielded(url: &str, data: &Path) -> Command {
	let mut command = command(["demo", "--shielded", "--json", "--url", url]);
	command.arg("--data").arg(data);
	command
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
