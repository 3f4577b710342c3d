//! Who may ask: each reason for which a practitioner is refused, as the log tells it.

use crate::world::*;
use codec::Encode;
use frame_support::{assert_noop, assert_ok, BoundedVec};
use hdx_primitives::{
	engine::terminology::purpose, operation_hash, rotate_account_agreement, second_factor_payload,
	take_over_agreement, AccessRequest, Action, Agreement, AssuranceLevel, AuditOutcome, Code,
	Commitment, CredentialId, DenialReason, IssuerId, Milliseconds, Period, SecondFactor, H256,
};
use hdx_runtime::{AccountId, ProviderRegistry, RecordAccess, Runtime, RuntimeOrigin, System};
use pallet_provider_registry::{
	AccreditationStatus, CredentialKind, InstitutionKind, InstitutionStatus, NextCredentialId,
	OracleTerms, PractitionerStatus, RegistrationStatus, ReportedStatus, Requirement, SecondKey,
	SuspensionReason, ROTATE_ACCOUNT_TAG,
};
use sp_keyring::Sr25519Keyring as Key;

const BOARD: IssuerId = IssuerId(0);
/// The doctor's licence by the board; the first credential is the hospital's attestation.
const LICENCE: CredentialId = CredentialId(1);
const TTL: u64 = HOUR;
const REASON: SuspensionReason = SuspensionReason::Investigation;

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

fn board() -> RuntimeOrigin {
	RuntimeOrigin::signed(Key::Eve.to_account_id())
}

/// The doctor's other device.
const DEVICE: Key = Key::Ferdie;

fn now() -> u64 {
	pallet_timestamp::Now::<Runtime>::get()
}

fn wait(milliseconds: u64) {
	pallet_timestamp::Now::<Runtime>::put(now() + milliseconds);
}

/// A doctor with everything that the highest level needs, which reading for treatment needs here.
fn verified(test: impl FnOnce()) {
	world(|| {
		consent();
		assert_ok!(RecordAccess::set_required_level(
			root(),
			purpose::TREAT,
			Action::Read,
			Some(AssuranceLevel::Verified),
		));
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
		let account = Key::Eve.to_account_id();
		assert_ok!(ProviderRegistry::register_issuer(root(), account, kinds, [0; 32]));
		for oracle in [Key::One, Key::Two] {
			let account = oracle.to_account_id();
			assert_ok!(ProviderRegistry::register_oracle(root(), account, None));
		}
		let terms = OracleTerms {
			quorum: 2,
			ttl: Milliseconds(TTL),
			report_lifetime: Milliseconds(HOUR),
			max_misbehaviour: 3,
		};
		assert_ok!(ProviderRegistry::set_oracle_terms(root(), terms));
		attest(Period::default());
		assert_ok!(ProviderRegistry::register_second_key(
			RuntimeOrigin::signed(doctor()),
			SecondKey::Sr25519(DEVICE.public().0),
		));
		report(ReportedStatus::Good);
		test();
	});
}

/// The board attests a licence, with a commitment that no credential had.
fn attest(valid: Period) {
	let next = NextCredentialId::<Runtime>::get();
	assert_ok!(ProviderRegistry::attest_credential(
		board(),
		doctor(),
		CredentialKind::Licence,
		Commitment(operation_hash(&next).0),
		valid,
	));
}

fn report_by(oracle: Key, status: ReportedStatus) -> frame_support::dispatch::DispatchResult {
	ProviderRegistry::report_status(
		RuntimeOrigin::signed(oracle.to_account_id()),
		doctor(),
		LICENCE,
		status,
		H256([9; 32]),
		Milliseconds(now()),
	)
}

fn report(status: ReportedStatus) {
	for oracle in [Key::One, Key::Two] {
		assert_ok!(report_by(oracle, status));
	}
}

fn confirm(device: Key, who: &AccountId, operation: &impl Encode) -> SecondFactor {
	let valid_until = Milliseconds(now() + 60_000);
	let payload = second_factor_payload(
		&System::block_hash(0),
		who,
		ProviderRegistry::second_factor_count(who.clone()),
		operation_hash(operation),
		valid_until,
	);
	SecondFactor { signature: device.sign(&payload).into(), valid_until }
}

fn ask_as(who: AccountId, request: AccessRequest, factor: Option<SecondFactor>) -> AuditOutcome {
	assert_ok!(RecordAccess::request_access(RuntimeOrigin::signed(who.clone()), request, factor));
	let entry = last_entry();
	assert_eq!(entry.event.actor, Some(who));
	entry.event.outcome
}

