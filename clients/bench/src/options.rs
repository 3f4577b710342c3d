//! What can be typed, and how much is sent.

use std::path::PathBuf;

/// Measures HealthDataExchange on this machine, on chains that it starts and stops itself.
#[derive(Debug, clap::Parser)]
#[command(name = "hdx-bench", version)]
pub struct Options {
	/// The node.
	#[arg(long, value_name = "FILE")]
	pub node: PathBuf,
	/// The command line `hdx`, whose `zk bench` measures the circuits.
	#[arg(long, value_name = "FILE")]
	pub hdx: PathBuf,
	/// Where compiled runtimes are kept between starts of nodes. Without it: nowhere.
	#[arg(long, value_name = "DIR")]
	pub compiled_runtimes: Option<PathBuf>,
	/// Chains of how many validators: 1, 4, or both. Without it: both, and 1 with --quick.
	#[arg(long, value_name = "N", value_delimiter = ',', value_parser = validators)]
	pub validators: Vec<usize>,
	/// Send only a few transactions. The figures say nothing about the machine then.
	#[arg(long)]
	pub quick: bool,
	/// Print JSON instead of a table.
	#[arg(long)]
	pub json: bool,
	/// Replace the section of figures in this Markdown file.
	#[arg(long, value_name = "FILE")]
	pub write: Option<PathBuf>,
	/// What the long test of the log's state printed.
	#[arg(long, value_name = "FILE")]
	pub log_state: Option<PathBuf>,
	/// What the measurement of Semaphore printed (`bench.mjs`).
	#[arg(long, value_name = "FILE")]
	pub semaphore: Option<PathBuf>,
	/// The program that measures the crate `age` (`clients/bench/age`), to be run over the record that is sealed.
	#[arg(long, value_name = "FILE")]
	pub age: Option<PathBuf>,
	/// Which sources were built.
	#[arg(long, value_name = "HASH", default_value = "unknown")]
	pub commit: String,
}

/// Reads a number of validators.
fn validators(text: &str) -> Result<usize, String> {
	match text {
		"1" => Ok(1),
		"4" => Ok(4),
		_ => Err(format!("there are chains of 1 and of 4 validators, not of {text}")),
	}
}

impl Options {
	/// On which chains is measured, each once.
	pub fn chains(&self) -> Vec<usize> {
		let mut chains = self.validators.clone();
		if chains.is_empty() {
			chains = if self.quick { vec![1] } else { vec![1, 4] };
		}
		chains.sort_unstable();
		chains.dedup();
		chains
	}
}

/// How much is sent.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
	/// How often each load is sent.
	pub rounds: usize,
	/// Transfers of a round.
	pub transfers: usize,
	/// Consents of a round.
	pub grants: usize,
	/// Requests for access of a round.
	pub accesses: usize,
	/// Batches of disclosures of a round.
	pub batches: usize,
	/// Consents that nobody sees: all of them are appended, asked for access under once each, then revoked. A snapshot
	/// counts for two minutes, in which all proofs of access must be made and included, and so those of revocations with
	/// another one: there is one round of few.
	pub shielded: usize,
	/// Patients with a record whose consents nobody sees.
	pub hidden: usize,
	/// Patients with a consent and a record, about whom is asked.
	pub patients: usize,
	/// Practitioners who ask.
	pub practitioners: usize,
	/// Requests a second while latency is measured.
	pub rate: u32,
	/// For how many seconds it is measured.
	pub latency_seconds: u32,
	/// For how many seconds four fifths of what a chain took in the rounds are sent.
	pub sustained_seconds: u32,
	/// How often local work is repeated.
	pub repetitions: usize,
}

impl Plan {
	/// Some blocks of each load.
	pub const FULL: Self = Self {
		rounds: 3,
		transfers: 4_000,
		grants: 2_000,
		accesses: 2_000,
		batches: 16,
		shielded: 200,
		hidden: 32,
		patients: 256,
		practitioners: 64,
		rate: 10,
		latency_seconds: 60,
		sustained_seconds: 120,
		repetitions: 9,
	};

	/// So few that the run shows no more than that everything works.
	pub const QUICK: Self = Self {
		rounds: 1,
		transfers: 40,
		grants: 16,
		accesses: 24,
		batches: 2,
		shielded: 2,
		hidden: 2,
		patients: 8,
		practitioners: 4,
		rate: 2,
		latency_seconds: 5,
		sustained_seconds: 5,
		repetitions: 3,
	};

	/// Consents that one patient gives in all rounds. A patient can have 32.
	const GRANTS_EACH: usize = 16;

	/// How many patients give the consents that are counted. They are others than those about whom is asked, who
	/// have one consent each.
	pub fn givers(&self) -> usize {
		self.rounds.saturating_mul(self.grants).div_ceil(Self::GRANTS_EACH)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;

	fn read(more: &[&str]) -> Result<Options, clap::Error> {
		Options::try_parse_from(["hdx-bench", "--node", "n", "--hdx", "h"].iter().chain(more))
	}

	#[test]
	fn both_chains_are_measured_unless_one_is_named() {
		assert_eq!(read(&[]).unwrap().chains(), [1, 4]);
		assert_eq!(read(&["--quick"]).unwrap().chains(), [1]);
		assert_eq!(read(&["--validators", "4,1,4"]).unwrap().chains(), [1, 4]);
		assert_eq!(read(&["--quick", "--validators", "4"]).unwrap().chains(), [4]);
	}

	#[test]
	fn other_numbers_of_validators_are_refused() {
		for number in ["0", "2", "four", "1,3"] {
			let error = read(&["--validators", number]).unwrap_err().to_string();
			assert!(error.contains("validators"), "{number}: {error}");
		}
	}

	#[test]
	fn no_patient_gives_more_consents_than_a_patient_can_have() {
		for plan in [Plan::FULL, Plan::QUICK] {
			let each = plan.grants.div_ceil(plan.givers()) * plan.rounds;
			assert!(each <= 32, "{each}");
		}
	}

	#[test]
	fn proofs_of_access_are_made_on_one_thread_while_a_snapshot_counts() {
		// Milliseconds: more than one takes on the machine whose figures are published, and what is left of two minutes
		// when all of them have been sent and included.
		let (each, left) = (450, 95_000);
		for plan in [Plan::FULL, Plan::QUICK] {
			assert!(plan.shielded * each <= left, "{}", plan.shielded);
		}
	}
}
