//! The check of what grants rest on, and of the levels, notices what is wrong.

use crate::{mock::*, GrantStatus, Grants, RequiredLevels};
use hdx_primitives::{
	engine::{terminology::purpose, Basis},
	Action, AssuranceLevel, ConsentId, GrantId,
};
use sp_runtime::TryRuntimeError;

/// Changes a grant that rests on a consent, and says what is found then.
fn found(change: impl FnOnce(&mut crate::Grant)) -> Result<(), TryRuntimeError> {
	genesis().execute_with(|| {
		let grant: GrantId = granted(request());
		assert_eq!(Grants::<Test>::get(grant).unwrap().basis, Some(BASIS));
		ConsentOwners::insert(BASIS.consent, PATIENT);
		ConsentOwners::insert(ConsentId(8), SILENT_PATIENT);
		assert_eq!(RecordAccess::check_invariants(), Ok(()));
		Grants::<Test>::mutate(grant, |stored| change(stored.as_mut().unwrap()));
		RecordAccess::check_invariants()
	})
}

#[test]
fn a_grant_rests_on_a_consent_of_its_patient() {
	let never_given: Result<(), TryRuntimeError> =
		Err("a grant rests on a consent that its patient never gave".into());
	let of_another = Basis { consent: ConsentId(8), ..BASIS };
	assert_eq!(found(|grant| grant.basis = Some(of_another)), never_given);
	assert_eq!(found(|grant| grant.basis = None), Ok(()));
	// Nor does one that has ended.
	let ended = |grant: &mut crate::Grant| {
		grant.basis = Some(of_another);
		grant.status = GrantStatus::Revoked;
	};
	assert_eq!(found(ended), never_given);
}

#[test]
fn a_grant_is_used_no_more_often_than_any_may_be() {
	let too_often: Result<(), TryRuntimeError> =
		Err("a grant can be used more often than any may".into());
	assert_eq!(found(|grant| grant.uses_left = MAX_USES), Ok(()));
	assert_eq!(found(|grant| grant.uses_left = MAX_USES + 1), too_often);
	let ended = |grant: &mut crate::Grant| {
		grant.uses_left = MAX_USES + 1;
		grant.status = GrantStatus::Revoked;
	};
	assert_eq!(found(ended), Ok(()));
}

#[test]
fn the_level_of_breaking_the_glass_is_never_stored() {
	genesis().execute_with(|| {
		let level = AssuranceLevel::Verified;
		RequiredLevels::<Test>::insert(purpose::ETREAT, Action::Read, level);
		assert_eq!(RecordAccess::check_invariants(), Ok(()));
		RequiredLevels::<Test>::insert(purpose::BTG, Action::Read, level);
		let stored: Result<(), TryRuntimeError> =
			Err("a level is stored for breaking the glass".into());
		assert_eq!(RecordAccess::check_invariants(), stored);
	});
}
