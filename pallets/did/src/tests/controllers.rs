//! Controllers are added and removed.

use crate::{mock::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::did::MAX_CONTROLLERS;

#[test]
fn the_subject_names_a_controller() {
	with_did(|| {
		assert_ok!(Did::add_controller(signed(doctor()), doctor(), 1, operator()));
		assert_eq!(document(doctor()).controllers.into_inner(), [operator()]);
		let added =
			Event::ControllerAdded { subject: doctor(), controller: operator(), version: 2 };
		assert_eq!(new_events(), [added]);
	});
}

#[test]
fn the_subject_removes_a_controller() {
	with_controller(|| {
		assert_ok!(Did::remove_controller(signed(doctor()), doctor(), 2, operator()));
		assert!(document(doctor()).controllers.is_empty());
		let removed = Event::ControllerRemoved {
			subject: doctor(),
			controller: operator(),
			version: 3,
			by: doctor(),
		};
		assert_eq!(new_events(), [removed]);
	});
}

#[test]
fn a_controller_resigns() {
	with_controller(|| {
		assert_ok!(Did::remove_controller(signed(operator()), doctor(), 2, operator()));
		assert!(document(doctor()).controllers.is_empty());
	});
}

#[test]
fn a_controller_removes_no_other() {
	with_controller(|| {
		assert_ok!(Did::add_controller(signed(doctor()), doctor(), 2, stranger()));
		for other in [stranger(), doctor()] {
			let remove = Did::remove_controller(signed(operator()), doctor(), 3, other);
			assert_noop!(remove, Error::<Test>::OnlyTheSubject);
		}
	});
}

#[test]
fn a_controller_names_no_other() {
	with_controller(|| {
		let add = Did::add_controller(signed(operator()), doctor(), 2, stranger());
		assert_noop!(add, Error::<Test>::OnlyTheSubject);
	});
}

#[test]
fn the_subject_always_controls_its_did() {
	with_controller(|| {
		let add = Did::add_controller(signed(doctor()), doctor(), 2, doctor());
		assert_noop!(add, Error::<Test>::SubjectAsController);
		let remove = Did::remove_controller(signed(doctor()), doctor(), 2, doctor());
		assert_noop!(remove, Error::<Test>::NotAController);
	});
}

#[test]
fn a_controller_is_named_once() {
	with_controller(|| {
		let again = Did::add_controller(signed(doctor()), doctor(), 2, operator());
		assert_noop!(again, Error::<Test>::AlreadyController);
	});
}

#[test]
fn a_controller_is_an_account_that_exists() {
	with_did(|| {
		let add = Did::add_controller(signed(doctor()), doctor(), 1, nobody());
		assert_noop!(add, Error::<Test>::AccountUnknown);
	});
}

#[test]
fn who_is_no_controller_is_not_removed() {
	with_did(|| {
		let remove = Did::remove_controller(signed(doctor()), doctor(), 1, operator());
		assert_noop!(remove, Error::<Test>::NotAController);
	});
}

#[test]
fn a_did_has_so_many_controllers_at_most() {
	with_did(|| {
		for number in 0..MAX_CONTROLLERS {
			let controller = account(10 + number as u8);
			assert_ok!(Did::add_controller(signed(doctor()), doctor(), 1 + number, controller));
		}
		let one_more =
			Did::add_controller(signed(doctor()), doctor(), 1 + MAX_CONTROLLERS, operator());
		assert_noop!(one_more, Error::<Test>::TooManyControllers);
	});
}

#[test]
fn a_controller_of_one_did_controls_no_other() {
	with_controller(|| {
		create(patient(), vec![]);
		let change = Did::deactivate(signed(operator()), patient(), 1);
		assert_noop!(change, Error::<Test>::NotInControl);
	});
}
