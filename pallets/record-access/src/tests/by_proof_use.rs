//! Using a grant by proof: all is decided again but the proof.

use crate::{mock::*, Error, GrantRefusal, Grants};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{
	engine::{Obligations, Outcome},
	AuditAction, DenialReason, GrantId, Milliseconds, RecordId, Subject,
};

fn disclose(grant: GrantId, record: RecordId) -> DispatchResult {
	let custodian = RuntimeOrigin::signed(CUSTODIAN);
	plain(RecordAccess::record_disclosure(custodian, grant, record, 1, DISCLOSURE))
}

fn with_grant(test: impl FnOnce(RecordId, GrantId)) {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		let grant = proven(record, 7);
		test(record, grant);
	});
}

#[test]
fn a_grant_by_proof_is_used_and_used_up() {
	with_grant(|record, grant| {
		for _ in 0..MAX_USES {
			assert_ok!(disclose(grant, record));
		}
		let entry = last_entry();
		assert_eq!((entry.action, entry.basis), (AuditAction::Disclosed, None));
		assert_eq!(entry.subject, Subject::Grant { grant, record: Some(record) });
		assert_noop!(disclose(grant, record), Error::<Test>::GrantUsedUp);
	});
}

#[test]
fn using_a_grant_by_proof_fails_after_a_quarter_of_an_hour() {
	with_grant(|record, grant| {
		let end = START.saturating_add(QUARTER);
		set_time(Milliseconds(end.0 - 1));
		assert_ok!(disclose(grant, record));
		set_time(end);
		assert_noop!(disclose(grant, record), Error::<Test>::GrantExpired);
	});
}

#[test]
fn using_a_grant_by_proof_fails_when_a_visible_consent_denies_by_then() {
	with_grant(|record, grant| {
		answer(SILENT_PATIENT, Outcome::Deny, Obligations::default());
		assert_noop!(disclose(grant, record), Error::<Test>::ConsentDenied);
		forget_consents(SILENT_PATIENT);
		assert_ok!(disclose(grant, record));
	});
}

#[test]
fn using_a_grant_by_proof_fails_when_a_visible_consent_permits_by_then() {
	with_grant(|record, grant| {
		// Its obligations and its frequency would be passed by.
		answer(SILENT_PATIENT, Outcome::Permit, redact(1));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantOutdated);
	});
}

#[test]
fn using_a_grant_by_proof_fails_when_the_grantee_may_not_practise_any_more() {
	with_grant(|record, grant| {
		refuse_standing(DenialReason::PractitionerSuspended);
		assert_noop!(disclose(grant, record), Error::<Test>::PractitionerSuspended);
	});
}

#[test]
fn using_a_grant_by_proof_fails_when_the_patient_restricts_by_then() {
	with_grant(|record, grant| {
		let terms = crate::RestrictionTerms::OnlyFor(Default::default());
		let patient = RuntimeOrigin::signed(SILENT_PATIENT);
		assert_ok!(RecordAccess::restrict(patient, SILENT_PATIENT, None, terms));
		assert_noop!(disclose(grant, record), Error::<Test>::RestrictedByPatient);
	});
}

#[test]
fn using_a_grant_by_proof_fails_when_the_record_is_retired_or_erased() {
	with_grant(|record, grant| {
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::retire_record(custodian(), record));
		assert_noop!(disclose(grant, record), Error::<Test>::RecordRetired);
		assert_ok!(RecordAccess::record_erasure(custodian(), record, DISCLOSURE));
		assert_noop!(disclose(grant, record), Error::<Test>::RecordErased);
		let refusal = GrantRefusal::Denied(DenialReason::RecordErased);
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Err(refusal));
	});
}

#[test]
fn using_a_grant_by_proof_fails_when_it_was_withdrawn() {
	with_grant(|record, grant| {
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(SILENT_PATIENT), grant));
		assert_noop!(disclose(grant, record), Error::<Test>::GrantRevoked);
	});
}

#[test]
fn using_a_grant_by_proof_fails_for_another_record() {
	with_grant(|_, grant| {
		let other = with_subject(SILENT_PATIENT);
		assert_noop!(disclose(grant, other), Error::<Test>::RecordNotCovered);
	});
}

#[test]
fn a_grant_that_an_implicit_policy_gave_is_none_by_proof() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		imply(SILENT_PATIENT);
		let grant = granted(by_proof(record));
		assert_eq!(Grants::<Test>::get(grant).unwrap().basis, None);
		forget_consents(SILENT_PATIENT);
		assert_noop!(disclose(grant, record), Error::<Test>::NoConsent);
	});
}
