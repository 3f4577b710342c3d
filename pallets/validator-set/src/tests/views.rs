//! What is told to who asks.

use crate::{mock::*, ValidatorTerms, ValidatorView};
use frame_support::assert_ok;
use hdx_primitives::InstitutionId;

fn view(number: u8) -> ValidatorView {
	ValidatorSet::validator(account(number)).unwrap()
}

#[test]
fn a_view_tells_how_far_a_validator_has_come() {
	on_chain(|| {
		assert_ok!(add(10, 5));
		let added = ValidatorView {
			account: account(10),
			institution: InstitutionId(5),
			is_institution_active: true,
			has_keys: false,
			is_validating: false,
			keys_fixed_until: None,
			disabled_for: None,
		};
		assert_eq!(view(10), added);
		assert_ok!(set_keys(10, 77));
		let with_keys = ValidatorView { has_keys: true, ..added };
		assert_eq!(view(10), with_keys);
		sessions(2);
		let validating = ValidatorView { is_validating: true, ..with_keys };
		assert_eq!(view(10), validating);
		assert_ok!(set_keys(10, 78));
		next_session();
		let fixed = ValidatorView { keys_fixed_until: Some(3 + COOLDOWN), ..validating };
		assert_eq!(view(10), fixed);
		suspend(5);
		assert_eq!(view(10), ValidatorView { is_institution_active: false, ..fixed });
		sessions(2);
		assert!(!view(10).is_validating);
	});
}

#[test]
fn a_view_tells_for_which_session_a_validator_is_disabled() {
	on_chain(|| {
		let before = view(1);
		assert_eq!(before.disabled_for, None);
		sessions(2);
		offend([1], 1);
		assert_eq!(view(1), ValidatorView { disabled_for: Some(1), ..before.clone() });
		assert_ok!(reinstate(1));
		assert_eq!(view(1), before);
	});
}

#[test]
fn views_tell_of_all_validators_and_of_no_others() {
	on_chain(|| {
		assert_ok!(add(10, 5));
		let all = [view(0), view(1), view(2), view(3), view(10)];
		assert_eq!(ValidatorSet::validators(), all);
		assert_eq!(ValidatorSet::validator(account(11)), None);
	});
}

#[test]
fn a_view_tells_the_terms() {
	on_chain(|| {
		let terms = ValidatorTerms { minimum: MINIMUM, key_cooldown: COOLDOWN };
		assert_eq!(ValidatorSet::terms(), Some(terms));
	});
	before_terms(|| assert_eq!(ValidatorSet::terms(), None));
}
