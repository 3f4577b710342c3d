//! What the calls, the extension and the hook cost at their worst.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate::{
	call_tree, Bucket, Call, Config, EmergencyBuckets, InstitutionBuckets, InstitutionLimits,
	Limits, Pallet, SignerBuckets, SponsorDirectory, SweepCursor,
};
use alloc::vec::Vec;
use frame_benchmarking::{account, v2::*};
use frame_support::traits::{EnsureOrigin, Get};
use hdx_primitives::{AccountId, InstitutionId, Milliseconds};

/// Most leaves of a transaction that the extension is measured with.
const MOST_LEAVES: u32 = 1_000;
/// Most signers' buckets that the hook is measured with.
const MOST_SIGNERS: u32 = 1_000;

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper<RuntimeCall> {
	/// A signer for whom so many institutions answer, at least one, and a call that they may send: of so many leaves, or
	/// of one for each of these institutions if those are more, on behalf of each in turn. None of them is looked up
	/// ([`CallClassifier::is_looked_up`](crate::CallClassifier::is_looked_up)).
	fn transaction(leaves: u32, sponsors: u32) -> (AccountId, RuntimeCall);

	/// A signer, and a call of so many protected leaves, of each of which it takes the most to tell: no emergency takes
	/// more. They are all that is looked up.
	fn protected(leaves: u32) -> (AccountId, RuntimeCall);
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
		let (who, _) = T::BenchmarkHelper::transaction(1, 1);
		let institution: InstitutionId = T::Sponsors::sponsors(&who)[0];
		InstitutionBuckets::<T>::insert(institution, owing());
		let limits = Limits { capacity: 7, refill: 3 };

		#[extrinsic_call]
		_(governance as T::RuntimeOrigin, institution, Some(limits));

		assert_eq!(InstitutionLimits::<T>::get(institution), Some(limits));
		Ok(())
	}

	/// Of so many leaves, paid by so many institutions.
	#[benchmark]
	fn check_quota(l: Linear<1, MOST_LEAVES>, s: Linear<1, { T::Sponsors::most_sponsors() }>) {
		let (who, call) = T::BenchmarkHelper::transaction(l, s);
		let sponsors = T::Sponsors::sponsors(&who);
		for sponsor in &sponsors {
			InstitutionBuckets::<T>::insert(sponsor, owing());
			InstitutionLimits::<T>::insert(sponsor, Limits { capacity: u32::MAX, refill: 1 });
		}
		let plan;
		let unused;

		#[block]
		{
			plan = Pallet::<T>::plan(&who, &call).expect("the buckets hold it");
			Pallet::<T>::charge(&who, &plan.charge).expect("the buckets hold it");
			unused = Pallet::<T>::unused_weight(&call, &plan);
		}

		assert!(unused.all_lte(Pallet::<T>::declared_weight(&call)));
		assert_eq!((plan.charge.buckets(), plan.looked_up), (s, 0));
		let spent: u64 = InstitutionBuckets::<T>::iter_values().map(|bucket| bucket.spent).sum();
		assert!(spent >= u64::from(l) * 1_000);
	}

	/// Of so many leaves, each of which is protected.
	#[benchmark]
	fn look_up(p: Linear<1, { T::ProtectedLimits::get().capacity }>) {
		let (who, call) = T::BenchmarkHelper::protected(p);
		SignerBuckets::<T>::insert(&who, owing());
		EmergencyBuckets::<T>::insert(InstitutionId(0), owing());
		let (depth, most) = (T::MaxDepth::get(), T::ProtectedLimits::get().capacity);
		let cost;

		#[block]
		{
			cost = call_tree::cost_of::<T::RuntimeCall, T::Calls>(
				&who,
				&call,
				Vec::new(),
				depth,
				most,
			)
			.expect("it is nested no deeper than calls may be");
			// Whether they hold it.
			Pallet::<T>::own_available(&who);
			EmergencyBuckets::<T>::get(InstitutionId(0));
		}

		assert!(cost.is_protected);
		assert_eq!(cost.looked_up, p);
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
