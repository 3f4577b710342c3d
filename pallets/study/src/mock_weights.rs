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
/// Time of verifying a proof, in picoseconds.
const PROOF: u64 = 6_000_000_000;

impl<T: frame_system::Config> MockWeight<T> {
	fn of(time: u64, reads: u64, writes: u64) -> Weight {
		Weight::from_parts(time, reads.saturating_mul(ITEM))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	fn register_study() -> Weight {
		Self::of(HASH, 9, 8)
	}

	fn close_study() -> Weight {
		Self::of(HASH, 9, 7)
	}

	fn publish_results() -> Weight {
		Self::of(HASH, 9, 7)
	}

	fn attest() -> Weight {
		Self::of(20 * HASH, 10, 12)
	}

	fn enrol() -> Weight {
		Self::of(PROOF, 20, 8)
	}
}
