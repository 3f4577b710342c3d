//! A whole run: each chain, then what works without one.

use crate::{
	audit,
	costs::{self, Costs},
	error::BenchError,
	latency,
	loads::{self, Kind, Shielded},
	local::{self, CircuitTimes},
	log_state,
	machine::Machine,
	network::Network,
	node::Program,
	options::{Options, Plan},
	print,
	report::{ChainFigures, LatencyFigures, LoadFigures, LocalFigures, Report},
	scene::{Cast, Scene},
	semaphore, spec, state,
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
	let mut state_bytes_per_access = 0.0;
	for kind in Kind::ALL {
		let name = kind.wanted().load;
		let mut rounds = Vec::with_capacity(plan.rounds);
		for round in 0..plan.rounds {
			about(&format!("{name}, round {} of {}", round.saturating_add(1), plan.rounds));
			let is_measured = kind == Kind::Access && round == 0;
			let before = if is_measured { state::bytes(scene.first()?).await? } else { 0 };
			let throughput = kind.round(&mut scene, plan).await?;
			if is_measured {
				let grown = state::bytes(scene.first()?).await?.saturating_sub(before);
				state_bytes_per_access = grown as f64 / throughput.counted.max(1) as f64;
			}
			rounds.push(throughput);
		}
		let costs = cost(&scene, rounds.last()).await?;
		let per_transaction = kind.per_transaction(&scene);
		let figures = LoadFigures::new(name, per_transaction, rounds, costs, reference);
		let figures = figures.ok_or_else(|| BenchError::because(name, "no rounds"))?;
		reference = reference.or(Some(figures.per_second.median));
		found.push(figures);
	}
	let shielded = Shielded::run(&scene, plan.shielded, &about).await?;
	for (wanted, throughput) in [shielded.appended, shielded.accessed, shielded.revoked] {
		let costs = cost(&scene, Some(&throughput)).await?;
		found.extend(LoadFigures::new(wanted.load, 1, vec![throughput], costs, reference));
	}
	let latency = latencies(&scene, plan, &about).await?;
	about("a proof of an entry");
	let proof = audit::proof(&scene, plan.repetitions).await?;
	let mut circuits = None;
	if validators == 1 {
		about("proofs, here and in the runtime");
		circuits = Some(zero_knowledge(options, Some(&scene.url())).await?);
	}
	let figures = ChainFigures { validators, loads: found, latency, state_bytes_per_access, proof };
	Ok((figures, circuits))
}

/// What a transaction of this round costs a node.
async fn cost(scene: &Scene, round: Option<&Throughput>) -> Result<Costs, BenchError> {
	let round = round.ok_or_else(|| BenchError::because("what a block costs", "no rounds"))?;
	costs::measure(scene.first()?, round, &scene.logs()).await
}

async fn latencies(
	scene: &Scene,
	plan: &Plan,
	about: loads::Progress<'_>,
) -> Result<Vec<LatencyFigures>, BenchError> {
	let count = plan.rate.saturating_mul(plan.latency_seconds);
	let count = usize::try_from(count).map_err(BenchError::failed("latency"))?;
	let mut all = Vec::new();
	for kind in [Kind::Transfer, Kind::Access] {
		let name = kind.wanted().load;
		about(&format!("latency of {name}"));
		let lanes = match kind {
			Kind::Transfer => loads::transfers(scene, count).await?,
			_ => loads::requests(scene, count).await?,
		};
		let latency = latency::measure(&scene.connections, kind.wanted(), lanes, plan.rate).await?;
		all.push(LatencyFigures { name, latency });
	}
	Ok(all)
}
