//! What happens: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A study was registered.
		StudyRegistered {
			/// Its number.
			study: StudyId,
			/// The institution that answers for it.
			sponsor: InstitutionId,
		},
		/// A study was closed: nobody is counted in it any more.
		StudyClosed {
			/// The study.
			study: StudyId,
			/// How many take part.
			count: u32,
		},
		/// Somebody was counted in a study.
		Enrolled {
			/// The study.
			study: StudyId,
			/// What counts them once.
			nullifier: PublicInput,
			/// How many take part now.
			count: u32,
		},
		/// As many take part in a study as it needs.
		CohortReached {
			/// The study.
			study: StudyId,
			/// How many those are.
			count: u32,
		},
		/// The sponsor published the results of a study.
		ResultsPublished {
			/// The study.
			study: StudyId,
			/// BLAKE2-256 of the results.
			results: H256,
			/// How many took part.
			count: u32,
		},
		/// An institution attested values of somebody.
		Attested {
			/// The place of the leaf.
			index: AttestationIndex,
			/// The leaf.
			leaf: PublicInput,
			/// Who attested.
			institution: InstitutionId,
		},
	}
}
