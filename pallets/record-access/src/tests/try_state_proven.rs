//! The check of invariants notices each way in which grants by proof can be wrong.

use crate::{
	mock::*, EmergencyOverride, EmergencyOverrides, Grant, Grants, ProvenGrants, SubjectTag,
	SubjectTags,
};
use hdx_primitives::{Action, EntryIndex, GrantId, Milliseconds, OverrideReason, RecordId, Target};
use sp_runtime::TryRuntimeError;

fn assert_noticed(spoil: impl FnOnce(RecordId, GrantId), complaint: &'static str) {
	genesis().execute_with(|| {
		let record = with_subject(SILENT_PATIENT);
		let grant = proven(record, 7);
		assert_eq!(RecordAccess::check_invariants(), Ok(()));
		spoil(record, grant);
		assert_eq!(RecordAccess::check_invariants(), Err(TryRuntimeError::Other(complaint)));
	});
}

fn change(how: impl FnOnce(&mut Grant), complaint: &'static str) {
	let spoil =
		|_: RecordId, id: GrantId| Grants::<Test>::mutate(id, |grant| how(grant.as_mut().unwrap()));
	assert_noticed(spoil, complaint);
}

#[test]
fn try_state_fails_when_a_proven_grant_is_wide() {
	let complaint = "a proven grant is for more than one class of one record";
	change(|grant| grant.target = Target::WholeRecord, complaint);
	change(|grant| grant.request.classes = Default::default(), complaint);
	change(|grant| grant.request.labels = vec![CLASS].try_into().unwrap(), complaint);
}

#[test]
fn try_state_fails_when_a_proven_grant_is_for_more_than_reading() {
	change(|grant| grant.request.action = Action::Write, "a proven grant is for more than reading");
}

#[test]
fn try_state_fails_when_a_proven_grant_rests_on_a_consent() {
	change(|grant| grant.basis = Some(BASIS), "a proven grant rests on a consent");
}

#[test]
fn try_state_fails_when_a_proven_grant_opens_what_is_sensitive() {
	let complaint = "a proven grant opens what is sensitive";
	change(|grant| grant.obligations = Default::default(), complaint);
}

#[test]
fn try_state_fails_when_a_proven_grant_holds_too_long() {
	change(|grant| grant.expires_at.0 += 1, "a proven grant holds too long");
}

#[test]
fn try_state_holds_when_terminology_or_limits_changed_after_a_proven_grant_ended() {
	genesis().execute_with(|| {
		let record = with_subject(SILENT_PATIENT);
		let [one, other] = [7, 8].map(|nullifier| proven(record, nullifier));
		// As they would be where fewer labels were known, and where grants by proof held for longer.
		let of_before = |id: GrantId, how: fn(&mut Grant)| {
			Grants::<Test>::mutate(id, |grant| how(grant.as_mut().unwrap()))
		};
		of_before(one, |grant| grant.obligations = redact(1));
		of_before(other, |grant| grant.expires_at.0 += 1);
		set_time(START.saturating_add(QUARTER));
		let complaint = TryRuntimeError::Other("a proven grant holds too long");
		assert_eq!(RecordAccess::check_invariants(), Err(complaint));
		set_time(Milliseconds(START.0 + QUARTER.0 + 1));
		assert_eq!(RecordAccess::check_invariants(), Ok(()));
	});
}

#[test]
fn try_state_fails_when_a_proven_grant_is_none_or_an_emergency() {
	assert_noticed(
		|_, _| ProvenGrants::<Test>::insert(GrantId(9), ()),
		"a proven grant does not exist",
	);
	let emergency = EmergencyOverride {
		reason: OverrideReason::EmergencyTreatment,
		entry: EntryIndex(0),
		deadline: START.saturating_add(HOUR),
		review: None,
	};
	assert_noticed(
		|_, id| EmergencyOverrides::<Test>::insert(id, emergency),
		"a proven grant is a break-glass",
	);
}

#[test]
fn try_state_fails_when_a_subject_tag_is_wrong() {
	let set = |tag, version| {
		move |record: RecordId, _: GrantId| {
			SubjectTags::<Test>::insert(record, SubjectTag { tag: Some(tag), version })
		}
	};
	assert_noticed(set([0; 32], 1), "a subject tag is no tag");
	assert_noticed(set(SUBJECT, 2), "a subject tag is of a version to come");
	let of_none = SubjectTag { tag: Some(SUBJECT), version: 1 };
	assert_noticed(
		|_, _| SubjectTags::<Test>::insert(RecordId(9), of_none),
		"a subject tag is of no record",
	);
}
