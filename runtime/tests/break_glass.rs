//! Breaking the glass, in the pallets as the runtime composes them.

use crate::world::*;
use frame_support::{assert_noop, assert_ok, BoundedVec};
use hdx_primitives::{
	break_glass_operation,
	consent::{Accounts, GuardianPowers, GuardianSet},
	engine::{terminology::purpose, Scope},
	operation_hash, rotate_account_agreement, rotate_account_operation, second_factor_payload,
	AccessRequest, Action, Agreement, AuditAction, AuditEntry, AuditOutcome, Code, Commitment,
	CredentialId, DenialReason, EntryIndex, GrantId, Milliseconds, Overridden, OverrideReason,
	Period, ReviewOutcome, Role, SecondFactor, Subject, Target, H256,
};
use hdx_runtime::{
	AccountId, Consent, ProviderRegistry, RecordAccess, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeOrigin, System,
};
use pallet_provider_registry::{
	CredentialKind, InstitutionStatus, OracleTerms, PractitionerStatus, ReportedStatus,
	RoleAssignment, SecondKey, SuspensionReason,
};
use pallet_record_access::{EmergencyOverrides, Error, Event, Grants};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::traits::Dispatchable;

const REASON: OverrideReason = OverrideReason::EmergencyTreatment;
const SUSPICION: SuspensionReason = SuspensionReason::Investigation;
/// The doctor's other device.
const DEVICE: Key = Key::Ferdie;
/// The doctor's next account.
const NEXT: Key = Key::AliceStash;
/// A privacy officer of hospital B.
const OFFICER: Key = Key::BobStash;
const DAY: u64 = 24 * HOUR;

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

fn signed(key: Key) -> RuntimeOrigin {
	RuntimeOrigin::signed(key.to_account_id())
}

fn now() -> u64 {
	pallet_timestamp::Now::<Runtime>::get()
}

fn wait(milliseconds: u64) {
	pallet_timestamp::Now::<Runtime>::put(now() + milliseconds);
}

fn enrol(key: Key, role: Role, commitment: u8) {
	assert_ok!(ProviderRegistry::enrol_practitioner(
		operator_b(),
		key.to_account_id(),
		BoundedVec::truncate_from(vec![RoleAssignment { role, taxonomy: Code([8; 16]) }]),
		CredentialKind::Employment,
		Commitment([commitment; 32]),
		Period::default(),
		[2; 32],
	));
}

fn check_licence() {
	for oracle in [Key::One, Key::Two] {
		assert_ok!(ProviderRegistry::report_status(
			signed(oracle),
			doctor(),
			CredentialId(1),
			ReportedStatus::Good,
			H256([9; 32]),
			Milliseconds(now()),
		));
	}
}

/// A doctor with everything that breaking the glass takes, and a privacy officer.
fn ward(test: impl FnOnce()) {
	world(|| {
		let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
		let board = Key::Eve.to_account_id();
		assert_ok!(ProviderRegistry::register_issuer(root(), board, kinds, [0; 32]));
		for oracle in [Key::One, Key::Two] {
			assert_ok!(ProviderRegistry::register_oracle(root(), oracle.to_account_id(), None));
		}
		let terms = OracleTerms {
			quorum: 2,
			ttl: Milliseconds(30 * DAY),
			report_lifetime: Milliseconds(HOUR),
			max_misbehaviour: 3,
		};
		assert_ok!(ProviderRegistry::set_oracle_terms(root(), terms));
		assert_ok!(ProviderRegistry::attest_credential(
			signed(Key::Eve),
			doctor(),
			CredentialKind::Licence,
			Commitment([10; 32]),
			Period::default(),
		));
		assert_ok!(ProviderRegistry::register_second_key(
			RuntimeOrigin::signed(doctor()),
			SecondKey::Sr25519(DEVICE.public().0),
		));
		check_licence();
		enrol(OFFICER, Role::Auditor, 20);
		test();
	});
}

fn emergency() -> AccessRequest {
	AccessRequest { purpose: purpose::BTG, target: Target::WholeRecord, ..request() }
}

fn sign(device: Key, who: &AccountId, operation: H256) -> SecondFactor {
	let valid_until = Milliseconds(now() + 60_000);
	let count = ProviderRegistry::second_factor_count(who.clone());
	let payload = second_factor_payload(&System::block_hash(0), who, count, operation, valid_until);
	SecondFactor { signature: device.sign(&payload).into(), valid_until }
}

fn confirm(request: &AccessRequest) -> Option<SecondFactor> {
	Some(sign(DEVICE, &doctor(), break_glass_operation(request, REASON)))
}

