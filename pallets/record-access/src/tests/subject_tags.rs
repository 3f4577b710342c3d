//! By what proofs of access know whose record one is.

use crate::{mock::*, Error, Event, NewManifest, SubjectTag, SubjectTags};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{
	AuditAction, AuditEvent, AuditOutcome, Commitment, DenialReason, PublicInput, RecordId, Subject,
};

fn set(record: RecordId, version: u32, tag: PublicInput) -> DispatchResult {
	RecordAccess::set_subject_tag(RuntimeOrigin::signed(CUSTODIAN), record, version, Some(tag))
}

fn withdraw(record: RecordId, version: u32) -> DispatchResult {
	RecordAccess::set_subject_tag(RuntimeOrigin::signed(CUSTODIAN), record, version, None)
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
		let stored = SubjectTag { tag: Some(SUBJECT), version: 1 };
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
		assert_eq!(stored, SubjectTag { tag: Some(SUBJECT), version: 1 });
		assert_ok!(set(record, 2, [9; 32]));
		let stored = RecordAccess::subject_tag(record).unwrap();
		assert_eq!(stored, SubjectTag { tag: Some([9; 32]), version: 2 });
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
			|who, tag| RecordAccess::set_subject_tag(RuntimeOrigin::signed(who), record, 1, tag);
		for tag in [Some(SUBJECT), None] {
			assert_noop!(set_as(CLINIC_OPERATOR, tag), Error::<Test>::NotTheCustodian);
			assert_noop!(set_as(PATIENT, tag), Error::<Test>::NotAnOperator);
		}
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

#[test]
fn a_custodian_withdraws_the_subject_tag_logged_and_told_and_no_proof_counts() {
	run(|| {
		let record = with_subject(SILENT_PATIENT);
		assert_ok!(withdraw(record, 1));
		let stored = SubjectTag { tag: None, version: 1 };
		assert_eq!(RecordAccess::subject_tag(record), Some(stored));
		let entry = AuditEvent {
			actor: Some(CUSTODIAN),
			on_behalf_of: Some(HOSPITAL),
			patient: Some(SILENT_PATIENT),
			subject: Subject::SubjectTag { record, version: 1 },
			..AuditEvent::new(AuditAction::SubjectTagWithdrawn)
		};
		assert_eq!(last_entry(), entry);
		System::assert_last_event(
			Event::SubjectTagWithdrawn { record, version: 1, entry: last_index() }.into(),
		);
		let physician = RuntimeOrigin::signed(PHYSICIAN);
		let call =
			RecordAccess::request_access_by_proof(physician, by_proof(record), None, proof(1));
		assert_ok!(plain(call));
		let missing = AuditOutcome::Denied(DenialReason::SubjectTagMissing);
		assert_eq!(last_entry().outcome, missing);
	});
}

#[test]
fn setting_a_subject_tag_fails_when_it_was_withdrawn_in_this_version() {
	run(|| {
		let record = with_subject(PATIENT);
		assert_ok!(withdraw(record, 1));
		for tag in [SUBJECT, [9; 32]] {
			assert_noop!(set(record, 1, tag), Error::<Test>::SubjectTagWithdrawn);
		}
		update(record);
		assert_ok!(set(record, 2, SUBJECT));
	});
}

#[test]
fn a_subject_tag_of_an_earlier_version_is_withdrawn_for_the_present_one() {
	run(|| {
		let record = with_subject(PATIENT);
		update(record);
		assert_noop!(withdraw(record, 1), Error::<Test>::VersionMismatch);
		assert_ok!(withdraw(record, 2));
		let stored = SubjectTag { tag: None, version: 2 };
		assert_eq!(RecordAccess::subject_tag(record), Some(stored));
		assert_noop!(set(record, 2, SUBJECT), Error::<Test>::SubjectTagWithdrawn);
	});
}

#[test]
fn withdrawing_a_subject_tag_fails_when_there_is_none() {
	run(|| {
		let record = registered(PATIENT);
		assert_noop!(withdraw(record, 1), Error::<Test>::SubjectTagMissing);
		assert_ok!(set(record, 1, SUBJECT));
		assert_ok!(withdraw(record, 1));
		assert_noop!(withdraw(record, 1), Error::<Test>::SubjectTagMissing);
	});
}

#[test]
fn a_subject_tag_goes_when_custody_passes_and_the_new_custodian_sets_its_own() {
	let passes = |before: &dyn Fn(RecordId)| {
		run(|| {
			let record = with_subject(PATIENT);
			before(record);
			let custodian = RuntimeOrigin::signed(CUSTODIAN);
			assert_ok!(RecordAccess::offer_custody(custodian, record, CLINIC));
			let clinic = || RuntimeOrigin::signed(CLINIC_OPERATOR);
			assert_ok!(RecordAccess::accept_custody(clinic(), record, 1, None));
			assert_eq!(SubjectTags::<Test>::get(record), None);
			// The version is the same, and its mark went with the tag.
			assert_ok!(RecordAccess::set_subject_tag(clinic(), record, 1, Some([9; 32])));
			let stored = SubjectTag { tag: Some([9; 32]), version: 1 };
			assert_eq!(RecordAccess::subject_tag(record), Some(stored));
		});
	};
	passes(&|_| ());
	passes(&|record| {
		assert_ok!(withdraw(record, 1));
	});
}
