//! The check of invariants notices each way in which the state can be wrong.

use crate::{
	mock::*, Grants, NextGrantId, NextRecordId, PermittedActions, RecordCount, Records, RecordsOf,
	RoleMatrix, UsesAt,
};
use hdx_primitives::{
	engine::terminology::purpose, AccessRequest, Action, GrantId, RecordId, Role, Target,
};
use sp_runtime::TryRuntimeError;

/// Breaks a state that holds a record of each patient and a grant for the first.
fn assert_noticed(spoil: impl FnOnce(RecordId, GrantId), complaint: &'static str) {
	genesis().execute_with(|| {
		let record = registered(PATIENT);
		registered(SILENT_PATIENT);
		let grant = granted(AccessRequest { target: Target::Record(record), ..request() });
		assert_eq!(RecordAccess::check_invariants(), Ok(()));
		spoil(record, grant);
		assert_eq!(RecordAccess::check_invariants(), Err(TryRuntimeError::Other(complaint)));
	});
}

#[test]
fn try_state_fails_when_records_and_index_disagree() {
	assert_noticed(
		|_, _| NextRecordId::<Test>::put(RecordId(1)),
		"a record has an identifier that was not given out",
	);
	assert_noticed(|_, _| NextRecordId::<Test>::put(RecordId(3)), "a record is missing");
	assert_noticed(
		|record, _| Records::<Test>::mutate(record, |r| r.as_mut().unwrap().sections = 0),
		"a record has no sections",
	);
	assert_noticed(
		|record, _| RecordsOf::<Test>::remove(PATIENT, record),
		"a record is not in its patient's index",
	);
	assert_noticed(
		|_, _| RecordsOf::<Test>::insert(PATIENT, RecordId(8), ()),
		"an index entry names no record",
	);
	assert_noticed(
		|record, _| RecordsOf::<Test>::insert(SILENT_PATIENT, record, ()),
		"a record is in another patient's index",
	);
	assert_noticed(
		|_, _| RecordCount::<Test>::insert(PATIENT, 2),
		"a patient's count of records is wrong",
	);
	assert_noticed(
		|_, _| RecordCount::<Test>::remove(PATIENT),
		"the counts do not add up to all records",
	);
}

#[test]
fn try_state_fails_when_a_grant_makes_no_sense() {
	fn change(grant: GrantId, change: impl FnOnce(&mut crate::Grant)) {
		Grants::<Test>::mutate(grant, |stored| change(stored.as_mut().unwrap()));
	}
	assert_noticed(
		|_, _| NextGrantId::<Test>::put(GrantId(0)),
		"a grant has an identifier that was not given out",
	);
	assert_noticed(|_, grant| Grants::<Test>::remove(grant), "a grant is missing");
	assert_noticed(|_, grant| change(grant, |g| g.expires_at = g.issued_at), "a grant never holds");
	assert_noticed(
		|_, _| crate::ConfirmedGrants::<Test>::insert(hdx_primitives::GrantId(9), ()),
		"a confirmed grant does not exist",
	);
	assert_noticed(
		|_, grant| change(grant, |g| g.grantee = PATIENT),
		"a patient holds a grant on themselves",
	);
	assert_noticed(
		|_, grant| change(grant, |g| g.target = Target::Record(RecordId(8))),
		"a grant names no record",
	);
	assert_noticed(
		|_, grant| change(grant, |g| g.patient = SILENT_PATIENT),
		"a grant names another patient's record",
	);
}

#[test]
fn try_state_fails_when_the_uses_of_institutions_make_no_sense() {
	assert_noticed(|_, _| UsesAt::<Test>::insert(GrantId(9), HOSPITAL, 1), "uses are of no grant");
	for used in [0, MAX_USES + 1] {
		assert_noticed(
			|_, _| UsesAt::<Test>::insert(granted(request()), HOSPITAL, used),
			"an institution used a grant more often than it may",
		);
	}
	assert_noticed(
		|_, grant| UsesAt::<Test>::insert(grant, HOSPITAL, 1),
		"the uses of a grant for one record are counted by institution",
	);
}

#[test]
fn try_state_fails_when_a_cell_of_the_matrix_is_not_canonical() {
	assert_noticed(
		|_, _| RoleMatrix::<Test>::insert(Role::Nurse, purpose::BTG, PermittedActions::default()),
		"an empty cell of the role matrix is stored",
	);
	assert_noticed(
		|_, _| {
			let twice = PermittedActions::truncate_from(vec![Action::Read, Action::Read]);
			RoleMatrix::<Test>::insert(Role::Nurse, purpose::BTG, twice)
		},
		"a cell of the role matrix names an action twice",
	);
}
