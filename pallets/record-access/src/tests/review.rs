//! Reviews: who closes them, by when, and what becomes of an institution that does not.

use super::emergency::*;
use crate::{
	mock::*, EmergencyOverrides, EmergencyTerms, EmergencyTermsInForce, Error, Event, GrantStatus,
	Grants, Review, ReviewCounts, ReviewCountsOf,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AssuranceLevel, AuditAction, AuditEvent, AuditOutcome, DenialReason, GrantId, Milliseconds,
	ReviewOutcome, Role, Subject,
};
use sp_runtime::DispatchError;

fn verified(test: impl FnOnce()) {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		test();
	});
}

const DEADLINE: Milliseconds = Milliseconds(START.0 + TERMS.review_within.0);

fn outcome_of_another() -> AuditOutcome {
	assert_ok!(break_glass(another_emergency()));
	last_entry().outcome
}

const BLOCKED: AuditOutcome = AuditOutcome::Denied(DenialReason::ReviewsOverdue);

fn counts() -> ReviewCounts {
	ReviewCountsOf::<Test>::get(CLINIC)
}

#[test]
fn a_closed_review_is_stored_logged_and_announced_and_ends_the_grant() {
	verified(|| {
		let grant = broken(emergency());
		set_time(Milliseconds(START.0 + 1));
		let officer = RuntimeOrigin::signed(OFFICER);
		let found = ReviewOutcome::Violation;
		assert_ok!(RecordAccess::review_break_glass(officer, grant, found, FINDING));
		assert_eq!(
			EmergencyOverrides::<Test>::get(grant).unwrap().review,
			Some(Review {
				reviewer: OFFICER,
				at: Milliseconds(START.0 + 1),
				outcome: found,
				finding: FINDING,
				is_late: false,
			})
		);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(OFFICER),
				on_behalf_of: Some(CLINIC),
				patient: Some(PATIENT),
				purpose: Some(emergency().purpose),
				subject: Subject::BreakGlassReview {
					grant,
					outcome: found,
					finding: FINDING,
					is_late: false,
				},
				context: Some(CONTEXT),
				..AuditEvent::new(AuditAction::EmergencyOverrideReviewed)
			}
		);
		System::assert_has_event(
			Event::BreakGlassReviewed {
				grant,
				patient: PATIENT,
				institution: CLINIC,
				reviewer: OFFICER,
				outcome: found,
				finding: FINDING,
				is_late: false,
				entry: last_index(),
			}
			.into(),
		);
		System::assert_last_event(
			Event::GrantRevoked { grant, by: OFFICER, entry: last_index() }.into(),
		);
		assert_eq!(counts(), ReviewCounts { pending: 0, closed: 1, late: 0 });
	});
}

#[test]
fn nothing_is_seen_after_the_review() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		assert_ok!(disclose(grant, record));
		assert_ok!(review(CLINIC_OPERATOR, grant));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantRevoked);
	});
}

#[test]
fn a_grant_that_ended_by_itself_is_not_withdrawn_by_the_review() {
	verified(|| {
		let grant = broken(emergency());
		set_time(START.saturating_add(HOUR));
		assert_ok!(review(OFFICER, grant));
		assert_eq!(Grants::<Test>::get(grant).unwrap().status, GrantStatus::Active);
		assert!(matches!(
			System::events().pop().unwrap().event,
			RuntimeEvent::RecordAccess(Event::BreakGlassReviewed { .. })
		));
	});
}

#[test]
fn the_operator_and_a_privacy_officer_of_the_institution_may_review() {
	verified(|| {
		for reviewer in [CLINIC_OPERATOR, OFFICER] {
			let grant = broken(another_emergency());
			assert_ok!(review(reviewer, grant));
		}
	});
}

#[test]
fn nobody_else_may_review() {
	verified(|| {
		let grant = broken(emergency());
		// The custodian and the patient, a guardian, somebody with another role, and an officer of
		// another institution.
		let nurse = STRANGER;
		let_act(nurse.clone(), CLINIC, Role::Nurse);
		let_act(GUARDIAN, HOSPITAL, Role::Auditor);
		for other in [CUSTODIAN, PATIENT, GUARDIAN, nurse] {
			assert_noop!(review(other, grant), Error::<Test>::MayNotReview);
		}
	});
}

#[test]
fn who_is_suspended_may_not_review() {
	verified(|| {
		let grant = broken(emergency());
		suspend_operator(CLINIC_OPERATOR);
		refuse_officer(DenialReason::PractitionerSuspended);
		for reviewer in [CLINIC_OPERATOR, OFFICER] {
			assert_noop!(review(reviewer, grant), Error::<Test>::MayNotReview);
		}
	});
}

#[test]
fn a_review_is_closed_once() {
	verified(|| {
		let grant = broken(emergency());
		assert_ok!(review(OFFICER, grant));
		assert_noop!(review(OFFICER, grant), Error::<Test>::ReviewClosed);
		assert_noop!(review(CLINIC_OPERATOR, grant), Error::<Test>::ReviewClosed);
	});
}

