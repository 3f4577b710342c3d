//! Validators that are found out, and what becomes of them.

use crate::{mock::*, Disabled, Error, Event, ReinstatedIn};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, InstitutionId, Subject};
use pallet_session::{CurrentIndex, QueuedChanged};
use sp_runtime::DispatchError::BadOrigin;

/// An entry about validator 1.
fn entry(action: AuditAction) -> AuditEvent {
	AuditEvent {
		on_behalf_of: Some(InstitutionId(1)),
		subject: Subject::Validator { account: account(1).into() },
		..AuditEvent::new(action)
	}
}

fn now() -> u32 {
	CurrentIndex::<Test>::get()
}

#[test]
fn disabling_is_an_event_and_an_entry() {
	on_chain(|| {
		next_session();
		new_events();
		offend([1], 0);
		let (validator, institution) = (account(1), InstitutionId(1));
		assert_eq!(new_events(), [Event::ValidatorDisabled { validator, institution, session: 0 }]);
		assert_eq!(log(), [entry(AuditAction::ValidatorDisabled)]);
	});
}

#[test]
fn one_that_is_disabled_makes_no_blocks_at_once_and_is_left_out_two_sessions_later() {
	on_chain(|| {
		join(10, 5);
		sessions(2);
		offend([1], now());
		assert_eq!(kept_from_blocks(), [1]);
		next_session();
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
		assert_eq!(kept_from_blocks(), [1]);
		next_session();
		assert_eq!(validating(), accounts([0, 2, 3, 10]));
		assert!(kept_from_blocks().is_empty());
	});
}

#[test]
fn one_that_is_disabled_stays_in_below_the_minimum_and_makes_no_blocks() {
	on_chain(|| {
		offend([1], 0);
		for _ in 0..4 {
			next_session();
			assert_eq!(validating(), accounts(0..4));
			assert_eq!(kept_from_blocks(), [1]);
			assert!(!QueuedChanged::<Test>::get());
		}
		join(10, 5);
		sessions(2);
		assert_eq!(validating(), accounts([0, 2, 3, 10]));
		assert!(kept_from_blocks().is_empty());
	});
}

#[test]
fn those_of_suspended_institutions_come_before_those_that_are_disabled() {
	on_chain(|| {
		join(10, 5);
		join(11, 6);
		join(12, 7);
		sessions(2);
		offend([0, 1], now());
		suspend(2);
		suspend(3);
		sessions(2);
		// Three are sound; the first one of a suspended institution makes four.
		assert_eq!(validating(), accounts([2, 10, 11, 12]));
		suspend(5);
		suspend(6);
		sessions(2);
		assert_eq!(validating(), accounts([2, 3, 10, 12]));
		assert_ok!(set_terms(6, COOLDOWN));
		sessions(2);
		assert_eq!(validating(), accounts([0, 2, 3, 10, 11, 12]));
		assert_eq!(kept_from_blocks(), [0]);
	});
}

#[test]
fn less_than_a_third_of_those_that_validate_are_kept_from_making_blocks() {
	ext_of(starting_with(7)).execute_with(|| {
		offend([4, 2, 0], 0);
		assert_eq!(kept_from_blocks(), [2, 4]);
		assert_eq!(Disabled::<Test>::iter().count(), 3);
	});
	ext_of(starting_with(1)).execute_with(|| {
		offend([0], 0);
		assert!(kept_from_blocks().is_empty());
		sessions(3);
		assert_eq!(validating(), accounts([0]));
	});
}

/// Whoever can make many seem to have voted twice would choose who is left: the minimum, in the order of being added.
#[test]
fn attack_by_having_all_but_a_few_disabled() {
	ext_of(starting_with(7)).execute_with(|| {
		offend([0, 1, 2, 3, 4, 5, 6], 0);
		for _ in 0..3 {
			sessions(2);
			// Less than a third is left out, and less than a third of the others makes no blocks.
			assert_eq!(validating(), accounts(0..5));
			assert_eq!(kept_from_blocks().len(), 1);
		}
	});
	ext_of(starting_with(7)).execute_with(|| {
		offend([4, 2, 0], 0);
		sessions(2);
		assert_eq!(validating(), accounts([0, 1, 3, 5, 6]));
		assert_eq!(kept_from_blocks(), [0]);
	});
}

#[test]
fn one_that_is_disabled_stays_so_when_the_validators_change() {
	on_chain(|| {
		join(10, 5);
		next_session();
		assert!(QueuedChanged::<Test>::get());
		offend([1], now());
		next_session();
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
		assert_eq!(kept_from_blocks(), [1]);
	});
}

