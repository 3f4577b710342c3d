//! What the pool is told.

use crate::{mock::*, Refusal, PROTECTED_PRIORITY};
use frame_support::assert_storage_noop;

#[test]
fn the_pool_changes_nothing() {
	on_chain(|| {
		for call in [ordinary(), protected(), batch([protected(), ordinary()])] {
			assert_storage_noop!(assert!(validate(patient(), &call).is_ok()));
		}
		assert_storage_noop!(assert!(validate(stranger(), &ordinary()).is_err()));
	});
}

#[test]
fn the_pool_refuses_what_a_block_would_refuse() {
	on_chain(|| {
		let cases = [
			(stranger(), ordinary(), Refusal::NoSponsor),
			(patient(), wrapped(ordinary(), MAX_DEPTH + 1), Refusal::TooDeep),
			(patient(), batch((0..11).map(|_| ordinary())), Refusal::TooLarge),
		];
		for (who, call, refusal) in cases {
			assert_eq!(validate(who.clone(), &call), Err(refused(refusal)));
			assert_eq!(include(who, call), Err(refused(refusal)));
		}
		flood(patient(), protected(), 50);
		assert_eq!(validate(patient(), &ordinary()), Err(refused(Refusal::SponsorExhausted)));
		assert_eq!(validate(patient(), &protected()), Err(refused(Refusal::ProtectedExhausted)));
	});
}

#[test]
fn each_refusal_has_a_number_of_its_own() {
	let codes = [
		Refusal::NoSponsor,
		Refusal::SponsorExhausted,
		Refusal::ProtectedExhausted,
		Refusal::TooDeep,
		Refusal::TooLarge,
	]
	.map(Refusal::code);
	// Clients know them by these numbers.
	assert_eq!(codes, [32, 33, 34, 35, 36]);
}

#[test]
fn protected_calls_come_before_all_others() {
	on_chain(|| {
		let priority = |who, call| validate(who, &call).unwrap().priority;
		assert_eq!(priority(patient(), protected()), PROTECTED_PRIORITY);
		assert_eq!(priority(sudo_key(), ordinary()), PROTECTED_PRIORITY);
		// A tenth of the bucket each.
		assert_eq!(priority(patient(), ordinary()), 900);
		assert_eq!(priority(patient(), batch([protected(), ordinary()])), 800);
	});
}

#[test]
fn whoever_has_spent_more_of_a_bucket_comes_later() {
	on_chain(|| {
		let priority = |who, call| validate(who, &call).unwrap().priority;
		flood(operator_of_a(), ordinary(), 7);
		assert_eq!(priority(patient(), ordinary()), 200);
		assert_eq!(priority(operator_of_b(), ordinary()), 900);
		// Of several sponsors the emptiest counts.
		let both = batch([on_behalf_of(A), on_behalf_of(B)]);
		assert_eq!(priority(practitioner(), both), 200);
		assert_eq!(priority(practitioner(), on_behalf_of(B)), 900);
	});
}

#[test]
fn what_is_dear_comes_behind_what_is_not_even_of_a_full_bucket() {
	on_chain(|| {
		let priority = |who, call| validate(who, &call).unwrap().priority;
		let dear = batch((0..5).map(|_| ordinary()));
		flood(operator_of_b(), ordinary(), 3);
		assert!(priority(operator_of_a(), dear) < priority(operator_of_b(), ordinary()));
	});
}

#[test]
fn what_takes_the_last_unit_comes_before_the_attempts_of_those_who_were_given_up() {
	on_chain(|| {
		let all = batch((0..LIMITS.capacity).map(|_| ordinary()));
		assert_eq!(validate(operator_of_a(), &all).unwrap().priority, 1);
		assert_eq!(validate(given_up(0), &attempt()).unwrap().priority, 0);
	});
}

#[test]
fn protected_calls_that_the_institution_pays_for_wait_with_the_others() {
	on_chain(|| {
		flood(patient(), protected(), OWN_LIMITS.capacity);
		assert_eq!(validate(patient(), &protected()).unwrap().priority, 900);
	});
}
