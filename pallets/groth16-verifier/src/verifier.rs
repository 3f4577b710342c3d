//! What other pallets ask: whether a proof holds.

use crate::{
	curve::Hosted,
	types::{CircuitStatus, PreparedKey},
	verify, Circuits, Config, Pallet, PreparedKeys,
};
use hdx_primitives::{
	CircuitVersion, Proof, ProofRefusal, ProofVerifier, ProvenStatement, PublicInput, H256,
	MAX_PROOF_BATCH,
};

impl<T: Config> ProofVerifier for Pallet<T> {
	fn verify(
		circuit: CircuitVersion,
		relation: H256,
		proof: &Proof,
		inputs: &[PublicInput],
	) -> Result<(), ProofRefusal> {
		verify::verify::<Hosted>(&Self::active_key(circuit, relation)?, proof, inputs)
	}

	fn verify_batch(
		circuit: CircuitVersion,
		relation: H256,
		statements: &[ProvenStatement],
	) -> Result<(), ProofRefusal> {
		// Before anything is read.
		if statements.is_empty() {
			return Err(ProofRefusal::BatchEmpty);
		}
		if statements.len() > MAX_PROOF_BATCH as usize {
			return Err(ProofRefusal::BatchTooLarge);
		}
		verify::verify_batch::<Hosted>(&Self::active_key(circuit, relation)?, statements)
	}

	fn is_active(circuit: CircuitVersion, relation: H256) -> bool {
		Self::active(circuit, relation).is_ok()
	}
}

impl<T: Config> Pallet<T> {
	/// What the key of a circuit is for, by the circuit itself: whoever merely asks about proofs reads it there. Zero
	/// where there is none, which verifying refuses before it compares.
	pub(crate) fn relation(circuit: CircuitVersion) -> H256 {
		Circuits::<T>::get(circuit).map_or(H256::zero(), |found| found.relation)
	}

	/// The key of a circuit of which proofs are accepted, if it is for this relation.
	fn active_key(circuit: CircuitVersion, relation: H256) -> Result<PreparedKey, ProofRefusal> {
		Self::active(circuit, relation)?;
		PreparedKeys::<T>::get(circuit).ok_or(ProofRefusal::KeyDamaged)
	}

	/// Fails unless proofs of the circuit are accepted, and are about this relation.
	fn active(circuit: CircuitVersion, relation: H256) -> Result<(), ProofRefusal> {
		let record = Circuits::<T>::get(circuit).ok_or(ProofRefusal::CircuitUnknown)?;
		// Where it came from is asked again: an upgrade may have made a development chain one for production.
		let is_active = matches!(record.status, CircuitStatus::Active { .. });
		if !is_active || !Self::is_accepted(record.origin) {
			return Err(ProofRefusal::CircuitNotActive);
		}
		if record.relation != relation {
			return Err(ProofRefusal::WrongRelation);
		}
		Ok(())
	}
}
