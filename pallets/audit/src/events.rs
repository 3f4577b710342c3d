//! What happened: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod event_list {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An entry was appended to the log.
		EntryRecorded {
			/// Its place in the log.
			index: EntryIndex,
		},
		/// How long entries stay in state was set.
		RetentionSet {
			/// For how long.
			period: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// The turn of entries to be pruned has come.
		EntriesPruned {
			/// The first of them.
			first: EntryIndex,
			/// The first that is not among them.
			next: EntryIndex,
			/// How many of them are kept.
			kept: u32,
		},
		/// A legal hold was placed.
		HoldPlaced {
			/// The hold.
			hold: HoldId,
			/// Why.
			reason: HoldReason,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A legal hold was released.
		HoldReleased {
			/// The hold.
			hold: HoldId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// The times for the steps of a review were set.
		ReviewTermsSet {
			/// The times.
			terms: ReviewTerms,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A patient, or a guardian, had an entry reviewed.
		ReviewRequested {
			/// The entry that is reviewed.
			about: EntryIndex,
			/// The institution that has to answer.
			institution: InstitutionId,
			/// Why.
			reason: ReviewReason,
			/// The first moment at which an answer is late.
			due: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// An institution answered a review.
		ReviewAnswered {
			/// The entry that is reviewed.
			about: EntryIndex,
			/// What it found.
			finding: ReviewFinding,
			/// Salted commitment to the written answer.
			statement: Commitment,
			/// Whether that was too late.
			is_late: bool,
			/// The first moment at which it is too late to take it to governance.
			escalate_by: Milliseconds,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// An institution let the time to answer pass.
		ReviewOverdue {
			/// The entry that is reviewed.
			about: EntryIndex,
			/// The institution.
			institution: InstitutionId,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A review went to governance.
		ReviewEscalated {
			/// The entry that is reviewed.
			about: EntryIndex,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// A review is over.
		ReviewClosed {
			/// The entry that is reviewed.
			about: EntryIndex,
			/// How it ended.
			closure: Closure,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// What raises alerts was set.
		MonitoringSet {
			/// What does now.
			terms: MonitoringTerms,
			/// The entry of the log.
			entry: EntryIndex,
		},
		/// Somebody did more of something in one window than is usual. Once for each window, class
		/// and party.
		SecurityAlert {
			/// Who.
			party: Party,
			/// What.
			class: MonitoredClass,
			/// How often until now.
			count: u32,
			/// The number of the window.
			window: u32,
			/// The entry of the log.
			entry: EntryIndex,
		},
	}
}
