//! Records that are out of use.

use crate::{
	mock::*, Error, Event, GrantRefusal, GrantUse, GrantUses, NewManifest, Records,
	RestrictedPurposes, RestrictionTerms,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::terminology::purpose::BTG, AccessRequest, AccountId, AssuranceLevel, AuditAction,
	AuditEvent, AuditOutcome, Commitment, DenialReason, GrantId, OverrideReason, RecordId, Role,
	Subject, Target, H256,
};
use sp_runtime::{DispatchError, DispatchResult};

fn retire_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::retire_record(RuntimeOrigin::signed(who), record)
}

fn retire(record: RecordId) -> DispatchResult {
	retire_as(CUSTODIAN, record)
}

fn reinstate_as(who: AccountId, record: RecordId) -> DispatchResult {
	RecordAccess::reinstate_record(RuntimeOrigin::signed(who), record)
}

fn reinstate(record: RecordId) -> DispatchResult {
	reinstate_as(CUSTODIAN, record)
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

fn retired() -> RecordId {
	let record = registered(PATIENT);
	assert_ok!(retire(record));
	record
}

fn entry(action: AuditAction, record: RecordId) -> AuditEvent {
	AuditEvent {
		actor: Some(CUSTODIAN),
		on_behalf_of: Some(HOSPITAL),
		patient: Some(PATIENT),
		subject: Subject::Record(record),
		..AuditEvent::new(action)
	}
}

#[test]
fn a_retired_record_stays_as_it_is_and_it_is_logged_and_announced() {
	run(|| {
		let record = registered(PATIENT);
		let before = Records::<Test>::get(record);
		assert_eq!(RecordAccess::retired_since(record), None);
		assert_ok!(retire(record));
		assert_eq!(RecordAccess::retired_since(record), Some(START));
		assert_eq!(Records::<Test>::get(record), before);
		assert_eq!(RecordAccess::record_version(record), Some(1));
		assert_eq!(last_entry(), entry(AuditAction::RecordRetired, record));
		let (patient, custodian, entry) = (PATIENT, HOSPITAL, last_index());
		System::assert_last_event(
			Event::RecordRetired { record, patient, custodian, entry }.into(),
		);
	});
}

#[test]
fn a_reinstated_record_is_asked_for_and_disclosed_again() {
	run(|| {
		let record = registered(PATIENT);
		let grant = granted(of(record));
		assert_ok!(retire(record));
		assert_ok!(reinstate(record));
		assert_eq!(RecordAccess::retired_since(record), None);
		assert_eq!(last_entry(), entry(AuditAction::RecordReinstated, record));
		let (patient, custodian, entry) = (PATIENT, HOSPITAL, last_index());
		System::assert_last_event(
			Event::RecordReinstated { record, patient, custodian, entry }.into(),
		);
		assert_ok!(disclose(grant, record));
		assert_ok!(disclose(granted(of(record)), record));
		assert_ok!(retire(record));
	});
}

#[test]
fn a_request_for_a_retired_record_is_denied_with_its_own_reason_and_logged() {
	run(|| {
		let record = retired();
		let ask = |request| {
			assert_ok!(RecordAccess::request_access(
				RuntimeOrigin::signed(PHYSICIAN),
				request,
				None
			));
			last_entry().outcome
		};
		assert_eq!(ask(of(record)), AuditOutcome::Denied(DenialReason::RecordRetired));
		assert_eq!(last_entry().subject, Subject::Record(record));
		// Who may not ask is not told.
		let nurse = AccessRequest { role: Role::Nurse, ..of(record) };
		assert_eq!(ask(nurse), AuditOutcome::Denied(DenialReason::PractitionerUnknown));
	});
}

#[test]
fn disclosure_fails_when_the_record_is_retired_and_takes_no_use() {
	run(|| {
		let (record, other) = (registered(PATIENT), registered(PATIENT));
		let (narrow, whole) = (granted(of(record)), granted(request()));
		assert_ok!(retire(record));
		let refusal = GrantRefusal::Denied(DenialReason::RecordRetired);
		assert_eq!(RecordAccess::check_grant(narrow, HOSPITAL, START), Err(refusal));
		for grant in [narrow, whole] {
			assert_noop!(disclose(grant, record), Error::<Test>::RecordRetired);
		}
		// The whole record is asked for without it.
		assert_eq!(RecordAccess::check_grant(whole, HOSPITAL, START), Ok(()));
		assert_ok!(disclose(whole, other));
		assert_ok!(disclose(granted(request()), other));
	});
}

#[test]
fn a_batch_fails_when_one_of_its_records_is_retired() {
	run(|| {
		let (record, other) = (registered(PATIENT), registered(PATIENT));
		let grant = granted(request());
		assert_ok!(retire(other));
		let uses = [record, other].map(|record| GrantUse { grant, record, uses: 1 });
		let uses = GrantUses::truncate_from(uses.to_vec());
		let origin = RuntimeOrigin::signed(CUSTODIAN);
		let outcome =
			RecordAccess::record_disclosures(origin, H256([1; 32]), 2, START, START, uses);
		let error = codec::Encode::encode(&Error::<Test>::RecordRetired)[0];
		assert_noop!(outcome, Error::<Test>::RefusedInBatch { position: 1, error });
	});
}

#[test]
fn nobody_breaks_the_glass_for_a_retired_record_nor_is_shown_it_under_one() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		let record = retired();
		let break_glass = |target| {
			let grant = crate::NextGrantId::<Test>::get();
			assert_ok!(RecordAccess::break_glass(
				RuntimeOrigin::signed(PHYSICIAN),
				AccessRequest { purpose: BTG, target, ..request() },
				OverrideReason::EmergencyTreatment,
				Some(factor()),
			));
			grant
		};
		break_glass(Target::Record(record));
		let denied = AuditOutcome::Denied(DenialReason::RecordRetired);
		assert_eq!(last_entry().outcome, denied);
		let whole = break_glass(Target::WholeRecord);
		assert_noop!(disclose(whole, record), Error::<Test>::RecordRetired);
		let other = registered(PATIENT);
		assert_ok!(disclose(whole, other));
	});
}

