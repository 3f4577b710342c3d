//! Each test is an attack on breaking the glass, and what becomes of it.

use super::emergency::*;
use crate::{mock::*, EmergencyOverrides, Error, GrantRefusal, Grants};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::terminology::purpose, operation_hash, AccessRequest, AssuranceLevel, AuditOutcome,
	DenialReason, Milliseconds, OverrideReason, Role, SecondFactor, Target,
};

fn verified(test: impl FnOnce()) {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		test();
	});
}

fn denied(reason: DenialReason) -> AuditOutcome {
	AuditOutcome::Denied(reason)
}

fn outcome(request: AccessRequest, factor: Option<SecondFactor>) -> AuditOutcome {
	let physician = RuntimeOrigin::signed(PHYSICIAN);
	assert_ok!(RecordAccess::break_glass(physician, request, REASON, factor));
	last_entry().outcome
}

#[test]
fn reviewing_ones_own_break_glass_is_refused() {
	verified(|| {
		let grant = broken(emergency());
		// Not even for somebody who is a privacy officer as well.
		let_act(PHYSICIAN, CLINIC, Role::Auditor);
		assert_noop!(review(PHYSICIAN, grant), Error::<Test>::OwnReview);
	});
}

#[test]
fn reviewing_ones_own_break_glass_with_the_key_that_followed_is_refused() {
	verified(|| {
		let_act(PHYSICIAN, CLINIC, Role::Auditor);
		let grant = broken(emergency());
		rotate(STRANGER);
		assert_noop!(review(STRANGER, grant), Error::<Test>::OwnReview);
	});
}

#[test]
fn reviewing_with_the_key_of_before_what_the_one_that_followed_broke_is_refused() {
	verified(|| {
		rotate(STRANGER);
		let stranger = RuntimeOrigin::signed(STRANGER);
		assert_ok!(RecordAccess::break_glass(stranger, emergency(), REASON, Some(factor())));
		let grant = EmergencyOverrides::<Test>::iter_keys().next().unwrap();
		let_act(PHYSICIAN, CLINIC, Role::Auditor);
		assert_noop!(review(PHYSICIAN, grant), Error::<Test>::OwnReview);
	});
}

#[test]
fn breaking_the_glass_without_the_second_key_is_denied() {
	verified(|| {
		assert_eq!(outcome(emergency(), None), denied(DenialReason::SecondFactorMissing));
	});
}

#[test]
fn breaking_the_glass_with_another_second_key_is_denied() {
	verified(|| {
		let other = sp_core::ed25519::Signature::from_raw([8; 64]).into();
		let factor = SecondFactor { signature: other, ..factor() };
		assert_eq!(outcome(emergency(), Some(factor)), denied(DenialReason::SecondFactorInvalid));
	});
}

#[test]
fn replaying_the_second_keys_signature_is_denied() {
	verified(|| {
		assert_eq!(outcome(emergency(), Some(factor())), AuditOutcome::Success);
		let again = outcome(emergency(), Some(factor()));
		assert_eq!(again, denied(DenialReason::SecondFactorInvalid));
	});
}

#[test]
fn the_second_keys_signature_binds_reason_and_request_and_is_no_ordinary_requests() {
	verified(|| {
		let ordinary = operation_hash(&emergency());
		let operation = |request, reason| hdx_primitives::break_glass_operation(&request, reason);
		let signed = operation(emergency(), REASON);
		assert_ne!(signed, ordinary);
		assert_ne!(signed, operation(emergency(), OverrideReason::PublicSafety));
		let other = AccessRequest { patient: SILENT_PATIENT, ..emergency() };
		assert_ne!(signed, operation(other, REASON));
		assert_eq!(outcome(emergency(), Some(factor())), AuditOutcome::Success);
		assert_eq!(Confirmed::get(), [signed]);
	});
}

