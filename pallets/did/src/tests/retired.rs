//! Accounts that were given up for another one.

use crate::{mock::*, Documents, Error, Event, Pallet};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	did::{DidStatus, Relationship},
	AuditAction, AuditEvent, KeyDirectory, Subject,
};

#[test]
fn nothing_is_encrypted_to_an_account_that_was_given_up() {
	with_did(|| {
		let key = agreement(x_wing(1));
		assert_ok!(Did::add_key(signed(doctor()), doctor(), 1, key.material, key.relationships));
		set_time(later(10));
		new_events();
		give_up(doctor());
		assert!(<Pallet<Test> as KeyDirectory>::key_agreement(&doctor(), later(10)).is_none());
		assert!(Pallet::<Test>::key_at(doctor(), Relationship::KeyAgreement, later(9)).is_some());
		let document = document(doctor());
		assert_eq!(document.status, DidStatus::Deactivated { at: later(10) });
		let deactivated = Event::DidDeactivated { subject: doctor(), version: 3, by: doctor() };
		assert_eq!(new_events(), [deactivated]);
		assert_eq!(
			log().last(),
			Some(&AuditEvent {
				subject: Subject::Did(doctor().into()),
				..AuditEvent::new(AuditAction::DidDeactivated)
			})
		);
	});
}

#[test]
fn an_account_that_was_given_up_creates_no_did() {
	new_test_ext().execute_with(|| {
		give_up(doctor());
		assert!(log().is_empty());
		let none = Default::default();
		assert_noop!(Did::create(signed(doctor()), none), Error::<Test>::AccountRetired);
		assert!(!Documents::<Test>::contains_key(doctor()));
	});
}

#[test]
fn a_controller_that_was_given_up_changes_no_did_of_others() {
	with_did(|| {
		assert_ok!(Did::add_controller(signed(doctor()), doctor(), 1, operator()));
		give_up(operator());
		let retired = || Error::<Test>::AccountRetired;
		assert_noop!(Did::deactivate(signed(operator()), doctor(), 2), retired());
		let key = signing(ml_dsa_65(1));
		assert_noop!(
			Did::add_key(signed(operator()), doctor(), 2, key.material, key.relationships),
			retired()
		);
		assert_ok!(Did::remove_controller(signed(doctor()), doctor(), 2, operator()));
		assert_noop!(Did::add_controller(signed(doctor()), doctor(), 3, operator()), retired());
	});
}

#[test]
fn a_did_that_was_deactivated_before_keeps_its_last_version() {
	with_did(|| {
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 1));
		let before = document(doctor());
		set_time(later(10));
		give_up(doctor());
		assert_eq!(document(doctor()), before);
	});
}

#[test]
fn an_employer_has_no_say_over_a_patients_did() {
	new_test_ext().execute_with(|| {
		assert_ok!(Did::create(signed(patient()), Default::default()));
		give_up(patient());
		assert!(document(patient()).is_active());
		let key = agreement(x_wing(1));
		assert_ok!(Did::add_key(signed(patient()), patient(), 1, key.material, key.relationships));
	});
}

#[test]
fn whoever_was_given_up_controls_nobody_elses_did_by_becoming_a_patient() {
	with_did(|| {
		assert_ok!(Did::add_controller(signed(doctor()), doctor(), 1, patient()));
		give_up(patient());
		assert_noop!(
			Did::deactivate(signed(patient()), doctor(), 2),
			Error::<Test>::AccountRetired
		);
	});
}
