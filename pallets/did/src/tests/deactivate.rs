//! The end of a DID. That nothing changes after it is tested in `authority`.

use crate::{mock::*, Event, Keys, Pallet};
use frame_support::assert_ok;
use hdx_primitives::{
	did::{DidStatus, Relationship, Relationships},
	KeyDirectory,
};

#[test]
fn a_deactivated_document_stays_readable() {
	with_did(|| {
		set_time(later(10));
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 1));
		let document = document(doctor());
		assert_eq!(document.status, DidStatus::Deactivated { at: later(10) });
		assert_eq!((document.version, document.updated_at), (2, later(10)));
		let deactivated = Event::DidDeactivated { subject: doctor(), version: 2, by: doctor() };
		assert_eq!(new_events(), [deactivated]);
		assert_eq!(Pallet::<Test>::resolve(doctor()).unwrap().document, document);
	});
}

#[test]
fn every_key_has_ended_by_then_and_was_in_force_before() {
	with_did(|| {
		let add = |version, key: hdx_primitives::did::NewKey| {
			Did::add_key(signed(doctor()), doctor(), version, key.material, key.relationships)
		};
		assert_ok!(add(1, agreement(x_wing(1))));
		assert_ok!(add(2, signing(ml_dsa_65(1))));
		set_time(later(5));
		assert_ok!(Did::end_key(signed(doctor()), doctor(), 3, FIRST));
		set_time(later(10));
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 4));

		let ends: Vec<_> =
			Pallet::<Test>::keys(doctor()).into_iter().map(|entry| entry.key.valid_until).collect();
		assert_eq!(ends, [Some(later(5)), Some(later(10)), Some(later(10))]);
		for relationship in Relationship::ALL {
			for at in [later(10), later(1_000)] {
				assert_eq!(Pallet::<Test>::key_at(doctor(), relationship, at), None);
				assert!(Pallet::<Test>::keys_at(doctor(), relationship, at).is_empty());
			}
			assert!(Pallet::<Test>::key_at(doctor(), relationship, later(9)).is_some());
		}
		assert!(<Pallet<Test> as KeyDirectory>::key_agreement(&doctor(), later(10)).is_none());
	});
}

#[test]
fn deactivation_touches_no_key() {
	with_did(|| {
		let material = ml_dsa_65(1);
		assert_ok!(Did::add_key(signed(doctor()), doctor(), 1, material, Relationships::SIGNING));
		let before: Vec<_> = Keys::<Test>::iter().collect();
		assert_ok!(Did::deactivate(signed(doctor()), doctor(), 2));
		assert_eq!(Keys::<Test>::iter().collect::<Vec<_>>(), before);
	});
}
