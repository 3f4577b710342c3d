//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Counts the reads and writes of each call, those of the log included, and adds a generous guess of the
/// time and proof size.
pub struct MockWeight<T>(PhantomData<T>);

/// Reads and writes that an audit entry is taken to cost.
const AUDIT_READS_WRITES: (u64, u64) = (8, 10);
/// Proof size of one item, in bytes.
const ITEM: u64 = 8_192;
/// Validators that there are taken to be at most.
const MOST: u64 = 100;

impl<T: frame_system::Config> MockWeight<T> {
	fn call(reads: u64, writes: u64) -> Weight {
		let (audit_reads, audit_writes) = AUDIT_READS_WRITES;
		let (reads, writes) =
			(reads.saturating_add(audit_reads), writes.saturating_add(audit_writes));
		Weight::from_parts(200_000_000, reads.saturating_mul(ITEM))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	// Reads: institution, former, members, account. Writes: members, account.
	fn add_validator() -> Weight {
		Self::call(4, 2)
	}

	// Reads: members, terms, keys of all, holds, account. Writes: members, former, keys, their owners, account.
	fn remove_validator() -> Weight {
		Self::call(MOST + 6, 7)
	}

	// Reads: members, keys of all. Writes: terms.
	fn set_terms() -> Weight {
		Self::call(MOST + 1, 1)
	}

	// Reads: members, disabled, session, those that validate, those that pallet-session disabled. Writes: disabled,
	// reinstated, those that pallet-session disabled.
	fn reinstate_validator() -> Weight {
		Self::call(5, 3)
	}
}
