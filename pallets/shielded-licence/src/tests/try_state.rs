//! What breaks an invariant is found.

use crate::{
	mock::*, AuditorInOffice, Auditors, Holders, IdentityAuditor, KnownKeys, KnownLeaves,
	LicencePlace, Licences, NextPlace, Nodes, OldestDay, Pallet, Places, Roots, UsedRecipients,
	UsedSlots,
};
use frame_support::assert_ok;
use hdx_primitives::{CredentialId, EmergencyProofs, Milliseconds};
use hdx_zk_circuits::merkle::CAPACITY;

/// A chain with some of everything, broken.
fn broken(how: impl FnOnce(), why: &'static str) {
	Ended::set(Vec::new());
	BoardMayAct::set(true);
	new_test_ext().execute_with(|| {
		for number in 1..=3 {
			assert_ok!(enter(number, number));
			blocks(1);
		}
		assert_ok!(remove(BOARD, 2));
		assert_ok!(Hidden::appoint_auditor(governance(), KEYS[0]));
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		how();
		assert_eq!(Pallet::<Test>::do_try_state(), Err(why.into()));
	});
}

/// Gives a licence a place.
fn give(licence: u64, place: u32) {
	let renewable_at = Milliseconds(u64::MAX);
	Places::<Test>::insert(CredentialId(licence), LicencePlace { place, renewable_at });
}

#[test]
fn more_places_than_there_are_are_found() {
	broken(|| NextPlace::<Test>::put(CAPACITY + 1), "more places were given than there are");
}

#[test]
fn a_place_of_two_licences_is_found() {
	broken(|| give(9, 0), "two licences share a place");
}

#[test]
fn a_place_of_nobody_or_too_early_is_found() {
	let why = "a place was given to nobody, or too early";
	broken(|| NextPlace::<Test>::put(4), why);
	broken(|| give(3, 3), why);
}

#[test]
fn a_licence_without_its_place_is_found() {
	let swap = || {
		give(1, 2);
		give(3, 0);
	};
	broken(swap, "a licence is not where it is said to be");
}

#[test]
fn a_licence_that_could_have_another_leaf_at_once_is_found() {
	let at_once = || {
		Places::<Test>::mutate(CredentialId(1), |of| {
			of.as_mut().unwrap().renewable_at = Milliseconds(SLOT);
		});
	};
	broken(at_once, "another leaf could be entered at once");
}

#[test]
fn a_leaf_that_could_be_entered_again_is_found() {
	broken(|| KnownLeaves::<Test>::remove(leaf(1)), "a leaf could be entered again");
}

#[test]
fn an_empty_leaf_is_found() {
	let empty = || {
		KnownLeaves::<Test>::insert(leaf(0), ());
		Licences::<Test>::mutate(0, |hidden| hidden.as_mut().unwrap().leaf = leaf(0));
	};
	broken(empty, "a leaf is empty");
}

#[test]
fn a_leaf_that_is_there_twice_is_found() {
	let twice = || Licences::<Test>::mutate(0, |hidden| hidden.as_mut().unwrap().leaf = leaf(3));
	broken(twice, "a leaf is there twice");
}

/// The next change below would write a root that forgets all others.
#[test]
fn a_node_that_is_missing_or_wrong_is_found() {
	for level in 0..10u8 {
		let why = "licences do not have their nodes";
		broken(|| Nodes::<Test>::remove((level, 0)), why);
		broken(|| Nodes::<Test>::insert((level, 0), [leaf(9); 4]), why);
	}
}

#[test]
fn a_licence_that_the_tree_does_not_have_is_found() {
	let removed = || Licences::<Test>::remove(0);
	broken(removed, "licences do not have their nodes");
}

#[test]
fn roots_out_of_order_are_found() {
	let swap = || {
		Roots::<Test>::mutate(|roots| {
			roots.as_mut().unwrap().iter_mut().rev().for_each(|kept| kept.block = 1)
		})
	};
	broken(swap, "roots are out of order");
}

#[test]
fn a_root_of_another_tree_is_found() {
	let other = || {
		Roots::<Test>::mutate(|roots| roots.as_mut().unwrap().last_mut().unwrap().root = leaf(9));
	};
	broken(other, "the last root is not that of the tree");
}

#[test]
fn a_tree_without_a_root_is_found() {
	broken(Roots::<Test>::kill, "a tree has no root, or a root no tree");
}

#[test]
fn an_auditors_number_that_came_too_early_is_found() {
	let early = || {
		let auditor = Auditors::<Test>::take(0).unwrap();
		Auditors::<Test>::insert(5, auditor);
	};
	broken(early, "an auditor's number came too early");
}

#[test]
fn an_auditors_key_that_is_none_is_found() {
	let none = || {
		let auditor = IdentityAuditor { key: GENERATOR, appointed_at: Milliseconds(0) };
		Auditors::<Test>::insert(0, auditor);
	};
	broken(none, "an auditor's key is none");
}

#[test]
fn a_key_that_is_not_its_auditors_is_found() {
	let other = || KnownKeys::<Test>::insert(KEYS[0], 7);
	broken(other, "a key is not found to be its auditor's");
}

#[test]
fn a_key_without_an_auditor_is_found() {
	broken(|| KnownKeys::<Test>::insert(KEYS[1], 0), "a key has no auditor");
}

#[test]
fn nobody_in_office_is_found() {
	broken(|| AuditorInOffice::<Test>::put(1), "nobody is in office");
}

#[test]
fn a_holder_who_is_not_known_is_found() {
	let unknown = || Holders::<Test>::remove(holder(CredentialId(1)));
	broken(unknown, "who has a leaf is not known to have one");
}

/// With a slot that was used.
fn with_slot(how: impl FnOnce(), why: &'static str) {
	let used = || {
		let proof = proven(1);
		let statement = Hidden::statement(&OPERATOR, ASKED, LIMIT, &proof).unwrap();
		assert_ok!(Hidden::accept(statement, &proof));
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		how();
	};
	broken(used, why);
}

#[test]
fn a_slot_of_a_day_that_was_forgotten_is_found() {
	let why = "a slot is of a day that was forgotten";
	with_slot(|| OldestDay::<Test>::put(1), why);
	with_slot(OldestDay::<Test>::kill, why);
}

#[test]
fn a_slot_that_is_no_element_is_found() {
	let why = "what is stored of the tree cannot be read";
	with_slot(|| UsedSlots::<Test>::insert(0, [255; 32], ()), why);
}

#[test]
fn a_slot_without_a_key_is_found() {
	let why = "a slot was used without a key";
	let forget = || {
		let _ = UsedRecipients::<Test>::clear(u32::MAX, None);
	};
	with_slot(forget, why);
}
