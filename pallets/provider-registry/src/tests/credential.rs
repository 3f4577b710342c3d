//! Revoking credentials.

use crate::{mock::*, CredentialIssuer, Error, Event, InstitutionStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, DenialReason, Subject};
use sp_runtime::DispatchError::BadOrigin;

#[test]
fn issuer_revokes_a_credential() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST));
		assert!(is_revoked(&dana()));
		System::assert_last_event(
			Event::CredentialRevoked {
				practitioner: dana(),
				credential: FIRST,
				by: CredentialIssuer::Institution(HOSPITAL),
			}
			.into(),
		);
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(hospital_operator()),
				on_behalf_of: Some(HOSPITAL),
				subject: Subject::Credential { practitioner: dana().into(), credential: FIRST },
				..AuditEvent::new(AuditAction::CredentialRevoked)
			})
		);
	});
}

#[test]
fn a_revoked_credential_is_replaced_by_a_new_enrolment() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST));
		assert_eq!(enrolled(&dana()), Err(DenialReason::CredentialRevoked));
		assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), dana()));
		enrol_dana();
		assert_ok!(enrolled(&dana()));
	});
}

#[test]
fn revoke_credential_fails_when_unsigned() {
	test(|| {
		enrol_dana();
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(ProviderRegistry::revoke_credential(origin, dana(), FIRST), BadOrigin);
		}
	});
}

#[test]
fn revoke_credential_fails_when_caller_is_no_issuer() {
	test(|| {
		enrol_dana();
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(dana()), dana(), FIRST),
			Error::<Test>::NotAnIssuer
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
			InstitutionStatus::Suspended(REASON)
		));
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST),
			Error::<Test>::InstitutionSuspended
		);
	});
}

#[test]
fn revoke_credential_fails_when_practitioner_is_unknown() {
	test(|| {
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST),
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
			ProviderRegistry::revoke_credential(signed(clinic_operator()), dana(), FIRST),
			Error::<Test>::NotIssuedByYou
		);
	});
}

#[test]
fn revoke_credential_fails_when_already_revoked() {
	test(|| {
		enrol_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST));
		assert_noop!(
			ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST),
			Error::<Test>::CredentialAlreadyRevoked
		);
	});
}
