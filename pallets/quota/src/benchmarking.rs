//! What the calls, the extension and the hook cost at their worst.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{
	Bucket, Call, Config, InstitutionBuckets, InstitutionLimits, Limits, Pallet, SignerBuckets,
	SponsorDirectory, SweepCursor,
};
use alloc::vec::Vec;
use frame_benchmarking::{account, v2::*};
use frame_support::traits::EnsureOrigin;
use hdx_primitives::{AccountId, InstitutionId, Milliseconds};

/// Most leaves of a transaction that the extension is measured with.
const MOST_LEAVES: u32 = 1_000;
/// Most signers' buckets that the hook is measured with.
const MOST_SIGNERS: u32 = 1_000;

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper<RuntimeCall> {
	/// A signer for whom the most institutions answer, and a call of so many leaves that they may
	/// send.
	fn transaction(leaves: u32) -> (AccountId, RuntimeCall);
}

fn owing() -> Bucket {
	Bucket { spent: 1, at: Milliseconds(0) }
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_bucket() -> Result<(), BenchmarkError> {
		let governance =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (who, _) = T::BenchmarkHelper::transaction(1);
		let institution: InstitutionId = T::Sponsors::sponsors(&who)[0];
		InstitutionBuckets::<T>::insert(institution, owing());
		let limits = Limits { capacity: 7, refill: 3 };

		#[extrinsic_call]
		_(governance as T::RuntimeOrigin, institution, Some(limits));

		assert_eq!(InstitutionLimits::<T>::get(institution), Some(limits));
		Ok(())
	}

	#[benchmark]
	fn check_quota(l: Linear<1, MOST_LEAVES>) {
		let (who, call) = T::BenchmarkHelper::transaction(l);
		for sponsor in T::Sponsors::sponsors(&who) {
			InstitutionBuckets::<T>::insert(sponsor, owing());
			InstitutionLimits::<T>::insert(sponsor, Limits { capacity: u32::MAX, refill: 1 });
		}
		SignerBuckets::<T>::insert(&who, owing());

		#[block]
		{
			let charge = Pallet::<T>::plan(&who, &call).expect("the buckets hold it");
			Pallet::<T>::charge(&who, &charge).expect("the buckets hold it");
		}

		let spent: u64 = InstitutionBuckets::<T>::iter_values().map(|bucket| bucket.spent).sum();
		assert!(spent >= u64::from(l) * 1_000);
	}

	#[benchmark]
	fn sweep(s: Linear<0, MOST_SIGNERS>) {
		let signers: Vec<AccountId> = (0..s).map(|index| account("signer", index, 0)).collect();
		for signer in &signers {
			SignerBuckets::<T>::insert(signer, Bucket::default());
		}

		#[block]
		{
			Pallet::<T>::sweep_signers(s.max(1));
		}

		assert!(signers.iter().all(|signer| !SignerBuckets::<T>::contains_key(signer)));
		SweepCursor::<T>::kill();
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
