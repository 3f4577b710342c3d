//! Who reviews a break-glass by proof, and what becomes of an institution where nobody does.

use super::emergency::*;
use crate::{
	mock::*, EmergencyOverrides, Error, GrantStatus, Grants, ReviewCounts, ReviewCountsOf,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AssuranceLevel, AuditAction, DenialReason, GrantId, Milliseconds, Role};

fn with_broken(test: impl FnOnce(GrantId)) {
	run(|| test(broken_by_proof(emergency(), 7)));
}

#[test]
fn a_privacy_officer_without_a_licence_reviews_a_break_glass_by_proof() {
	with_broken(|grant| {
		assert_ok!(review(OFFICER, grant));
		assert_eq!(last_entry().action, AuditAction::EmergencyOverrideReviewed);
		assert!(EmergencyOverrides::<Test>::get(grant).unwrap().review.is_some());
		assert_eq!(Grants::<Test>::get(grant).unwrap().status, GrantStatus::Revoked);
		assert_noop!(review(OFFICER, grant), Error::<Test>::ReviewClosed);
	});
}

#[test]
fn review_fails_when_the_reviewer_ever_had_a_licence_in_the_tree() {
	with_broken(|grant| {
		EverLicensed::insert(OFFICER, ());
		assert_noop!(review(OFFICER, grant), Error::<Test>::ReviewerHadLicence);
		EverLicensed::remove(OFFICER);
		assert_ok!(review(OFFICER, grant));
	});
}

#[test]
fn a_licence_keeps_nobody_from_reviewing_what_was_not_by_proof() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let grant = broken(emergency());
		EverLicensed::insert(OFFICER, ());
		assert_ok!(review(OFFICER, grant));
	});
}

#[test]
fn review_fails_when_the_operator_signed_it() {
	with_broken(|grant| {
		assert_noop!(review(CLINIC_OPERATOR, grant), Error::<Test>::OwnReview);
	});
}

#[test]
fn review_fails_when_another_operator_of_the_institution_closes_it() {
	with_broken(|grant| {
		// Even one who is a privacy officer besides: whoever operates it says that it was right.
		let_operate(OFFICER, CLINIC);
		assert_noop!(review(OFFICER, grant), Error::<Test>::MayNotReview);
	});
}

#[test]
fn review_fails_when_the_reviewer_is_no_privacy_officer_of_the_institution() {
	with_broken(|grant| {
		let_act(STRANGER, HOSPITAL, Role::Auditor);
		for who in [STRANGER, PHYSICIAN, CUSTODIAN, PATIENT] {
			assert_noop!(review(who, grant), Error::<Test>::MayNotReview);
		}
		refuse_officer(DenialReason::PractitionerSuspended);
		assert_noop!(review(OFFICER, grant), Error::<Test>::MayNotReview);
	});
}

#[test]
fn a_review_of_a_proof_is_counted_is_late_and_blocks_as_any() {
	run(|| {
		let first = broken_by_proof(emergency(), 1);
		broken_by_proof(emergency(), 2);
		let counts = || ReviewCountsOf::<Test>::get(CLINIC);
		assert_eq!(counts(), ReviewCounts { pending: 2, closed: 0, late: 0 });
		set_time(Milliseconds(START.0 + TERMS.review_within.0));
		let standing = RecordAccess::review_standing(CLINIC);
		assert_eq!((standing.overdue, standing.is_blocked), (2, true));
		// Whoever breaks it by name is blocked by it as well.
		set_standing(AssuranceLevel::Verified);
		assert_ok!(break_glass(another_emergency()));
		let blocked = hdx_primitives::AuditOutcome::Denied(DenialReason::ReviewsOverdue);
		assert_eq!(last_entry().outcome, blocked);
		assert_ok!(review(OFFICER, first));
		assert_eq!(counts(), ReviewCounts { pending: 1, closed: 1, late: 1 });
		assert!(!RecordAccess::review_standing(CLINIC).is_blocked);
		broken_by_proof(emergency(), 3);
	});
}
