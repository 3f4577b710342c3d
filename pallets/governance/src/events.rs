//! What happens: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An institution has a seat in its chamber.
		InstitutionSeated {
			/// Which one.
			institution: InstitutionId,
			/// The account that votes for it.
			voter: AccountId,
		},
		/// An institution has no seat any more.
		InstitutionUnseated {
			/// Which one.
			institution: InstitutionId,
		},
		/// Somebody else votes for a seated institution, or nobody. What was voted for it before does not count any more.
		VoterChanged {
			/// Which one.
			institution: InstitutionId,
			/// The account that votes for it from now on. `None`: nobody does.
			voter: Option<AccountId>,
		},
		/// Somebody represents patients in their chamber.
		RepresentativeAppointed {
			/// Who.
			representative: AccountId,
		},
		/// Somebody does not represent patients any more.
		RepresentativeDismissed {
			/// Who.
			representative: AccountId,
		},
	}
}
