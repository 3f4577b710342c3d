//! The institutions with which a chain starts.

use crate::{
	mock::*, Institution, InstitutionByOperator, InstitutionKind, InstitutionStatus, Institutions,
	NextInstitutionId,
};
use hdx_primitives::{InstitutionId, Milliseconds, ProviderDirectory};

#[test]
fn genesis_registers_institutions_in_order() {
	test(|| {
		assert_eq!(
			Institutions::<Test>::get(HOSPITAL),
			Some(Institution {
				operator: hospital_operator(),
				kind: InstitutionKind::Hospital,
				status: InstitutionStatus::Active,
				profile: [1; 32],
				registered_at: Milliseconds(0),
			})
		);
		assert_eq!(InstitutionByOperator::<Test>::get(clinic_operator()), Some(CLINIC));
		assert_eq!(NextInstitutionId::<Test>::get(), InstitutionId(2));
		assert_eq!(ProviderRegistry::operated_by(&hospital_operator()), Some(HOSPITAL));
	});
}

#[test]
fn genesis_gives_operators_an_account() {
	test(|| assert_eq!(System::sufficients(&hospital_operator()), 1));
}

#[test]
fn genesis_logs_nothing() {
	test(|| assert!(log().is_empty()));
}

#[test]
fn genesis_may_be_empty() {
	ext_with(vec![]).execute_with(|| {
		assert_eq!(NextInstitutionId::<Test>::get(), InstitutionId(0));
		assert_eq!(ProviderRegistry::do_try_state(), Ok(()));
	});
}

#[test]
#[should_panic(expected = "each institution of the genesis needs its own operator")]
fn genesis_fails_when_an_operator_is_named_twice() {
	let twice = (hospital_operator(), InstitutionKind::Hospital, [1; 32]);
	ext_with(vec![twice.clone(), twice]);
}
