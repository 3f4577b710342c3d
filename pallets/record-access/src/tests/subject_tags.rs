//! By what proofs of access know whose record one is.

use crate::{mock::*, Error, Event, NewManifest, SubjectTag, SubjectTags};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{AuditAction, AuditEvent, Commitment, PublicInput, RecordId, Subject};

fn set(record: RecordId, version: u32, tag: PublicInput) -> DispatchResult {
	RecordAccess::set_subject_tag(RuntimeOrigin::signed(CUSTODIAN), record, version, tag)
}

fn update(record: RecordId) {
	let new = NewManifest { manifest: Commitment([77; 32]), sections: 1, epoch: 0 };
	let custodian = RuntimeOrigin::signed(CUSTODIAN);
	assert_ok!(RecordAccess::update_record(custodian, record, 1, new, None));
}

#[test]
fn a_custodian_sets_the_subject_tag_of_a_record_logged_and_told() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(set(record, 1, SUBJECT));
		let stored = SubjectTag { tag: SUBJECT, version: 1 };
		assert_eq!(RecordAccess::subject_tag(record), Some(stored));
		let entry = AuditEvent {
			actor: Some(CUSTODIAN),
			on_behalf_of: Some(HOSPITAL),
			patient: Some(PATIENT),
			subject: Subject::SubjectTag { record, version: 1 },
			..AuditEvent::new(AuditAction::SubjectTagSet)
		};
		assert_eq!(last_entry(), entry);
		System::assert_last_event(
			Event::SubjectTagSet { record, version: 1, tag: SUBJECT, entry: last_index() }.into(),
		);
	});
}

#[test]
fn setting_a_subject_tag_fails_when_this_version_has_one() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(set(record, 1, SUBJECT));
		assert_noop!(set(record, 1, [9; 32]), Error::<Test>::SubjectTagSet);
	});
}

#[test]
fn a_subject_tag_is_changed_with_a_new_version_and_holds_until_then() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(set(record, 1, SUBJECT));
		update(record);
		let stored = RecordAccess::subject_tag(record).unwrap();
		assert_eq!(stored, SubjectTag { tag: SUBJECT, version: 1 });
		assert_ok!(set(record, 2, [9; 32]));
		let stored = RecordAccess::subject_tag(record).unwrap();
		assert_eq!(stored, SubjectTag { tag: [9; 32], version: 2 });
	});
}

#[test]
fn setting_a_subject_tag_fails_when_the_record_has_another_version() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(set(record, 2, SUBJECT), Error::<Test>::VersionMismatch);
		update(record);
		assert_noop!(set(record, 1, SUBJECT), Error::<Test>::VersionMismatch);
	});
}

#[test]
fn setting_a_subject_tag_fails_when_the_bytes_are_no_tag() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(set(record, 1, [0; 32]), Error::<Test>::NotATag);
	});
}

#[test]
fn setting_a_subject_tag_fails_when_the_signer_does_not_keep_the_record() {
	run(|| {
		let record = registered(PATIENT);
		let set_as =
			|who| RecordAccess::set_subject_tag(RuntimeOrigin::signed(who), record, 1, SUBJECT);
		assert_noop!(set_as(CLINIC_OPERATOR), Error::<Test>::NotTheCustodian);
		assert_noop!(set_as(PATIENT), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn setting_a_subject_tag_fails_when_there_is_no_record() {
	run(|| {
		assert_noop!(set(RecordId(9), 1, SUBJECT), Error::<Test>::RecordUnknown);
		let record = with_subject(PATIENT);
		let custodian = RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::record_erasure(custodian, record, DISCLOSURE));
		assert_noop!(set(record, 1, SUBJECT), Error::<Test>::RecordErased);
		// The tag went with the record.
		assert_eq!(SubjectTags::<Test>::get(record), None);
	});
}
