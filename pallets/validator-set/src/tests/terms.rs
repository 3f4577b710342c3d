//! What governance sets.

use crate::{mock::*, Error, Event, Terms, ValidatorTerms};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn setting_terms_is_an_event_and_an_entry() {
	on_chain(|| {
		let terms = ValidatorTerms { minimum: 2, key_cooldown: 5 };
		assert_ok!(ValidatorSet::set_terms(governance(), terms));
		assert_eq!(Terms::<Test>::get(), Some(terms));
		assert_eq!(new_events(), [Event::TermsChanged { terms }]);
		assert_eq!(log(), [AuditEvent::new(AuditAction::ValidatorTermsChanged)]);
	});
}

#[test]
fn setting_terms_fails_for_all_but_governance() {
	on_chain(|| {
		let terms = ValidatorTerms { minimum: 1, key_cooldown: 0 };
		for origin in [signed(0), RuntimeOrigin::none()] {
			assert_noop!(ValidatorSet::set_terms(origin, terms), BadOrigin);
		}
	});
}

#[test]
fn setting_terms_fails_when_nobody_would_have_to_validate() {
	on_chain(|| {
		assert_noop!(set_terms(0, COOLDOWN), Error::<Test>::MinimumIsZero);
	});
}

#[test]
fn setting_terms_fails_when_fewer_have_keys() {
	on_chain(|| {
		assert_noop!(set_terms(5, COOLDOWN), Error::<Test>::MinimumNotMet);
		assert_ok!(add(10, 5));
		assert_noop!(set_terms(5, COOLDOWN), Error::<Test>::MinimumNotMet);
		assert_ok!(set_keys(10, 77));
		assert_ok!(set_terms(5, COOLDOWN));
		assert_noop!(remove(0), Error::<Test>::BelowMinimum);
	});
}

#[test]
fn setting_terms_fails_when_keys_would_stay_for_too_long() {
	on_chain(|| {
		assert_noop!(set_terms(4, LONGEST_COOLDOWN + 1), Error::<Test>::CooldownTooLong);
		assert_ok!(set_terms(4, LONGEST_COOLDOWN));
	});
}

#[test]
fn with_a_lower_minimum_more_can_be_removed() {
	on_chain(|| {
		assert_ok!(set_terms(2, COOLDOWN));
		assert_ok!(remove(0));
		assert_ok!(remove(1));
		assert_noop!(remove(2), Error::<Test>::BelowMinimum);
		sessions(2);
		assert_eq!(validating(), accounts([2, 3]));
	});
}
