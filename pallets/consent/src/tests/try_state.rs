//! The invariants notice what they are there for.

use crate::{mock::*, Consents, ConsentsOf, Pallet, Patients, Templates};
use hdx_primitives::{engine::Status, ConsentId};
use sp_runtime::TryRuntimeError;

/// Breaks the state of a chain with two consents, one revoked, and returns the complaint.
fn complaint(break_it: impl FnOnce(ConsentId, ConsentId)) -> TryRuntimeError {
	let mut complaint = None;
	new_test_ext().execute_with(|| {
		Registry::sponsor_patient(RuntimeOrigin::signed(operator()), patient()).unwrap();
		let (active, revoked) = (grant(permit_all()), grant(permit_all()));
		revoke(revoked);
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		break_it(active, revoked);
		complaint = Pallet::<Test>::do_try_state().err();
	});
	complaint.unwrap()
}

#[test]
fn a_listed_consent_must_exist() {
	let said = complaint(|active, _| Consents::<Test>::remove(active));
	assert_eq!(said, "a listed consent does not exist".into());
}

#[test]
fn a_listed_consent_must_be_active() {
	let said = complaint(|_, revoked| {
		ConsentsOf::<Test>::try_append(patient(), revoked).unwrap();
	});
	assert_eq!(said, "a listed consent is not active".into());
}

#[test]
fn a_consent_must_be_listed_for_its_own_patient() {
	let said = complaint(|active, _| {
		Consents::<Test>::mutate(active, |record| record.as_mut().unwrap().patient = stranger());
	});
	assert_eq!(said, "a consent is listed for somebody else".into());
}

#[test]
fn an_active_consent_must_be_listed() {
	let said = complaint(|_, _| ConsentsOf::<Test>::remove(patient()));
	assert_eq!(said, "an active consent is not listed for its patient".into());
}

#[test]
fn a_patient_with_consents_must_be_registered() {
	let said = complaint(|_, _| Patients::<Test>::remove(patient()));
	assert_eq!(said, "consents of an account that is no patient".into());
}

#[test]
fn status_and_revocation_must_agree() {
	let said = complaint(|_, revoked| {
		Consents::<Test>::mutate(revoked, |record| {
			let record = record.as_mut().unwrap();
			assert_eq!(record.status, Status::Inactive);
			record.revoked_at = None;
		});
	});
	assert_eq!(said, "status and revocation disagree".into());
}

#[test]
fn no_consent_may_be_missing() {
	let said = complaint(|_, revoked| Consents::<Test>::remove(revoked));
	assert_eq!(said, "a consent is missing".into());
}

#[test]
fn a_consents_template_must_be_published() {
	let said = complaint(|_, _| Templates::<Test>::remove(TEMPLATE));
	assert_eq!(said, "a consent names an unknown template".into());
}

#[test]
fn a_stored_policy_must_be_decidable() {
	let said = complaint(|active, _| {
		Consents::<Test>::mutate(active, |record| record.as_mut().unwrap().policy = policy([]));
	});
	assert_eq!(said, "a stored policy cannot be decided on".into());
}
