//! Versions: no change twice, none lost.

use crate::{mock::*, Documents, Error};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::did::KeyIndex;

#[test]
fn each_change_is_one_version_more() {
	with_did(|| {
		assert_ok!(Did::rotate_key(signed(doctor()), doctor(), 1, FIRST, ed25519(2)));
		assert_ok!(Did::set_service(signed(doctor()), doctor(), 2, service("a", "b")));
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 3));
		assert_eq!(version(doctor()), 4);
	});
}

#[test]
fn a_change_is_not_applied_twice() {
	with_did(|| {
		let change = || Did::set_service(signed(doctor()), doctor(), 1, service("a", "b"));
		assert_ok!(change());
		assert_noop!(change(), Error::<Test>::VersionMismatch);
	});
}

#[test]
fn of_two_changes_of_one_version_the_second_is_refused() {
	with_controller(|| {
		assert_ok!(Did::rotate_key(signed(operator()), doctor(), 2, FIRST, ed25519(2)));
		let late = Did::rotate_key(signed(doctor()), doctor(), 2, FIRST, ed25519(3));
		assert_noop!(late, Error::<Test>::VersionMismatch);
		assert_ok!(Did::rotate_key(signed(doctor()), doctor(), 3, KeyIndex(1), ed25519(3)));
	});
}

#[test]
fn versions_do_not_start_anew() {
	with_did(|| {
		Documents::<Test>::mutate(doctor(), |document| {
			document.as_mut().unwrap().version = u32::MAX
		});
		let change = Did::end_key(signed(doctor()), doctor(), u32::MAX, FIRST);
		assert_noop!(change, Error::<Test>::NoVersionLeft);
	});
}
