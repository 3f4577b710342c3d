//! The check of the stored state finds what it should find.

use crate::{mock::*, Documents, Keys, KeysByFingerprint, Pallet};
use frame_support::assert_ok;
use hdx_primitives::did::{
	DidStatus, Document, Key, KeyIndex, KeyMaterial, Relationships, MAX_KEYS,
};
use hdx_primitives::Milliseconds;

/// Breaks a sound state and expects this finding.
fn finds(finding: &'static str, break_it: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		create(doctor(), vec![signing(ed25519(1)), agreement(x_wing(1))]);
		assert_ok!(Did::add_controller(signed(doctor()), doctor(), 1, operator()));
		assert_ok!(Did::set_service(signed(doctor()), doctor(), 2, service("a", "b")));
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		break_it();
		assert_eq!(Pallet::<Test>::do_try_state(), Err(finding.into()));
	});
}

fn change_document(change: impl FnOnce(&mut Document)) {
	Documents::<Test>::mutate(doctor(), |stored| change(stored.as_mut().unwrap()));
}

fn change_key(change: impl FnOnce(&mut Key)) {
	Keys::<Test>::mutate(doctor(), FIRST, |stored| change(stored.as_mut().unwrap()));
}

#[test]
fn broken_documents_are_found() {
	finds("a document has no version", || change_document(|stored| stored.version = 0));
	let out_of_time = "a document changed before it was created, or in the future";
	finds(out_of_time, || change_document(|stored| stored.updated_at = Milliseconds(1)));
	finds(out_of_time, || change_document(|stored| stored.updated_at = later(1)));
	finds("a document changed after its deactivation", || {
		change_document(|stored| stored.status = DidStatus::Deactivated { at: Milliseconds(1) })
	});
}

#[test]
fn broken_controllers_are_found() {
	finds("a controller is listed twice", || {
		change_document(|stored| stored.controllers.try_push(operator()).unwrap())
	});
	finds("a subject is its own controller", || {
		change_document(|stored| stored.controllers.try_push(doctor()).unwrap())
	});
}

#[test]
fn broken_services_are_found() {
	finds("a service is listed twice", || {
		change_document(|stored| stored.services.try_push(service("a", "c")).unwrap())
	});
	finds("a service is malformed", || {
		change_document(|stored| stored.services.try_push(service("key-1", "c")).unwrap())
	});
}

#[test]
fn wrong_counts_are_found() {
	finds("a document has too many keys", || {
		change_document(|stored| stored.next_key = KeyIndex(MAX_KEYS + 1))
	});
	finds("a document's key is missing", || Keys::<Test>::remove(doctor(), FIRST));
	finds("a key has no document", || {
		let key = Keys::<Test>::get(doctor(), FIRST).unwrap();
		Keys::<Test>::insert(stranger(), FIRST, key);
	});
	finds("a fingerprint has no key", || {
		KeysByFingerprint::<Test>::insert(doctor(), [7; 32], FIRST)
	});
}

#[test]
fn broken_keys_are_found() {
	finds("a key is none", || change_key(|stored| stored.material = KeyMaterial::X25519([0; 32])));
	finds("a key is not found by its fingerprint", || {
		change_key(|stored| stored.material = ed25519(9))
	});
	let misused = "a key's relationships are not those of its scheme";
	finds(misused, || change_key(|stored| stored.relationships = Relationships::default()));
	finds(misused, || change_key(|stored| stored.relationships = Relationships::KEY_AGREEMENT));
	let out_of_time = "a key's interval is not within its document's";
	finds(out_of_time, || change_key(|stored| stored.valid_from = Milliseconds(1)));
	finds(out_of_time, || change_key(|stored| stored.valid_from = later(1)));
	finds(out_of_time, || change_key(|stored| stored.valid_until = Some(later(1))));
	finds(out_of_time, || change_key(|stored| stored.valid_until = Some(Milliseconds(1))));
}