#[test]
fn one_that_is_removed_stays_disabled_until_it_takes_part_no_more() {
	on_chain(|| {
		join(10, 5);
		join(11, 6);
		next_session();
		offend([1], now());
		assert_ok!(remove(1));
		next_session();
		assert!(validating().contains(&account(1)));
		assert_eq!(kept_from_blocks(), [1]);
		next_session();
		assert!(!validating().contains(&account(1)));
		assert_eq!(Disabled::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_is_kept_of_one_that_was_reinstated_goes_with_it() {
	on_chain(|| {
		join(10, 5);
		offend([1], 0);
		assert_ok!(reinstate(1));
		assert_ok!(remove(1));
		next_session();
		assert_eq!(ReinstatedIn::<Test>::iter().count(), 0);
	});
}

#[test]
fn nobody_is_disabled_who_is_no_validator_of_the_set() {
	on_chain(|| {
		join(10, 5);
		assert_ok!(remove(1));
		new_events();
		offend([1, 99], 0);
		assert!(new_events().is_empty() && kept_from_blocks().is_empty());
	});
	before_terms(|| {
		offend([1], 0);
		assert!(new_events().is_empty() && kept_from_blocks().is_empty());
	});
}

#[test]
fn one_that_is_disabled_is_not_disabled_again() {
	on_chain(|| {
		offend([1], 0);
		next_session();
		new_events();
		offend([1], 1);
		assert!(new_events().is_empty());
		assert_eq!(Disabled::<Test>::get(account(1)), Some(0));
		assert_eq!(log().len(), 1);
	});
}

#[test]
fn reinstating_is_an_event_and_an_entry() {
	on_chain(|| {
		offend([1], 0);
		new_events();
		assert_ok!(reinstate(1));
		let (validator, institution) = (account(1), InstitutionId(1));
		assert_eq!(new_events(), [Event::ValidatorReinstated { validator, institution }]);
		assert_eq!(log().last(), Some(&entry(AuditAction::ValidatorReinstated)));
	});
}

#[test]
fn one_that_is_reinstated_makes_blocks_at_once_and_is_chosen_again() {
	on_chain(|| {
		join(10, 5);
		sessions(2);
		offend([1], now());
		assert_ok!(reinstate(1));
		assert!(kept_from_blocks().is_empty());
		sessions(2);
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
		offend([1], now());
		sessions(2);
		assert_eq!(validating(), accounts([0, 2, 3, 10]));
		assert_ok!(reinstate(1));
		sessions(2);
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
	});
}

#[test]
fn what_a_reinstated_validator_did_in_earlier_sessions_disables_it_no_more() {
	on_chain(|| {
		sessions(2);
		offend([1], 2);
		assert_ok!(reinstate(1));
		new_events();
		// Nobody knows better than the report when in the set of voters it was.
		for session in 1..4 {
			offend([1], session);
			assert!(new_events().is_empty() && kept_from_blocks().is_empty());
			next_session();
		}
		offend([1], 3);
		assert!(new_events().is_empty() && kept_from_blocks().is_empty());
		offend([1], 4);
		assert_eq!(kept_from_blocks(), [1]);
	});
}

/// Else a vote of before could be dated after.
#[test]
fn the_second_session_after_a_reinstatement_begins_with_another_set_of_the_same() {
	on_chain(|| {
		sessions(2);
		offend([1], 2);
		assert_ok!(reinstate(1));
		assert!(!QueuedChanged::<Test>::get());
		new_events();
		next_session();
		assert!(QueuedChanged::<Test>::get());
		assert_eq!(queued(), accounts(0..4));
		assert!(new_events().is_empty());
		for _ in 0..3 {
			next_session();
			assert!(!QueuedChanged::<Test>::get());
			assert_eq!(validating(), accounts(0..4));
		}
	});
}

/// The set changes, and pallet-session forgets whom it kept from making blocks.
#[test]
fn another_one_stays_disabled_when_a_reinstatement_makes_a_new_set() {
	ext_of(starting_with(7)).execute_with(|| {
		offend([1, 2], 0);
		assert_ok!(set_terms(7, COOLDOWN));
		assert_ok!(reinstate(1));
		sessions(2);
		assert_eq!(validating(), accounts(0..7));
		assert_eq!(kept_from_blocks(), [2]);
	});
}

/// A report names all that were found out in the same round.
#[test]
fn another_offender_of_the_round_does_not_disable_who_was_reinstated() {
	on_chain(|| {
		offend([1], 0);
		next_session();
		assert_ok!(reinstate(1));
		offend([1, 2], 0);
		assert_eq!(kept_from_blocks(), [2]);
	});
}

#[test]
fn reinstating_fails_when_the_validator_is_not_disabled() {
	on_chain(|| {
		assert_noop!(reinstate(1), Error::<Test>::NotDisabled);
		assert_noop!(reinstate(99), Error::<Test>::NotAValidator);
		join(10, 5);
		offend([1], 0);
		assert_ok!(remove(1));
		assert_noop!(reinstate(1), Error::<Test>::NotAValidator);
	});
}

#[test]
fn reinstating_fails_for_all_but_governance() {
	on_chain(|| {
		offend([1], 0);
		for origin in [signed(1), RuntimeOrigin::none()] {
			assert_noop!(ValidatorSet::reinstate_validator(origin, account(1)), BadOrigin);
		}
	});
}
