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
	fn append() -> Weight {
		Self::of(PROOF + 10 * HASH, 15, 16)
	}

	fn revoke() -> Weight {
		Self::of(PROOF + 6 * HASH, 22, 18)
	}

	fn revoke_by_governance() -> Weight {
		Self::of(6 * HASH, 18, 18)
	}

	fn take_snapshot(trees: u32) -> Weight {
		let trees = u64::from(trees);
		Self::of(
			trees.saturating_mul(13 * HASH),
			trees.saturating_mul(5).saturating_add(4),
			trees.saturating_add(2),
		)
	}

	fn register_tag() -> Weight {
		Self::of(HASH, 40, 12)
	}

	fn append_category() -> Weight {
		Self::of(HASH, 6, 6)
	}

	fn state_access() -> Weight {
		Self::of(2 * HASH, 5, 0)
	}

	fn accept_proof() -> Weight {
		Self::of(PROOF, 11, 1)
	}

	fn forget_nullifiers(nullifiers: u32) -> Weight {
		let nullifiers = u64::from(nullifiers);
		Self::of(0, nullifiers.saturating_add(2), nullifiers.saturating_add(1))
	}
}
