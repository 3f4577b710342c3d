//! Erasing records.

use crate::{
	mock::*, CustodyOffers, Disputes, ErasedManifests, ErasedRecords, Error, Event, GrantRefusal,
	NewManifest, OpenDisputesOf, RecordCount, Records, RestrictionTerms, Tombstone,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::terminology::purpose::BTG, AccessRequest, AccountId, AssuranceLevel, AuditAction,
	AuditEvent, AuditOutcome, Commitment, DenialReason, DisputeOutcome, GrantId, OverrideReason,
	RecordId, Role, Subject, Target,
};
use sp_runtime::{DispatchError, DispatchResult};

const RECEIPT: Commitment = Commitment([31; 32]);

fn erase_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::record_erasure(RuntimeOrigin::signed(who), record, RECEIPT)
}

fn erase(record: RecordId) -> DispatchResult {
	erase_as(CUSTODIAN, record)
}

fn disclose(grant: GrantId, record: RecordId) -> DispatchResult {
	plain(RecordAccess::record_disclosure(
		RuntimeOrigin::signed(CUSTODIAN),
		grant,
		record,
		1,
		DISCLOSURE,
	))
}

fn of(record: RecordId) -> AccessRequest {
	AccessRequest { target: Target::Record(record), ..request() }
}

fn denied(reason: DenialReason) -> AuditOutcome {
	AuditOutcome::Denied(reason)
}

#[test]
fn a_tombstone_takes_the_place_of_the_record_and_the_log_has_the_receipt() {
	run(|| {
		let (erased, other) = (registered(PATIENT), registered(PATIENT));
		assert_ok!(erase(erased));
		let stone =
			Tombstone { patient: PATIENT, custodian: HOSPITAL, erased_at: START, receipt: RECEIPT };
		assert_eq!(RecordAccess::tombstone(erased), Some(stone));
		assert_eq!(RecordAccess::tombstone(other), None);
		assert!(!Records::<Test>::contains_key(erased));
		assert_eq!(RecordCount::<Test>::get(PATIENT), 1);
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				subject: Subject::Erasure { record: erased, receipt: RECEIPT },
				..AuditEvent::new(AuditAction::RecordErased)
			}
		);
		System::assert_last_event(
			Event::RecordErased {
				record: erased,
				patient: PATIENT,
				custodian: HOSPITAL,
				receipt: RECEIPT,
				entry: last_index(),
			}
			.into(),
		);
		assert_ok!(erase(other));
		assert!(!RecordCount::<Test>::contains_key(PATIENT));
	});
}

#[test]
fn grants_end_in_the_same_block() {
	run(|| {
		let (erased, other) = (registered(PATIENT), registered(PATIENT));
		let (narrow, whole) = (granted(of(erased)), granted(request()));
		assert_ok!(erase(erased));
		let refusal = GrantRefusal::Denied(DenialReason::RecordErased);
		assert_eq!(RecordAccess::check_grant(narrow, HOSPITAL, START), Err(refusal));
		for grant in [narrow, whole] {
			assert_noop!(disclose(grant, erased), Error::<Test>::RecordErased);
		}
		assert_ok!(disclose(whole, other));
		assert_ok!(RecordAccess::revoke_grant(RuntimeOrigin::signed(PATIENT), narrow));
	});
}

#[test]
fn a_request_for_it_is_denied_with_its_own_reason_and_logged() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(erase(record));
		let ask = |request| {
			let origin = RuntimeOrigin::signed(PHYSICIAN);
			assert_ok!(RecordAccess::request_access(origin, request, None));
			last_entry().outcome
		};
		assert_eq!(ask(of(record)), denied(DenialReason::RecordErased));
		assert_eq!(last_entry().subject, Subject::Record(record));
		// Who may not ask is not told.
		let nurse = AccessRequest { role: Role::Nurse, ..of(record) };
		assert_eq!(ask(nurse), denied(DenialReason::PractitionerUnknown));
		let of_another = AccessRequest { patient: SILENT_PATIENT, ..of(record) };
		let outcome =
			RecordAccess::request_access(RuntimeOrigin::signed(PHYSICIAN), of_another, None);
		assert_noop!(outcome, Error::<Test>::RecordOfAnotherPatient);
	});
}

#[test]
fn nobody_breaks_the_glass_for_what_was_erased() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let record = registered(PATIENT);
		let break_glass = |role| {
			let request = AccessRequest { purpose: BTG, role, ..of(record) };
			let reason = OverrideReason::EmergencyTreatment;
			let origin = RuntimeOrigin::signed(PHYSICIAN);
			assert_ok!(RecordAccess::break_glass(origin, request, reason, Some(factor())));
			last_entry().outcome
		};
		let grant = crate::NextGrantId::<Test>::get();
		assert_eq!(break_glass(Role::Physician), AuditOutcome::Success);
		assert_ok!(erase(record));
		let refusal = GrantRefusal::Denied(DenialReason::RecordErased);
		assert_eq!(RecordAccess::check_grant(grant, HOSPITAL, START), Err(refusal));
		assert_noop!(disclose(grant, record), Error::<Test>::RecordErased);
		confirm_anew();
		assert_eq!(break_glass(Role::Physician), denied(DenialReason::RecordErased));
	});
}

