//! The terms of breaking the glass: their bounds, and whom a change concerns.

use super::emergency::*;
use crate::{
	emergency_terms::{MAX_OVERDUE, MAX_REVIEW, MIN_DURATION, MIN_REVIEW},
	mock::*,
	EmergencyOverrides, EmergencyTerms, Error, Event, Grants,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AccessRequest, AssuranceLevel, AuditAction, AuditEvent, Milliseconds};
use sp_runtime::{DispatchError, DispatchResult};

fn set(terms: EmergencyTerms) -> DispatchResult {
	RecordAccess::set_emergency_terms(RuntimeOrigin::root(), terms)
}

#[test]
fn the_terms_as_shipped_are_those_of_the_runtime() {
	run(|| assert_eq!(RecordAccess::emergency_terms(), TERMS));
}

#[test]
fn governance_sets_the_terms() {
	run(|| {
		let terms = EmergencyTerms { max_overdue: 5, ..TERMS };
		assert_ok!(set(terms));
		assert_eq!(RecordAccess::emergency_terms(), terms);
		assert_eq!(last_entry(), AuditEvent::new(AuditAction::EmergencyTermsChanged));
		System::assert_last_event(Event::EmergencyTermsSet { terms, entry: last_index() }.into());
	});
}

#[test]
fn what_was_broken_before_keeps_its_terms() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let grant = broken(emergency());
		let stored = || (Grants::<Test>::get(grant), EmergencyOverrides::<Test>::get(grant));
		let before = stored();
		assert_ok!(set(EmergencyTerms {
			max_duration: MIN_DURATION,
			uses: 1,
			review_within: MIN_REVIEW,
			max_overdue: 0,
			proofs_a_day: 0,
		}));
		assert_eq!(stored(), before);
		assert_noop!(break_glass(another_emergency()), Error::<Test>::EmergencyTooLong);
		let next = broken(AccessRequest { duration: MIN_DURATION, ..another_emergency() });
		assert_eq!(Grants::<Test>::get(next).unwrap().uses_left, 1);
		assert_eq!(
			EmergencyOverrides::<Test>::get(next).unwrap().deadline,
			START.saturating_add(MIN_REVIEW)
		);
	});
}

#[test]
fn set_terms_fails_when_the_origin_is_not_governance() {
	run(|| {
		assert_noop!(
			RecordAccess::set_emergency_terms(RuntimeOrigin::signed(CLINIC_OPERATOR), TERMS),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn the_bounds_themselves_are_allowed() {
	run(|| {
		let longest = MaxEmergencyDuration::get();
		for terms in [
			EmergencyTerms { max_duration: MIN_DURATION, ..TERMS },
			EmergencyTerms { max_duration: longest, ..TERMS },
			EmergencyTerms { uses: 1, ..TERMS },
			EmergencyTerms { uses: MAX_USES, ..TERMS },
			EmergencyTerms { review_within: MIN_REVIEW, ..TERMS },
			EmergencyTerms { review_within: MAX_REVIEW, ..TERMS },
			EmergencyTerms { max_overdue: 0, ..TERMS },
			EmergencyTerms { max_overdue: MAX_OVERDUE, ..TERMS },
		] {
			assert_ok!(set(terms));
		}
	});
}

#[test]
fn set_terms_fails_when_an_emergency_is_shorter_or_longer_than_its_bounds() {
	run(|| {
		let longest = MaxEmergencyDuration::get();
		for max_duration in [
			Milliseconds(0),
			Milliseconds(MIN_DURATION.0 - 1),
			Milliseconds(longest.0 + 1),
			Milliseconds(u64::MAX),
		] {
			let terms = EmergencyTerms { max_duration, ..TERMS };
			assert_noop!(set(terms), Error::<Test>::EmergencyDurationOutOfRange);
		}
	});
}

#[test]
fn set_terms_fails_when_there_are_no_uses_or_too_many() {
	run(|| {
		for uses in [0, MAX_USES + 1, u32::MAX] {
			let terms = EmergencyTerms { uses, ..TERMS };
			assert_noop!(set(terms), Error::<Test>::EmergencyUsesOutOfRange);
		}
	});
}

#[test]
fn set_terms_fails_when_the_review_is_due_too_early_or_too_late() {
	run(|| {
		for review_within in [
			Milliseconds(0),
			Milliseconds(MIN_REVIEW.0 - 1),
			Milliseconds(MAX_REVIEW.0 + 1),
			Milliseconds(u64::MAX),
		] {
			let terms = EmergencyTerms { review_within, ..TERMS };
			assert_noop!(set(terms), Error::<Test>::ReviewDeadlineOutOfRange);
		}
	});
}

#[test]
fn set_terms_fails_when_more_may_be_overdue_than_are_looked_at() {
	run(|| {
		for max_overdue in [MAX_OVERDUE + 1, u32::MAX] {
			let terms = EmergencyTerms { max_overdue, ..TERMS };
			assert_noop!(set(terms), Error::<Test>::OverdueLimitTooHigh);
		}
	});
}
