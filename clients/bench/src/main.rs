//! # hdx-bench
//!
//! Measures chains of HealthDataExchange on one machine: transactions a second in finalized blocks, latency, growth of
//! the state; and what works beside them: the consent engine, sealing, proofs. `scripts/bench.sh` builds and runs it,
//! docs/benchmarks says what the figures mean.
//!
//! - [`run`](mod@run) is a whole run, [`options`] what can be typed and how much is sent.
//! - [`node`] runs one node, [`network`] a chain of them, by a specification that [`spec`] writes.
//! - [`scene`] prepares a chain, [`accounts`] has the keys and [`policy`] the consent.
//! - [`loads`] signs, [`load`] sends and counts, [`throughput`] computes. [`proving`] makes proofs.
//! - [`steady`] sends at a rate, [`latency`] watches each transaction meanwhile.
//! - [`state`], [`audit`], [`local`] and [`log_state`] measure the rest, [`semaphore`] is what others did.
//! - [`report`] holds the figures, [`rows`], [`chain_rows`], [`zero_knowledge`], [`beside_age`] and [`print`](mod@print)
//!   show them.

#![deny(missing_docs)]
// Counts and times of one run, none of which comes near the end of its type.
#![allow(clippy::arithmetic_side_effects)]

mod accounts;
mod audit;
mod beside_age;
mod chain_rows;
mod connection;
mod costs;
mod error;
mod latency;
mod load;
mod loads;
mod local;
mod log_state;
mod machine;
mod network;
mod node;
mod options;
mod policy;
mod print;
mod proving;
mod report;
mod rows;
mod run;
mod scene;
mod semaphore;
mod spec;
mod state;
mod stats;
mod steady;
mod throughput;
mod zero_knowledge;

use clap::Parser;
use error::BenchError;
use options::Options;
use report::Report;
use std::{io, process::ExitCode};
use tokio::signal::unix::{signal, SignalKind};

fn main() -> ExitCode {
	let options = Options::parse();
	match start(&options).and_then(|report| show(&options, &report)) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		},
	}
}

fn start(options: &Options) -> Result<Report, BenchError> {
	let runtime = tokio::runtime::Builder::new_multi_thread()
		.enable_all()
		.build()
		.map_err(BenchError::failed("the system"))?;
	// Whichever ends first: dropping the run ends its nodes.
	runtime.block_on(async {
		tokio::select! {
			report = run::run(options) => report,
			stopped = stopped() => Err(match stopped {
				Ok(()) => BenchError::because("the run", "it was told to stop"),
				Err(error) => BenchError::because("the system", error.to_string()),
			}),
		}
	})
}

/// Ends when this program is told to.
async fn stopped() -> io::Result<()> {
	let mut interrupt = signal(SignalKind::interrupt())?;
	let mut terminate = signal(SignalKind::terminate())?;
	tokio::select! {
		_ = interrupt.recv() => Ok(()),
		_ = terminate.recv() => Ok(()),
	}
}

fn show(options: &Options, report: &Report) -> Result<(), BenchError> {
	if let Some(page) = &options.write {
		print::write(report, page)?;
	}
	if options.json {
		let json = serde_json::to_string_pretty(report);
		println!("{}", json.map_err(BenchError::failed("the report"))?);
	} else {
		println!("{}", print::text(report));
	}
	Ok(())
}
