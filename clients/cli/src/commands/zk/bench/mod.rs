//! `hdx zk bench`: what proving and verifying cost on this machine, and what verifying costs in a chain's runtime.

mod figures;
mod native;
mod on_chain;

use super::{circuit, random};
use crate::{commands::Context, error::Error};
use figures::{InRuntime, Measured};
use hdx_zk_circuits::AnyCircuit;
use on_chain::OnChain;

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct Bench {
	/// Only this circuit.
	#[arg(long, value_name = "CIRCUIT", value_parser = circuit::known)]
	circuit: Option<AnyCircuit>,
	/// How often each statement is proven.
	#[arg(
		long, value_name = "N", default_value_t = 5,
		value_parser = clap::value_parser!(u32).range(1..=1_000)
	)]
	rounds: u32,
	/// Also measure how long the runtime of the chain at --url takes, which has to accept development keys. A version
	/// of each circuit is registered, attested and activated there, and stays.
	#[arg(long)]
	in_runtime: bool,
	/// Who governs that chain: a key file, or a development key.
	// Named so that no option of a verb has the same id.
	#[arg(long = "as", value_name = "KEY", default_value = "//Ferdie", requires = "in_runtime")]
	signed_by: String,
	/// Who attests the keys there, an operator of an institution each. Without it: the institutions with which a
	/// development chain begins, and one that is registered for it.
	#[arg(long, value_name = "KEY", requires = "in_runtime")]
	attest_as: Vec<String>,
}

/// Measures.
pub async fn run(options: &Bench, context: &Context) -> Result<(), Error> {
	let circuits = options.circuit.map_or_else(|| AnyCircuit::ALL.to_vec(), |only| vec![only]);
	// What the chain would refuse is found before anything takes time.
	let on_chain = match options.in_runtime {
		true => Some(OnChain::ready(&options.signed_by, &options.attest_as, context).await?),
		false => None,
	};
	let mut generator = random::generator()?;
	let mut all = Vec::with_capacity(circuits.len());
	let bar = context.output.bar("circuits", circuits.len());
	for circuit in circuits {
		let mut found = native::measure(circuit, options.rounds, &mut generator)?;
		if let Some(chain) = &on_chain {
			let version = chain.activate(circuit, found.verifying_key).await?;
			let times = chain.times(version, found.batch).await?;
			let native = found.times.verify_ms;
			found.times.in_runtime = Some(InRuntime::of(version.version, native, &times));
		}
		all.push(found.times);
		bar.advance(1);
	}
	drop(bar);
	context.output.show(&Measured { rounds: options.rounds, threads: 1, circuits: all })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		bench: Bench,
	}

	fn parse(line: &str) -> Result<Bench, String> {
		let words = std::iter::once("hdx").chain(line.split_whitespace());
		Line::try_parse_from(words).map(|line| line.bench).map_err(|error| error.to_string())
	}

	#[test]
	fn keys_are_for_the_runtime_alone() {
		let native = parse("--circuit consent_grant").unwrap();
		assert!(!native.in_runtime && native.attest_as.is_empty());
		let line = "--in-runtime --as //Eve --attest-as //Alice --attest-as //Bob";
		let asked = parse(line).unwrap();
		assert_eq!((asked.in_runtime, asked.signed_by.as_str()), (true, "//Eve"));
		assert_eq!(asked.attest_as, ["//Alice", "//Bob"]);
		assert_eq!(parse("--in-runtime").unwrap().signed_by, "//Ferdie");
		for line in ["--as //Eve", "--attest-as //Alice"] {
			let error = parse(line).unwrap_err();
			assert!(error.contains("--in-runtime"), "{line}: {error}");
		}
	}
}
