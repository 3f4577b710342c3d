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
		/// Every identifier was given out.
		IdentifiersExhausted,
	}
}
