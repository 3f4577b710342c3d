//! Entering licences.

use crate::{mock::*, Error, Event, HiddenLicence, Licences, NextPlace, Pallet, Places};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AuditAction, AuditEvent, CredentialId, EntryIndex, Milliseconds, Subject};
use hdx_zk_circuits::{
	domain::Domain4,
	field::to_bytes,
	merkle::{SparseTree, CAPACITY, LEVELS},
	Fr,
};

#[test]
fn a_licence_gets_the_next_place_logged_and_told() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		new_events();
		assert_ok!(enter(8, 2));
		let licence = CredentialId(8);
		let hidden = HiddenLicence {
			practitioner: holder(licence),
			licence,
			leaf: leaf(2),
			entered_at: Milliseconds(SLOT),
		};
		assert_eq!(Hidden::entered(licence), Some((1, hidden)));
		assert_eq!(
			new_events(),
			[Event::LicenceEntered {
				place: 1,
				licence,
				practitioner: holder(licence),
				leaf: leaf(2),
				replaced: None,
				root: root(),
				entry: EntryIndex(1),
			}]
		);
		let entry = AuditEvent {
			actor: Some(BOARD),
			subject: Subject::ShieldedLicence { licence, place: 1, leaf: leaf(2) },
			..AuditEvent::new(AuditAction::ShieldedLicenceEntered)
		};
		assert_eq!(log().last(), Some(&entry));
	});
}

#[test]
fn the_root_is_that_of_the_tree_that_a_clinician_proves_with() {
	on_chain(|| {
		let mut tree = SparseTree::<LEVELS>::new(Domain4::CredentialNode);
		for place in 0..6u32 {
			let number = u64::from(place) + 1;
			assert_ok!(enter(number, number));
			tree.set(place, Fr::from(number)).unwrap();
			assert_eq!(root(), to_bytes(&tree.root()));
		}
		assert_ok!(remove(BOARD, 3));
		tree.set(2, Fr::from(0u64)).unwrap();
		assert_eq!(root(), to_bytes(&tree.root()));
		let leaves = [leaf(1), leaf(2), leaf(0), leaf(4), leaf(5), leaf(6)];
		assert_eq!(Hidden::leaves(0), leaves);
		assert_eq!(Hidden::leaves(4), leaves[4..]);
		assert_eq!(Hidden::leaves(6), [[0; 32]; 0]);
	});
}

#[test]
fn a_licence_that_is_entered_anew_keeps_its_place() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		assert_ok!(enter(8, 2));
		blocks(BLOCKS_BETWEEN);
		new_events();
		assert_ok!(enter(7, 3));
		assert_eq!(Hidden::leaves(0), [leaf(3), leaf(2)]);
		let [Event::LicenceEntered { place: 0, replaced, .. }] = &new_events()[..] else {
			panic!("it was not told")
		};
		assert_eq!(*replaced, Some(leaf(1)));
	});
}

#[test]
fn a_licence_that_was_removed_comes_back_to_its_place() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		assert_ok!(enter(8, 2));
		assert_ok!(remove(BOARD, 7));
		assert_ok!(enter(9, 3));
		blocks(BLOCKS_BETWEEN);
		assert_ok!(enter(7, 4));
		assert_eq!(Hidden::leaves(0), [leaf(4), leaf(2), leaf(3)]);
	});
}

#[test]
fn entering_fails_when_the_leaf_is_no_number_of_the_field() {
	on_chain(|| {
		let licence = CredentialId(7);
		let call = Hidden::enter_licence(signed(BOARD), holder(licence), licence, [255; 32]);
		assert_noop!(call, Error::<Test>::LeafTooLarge);
	});
}

#[test]
fn entering_fails_when_the_leaf_is_empty() {
	on_chain(|| {
		assert_noop!(enter(7, 0), Error::<Test>::EmptyLeaf);
	});
}

#[test]
fn entering_fails_when_the_leaf_was_entered_before() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		// By its issuer and by another one: a copy would stay when it is removed.
		assert_noop!(enter(7, 1), Error::<Test>::LeafUsed);
		assert_noop!(enter(107, 1), Error::<Test>::LeafUsed);
		assert_ok!(remove(BOARD, 7));
		assert_noop!(enter(7, 1), Error::<Test>::LeafUsed);
	});
}

#[test]
fn entering_fails_when_the_signer_did_not_attest_the_licence() {
	on_chain(|| {
		let licence = CredentialId(7);
		for who in [OTHER_BOARD, STRANGER, holder(licence)] {
			let call = Hidden::enter_licence(signed(who), holder(licence), licence, leaf(1));
			assert_noop!(call, Error::<Test>::NotItsIssuer);
		}
		let call = Hidden::enter_licence(signed(BOARD), STRANGER, licence, leaf(1));
		assert_noop!(call, Error::<Test>::NotItsIssuer);
	});
}

#[test]
fn entering_fails_when_the_issuer_may_not_act() {
	on_chain(|| {
		BoardMayAct::set(false);
		assert_noop!(enter(7, 1), Error::<Test>::NotItsIssuer);
	});
}

#[test]
fn entering_fails_when_the_licence_does_not_stand() {
	on_chain(|| {
		Ended::set(vec![CredentialId(7)]);
		assert_noop!(enter(7, 1), Error::<Test>::LicenceDoesNotStand);
	});
}

/// Each is kept for ever: an issuer with one licence would fill the state.
#[test]
fn entering_fails_when_a_leaf_of_the_licence_was_entered_lately() {
	on_chain(|| {
		assert_ok!(enter(7, 1));
		assert_noop!(enter(7, 2), Error::<Test>::EnteredLately);
		// Other licences do not wait for this one, and nobody waits to remove it.
		assert_ok!(enter(8, 3));
		assert_ok!(remove(BOARD, 7));
		assert_noop!(enter(7, 2), Error::<Test>::EnteredLately);
		blocks(BLOCKS_BETWEEN - 1);
		assert_noop!(enter(7, 2), Error::<Test>::EnteredLately);
		blocks(1);
		assert_ok!(enter(7, 2));
		// From the last one on.
		assert_noop!(enter(7, 4), Error::<Test>::EnteredLately);
	});
}

#[test]
fn entering_fails_when_all_places_are_taken() {
	// A tree of a million licences is not made here, so what must hold of it is not looked at.
	new_test_ext().execute_with(|| {
		Ended::set(Vec::new());
		BoardMayAct::set(true);
		NextPlace::<Test>::put(CAPACITY - 1);
		assert_ok!(enter(7, 1));
		let given = Places::<Test>::get(CredentialId(7)).unwrap();
		assert_eq!(given.place, CAPACITY - 1);
		assert_noop!(enter(8, 2), Error::<Test>::NoRoom);
		// Whoever has a place keeps it.
		blocks(BLOCKS_BETWEEN);
		assert_ok!(enter(7, 3));
		assert_eq!(Licences::<Test>::get(CAPACITY - 1).unwrap().leaf, leaf(3));
		assert!(Pallet::<Test>::root_counts(root()));
	});
}
