//! Why calls are refused: a section of the pallet.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod error_list {
	/// Why a call was refused.
	#[pallet::error]
	#[derive(PartialEq, Eq)]
	pub enum Error<T> {
		/// Entries have to stay in state longer than that.
		RetentionTooShort,
		/// Entries cannot stay in state that long.
		RetentionTooLong,
		/// There are as many legal holds as there can be. Release one first.
		TooManyHolds,
		/// There is no such hold, or it was released.
		HoldUnknown,
		/// The account is not a patient.
		PatientUnknown,
		/// The case names no entries.
		NoEntries,
		/// The case does not name its entries in the order of the log, each once.
		EntriesNotOrdered,
		/// The entry is not in state: it was pruned, or never written.
		EntryUnknown,
		/// The entry is about somebody else, for whom the signer does not stand in.
		NotYourEntry,
		/// The entry is the answer of a review. Take it to governance instead.
		ReviewOfReview,
		/// Nobody acted for an institution there, so none can answer.
		NoInstitutionActed,
		/// The entry is being reviewed, or was.
		ReviewExists,
		/// There are as many open reviews about the patient as there can be.
		TooManyReviews,
		/// Nobody asked for a review of this entry, or it was pruned.
		ReviewUnknown,
		/// The signer does not operate the institution that acted, or it is suspended.
		NotTheInstitution,
		/// The institution has answered.
		ReviewAnswered,
		/// Governance has to decide now.
		ReviewEscalated,
		/// The review is over.
		ReviewClosed,
		/// The institution still has time to answer.
		AnswerNotDue,
		/// The time to take the answer to governance is over.
		EscalationTooLate,
		/// Nobody took the review to governance.
		ReviewNotEscalated,
		/// A step of a review needs more time than that, or less.
		ReviewPeriodOutOfBounds,
		/// The window is too short or too long.
		WindowOutOfBounds,
		/// A threshold of zero would raise an alert about nothing. `None` raises none.
		ThresholdZero,
		/// The threshold is higher than what can be counted.
		ThresholdTooHigh,
		/// Every identifier was given out.
		IdentifiersExhausted,
	}
}
