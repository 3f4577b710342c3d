//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Counts reads and writes, and adds a generous guess of the time and proof size.
pub struct MockWeight<T>(PhantomData<T>);

/// Proof size of one item, in bytes.
const ITEM: u64 = 6_144;
/// Time of a hash, in picoseconds.
const HASH: u64 = 200_000_000;

impl<T: frame_system::Config> MockWeight<T> {
	fn of(time: u64, reads: u64, writes: u64) -> Weight {
		Weight::from_parts(time, reads.saturating_mul(ITEM))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	fn enter_licence() -> Weight {
		Self::of(11 * HASH, 41, 21)
	}

	fn remove_licence() -> Weight {
		Self::of(11 * HASH, 40, 18)
	}

	fn remove_licence_by_governance() -> Weight {
		Self::of(11 * HASH, 18, 18)
	}

	fn appoint_auditor() -> Weight {
		Self::of(HASH, 8, 8)
	}

	fn dismiss_auditor() -> Weight {
		Self::of(HASH, 6, 6)
	}

	fn accept_emergency() -> Weight {
		Self::of(60 * HASH, 14, 4)
	}

	fn forget_slots(slots: u32) -> Weight {
		let slots = u64::from(slots);
		Self::of(HASH, slots.saturating_add(3), slots.saturating_add(1))
	}
}
