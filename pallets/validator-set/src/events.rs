//! What happens: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A validator was added. It is chosen once it has session keys.
		ValidatorAdded {
			/// Its account.
			validator: AccountId,
			/// The institution whose machine it is.
			institution: InstitutionId,
		},
		/// A validator was removed. It makes blocks until the session after next.
		ValidatorRemoved {
			/// Its account.
			validator: AccountId,
			/// The institution whose machine it was.
			institution: InstitutionId,
		},
		/// Governance set the terms of validators.
		TermsChanged {
			/// The terms from now on.
			terms: ValidatorTerms,
		},
		/// Others were chosen for a session than validate in the one before.
		ValidatorsChosen {
			/// The session, which is the next one.
			session: SessionIndex,
			/// How many were chosen.
			chosen: u32,
			/// How many were not: they have no session keys, or their institution is not active.
			left_out: u32,
		},
		/// A validator has other session keys than before.
		KeysChanged {
			/// Its account.
			validator: AccountId,
			/// The session from which on it may change them again.
			fixed_until: SessionIndex,
		},
		/// A validator was found out, and is disabled until governance reinstates it.
		ValidatorDisabled {
			/// Its account.
			validator: AccountId,
			/// The institution whose machine it is.
			institution: InstitutionId,
			/// The session in which it did what it is disabled for.
			session: SessionIndex,
		},
		/// Governance reinstated a validator that was disabled.
		ValidatorReinstated {
			/// Its account.
			validator: AccountId,
			/// The institution whose machine it is.
			institution: InstitutionId,
		},
	}
}
