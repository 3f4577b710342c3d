//! Credentials by trusted issuers.

use crate::{
	mock::*, CredentialIssuer, CredentialKind, CredentialStatus, CredentialsByCommitment, Error,
	Event, NextCredentialId, RegistrationStatus, ReportedStatus, Reports,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditAction, AuditEvent, Commitment, CredentialId, DenialReason,
	Period, Subject,
};
use sp_runtime::DispatchResult;

const LICENCE: CredentialKind = CredentialKind::Licence;
const CERTIFICATE: CredentialKind = CredentialKind::BoardCertification;
const BY: CredentialIssuer = CredentialIssuer::Issuer(BOARD);

fn attest(by: AccountId, kind: CredentialKind, valid: Period) -> DispatchResult {
	ProviderRegistry::attest_credential(signed(by), dana(), kind, fresh_commitment(), valid)
}

fn renew(by: AccountId, id: CredentialId) -> DispatchResult {
	ProviderRegistry::renew_credential(signed(by), dana(), id, fresh_renewal(), current())
}

/// Renewals take no number, so that the usual fresh commitment would repeat.
fn fresh_renewal() -> Commitment {
	Commitment([99; 32])
}

fn attested() -> Result<(), DenialReason> {
	stands(&dana(), AssuranceLevel::Attested).map(|_| ())
}

fn suspend(by: AccountId, id: CredentialId) -> DispatchResult {
	ProviderRegistry::suspend_credential(signed(by), dana(), id)
}

fn reinstate(by: AccountId, id: CredentialId) -> DispatchResult {
	ProviderRegistry::reinstate_credential(signed(by), dana(), id)
}

fn revoke(by: AccountId, id: CredentialId) -> DispatchResult {
	ProviderRegistry::revoke_credential(signed(by), dana(), id)
}

#[test]
fn a_licence_by_a_trusted_issuer_is_the_second_level() {
	test(|| {
		register_board();
		enrol_dana();
		assert_eq!(attested(), Err(DenialReason::LicenceMissing));
		let id = attest_dana();
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				actor: Some(board()),
				subject: Subject::Credential { practitioner: dana().into(), credential: id },
				..AuditEvent::new(AuditAction::CredentialAttested)
			})
		);
		System::assert_last_event(
			Event::CredentialAttested {
				practitioner: dana(),
				credential: id,
				issuer: BOARD,
				kind: LICENCE,
			}
			.into(),
		);
		let standing = stands(&dana(), AssuranceLevel::Attested).unwrap();
		assert_eq!(standing.level, AssuranceLevel::Attested);
	});
}

#[test]
fn another_kind_of_credential_is_no_licence() {
	test(|| {
		register_board();
		enrol_dana();
		assert_ok!(attest(board(), CredentialKind::BoardCertification, current()));
		assert_eq!(attested(), Err(DenialReason::LicenceMissing));
	});
}

#[test]
fn a_licence_starts_and_expires_by_the_clock() {
	test(|| {
		register_board();
		assert_ok!(enrol(
			hospital_operator(),
			dana(),
			&[hdx_primitives::Role::Physician],
			Period::default()
		));
		assert_ok!(attest(board(), LICENCE, from_until(NOW.0 + 10, NOW.0 + 20)));
		assert_eq!(attested(), Err(DenialReason::CredentialNotYetValid));
		wait(10);
		assert_ok!(attested());
		wait(10);
		assert_eq!(attested(), Err(DenialReason::CredentialExpired));
		assert_ok!(enrolled(&dana()));
	});
}

#[test]
fn an_issuer_suspends_reinstates_and_revokes() {
	test(|| {
		let id = license_dana();
		assert_ok!(suspend(board(), id));
		System::assert_last_event(
			Event::CredentialSuspended { practitioner: dana(), credential: id, by: BY }.into(),
		);
		assert_eq!(attested(), Err(DenialReason::CredentialSuspended));
		assert_noop!(suspend(board(), id), Error::<Test>::CredentialIsSuspended);
		assert_ok!(reinstate(board(), id));
		assert_ok!(attested());
		assert_noop!(reinstate(board(), id), Error::<Test>::CredentialNotSuspended);
		assert_ok!(revoke(board(), id));
		assert_eq!(attested(), Err(DenialReason::CredentialRevoked));
		assert_noop!(suspend(board(), id), Error::<Test>::CredentialIsRevoked);
		assert_noop!(reinstate(board(), id), Error::<Test>::CredentialNotSuspended);
		assert_noop!(renew(board(), id), Error::<Test>::CredentialIsRevoked);
	});
}

#[test]
fn a_renewal_has_a_new_commitment_and_forgets_what_was_found() {
	test(|| {
		let id = verify_dana();
		let old = credential_by_id(&dana(), id);
		assert!(old.check.is_some());
		wait(5);
		assert_ok!(renew(board(), id));
		let new = credential_by_id(&dana(), id);
		assert_eq!((new.check, new.finding), (None, None));
		assert_eq!(new.attested_at, ProviderRegistry::now());
		assert!(!CredentialsByCommitment::<Test>::contains_key(old.commitment, BY));
		assert_eq!(CredentialsByCommitment::<Test>::get(new.commitment, BY), Some((dana(), id)));
		assert!(Reports::<Test>::get(id).is_empty());
		assert_eq!(stands(&dana(), AssuranceLevel::Verified), Err(DenialReason::CheckMissing));
	});
}

#[test]
fn a_renewal_may_keep_its_commitment() {
	test(|| {
		let id = license_dana();
		let commitment = credential_by_id(&dana(), id).commitment;
		assert_ok!(ProviderRegistry::renew_credential(
			signed(board()),
			dana(),
			id,
			commitment,
			current()
		));
	});
}

