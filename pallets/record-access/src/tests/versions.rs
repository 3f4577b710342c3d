//! New versions of records: what one is, and which none is. Under grants: `versions_under_grants`.

use crate::{mock::*, Error, Event, NewManifest, Record, RecordVersions, Records};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	AccessRequest, AccountId, Action, AuditAction, AuditEvent, Commitment, GrantId, RecordId,
	Subject, Target,
};
use sp_runtime::{DispatchError, DispatchResult};

/// A version with as many sections and keys of the same generation as what [`registered`] registers.
pub(super) const NEW: NewManifest =
	NewManifest { manifest: Commitment([20; 32]), sections: 10, epoch: 0 };

pub(super) fn sealed_with(salt: u8) -> NewManifest {
	NewManifest { manifest: Commitment([salt; 32]), ..NEW }
}

pub(super) fn update_as(
	who: AccountId,
	record: RecordId,
	new: NewManifest,
	under: Option<GrantId>,
) -> DispatchResult {
	RecordAccess::update_record(RuntimeOrigin::signed(who), record, version_now(record), new, under)
}

pub(super) fn update(record: RecordId, new: NewManifest) -> DispatchResult {
	update_as(CUSTODIAN, record, new, None)
}

/// The custodian takes in what was brought under the grant.
pub(super) fn take_in(record: RecordId, grant: GrantId) -> DispatchResult {
	update_as(CUSTODIAN, record, NEW, Some(grant))
}

pub(super) fn to(action: Action, record: RecordId) -> AccessRequest {
	AccessRequest { action, target: Target::Record(record), ..request() }
}

/// A record of the patient, and a grant to append to it.
pub(super) fn record_and_grant() -> (RecordId, GrantId) {
	let record = registered(PATIENT);
	(record, granted(to(Action::Append, record)))
}

fn erase(record: RecordId) {
	let origin = RuntimeOrigin::signed(CUSTODIAN);
	assert_ok!(RecordAccess::record_erasure(origin, record, Commitment([31; 32])));
}

fn register_again(manifest: Commitment) -> DispatchResult {
	RecordAccess::register_record(RuntimeOrigin::signed(CUSTODIAN), PATIENT, manifest, 10, 0)
}

#[test]
fn the_custodian_documents_in_a_new_version_which_is_stored_logged_and_announced() {
	run(|| {
		let record = registered(PATIENT);
		let before = Records::<Test>::get(record).unwrap();
		let new = NewManifest { manifest: Commitment([20; 32]), sections: 3, epoch: 5 };
		assert_ok!(update(record, new));
		let NewManifest { manifest, sections, epoch } = new;
		let after = Record { manifest, sections, epoch, ..before };
		assert_eq!(Records::<Test>::get(record), Some(after));
		assert_eq!(RecordAccess::record_version(record), Some(2));
		assert_eq!(
			last_entry(),
			AuditEvent {
				actor: Some(CUSTODIAN),
				on_behalf_of: Some(HOSPITAL),
				patient: Some(PATIENT),
				subject: Subject::RecordVersion { record, version: 2, manifest, under: None },
				..AuditEvent::new(AuditAction::RecordUpdated)
			}
		);
		System::assert_last_event(
			Event::RecordUpdated {
				record,
				patient: PATIENT,
				version: 2,
				manifest,
				sections,
				epoch,
				under: None,
				entry: last_index(),
			}
			.into(),
		);
	});
}

#[test]
fn versions_are_counted_from_the_registration_on_for_each_record() {
	run(|| {
		let (record, other) = (registered(PATIENT), registered(PATIENT));
		assert_eq!(RecordAccess::record_version(record), Some(1));
		for version in 2..6 {
			assert_ok!(update(record, sealed_with(20 + version)));
			assert_eq!(RecordAccess::record_version(record), Some(u32::from(version)));
		}
		assert_eq!(RecordAccess::record_version(other), Some(1));
		assert_eq!(RecordAccess::record_version(RecordId(9)), None);
	});
}

