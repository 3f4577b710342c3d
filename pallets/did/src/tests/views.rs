//! What anyone can ask.

use crate::{mock::*, Pallet};
use frame_support::assert_ok;
use hdx_primitives::{
	did::{KeyIndex, Relationship, Relationships},
	KeyDirectory,
};

fn key_agreement() -> Option<u32> {
	let key = <Pallet<Test> as KeyDirectory>::key_agreement(&doctor(), Pallet::<Test>::now());
	key.map(|entry| entry.index.0)
}

#[test]
fn a_did_names_the_chain_and_the_account() {
	on_chain(|| {
		let did = Pallet::<Test>::did(doctor());
		assert!(did.is_on(&System::block_hash(0)));
		assert_eq!(did.account, doctor());
		assert_eq!(did.to_string(), format!("did:hdx:{}:{}", "45".repeat(8), "01".repeat(32)));
	});
}

#[test]
fn an_account_without_a_did_resolves_to_nothing() {
	on_chain(|| {
		assert_eq!(Pallet::<Test>::resolve(doctor()), None);
		assert_eq!(Pallet::<Test>::document(doctor()), None);
		assert!(Pallet::<Test>::keys(doctor()).is_empty());
		assert_eq!(key_agreement(), None);
		let keys = Pallet::<Test>::keys_at(doctor(), Relationship::Authentication, START);
		assert!(keys.is_empty());
	});
}

#[test]
fn a_resolution_tells_everything() {
	with_controller(|| {
		set_time(later(7));
		let resolution = Pallet::<Test>::resolve(doctor()).unwrap();
		assert_eq!(resolution.did, Pallet::<Test>::did(doctor()));
		assert_eq!(resolution.document, document(doctor()));
		assert_eq!(resolution.keys, Pallet::<Test>::keys(doctor()));
		assert_eq!(resolution.keys.len(), 1);
		assert_eq!(resolution.at, later(7));
	});
}

#[test]
fn keys_are_agreed_on_with_the_newest_x_wing_key() {
	with_did(|| {
		let add = |version, material| {
			let relationships = Relationships::KEY_AGREEMENT;
			assert_ok!(Did::add_key(signed(doctor()), doctor(), version, material, relationships));
		};
		assert_eq!(key_agreement(), None);
		add(1, x25519(1));
		assert_eq!(key_agreement(), Some(1));
		add(2, x25519(2));
		assert_eq!(key_agreement(), Some(2));
		add(3, x_wing(1));
		add(4, x_wing(2));
		add(5, x25519(3));
		assert_eq!(key_agreement(), Some(4));
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 6, KeyIndex(4)));
		assert_eq!(key_agreement(), Some(3));
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 7, KeyIndex(3)));
		assert_eq!(key_agreement(), Some(5));
	});
}

#[test]
fn a_signing_key_is_not_agreed_with() {
	with_did(|| assert_eq!(key_agreement(), None));
}

#[test]
fn of_several_keys_the_one_added_last_is_told() {
	with_did(|| {
		let only = Relationships::only(Relationship::AssertionMethod);
		assert_ok!(Did::add_key(signed(doctor()), doctor(), 1, sr25519(2), only));
		let key_at = |relationship| Pallet::<Test>::key_at(doctor(), relationship, START).unwrap();
		assert_eq!(key_at(Relationship::AssertionMethod).index, KeyIndex(1));
		assert_eq!(key_at(Relationship::Authentication).index, FIRST);
	});
}

#[test]
fn a_key_is_found_by_its_fingerprint_ended_or_not() {
	with_did(|| {
		let find = || {
			let fingerprint = ed25519(1).fingerprint();
			Pallet::<Test>::key_by_fingerprint(doctor(), fingerprint).unwrap()
		};
		assert_eq!((find().index, find().key.valid_until), (FIRST, None));
		set_time(later(3));
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 1));
		assert_eq!(find().key.valid_until, Some(later(3)));
		let other = Pallet::<Test>::key_by_fingerprint(doctor(), ed25519(2).fingerprint());
		assert_eq!(other, None);
	});
}
