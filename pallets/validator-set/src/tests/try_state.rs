//! Each broken invariant is found.

use crate::{
	mock::*, Disabled, Former, KeysInForce, Member, Members, Pallet, ReinstatedIn, SessionPeriod,
	Terms, ValidatorTerms,
};
use hdx_primitives::{AccountId, InstitutionId, H256};
use pallet_session::NextKeys;
use sp_runtime::TryRuntimeError;

/// Breaks a chain, and tells what is found.
fn broken(change: impl FnOnce()) -> TryRuntimeError {
	new_test_ext().execute_with(|| {
		join(10, 5);
		sessions(2);
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		change();
		Pallet::<Test>::do_try_state().unwrap_err()
	})
}

fn push(member: Member) {
	Members::<Test>::mutate(|members| members.try_push(member).unwrap());
}

fn change_member(change: impl FnOnce(&mut Member)) {
	Members::<Test>::mutate(|members| change(&mut members[0]));
}

#[test]
fn an_account_that_is_a_validator_twice_is_found() {
	let twice = || push(Member::new(account(0), InstitutionId(9)));
	assert_eq!(broken(twice), "an account is a validator twice".into());
}

#[test]
fn a_validator_that_cannot_sign_is_found() {
	let unknown = || push(Member::new(account(11), InstitutionId(9)));
	assert_eq!(broken(unknown), "the account of a validator does not exist".into());
}

#[test]
fn an_account_that_is_a_validator_again_is_found() {
	let again = || Former::<Test>::insert(account(0), ());
	assert_eq!(broken(again), "an account is a validator again".into());
}

#[test]
fn keys_that_changed_without_having_been_or_later_are_found() {
	let expected: TryRuntimeError = "keys changed that were never there, or will change".into();
	let without_keys = |member: &mut Member| {
		member.keys = None;
		member.keys_changed_in = Some(1);
	};
	assert_eq!(broken(|| change_member(without_keys)), expected);
	let later = |member: &mut Member| {
		member.keys = Some(H256::zero());
		member.keys_changed_in = Some(3);
	};
	assert_eq!(broken(|| change_member(later)), expected);
}

#[test]
fn an_institution_that_has_too_many_validators_is_found() {
	let too_many = || {
		for number in [11, 12] {
			System::inc_providers(&account(number));
			push(Member::new(account(number), InstitutionId(0)));
		}
	};
	assert_eq!(broken(too_many), "an institution has too many validators".into());
}

#[test]
fn terms_that_cannot_be_set_are_found() {
	let expected: TryRuntimeError = "the terms are none that can be set".into();
	for (minimum, key_cooldown) in [(0, 0), (4, LONGEST_COOLDOWN + 1)] {
		let terms = ValidatorTerms { minimum, key_cooldown };
		assert_eq!(broken(|| Terms::<Test>::put(terms)), expected);
	}
}

#[test]
fn fewer_validators_with_keys_than_the_minimum_are_found() {
	let expected: TryRuntimeError = "fewer validators have keys than the minimum".into();
	let without_keys = || (0..2).for_each(|number| NextKeys::<Test>::remove(account(number)));
	assert_eq!(broken(without_keys), expected);
	let terms = ValidatorTerms { minimum: 6, key_cooldown: 0 };
	assert_eq!(broken(|| Terms::<Test>::put(terms)), expected);
}

#[test]
fn a_disabled_account_that_never_was_a_validator_is_found() {
	let stranger = || Disabled::<Test>::insert(account(99), 1);
	assert_eq!(broken(stranger), "an account is disabled that never was a validator".into());
	let later = || Disabled::<Test>::insert(account(0), 3);
	assert_eq!(broken(later), "a validator is disabled for what it has not done yet".into());
}

#[test]
fn a_reinstated_account_that_never_was_a_validator_is_found() {
	let stranger = || ReinstatedIn::<Test>::insert(account(99), 1);
	assert_eq!(broken(stranger), "an account was reinstated that never was a validator".into());
	let later = || ReinstatedIn::<Test>::insert(account(0), 5);
	assert_eq!(broken(later), "a validator was reinstated in a session that is to come".into());
}

#[test]
fn sessions_of_a_length_that_may_not_be_are_found() {
	let expected: TryRuntimeError = "sessions are shorter or longer than they may be".into();
	for period in [0, SHORTEST - 1, LONGEST + 1] {
		assert_eq!(broken(|| SessionPeriod::<Test>::put(period)), expected);
	}
}

#[test]
fn the_keys_in_force_are_those_of_the_validators() {
	let expected: TryRuntimeError =
		"the keys in force are not those of this session's validators".into();
	let change =
		|change: fn(&mut Vec<(AccountId, Keys)>)| broken(|| KeysInForce::<Test>::mutate(change));
	assert_eq!(change(|keys| keys.truncate(1)), expected);
	assert_eq!(change(|keys| keys[0].0 = account(99)), expected);
	assert_eq!(change(|keys| keys.swap(0, 1)), expected);
	// A chain that noted none is not looked at.
	new_test_ext().execute_with(|| {
		KeysInForce::<Test>::kill();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}