/// Asks as the doctor, with the second key, and returns what the log says.
fn ask() -> AuditOutcome {
	ask_as(doctor(), request(), Some(confirm(DEVICE, &doctor(), &request())))
}

fn denied(reason: DenialReason) -> AuditOutcome {
	AuditOutcome::Denied(reason)
}

fn at_level(level: AssuranceLevel) {
	let level = Some(level);
	assert_ok!(RecordAccess::set_required_level(root(), purpose::TREAT, Action::Read, level));
}

#[test]
fn a_verified_doctor_is_granted() {
	verified(|| assert_eq!(ask(), AuditOutcome::Success));
}

#[test]
fn a_suspended_institutions_practitioner_is_refused() {
	verified(|| {
		let suspended = InstitutionStatus::Suspended(REASON);
		assert_ok!(ProviderRegistry::set_institution_status(root(), HOSPITAL_B, suspended));
		assert_eq!(ask(), denied(DenialReason::InstitutionSuspended));
	});
}

/// Hospital A takes the doctor of hospital B over, who agrees.
fn take_over() -> frame_support::dispatch::DispatchResult {
	let valid_until = Milliseconds(now() + 60_000);
	let genesis = System::block_hash(0);
	let payload = take_over_agreement(&genesis, &doctor(), HOSPITAL_B, HOSPITAL_A, valid_until);
	let agreement = Agreement { signature: Key::Charlie.sign(&payload).into(), valid_until };
	ProviderRegistry::take_over(
		operator_a(),
		doctor(),
		agreement,
		CredentialKind::Employment,
		Commitment([12; 32]),
		Period::default(),
	)
}

#[test]
fn a_closed_institutions_practitioner_takes_licence_and_keys_along_but_no_consents() {
	verified(|| {
		let close = || {
			ProviderRegistry::set_institution_status(root(), HOSPITAL_B, InstitutionStatus::Closed)
		};
		assert_noop!(take_over(), pallet_provider_registry::Error::<Runtime>::HomeNotClosed);
		assert_ok!(close());
		assert_eq!(ask(), denied(DenialReason::InstitutionSuspended));
		assert_ok!(take_over());
		assert_eq!(ask(), denied(DenialReason::InstitutionSuspended));
		// Verified, or the log would say so: the patient alone has not agreed.
		let there = AccessRequest { on_behalf_of: HOSPITAL_A, ..request() };
		let factor = confirm(DEVICE, &doctor(), &there);
		assert_eq!(ask_as(doctor(), there, Some(factor)), denied(DenialReason::NoConsent));
	});
}

#[test]
fn an_institution_that_lost_its_accreditation_is_refused() {
	verified(|| {
		let scheme = Code([1; 16]);
		assert_ok!(ProviderRegistry::require_accreditation(
			root(),
			InstitutionKind::Hospital,
			Some(Requirement { scheme, level: 2 }),
		));
		assert_eq!(ask(), denied(DenialReason::AccreditationMissing));
		let valid = Period { start: None, end: Some(Milliseconds(now() + 1_000)) };
		assert_ok!(ProviderRegistry::accredit(root(), HOSPITAL_B, scheme, 2, valid));
		assert_eq!(ask(), AuditOutcome::Success);
		let suspended = AccreditationStatus::Suspended;
		assert_ok!(ProviderRegistry::set_accreditation_status(
			root(),
			HOSPITAL_B,
			scheme,
			suspended
		));
		assert_eq!(ask(), denied(DenialReason::AccreditationMissing));
		let in_force = AccreditationStatus::InForce;
		assert_ok!(ProviderRegistry::set_accreditation_status(
			root(),
			HOSPITAL_B,
			scheme,
			in_force
		));
		wait(1_000);
		assert_eq!(ask(), denied(DenialReason::AccreditationMissing));
	});
}

#[test]
fn an_expired_licence_is_refused() {
	verified(|| {
		let valid = Period { start: None, end: Some(Milliseconds(now() + 1_000)) };
		assert_ok!(ProviderRegistry::renew_credential(
			board(),
			doctor(),
			LICENCE,
			Commitment([11; 32]),
			valid,
		));
		report(ReportedStatus::Good);
		assert_eq!(ask(), AuditOutcome::Success);
		wait(1_000);
		assert_eq!(ask(), denied(DenialReason::CredentialExpired));
	});
}

#[test]
fn a_licence_that_starts_later_is_refused() {
	verified(|| {
		let valid = Period { start: Some(Milliseconds(now() + 1_000)), end: None };
		assert_ok!(ProviderRegistry::renew_credential(
			board(),
			doctor(),
			LICENCE,
			Commitment([11; 32]),
			valid,
		));
		assert_eq!(ask(), denied(DenialReason::CredentialNotYetValid));
	});
}

