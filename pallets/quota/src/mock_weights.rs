//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Counts the reads and writes, and adds a generous guess of the time and proof size.
pub struct MockWeight<T>(PhantomData<T>);

/// Proof size of a small storage item, in bytes.
const SMALL_ITEM: u64 = 4_096;

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	fn set_bucket() -> Weight {
		Weight::from_parts(50_000_000, 4 * SMALL_ITEM)
			.saturating_add(T::DbWeight::get().reads_writes(3, 2))
	}

	fn check_quota(leaves: u32, buckets: u32) -> Weight {
		// The exempt signer, the directory (4), the time; limits and content of each bucket.
		let reads = u64::from(buckets).saturating_mul(2).saturating_add(6);
		Weight::from_parts(20_000_000, reads.saturating_mul(SMALL_ITEM))
			.saturating_add(Weight::from_parts(200_000, 0).saturating_mul(leaves.into()))
			.saturating_add(T::DbWeight::get().reads_writes(reads, buckets.into()))
	}

	fn look_up(calls: u32) -> Weight {
		// The signer's bucket, that for emergencies; what tells of each call (2).
		let reads = u64::from(calls).saturating_mul(2).saturating_add(2);
		Weight::from_parts(1_000_000, reads.saturating_mul(SMALL_ITEM))
			.saturating_add(Weight::from_parts(1_000_000, 0).saturating_mul(calls.into()))
			.saturating_add(T::DbWeight::get().reads(reads))
	}

	fn sweep(signers: u32) -> Weight {
		let each = Weight::from_parts(5_000_000, SMALL_ITEM)
			.saturating_add(T::DbWeight::get().reads_writes(1, 1));
		Weight::from_parts(10_000_000, SMALL_ITEM)
			.saturating_add(T::DbWeight::get().reads_writes(2, 1))
			.saturating_add(each.saturating_mul(signers.into()))
	}
}
