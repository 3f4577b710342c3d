//! What the log says of changes.

use crate::{mock::*, Pallet};
use frame_support::assert_ok;
use hdx_primitives::{
	did::{KeyIndex, Relationships},
	AuditAction, AuditEvent, Subject,
};

fn entry(action: AuditAction) -> AuditEvent {
	AuditEvent {
		actor: Some(doctor()),
		subject: Subject::Did(doctor().into()),
		..AuditEvent::new(action)
	}
}

#[test]
fn each_change_is_an_entry() {
	on_chain(|| {
		let me = || signed(doctor());
		create(doctor(), vec![signing(ed25519(1)), agreement(x_wing(1))]);
		assert_ok!(Did::add_key(me(), doctor(), 1, sr25519(1), Relationships::SIGNING));
		assert_ok!(Did::end_key(me(), doctor(), 2, KeyIndex(1)));
		assert_ok!(Did::rotate_key(me(), doctor(), 3, FIRST, ed25519(2)));
		assert_ok!(Did::add_controller(me(), doctor(), 4, operator()));
		assert_ok!(Did::remove_controller(me(), doctor(), 5, operator()));
		assert_ok!(Did::set_service(me(), doctor(), 6, service("a", "b")));
		assert_ok!(Did::remove_service(me(), doctor(), 7, service("a", "b").id));
		assert_ok!(Did::deactivate(me(), doctor(), 8));
		let actions = [
			AuditAction::DidCreated,
			AuditAction::DidKeyAdded,
			AuditAction::DidKeyEnded,
			AuditAction::DidKeyEnded,
			AuditAction::DidKeyAdded,
			AuditAction::DidUpdated,
			AuditAction::DidUpdated,
			AuditAction::DidUpdated,
			AuditAction::DidUpdated,
			AuditAction::DidDeactivated,
		];
		assert_eq!(log(), actions.map(entry));
	});
}

#[test]
fn a_change_by_a_controller_names_the_controller() {
	with_controller(|| {
		assert_ok!(Did::end_key(signed(operator()), doctor(), 2, FIRST));
		let expected = AuditEvent { actor: Some(operator()), ..entry(AuditAction::DidKeyEnded) };
		assert_eq!(log(), [expected]);
	});
}

#[test]
fn what_is_done_about_a_patients_did_is_about_the_patient() {
	on_chain(|| {
		create(patient(), vec![]);
		assert_ok!(Did::add_controller(signed(patient()), patient(), 1, operator()));
		assert_ok!(Did::deactivate(signed(operator()), patient(), 2));
		assert!(log().iter().all(|event| event.patient == Some(patient())));
		assert_eq!(log()[2].actor, Some(operator()));
		assert_eq!(Pallet::<Test>::document(patient()).unwrap().version, 3);
	});
}
