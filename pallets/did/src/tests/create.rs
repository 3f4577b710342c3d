//! How a DID begins.

use crate::{mock::*, Error, Event, Pallet};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::did::{DidStatus, Document, KeyIndex, KeyScheme, NewKey, Relationships};

fn create_with(who: hdx_primitives::AccountId, keys: Vec<NewKey>) -> sp_runtime::DispatchResult {
	Did::create(signed(who), keys.try_into().unwrap())
}

#[test]
fn an_account_creates_its_did_without_keys() {
	on_chain(|| {
		assert_ok!(create_with(doctor(), vec![]));
		let expected = Document {
			status: DidStatus::Active,
			created_at: START,
			updated_at: START,
			version: 1,
			controllers: Default::default(),
			services: Default::default(),
			next_key: FIRST,
		};
		assert_eq!(document(doctor()), expected);
		assert_eq!(new_events(), [Event::DidCreated { subject: doctor() }]);
		assert!(Pallet::<Test>::keys(doctor()).is_empty());
	});
}

#[test]
fn an_account_creates_its_did_with_keys_in_force_from_then() {
	on_chain(|| {
		assert_ok!(create_with(doctor(), vec![signing(ml_dsa_65(1)), agreement(x_wing(1))]));
		let keys = Pallet::<Test>::keys(doctor());
		assert_eq!(indices(keys.clone()), [0, 1]);
		assert!(keys.iter().all(|entry| entry.key.valid_from == START));
		assert!(keys.iter().all(|entry| entry.key.valid_until.is_none()));
		assert_eq!(keys[1].key.material, x_wing(1));
		assert_eq!(document(doctor()).version, 1);
		assert_eq!(
			new_events()[1..],
			[
				Event::KeyAdded {
					subject: doctor(),
					key: FIRST,
					scheme: KeyScheme::MlDsa65,
					relationships: Relationships::SIGNING,
					version: 1,
					by: doctor(),
				},
				Event::KeyAdded {
					subject: doctor(),
					key: KeyIndex(1),
					scheme: KeyScheme::XWing,
					relationships: Relationships::KEY_AGREEMENT,
					version: 1,
					by: doctor(),
				},
			]
		);
	});
}

#[test]
fn an_account_that_does_not_exist_has_no_did() {
	on_chain(|| {
		assert_noop!(create_with(nobody(), vec![]), Error::<Test>::AccountUnknown);
	});
}

#[test]
fn an_account_has_one_did() {
	with_did(|| {
		assert_noop!(create_with(doctor(), vec![]), Error::<Test>::AlreadyCreated);
	});
}

#[test]
fn a_deactivated_did_is_not_created_anew() {
	with_did(|| {
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 1));
		assert_noop!(create_with(doctor(), vec![]), Error::<Test>::AlreadyCreated);
	});
}

#[test]
fn no_did_is_created_with_a_key_twice() {
	on_chain(|| {
		let once_for_each = vec![
			NewKey { relationships: Relationships::SIGNING, material: ed25519(1) },
			signing(sr25519(1)),
			signing(ed25519(1)),
		];
		assert_noop!(create_with(doctor(), once_for_each), Error::<Test>::KeyAlreadyListed);
	});
}

#[test]
fn no_did_is_created_with_a_bad_key_among_good_ones() {
	on_chain(|| {
		let keys = vec![signing(ed25519(1)), agreement(ed25519(2))];
		assert_noop!(create_with(doctor(), keys), Error::<Test>::RelationshipNotForScheme);
		assert!(Pallet::<Test>::resolve(doctor()).is_none());
	});
}

#[test]
fn only_who_signs_creates_a_did() {
	on_chain(|| {
		let unsigned = Did::create(RuntimeOrigin::none(), Default::default());
		assert_eq!(unsigned, Err(sp_runtime::DispatchError::BadOrigin));
	});
}
