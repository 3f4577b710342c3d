//! Four hospitals whose validators run, and their chambers: proposed, voted about, and waited for with `hdx`.

use hdx_sdk::chain::Signer;
use hdx_tests::{
	chains,
	client::{self, Run},
	validators::Validators,
	wait,
};
use serde_json::{json, Value};
use std::{path::PathBuf, time::Duration};
use tempfile::TempDir;

/// The nodes of the four.
pub const FOUR: [usize; 4] = [0, 1, 2, 3];
/// How long something may take that the chain does by itself. A refusal takes the longest: 56 blocks at the pace of `local`.
pub const LIMIT: Duration = Duration::from_secs(600);
/// Who operates the hospitals. Their validators have the same accounts, as on `local`.
const OPERATORS: [&str; 4] = ["//Alice", "//Bob", "//Charlie", "//Dave"];
/// Blocks of a session: half a minute. On `local` it is an hour, and who joins takes part in the session after next.
const SESSION: u32 = 15;
/// How a referendum can have ended.
const ENDED: [&str; 4] = ["approved", "rejected", "cancelled", "timed-out"];

/// A chamber.
pub struct Chamber {
	/// Who votes, each at a node of their own: enough for whatever the chamber decides here.
	voters: [&'static str; 3],
	/// How `hdx` is told which it is.
	option: &'static str,
}

/// Three of the four institutions.
pub const INSTITUTIONS: Chamber =
	Chamber { voters: [OPERATORS[0], OPERATORS[1], OPERATORS[2]], option: "" };
/// All who represent patients.
pub const PATIENTS: Chamber =
	Chamber { voters: ["//Dave//stash", "//Eve//stash", "//Ferdie//stash"], option: "--patients" };

/// Four hospitals, and a directory for what `hdx` reads and writes.
pub struct Consortium {
	/// Their validators.
	pub validators: Validators,
	directory: TempDir,
}

/// The chain `local` with a hospital for each of its validators, all of them with a seat, and with sessions that a test can
/// wait for. What referenda take is as it is there.
fn four_hospitals() -> PathBuf {
	let accounts = OPERATORS.map(|name| Signer::read(name).unwrap().account().to_string());
	let institution = |(number, account): (u8, &String)| {
		let profile = [number; 32];
		json!([account, "Hospital", profile])
	};
	let validator = |(number, account): (u8, &String)| json!([account, number]);
	let changes = json!({
		"providerRegistry": {
			"institutions": (0..).zip(&accounts).map(institution).collect::<Vec<_>>(),
		},
		"validatorSet": {
			"validators": (0..).zip(&accounts).map(validator).collect::<Vec<_>>(),
			"sessionPeriod": SESSION,
		},
		"origins": { "institutions": FOUR },
	});
	chains::changed_spec("local", "local-four-hospitals", &changes)
}

impl Consortium {
	/// Starts the four.
	pub async fn start() -> Self {
		let validators = Validators::start_of(four_hospitals()).await;
		Self { validators, directory: tempfile::tempdir().unwrap() }
	}

	/// A file where `hdx` runs.
	pub fn file(&self, name: &str) -> PathBuf {
		self.directory.path().join(name)
	}

	/// Runs `hdx` with a node.
	pub async fn run(&self, node: usize, line: &str) -> Run {
		let mut command = client::command(line.split_whitespace());
		let url = self.validators.node(node).url();
		command.args(["--json", "--url", &url]).current_dir(self.directory.path());
		client::run(command).await
	}

	/// What a verb answers.
	pub async fn does(&self, node: usize, line: &str) -> Value {
		let run = self.run(node, line).await;
		run.expect_success();
		serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
	}

	/// Makes a key in a file, and gives its account.
	pub async fn new_account(&self, file: &str) -> String {
		let made = self.does(0, &format!("key generate --out {file}")).await;
		made["account"].as_str().unwrap().to_owned()
	}

	/// Asks the first node, after each block that becomes final there, until this holds of the answer.
	pub async fn comes(&self, line: &str, holds: impl Fn(&Value) -> bool) -> Value {
		let rpc = self.validators.rpc(0).await;
		wait::for_it(line, LIMIT, || async {
			let next = rpc.finalized().await + 1;
			rpc.wait_for_finality(next).await;
			let shown = self.does(0, line).await;
			holds(&shown).then_some(shown)
		})
		.await
	}

	/// Has a chamber vote about something. Gives what was proposed, and how it ended.
	pub async fn decides(&self, chamber: &Chamber, what: &str, choice: &str) -> (Value, String) {
		let Chamber { voters, option } = chamber;
		let line = format!("gov propose {what} {option} --as {}", voters[0]);
		let proposed = self.does(0, &line).await;
		let poll = proposed["poll"].as_u64().unwrap();
		// Each has a node of their own, which knows of it as well.
		self.validators.finalize_more(&FOUR, 1).await;
		let votes = voters.map(|voter| format!("gov vote {poll} {choice} {option} --as {voter}"));
		let (first, second, third) = tokio::join!(
			self.does(0, &votes[0]),
			self.does(1, &votes[1]),
			self.does(2, &votes[2]),
		);
		for voted in [first, second, third] {
			assert_eq!(voted["aye"], choice == "--aye");
			assert!(voted["would"]["meaning"].is_string(), "{voted}");
		}
		let standing = |shown: &Value| shown["standing"].as_str().unwrap().to_owned();
		let has_ended = |shown: &Value| ENDED.contains(&standing(shown).as_str());
		let shown = self.comes(&format!("gov status {poll} {option}"), has_ended).await;
		(proposed, standing(&shown))
	}

	/// Has a chamber approve something. Gives what was proposed.
	pub async fn carries(&self, chamber: &Chamber, what: &str) -> Value {
		let (proposed, standing) = self.decides(chamber, what, "--aye").await;
		assert_eq!(standing, "approved", "{proposed}");
		proposed
	}
}
