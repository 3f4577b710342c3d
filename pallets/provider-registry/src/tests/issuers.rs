//! The trust registry.

use crate::{mock::*, CredentialKind, Error, Event, Issuers, NextIssuerId, RegistrationStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AssuranceLevel, AuditAction, AuditEvent, DenialReason, IssuerId, Subject};
use sp_runtime::DispatchResult;

const LICENCE: CredentialKind = CredentialKind::Licence;
const SUSPENDED: RegistrationStatus = RegistrationStatus::Suspended(REASON);

fn register(account: hdx_primitives::AccountId, of: &[CredentialKind]) -> DispatchResult {
	ProviderRegistry::register_issuer(RuntimeOrigin::root(), account, kinds(of), [3; 32])
}

fn set_status(status: RegistrationStatus) -> DispatchResult {
	ProviderRegistry::set_issuer_status(RuntimeOrigin::root(), BOARD, status)
}

fn set_kinds(of: &[CredentialKind]) -> DispatchResult {
	ProviderRegistry::set_issuer_kinds(RuntimeOrigin::root(), BOARD, kinds(of))
}

fn attested() -> Result<(), DenialReason> {
	stands(&dana(), AssuranceLevel::Attested).map(|_| ())
}

#[test]
fn governance_registers_an_issuer_and_gives_it_an_account() {
	test(|| {
		register_board();
		assert_eq!(System::sufficients(&board()), 1);
		assert_eq!(ProviderRegistry::issuer(BOARD), Issuers::<Test>::get(BOARD));
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				subject: Subject::Issuer(BOARD),
				..AuditEvent::new(AuditAction::IssuerRegistered)
			})
		);
	});
}

#[test]
fn a_hospital_may_be_an_issuer_if_governance_says_so() {
	test(|| {
		assert_ok!(register(hospital_operator(), &[LICENCE]));
		enrol_dana();
		assert_ok!(ProviderRegistry::attest_credential(
			signed(hospital_operator()),
			dana(),
			LICENCE,
			fresh_commitment(),
			current(),
		));
		assert_ok!(attested());
	});
}

#[test]
fn a_suspended_issuer_takes_its_attestations_with_it_and_gives_them_back() {
	test(|| {
		license_dana();
		assert_ok!(attested());
		assert_ok!(set_status(SUSPENDED));
		assert_eq!(attested(), Err(DenialReason::IssuerSuspended));
		// The hospital's own attestation still stands.
		assert_ok!(enrolled(&dana()));
		System::assert_last_event(
			Event::IssuerStatusChanged { issuer: BOARD, status: SUSPENDED }.into(),
		);
		assert_ok!(set_status(RegistrationStatus::Active));
		assert_ok!(attested());
	});
}

#[test]
fn a_suspended_issuer_is_the_reason_where_no_other_credential_stands() {
	test(|| {
		license_dana();
		assert_ok!(ProviderRegistry::revoke_credential(signed(hospital_operator()), dana(), FIRST));
		assert_ok!(enrolled(&dana()));
		assert_ok!(set_status(SUSPENDED));
		assert_eq!(enrolled(&dana()), Err(DenialReason::IssuerSuspended));
	});
}

#[test]
fn an_issuer_that_is_not_trusted_any_more_attested_nothing() {
	test(|| {
		license_dana();
		assert_ok!(set_kinds(&[CredentialKind::BoardCertification]));
		assert_eq!(attested(), Err(DenialReason::IssuerNotTrusted));
		assert_ok!(set_kinds(&[LICENCE]));
		assert_ok!(attested());
		assert_ok!(set_kinds(&[]));
		assert_eq!(attested(), Err(DenialReason::IssuerNotTrusted));
	});
}