#[test]
fn an_institution_renews_its_own_attestation() {
	test(|| {
		enrol_dana();
		wait(HOUR);
		assert_eq!(enrolled(&dana()), Err(DenialReason::CredentialExpired));
		assert_ok!(ProviderRegistry::renew_credential(
			signed(hospital_operator()),
			dana(),
			FIRST,
			fresh_renewal(),
			Period::default(),
		));
		assert_ok!(enrolled(&dana()));
	});
}

#[test]
fn where_the_list_is_full_what_is_spent_gives_way() {
	test(|| {
		let first = license_dana();
		attest_dana_elsewhere();
		assert_noop!(attest(board(), CERTIFICATE, current()), Error::<Test>::TooManyCredentials);
		let commitment = credential_by_id(&dana(), first).commitment;
		assert_ok!(revoke(board(), first));
		let third = attest_dana();
		assert!(!CredentialsByCommitment::<Test>::contains_key(commitment, BY));
		assert_eq!(practitioner(&dana()).credentials.last().unwrap().id, third);
	});
}

#[test]
fn attest_fails_when_the_caller_is_no_issuer() {
	test(|| {
		let id = license_dana();
		for caller in [stranger(), dana()] {
			let error = Error::<Test>::NotAnIssuer;
			assert_noop!(attest(caller.clone(), LICENCE, current()), error);
			assert_noop!(renew(caller.clone(), id), Error::<Test>::NotAnIssuer);
			assert_noop!(suspend(caller.clone(), id), Error::<Test>::NotAnIssuer);
			assert_noop!(reinstate(caller.clone(), id), Error::<Test>::NotAnIssuer);
			assert_noop!(revoke(caller, id), Error::<Test>::NotAnIssuer);
		}
		assert_noop!(attest(hospital_operator(), LICENCE, current()), Error::<Test>::NotAnIssuer);
	});
}

#[test]
fn attest_fails_when_the_issuer_is_suspended() {
	test(|| {
		let id = license_dana();
		assert_ok!(ProviderRegistry::set_issuer_status(
			RuntimeOrigin::root(),
			BOARD,
			RegistrationStatus::Suspended(REASON)
		));
		let error = || Error::<Test>::IssuerIsSuspended;
		assert_noop!(attest(board(), LICENCE, current()), error());
		assert_noop!(renew(board(), id), error());
		assert_noop!(revoke(board(), id), error());
	});
}

#[test]
fn an_issuer_that_is_not_trusted_for_the_kind_takes_back_and_gives_nothing() {
	test(|| {
		let id = license_dana();
		assert_noop!(
			attest(board(), CredentialKind::Employment, current()),
			Error::<Test>::NotTrustedForKind
		);
		assert_ok!(suspend(board(), id));
		assert_ok!(ProviderRegistry::set_issuer_kinds(RuntimeOrigin::root(), BOARD, kinds(&[])));
		assert_noop!(reinstate(board(), id), Error::<Test>::NotTrustedForKind);
		assert_noop!(renew(board(), id), Error::<Test>::NotTrustedForKind);
		assert_ok!(revoke(board(), id));
		assert_eq!(credential_by_id(&dana(), id).status, CredentialStatus::Revoked);
	});
}

#[test]
fn changes_fail_when_somebody_else_issued_the_credential() {
	test(|| {
		let id = license_dana();
		assert_ok!(ProviderRegistry::register_issuer(
			RuntimeOrigin::root(),
			account(111),
			kinds(&[LICENCE]),
			[0; 32]
		));
		assert_noop!(revoke(account(111), id), Error::<Test>::NotIssuedByYou);
		assert_noop!(revoke(board(), FIRST), Error::<Test>::NotAnOperator);
		assert_noop!(revoke(hospital_operator(), id), Error::<Test>::NotAnIssuer);
	});
}

#[test]
fn changes_fail_when_the_credential_or_practitioner_is_unknown() {
	test(|| {
		register_board();
		assert_noop!(attest(board(), LICENCE, current()), Error::<Test>::PractitionerUnknown);
		enrol_dana();
		let unknown = CredentialId(77);
		for refusal in [
			renew(board(), unknown),
			suspend(board(), unknown),
			reinstate(board(), unknown),
			revoke(board(), unknown),
			report_unknown(unknown),
		] {
			assert_eq!(refusal, Err(Error::<Test>::CredentialUnknown.into()));
		}
	});
}

fn report_unknown(id: CredentialId) -> DispatchResult {
	register_oracles();
	report(0, id, ReportedStatus::Good, NOW.0)
}

#[test]
fn attest_fails_when_the_period_is_wrong() {
	test(|| {
		let id = license_dana();
		for (valid, error) in [
			(from_until(2, 1), Error::<Test>::PeriodNotOrdered),
			(from_until(1, NOW.0), Error::<Test>::PeriodAlreadyOver),
			(
				from_until(NOW.0 + MaxAdvance::get().0 + 1, u64::MAX),
				Error::<Test>::StartsTooFarAhead,
			),
		] {
			let text = format!("{error:?}");
			let renewed = ProviderRegistry::renew_credential(
				signed(board()),
				dana(),
				id,
				fresh_renewal(),
				valid,
			);
			assert_eq!(renewed, attest(board(), CERTIFICATE, valid), "{text}");
			assert_noop!(attest(board(), CERTIFICATE, valid), error);
		}
		assert_ok!(attest(board(), CERTIFICATE, from_until(NOW.0 + MaxAdvance::get().0, u64::MAX)));
	});
}

#[test]
fn attest_fails_when_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		license_dana();
		NextCredentialId::<Test>::put(CredentialId(u64::MAX));
		assert_noop!(attest(board(), CERTIFICATE, current()), Error::<Test>::NoCredentialIdLeft);
	});
}