/// The newest entry, leaving out the alert that too many emergencies raise.
fn last_entry_but_alerts() -> AuditEntry {
	let last = last_entry();
	match last.event.action {
		AuditAction::SecurityAlert => {
			let before = EntryIndex(last.index.0 - 1);
			pallet_audit::Entries::<Runtime>::get(before).unwrap()
		},
		_ => last,
	}
}

/// Breaks the glass as somebody, and returns what the log says.
fn break_as(who: AccountId, request: AccessRequest, factor: Option<SecondFactor>) -> AuditOutcome {
	let origin = RuntimeOrigin::signed(who.clone());
	assert_ok!(RecordAccess::break_glass(origin, request, REASON, factor));
	let entry = last_entry_but_alerts();
	assert_eq!(entry.event.action, AuditAction::EmergencyOverrideStarted);
	assert_eq!(entry.event.actor, Some(who));
	entry.event.outcome
}

/// Breaks the glass as the doctor with the second key.
fn break_glass() -> AuditOutcome {
	break_as(doctor(), emergency(), confirm(&emergency()))
}

fn broken() -> GrantId {
	let grant = pallet_record_access::NextGrantId::<Runtime>::get();
	assert_eq!(break_glass(), AuditOutcome::Success);
	grant
}

fn denied(reason: DenialReason) -> AuditOutcome {
	AuditOutcome::Denied(reason)
}

fn review(key: Key, grant: GrantId) -> frame_support::dispatch::DispatchResult {
	let outcome = ReviewOutcome::Justified;
	RecordAccess::review_break_glass(signed(key), grant, outcome, Commitment([7; 32]))
}

/// The doctor goes on under the next account, with the second key's signature.
fn rotate() {
	let (old, new) = (doctor(), NEXT.to_account_id());
	let key_agreement = [6; 32];
	let valid_until = Milliseconds(pallet_timestamp::Now::<Runtime>::get().saturating_add(1_000));
	let genesis = System::block_hash(0);
	let payload = rotate_account_agreement(&genesis, &old, &new, &key_agreement, valid_until);
	let operation = rotate_account_operation(&old, &new, &key_agreement);
	let factor = sign(DEVICE, &old, operation);
	let agreement = Agreement { signature: NEXT.sign(&payload).into(), valid_until };
	assert_ok!(ProviderRegistry::rotate_account(
		RuntimeOrigin::signed(old.clone()),
		old,
		new,
		key_agreement,
		agreement,
		Some(factor),
	));
}

#[test]
fn a_doctor_reads_in_an_emergency_and_a_privacy_officer_reviews_it() {
	ward(|| {
		let grant = broken();
		assert_ok!(disclose(grant));
		assert!(matches!(
			last_entry().event.subject,
			Subject::BreakGlass { grant: Some(_), record: Some(_), reason: REASON, .. }
		));
		assert_ok!(review(OFFICER, grant));
		assert_eq!(last_entry().event.action, AuditAction::EmergencyOverrideReviewed);
		assert_noop!(disclose(grant), Error::<Runtime>::GrantRevoked);
	});
}

#[test]
fn a_consent_that_denies_is_overridden_and_named_in_the_log() {
	ward(|| {
		let consent = consent_that_denies_everything();
		let grant = broken();
		let event = last_entry().event;
		assert_eq!(event.basis.map(|basis| basis.consent), Some(consent));
		assert!(matches!(
			event.subject,
			Subject::BreakGlass { overridden: Some(Overridden::Denial), .. }
		));
		assert_ok!(disclose(grant));
	});
}

fn consent_that_denies_everything() -> hdx_primitives::ConsentId {
	use hdx_primitives::engine::{Policy, Provision, Rule};
	let id = pallet_consent::NextConsentId::<Runtime>::get();
	let provisions = BoundedVec::truncate_from(vec![Provision::new(0, Rule::Deny)]);
	assert_ok!(Consent::grant(
		RuntimeOrigin::signed(patient()),
		Policy { categories: Default::default(), provisions },
		pallet_consent::SignedDocument {
			template: hdx_primitives::TemplateId(0),
			commitment: Commitment([4; 32]),
		},
		Default::default(),
	));
	hdx_primitives::ConsentId(id)
}

#[test]
fn the_guardians_in_office_are_told() {
	ward(|| {
		let guardian = Key::CharlieStash.to_account_id();
		assert_ok!(Consent::set_guardians(
			RuntimeOrigin::signed(patient()),
			Some(GuardianSet {
				guardians: Accounts::truncate_from(vec![guardian.clone()]),
				threshold: 1,
				scope: Scope::default(),
				powers: GuardianPowers::default(),
				period: Period { start: None, end: Some(Milliseconds(now() + DAY)) },
				objection_delay: Milliseconds(0),
			}),
		));
		let told = || {
			broken();
			System::events()
				.into_iter()
				.rev()
				.find_map(|record| match record.event {
					RuntimeEvent::RecordAccess(Event::GlassBroken {
						patient,
						guardians,
						institution,
						..
					}) => Some((patient, guardians.into_inner(), institution)),
					_ => None,
				})
				.unwrap()
		};
		assert_eq!(told(), (patient(), vec![guardian], HOSPITAL_B));
		wait(DAY);
		assert_eq!(told(), (patient(), vec![], HOSPITAL_B));
	});
}

