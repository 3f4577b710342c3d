//! Withdrawing grants.

use crate::{mock::*, Error, Event, GrantStatus, Grants};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccessRequest, AccountId, AuditAction, AuditEvent, GrantId, InstitutionId, Subject, Target,
};
use sp_runtime::DispatchError;

fn revoke(who: AccountId, grant: GrantId) -> Result<(), DispatchError> {
	RecordAccess::revoke_grant(RuntimeOrigin::signed(who), grant)
}

fn granted_for_one_record() -> GrantId {
	let record = registered(PATIENT);
	granted(AccessRequest { target: Target::Record(record), ..request() })
}

fn assert_revoked(grant: GrantId, by: AccountId, institution: Option<InstitutionId>) {
	let stored = Grants::<Test>::get(grant).unwrap();
	assert_eq!(stored.status, GrantStatus::Revoked);
	assert_eq!(
		last_entry(),
		AuditEvent {
			actor: Some(by.clone()),
			on_behalf_of: institution,
			patient: Some(PATIENT),
			purpose: Some(stored.request.purpose),
			subject: Subject::Grant { grant, record: stored.record() },
			basis: Some(BASIS),
			context: Some(CONTEXT),
			..AuditEvent::new(AuditAction::GrantRevoked)
		}
	);
	System::assert_last_event(Event::GrantRevoked { grant, by, entry: last_index() }.into());
}

#[test]
fn the_patient_revokes() {
	run(|| {
		let grant = granted_for_one_record();
		assert_ok!(revoke(PATIENT, grant));
		assert_revoked(grant, PATIENT, None);
	});
}

#[test]
fn the_custodian_of_the_record_revokes() {
	run(|| {
		let grant = granted_for_one_record();
		assert_ok!(revoke(CUSTODIAN, grant));
		assert_revoked(grant, CUSTODIAN, Some(HOSPITAL));
	});
}

#[test]
fn the_institution_of_the_grantee_revokes_a_grant_for_the_whole_record() {
	run(|| {
		let grant = granted(request());
		assert_ok!(revoke(CLINIC_OPERATOR, grant));
		assert_revoked(grant, CLINIC_OPERATOR, Some(CLINIC));
	});
}

#[test]
fn an_expired_grant_can_be_revoked() {
	run(|| {
		let grant = granted(request());
		set_time(START.saturating_add(HOUR).saturating_add(HOUR));
		assert_ok!(revoke(PATIENT, grant));
	});
}

#[test]
fn revoking_one_grant_leaves_the_others() {
	run(|| {
		let (first, second) = (granted(request()), granted(request()));
		assert_ok!(revoke(PATIENT, first));
		assert_eq!(Grants::<Test>::get(second).unwrap().status, GrantStatus::Active);
	});
}

#[test]
fn revoke_fails_when_the_origin_is_not_signed() {
	run(|| {
		let grant = granted(request());
		assert_noop!(
			RecordAccess::revoke_grant(RuntimeOrigin::root(), grant),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn revoke_fails_when_the_grant_is_unknown() {
	run(|| {
		assert_noop!(revoke(PATIENT, GrantId(0)), Error::<Test>::GrantUnknown);
	});
}

#[test]
fn revoke_fails_when_it_was_revoked_before() {
	run(|| {
		let grant = granted(request());
		assert_ok!(revoke(PATIENT, grant));
		assert_noop!(revoke(PATIENT, grant), Error::<Test>::GrantRevoked);
	});
}

#[test]
fn revoke_fails_when_the_signer_is_the_grantee() {
	run(|| {
		let grant = granted(request());
		assert_noop!(revoke(PHYSICIAN, grant), Error::<Test>::MayNotRevoke);
	});
}

#[test]
fn revoke_fails_when_the_signer_is_another_patient() {
	run(|| {
		let grant = granted(request());
		assert_noop!(revoke(SILENT_PATIENT, grant), Error::<Test>::MayNotRevoke);
	});
}

#[test]
fn revoke_fails_when_a_custodian_signs_for_the_whole_record() {
	run(|| {
		registered(PATIENT);
		let grant = granted(request());
		assert_noop!(revoke(CUSTODIAN, grant), Error::<Test>::MayNotRevoke);
	});
}

#[test]
fn revoke_fails_when_the_institution_of_the_grantee_signs_for_one_record() {
	run(|| {
		let grant = granted_for_one_record();
		assert_noop!(revoke(CLINIC_OPERATOR, grant), Error::<Test>::MayNotRevoke);
	});
}

#[test]
fn revoke_fails_when_the_institution_of_the_signer_is_suspended() {
	run(|| {
		let grant = granted_for_one_record();
		suspend_operator(CUSTODIAN);
		assert_noop!(revoke(CUSTODIAN, grant), Error::<Test>::MayNotRevoke);
	});
}
