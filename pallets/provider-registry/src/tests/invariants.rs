//! The check of the stored state finds what it should find.

use crate::{
	mock::*, CredentialIssuer, GovernanceHolds, InstitutionByOperator, Institutions, Members,
	NextInstitutionId, PractitionerCount, PractitionerOf, Practitioners,
};
use hdx_primitives::{InstitutionId, Role};

/// Breaks a sound state and expects this finding.
fn finds(finding: &'static str, break_it: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		enrol_dana();
		assert_eq!(ProviderRegistry::do_try_state(), Ok(()));
		break_it();
		assert_eq!(ProviderRegistry::do_try_state(), Err(finding.into()));
	});
}

fn change_dana(change: impl FnOnce(&mut PractitionerOf<Test>)) {
	Practitioners::<Test>::mutate(dana(), |stored| change(stored.as_mut().unwrap()));
}

#[test]
fn broken_institutions_are_found() {
	finds("an institution has an id that was not given out", || {
		NextInstitutionId::<Test>::put(InstitutionId(1))
	});
	finds("an institution is missing", || NextInstitutionId::<Test>::put(InstitutionId(3)));
	finds("an institution is not found by its operator", || {
		InstitutionByOperator::<Test>::remove(hospital_operator())
	});
	finds("an operator has no institution", || {
		InstitutionByOperator::<Test>::insert(stranger(), HOSPITAL)
	});
	finds("an operator is a practitioner", || {
		Practitioners::<Test>::insert(clinic_operator(), practitioner(&dana()))
	});
	finds("an operator lost the account", || {
		System::dec_sufficients(&hospital_operator());
	});
}

#[test]
fn broken_practitioners_are_found() {
	finds("a practitioner's first affiliation is not the enrolling institution", || {
		change_dana(|stored| stored.affiliations = vec![CLINIC, HOSPITAL].try_into().unwrap())
	});
	finds("a practitioner is affiliated twice to one institution", || {
		change_dana(|stored| stored.affiliations.try_push(HOSPITAL).unwrap())
	});
	finds("a practitioner is affiliated to an institution that does not exist", || {
		change_dana(|stored| stored.affiliations.try_push(NOBODY).unwrap());
		Members::<Test>::insert(NOBODY, dana(), ());
	});
	finds("a practitioner has no role", || change_dana(|stored| stored.roles = roles(&[])));
	finds("a practitioner holds a role twice", || {
		change_dana(|stored| stored.roles = roles(&[Role::Nurse, Role::Nurse]))
	});
	finds("a credential's issuer does not exist", || {
		change_dana(|stored| stored.credentials[0].issuer = CredentialIssuer::Institution(NOBODY))
	});
	finds("a credential ends before it starts", || {
		change_dana(|stored| stored.credentials[0].valid = from_until(2, 1))
	});
	finds("a practitioner lost the account", || {
		System::dec_sufficients(&dana());
	});
}

#[test]
fn wrong_counts_are_found() {
	finds("an institution's count of practitioners is wrong", || {
		PractitionerCount::<Test>::insert(HOSPITAL, 2)
	});
	finds("an institution's practitioners are not counted", || {
		PractitionerCount::<Test>::remove(HOSPITAL)
	});
}

#[test]
fn holds_without_suspension_are_found() {
	finds("somebody held is not a suspended practitioner", || {
		GovernanceHolds::<Test>::insert(dana(), ())
	});
	finds("somebody held is not a suspended practitioner", || {
		GovernanceHolds::<Test>::insert(stranger(), ())
	});
}

#[test]
fn institutions_without_practitioners_are_sound() {
	test(|| assert!(Institutions::<Test>::contains_key(HOSPITAL)));
}
