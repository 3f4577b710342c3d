//! Using a grant of a break-glass by proof: all is decided again but the proof.

use super::emergency::*;
use crate::{mock::*, EmergencyTerms, EmergencyTermsInForce, Error, RoleMatrix};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{terminology::purpose::BTG, Obligations, Outcome},
	AuditAction, DenialReason, GrantId, Milliseconds, RecordId, Role, Subject,
};

fn with_grant(test: impl FnOnce(RecordId, GrantId)) {
	run(|| {
		let record = registered(PATIENT);
		let grant = broken_by_proof(emergency(), 7);
		test(record, grant);
	});
}

#[test]
fn a_grant_of_an_emergency_by_proof_is_used_and_used_up() {
	with_grant(|record, grant| {
		// Whatever the consents say, and whatever becomes of the proof.
		answer(PATIENT, Outcome::Deny, Obligations::default());
		EmergencyAnswer::put(DenialReason::NotProven);
		for _ in 0..TERMS.uses {
			assert_ok!(disclose(grant, record));
		}
		let entry = last_entry();
		assert_eq!((entry.action, entry.basis), (AuditAction::Disclosed, None));
		assert_eq!(
			entry.subject,
			Subject::BreakGlass {
				grant: Some(grant),
				record: Some(record),
				reason: REASON,
				overridden: None,
			}
		);
		assert_noop!(disclose(grant, record), Error::<Test>::GrantUsedUp);
	});
}

#[test]
fn using_an_emergency_by_proof_fails_when_the_institution_does_not_stand_any_more() {
	with_grant(|record, grant| {
		Lacking::insert(CLINIC, DenialReason::InstitutionSuspended);
		assert_noop!(disclose(grant, record), Error::<Test>::InstitutionSuspended);
		Lacking::remove(CLINIC);
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn using_an_emergency_by_proof_fails_when_somebody_else_operates_the_institution() {
	with_grant(|record, grant| {
		suspend_operator(CLINIC_OPERATOR);
		assert_noop!(disclose(grant, record), Error::<Test>::NotAffiliated);
	});
}

#[test]
fn using_an_emergency_by_proof_fails_when_the_matrix_does_not_permit_any_more() {
	with_grant(|record, grant| {
		RoleMatrix::<Test>::remove(Role::Physician, BTG);
		assert_noop!(disclose(grant, record), Error::<Test>::RoleNotPermitted);
	});
}

#[test]
fn using_an_emergency_by_proof_fails_when_the_patient_opted_out_by_then() {
	with_grant(|record, grant| {
		set_opt_out(PATIENT, true);
		assert_noop!(disclose(grant, record), Error::<Test>::EmergencyOptOut);
	});
}

#[test]
fn using_an_emergency_by_proof_fails_when_the_record_is_retired_or_erased() {
	with_grant(|record, grant| {
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::retire_record(custodian(), record));
		assert_noop!(disclose(grant, record), Error::<Test>::RecordRetired);
		assert_ok!(RecordAccess::record_erasure(custodian(), record, DISCLOSURE));
		assert_noop!(disclose(grant, record), Error::<Test>::RecordErased);
	});
}

#[test]
fn using_an_emergency_by_proof_fails_when_it_has_expired() {
	with_grant(|record, grant| {
		set_time(START.saturating_add(HOUR));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantExpired);
	});
}

#[test]
fn using_an_emergency_by_proof_fails_when_it_was_withdrawn_or_reviewed() {
	with_grant(|record, grant| {
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), grant));
		assert_eq!(last_entry().action, AuditAction::EmergencyOverrideStopped);
		assert_noop!(disclose(grant, record), Error::<Test>::GrantRevoked);
		let other = broken_by_proof(emergency(), 8);
		assert_ok!(review(OFFICER, other));
		assert_noop!(disclose(other, record), Error::<Test>::GrantRevoked);
	});
}

#[test]
fn overdue_reviews_end_no_grant_of_an_emergency_by_proof() {
	with_grant(|record, grant| {
		let soon = Milliseconds(1);
		EmergencyTermsInForce::<Test>::put(EmergencyTerms { review_within: soon, ..TERMS });
		for nullifier in 0..3 {
			broken_by_proof(emergency(), nullifier);
		}
		EmergencyTermsInForce::<Test>::put(TERMS);
		set_time(START.saturating_add(soon));
		assert!(RecordAccess::review_standing(CLINIC).is_blocked);
		assert_ok!(disclose(grant, record));
	});
}
