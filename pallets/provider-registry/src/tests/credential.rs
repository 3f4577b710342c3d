//! Revoking credentials.

use crate::{mock::*, Error, Event, InstitutionStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, DenialReason, ProviderDirectory, Role, Subject};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn issuer_revokes_a_credential() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana()));
		assert!(is_revoked(&dana()));
		System::assert_last_event(
			Event::CredentialRevoked { practitioner: dana(), institution: HOSPITAL }.into(),
		);
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(hospital_operator()),
				on_behalf_of: Some(HOSPITAL),
				subject: Subject::Practitioner(dana().into()),
				..AuditEvent::new(AuditAction::CredentialRevoked)
			})
		);
	});
}

#[test]
fn a_revoked_credential_is_replaced_by_a_new_enrolment() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana()));
		assert_eq!(
			ProviderRegistry::standing(&dana(), HOSPITAL, Role::Physician, NOW),
			Err(DenialReason::CredentialRevoked)
		);
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		enrol_dana();
		assert_ok!(ProviderRegistry::standing(&dana(), HOSPITAL, Role::Physician, NOW));
	});
}

#[test]
fn revoke_credential_fails_when_unsigned() {
	test(|| {
		enrol_dana();
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(ProviderRegistry::revoke_credential(origin, dana()), BadOrigin);
		}
	});
}

#[test]
fn revoke_credential_fails_when_caller_is_no_operator() {
	test(|| {
		enrol_dana();
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(dana()), dana()),
			Error::<Test>::NotAnOperator
		);
	});
}

#[test]
fn revoke_credential_fails_when_institution_is_suspended() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL,
			InstitutionStatus::Suspended
		));
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(hospital_operator()), dana()),
			Error::<Test>::InstitutionSuspended
		);
	});
}

#[test]
fn revoke_credential_fails_when_practitioner_is_unknown() {
	test(|| {
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(hospital_operator()), dana()),
			Error::<Test>::PractitionerUnknown
		);
	});
}

#[test]
fn revoke_credential_fails_when_another_institution_issued_it() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::add_affiliation(signed(clinic_operator()), dana()));
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(clinic_operator()), dana()),
			Error::<Test>::NotIssuedByYou
		);
	});
}

#[test]
fn revoke_credential_fails_when_already_revoked() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana()));
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(hospital_operator()), dana()),
			Error::<Test>::CredentialAlreadyRevoked
		);
	});
}
