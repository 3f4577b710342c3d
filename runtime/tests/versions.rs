//! New versions of records, and their retirement, in the pallets as the runtime composes them.

use crate::world::*;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult, traits::Get, BoundedVec};
use hdx_primitives::{
	consent::FrequencyLimit, engine::terminology, AccessRequest, AccountId, Action, AuditAction,
	Code, Commitment, DenialReason, GrantId, Milliseconds, RecordId, Subject, Target, TemplateId,
};
use hdx_runtime::{Consent, ProviderRegistry, RecordAccess, Runtime, RuntimeCall, RuntimeOrigin};
use pallet_consent::{ConsentTerms, SignedDocument};
use pallet_provider_registry::{InstitutionStatus, PractitionerStatus, SuspensionReason};
use pallet_quota::CallClassifier;
use pallet_record_access::{Call, Error, Grants, NewManifest, Records};
use sp_keyring::Sr25519Keyring as Key;

const RECORD: RecordId = RecordId(0);
const SUSPENDED: SuspensionReason = SuspensionReason::Investigation;

/// A version with as many sections as the record of the world.
fn version_now(record: RecordId) -> u32 {
	RecordAccess::record_version(record).unwrap_or(1)
}

fn sealed_with(salt: u8) -> NewManifest {
	NewManifest { manifest: Commitment([100 + salt; 32]), sections: 12, epoch: 0 }
}

fn update(by: RuntimeOrigin, salt: u8, under: Option<GrantId>) -> DispatchResult {
	RecordAccess::update_record(by, RECORD, version_now(RECORD), sealed_with(salt), under)
}

/// Hospital A takes in what the doctor of hospital B brought.
fn take_in(grant: GrantId) -> DispatchResult {
	update(operator_a(), 0, Some(grant))
}

fn to(action: Action) -> AccessRequest {
	AccessRequest { action, ..request() }
}

/// A grant to append, which the doctor of hospital B has of the patient.
fn appending() -> GrantId {
	consent();
	ask(to(Action::Append)).expect("permitted")
}

fn consent_with(actions: Vec<Code>, terms: ConsentTerms) {
	let mut policy = treatment_without_psychiatry();
	policy.provisions[0].actions = BoundedVec::truncate_from(actions);
	assert_ok!(Consent::grant(
		RuntimeOrigin::signed(patient()),
		policy,
		SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) },
		terms,
	));
}

#[test]
fn a_doctor_of_another_hospital_appends_and_the_custodian_takes_it_in() {
	world(|| {
		let grant = appending();
		let before = Grants::<Runtime>::get(grant).unwrap();
		assert_ok!(take_in(grant));
		let after = Grants::<Runtime>::get(grant).unwrap();
		assert_eq!(after.uses_left, before.uses_left - 1);
		let stored = Records::<Runtime>::get(RECORD).unwrap();
		assert_eq!((stored.manifest, stored.custodian), (Commitment([100; 32]), HOSPITAL_A));
		assert_eq!(RecordAccess::record_version(RECORD), Some(2));

		let entry = last_entry().event;
		assert_eq!(entry.action, AuditAction::RecordUpdated);
		assert_eq!((entry.patient, entry.on_behalf_of), (Some(patient()), Some(HOSPITAL_A)));
		assert_eq!(entry.purpose, Some(request().purpose));
		assert_eq!(entry.basis, before.basis);
		let (manifest, under) = (Commitment([100; 32]), Some(grant));
		let subject = Subject::RecordVersion { record: RECORD, version: 2, manifest, under };
		assert_eq!(entry.subject, subject);
	});
}

#[test]
fn the_custodian_documents_what_it_does_itself_without_a_grant() {
	world(|| {
		assert_ok!(update(operator_a(), 0, None));
		let entry = last_entry().event;
		assert_eq!((entry.action, entry.basis), (AuditAction::RecordUpdated, None));
	});
}

