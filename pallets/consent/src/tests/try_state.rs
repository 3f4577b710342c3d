//! The invariants notice what they are there for.

use super::guardianship::*;
use crate::{
	mock::*, Agenda, AllConsentsOf, ConsentCountOf, ConsentTerms, Consents, ConsentsOf,
	DelegateTerms, DelegatesOf, Erasures, FrequencyLimit, GuardianSet, Guardians, GuardiansToBe,
	History, Pallet, Patients, Powers, Renewal, Requests, RequestsBy, RequestsOf, TemplateNumbers,
	Templates, TemplatesInUse, Usage,
};
use hdx_primitives::{
	engine::{Basis, Status},
	Commitment, ConsentDecider, ConsentId, Milliseconds, Period, RequestId,
};
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

/// Breaks the state of a chain with all there is, and returns the complaint.
fn complaint_about_all(break_it: impl FnOnce(ConsentId)) -> TryRuntimeError {
	let mut complaint = None;
	new_test_ext().execute_with(|| {
		Registry::sponsor_patient(signed(operator()), patient()).unwrap();
		let renewal =
			Renewal { extends_by: Milliseconds(YEAR), times: 2, notice: Milliseconds(DAY) };
		let frequency = FrequencyLimit { accesses: 2, per: Milliseconds(DAY) };
		let terms = ConsentTerms {
			frequency: Some(frequency),
			erase_by: Some(years(9)),
			renewal: Some(renewal),
		};
		let id = grant_with(permit_until(years(1)), terms);
		amend(id, permit_until(years(2)), terms).unwrap();
		let basis = Basis { consent: id, version: 2 };
		<Registry as ConsentDecider>::record_use(basis, START).unwrap();
		Registry::confirm_erasure(signed(operator()), id, 1, Commitment([1; 32])).unwrap();
		Registry::set_guardians(signed(patient()), Some(two_of_three())).unwrap();
		Registry::set_guardians(signed(patient()), Some(others())).unwrap();
		propose(1, grant_within()).unwrap();
		let terms = DelegateTerms {
			scope: two_of_three().scope,
			powers: Powers::ALL,
			period: Period::default(),
		};
		Registry::delegate(signed(patient()), daughter(), terms).unwrap();
		let asked = super::requests::asked();
		Registry::request_consent(signed(doctor()), patient(), asked).unwrap();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		break_it(id);
		complaint = Pallet::<Test>::do_try_state().err();
	});
	complaint.unwrap()
}

#[test]
fn no_version_may_be_missing_or_too_many() {
	let said = complaint_about_all(|id| History::<Test>::remove(id, 1));
	assert_eq!(said, "a past version is missing".into());
	let said = complaint_about_all(|id| {
		History::<Test>::insert(id, 7, History::<Test>::get(id, 1).unwrap());
	});
	assert_eq!(said, "a past version belongs to no consent".into());
}

#[test]
fn a_past_version_cannot_be_changed_unnoticed() {
	let said = complaint_about_all(|id| {
		History::<Test>::mutate(id, 1, |past| past.as_mut().unwrap().policy = permit_all());
	});
	assert_eq!(said, "a version has another hash".into());
	// Not even with a hash that fits: the next version names the old one.
	let said = complaint_about_all(|id| {
		History::<Test>::mutate(id, 1, |past| {
			let past = past.as_mut().unwrap();
			past.policy = permit_all();
			past.hash = past.hash_of(id, &patient());
		});
	});
	assert_eq!(said, "a version does not chain to the one before".into());
}

#[test]
fn the_current_version_cannot_be_changed_unnoticed() {
	let said = complaint_about_all(|id| {
		Consents::<Test>::mutate(id, |record| {
			record.as_mut().unwrap().terms.erase_by = Some(years(8));
		});
	});
	assert_eq!(said, "a version has another hash".into());
}

#[test]
fn each_consent_must_have_its_place() {
	let said = complaint_about_all(|_| AllConsentsOf::<Test>::remove(patient(), 0));
	assert_eq!(said, "a consent has no place among its patient's".into());
	let said = complaint_about_all(|_| ConsentCountOf::<Test>::remove(patient()));
	assert_eq!(said, "a place is beyond the count".into());
}

#[test]
fn uses_must_be_within_their_limit() {
	let said = complaint_about_all(|id| {
		Usage::<Test>::mutate(id, |usage| usage.as_mut().unwrap().used = 3);
	});
	assert_eq!(said, "a consent was used too often".into());
	let said = complaint_about_all(|id| {
		Usage::<Test>::mutate(id, |usage| usage.as_mut().unwrap().version = 1);
	});
	assert_eq!(said, "uses of a past version are kept".into());
}

#[test]
fn an_erasure_must_be_of_a_version() {
	let said = complaint_about_all(|id| {
		let confirmation = Erasures::<Test>::get(id, (1, HOSPITAL)).unwrap();
		Erasures::<Test>::insert(id, (3, HOSPITAL), confirmation);
	});
	assert_eq!(said, "an erasure of no version".into());
}

#[test]
fn a_renewal_to_come_must_be_in_the_agenda() {
	let said = complaint_about_all(|_| {
		let _ = Agenda::<Test>::clear(u32::MAX, None);
	});
	assert_eq!(said, "a renewal to come is not in the agenda".into());
}

#[test]
fn templates_must_be_counted_and_found() {
	let said = complaint_about_all(|_| TemplatesInUse::<Test>::put(5));
	assert_eq!(said, "the templates in use are miscounted".into());
	let said = complaint_about_all(|_| TemplateNumbers::<Test>::remove(([9; 32], 1)));
	assert_eq!(said, "a document has no number".into());
}

#[test]
fn a_request_must_be_in_both_lists() {
	let said = complaint_about_all(|_| RequestsOf::<Test>::remove(patient()));
	assert_eq!(said, "a request is not listed for its patient".into());
	let said = complaint_about_all(|_| RequestsBy::<Test>::remove(doctor()));
	assert_eq!(said, "a request is not listed for its requester".into());
	let said = complaint_about_all(|_| Requests::<Test>::remove(RequestId(0)));
	assert_eq!(said, "a listed request does not exist".into());
}

#[test]
fn guardians_must_be_able_to_agree() {
	let change = |change: fn(&mut GuardianSet)| {
		complaint_about_all(|_| {
			Guardians::<Test>::mutate(patient(), |it| change(&mut it.as_mut().unwrap().set));
		})
	};
	assert_eq!(change(|set| set.threshold = 4), "a threshold cannot be reached".into());
	assert_eq!(change(|set| set.threshold = 0), "a threshold cannot be reached".into());
	let said = change(|set| set.guardians = accounts(&[2, 1]));
	assert_eq!(said, "guardians are out of order".into());
	let said = change(|set| set.threshold = 1);
	assert_eq!(said, "approvals and agreement disagree".into());
	let said = change(|set| set.guardians = accounts(&[2, 3]));
	assert_eq!(said, "somebody who is no guardian approved".into());
}

#[test]
fn a_proposal_must_not_outlive_its_guardians() {
	let said = complaint_about_all(|_| {
		GuardiansToBe::<Test>::remove(patient());
		Guardians::<Test>::remove(patient());
	});
	assert_eq!(said, "a proposal outlived its guardians".into());
}

#[test]
fn a_delegate_must_have_a_limit() {
	let said = complaint_about_all(|_| {
		DelegatesOf::<Test>::mutate(patient(), |delegates| {
			delegates.iter_mut().for_each(|named| named.terms.scope = Default::default());
		});
	});
	assert_eq!(said, "a delegate has no limit".into());
}
