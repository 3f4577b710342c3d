//! Proving and verifying without a chain.

use super::figures::{median, Times};
use crate::{error::Error, zk_error::ZkError};
use ark_std::rand::rngs::StdRng;
use hdx_primitives::{Proof, ProofBatch, ProvenStatement, PublicInputs, MAX_PROOF_BATCH};
use hdx_zk_circuits::{examples::rehearse, AnyCircuit, Binding, Context};
use std::time::Instant;

/// How often each proof is verified.
const VERIFICATIONS: usize = 10;

/// A circuit that was measured here.
pub struct Native {
	/// What it costs.
	pub times: Times,
	/// The key under which its proofs hold.
	pub verifying_key: Vec<u8>,
	/// As many proofs as are verified at once: those of the rounds, in turn. Two that are alike cost what others do.
	pub batch: ProofBatch,
}

/// Measures a circuit with keys of its own.
pub fn measure(circuit: AnyCircuit, rounds: u32, generator: &mut StdRng) -> Result<Native, Error> {
	let name = circuit.name();
	let failed = |why: String| ZkError::Bench { circuit: name, why };
	let keys =
		circuit.setup_dev(generator).map_err(|source| ZkError::Setup { circuit: name, source })?;
	let context = Context::new(&Binding {
		genesis: [1; 32],
		circuit: circuit.number(),
		version: 1,
		signer: [2; 32],
		request: [3; 32],
	});
	let rehearsal =
		rehearse(circuit, &keys.proving, context).map_err(|error| failed(error.to_string()))?;
	let inputs = PublicInputs::try_from(rehearsal.inputs())
		.map_err(|inputs| failed(format!("it has {} public inputs", inputs.len())))?;
	let (mut proving, mut verifying, mut proofs) = (Vec::new(), Vec::new(), Vec::new());
	for _ in 0..rounds {
		let since = Instant::now();
		let proof = rehearsal.prove(generator).map_err(|error| failed(error.to_string()))?;
		proving.push(since.elapsed());
		for _ in 0..VERIFICATIONS {
			let since = Instant::now();
			rehearsal.verify(&proof).map_err(|error| failed(error.to_string()))?;
			verifying.push(since.elapsed());
		}
		proofs.push(ProvenStatement { proof: Proof(proof.to_bytes()), inputs: inputs.clone() });
	}
	let batch: Vec<_> = proofs.into_iter().cycle().take(MAX_PROOF_BATCH as usize).collect();
	let batch = ProofBatch::try_from(batch)
		.map_err(|proofs| failed(format!("{} proofs are too many", proofs.len())))?;
	Ok(Native {
		times: Times {
			circuit: name,
			number: circuit.number(),
			constraints: rehearsal.constraints(),
			inputs: inputs.len(),
			prove_ms: median(&proving),
			verify_ms: median(&verifying),
			in_runtime: None,
			proving_key_bytes: keys.proving.len(),
			verifying_key_bytes: keys.verifying.len(),
		},
		verifying_key: keys.verifying,
		batch,
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::commands::zk::{bench::figures::Measured, random};

	#[test]
	fn a_circuit_is_measured_with_an_honest_statement() {
		let mut generator = random::generator().unwrap();
		let Native { times, verifying_key, batch } =
			measure(AnyCircuit::ConsentGrant, 1, &mut generator).unwrap();
		assert!(times.prove_ms > times.verify_ms && times.verify_ms > 0.0);
		assert_eq!(times.verifying_key_bytes, 16 + 32 + 96 + 3 * 192 + 3 * 96);
		assert_eq!((times.verifying_key_bytes, times.inputs), (verifying_key.len(), 2));
		assert_eq!(batch.len(), 32);
		for statement in batch {
			let inputs = statement.inputs.into_inner();
			let proof = &statement.proof.0;
			AnyCircuit::ConsentGrant.verify(&verifying_key, &inputs, proof).unwrap();
		}
		let text = Measured { rounds: 1, threads: 1, circuits: vec![times] }.to_string();
		assert!(text.contains("consent_grant"), "{text}");
	}
}
