//! A whole run: each chain, then what works without one.

use crate::{
	audit,
	costs::{self, Costs},
	error::BenchError,
	loads::{self, Kind, Shielded},
	local::{self, CircuitTimes},
	log_state,
	machine::Machine,
	network::Network,
	node::Program,
	options::{Options, Plan},
	print,
	report::{ChainFigures, LoadFigures, LocalFigures, Report},
	scene::{Cast, Scene},
	semaphore, spec, state, steady,
	throughput::Throughput,
};
use std::time::Duration;
use tempfile::TempDir;

/// Documents of the record that is sealed: four million bytes.
const DOCUMENTS: usize = 256;
/// How often each circuit is proven.
const PROOFS: usize = 5;

/// Measures everything.
pub async fn run(options: &Options) -> Result<Report, BenchError> {
	let plan = if options.quick { Plan::QUICK } else { Plan::FULL };
	// Whatever is missing is found before anything takes time.
	if let Some(page) = &options.write {
		print::check(page)?;
	}
	let log_state = options.log_state.as_deref().map(log_state::read).transpose()?;
	let semaphore = options.semaphore.as_deref().map(semaphore::read).transpose()?;
	if let Some(program) = &options.age {
		local::age(program, b"made up", 1, Duration::ZERO).await?;
	}
	let (mut chains, mut circuits) = (Vec::new(), None);
	for validators in options.chains() {
		let (figures, times) = chain(options, &plan, validators).await?;
		chains.push(figures);
		circuits = circuits.or(times);
	}
	say("beside the chain");
	Ok(Report {
		date: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
		commit: options.commit.clone(),
		quick: options.quick,
		machine: Machine::here(),
		reference: Kind::Transfer.wanted().load,
		chains,
		local: local_figures(options, &plan, circuits).await?,
		log_state,
		semaphore,
	})
}

/// Says on standard error what is being done: a run takes minutes.
fn say(what: &str) {
	eprintln!("bench: {what}");
}

/// `circuits`: what was measured while there was a chain whose runtime verified.
async fn local_figures(
	options: &Options,
	plan: &Plan,
	circuits: Option<Vec<CircuitTimes>>,
) -> Result<LocalFigures, BenchError> {
	let record = local::record(DOCUMENTS);
	Ok(LocalFigures {
		decisions_per_second: local::decisions(plan.repetitions)?,
		sealing: local::sealing(&record, plan.repetitions).await?,
		age: match &options.age {
			Some(program) => {
				local::age(program, record.as_bytes(), plan.repetitions, local::ROUND).await?
			},
			None => Vec::new(),
		},
		circuits: match circuits {
			Some(circuits) => circuits,
			None => zero_knowledge(options, None).await?,
		},
	})
}

/// The circuits, and what verifying takes in the runtime of a chain.
async fn zero_knowledge(
	options: &Options,
	chain: Option<&str>,
) -> Result<Vec<CircuitTimes>, BenchError> {
	let rounds = if options.quick { 1 } else { PROOFS };
	local::circuits(&options.hdx, rounds, chain).await
}

/// A chain, and the circuits where it has one validator: four would all compute beside the prover.
async fn chain(
	options: &Options,
	plan: &Plan,
	validators: usize,
) -> Result<(ChainFigures, Option<Vec<CircuitTimes>>), BenchError> {
	let about = |what: &str| say(&format!("{validators} validator(s): {what}"));
	about("starting and preparing");
	let directory =
		TempDir::with_prefix("hdx-bench-").map_err(BenchError::failed("a directory"))?;
	let cast = Cast::new(plan)?;
	let spec = spec::write(&options.node, validators, &cast.rich(), directory.path())?;
	let compiled_runtimes = options.compiled_runtimes.as_deref();
	let program = Program { node: &options.node, spec: &spec, compiled_runtimes };
	let network = Network::start(program, validators).await?;
	let mut scene = Scene::prepare(network, cast).await?;

	let (mut found, mut reference) = (Vec::new(), None);
	let mut growth = Growth::default();
	for kind in Kind::ALL {
		let name = kind.wanted().load;
		let mut rounds = Vec::with_capacity(plan.rounds);
		for round in 0..plan.rounds {
			about(&format!("{name}, round {} of {}", round.saturating_add(1), plan.rounds));
			let grows = growth.of(kind).filter(|_| round == 0);
			let before = if grows.is_some() { state::bytes(scene.first()?).await? } else { 0 };
			let throughput = kind.round(&mut scene, plan).await?;
			if let Some(each) = grows {
				let grown = state::bytes(scene.first()?).await?.saturating_sub(before);
				*each = grown as f64 / throughput.counted.max(1) as f64;
			}
			rounds.push(throughput);
		}
		let costs = cost(&scene, &rounds).await?;
		let per_transaction = kind.per_transaction(&scene);
		let figures = LoadFigures::new(name, per_transaction, rounds, costs, reference);
		let figures = figures.ok_or_else(|| BenchError::because(name, "no rounds"))?;
		reference = reference.or(Some(figures.per_second.median));
		found.push(figures);
	}
	let shielded = Shielded::run(&scene, plan.shielded, &about).await?;
	for (wanted, throughput) in [shielded.appended, shielded.accessed, shielded.revoked] {
		let rounds = vec![throughput];
		let costs = cost(&scene, &rounds).await?;
		found.extend(LoadFigures::new(wanted.load, 1, rounds, costs, reference));
	}
	let latency = steady::latencies(&scene, plan, &about).await?;
	about("a proof of an entry");
	let proof = audit::proof(&scene, plan.repetitions).await?;
	let mut circuits = None;
	if validators == 1 {
		about("proofs, here and in the runtime");
		circuits = Some(zero_knowledge(options, Some(&scene.url())).await?);
	}
	// Last: it fills the state and the log, so that what is measured of either would be of another chain.
	let sustained = steady::sustained(&scene, plan, &found, &about).await?;
	let figures = ChainFigures {
		validators,
		loads: found,
		latency,
		sustained,
		transfer_bytes: loads::transfer_bytes(&scene).await?,
		state_bytes_per_transfer: growth.transfer,
		state_bytes_per_access: growth.access,
		proof,
	};
	Ok((figures, circuits))
}

/// By how many bytes the state grows with each transaction.
#[derive(Default)]
struct Growth {
	transfer: f64,
	access: f64,
}

impl Growth {
	/// Where it is kept of this load, if it is measured.
	fn of(&mut self, kind: Kind) -> Option<&mut f64> {
		match kind {
			Kind::Transfer => Some(&mut self.transfer),
			Kind::Access => Some(&mut self.access),
			Kind::Grant | Kind::Disclosures => None,
		}
	}
}

/// What a transaction of these rounds costs a node.
async fn cost(scene: &Scene, rounds: &[Throughput]) -> Result<Costs, BenchError> {
	costs::measure(scene.first()?, rounds, &scene.logs()).await
}
