//! What goes through a bucket.

use crate::{mock::*, Bucket, InstitutionBuckets, Limits, Refusal};
use frame_support::assert_storage_noop;
use hdx_primitives::Milliseconds;

#[test]
fn a_full_bucket_lets_its_capacity_through_and_no_more() {
	on_chain(|| {
		assert_eq!(flood(patient(), ordinary(), 50), LIMITS.capacity);
		assert_eq!(include(patient(), ordinary()), Err(refused(Refusal::SponsorExhausted)));
	});
}

#[test]
fn a_spent_bucket_refills_by_block_time() {
	on_chain(|| {
		flood(patient(), ordinary(), LIMITS.capacity);
		wait(499);
		assert_eq!(flood(patient(), ordinary(), 5), 0);
		wait(1);
		assert_eq!(flood(patient(), ordinary(), 5), 1);
		wait(1_000);
		assert_eq!(flood(patient(), ordinary(), 5), LIMITS.refill);
	});
}

#[test]
fn a_bucket_never_holds_more_than_its_capacity() {
	on_chain(|| {
		flood(patient(), ordinary(), 1);
		wait(u64::MAX / 2);
		assert_eq!(flood(patient(), ordinary(), 50), LIMITS.capacity);
	});
}

#[test]
fn all_for_whom_an_institution_answers_share_its_bucket() {
	on_chain(|| {
		assert_eq!(flood(operator_of_a(), ordinary(), 4), 4);
		assert_eq!(flood(practitioner(), ordinary(), 4), 4);
		assert_eq!(flood(patient(), ordinary(), 4), 2);
	});
}

#[test]
fn a_flooding_institution_does_not_touch_anothers_bucket() {
	on_chain(|| {
		flood(operator_of_a(), ordinary(), 500);
		flood(patient(), batch([ordinary(), ordinary()]), 500);
		assert_eq!(InstitutionBuckets::<Test>::get(B), None);
		assert_eq!(flood(operator_of_b(), ordinary(), 50), LIMITS.capacity);
	});
}

#[test]
fn a_failed_call_is_not_paid_back() {
	on_chain(|| {
		// A signed origin may not set the pages of the heap.
		assert_eq!(flood(operator_of_a(), on_behalf_of(A), 50), LIMITS.capacity);
	});
}

#[test]
fn a_refused_transaction_costs_nothing() {
	on_chain(|| {
		flood(patient(), ordinary(), LIMITS.capacity - 1);
		let pair = batch([ordinary(), ordinary()]);
		assert_storage_noop!(assert_eq!(
			include(patient(), pair),
			Err(refused(Refusal::SponsorExhausted))
		));
		assert_eq!(flood(patient(), ordinary(), 5), 1);
	});
}

#[test]
fn what_a_full_bucket_does_not_hold_is_refused_as_too_large() {
	on_chain(|| {
		let fits = batch((0..LIMITS.capacity).map(|_| ordinary()));
		let larger = batch((0..=LIMITS.capacity).map(|_| ordinary()));
		assert_eq!(include(patient(), larger), Err(refused(Refusal::TooLarge)));
		assert_eq!(include(patient(), fits), Ok(()));
	});
}

#[test]
fn looking_at_a_bucket_often_loses_nothing() {
	let limits = Limits { capacity: 1, refill: 1 };
	let mut bucket = Bucket::default().charged(1, limits, Milliseconds(0)).unwrap();
	for at in 1..1_000 {
		bucket = bucket.settled(limits, Milliseconds(at));
		assert_eq!(bucket.available(limits, Milliseconds(at)), 0);
	}
	assert_eq!(bucket.available(limits, Milliseconds(1_000)), 1);
}

#[test]
fn a_clock_that_goes_back_gives_nothing() {
	let limits = Limits { capacity: 2, refill: 1 };
	let bucket = Bucket::default().charged(2, limits, Milliseconds(5_000)).unwrap();
	let earlier = bucket.settled(limits, Milliseconds(0));
	assert_eq!(earlier, bucket);
	assert_eq!(earlier.available(limits, Milliseconds(5_999)), 0);
}

#[test]
fn the_largest_limits_do_not_overflow() {
	let limits = Limits { capacity: u32::MAX, refill: u32::MAX };
	let bucket = Bucket::default().charged(u32::MAX, limits, Milliseconds(0)).unwrap();
	assert_eq!(bucket.charged(1, limits, Milliseconds(0)), None);
	assert_eq!(bucket.available(limits, Milliseconds(u64::MAX)), u32::MAX);
	assert_eq!(bucket.available(limits, Milliseconds(1_000)), u32::MAX);
}