#[test]
fn offer_dispute_and_restriction_go_with_the_record() {
	run(|| {
		let record = registered(PATIENT);
		let patient = || RuntimeOrigin::signed(PATIENT);
		let terms = RestrictionTerms::OnlyFor(Default::default());
		assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(CUSTODIAN), record, CLINIC));
		assert_ok!(RecordAccess::dispute_record(patient(), record, RECEIPT));
		assert_ok!(RecordAccess::restrict(patient(), PATIENT, Some(record), terms));
		assert_ok!(erase(record));
		assert!(!CustodyOffers::<Test>::contains_key(record));
		assert!(!Disputes::<Test>::contains_key(record));
		assert!(!OpenDisputesOf::<Test>::contains_key(PATIENT));
		assert_eq!(RecordAccess::restrictions_of(PATIENT), []);
	});
}

#[test]
fn every_call_about_an_erased_record_fails() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(erase(record));
		let (custodian, patient) =
			(|| RuntimeOrigin::signed(CUSTODIAN), || RuntimeOrigin::signed(PATIENT));
		let gone = Error::<Test>::RecordErased;
		assert_noop!(erase(record), gone);
		let gone = Error::<Test>::RecordErased;
		assert_noop!(RecordAccess::offer_custody(custodian(), record, CLINIC), gone);
		let gone = Error::<Test>::RecordErased;
		assert_noop!(RecordAccess::withdraw_custody_offer(custodian(), record), gone);
		let gone = Error::<Test>::RecordErased;
		assert_noop!(RecordAccess::accept_custody(custodian(), record, 1, None), gone);
		let gone = Error::<Test>::RecordErased;
		let terms = RestrictionTerms::OnlyFor(Default::default());
		assert_noop!(RecordAccess::restrict(patient(), PATIENT, Some(record), terms), gone);
		let gone = Error::<Test>::RecordErased;
		assert_noop!(RecordAccess::dispute_record(patient(), record, RECEIPT), gone);
		let gone = Error::<Test>::RecordErased;
		let outcome = DisputeOutcome::Accepted;
		assert_noop!(RecordAccess::answer_dispute(custodian(), record, outcome, RECEIPT), gone);
	});
}

#[test]
fn what_was_erased_is_not_registered_again() {
	run(|| {
		let (erased, offered) = (registered(PATIENT), registered(PATIENT));
		assert_ok!(erase(erased));
		let register = |patient, manifest| {
			let origin = RuntimeOrigin::signed(CUSTODIAN);
			RecordAccess::register_record(origin, patient, manifest, 1, 0)
		};
		assert_noop!(register(PATIENT, MANIFEST), Error::<Test>::ManifestErased);
		let clinic = RuntimeOrigin::signed(CLINIC_OPERATOR);
		assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(CUSTODIAN), offered, CLINIC));
		let anew = Some(NewManifest { manifest: MANIFEST, sections: 1, epoch: 1 });
		let outcome = RecordAccess::accept_custody(clinic, offered, 1, anew);
		assert_noop!(outcome, Error::<Test>::ManifestErased);
		// Nobody keeps somebody else's records out by erasing one of theirs.
		assert_ok!(register(SILENT_PATIENT, MANIFEST));
		assert_ok!(register(PATIENT, RECEIPT));
		let next = RecordId(erased.0 + 4);
		assert_eq!(crate::NextRecordId::<Test>::get(), next);
	});
}

#[test]
fn erasure_fails_when_the_origin_is_not_signed() {
	run(|| {
		let record = registered(PATIENT);
		let outcome = RecordAccess::record_erasure(RuntimeOrigin::root(), record, RECEIPT);
		assert_noop!(outcome, DispatchError::BadOrigin);
	});
}

#[test]
fn erasure_fails_when_the_signer_does_not_keep_the_record() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(erase_as(PATIENT, record), Error::<Test>::NotAnOperator);
		assert_noop!(erase_as(CLINIC_OPERATOR, record), Error::<Test>::NotTheCustodian);
		assert_noop!(erase(RecordId(9)), Error::<Test>::RecordUnknown);
	});
}

#[test]
fn erasure_fails_while_the_patient_is_under_a_legal_hold() {
	run(|| {
		let record = registered(PATIENT);
		Held::insert(PATIENT, ());
		assert_noop!(erase(record), Error::<Test>::LegalHold);
		assert_ok!(erase(registered(SILENT_PATIENT)));
		Held::remove(PATIENT);
		assert_ok!(erase(record));
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_a_tombstone_makes_no_sense() {
	fn noticed(spoil: impl FnOnce(RecordId, Tombstone), complaint: &'static str) {
		genesis().execute_with(|| {
			let record = registered(PATIENT);
			let there = registered(SILENT_PATIENT);
			assert_ok!(erase(record));
			spoil(there, RecordAccess::tombstone(record).unwrap());
			let complaint = DispatchError::Other(complaint);
			assert_eq!(RecordAccess::check_invariants(), Err(complaint));
		});
	}
	noticed(
		|_, stone| ErasedRecords::<Test>::insert(RecordId(9), stone),
		"a tombstone has an identifier that was not given out",
	);
	noticed(ErasedRecords::<Test>::insert, "an erased record is there");
	noticed(
		|there, _| ErasedManifests::<Test>::insert((PATIENT, RECEIPT), there),
		"an erased manifest is of no erased record of the patient",
	);
	let forgotten = |_, _| {
		ErasedRecords::<Test>::remove(RecordId(0));
		ErasedManifests::<Test>::remove((PATIENT, MANIFEST));
	};
	noticed(forgotten, "a record is missing");
}
