//! `hdx zk bench`: what proving and verifying cost on this machine.

use super::{circuit, random};
use crate::{commands::Context, error::Error, zk_error::ZkError};
use ark_std::rand::rngs::StdRng;
use hdx_zk_circuits::{examples::rehearse, AnyCircuit, Binding, Context as ProofContext};
use serde::Serialize;
use std::{
	fmt,
	time::{Duration, Instant},
};

/// How often each proof is verified.
const VERIFICATIONS: usize = 10;

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
}

/// What was measured.
#[derive(Serialize)]
struct Measured {
	rounds: u32,
	threads: u32,
	circuits: Vec<Times>,
}

/// What a circuit costs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Times {
	circuit: &'static str,
	number: u32,
	constraints: usize,
	/// In milliseconds: the median.
	prove_ms: f64,
	/// In milliseconds: the median, of a proof that was read before.
	verify_ms: f64,
	proving_key_bytes: usize,
	verifying_key_bytes: usize,
}

impl fmt::Display for Measured {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(
			f,
			"{:18} {:>11} {:>10} {:>10} {:>13} {:>15}",
			"circuit", "constraints", "prove", "verify", "proving key", "verifying key"
		)?;
		for times in &self.circuits {
			writeln!(
				f,
				"{:18} {:>11} {:>7.2} s {:>7.2} ms {:>7} bytes {:>9} bytes",
				times.circuit,
				times.constraints,
				times.prove_ms / 1000.0,
				times.verify_ms,
				times.proving_key_bytes,
				times.verifying_key_bytes,
			)?;
		}
		write!(f, "medians of {} proofs each, on {} thread", self.rounds, self.threads)
	}
}

/// The middle one, in milliseconds.
fn median(mut times: Vec<Duration>) -> f64 {
	times.sort_unstable();
	let middle = times.get(times.len() / 2).copied().unwrap_or_default();
	// To the microsecond.
	(middle.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

/// Measures.
pub fn run(options: &Bench, context: &Context) -> Result<(), Error> {
	let circuits = options.circuit.map_or_else(|| AnyCircuit::ALL.to_vec(), |only| vec![only]);
	let mut generator = random::generator()?;
	let mut measured = Vec::with_capacity(circuits.len());
	let bar = context.output.bar("circuits", circuits.len());
	for circuit in circuits {
		measured.push(measure(circuit, options.rounds, &mut generator)?);
		bar.advance(1);
	}
	drop(bar);
	context.output.show(&Measured { rounds: options.rounds, threads: 1, circuits: measured })
}

fn measure(circuit: AnyCircuit, rounds: u32, generator: &mut StdRng) -> Result<Times, Error> {
	let name = circuit.name();
	let failed = |why: String| ZkError::Bench { circuit: name, why };
	let keys =
		circuit.setup_dev(generator).map_err(|source| ZkError::Setup { circuit: name, source })?;
	let context = ProofContext::new(&Binding {
		genesis: [1; 32],
		circuit: circuit.number(),
		version: 1,
		signer: [2; 32],
		request: [3; 32],
	});
	let rehearsal =
		rehearse(circuit, &keys.proving, context).map_err(|error| failed(error.to_string()))?;
	let (mut proving, mut verifying) = (Vec::new(), Vec::new());
	for _ in 0..rounds {
		let since = Instant::now();
		let proof = rehearsal.prove(generator).map_err(|error| failed(error.to_string()))?;
		proving.push(since.elapsed());
		for _ in 0..VERIFICATIONS {
			let since = Instant::now();
			rehearsal.verify(&proof).map_err(|error| failed(error.to_string()))?;
			verifying.push(since.elapsed());
		}
	}
	Ok(Times {
		circuit: name,
		number: circuit.number(),
		constraints: rehearsal.constraints(),
		prove_ms: median(proving),
		verify_ms: median(verifying),
		proving_key_bytes: keys.proving.len(),
		verifying_key_bytes: keys.verifying.len(),
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn the_median_is_the_middle_one() {
		let milliseconds =
			|times: &[u64]| times.iter().copied().map(Duration::from_millis).collect();
		assert_eq!(median(milliseconds(&[9, 1, 2])), 2.0);
		assert_eq!(median(milliseconds(&[])), 0.0);
	}

	#[test]
	fn a_circuit_is_measured_with_an_honest_statement() {
		let mut generator = random::generator().unwrap();
		let times = measure(AnyCircuit::ConsentGrant, 1, &mut generator).unwrap();
		assert!(times.prove_ms > times.verify_ms && times.verify_ms > 0.0);
		assert_eq!(times.verifying_key_bytes, 16 + 32 + 96 + 3 * 192 + 3 * 96);
		let text = Measured { rounds: 1, threads: 1, circuits: vec![times] }.to_string();
		assert!(text.contains("consent_grant"), "{text}");
	}
}
