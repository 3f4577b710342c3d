//! Buckets that are full again are forgotten.

use crate::{mock::*, mock_weights::MockWeight, Pallet, SignerBuckets, SweepCursor, WeightInfo};
use frame_support::{traits::Hooks, weights::Weight};

/// More than one block looks at.
const SIGNERS: u8 = 10;
const MAX_SWEEP: u32 = 4;

fn each_signer_spends(units: u32) {
	for name in 0..SIGNERS {
		assert_eq!(flood(account(100 + name), protected(), units), units);
	}
}

fn idle(remaining: Weight) -> Weight {
	Pallet::<Test>::on_idle(1, remaining)
}

fn remembered() -> usize {
	SignerBuckets::<Test>::iter().count()
}

#[test]
fn full_buckets_are_forgotten_some_each_block() {
	on_chain(|| {
		each_signer_spends(1);
		wait(1_000);
		let mut left = Vec::new();
		for _ in 0..3 {
			assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
			idle(Weight::MAX);
			left.push(remembered());
		}
		assert_eq!(left, [6, 2, 0]);
		assert_eq!(SweepCursor::<Test>::get(), None);
	});
}

#[test]
fn buckets_that_are_not_full_are_kept() {
	on_chain(|| {
		each_signer_spends(2);
		wait(1_000);
		for _ in 0..10 {
			idle(Weight::MAX);
		}
		assert_eq!(remembered(), usize::from(SIGNERS));
	});
}

#[test]
fn every_bucket_has_its_turn_whoever_comes_meanwhile() {
	on_chain(|| {
		each_signer_spends(2);
		idle(Weight::MAX);
		wait(1_000);
		// Some become busy again, the others fill up.
		for name in 0..3 {
			include(account(100 + name), protected()).unwrap();
		}
		wait(1_000);
		for _ in 0..6 {
			idle(Weight::MAX);
		}
		assert_eq!(remembered(), 3);
	});
}

#[test]
fn a_bucket_that_is_forgotten_was_full() {
	on_chain(|| {
		each_signer_spends(1);
		wait(1_000);
		for _ in 0..3 {
			idle(Weight::MAX);
		}
		flood(operator_of_a(), ordinary(), 100);
		assert_eq!(flood(account(100), protected(), 50), OWN_LIMITS.capacity);
	});
}

#[test]
fn no_more_is_looked_at_than_the_block_has_weight_for() {
	on_chain(|| {
		each_signer_spends(1);
		wait(1_000);
		let of = MockWeight::<Test>::sweep;
		assert_eq!(idle(Weight::zero()), Weight::zero());
		assert_eq!(idle(of(1) - Weight::from_parts(1, 0)), Weight::zero());
		assert_eq!(idle(of(1) - Weight::from_parts(0, 1)), Weight::zero());
		assert_eq!(remembered(), 10);
		assert_eq!(idle(of(2)), of(2));
		assert_eq!(remembered(), 8);
		assert_eq!(idle(Weight::MAX), of(MAX_SWEEP));
		assert_eq!(remembered(), 4);
	});
}