#[test]
fn nothing_is_taken_in_after_the_consent_was_revoked() {
	world(|| {
		let consent = consent();
		let grant = ask(to(Action::Append)).expect("permitted");
		assert_ok!(Consent::revoke(RuntimeOrigin::signed(patient()), consent));
		assert_noop!(take_in(grant), Error::<Runtime>::NoConsent);
		assert_eq!(ask(to(Action::Append)), Err(DenialReason::NoConsent));
	});
}

#[test]
fn who_may_read_by_the_consent_may_not_write_by_it_nor_the_other_way_round() {
	use terminology::action::{ACCESS, COLLECT};
	for (permitted, granted, refused) in
		[(ACCESS, Action::Read, Action::Append), (COLLECT, Action::Append, Action::Read)]
	{
		world(|| {
			consent_with(vec![permitted], ConsentTerms::default());
			assert!(ask(to(granted)).is_ok());
			assert!(ask(to(refused)).is_err());
		});
	}
}

#[test]
fn versions_and_disclosures_end_together_with_the_frequency_of_the_consent() {
	world(|| {
		let frequency = FrequencyLimit { accesses: 2, per: Milliseconds(HOUR) };
		let terms = ConsentTerms { frequency: Some(frequency), ..Default::default() };
		consent_with(vec![], terms);
		let reading = ask(to(Action::Read)).expect("permitted");
		let writing = ask(to(Action::Write)).expect("permitted");
		assert_ok!(disclose(reading));
		assert_ok!(take_in(writing));
		let more = update(operator_a(), 1, Some(writing));
		assert_noop!(more, Error::<Runtime>::FrequencyExceeded);
		assert_noop!(disclose(reading), Error::<Runtime>::FrequencyExceeded);
	});
}

#[test]
fn attack_by_taking_in_what_another_custodian_keeps() {
	world(|| {
		let grant = appending();
		for under in [None, Some(grant)] {
			let outcome = update(operator_b(), 0, under);
			assert_noop!(outcome, Error::<Runtime>::NotTheCustodian);
			let by_the_doctor = update(RuntimeOrigin::signed(doctor()), 0, under);
			assert_noop!(by_the_doctor, Error::<Runtime>::NotAnOperator);
		}
	});
}

#[test]
fn attack_by_writing_under_somebody_elses_patients_grant() {
	world(|| {
		consent();
		let whole = AccessRequest { target: Target::WholeRecord, ..to(Action::Write) };
		let grant = ask(whole).expect("permitted");
		let other: AccountId = Key::Ferdie.to_account_id();
		assert_ok!(Consent::sponsor_patient(operator_a(), other.clone()));
		let manifest = Commitment([3; 32]);
		assert_ok!(RecordAccess::register_record(operator_a(), other, manifest, 12, 0));
		let (theirs, new) = (RecordId(1), sealed_with(0));
		let outcome = RecordAccess::update_record(operator_a(), theirs, 1, new, Some(grant));
		assert_noop!(outcome, Error::<Runtime>::RecordNotCovered);
	});
}

#[test]
fn attack_by_writing_under_a_grant_to_read() {
	world(|| {
		consent();
		let grant = ask(request()).expect("permitted");
		assert_noop!(take_in(grant), Error::<Runtime>::GrantBringsNothingIn);
		let appending = ask(to(Action::Append)).expect("permitted");
		assert_noop!(disclose(appending), Error::<Runtime>::GrantReleasesNothing);
	});
}

#[test]
fn attack_by_writing_after_a_suspension() {
	let institution =
		|status, id| ProviderRegistry::set_institution_status(RuntimeOrigin::root(), id, status);
	world(|| {
		let grant = appending();
		let suspended = InstitutionStatus::Suspended(SUSPENDED);
		assert_ok!(institution(suspended, HOSPITAL_B));
		assert_noop!(take_in(grant), Error::<Runtime>::InstitutionSuspended);
		assert_ok!(institution(InstitutionStatus::Active, HOSPITAL_B));
		assert_ok!(institution(suspended, HOSPITAL_A));
		assert_noop!(take_in(grant), Error::<Runtime>::NotAnOperator);
		assert_ok!(institution(InstitutionStatus::Active, HOSPITAL_A));
		let status = PractitionerStatus::Suspended(SUSPENDED);
		assert_ok!(ProviderRegistry::set_practitioner_status(operator_b(), doctor(), status));
		assert_noop!(take_in(grant), Error::<Runtime>::PractitionerSuspended);
	});
}

