//! What whoever keeps hashes of licences is told.

use crate::{mock::*, InstitutionStatus, PractitionerStatus, RegistrationStatus};
use frame_support::assert_ok;
use hdx_primitives::{CredentialId, DenialReason, LicenceDirectory};

fn stands_now(licence: CredentialId) -> Result<(), DenialReason> {
	ProviderRegistry::licence_stands(&dana(), licence, ProviderRegistry::now())
}

#[test]
fn a_licence_is_attested_by_its_issuer_alone() {
	test(|| {
		let licence = license_dana();
		let other = attest_dana_elsewhere();
		assert!(ProviderRegistry::has_attested(&board(), &dana(), licence));
		assert!(!ProviderRegistry::has_attested(&board(), &dana(), other));
		assert!(ProviderRegistry::has_attested(&other_board(), &dana(), other));
		assert!(!ProviderRegistry::has_attested(&hospital_operator(), &dana(), licence));
		assert!(!ProviderRegistry::has_attested(&board(), &stranger(), licence));
	});
}

#[test]
fn an_issuer_that_may_not_act_has_attested_nothing() {
	test(|| {
		let licence = license_dana();
		let suspended = RegistrationStatus::Suspended(REASON);
		assert_ok!(ProviderRegistry::set_issuer_status(RuntimeOrigin::root(), BOARD, suspended));
		assert!(!ProviderRegistry::has_attested(&board(), &dana(), licence));
		assert_eq!(stands_now(licence), Err(DenialReason::IssuerSuspended));
	});
}

#[test]
fn what_the_home_says_of_her_is_no_licence() {
	test(|| {
		let licence = license_dana();
		assert_eq!(stands_now(licence), Ok(()));
		// Her enrolment came with a credential by the hospital.
		assert_eq!(stands_now(FIRST), Err(DenialReason::LicenceMissing));
		assert!(!ProviderRegistry::has_attested(&hospital_operator(), &dana(), FIRST));
		assert_eq!(stands_now(CredentialId(99)), Err(DenialReason::LicenceMissing));
	});
}

#[test]
fn a_licence_does_not_stand_once_it_was_revoked() {
	test(|| {
		let licence = license_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(board()), dana(), licence));
		assert_eq!(stands_now(licence), Err(DenialReason::CredentialRevoked));
	});
}

#[test]
fn a_licence_does_not_stand_while_its_holder_is_suspended() {
	test(|| {
		let licence = license_dana();
		let suspended = PractitionerStatus::Suspended(REASON);
		let root = RuntimeOrigin::root();
		assert_ok!(ProviderRegistry::set_practitioner_status(root, dana(), suspended));
		assert_eq!(stands_now(licence), Err(DenialReason::PractitionerSuspended));
	});
}

#[test]
fn a_licence_does_not_stand_while_its_holders_home_is_suspended() {
	test(|| {
		let licence = license_dana();
		let status = InstitutionStatus::Suspended(REASON);
		let root = RuntimeOrigin::root();
		assert_ok!(ProviderRegistry::set_institution_status(root, HOSPITAL, status));
		assert_eq!(stands_now(licence), Err(DenialReason::InstitutionSuspended));
	});
}

#[test]
fn a_licence_does_not_stand_under_the_account_of_before() {
	test(|| {
		let licence = license_dana();
		assert_ok!(rotate_to(hospital_operator(), dana(), &pair(55), None));
		assert_eq!(stands_now(licence), Err(DenialReason::KeyRotated));
		assert!(!ProviderRegistry::has_attested(&board(), &dana(), licence));
	});
}

#[test]
fn a_licence_does_not_stand_until_it_is_confirmed_after_a_recovery() {
	test(|| {
		let licence = verify_dana();
		let key = second_key(&pair(78));
		wait(1);
		assert_ok!(ProviderRegistry::reset_second_key(signed(hospital_operator()), dana(), key));
		assert_eq!(stands_now(licence), Err(DenialReason::LicenceUnconfirmed));
	});
}