#[test]
fn register_fails_when_the_account_is_somebody_else() {
	test(|| {
		register_board();
		enrol_dana();
		register_oracles();
		assert_noop!(register(board(), &[LICENCE]), Error::<Test>::IssuerTaken);
		assert_noop!(register(dana(), &[LICENCE]), Error::<Test>::AccountIsPractitioner);
		assert_noop!(register(oracle(0), &[LICENCE]), Error::<Test>::AccountIsOracle);
	});
}

#[test]
fn register_fails_when_the_kinds_are_none_or_repeated() {
	test(|| {
		assert_noop!(register(board(), &[]), Error::<Test>::NoKinds);
		assert_noop!(register(board(), &[LICENCE, LICENCE]), Error::<Test>::KindRepeated);
	});
}

#[test]
fn register_fails_when_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		NextIssuerId::<Test>::put(IssuerId(u32::MAX));
		assert_noop!(register(board(), &[LICENCE]), Error::<Test>::NoIssuerIdLeft);
	});
}

#[test]
fn changes_fail_when_the_issuer_is_unknown() {
	test(|| {
		assert_noop!(set_status(SUSPENDED), Error::<Test>::IssuerUnknown);
		assert_noop!(set_kinds(&[LICENCE]), Error::<Test>::IssuerUnknown);
	});
}

#[test]
fn changes_fail_when_nothing_changes() {
	test(|| {
		register_board();
		assert_noop!(set_status(RegistrationStatus::Active), Error::<Test>::StatusUnchanged);
		assert_noop!(
			set_kinds(&[LICENCE, CredentialKind::BoardCertification]),
			Error::<Test>::KindsUnchanged
		);
		assert_noop!(set_kinds(&[LICENCE, LICENCE]), Error::<Test>::KindRepeated);
	});
}

#[test]
fn nobody_attests_themselves() {
	test(|| {
		register_board();
		assert_noop!(
			ProviderRegistry::attest_credential(
				signed(board()),
				board(),
				LICENCE,
				fresh_commitment(),
				current(),
			),
			Error::<Test>::SelfAttestation
		);
		// Nor by becoming a practitioner later.
		assert_noop!(
			enrol(hospital_operator(), board(), &[hdx_primitives::Role::Nurse], current()),
			Error::<Test>::AccountIsIssuer
		);
	});
}

#[test]
fn a_suspended_institution_attests_by_no_office_of_its_operator() {
	test(|| {
		enrol_dana();
		let licence = kinds(&[CredentialKind::Licence]);
		let root = RuntimeOrigin::root;
		assert_ok!(ProviderRegistry::register_issuer(root(), clinic_operator(), licence, [3; 32]));
		let attest = || {
			ProviderRegistry::attest_credential(
				signed(clinic_operator()),
				dana(),
				CredentialKind::Licence,
				fresh_commitment(),
				current(),
			)
		};
		assert_ok!(attest());
		assert_ok!(stands(&dana(), hdx_primitives::AssuranceLevel::Attested));
		assert_ok!(ProviderRegistry::set_institution_status(
			root(),
			CLINIC,
			crate::InstitutionStatus::Suspended(REASON)
		));
		assert_noop!(attest(), Error::<Test>::IssuerIsSuspended);
		assert_eq!(
			stands(&dana(), hdx_primitives::AssuranceLevel::Attested),
			Err(DenialReason::IssuerSuspended)
		);
	});
}

#[test]
fn one_issuer_does_not_fill_a_practitioners_list() {
	test(|| {
		let licence = license_dana();
		let attest = |kind| {
			ProviderRegistry::attest_credential(
				signed(board()),
				dana(),
				kind,
				fresh_commitment(),
				current(),
			)
		};
		assert_noop!(attest(LICENCE), Error::<Test>::AlreadyAttested);
		assert_ok!(attest(CredentialKind::BoardCertification));
		// The list is full, so what oracles found revoked gives way.
		register_oracles();
		agree(licence, crate::ReportedStatus::Revoked);
		assert_ok!(attest(LICENCE));
		assert_noop!(attest(LICENCE), Error::<Test>::AlreadyAttested);
	});
}
