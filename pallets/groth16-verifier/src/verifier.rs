//! What other pallets ask: whether a proof holds.

use crate::{
	curve::Hosted,
	types::{CircuitStatus, PreparedKey},
	verify, Circuits, Config, Pallet, PreparedKeys,
};
use hdx_primitives::{
	CircuitVersion, Proof, ProofRefusal, ProofVerifier, ProvenStatement, PublicInput,
	MAX_PROOF_BATCH,
};

impl<T: Config> ProofVerifier for Pallet<T> {
	fn verify(
		circuit: CircuitVersion,
		proof: &Proof,
		inputs: &[PublicInput],
	) -> Result<(), ProofRefusal> {
		verify::verify::<Hosted>(&Self::active_key(circuit)?, proof, inputs)
	}

	fn verify_batch(
		circuit: CircuitVersion,
		statements: &[ProvenStatement],
	) -> Result<(), ProofRefusal> {
		// Before anything is read.
		if statements.is_empty() {
			return Err(ProofRefusal::BatchEmpty);
		}
		if statements.len() > MAX_PROOF_BATCH as usize {
			return Err(ProofRefusal::BatchTooLarge);
		}
		verify::verify_batch::<Hosted>(&Self::active_key(circuit)?, statements)
	}
}

impl<T: Config> Pallet<T> {
	/// The key of a circuit of which proofs are accepted.
	fn active_key(circuit: CircuitVersion) -> Result<PreparedKey, ProofRefusal> {
		let record = Circuits::<T>::get(circuit).ok_or(ProofRefusal::CircuitUnknown)?;
		// Where it came from is asked again: an upgrade may have made a development chain one for production.
		let is_active = matches!(record.status, CircuitStatus::Active { .. });
		if !is_active || !Self::is_accepted(record.origin) {
			return Err(ProofRefusal::CircuitNotActive);
		}
		PreparedKeys::<T>::get(circuit).ok_or(ProofRefusal::KeyDamaged)
	}
}
