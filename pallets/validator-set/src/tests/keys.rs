//! Session keys, and how often they change.

use crate::{mock::*, Event, MayChangeKeys, Pallet};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, InstitutionId, Subject};
use pallet_session::{Error, QueuedKeys};
use sp_runtime::traits::{BlakeTwo256, Convert, Hash};

/// The keys with which a validator is planned.
fn planned_keys(who: u8) -> Option<Keys> {
	let queued = QueuedKeys::<Test>::get();
	queued.into_iter().find(|(validator, _)| *validator == account(who)).map(|(_, keys)| keys)
}

/// Asserts that nobody takes keys from this validator now.
fn assert_fixed(who: u8) {
	assert_noop!(set_keys(who, 99), Error::<Test>::NoAssociatedValidatorId);
	assert!(!Pallet::<Test>::may_change_keys(&account(who)));
}

#[test]
fn only_validators_set_keys() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		System::inc_providers(&account(10));
		assert_fixed(10);
		assert_eq!(MayChangeKeys::<Test>::convert(account(10)), None);
		assert_eq!(MayChangeKeys::<Test>::convert(account(0)), Some(account(0)));
	});
}

#[test]
fn other_keys_take_effect_in_the_session_after_next() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		assert_eq!(planned_keys(0), Some(keys(0)));
		next_session();
		assert_eq!(planned_keys(0), Some(keys(77)));
		assert!(pallet_session::QueuedChanged::<Test>::get());
	});
}

#[test]
fn keys_that_were_changed_stay_for_the_cooldown() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		next_session();
		assert_eq!(
			new_events(),
			[Event::KeysChanged { validator: account(0), fixed_until: 1 + COOLDOWN }]
		);
		for _ in 0..COOLDOWN {
			assert_fixed(0);
			next_session();
		}
		assert_ok!(set_keys(0, 78));
		next_session();
		assert_fixed(0);
		assert_eq!(planned_keys(0), Some(keys(78)));
	});
}

/// What the log says of the keys of a validator, whose institution has its number.
fn entry(who: u8, institution: u32, number: u64) -> AuditEvent {
	AuditEvent {
		actor: Some(account(who)),
		on_behalf_of: Some(InstitutionId(institution)),
		subject: Subject::SessionKeys {
			account: account(who).into(),
			keys: keys(number).using_encoded(BlakeTwo256::hash),
		},
		..AuditEvent::new(AuditAction::SessionKeysChanged)
	}
}

#[test]
fn other_keys_leave_an_entry_when_a_session_is_planned_with_them() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		assert!(log().is_empty());
		next_session();
		assert_eq!(log(), [entry(0, 0, 77)]);
		sessions(3);
		assert_eq!(log().len(), 1);
	});
}

#[test]
fn the_first_keys_leave_an_entry() {
	on_chain(|| {
		join(10, 5);
		next_session();
		assert_eq!(log().last(), Some(&entry(10, 5, 110)));
	});
}

#[test]
fn keys_that_no_session_was_planned_with_leave_no_entry() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		assert_ok!(set_keys(0, 0));
		next_session();
		assert!(log().is_empty());
	});
}

#[test]
fn the_keys_of_the_genesis_leave_no_entries() {
	on_chain(|| {
		assert!(member(0).keys.is_some());
		sessions(2);
		assert!(log().is_empty());
	});
}

#[test]
fn keys_can_be_set_again_until_a_session_is_planned() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		assert_ok!(set_keys(0, 78));
		assert_ok!(set_keys(0, 79));
		next_session();
		assert_eq!(planned_keys(0), Some(keys(79)));
		assert_eq!(new_events().len(), 1);
		assert_fixed(0);
	});
}

#[test]
fn keys_that_are_as_before_when_a_session_is_planned_are_no_change() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		assert_ok!(set_keys(0, 0));
		next_session();
		assert!(new_events().is_empty());
		assert_ok!(set_keys(0, 77));
	});
}

#[test]
fn the_first_keys_are_no_change() {
	on_chain(|| {
		join(10, 5);
		next_session();
		assert_eq!(member(10).keys_changed_in, None);
		assert_ok!(set_keys(10, 77));
		next_session();
		assert_eq!(member(10).keys_changed_in, Some(2));
		assert_fixed(10);
	});
}

#[test]
fn the_cooldown_of_one_validator_is_none_of_another() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		next_session();
		assert_fixed(0);
		assert_ok!(set_keys(1, 78));
	});
}

#[test]
fn governance_lets_validators_out_of_a_cooldown_and_into_it() {
	on_chain(|| {
		assert_ok!(set_keys(0, 77));
		next_session();
		assert_fixed(0);
		assert_ok!(set_terms(MINIMUM, 0));
		assert_ok!(set_keys(0, 78));
		next_session();
		assert_ok!(set_keys(0, 79));
		assert_ok!(set_terms(MINIMUM, COOLDOWN));
		assert_fixed(0);
	});
}

#[test]
fn nobody_waits_before_there_are_terms() {
	before_terms(|| {
		assert_ok!(add(0, 0));
		next_session();
		for number in 70..73 {
			assert_ok!(set_keys(0, number));
			next_session();
		}
	});
}

#[test]
fn keys_of_another_validator_are_refused() {
	on_chain(|| {
		assert_noop!(set_keys(0, 1), Error::<Test>::DuplicatedKey);
	});
}

#[test]
fn keys_that_nobody_proves_to_have_are_refused() {
	on_chain(|| {
		assert_noop!(Session::set_keys(signed(0), keys(77), vec![]), Error::<Test>::InvalidProof);
	});
}