#[test]
fn no_licence_is_told_from_an_enrolment() {
	world(|| {
		consent();
		at_level(AssuranceLevel::Attested);
		assert_eq!(ask_as(doctor(), request(), None), denied(DenialReason::LicenceMissing));
		at_level(AssuranceLevel::Enrolled);
		assert_eq!(ask_as(doctor(), request(), None), AuditOutcome::Success);
	});
}

#[test]
fn a_suspended_issuers_licence_is_refused() {
	verified(|| {
		let suspended = RegistrationStatus::Suspended(REASON);
		assert_ok!(ProviderRegistry::set_issuer_status(root(), BOARD, suspended));
		assert_eq!(ask(), denied(DenialReason::IssuerSuspended));
		// What the hospital attests is enough for less, until it does not stand either.
		at_level(AssuranceLevel::Enrolled);
		assert_eq!(ask(), AuditOutcome::Success);
		assert_ok!(ProviderRegistry::revoke_credential(operator_b(), doctor(), CredentialId(0)));
		assert_eq!(ask(), denied(DenialReason::IssuerSuspended));
	});
}

#[test]
fn an_issuer_that_is_not_trusted_for_that_kind_is_refused() {
	verified(|| {
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::BoardCertification]);
		assert_ok!(ProviderRegistry::set_issuer_kinds(root(), BOARD, kinds));
		assert_eq!(ask(), denied(DenialReason::IssuerNotTrusted));
	});
}

#[test]
fn a_suspended_or_revoked_licence_is_refused() {
	verified(|| {
		assert_ok!(ProviderRegistry::suspend_credential(board(), doctor(), LICENCE));
		assert_eq!(ask(), denied(DenialReason::CredentialSuspended));
		assert_ok!(ProviderRegistry::reinstate_credential(board(), doctor(), LICENCE));
		assert_eq!(ask(), AuditOutcome::Success);
		assert_ok!(ProviderRegistry::revoke_credential(board(), doctor(), LICENCE));
		assert_eq!(ask(), denied(DenialReason::CredentialRevoked));
	});
}

#[test]
fn what_oracles_find_is_refused_in_the_block_that_takes_their_reports() {
	verified(|| {
		wait(1_000);
		report(ReportedStatus::Suspended);
		assert_eq!(ask(), denied(DenialReason::CredentialSuspended));
		wait(1_000);
		report(ReportedStatus::Good);
		assert_eq!(ask(), AuditOutcome::Success);
		wait(1_000);
		report(ReportedStatus::Revoked);
		assert_eq!(ask(), denied(DenialReason::CredentialRevoked));
	});
}

#[test]
fn a_forged_report_changes_nothing() {
	verified(|| {
		wait(TTL);
		assert_noop!(
			report_by(Key::Charlie, ReportedStatus::Good),
			pallet_provider_registry::Error::<Runtime>::NotAnOracle
		);
		assert_ok!(report_by(Key::One, ReportedStatus::Good));
		assert_eq!(ask(), denied(DenialReason::CheckStale));
		assert_ok!(report_by(Key::Two, ReportedStatus::Good));
		assert_eq!(ask(), AuditOutcome::Success);
	});
}

#[test]
fn a_check_that_is_missing_is_told_from_one_that_is_stale() {
	verified(|| {
		wait(TTL - 1);
		assert_eq!(ask(), AuditOutcome::Success);
		wait(1);
		assert_eq!(ask(), denied(DenialReason::CheckStale));
		assert_ok!(ProviderRegistry::renew_credential(
			board(),
			doctor(),
			LICENCE,
			Commitment([11; 32]),
			Period::default(),
		));
		assert_eq!(ask(), denied(DenialReason::CheckMissing));
	});
}

#[test]
fn a_practitioner_without_a_second_key_is_refused() {
	verified(|| {
		assert_ok!(ProviderRegistry::remove_practitioner(operator_b(), doctor()));
		assert_eq!(ask(), denied(DenialReason::PractitionerUnknown));
		assert_ok!(ProviderRegistry::enrol_practitioner(
			operator_b(),
			doctor(),
			BoundedVec::truncate_from(vec![pallet_provider_registry::RoleAssignment {
				role: hdx_primitives::Role::Physician,
				taxonomy: INTERNIST,
			}]),
			CredentialKind::Employment,
			Commitment([12; 32]),
			Period::default(),
			[2; 32],
		));
		attest(Period::default());
		let licence = CredentialId(3);
		for oracle in [Key::One, Key::Two] {
			assert_ok!(ProviderRegistry::report_status(
				RuntimeOrigin::signed(oracle.to_account_id()),
				doctor(),
				licence,
				ReportedStatus::Good,
				H256([9; 32]),
				Milliseconds(now()),
			));
		}
		assert_eq!(ask(), denied(DenialReason::SecondKeyMissing));
	});
}

