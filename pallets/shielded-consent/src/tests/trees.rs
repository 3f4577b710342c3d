//! Trees that are full, and those that follow them.

use crate::{
	mock::*, Error, FullTrees, Growing, GrowingTree, Leaves, Pallet, Places, RevocationNodes,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::ShieldedIndex;
use hdx_zk_circuits::merkle::{Frontier, CAPACITY};

/// A chain whose tree of this number has room for so many leaves. What is in it was never appended, so the
/// invariants are those of the rest alone.
fn almost_full(number: u32, room: u32, test: impl FnOnce()) {
	Refusal::set(None);
	new_test_ext().execute_with(|| {
		let nodes = *Frontier::default().nodes();
		let nodes = nodes.map(|level| level.map(|_| leaf(77)));
		Growing::<Test>::put(GrowingTree { number, count: CAPACITY - room, nodes });
		test();
	});
}

#[test]
fn a_full_tree_is_followed_by_the_next_one() {
	almost_full(0, 1, || {
		assert_ok!(append(10));
		assert_eq!(Shielded::place_of(leaf(10)), Some(at(CAPACITY - 1)));
		let full = FullTrees::<Test>::get(0).unwrap();
		assert_ok!(append(11));
		assert_eq!(Shielded::place_of(leaf(11)), Some(ShieldedIndex { tree: 1, leaf: 0 }));
		assert_eq!(Growing::<Test>::get().unwrap().number, 1);
		next_snapshot();
		let roots = Shielded::roots(0, 0).unwrap();
		assert_eq!((roots.consents, roots.count), (full, CAPACITY));
		assert_eq!(Shielded::roots(1, 0).unwrap().count, 1);
	});
}

#[test]
fn a_full_tree_has_its_root_before_the_next_one_grows() {
	almost_full(0, 1, || {
		assert_ok!(append(10));
		next_snapshot();
		let roots = Shielded::roots(0, 0).unwrap();
		assert_eq!((Some(roots.consents), roots.count), (FullTrees::<Test>::get(0), CAPACITY));
	});
}

#[test]
fn a_consent_of_a_full_tree_is_revoked_in_its_own_tree() {
	almost_full(0, 1, || {
		assert_ok!(append(10));
		assert_ok!(append(11));
		next_snapshot();
		assert_ok!(revoke(at(CAPACITY - 1)));
		assert_eq!(Shielded::is_revoked(at(CAPACITY - 1)), Some(true));
		assert_eq!(Shielded::is_revoked(ShieldedIndex { tree: 1, leaf: 0 }), Some(false));
		assert!(RevocationNodes::<Test>::iter_prefix(1).next().is_none());
		let before = Shielded::roots(1, 0).unwrap();
		let next = next_snapshot().number;
		assert_ne!(Shielded::roots(0, next).unwrap().revocations, before.revocations);
		assert_eq!(Shielded::roots(1, next).unwrap().revocations, before.revocations);
	});
}

#[test]
fn appending_fails_when_all_trees_are_full() {
	almost_full(TREES - 1, 1, || {
		assert_ok!(append(10));
		assert_noop!(append(11), Error::<Test>::NoRoom);
		assert!(!Places::<Test>::contains_key(leaf(11)));
		assert_eq!(Leaves::<Test>::iter_prefix(TREES - 1).count(), 1);
		assert_eq!(Pallet::<Test>::next_tree(TREES - 1), None);
	});
}
