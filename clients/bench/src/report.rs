//! What a run found.

use crate::{
	audit::ProofFigures,
	costs::Costs,
	latency::Latency,
	local::{AgeTimes, CircuitTimes, Sealing},
	log_state::LogState,
	machine::Machine,
	semaphore::Semaphore,
	stats::Spread,
	throughput::Throughput,
};
use serde::Serialize;

/// Everything, as `--json` prints it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
	/// When it was measured, in the form 2026-01-31T12:00:00Z.
	pub date: String,
	/// Which sources were built.
	pub commit: String,
	/// Whether so little was sent that the figures say nothing.
	pub quick: bool,
	/// On what.
	pub machine: Machine,
	/// What all loads of a chain are compared with.
	pub reference: &'static str,
	/// The chains.
	pub chains: Vec<ChainFigures>,
	/// What works without a chain.
	pub local: LocalFigures,
	/// The log's state, where the long test was run.
	pub log_state: Option<LogState>,
	/// Proofs of Semaphore, where they were measured.
	pub semaphore: Option<Semaphore>,
}

/// What one chain came to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChainFigures {
	/// How many nodes validate, all of them on this machine.
	pub validators: usize,
	/// The loads, the reference first.
	pub loads: Vec<LoadFigures>,
	/// Latency at a moderate load, of the reference first.
	pub latency: Vec<LatencyFigures>,
	/// Latency at four fifths of what the chain took in the rounds, of the reference first.
	pub sustained: Vec<SustainedFigures>,
	/// Bytes of the reference's transaction, as a block carries it.
	pub transfer_bytes: usize,
	/// Bytes by which the state grew with each transaction of the reference in its first round, between accounts that
	/// there were: what the chain keeps of each block is all there is.
	pub state_bytes_per_transfer: f64,
	/// Bytes by which the state grew with each granted request of the first round: entry, grant and indexes, keys
	/// included.
	pub state_bytes_per_access: f64,
	/// A proof of the log's first entry.
	pub proof: ProofFigures,
}

/// What one load came to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LoadFigures {
	/// What was sent.
	pub name: &'static str,
	/// How many things one transaction does.
	pub per_transaction: usize,
	/// Transactions a second, over the rounds.
	pub per_second: Spread,
	/// The median by that of the reference on the same chain.
	pub to_reference: f64,
	/// Each round.
	pub rounds: Vec<Throughput>,
	/// What one costs a node, in the full blocks of all rounds.
	pub costs: Costs,
}

/// How long the transactions of one load took.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LatencyFigures {
	/// What was sent.
	pub name: &'static str,
	/// How long it took.
	#[serde(flatten)]
	pub latency: Latency,
}

/// How long the transactions of one load took while many were sent for long.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SustainedFigures {
	/// What was sent.
	pub name: &'static str,
	/// For how many seconds it was sent.
	pub seconds: u32,
	/// Transactions a second in finalized blocks meanwhile.
	pub per_second: f64,
	/// How long it took.
	#[serde(flatten)]
	pub latency: Latency,
}

/// What works without a chain.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalFigures {
	/// Decisions of the engine a second, on one core.
	pub decisions_per_second: Spread,
	/// Sealing and opening a record.
	pub sealing: Sealing,
	/// What age takes for the same record, to each kind of recipient, where that was measured.
	pub age: Vec<AgeTimes>,
	/// The circuits.
	pub circuits: Vec<CircuitTimes>,
}

impl LoadFigures {
	/// Of at least one round. `reference`: the median of the reference; without one, this is it.
	pub fn new(
		name: &'static str,
		per_transaction: usize,
		rounds: Vec<Throughput>,
		costs: Costs,
		reference: Option<f64>,
	) -> Option<Self> {
		let rates: Vec<_> = rounds.iter().map(|round| round.per_second).collect();
		let per_second = Spread::of(&rates)?;
		let to_reference = per_second.median / reference.unwrap_or(per_second.median);
		Some(Self { name, per_transaction, per_second, to_reference, rounds, costs })
	}
}

impl ChainFigures {
	/// Transfers a second.
	pub fn reference(&self) -> Option<f64> {
		self.loads.first().map(|load| load.per_second.median)
	}
}

