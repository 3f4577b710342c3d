//! Validators leave.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, InstitutionId, Subject};
use pallet_session::NextKeys;
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn removing_is_an_event_and_an_entry() {
	on_chain(|| {
		join(10, 5);
		new_events();
		assert_ok!(remove(2));
		assert_eq!(
			new_events(),
			[Event::ValidatorRemoved { validator: account(2), institution: InstitutionId(2) }]
		);
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				on_behalf_of: Some(InstitutionId(2)),
				subject: Subject::Validator { account: account(2).into() },
				..AuditEvent::new(AuditAction::ValidatorRemoved)
			})
		);
	});
}

#[test]
fn one_that_is_removed_validates_until_the_session_after_next() {
	on_chain(|| {
		join(10, 5);
		sessions(2);
		assert_ok!(remove(2));
		let five = accounts([0, 1, 2, 3, 10]);
		assert_eq!(validating(), five);
		next_session();
		assert_eq!(validating(), five);
		next_session();
		assert_eq!(validating(), accounts([0, 1, 3, 10]));
	});
}

#[test]
fn removing_fails_for_all_but_governance() {
	on_chain(|| {
		join(10, 5);
		for origin in [signed(10), RuntimeOrigin::none()] {
			assert_noop!(ValidatorSet::remove_validator(origin, account(10)), BadOrigin);
		}
	});
}

#[test]
fn removing_fails_when_the_account_is_no_validator() {
	on_chain(|| {
		assert_noop!(remove(10), Error::<Test>::NotAValidator);
		join(10, 5);
		assert_ok!(remove(10));
		assert_noop!(remove(10), Error::<Test>::NotAValidator);
	});
}

#[test]
fn removing_fails_when_fewer_than_the_minimum_would_be_left() {
	on_chain(|| {
		for number in 0..4 {
			assert_noop!(remove(number), Error::<Test>::BelowMinimum);
		}
		// One without keys takes nobody's place.
		assert_ok!(add(10, 5));
		assert_noop!(remove(0), Error::<Test>::BelowMinimum);
		assert_ok!(set_keys(10, 77));
		assert_ok!(remove(0));
		assert_noop!(remove(1), Error::<Test>::BelowMinimum);
	});
}

#[test]
fn one_without_keys_is_removed_at_the_minimum() {
	on_chain(|| {
		assert_ok!(add(10, 5));
		assert_ok!(remove(10));
		assert!(!System::account_exists(&account(10)));
	});
}

/// The set takes charge with its first terms, and would go on with a single validator.
#[test]
fn the_first_terms_fail_when_somebody_who_validates_is_not_in_the_set() {
	before_terms(|| {
		let missing = Error::<Test>::ValidatorMissing;
		assert_ok!(add(0, 0));
		assert_noop!(set_terms(1, COOLDOWN), missing);
		for number in 1..4 {
			assert_noop!(set_terms(1, COOLDOWN), Error::<Test>::ValidatorMissing);
			assert_ok!(add(number, number.into()));
		}
		assert_ok!(set_terms(1, COOLDOWN));
	});
}

#[test]
fn removing_fails_before_there_are_terms_when_it_has_keys() {
	before_terms(|| {
		// Who validates becomes a member, and must not vanish from the sessions by a mistake.
		assert_ok!(add(0, 0));
		assert_noop!(remove(0), Error::<Test>::NoTerms);
		assert_ok!(add(10, 5));
		assert_ok!(remove(10));
	});
}

#[test]
fn the_keys_of_one_that_is_removed_are_free_and_its_account_is_gone() {
	on_chain(|| {
		join(10, 5);
		assert_ok!(remove(10));
		assert!(!NextKeys::<Test>::contains_key(account(10)));
		assert!(!System::account_exists(&account(10)));
		assert_ok!(add(11, 5));
		assert_ok!(set_keys(11, 110));
	});
}

#[test]
fn a_validator_of_the_genesis_leaves_nothing_behind() {
	on_chain(|| {
		join(10, 5);
		assert_ok!(remove(0));
		assert!(!System::account_exists(&account(0)));
		assert_noop!(set_keys(0, 77), pallet_session::Error::<Test>::NoAssociatedValidatorId);
	});
}

#[test]
fn an_account_that_is_something_else_as_well_stays() {
	on_chain(|| {
		join(10, 5);
		System::inc_sufficients(&account(10));
		System::inc_providers(&account(10));
		assert_ok!(remove(10));
		assert_eq!(System::providers(&account(10)), 1);
		assert_eq!(System::consumers(&account(10)), 0);
		assert!(System::account_exists(&account(10)));
	});
}

/// Nobody keeps governance from removing them by having something else refer to their account.
#[test]
fn removing_works_when_something_else_needs_the_account() {
	on_chain(|| {
		join(10, 5);
		assert_ok!(System::inc_consumers(&account(10)));
		assert_ok!(remove(10));
		assert_eq!(System::providers(&account(10)), 1);
		assert_eq!(System::consumers(&account(10)), 1);
	});
}
