//! Registering records.

use crate::{mock::*, Error, Event, NextRecordId, Record, RecordCount, Records, RecordsOf};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, Commitment, RecordId, Subject};
use sp_runtime::DispatchError;

fn register(sections: u32) -> Result<(), DispatchError> {
	RecordAccess::register_record(RuntimeOrigin::signed(CUSTODIAN), PATIENT, MANIFEST, sections, 4)
}

#[test]
fn an_operator_registers_a_record_of_which_the_institution_is_the_custodian() {
	run(|| {
		assert_ok!(register(MAX_SECTIONS));
		let id = RecordId(0);
		assert_eq!(
			Records::<Test>::get(id),
			Some(Record {
				patient: PATIENT,
				custodian: HOSPITAL,
				manifest: MANIFEST,
				sections: MAX_SECTIONS,
				epoch: 4,
				registered_at: START,
			})
		);
		assert!(RecordsOf::<Test>::contains_key(PATIENT, id));
		assert_eq!(RecordCount::<Test>::get(PATIENT), 1);
		assert_eq!(
			log(),
			vec![AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				subject: Subject::Record(id),
				..AuditEvent::new(AuditAction::RecordRegistered)
			}]
		);
		System::assert_last_event(
			Event::RecordRegistered {
				record: id,
				patient: PATIENT,
				custodian: HOSPITAL,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn records_are_numbered_across_patients_and_counted_by_patient() {
	run(|| {
		assert_eq!(registered(PATIENT), RecordId(0));
		assert_eq!(registered(SILENT_PATIENT), RecordId(1));
		assert_eq!(registered(PATIENT), RecordId(2));
		assert_eq!(RecordCount::<Test>::get(PATIENT), 2);
		assert_eq!(RecordCount::<Test>::get(SILENT_PATIENT), 1);
		assert!(!RecordsOf::<Test>::contains_key(PATIENT, RecordId(1)));
	});
}

#[test]
fn register_fails_when_the_origin_is_not_signed() {
	run(|| {
		assert_noop!(
			RecordAccess::register_record(RuntimeOrigin::root(), PATIENT, MANIFEST, 1, 0),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn register_fails_when_the_signer_operates_no_institution() {
	run(|| {
		assert_noop!(
			RecordAccess::register_record(
				RuntimeOrigin::signed(PHYSICIAN),
				PATIENT,
				MANIFEST,
				1,
				0
			),
			Error::<Test>::NotAnOperator
		);
	});
}

#[test]
fn register_fails_when_the_institution_is_suspended() {
	run(|| {
		suspend_operator(CUSTODIAN);
		assert_noop!(register(1), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn register_fails_when_the_account_is_no_patient() {
	run(|| {
		assert_noop!(
			RecordAccess::register_record(
				RuntimeOrigin::signed(CUSTODIAN),
				STRANGER,
				Commitment([0; 32]),
				1,
				0
			),
			Error::<Test>::PatientUnknown
		);
	});
}

#[test]
fn register_fails_when_there_are_no_sections() {
	run(|| {
		assert_noop!(register(0), Error::<Test>::NoSections);
	});
}

#[test]
fn register_fails_when_there_are_too_many_sections() {
	run(|| {
		assert_noop!(register(MAX_SECTIONS + 1), Error::<Test>::TooManySections);
	});
}

#[test]
fn register_fails_when_identifiers_are_exhausted() {
	genesis().execute_with(|| {
		NextRecordId::<Test>::put(RecordId(u64::MAX));
		assert_noop!(register(1), Error::<Test>::IdentifiersExhausted);
	});
}