#[cfg(test)]
pub mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{stats::Percentiles, throughput::CountedBlock};

	fn round(per_second: f64) -> Throughput {
		let (counted, blocks, seconds, most_in_block) = (100, 2, 4.0, 60);
		let full = vec![CountedBlock { number: 9, time: 4_000, counted: most_in_block }];
		Throughput { counted, blocks, seconds, per_second, most_in_block, full }
	}

	fn costs(median: f64) -> Costs {
		let execute_us = Spread { min: median / 2.0, median, max: median * 2.0 };
		let author_us = Spread { min: median, median: median * 2.0, max: median * 4.0 };
		Costs { blocks: 3, transactions: 60, author_us, execute_us }
	}

	/// A report whose figures are made up.
	pub fn made_up() -> Report {
		let spread = |median: f64| Spread { min: median / 2.0, median, max: median * 2.0 };
		let percentiles = |p50: f64| Percentiles { p50, p95: p50 * 2.0, p99: p50 * 3.0 };
		let transfers =
			LoadFigures::new("transfer", 1, vec![round(200.0)], costs(250.0), None).unwrap();
		let batches = vec![round(5.0), round(4.0), round(9.0)];
		let batches =
			LoadFigures::new("batched disclosures", 128, batches, costs(20_000.0), Some(200.0))
				.unwrap();
		let latency = Latency {
			sent: 600,
			unwatched: 0,
			rate: 10,
			in_block: percentiles(1_000.0),
			finalized: percentiles(3_000.0),
		};
		let sustained = |name, rate, p50| SustainedFigures {
			name,
			seconds: 120,
			per_second: f64::from(rate),
			latency: Latency {
				sent: 120 * u64::from(rate),
				unwatched: 0,
				rate,
				in_block: percentiles(p50),
				finalized: percentiles(p50 * 3.0),
			},
		};
		let verify_ms = spread(0.2);
		let circuit = CircuitTimes {
			circuit: "consent_grant".to_owned(),
			constraints: 2_000,
			inputs: 2,
			prove_ms: 170.0,
			verify_ms: 2.5,
			proving_key_bytes: 1,
			verifying_key_bytes: 1,
			..CircuitTimes::default()
		};
		Report {
			date: "2026-01-31T12:00:00Z".to_owned(),
			commit: "0123abc".to_owned(),
			quick: false,
			machine: Machine {
				cpu: "made-up".to_owned(),
				cores: 2,
				memory_mib: 1_024,
				system: "linux".to_owned(),
			},
			reference: "transfer",
			chains: vec![ChainFigures {
				validators: 1,
				loads: vec![transfers, batches],
				latency: vec![LatencyFigures { name: "transfer", latency }],
				sustained: vec![
					sustained("transfer", 160, 1_200.0),
					sustained("access request", 60, 1_500.0),
				],
				transfer_bytes: 100,
				state_bytes_per_transfer: 0.5,
				state_bytes_per_access: 1_234.5,
				proof: ProofFigures {
					bytes: 2_000,
					justification_bytes: 100,
					entries: 9,
					verify_ms,
				},
			}],
			local: LocalFigures {
				decisions_per_second: spread(400_000.0),
				sealing: Sealing {
					bytes: 4_000_000,
					stored: 8_000_000,
					sections: 2,
					sealing: spread(100.0),
					to_one: spread(80.0),
					opening: spread(160.0),
				},
				age: Vec::new(),
				circuits: vec![circuit],
			},
			log_state: None,
			semaphore: None,
		}
	}

	#[test]
	fn a_load_is_compared_with_the_median_of_the_reference() {
		let load = LoadFigures::new(
			"x",
			1,
			vec![round(4.0), round(5.0), round(9.0)],
			costs(1.0),
			Some(200.0),
		);
		let load = load.unwrap();
		assert_eq!((load.per_second.median, load.to_reference), (5.0, 0.025));
		assert_eq!(
			LoadFigures::new("x", 1, vec![round(7.0)], costs(1.0), None).unwrap().to_reference,
			1.0
		);
		assert!(LoadFigures::new("x", 1, Vec::new(), costs(1.0), None).is_none());
	}

	#[test]
	fn the_json_names_machine_commit_date_and_figures() {
		let json = serde_json::to_value(made_up()).unwrap();
		let at = |path: &str| json.pointer(path).cloned().unwrap_or_default();
		assert_eq!((at("/machine/cores"), at("/commit")), (2.into(), "0123abc".into()));
		assert_eq!(at("/date"), "2026-01-31T12:00:00Z");
		assert_eq!(at("/chains/0/loads/1/perSecond/median"), 5.0);
		assert_eq!(at("/chains/0/latency/0/finalized/p99"), 9_000.0);
		assert_eq!(at("/chains/0/sustained/1/inBlock/p95"), 3_000.0);
		assert_eq!(at("/chains/0/sustained/1/perSecond"), 60.0);
		assert_eq!(at("/chains/0/loads/1/costs/blocks"), 3);
		assert_eq!(at("/local/circuits/0/proveMs"), 170.0);
	}
}