#[test]
fn a_record_that_was_sealed_anew_by_its_next_custodian_is_a_new_version() {
	run(|| {
		let record = registered(PATIENT);
		for (anew, version) in [(None, 1), (Some(NewManifest { epoch: 1, ..NEW }), 2), (None, 2)] {
			let (from, to, by) = match Records::<Test>::get(record).unwrap().custodian {
				HOSPITAL => (CUSTODIAN, CLINIC, CLINIC_OPERATOR),
				_ => (CLINIC_OPERATOR, HOSPITAL, CUSTODIAN),
			};
			assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(from), record, to));
			assert_ok!(RecordAccess::accept_custody(
				RuntimeOrigin::signed(by),
				record,
				version_now(record),
				anew
			));
			assert_eq!(RecordAccess::record_version(record), Some(version));
		}
		assert_noop!(register_again(MANIFEST), Error::<Test>::ManifestSuperseded);
	});
}

#[test]
fn the_number_of_the_version_goes_with_the_record_when_it_is_erased() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(update(record, NEW));
		erase(record);
		assert_eq!(RecordAccess::record_version(record), None);
		assert!(!RecordVersions::<Test>::contains_key(record));
	});
}

#[test]
fn a_disclosure_is_of_the_version_that_there_is() {
	run(|| {
		let record = registered(PATIENT);
		let grant = granted(to(Action::Read, record));
		assert_ok!(update(record, NewManifest { sections: 2, ..NEW }));
		let disclose = |sections| {
			let origin = RuntimeOrigin::signed(CUSTODIAN);
			RecordAccess::record_disclosure(origin, grant, record, sections, DISCLOSURE)
		};
		assert_noop!(disclose(3), Error::<Test>::TooManySections);
		assert_ok!(disclose(2));
	});
}

#[test]
fn keys_stay_or_are_of_a_later_generation() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(update(record, NewManifest { epoch: 3, ..sealed_with(21) }));
		assert_ok!(update(record, NewManifest { epoch: 3, ..sealed_with(22) }));
		let earlier = NewManifest { epoch: 2, ..sealed_with(23) };
		assert_noop!(update(record, earlier), Error::<Test>::EpochEarlier);
	});
}

#[test]
fn what_was_superseded_is_no_version_and_no_record_of_the_patient_any_more() {
	run(|| {
		let (record, other) = (registered(PATIENT), registered(PATIENT));
		assert_ok!(update(other, sealed_with(30)));
		assert_ok!(update(record, NEW));
		let back = NewManifest { manifest: MANIFEST, ..NEW };
		for id in [record, other] {
			assert_noop!(update(id, back), Error::<Test>::ManifestSuperseded);
		}
		assert_noop!(register_again(MANIFEST), Error::<Test>::ManifestSuperseded);
		// Another patient's is another manifest, whatever its bytes.
		registered(SILENT_PATIENT);
	});
}

#[test]
fn erasing_takes_every_version_with_it() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(update(record, NEW));
		assert_ok!(update(record, sealed_with(21)));
		erase(record);
		for manifest in [MANIFEST, NEW.manifest, Commitment([21; 32])] {
			assert_noop!(register_again(manifest), Error::<Test>::ManifestErased);
		}
	});
}

#[test]
fn update_fails_when_the_origin_is_not_signed() {
	run(|| {
		let record = registered(PATIENT);
		let outcome = RecordAccess::update_record(RuntimeOrigin::root(), record, 1, NEW, None);
		assert_noop!(outcome, DispatchError::BadOrigin);
	});
}

#[test]
fn update_fails_when_the_signer_operates_no_institution() {
	run(|| {
		let (record, grant) = record_and_grant();
		for under in [None, Some(grant)] {
			let outcome = update_as(PHYSICIAN, record, NEW, under);
			assert_noop!(outcome, Error::<Test>::NotAnOperator);
		}
	});
}

