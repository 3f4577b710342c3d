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
	}
}