#[test]
fn a_retired_record_is_restricted_disputed_and_asked_to_be_erased() {
	run(|| {
		let record = retired();
		let patient = || RuntimeOrigin::signed(PATIENT);
		let terms = RestrictionTerms::OnlyFor(RestrictedPurposes::default());
		assert_ok!(RecordAccess::restrict(patient(), PATIENT, Some(record), terms));
		assert_ok!(RecordAccess::dispute_record(patient(), record, Commitment([6; 32])));
		assert_ok!(RecordAccess::request_erasure(patient(), record));
		let custodian = RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::record_erasure(custodian, record, Commitment([31; 32])));
		assert_eq!(RecordAccess::retired_since(record), None);
	});
}

#[test]
fn a_retired_record_is_passed_on_and_is_the_new_custodians_to_reinstate() {
	run(|| {
		let record = retired();
		let sealed_anew =
			Some(NewManifest { manifest: Commitment([20; 32]), sections: 1, epoch: 1 });
		assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(CUSTODIAN), record, CLINIC));
		let by = RuntimeOrigin::signed(CLINIC_OPERATOR);
		assert_ok!(RecordAccess::accept_custody(by, record, version_now(record), sealed_anew));
		assert_eq!(RecordAccess::retired_since(record), Some(START));
		assert_noop!(reinstate(record), Error::<Test>::NotTheCustodian);
		assert_ok!(reinstate_as(CLINIC_OPERATOR, record));
	});
}

#[test]
fn retiring_and_reinstating_fail_when_the_origin_is_not_signed() {
	run(|| {
		let (record, bad) = (registered(PATIENT), DispatchError::BadOrigin);
		assert_noop!(RecordAccess::retire_record(RuntimeOrigin::root(), record), bad);
		assert_noop!(RecordAccess::reinstate_record(RuntimeOrigin::root(), record), bad);
	});
}

#[test]
fn retiring_and_reinstating_fail_when_the_signer_operates_no_institution() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(retire_as(PATIENT, record), Error::<Test>::NotAnOperator);
		assert_noop!(reinstate_as(PATIENT, record), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn retiring_and_reinstating_fail_when_there_is_no_record() {
	run(|| {
		assert_noop!(retire(RecordId(9)), Error::<Test>::RecordUnknown);
		assert_noop!(reinstate(RecordId(9)), Error::<Test>::RecordUnknown);
		let record = retired();
		let custodian = RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::record_erasure(custodian, record, Commitment([31; 32])));
		assert_noop!(retire(record), Error::<Test>::RecordErased);
		assert_noop!(reinstate(record), Error::<Test>::RecordErased);
	});
}

#[test]
fn retiring_and_reinstating_fail_when_another_institution_keeps_the_record() {
	run(|| {
		let record = retired();
		let reinstated = reinstate_as(CLINIC_OPERATOR, record);
		assert_noop!(reinstated, Error::<Test>::NotTheCustodian);
		let other = registered(PATIENT);
		assert_noop!(retire_as(CLINIC_OPERATOR, other), Error::<Test>::NotTheCustodian);
	});
}

#[test]
fn retiring_fails_when_the_record_is_retired() {
	run(|| {
		let record = retired();
		assert_noop!(retire(record), Error::<Test>::RecordRetired);
	});
}

#[test]
fn reinstating_fails_when_the_record_is_in_use() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(reinstate(record), Error::<Test>::NotRetired);
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_what_is_out_of_use_is_no_record() {
	genesis().execute_with(|| {
		crate::RetiredRecords::<Test>::insert(RecordId(9), START);
		let complaint = "what is out of use is no record";
		assert_eq!(RecordAccess::check_invariants(), Err(DispatchError::Other(complaint)));
	});
}
