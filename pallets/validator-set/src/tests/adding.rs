//! Validators join.

use crate::{mock::*, Error, Event, Members};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, InstitutionId, Subject};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn adding_is_an_event_and_an_entry() {
	on_chain(|| {
		assert_ok!(add(10, 5));
		assert_eq!(
			new_events(),
			[Event::ValidatorAdded { validator: account(10), institution: InstitutionId(5) }]
		);
		assert_eq!(
			log(),
			[AuditEvent {
				on_behalf_of: Some(InstitutionId(5)),
				subject: Subject::Validator { account: account(10).into() },
				..AuditEvent::new(AuditAction::ValidatorAdded)
			}]
		);
		assert_eq!(member(10), crate::Member::new(account(10), InstitutionId(5)));
	});
}

#[test]
fn one_that_is_added_validates_in_the_session_after_next() {
	on_chain(|| {
		join(10, 5);
		assert_eq!(validating(), accounts(0..4));
		next_session();
		assert_eq!(validating(), accounts(0..4));
		assert_eq!(queued(), accounts([0, 1, 2, 3, 10]));
		next_session();
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
	});
}

#[test]
fn adding_fails_for_all_but_governance() {
	on_chain(|| {
		for origin in [signed(0), RuntimeOrigin::none()] {
			assert_noop!(
				ValidatorSet::add_validator(origin, account(10), InstitutionId(5)),
				BadOrigin
			);
		}
	});
}

#[test]
fn adding_fails_when_the_institution_is_unknown_or_suspended() {
	on_chain(|| {
		assert_noop!(add(10, 77), Error::<Test>::InstitutionNotActive);
		suspend(5);
		assert_noop!(add(10, 5), Error::<Test>::InstitutionNotActive);
		reinstate_all();
		assert_ok!(add(10, 5));
	});
}

#[test]
fn an_account_is_a_validator_of_one_institution() {
	on_chain(|| {
		assert_noop!(add(0, 0), Error::<Test>::AlreadyValidator);
		assert_noop!(add(0, 5), Error::<Test>::AlreadyValidator);
	});
}

#[test]
fn adding_fails_when_the_account_was_a_validator_before() {
	on_chain(|| {
		join(10, 5);
		assert_ok!(remove(10));
		assert_noop!(add(10, 5), Error::<Test>::AccountSpent);
		assert_ok!(add(11, 5));
	});
}

#[test]
fn an_institution_has_a_few_validators() {
	on_chain(|| {
		assert_ok!(add(10, 0));
		assert_noop!(add(11, 0), Error::<Test>::TooManyOfInstitution);
		assert_ok!(add(11, 1));
	});
}

#[test]
fn adding_fails_when_there_are_as_many_as_there_may_be() {
	on_chain(|| {
		for number in 4..MOST as u8 {
			assert_ok!(add(number, number.into()));
		}
		assert_eq!(Members::<Test>::get().len(), MOST as usize);
		assert_noop!(add(10, 9), Error::<Test>::TooManyValidators);
	});
}

/// An account without tokens can sign, and have keys, from the moment on in which it is added.
#[test]
fn the_account_of_one_that_is_added_exists() {
	on_chain(|| {
		assert!(!System::account_exists(&account(10)));
		assert_ok!(add(10, 5));
		assert!(System::account_exists(&account(10)));
		assert_eq!(System::providers(&account(10)), 1);
		assert_ok!(set_keys(10, 77));
		assert_eq!(System::consumers(&account(10)), 1);
	});
}
