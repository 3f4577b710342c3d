//! A key takes another's place.

use crate::{mock::*, Error, Event, Pallet};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	did::{KeyIndex, KeyScheme, Relationship, Relationships},
	AuditAction,
};

#[test]
fn the_new_key_is_in_force_when_the_old_one_is_not_any_more() {
	with_did(|| {
		set_time(later(10));
		assert_ok!(Did::rotate_key(signed(doctor()), doctor(), 1, FIRST, ml_dsa_65(2)));
		let at = |at| indices(Pallet::<Test>::keys_at(doctor(), Relationship::Authentication, at));
		assert_eq!(at(later(9)), [0]);
		assert_eq!(at(later(10)), [1]);
		assert_eq!(
			new_events(),
			[
				Event::KeyEnded { subject: doctor(), key: FIRST, version: 2, by: doctor() },
				Event::KeyAdded {
					subject: doctor(),
					key: KeyIndex(1),
					scheme: KeyScheme::MlDsa65,
					relationships: Relationships::SIGNING,
					version: 2,
					by: doctor(),
				},
			]
		);
		let actions: Vec<_> = log().into_iter().map(|event| event.action).collect();
		assert_eq!(actions, [AuditAction::DidKeyEnded, AuditAction::DidKeyAdded]);
	});
}

#[test]
fn the_new_key_has_the_relationships_of_the_old_one() {
	with_did(|| {
		let relationships = Relationships::only(Relationship::CapabilityInvocation);
		assert_ok!(Did::add_key(signed(doctor()), doctor(), 1, sr25519(2), relationships));
		assert_ok!(Did::rotate_key(signed(doctor()), doctor(), 2, KeyIndex(1), ed25519(3)));
		assert_eq!(Pallet::<Test>::keys(doctor())[2].key.relationships, relationships);
	});
}

#[test]
fn a_signing_key_does_not_give_way_to_one_that_cannot_sign() {
	with_did(|| {
		let rotate = Did::rotate_key(signed(doctor()), doctor(), 1, FIRST, x_wing(2));
		assert_noop!(rotate, Error::<Test>::RelationshipNotForScheme);
	});
}

#[test]
fn a_key_does_not_give_way_to_itself_nor_to_one_that_ended() {
	with_did(|| {
		let same = Did::rotate_key(signed(doctor()), doctor(), 1, FIRST, ed25519(1));
		assert_noop!(same, Error::<Test>::KeyAlreadyListed);
		assert_ok!(Did::rotate_key(signed(doctor()), doctor(), 1, FIRST, ed25519(2)));
		let back = Did::rotate_key(signed(doctor()), doctor(), 2, KeyIndex(1), ed25519(1));
		assert_noop!(back, Error::<Test>::KeyAlreadyListed);
	});
}

#[test]
fn a_key_that_ended_or_is_not_there_does_not_rotate() {
	with_did(|| {
		let unknown = Did::rotate_key(signed(doctor()), doctor(), 1, KeyIndex(7), ed25519(2));
		assert_noop!(unknown, Error::<Test>::KeyUnknown);
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 1, FIRST));
		let ended = Did::rotate_key(signed(doctor()), doctor(), 2, FIRST, ed25519(2));
		assert_noop!(ended, Error::<Test>::KeyAlreadyEnded);
	});
}