#[test]
fn attack_by_writing_more_often_than_the_grant_says() {
	world(|| {
		let grant = appending();
		let most: u32 = <Runtime as pallet_record_access::Config>::MaxUses::get();
		for salt in 0..u8::try_from(most).unwrap() {
			assert_ok!(update(operator_a(), salt, Some(grant)));
		}
		let more = update(operator_a(), u8::try_from(most).unwrap(), Some(grant));
		assert_noop!(more, Error::<Runtime>::GrantUsedUp);
		assert_eq!(RecordAccess::record_version(RECORD), Some(1 + most));
	});
}

#[test]
fn attack_by_putting_an_earlier_version_in_the_place_of_a_later_one() {
	world(|| {
		let grant = appending();
		let registered = NewManifest { manifest: Commitment([3; 32]), ..sealed_with(0) };
		assert_ok!(take_in(grant));
		assert_ok!(update(operator_a(), 1, None));
		for earlier in [registered, sealed_with(0)] {
			for under in [None, Some(grant)] {
				let outcome = RecordAccess::update_record(
					operator_a(),
					RECORD,
					version_now(RECORD),
					earlier,
					under,
				);
				assert_noop!(outcome, Error::<Runtime>::ManifestSuperseded);
			}
		}
		assert_noop!(update(operator_a(), 1, Some(grant)), Error::<Runtime>::ManifestUnchanged);
	});
}

#[test]
fn attack_by_registering_an_earlier_version_of_an_erased_record() {
	world(|| {
		assert_ok!(update(operator_a(), 0, None));
		assert_ok!(RecordAccess::record_erasure(operator_a(), RECORD, Commitment([8; 32])));
		for manifest in [Commitment([3; 32]), Commitment([100; 32])] {
			let again = RecordAccess::register_record(operator_a(), patient(), manifest, 12, 0);
			assert_noop!(again, Error::<Runtime>::ManifestErased);
		}
	});
}

#[test]
fn a_retired_record_is_granted_and_disclosed_to_nobody_until_it_is_reinstated() {
	world(|| {
		consent();
		let grant = ask(request()).expect("permitted");
		assert_ok!(RecordAccess::retire_record(operator_a(), RECORD));
		assert_eq!(last_entry().event.action, AuditAction::RecordRetired);
		assert_noop!(disclose(grant), Error::<Runtime>::RecordRetired);
		assert_eq!(ask(request()), Err(DenialReason::RecordRetired));
		let by_another = RecordAccess::reinstate_record(operator_b(), RECORD);
		assert_noop!(by_another, Error::<Runtime>::NotTheCustodian);
		assert_ok!(RecordAccess::reinstate_record(operator_a(), RECORD));
		assert_eq!(last_entry().event.action, AuditAction::RecordReinstated);
		assert_ok!(disclose(grant));
	});
}

/// No call about a record's versions or use is one that goes through when nothing else does.
#[test]
fn versions_and_retirements_are_paid_for_by_the_unit_and_are_no_right_of_anybody() {
	type Calls = <Runtime as pallet_quota::Config>::Calls;
	world(|| {
		let calls: [RuntimeCall; 3] = [
			Call::update_record { record: RECORD, version: 1, new: sealed_with(0), under: None }
				.into(),
			Call::retire_record { record: RECORD }.into(),
			Call::reinstate_record { record: RECORD }.into(),
		];
		for call in calls {
			assert_eq!(Calls::units(&call), 1);
			for who in [Key::Alice.to_account_id(), patient()] {
				assert!(!Calls::is_protected(&who, &call));
				assert_eq!(Calls::emergency(&who, &call), None);
			}
		}
	});
}
