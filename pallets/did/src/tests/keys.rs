//! Keys are added and end.

use crate::{mock::*, Error, Event, Pallet};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::did::{KeyIndex, KeyScheme, Relationship, Relationships};

#[test]
fn a_key_is_in_force_from_when_it_was_added() {
	with_did(|| {
		set_time(later(10));
		let relationships = Relationships::only(Relationship::AssertionMethod);
		assert_ok!(Did::add_key(signed(doctor()), doctor(), 1, sr25519(2), relationships));
		let key = Pallet::<Test>::keys(doctor())[1].key.clone();
		assert_eq!((key.valid_from, key.valid_until), (later(10), None));
		assert_eq!(key.relationships, relationships);
		assert_eq!(document(doctor()).updated_at, later(10));
		let added = Event::KeyAdded {
			subject: doctor(),
			key: KeyIndex(1),
			scheme: KeyScheme::Sr25519,
			relationships,
			version: 2,
			by: doctor(),
		};
		assert_eq!(new_events(), [added]);

		let in_force_at =
			|at| indices(Pallet::<Test>::keys_at(doctor(), Relationship::AssertionMethod, at));
		assert_eq!(in_force_at(later(9)), [0]);
		assert_eq!(in_force_at(later(10)), [0, 1]);
	});
}

#[test]
fn a_key_that_ended_stays_listed_and_was_in_force_before() {
	with_did(|| {
		set_time(later(10));
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 1, FIRST));
		let ended = Event::KeyEnded { subject: doctor(), key: FIRST, version: 2, by: doctor() };
		assert_eq!(new_events(), [ended]);
		let key = Pallet::<Test>::keys(doctor())[0].key.clone();
		assert_eq!((key.valid_from, key.valid_until), (START, Some(later(10))));

		let at = |at| Pallet::<Test>::key_at(doctor(), Relationship::Authentication, at);
		assert_eq!(at(later(9)).unwrap().index, FIRST);
		assert_eq!(at(later(10)), None);
		assert_eq!(at(hdx_primitives::Milliseconds(START.0 - 1)), None);
	});
}

#[test]
fn a_key_that_is_added_and_ended_in_one_block_was_never_in_force() {
	with_did(|| {
		let material = sr25519(2);
		assert_ok!(Did::add_key(signed(doctor()), doctor(), 1, material, Relationships::SIGNING));
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 2, KeyIndex(1)));
		for at in [START, later(1)] {
			let keys = Pallet::<Test>::keys_at(doctor(), Relationship::Authentication, at);
			assert_eq!(indices(keys), [0]);
		}
	});
}

#[test]
fn a_key_ends_once() {
	with_did(|| {
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 1, FIRST));
		let again = Did::end_key(signed(doctor()), doctor(), 2, FIRST);
		assert_noop!(again, Error::<Test>::KeyAlreadyEnded);
	});
}

#[test]
fn a_key_that_is_not_there_cannot_end() {
	with_did(|| {
		let unknown = Did::end_key(signed(doctor()), doctor(), 1, KeyIndex(1));
		assert_noop!(unknown, Error::<Test>::KeyUnknown);
	});
}

#[test]
fn no_key_is_listed_twice_for_other_uses_either() {
	with_did(|| {
		let relationships = Relationships::only(Relationship::AssertionMethod);
		let again = Did::add_key(signed(doctor()), doctor(), 1, ed25519(1), relationships);
		assert_noop!(again, Error::<Test>::KeyAlreadyListed);
	});
}

#[test]
fn a_key_that_ended_never_comes_back() {
	with_did(|| {
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 1, FIRST));
		set_time(later(1_000));
		let again = Did::add_key(signed(doctor()), doctor(), 2, ed25519(1), Relationships::SIGNING);
		assert_noop!(again, Error::<Test>::KeyAlreadyListed);
	});
}

#[test]
fn the_same_bytes_are_no_key_of_another_scheme() {
	with_did(|| {
		let hdx_primitives::did::KeyMaterial::Ed25519(bytes) = ed25519(1) else { unreachable!() };
		let material = hdx_primitives::did::KeyMaterial::X25519(bytes);
		let again =
			Did::add_key(signed(doctor()), doctor(), 1, material, Relationships::KEY_AGREEMENT);
		assert_noop!(again, Error::<Test>::KeyAlreadyListed);
	});
}

#[test]
fn two_dids_may_list_the_same_key() {
	with_did(|| {
		create(patient(), vec![signing(ed25519(1))]);
		assert_eq!(Pallet::<Test>::keys(patient()).len(), 1);
	});
}

#[test]
fn a_key_has_a_use() {
	with_did(|| {
		let idle =
			Did::add_key(signed(doctor()), doctor(), 1, sr25519(2), Relationships::default());
		assert_noop!(idle, Error::<Test>::NoRelationship);
	});
}

#[test]
fn a_key_is_used_only_for_what_its_scheme_can_do() {
	with_did(|| {
		let mut next = 1;
		for material in [sr25519(2), ed25519(2), x25519(2), ml_dsa_65(2), x_wing(2)] {
			let is_for_agreement =
				[KeyScheme::X25519, KeyScheme::XWing].contains(&material.scheme());
			for relationship in Relationship::ALL {
				let relationships = Relationships::only(relationship);
				let fits = (relationship == Relationship::KeyAgreement) == is_for_agreement;
				let add = |relationships| {
					Did::add_key(signed(doctor()), doctor(), next, material.clone(), relationships)
				};
				if fits {
					continue;
				}
				assert_noop!(add(relationships), Error::<Test>::RelationshipNotForScheme);
				let with_possible = material.scheme().relationships().with(relationship);
				assert_noop!(add(with_possible), Error::<Test>::RelationshipNotForScheme);
			}
			let all = material.scheme().relationships();
			assert_ok!(Did::add_key(signed(doctor()), doctor(), next, material, all));
			next += 1;
		}
	});
}
