//! What happens: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A version of a circuit was registered.
		CircuitRegistered {
			/// Which.
			circuit: CircuitVersion,
			/// The digest of the relation that the key is for.
			relation: H256,
			/// BLAKE2-256 of the key.
			key: H256,
			/// The hash of the ceremony's transcript.
			transcript: H256,
		},
		/// An institution attested the key of a circuit.
		CircuitAttested {
			/// Which.
			circuit: CircuitVersion,
			/// By which institution.
			institution: InstitutionId,
		},
		/// Proofs of a circuit are accepted from now on.
		CircuitActivated {
			/// Which.
			circuit: CircuitVersion,
			/// By how many active institutions its key was attested.
			attested: u32,
		},
		/// Proofs of a circuit are not accepted any more.
		CircuitSuspended {
			/// Which.
			circuit: CircuitVersion,
		},
		/// An institution took back its attestation of the key of a circuit.
		AttestationWithdrawn {
			/// Which.
			circuit: CircuitVersion,
			/// Which institution.
			institution: InstitutionId,
		},
	}
}