#[test]
fn a_request_without_the_second_keys_signature_is_refused() {
	verified(|| {
		assert_eq!(ask_as(doctor(), request(), None), denied(DenialReason::SecondFactorMissing));
	});
}

#[test]
fn a_signature_on_another_request_or_by_another_key_or_used_before_is_refused() {
	verified(|| {
		let invalid = denied(DenialReason::SecondFactorInvalid);
		let other = AccessRequest { duration: Milliseconds(HOUR - 1), ..request() };
		let on_other = confirm(DEVICE, &doctor(), &other);
		assert_eq!(ask_as(doctor(), request(), Some(on_other)), invalid);
		let by_other = confirm(Key::Dave, &doctor(), &request());
		assert_eq!(ask_as(doctor(), request(), Some(by_other)), invalid);
		let good = confirm(DEVICE, &doctor(), &request());
		assert_eq!(ask_as(doctor(), request(), Some(good.clone())), AuditOutcome::Success);
		assert_eq!(ask_as(doctor(), request(), Some(good)), invalid);
	});
}

/// The X-Wing key of the account to which the doctor is rotated, hashed.
const NEW_KEY: [u8; 32] = [88; 32];

/// Rotates to an account that agrees.
fn rotate(
	origin: RuntimeOrigin,
	old: &AccountId,
	factor: Option<SecondFactor>,
) -> frame_support::dispatch::DispatchResult {
	let new = Key::AliceStash.to_account_id();
	let valid_until = Milliseconds(now() + 60_000);
	let genesis = System::block_hash(0);
	let payload = rotate_account_agreement(&genesis, old, &new, &NEW_KEY, valid_until);
	let signature = Key::AliceStash.sign(&payload).into();
	let agreement = Agreement { signature, valid_until };
	ProviderRegistry::rotate_account(origin, old.clone(), new, NEW_KEY, agreement, factor)
}

#[test]
fn a_rotated_away_key_is_refused_and_the_new_one_goes_on() {
	verified(|| {
		let (old, new) = (doctor(), Key::AliceStash.to_account_id());
		let factor = confirm(DEVICE, &old, &(ROTATE_ACCOUNT_TAG, &old, &new, NEW_KEY));
		assert_ok!(rotate(RuntimeOrigin::signed(old.clone()), &old, Some(factor)));
		assert_eq!(ask(), denied(DenialReason::KeyRotated));
		let factor = confirm(DEVICE, &new, &request());
		assert_eq!(ask_as(new, request(), Some(factor)), AuditOutcome::Success);
	});
}

#[test]
fn a_homes_operator_with_an_own_second_key_breaks_no_glass() {
	verified(|| {
		let (old, new) = (doctor(), Key::AliceStash.to_account_id());
		assert_ok!(rotate(operator_b(), &old, None));
		let key = SecondKey::Sr25519(Key::Dave.public().0);
		assert_ok!(ProviderRegistry::reset_second_key(operator_b(), new.clone(), key));
		let factor = confirm(Key::Dave, &new, &request());
		let refused = denied(DenialReason::LicenceUnconfirmed);
		assert_eq!(ask_as(new, request(), Some(factor)), refused);
	});
}

#[test]
fn a_suspended_practitioner_is_refused_at_every_level() {
	verified(|| {
		let suspended = PractitionerStatus::Suspended(REASON);
		assert_ok!(ProviderRegistry::set_practitioner_status(root(), doctor(), suspended));
		assert_eq!(ask(), denied(DenialReason::PractitionerSuspended));
	});
}

#[test]
fn a_grant_lapses_with_the_check_on_which_it_rests() {
	verified(|| {
		wait(TTL - 1_000);
		assert_eq!(ask(), AuditOutcome::Success);
		let grant = hdx_primitives::GrantId(0);
		assert_ok!(disclose(grant));
		wait(1_000);
		assert_noop!(disclose(grant), pallet_record_access::Error::<Runtime>::CheckStale);
	});
}

#[test]
fn an_emergency_needs_the_second_key_without_anybody_asking_for_it() {
	world(|| {
		consent();
		let request = AccessRequest { purpose: purpose::ETREAT, ..request() };
		assert_eq!(ask_as(doctor(), request, None), denied(DenialReason::LicenceMissing));
	});
}
