//! The validators with which a chain starts.

use crate::{mock::*, Pallet, Terms, ValidatorTerms};

fn terms_of(genesis: RuntimeGenesisConfig) -> Option<ValidatorTerms> {
	ext_of(genesis).execute_with(|| {
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		assert!(log().is_empty());
		sessions(3);
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		Terms::<Test>::get()
	})
}

#[test]
fn a_chain_starts_with_the_terms_that_are_shipped() {
	let shipped = ValidatorTerms { minimum: MINIMUM, key_cooldown: COOLDOWN };
	assert_eq!(terms_of(starting_with(4)), Some(shipped));
	assert_eq!(terms_of(starting_with(7)), Some(shipped));
}

#[test]
fn a_chain_with_fewer_validators_starts_with_a_lower_minimum() {
	for count in 1..4 {
		let terms = ValidatorTerms { minimum: count.into(), key_cooldown: COOLDOWN };
		assert_eq!(terms_of(starting_with(count)), Some(terms));
	}
}

#[test]
fn a_chain_of_one_validator_goes_on() {
	ext_of(starting_with(1)).execute_with(|| {
		sessions(3);
		assert_eq!(validating(), accounts([0]));
		suspend(0);
		sessions(3);
		assert_eq!(validating(), accounts([0]));
	});
}

#[test]
fn a_genesis_can_name_its_terms() {
	let mut genesis = starting_with(5);
	genesis.validator_set.minimum = Some(5);
	genesis.validator_set.key_cooldown = Some(0);
	assert_eq!(terms_of(genesis), Some(ValidatorTerms { minimum: 5, key_cooldown: 0 }));
}

#[test]
fn a_chain_without_validators_has_no_terms() {
	assert_eq!(terms_of(starting_with(0)), None);
}

#[test]
fn a_validator_of_the_genesis_can_get_its_keys_later() {
	let mut genesis = starting_with(4);
	genesis.validator_set.validators.push((account(10), 5));
	ext_of(genesis).execute_with(|| {
		set_keys(10, 77).unwrap();
		sessions(2);
		assert_eq!(validating(), accounts([0, 1, 2, 3, 10]));
	});
}

#[test]
fn a_validator_of_the_genesis_has_the_references_of_any_other() {
	ext_of(starting_with(4)).execute_with(|| {
		assert_eq!((System::providers(&account(0)), System::consumers(&account(0))), (1, 1));
	});
	// Whose account exists has what it had besides.
	let mut genesis = starting_with(4);
	genesis.balances.balances.push((account(0), 1_000));
	ext_of(genesis).execute_with(|| {
		assert_eq!((System::providers(&account(0)), System::consumers(&account(0))), (2, 1));
	});
}

#[test]
#[should_panic(expected = "ValidatorMissing")]
fn genesis_fails_when_somebody_validates_who_is_not_in_the_set() {
	let mut genesis = starting_with(4);
	genesis.validator_set.validators.pop();
	ext_of(genesis);
}

#[test]
#[should_panic(expected = "MinimumNotMet")]
fn genesis_fails_when_there_are_fewer_validators_than_the_minimum() {
	let mut genesis = starting_with(4);
	genesis.validator_set.minimum = Some(5);
	ext_of(genesis);
}

#[test]
#[should_panic(expected = "MinimumIsZero")]
fn genesis_fails_when_no_validator_has_keys() {
	let mut genesis = starting_with(0);
	genesis.validator_set.validators.push((account(0), 0));
	ext_of(genesis);
}

#[test]
#[should_panic(expected = "CooldownTooLong")]
fn genesis_fails_when_keys_would_stay_for_too_long() {
	let mut genesis = starting_with(4);
	genesis.validator_set.key_cooldown = Some(LONGEST_COOLDOWN + 1);
	ext_of(genesis);
}

#[test]
#[should_panic(expected = "AlreadyValidator")]
fn genesis_fails_when_a_validator_is_named_twice() {
	let mut genesis = starting_with(4);
	genesis.validator_set.validators.push((account(0), 5));
	ext_of(genesis);
}

#[test]
#[should_panic(expected = "TooManyOfInstitution")]
fn genesis_fails_when_an_institution_has_too_many_validators() {
	let mut genesis = starting_with(4);
	genesis.validator_set.validators.iter_mut().for_each(|(_, institution)| *institution = 0);
	ext_of(genesis);
}

#[test]
#[should_panic(expected = "TooManyValidators")]
fn genesis_fails_when_there_are_too_many_validators() {
	ext_of(starting_with(MOST as u8 + 1));
}
