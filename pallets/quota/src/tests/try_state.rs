//! The invariants notice what they are there for.

use crate::{
	mock::*, AttemptBuckets, Bucket, EmergencyBuckets, InstitutionBuckets, InstitutionLimits,
	Limits, Pallet, SignerBuckets,
};
use hdx_primitives::{InstitutionId, Milliseconds};
use sp_runtime::TryRuntimeError;

const UNKNOWN: InstitutionId = InstitutionId(77);

/// Breaks the state of a chain on which something was spent, and returns the complaint.
fn complaint(break_it: impl FnOnce()) -> TryRuntimeError {
	new_test_ext().execute_with(|| {
		include(patient(), ordinary()).unwrap();
		include(patient(), protected()).unwrap();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		break_it();
		Pallet::<Test>::do_try_state().unwrap_err()
	})
}

fn owing(spent: u64) -> Bucket {
	Bucket { spent, at: START }
}

#[test]
fn limits_must_be_of_an_institution() {
	let said = complaint(|| InstitutionLimits::<Test>::insert(UNKNOWN, LIMITS));
	assert_eq!(said, "limits of an unknown institution".into());
}

#[test]
fn limits_must_let_something_through() {
	for limits in [Limits { capacity: 0, refill: 1 }, Limits { capacity: 1, refill: 0 }] {
		let said = complaint(|| InstitutionLimits::<Test>::insert(B, limits));
		assert_eq!(said, "limits that let nothing through".into());
	}
}

#[test]
fn a_bucket_must_be_of_an_institution() {
	let said = complaint(|| InstitutionBuckets::<Test>::insert(UNKNOWN, owing(1)));
	assert_eq!(said, "a bucket of an unknown institution".into());
}

#[test]
fn an_institution_must_not_owe_more_than_its_bucket_holds() {
	let said = complaint(|| InstitutionBuckets::<Test>::insert(A, owing(10_001)));
	assert_eq!(said, "an institution owes too much".into());
}

#[test]
fn a_signer_must_not_owe_more_than_the_bucket_holds() {
	let said = complaint(|| SignerBuckets::<Test>::insert(patient(), owing(3_001)));
	assert_eq!(said, "a signer owes too much".into());
}

#[test]
fn a_signer_who_owes_nothing_must_have_no_bucket() {
	let said = complaint(|| SignerBuckets::<Test>::insert(patient(), owing(0)));
	assert_eq!(said, "a signer's bucket is kept for nothing".into());
}

#[test]
fn no_bucket_may_be_of_a_time_to_come() {
	let later = Bucket { spent: 1, at: Milliseconds(START.0 + 1) };
	let said = complaint(|| InstitutionBuckets::<Test>::insert(A, later));
	assert_eq!(said, "an institution's bucket is of a time to come".into());
	let said = complaint(|| SignerBuckets::<Test>::insert(patient(), later));
	assert_eq!(said, "a signer's bucket is of a time to come".into());
}

#[test]
fn attempts_must_be_bounded_at_an_institution() {
	let said = complaint(|| AttemptBuckets::<Test>::insert(UNKNOWN, owing(1)));
	assert_eq!(said, "attempts at an unknown institution".into());
	let said = complaint(|| AttemptBuckets::<Test>::insert(A, owing(3_001)));
	assert_eq!(said, "attempts owe too much".into());
	let later = Bucket { spent: 1, at: Milliseconds(START.0 + 1) };
	let said = complaint(|| AttemptBuckets::<Test>::insert(A, later));
	assert_eq!(said, "a bucket of attempts is of a time to come".into());
}

#[test]
fn emergencies_must_be_of_an_institution_and_a_past_and_not_too_many() {
	let said = complaint(|| EmergencyBuckets::<Test>::insert(UNKNOWN, owing(1)));
	assert_eq!(said, "emergencies at an unknown institution".into());
	let said = complaint(|| EmergencyBuckets::<Test>::insert(A, owing(5_001)));
	assert_eq!(said, "emergencies owe too much".into());
	let later = Bucket { spent: 1, at: START.saturating_add(Milliseconds(1)) };
	let said = complaint(|| EmergencyBuckets::<Test>::insert(A, later));
	assert_eq!(said, "a bucket of emergencies is of a time to come".into());
}
