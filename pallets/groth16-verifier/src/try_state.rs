//! What must hold after every block.

use crate::{
	curve::Hosted,
	key::{self, VerifyingKey},
	types::{CircuitRecord, CircuitStatus},
	Attestations, Circuits, Config, Keys, Pallet, PreparedKeys,
};
use alloc::collections::btree_set::BTreeSet;
use frame_support::{ensure, traits::Get};
use hdx_primitives::CircuitVersion;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that each circuit has its key, as it was registered and as it is verified with, that what is active
	/// was attested often enough, by each institution once, and that nothing is left over.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut circuits = 0u32;
		for (circuit, record) in Circuits::<T>::iter() {
			Self::try_state_key(circuit, &record)?;
			Self::try_state_attestations(circuit, &record)?;
			circuits = circuits.saturating_add(1);
		}
		ensure!(circuits == Circuits::<T>::count(), "circuits are not counted");
		ensure!(circuits <= T::MaxCircuits::get(), "there are too many circuits");
		// Each circuit's keys were found, so equal numbers leave none over.
		let circuits = circuits as usize;
		ensure!(Keys::<T>::iter_keys().count() == circuits, "a key has no circuit");
		ensure!(PreparedKeys::<T>::iter_keys().count() == circuits, "a key has no circuit");
		ensure!(
			Attestations::<T>::iter_keys().all(Circuits::<T>::contains_key),
			"an attestation has no circuit"
		);
		Ok(())
	}

	fn try_state_key(
		circuit: CircuitVersion,
		record: &CircuitRecord,
	) -> Result<(), TryRuntimeError> {
		let bytes = Keys::<T>::get(circuit).ok_or("a circuit has no key")?;
		let key = VerifyingKey::<Hosted>::from_bytes(&bytes).map_err(|_| "a key is none")?;
		let prepared = key.prepare(key::digest(&bytes));
		ensure!(record.key == prepared.digest, "a key is not the one that was registered");
		ensure!(
			record.origin == key.origin
				&& record.relation == key.relation
				&& record.arity == prepared.arity(),
			"a circuit is not what its key says"
		);
		ensure!(
			PreparedKeys::<T>::get(circuit) == Some(prepared),
			"a key is not verified with as it was registered"
		);
		Ok(())
	}

	fn try_state_attestations(
		circuit: CircuitVersion,
		record: &CircuitRecord,
	) -> Result<(), TryRuntimeError> {
		let attested = Attestations::<T>::get(circuit);
		let institutions: BTreeSet<_> = attested.iter().collect();
		ensure!(institutions.len() == attested.len(), "an institution attested a key twice");
		if let CircuitStatus::Active { attested: standing, needed } = record.status {
			ensure!(
				0 < needed && needed <= standing && needed as usize <= attested.len(),
				"an active circuit was not attested often enough"
			);
		}
		Ok(())
	}
}