#[test]
fn review_fails_when_there_is_nothing_to_review() {
	verified(|| {
		let grant = granted(request());
		assert_noop!(review(OFFICER, grant), Error::<Test>::NotABreakGlass);
		assert_noop!(review(OFFICER, GrantId(9)), Error::<Test>::GrantUnknown);
	});
}

#[test]
fn review_fails_when_the_origin_is_not_signed() {
	run(|| {
		let outcome = ReviewOutcome::Justified;
		let none = RuntimeOrigin::none();
		assert_noop!(
			RecordAccess::review_break_glass(none, GrantId(0), outcome, FINDING),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn a_review_is_late_from_its_deadline_on_and_for_ever() {
	verified(|| {
		let (in_time, late) = (broken(emergency()), broken(another_emergency()));
		set_time(Milliseconds(DEADLINE.0 - 1));
		assert_ok!(review(OFFICER, in_time));
		set_time(DEADLINE);
		assert_ok!(review(OFFICER, late));
		let is_late =
			|grant| EmergencyOverrides::<Test>::get(grant).unwrap().review.unwrap().is_late;
		assert!(!is_late(in_time));
		assert!(is_late(late));
		assert!(matches!(last_entry().subject, Subject::BreakGlassReview { is_late: true, .. }));
		assert_eq!(counts(), ReviewCounts { pending: 0, closed: 2, late: 1 });
		// More time to review makes no late review punctual.
		let terms = EmergencyTerms { review_within: Milliseconds(DEADLINE.0 * 2), ..TERMS };
		EmergencyTermsInForce::<Test>::put(EmergencyTerms {
			review_within: crate::emergency_terms::MAX_REVIEW,
			..terms
		});
		assert!(is_late(late));
		assert_eq!(counts().late, 1);
	});
}

#[test]
fn as_many_overdue_reviews_as_the_terms_allow_block_nobody() {
	verified(|| {
		broken(emergency());
		set_time(DEADLINE);
		assert_eq!(TERMS.max_overdue, 1);
		assert_eq!(outcome_of_another(), AuditOutcome::Success);
	});
}

#[test]
fn more_overdue_reviews_block_the_institution_until_they_are_closed() {
	verified(|| {
		let (first, _second) = (broken(emergency()), broken(another_emergency()));
		set_time(Milliseconds(DEADLINE.0 - 1));
		assert_eq!(outcome_of_another(), AuditOutcome::Success);
		set_time(DEADLINE);
		assert_eq!(outcome_of_another(), BLOCKED);
		assert!(matches!(
			last_entry().subject,
			Subject::BreakGlass { grant: None, overridden: None, .. }
		));
		assert_ok!(review(OFFICER, first));
		assert_eq!(outcome_of_another(), AuditOutcome::Success);
	});
}

#[test]
fn a_blocked_institution_blocks_no_other() {
	verified(|| {
		let_act_verified(PHYSICIAN, HOSPITAL, Role::Emergency);
		broken(emergency());
		broken(another_emergency());
		set_time(DEADLINE);
		assert_eq!(outcome_of_another(), BLOCKED);
		let request = hdx_primitives::AccessRequest {
			on_behalf_of: HOSPITAL,
			role: Role::Emergency,
			..another_emergency()
		};
		assert_ok!(break_glass(request));
		assert_eq!(last_entry().outcome, AuditOutcome::Success);
	});
}

#[test]
fn what_was_broken_before_the_block_goes_on_until_its_end() {
	verified(|| {
		let record = registered(PATIENT);
		broken(emergency());
		broken(another_emergency());
		set_time(Milliseconds(DEADLINE.0 - 1));
		let grant = broken(another_emergency());
		set_time(DEADLINE);
		assert_eq!(outcome_of_another(), BLOCKED);
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn the_limit_of_today_holds_for_the_reviews_of_before() {
	verified(|| {
		broken(emergency());
		set_time(DEADLINE);
		EmergencyTermsInForce::<Test>::put(EmergencyTerms { max_overdue: 0, ..TERMS });
		assert_eq!(outcome_of_another(), BLOCKED);
		EmergencyTermsInForce::<Test>::put(EmergencyTerms { max_overdue: 2, ..TERMS });
		assert_eq!(outcome_of_another(), AuditOutcome::Success);
	});
}

#[test]
fn reviews_are_due_in_the_order_of_their_deadlines_and_not_of_the_emergencies() {
	verified(|| {
		broken(emergency());
		let review_within = Milliseconds(TERMS.review_within.0 / 2);
		EmergencyTermsInForce::<Test>::put(EmergencyTerms {
			review_within,
			max_overdue: 0,
			..TERMS
		});
		let second = broken(another_emergency());
		set_time(START.saturating_add(review_within));
		assert_eq!(outcome_of_another(), BLOCKED);
		assert_ok!(review(OFFICER, second));
		assert_eq!(outcome_of_another(), AuditOutcome::Success);
	});
}