#[test]
fn attack_without_the_second_key() {
	ward(|| {
		let missing = denied(DenialReason::SecondFactorMissing);
		assert_eq!(break_as(doctor(), emergency(), None), missing);
	});
}

#[test]
fn attack_with_anothers_second_key() {
	ward(|| {
		let operation = break_glass_operation(&emergency(), REASON);
		let factor = sign(Key::Dave, &doctor(), operation);
		let invalid = denied(DenialReason::SecondFactorInvalid);
		assert_eq!(break_as(doctor(), emergency(), Some(factor)), invalid);
	});
}

#[test]
fn attack_by_replaying_the_second_keys_signature() {
	ward(|| {
		let factor = confirm(&emergency());
		assert_eq!(break_as(doctor(), emergency(), factor.clone()), AuditOutcome::Success);
		let invalid = denied(DenialReason::SecondFactorInvalid);
		assert_eq!(break_as(doctor(), emergency(), factor), invalid);
	});
}

#[test]
fn attack_with_a_signature_on_an_ordinary_request_or_another_reason() {
	ward(|| {
		let invalid = denied(DenialReason::SecondFactorInvalid);
		let ordinary = sign(DEVICE, &doctor(), operation_hash(&emergency()));
		assert_eq!(break_as(doctor(), emergency(), Some(ordinary)), invalid);
		let operation = break_glass_operation(&emergency(), OverrideReason::PublicSafety);
		let other = sign(DEVICE, &doctor(), operation);
		assert_eq!(break_as(doctor(), emergency(), Some(other)), invalid);
	});
}

#[test]
fn attack_in_the_block_in_which_the_patient_opted_out() {
	ward(|| {
		let grant = broken();
		assert_ok!(Consent::set_emergency_override(RuntimeOrigin::signed(patient()), false));
		assert_eq!(break_glass(), denied(DenialReason::EmergencyOptOut));
		assert_noop!(disclose(grant), Error::<Runtime>::EmergencyOptOut);
	});
}

#[test]
fn attack_by_a_suspended_practitioner() {
	ward(|| {
		let grant = broken();
		let status = PractitionerStatus::Suspended(SUSPICION);
		assert_ok!(ProviderRegistry::set_practitioner_status(operator_b(), doctor(), status));
		assert_eq!(break_glass(), denied(DenialReason::PractitionerSuspended));
		assert_noop!(disclose(grant), Error::<Runtime>::PractitionerSuspended);
	});
}

#[test]
fn attack_for_a_suspended_institution() {
	ward(|| {
		let grant = broken();
		let status = InstitutionStatus::Suspended(SUSPICION);
		assert_ok!(ProviderRegistry::set_institution_status(root(), HOSPITAL_B, status));
		assert_eq!(break_glass(), denied(DenialReason::InstitutionSuspended));
		assert_noop!(disclose(grant), Error::<Runtime>::InstitutionSuspended);
		// Nor is its word on reviews worth anything meanwhile.
		assert_noop!(review(Key::Bob, grant), Error::<Runtime>::MayNotReview);
		assert_noop!(review(OFFICER, grant), Error::<Runtime>::MayNotReview);
	});
}

#[test]
fn attack_with_a_licence_that_nobody_checked_of_late() {
	ward(|| {
		wait(30 * DAY);
		assert_eq!(break_glass(), denied(DenialReason::CheckStale));
	});
}

#[test]
fn attack_past_the_limit_of_overdue_reviews() {
	ward(|| {
		let most = RecordAccess::emergency_terms().max_overdue;
		let grants: Vec<_> = (0..=most).map(|_| broken()).collect();
		wait(3 * DAY);
		assert!(RecordAccess::review_standing(HOSPITAL_B).is_blocked);
		assert_eq!(break_glass(), denied(DenialReason::ReviewsOverdue));
		assert_ok!(review(Key::Bob, *grants.last().unwrap()));
		assert_eq!(break_glass(), AuditOutcome::Success);
		assert_eq!(RecordAccess::review_standing(HOSPITAL_B).counts.late, 1);
	});
}