#[test]
fn update_fails_when_the_custodian_is_suspended() {
	run(|| {
		let record = registered(PATIENT);
		suspend_operator(CUSTODIAN);
		assert_noop!(update(record, NEW), Error::<Test>::NotAnOperator);
	});
}

#[test]
fn update_fails_when_the_record_is_unknown() {
	run(|| {
		assert_noop!(update(RecordId(9), NEW), Error::<Test>::RecordUnknown);
	});
}

#[test]
fn update_fails_when_the_record_was_erased() {
	run(|| {
		let (record, grant) = record_and_grant();
		erase(record);
		assert_noop!(update(record, NEW), Error::<Test>::RecordErased);
		assert_noop!(take_in(record, grant), Error::<Test>::RecordErased);
	});
}

#[test]
fn update_fails_when_another_institution_keeps_the_record() {
	run(|| {
		let (record, grant) = record_and_grant();
		// The grantee's own institution neither.
		for under in [None, Some(grant)] {
			let outcome = update_as(CLINIC_OPERATOR, record, NEW, under);
			assert_noop!(outcome, Error::<Test>::NotTheCustodian);
		}
	});
}

#[test]
fn update_fails_when_the_record_is_retired() {
	run(|| {
		let (record, grant) = record_and_grant();
		assert_ok!(RecordAccess::retire_record(RuntimeOrigin::signed(CUSTODIAN), record));
		assert_noop!(update(record, NEW), Error::<Test>::RecordRetired);
		assert_noop!(take_in(record, grant), Error::<Test>::RecordRetired);
	});
}

#[test]
fn update_fails_while_the_record_is_offered_to_somebody() {
	run(|| {
		let record = registered(PATIENT);
		let custodian = RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::offer_custody(custodian.clone(), record, CLINIC));
		assert_noop!(update(record, NEW), Error::<Test>::OfferOpen);
		assert_ok!(RecordAccess::withdraw_custody_offer(custodian, record));
		assert_ok!(update(record, NEW));
	});
}

#[test]
fn update_fails_when_there_are_no_sections() {
	run(|| {
		let record = registered(PATIENT);
		let none = NewManifest { sections: 0, ..NEW };
		assert_noop!(update(record, none), Error::<Test>::NoSections);
	});
}

#[test]
fn update_fails_when_there_are_too_many_sections() {
	run(|| {
		let record = registered(PATIENT);
		let many = NewManifest { sections: MAX_SECTIONS + 1, ..NEW };
		assert_noop!(update(record, many), Error::<Test>::TooManySections);
		assert_ok!(update(record, NewManifest { sections: MAX_SECTIONS, ..NEW }));
	});
}

#[test]
fn update_fails_when_the_manifest_is_the_same() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(update(record, NEW));
		assert_noop!(update(record, NEW), Error::<Test>::ManifestUnchanged);
	});
}

#[test]
fn update_fails_when_the_manifest_was_erased() {
	run(|| {
		let erased = registered(PATIENT);
		assert_ok!(update(erased, sealed_with(30)));
		let record = RecordId(1);
		assert_ok!(register_again(Commitment([40; 32])));
		erase(erased);
		for manifest in [MANIFEST, Commitment([30; 32])] {
			let back = NewManifest { manifest, ..NEW };
			assert_noop!(update(record, back), Error::<Test>::ManifestErased);
		}
	});
}

#[test]
fn update_fails_when_every_number_was_given_out() {
	run(|| {
		let record = registered(PATIENT);
		RecordVersions::<Test>::insert(record, u32::MAX);
		assert_noop!(update(record, NEW), Error::<Test>::IdentifiersExhausted);
	});
}

