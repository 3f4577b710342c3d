//! Attempts of accounts that were given up.

use crate::{mock::*, AttemptBuckets, InstitutionBuckets, Refusal, SignerBuckets};

#[test]
fn an_attempt_of_an_account_that_was_given_up_costs_neither_institution_nor_signer() {
	on_chain(|| {
		assert_eq!(include(given_up(0), attempt()), Ok(()));
		assert_eq!(AttemptBuckets::<Test>::get(A).unwrap().spent, 1_000);
		assert_eq!(InstitutionBuckets::<Test>::get(A), None);
		assert_eq!(SignerBuckets::<Test>::get(given_up(0)), None);
	});
}

#[test]
fn giving_up_more_accounts_makes_no_more_room() {
	on_chain(|| {
		let included: u32 = (0..4).map(|number| flood(given_up(number), attempt(), 50)).sum();
		assert_eq!(included, OWN_LIMITS.capacity);
		assert_eq!(include(given_up(3), attempt()), Err(refused(Refusal::SponsorExhausted)));
		wait(1_000);
		assert_eq!(flood(given_up(3), attempt(), 50), OWN_LIMITS.refill);
	});
}

#[test]
fn attempts_of_accounts_that_were_given_up_come_after_everything_else() {
	on_chain(|| {
		assert_eq!(validate(given_up(0), &attempt()).unwrap().priority, 0);
		flood(operator_of_a(), ordinary(), LIMITS.capacity - 1);
		assert!(validate(operator_of_a(), &ordinary()).unwrap().priority > 0);
	});
}

#[test]
fn an_account_that_was_given_up_may_send_attempts_alone() {
	on_chain(|| {
		let refusal = || Err(refused(Refusal::NoSponsor));
		assert_eq!(include(given_up(0), ordinary()), refusal());
		assert_eq!(include(given_up(0), batch([attempt(), ordinary()])), refusal());
		// Whoever it would be made as was not given up.
		assert_eq!(include(given_up(0), wrapped(attempt(), 1)), refusal());
		assert_eq!(include(stranger(), attempt()), refusal());
		let many = OWN_LIMITS.capacity + 1;
		let too_large = batch((0..many).map(|_| attempt()));
		assert_eq!(include(given_up(0), too_large), Err(refused(Refusal::TooLarge)));
	});
}

#[test]
fn an_attempt_of_anybody_else_is_an_ordinary_call() {
	on_chain(|| {
		assert_eq!(include(patient(), attempt()), Ok(()));
		assert_eq!(AttemptBuckets::<Test>::get(A), None);
		assert_eq!(InstitutionBuckets::<Test>::get(A).unwrap().spent, 1_000);
	});
}