#[test]
fn attack_by_reviewing_oneself_under_the_account_of_before_or_after() {
	ward(|| {
		let before = broken();
		rotate();
		// Under the next account as the privacy officer that the operator made of it.
		assert_noop!(review(NEXT, before), Error::<Runtime>::OwnReview);
		let operation = break_glass_operation(&emergency(), REASON);
		let next = NEXT.to_account_id();
		let factor = sign(DEVICE, &next, operation);
		let after = pallet_record_access::NextGrantId::<Runtime>::get();
		assert_eq!(break_as(next, emergency(), Some(factor)), AuditOutcome::Success);
		assert_noop!(review(Key::Charlie, after), Error::<Runtime>::OwnReview);
		assert_ok!(review(Key::Bob, before));
		assert_ok!(review(OFFICER, after));
	});
}

#[test]
fn attack_with_a_grant_of_an_account_that_was_rotated_away() {
	ward(|| {
		let grant = broken();
		rotate();
		assert_noop!(disclose(grant), Error::<Runtime>::KeyRotated);
		assert_eq!(break_glass(), denied(DenialReason::KeyRotated));
	});
}

#[test]
fn attack_through_calls_that_carry_calls() {
	ward(|| {
		let call = |factor| -> RuntimeCall {
			let request = emergency();
			let reason = REASON;
			pallet_record_access::Call::break_glass { request, reason, second_factor: factor }
				.into()
		};
		let send = |call: RuntimeCall| {
			assert_ok!(call.dispatch(RuntimeOrigin::signed(doctor())).map_err(|it| it.error));
		};
		// Nobody breaks the glass as a derived account.
		let inner = Box::new(call(confirm(&emergency())));
		let as_derived: RuntimeCall =
			pallet_utility::Call::as_derivative { index: 0, call: inner }.into();
		let refused = as_derived.dispatch(RuntimeOrigin::signed(doctor())).unwrap_err().error;
		assert_eq!(refused, frame_system::Error::<Runtime>::CallFiltered.into());
		// Whoever signs cannot act as somebody else.
		let inner = Box::new(call(confirm(&emergency())));
		let as_origin = Box::new(frame_system::RawOrigin::Signed(doctor()).into());
		let as_doctor: RuntimeCall =
			pallet_utility::Call::dispatch_as { as_origin, call: inner }.into();
		assert!(as_doctor.dispatch(signed(Key::Dave)).is_err());
		assert_eq!(Grants::<Runtime>::iter().count(), 0);
		// One signature breaks one glass, however many times it is sent at once.
		let one = call(confirm(&emergency()));
		send(pallet_utility::Call::batch { calls: vec![one.clone(), one.clone(), one] }.into());
		assert_eq!(Grants::<Runtime>::iter().count(), 1);
		assert_eq!(EmergencyOverrides::<Runtime>::iter().count(), 1);
		assert_eq!(last_entry().event.outcome, denied(DenialReason::SecondFactorInvalid));
	});
}

#[test]
fn attack_by_asking_for_an_emergency_as_for_anything_else() {
	ward(|| {
		consent();
		let rules = hdx_primitives::engine::Rules {
			implicit: hdx_primitives::engine::ImplicitPolicy::BreakGlassOnly,
			..Default::default()
		};
		assert_ok!(Consent::set_decision_rules(root(), rules));
		for purpose in [purpose::BTG, purpose::ETREAT] {
			let request = AccessRequest { purpose, action: Action::Read, ..request() };
			let factor = sign(DEVICE, &doctor(), operation_hash(&request));
			let origin = RuntimeOrigin::signed(doctor());
			assert_ok!(RecordAccess::request_access(origin, request, Some(factor)));
			let needed = denied(DenialReason::BreakGlassNeeded);
			assert_eq!(last_entry().event.outcome, needed);
		}
	});
}

#[test]
fn attack_on_another_patient_with_the_same_grant() {
	ward(|| {
		let other = Key::DaveStash.to_account_id();
		assert_ok!(Consent::sponsor_patient(operator_a(), other.clone()));
		let record = pallet_record_access::NextRecordId::<Runtime>::get();
		let manifest = Commitment([3; 32]);
		assert_ok!(RecordAccess::register_record(operator_a(), other, manifest, 12, 0));
		let grant = broken();
		assert_noop!(
			RecordAccess::record_disclosure(operator_a(), grant, record, 3, Commitment([6; 32])),
			Error::<Runtime>::RecordNotCovered
		);
	});
}

#[test]
fn attack_after_the_end_and_after_the_last_use() {
	ward(|| {
		let uses = RecordAccess::emergency_terms().uses;
		let grant = broken();
		for _ in 0..uses {
			assert_ok!(disclose(grant));
		}
		assert_noop!(disclose(grant), Error::<Runtime>::GrantUsedUp);
		let grant = broken();
		wait(HOUR);
		assert_noop!(disclose(grant), Error::<Runtime>::GrantExpired);
	});
}