#[test]
fn accepting_fails_when_the_manifest_is_the_same_or_is_gone() {
	run(|| {
		let erased = registered(PATIENT);
		assert_ok!(update(erased, sealed_with(30)));
		assert_ok!(register_again(Commitment([40; 32])));
		let record = RecordId(1);
		assert_ok!(update(record, sealed_with(41)));
		erase(erased);
		assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(CUSTODIAN), record, CLINIC));
		for (salt, error) in [
			(41, Error::<Test>::ManifestUnchanged),
			(40, Error::ManifestSuperseded),
			(30, Error::ManifestErased),
		] {
			let anew = NewManifest { epoch: 1, ..sealed_with(salt) };
			let origin = RuntimeOrigin::signed(CLINIC_OPERATOR);
			assert_noop!(
				RecordAccess::accept_custody(origin, record, version_now(record), Some(anew)),
				error
			);
		}
	});
}

#[test]
fn accepting_fails_when_every_number_was_given_out() {
	run(|| {
		let record = registered(PATIENT);
		RecordVersions::<Test>::insert(record, u32::MAX);
		assert_ok!(RecordAccess::offer_custody(RuntimeOrigin::signed(CUSTODIAN), record, CLINIC));
		let anew = NewManifest { epoch: 1, ..NEW };
		let origin = RuntimeOrigin::signed(CLINIC_OPERATOR);
		let outcome = RecordAccess::accept_custody(origin, record, version_now(record), Some(anew));
		assert_noop!(outcome, Error::<Test>::IdentifiersExhausted);
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_fails_when_a_version_makes_no_sense() {
	use crate::SupersededManifests;
	fn assert_noticed(spoil: impl FnOnce(RecordId), complaint: &'static str) {
		genesis().execute_with(|| {
			let record = registered(PATIENT);
			assert_ok!(update(record, NEW));
			assert_eq!(RecordAccess::check_invariants(), Ok(()));
			spoil(record);
			assert_eq!(RecordAccess::check_invariants(), Err(DispatchError::Other(complaint)));
		});
	}
	assert_noticed(|_| RecordVersions::<Test>::insert(RecordId(9), 2), "a version is of no record");
	assert_noticed(|record| RecordVersions::<Test>::insert(record, 1), "a first version is stored");
	assert_noticed(
		RecordVersions::<Test>::remove,
		"a manifest was superseded without a new version",
	);
	assert_noticed(
		|record| SupersededManifests::<Test>::insert((SILENT_PATIENT, MANIFEST), record),
		"a superseded manifest is of no record of the patient",
	);
	assert_noticed(
		|record| SupersededManifests::<Test>::insert((PATIENT, NEW.manifest), record),
		"a record has a manifest that was superseded",
	);
}

#[test]
fn a_version_fails_when_another_one_came_between() {
	run(|| {
		let record = registered(PATIENT);
		assert_ok!(update(record, sealed_with(21)));
		let again = |version| {
			let new = sealed_with(22);
			RecordAccess::update_record(
				RuntimeOrigin::signed(CUSTODIAN),
				record,
				version,
				new,
				None,
			)
		};
		for seen in [0, 1, 3, u32::MAX] {
			assert_noop!(again(seen), Error::<Test>::VersionMismatch);
		}
		assert_ok!(again(2));
	});
}

#[test]
fn custody_fails_when_another_version_came_between_two_offers() {
	run(|| {
		let record = registered(PATIENT);
		let custodian = || RuntimeOrigin::signed(CUSTODIAN);
		assert_ok!(RecordAccess::offer_custody(custodian(), record, CLINIC));
		// Before the acceptance arrives.
		assert_ok!(RecordAccess::withdraw_custody_offer(custodian(), record));
		assert_ok!(update(record, sealed_with(21)));
		assert_ok!(RecordAccess::offer_custody(custodian(), record, CLINIC));
		let accept = |version| {
			let clinic = RuntimeOrigin::signed(CLINIC_OPERATOR);
			RecordAccess::accept_custody(clinic, record, version, None)
		};
		assert_noop!(accept(1), Error::<Test>::VersionMismatch);
		assert_ok!(accept(2));
	});
}
