//! Who is chosen for a session.

use crate::{mock::*, Event};
use frame_support::assert_ok;
use pallet_session::{NextKeys, QueuedChanged};

#[test]
fn the_same_validators_are_no_change() {
	on_chain(|| {
		for _ in 0..3 {
			next_session();
			assert_eq!(validating(), accounts(0..4));
			assert!(!QueuedChanged::<Test>::get());
		}
		assert!(new_events().is_empty());
	});
}

#[test]
fn other_validators_are_a_change_and_an_event() {
	on_chain(|| {
		join(10, 5);
		assert_ok!(add(11, 6));
		new_events();
		next_session();
		assert!(QueuedChanged::<Test>::get());
		assert_eq!(new_events(), [Event::ValidatorsChosen { session: 2, chosen: 5, left_out: 1 }]);
		next_session();
		assert!(!QueuedChanged::<Test>::get());
		assert!(new_events().is_empty());
	});
}

#[test]
fn one_without_keys_is_not_chosen_until_it_has_them() {
	on_chain(|| {
		assert_ok!(add(10, 5));
		sessions(3);
		assert_eq!(validating(), accounts(0..4));
		assert_ok!(set_keys(10, 77));
		sessions(2);
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
	});
}

#[test]
fn those_of_a_suspended_institution_are_left_out() {
	on_chain(|| {
		join(10, 5);
		join(11, 5);
		sessions(2);
		suspend(5);
		next_session();
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10, 11]));
		next_session();
		assert_eq!(validating(), accounts(0..4));
		reinstate_all();
		sessions(2);
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10, 11]));
	});
}

#[test]
fn those_of_suspended_institutions_stay_as_long_as_the_minimum_needs_them() {
	on_chain(|| {
		join(10, 5);
		suspend(0);
		suspend(1);
		suspend(5);
		sessions(2);
		// Two are of active institutions; the first two of the others make four.
		assert_eq!(validating(), accounts(0..4));
		join(11, 6);
		sessions(2);
		assert_eq!(validating(), accounts([0, 2, 3, 11]));
		join(12, 7);
		sessions(2);
		assert_eq!(validating(), accounts([2, 3, 11, 12]));
	});
}

#[test]
fn a_chain_goes_on_when_every_institution_is_suspended() {
	on_chain(|| {
		(0..4).for_each(suspend);
		sessions(5);
		assert_eq!(validating(), accounts(0..4));
	});
}

#[test]
fn who_validates_goes_on_before_there_are_terms() {
	before_terms(|| {
		join(10, 5);
		sessions(3);
		assert_eq!(validating(), accounts(0..4));
		for number in 0..4 {
			assert_ok!(add(number, number.into()));
		}
		sessions(3);
		assert_eq!(validating(), accounts(0..4));
		assert_ok!(set_terms(4, COOLDOWN));
		sessions(2);
		assert_eq!(validating(), accounts([10, 0, 1, 2, 3]));
	});
}

/// No call of a runtime that refuses `purge_keys` leads here. If something does, the chain makes blocks all the same.
#[test]
fn who_validates_goes_on_when_fewer_than_the_minimum_have_keys() {
	new_test_ext().execute_with(|| {
		NextKeys::<Test>::remove(account(3));
		sessions(3);
		assert_eq!(validating(), accounts(0..3));
		assert_ok!(set_keys(3, 77));
		sessions(2);
		assert_eq!(validating(), accounts(0..4));
	});
}

/// Those whose keys were planned take part with these, although they were removed meanwhile.
#[test]
fn a_planned_session_keeps_its_keys() {
	on_chain(|| {
		join(10, 5);
		next_session();
		assert_ok!(remove(10));
		assert_eq!(queued(), accounts([0, 1, 2, 3, 10]));
		next_session();
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
		next_session();
		assert_eq!(validating(), accounts(0..4));
	});
}
