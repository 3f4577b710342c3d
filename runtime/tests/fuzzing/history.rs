//! What may only grow from one block to the next.

use hdx_primitives::EntryIndex;
use hdx_runtime::Runtime;
use pallet_audit::{NextEntryIndex, OldestEntry};
use pallet_consent::NextConsentId;
use pallet_record_access::{NextGrantId, NextRecordId};

/// The ends of what is counted, when they were looked at last.
#[derive(Default)]
pub struct History {
	entries: u64,
	oldest: u64,
	consents: u64,
	grants: u64,
	records: u64,
}

impl History {
	/// Asserts that nothing was taken back that was given out, and remembers how far it is now.
	pub fn go_on(&mut self) {
		let EntryIndex(entries) = NextEntryIndex::<Runtime>::get();
		let EntryIndex(oldest) = OldestEntry::<Runtime>::get();
		let present = Self {
			entries,
			oldest,
			consents: NextConsentId::<Runtime>::get(),
			grants: NextGrantId::<Runtime>::get().0,
			records: NextRecordId::<Runtime>::get().0,
		};
		assert!(self.entries <= present.entries, "the log got shorter");
		assert!(self.oldest <= present.oldest, "entries came back that were pruned");
		assert!(self.consents <= present.consents, "a consent's number is given out again");
		assert!(self.grants <= present.grants, "a grant's number is given out again");
		assert!(self.records <= present.records, "a record's number is given out again");
		*self = present;
	}
}
