//! Patients come into existence.

use crate::{mock::*, Error, Event, PatientInfo, Patients};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, PatientDirectory};
use sp_runtime::DispatchError;

fn sponsor(origin: RuntimeOrigin) -> sp_runtime::DispatchResult {
	Registry::sponsor_patient(origin, patient())
}

#[test]
fn an_operator_sponsors_a_patient() {
	on_chain(|| {
		assert!(!Registry::is_patient(&patient()));
		assert_eq!(System::providers(&patient()), 0);
		assert_ok!(sponsor(RuntimeOrigin::signed(operator())));
		assert!(Registry::is_patient(&patient()));
		assert_eq!(System::providers(&patient()), 1);
		let info = PatientInfo { sponsor: HOSPITAL, sponsored_at: START };
		assert_eq!(Patients::<Test>::get(patient()), Some(info));
		System::assert_last_event(
			Event::PatientSponsored { patient: patient(), sponsor: HOSPITAL }.into(),
		);
		let expected = AuditEvent {
			actor: Some(operator()),
			on_behalf_of: Some(HOSPITAL),
			patient: Some(patient()),
			..AuditEvent::new(AuditAction::PatientSponsored)
		};
		assert_eq!(log(), [expected]);
	});
}

#[test]
fn sponsor_patient_fails_when_unsigned() {
	on_chain(|| {
		assert_noop!(sponsor(RuntimeOrigin::none()), DispatchError::BadOrigin);
		assert_noop!(sponsor(RuntimeOrigin::root()), DispatchError::BadOrigin);
	});
}

#[test]
fn sponsor_patient_fails_when_signed_by_no_operator() {
	on_chain(|| {
		let refused = sponsor(RuntimeOrigin::signed(stranger()));
		assert_noop!(refused, Error::<Test>::NotAnOperator);
	});
}

#[test]
fn sponsor_patient_fails_when_the_institution_is_suspended() {
	on_chain(|| {
		HospitalIsActive::set(false);
		let refused = sponsor(RuntimeOrigin::signed(operator()));
		assert_noop!(refused, Error::<Test>::NotAnOperator);
	});
}

#[test]
fn sponsor_patient_fails_when_the_account_is_a_patient() {
	with_patient(|| {
		let refused = sponsor(RuntimeOrigin::signed(operator()));
		assert_noop!(refused, Error::<Test>::AlreadyPatient);
	});
}

#[test]
fn sponsor_patient_fails_when_the_account_operates_an_institution() {
	on_chain(|| {
		let refused = Registry::sponsor_patient(RuntimeOrigin::signed(operator()), operator());
		assert_noop!(refused, Error::<Test>::PatientIsOperator);
	});
}