#[test]
fn using_a_break_glass_after_its_end_is_refused() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		set_time(Milliseconds(START.0 + HOUR.0 - 1));
		assert_ok!(disclose(grant, record));
		set_time(START.saturating_add(HOUR));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantExpired);
	});
}

#[test]
fn using_a_break_glass_more_often_than_the_terms_allow_is_refused() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		for _ in 0..TERMS.uses {
			assert_ok!(disclose(grant, record));
		}
		assert_noop!(disclose(grant, record), Error::<Test>::GrantUsedUp);
		// A second emergency is a second break-glass, with a review of its own.
		let second = broken(another_emergency());
		assert_ok!(disclose(second, record));
		assert_eq!(EmergencyOverrides::<Test>::iter().count(), 2);
	});
}

#[test]
fn using_a_break_glass_for_another_patient_is_refused() {
	verified(|| {
		let record = registered(SILENT_PATIENT);
		let grant = broken(emergency());
		assert_noop!(disclose(grant, record), Error::<Test>::RecordNotCovered);
	});
}

#[test]
fn using_a_break_glass_for_another_record_is_refused() {
	verified(|| {
		let (asked, other) = (registered(PATIENT), registered(PATIENT));
		let grant = broken(AccessRequest { target: Target::Record(asked), ..emergency() });
		assert_noop!(disclose(grant, other), Error::<Test>::RecordNotCovered);
		assert_ok!(disclose(grant, asked));
	});
}

#[test]
fn using_a_break_glass_after_suspension_is_refused() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		refuse_standing(DenialReason::PractitionerSuspended);
		assert_noop!(disclose(grant, record), Error::<Test>::PractitionerSuspended);
		refuse_standing(DenialReason::InstitutionSuspended);
		assert_noop!(disclose(grant, record), Error::<Test>::InstitutionSuspended);
		set_standing(AssuranceLevel::Attested);
		assert_noop!(disclose(grant, record), Error::<Test>::AssuranceTooLow);
	});
}

#[test]
fn using_a_break_glass_from_an_account_that_was_rotated_away_is_refused() {
	verified(|| {
		let record = registered(PATIENT);
		let grant = broken(emergency());
		rotate(STRANGER);
		refuse_standing(DenialReason::KeyRotated);
		assert_noop!(disclose(grant, record), Error::<Test>::KeyRotated);
		assert_eq!(
			RecordAccess::check_grant(grant, HOSPITAL, START),
			Err(GrantRefusal::Denied(DenialReason::KeyRotated))
		);
	});
}

#[test]
fn breaking_the_glass_after_opting_out_in_the_same_block_is_denied() {
	verified(|| {
		set_opt_out(PATIENT, true);
		let answered = outcome(emergency(), Some(factor()));
		assert_eq!(answered, denied(DenialReason::EmergencyOptOut));
	});
}

#[test]
fn breaking_the_glass_silently_by_an_ordinary_request_is_denied() {
	verified(|| {
		imply(PATIENT);
		for purpose in [purpose::BTG, purpose::ETREAT] {
			let request = AccessRequest { purpose, ..request() };
			let physician = RuntimeOrigin::signed(PHYSICIAN);
			assert_ok!(RecordAccess::request_access(physician, request, Some(factor())));
			assert_eq!(last_entry().outcome, denied(DenialReason::BreakGlassNeeded));
		}
		assert_eq!(Grants::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_self_made_queue_of_reviews_costs_no_more_to_look_at_than_may_be_overdue() {
	verified(|| {
		for _ in 0..50 {
			broken(another_emergency());
		}
		set_time(START.saturating_add(TERMS.review_within));
		assert_eq!(outcome(emergency(), Some(factor())), denied(DenialReason::ReviewsOverdue));
		let standing = RecordAccess::review_standing(CLINIC);
		assert_eq!(standing.counts.pending, 50);
		// Looking stops at the first review that is one too many.
		assert_eq!(standing.overdue, TERMS.max_overdue + 1);
	});
}
