//! Keys of circuits that are made for one run, and proofs with them, on all cores.

use crate::error::BenchError;
use ark_std::rand::{rngs::StdRng, SeedableRng};
use futures::future;
use hdx_primitives::{CircuitId, CircuitVersion, Proof, H256};
use hdx_sdk::{
	chain::{Chain, InstitutionKind, Signer, Until},
	commitment,
};
use hdx_zk_circuits::{
	circuits::Circuit,
	prove::{CompiledProver, Provable},
	AnyCircuit, Asked, Binding, Context,
};
use std::{num::NonZero, thread};
use subxt_signer::sr25519::Keypair;

/// The hash of the transcript that there is not.
const TRANSCRIPT: H256 = H256([6; 32]);
/// Who attests: the operators of the two institutions that a chain begins with, and of a third one.
const ATTESTING: [&str; 3] = ["//Alice", "//Bob", THIRD];
/// Who operates the third institution.
const THIRD: &str = "//hdx-bench//third";

/// The keys of a circuit.
pub struct Key<C: Circuit> {
	prover: Box<dyn CompiledProver<C>>,
	verifying: Vec<u8>,
}

/// A version of a circuit, and its verifying key.
pub type Registered = (CircuitVersion, Vec<u8>);

impl<C: Provable> Key<C> {
	/// The version under which it is registered.
	pub const VERSION: u32 = 1;

	/// Makes the keys, the same each time.
	pub fn make() -> Result<Self, BenchError> {
		let circuit = AnyCircuit::numbered(C::NUMBER)
			.ok_or_else(|| BenchError::because("a circuit", "nobody knows it"))?;
		let keys = circuit.setup_dev(&mut StdRng::seed_from_u64(1));
		let keys = keys.map_err(BenchError::failed("the keys of a circuit"))?;
		let prover = C::prover(&keys.proving, commitment::public(&keys.proving));
		let prover = prover.map_err(BenchError::failed("the keys of a circuit"))?;
		Ok(Self { prover, verifying: keys.verifying })
	}

	/// What is registered.
	pub fn registered(&self) -> Registered {
		let circuit = CircuitVersion { circuit: CircuitId(C::NUMBER), version: Self::VERSION };
		(circuit, self.verifying.clone())
	}

	/// What a proof is bound to that goes with what a signer asks a chain for.
	pub fn context(&self, genesis: [u8; 32], signer: &Keypair, asked: &Asked) -> Context {
		Context::new(&Binding {
			genesis,
			circuit: C::NUMBER,
			version: Self::VERSION,
			signer: signer.public_key().0,
			request: asked.hash(),
		})
	}

	/// Proves it, and verifies the proof.
	pub fn prove(
		&self,
		public: &C::Public,
		witness: &C::Witness,
		generator: &mut StdRng,
	) -> Result<Proof, BenchError> {
		let proof = self.prover.prove(public, witness, generator);
		let proof = proof.map_err(|error| BenchError::because("a proof", error.to_string()))?;
		Ok(Proof(proof.to_bytes()))
	}
}

/// Has circuits registered, attested and activated.
pub async fn activate(chain: &Chain, circuits: &[Registered]) -> Result<(), BenchError> {
	let (governance, third) = (Signer::read("//Ferdie")?, Signer::read(THIRD)?);
	let (hospital, until) = (InstitutionKind::Hospital, Until::Finalized);
	chain.register_institution(&governance, third.account(), hospital, [8; 32], until).await?;
	for (circuit, key) in circuits {
		let digest = H256(commitment::public(key));
		chain.register_circuit(&governance, *circuit, key.clone(), TRANSCRIPT, until).await?;
		let attested = ATTESTING.iter().map(|operator| async move {
			let operator = Signer::read(operator)?;
			chain.attest_circuit(&operator, *circuit, digest, TRANSCRIPT, until).await
		});
		future::try_join_all(attested).await?;
		chain.activate_circuit(&governance, *circuit, until).await?;
	}
	Ok(())
}

/// Does something with each, on all cores, and gives the results in their order.
pub fn in_parallel<T: Sync, R: Send>(
	items: &[T],
	work: impl Fn(&T, &mut StdRng) -> Result<R, BenchError> + Sync,
) -> Result<Vec<R>, BenchError> {
	let threads = thread::available_parallelism().map_or(1, NonZero::get);
	let size = items.len().div_ceil(threads).max(1);
	let work = &work;
	thread::scope(|scope| {
		let started: Vec<_> = (2u64..)
			.zip(items.chunks(size))
			.map(|(seed, chunk)| {
				scope.spawn(move || {
					let mut generator = StdRng::seed_from_u64(seed);
					let done = chunk.iter().map(|item| work(item, &mut generator));
					done.collect::<Result<Vec<R>, BenchError>>()
				})
			})
			.collect();
		let mut all = Vec::with_capacity(items.len());
		for thread in started {
			let done = thread.join();
			let done = done.map_err(|_| BenchError::because("a thread", "it panicked"))?;
			all.extend(done?);
		}
		Ok(all)
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn results_keep_the_order_of_the_items() {
		let items: Vec<u32> = (0..23).collect();
		assert_eq!(in_parallel(&items, |item, _| Ok(*item)).unwrap(), items);
		assert!(in_parallel(&[] as &[u32], |item, _| Ok(*item)).unwrap().is_empty());
	}

	#[test]
	fn one_failure_fails_all() {
		let fail = |item: &u32, _: &mut StdRng| match item {
			7 => Err(BenchError::because("seven", "no")),
			other => Ok(*other),
		};
		assert!(in_parallel(&[1, 7, 2], fail).is_err());
	}
}
