//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Counts the reads and writes, and adds a generous guess of the time and proof size.
pub struct MockWeight<T>(PhantomData<T>);

/// Proof size of a small storage item, in bytes.
const SMALL_ITEM: u64 = 4_096;
/// Institutions that are taken to answer for one signer at most.
const MOST_SPONSORS: u64 = 10;

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	fn set_bucket() -> Weight {
		Weight::from_parts(50_000_000, 4 * SMALL_ITEM)
			.saturating_add(T::DbWeight::get().reads_writes(3, 2))
	}

	fn check_quota(leaves: u32) -> Weight {
		// The exempt signer, the directory (3), the signer's bucket, what tells a protected call or
		// an attempt (2), or an emergency (4); limits and bucket of each institution that is charged.
		let charged = u64::from(leaves).min(MOST_SPONSORS);
		let reads = charged.saturating_mul(2).saturating_add(11);
		Weight::from_parts(20_000_000, reads.saturating_mul(SMALL_ITEM))
			.saturating_add(Weight::from_parts(200_000, 0).saturating_mul(leaves.into()))
			.saturating_add(T::DbWeight::get().reads_writes(reads, charged.max(2)))
	}

	fn sweep(signers: u32) -> Weight {
		let each = Weight::from_parts(5_000_000, SMALL_ITEM)
			.saturating_add(T::DbWeight::get().reads_writes(1, 1));
		Weight::from_parts(10_000_000, SMALL_ITEM)
			.saturating_add(T::DbWeight::get().reads_writes(2, 1))
			.saturating_add(each.saturating_mul(signers.into()))
	}
}
