//! What breaks an invariant is found.

use crate::{
	categories::class_code, mock::*, Categories, Changed, Forgotten, FullTrees, Growing, KeptRoots,
	Leaves, Moments, Pallet, Places, ProviderTags, RevocationNodes, Roots, TagHolders,
	UsedNullifiers,
};
use frame_support::{assert_ok, traits::ConstU32, BoundedVec};
use hdx_primitives::ShieldedIndex;

/// A chain with some of everything, broken.
fn broken(how: impl FnOnce(), why: &'static str) {
	Refusal::set(None);
	new_test_ext().execute_with(|| {
		for number in 1..=3 {
			assert_ok!(append(number));
		}
		next_snapshot();
		assert_ok!(revoke(at(1)));
		next_snapshot();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		how();
		assert_eq!(Pallet::<Test>::do_try_state(), Err(why.into()));
	});
}

#[test]
fn a_leaf_that_is_missing_is_found() {
	broken(|| Leaves::<Test>::remove(0, 2), "a tree does not have its leaves");
}

#[test]
fn a_leaf_that_was_changed_is_found() {
	broken(
		|| {
			Leaves::<Test>::insert(0, 2, leaf(9));
			Places::<Test>::remove(leaf(3));
			Places::<Test>::insert(leaf(9), at(2));
		},
		"a tree has the root of another one",
	);
}

#[test]
fn a_leaf_without_its_place_is_found() {
	broken(|| Places::<Test>::remove(leaf(3)), "a leaf is not where it is said to be");
}

#[test]
fn a_leaf_without_a_tree_is_found() {
	broken(|| Leaves::<Test>::insert(1, 0, leaf(9)), "a leaf has no tree");
}

#[test]
fn a_place_without_a_leaf_is_found() {
	broken(|| Places::<Test>::insert(leaf(9), at(9)), "a place has no leaf");
}

#[test]
fn a_tree_that_cannot_be_read_is_found() {
	broken(
		|| Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().nodes[0] = [[255; 32]; 3]),
		"what is stored of the trees cannot be read",
	);
}

/// The next revocation below would write a root that forgets all others.
#[test]
fn a_node_of_revocations_that_is_missing_or_wrong_is_found() {
	for level in 1..6u8 {
		broken(
			|| RevocationNodes::<Test>::remove(0, (level, 0)),
			"revocations do not have their nodes",
		);
		broken(
			|| RevocationNodes::<Test>::insert(0, (level, 0), [leaf(9); 4]),
			"revocations do not have their nodes",
		);
	}
}

#[test]
fn a_tree_that_is_said_to_be_full_is_found() {
	broken(|| FullTrees::<Test>::insert(0, leaf(9)), "a tree is full that is not, or is not");
}

#[test]
fn a_tree_too_many_is_found() {
	broken(
		|| Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().number = TREES),
		"there are too many trees",
	);
}

#[test]
fn a_full_tree_that_came_too_early_is_found() {
	broken(|| FullTrees::<Test>::insert(1, leaf(9)), "a tree came too early");
}

#[test]
fn a_revocation_of_nothing_is_found() {
	broken(
		|| RevocationNodes::<Test>::insert(0, (0, 1), [leaf(1); 4]),
		"a consent is revoked that was never given",
	);
}

#[test]
fn a_revocation_that_is_not_in_the_root_is_found() {
	broken(
		|| {
			RevocationNodes::<Test>::mutate(0, (0, 0), |words| {
				words.as_mut().unwrap()[0] = leaf(0b110);
			});
		},
		"revocations do not have their nodes",
	);
}

#[test]
fn a_revocation_without_a_tree_is_found() {
	broken(|| RevocationNodes::<Test>::insert(1, (0, 0), [leaf(0); 4]), "a revocation has no tree");
}

#[test]
fn snapshots_out_of_order_are_found() {
	broken(
		|| {
			let mut moments = Moments::<Test>::get().unwrap().into_inner();
			moments.reverse();
			Moments::<Test>::put(BoundedVec::<_, ConstU32<COUNTED>>::truncate_from(moments));
		},
		"snapshots are out of order",
	);
}

#[test]
fn roots_out_of_order_are_found() {
	broken(
		|| {
			let mut roots = Roots::<Test>::get(0).unwrap().into_inner();
			roots.reverse();
			Roots::<Test>::insert(0, BoundedVec::<_, ConstU32<COUNTED>>::truncate_from(roots));
		},
		"roots are out of order",
	);
}

#[test]
fn roots_that_are_missing_are_found() {
	broken(|| Roots::<Test>::remove(0), "a tree has no roots");
	broken(
		|| Roots::<Test>::insert(0, BoundedVec::<KeptRoots, ConstU32<COUNTED>>::default()),
		"roots are none",
	);
}

#[test]
fn roots_of_a_snapshot_to_come_are_found() {
	broken(
		|| {
			Roots::<Test>::mutate(0, |roots| {
				roots.as_mut().unwrap().last_mut().unwrap().since = 9;
			});
		},
		"roots are of a snapshot to come",
	);
}

#[test]
fn roots_that_are_not_those_of_their_tree_are_found() {
	broken(
		|| {
			Roots::<Test>::mutate(0, |roots| {
				roots.as_mut().unwrap().last_mut().unwrap().revocations = leaf(9);
			});
		},
		"the roots of a tree are not what it has",
	);
}

#[test]
fn roots_without_a_tree_are_found() {
	broken(|| Roots::<Test>::insert(1, Roots::<Test>::get(0).unwrap()), "roots have no tree");
}

#[test]
fn a_change_of_no_tree_is_found() {
	broken(
		|| Changed::<Test>::put(BoundedVec::<u32, ConstU32<TREES>>::truncate_from(vec![2])),
		"a tree changed that is none",
	);
}

#[test]
fn a_place_in_another_tree_is_found() {
	let elsewhere = ShieldedIndex { tree: 1, leaf: 2 };
	broken(|| Places::<Test>::insert(leaf(3), elsewhere), "a leaf is not where it is said to be");
}

#[test]
fn a_tag_of_somebody_else_is_found() {
	broken(
		|| {
			TagHolders::<Test>::insert(leaf(7), COLLEAGUE);
			ProviderTags::<Test>::insert(DOCTOR, leaf(7));
		},
		"a practitioner has somebody else's tag",
	);
}

#[test]
fn a_tag_that_is_no_number_is_found() {
	broken(
		|| {
			TagHolders::<Test>::insert([255; 32], DOCTOR);
			ProviderTags::<Test>::insert(DOCTOR, [255; 32]);
		},
		"a tag is no number, or zero",
	);
}

#[test]
fn a_category_of_two_classes_is_found() {
	broken(
		|| Categories::<Test>::insert(class_code("Condition"), 3),
		"two classes share a category, or a category has no class",
	);
}

#[test]
fn a_category_without_a_class_is_found() {
	broken(
		|| Categories::<Test>::remove(class_code("Condition")),
		"two classes share a category, or a category has no class",
	);
}

#[test]
fn a_nullifier_of_a_snapshot_to_come_is_found() {
	broken(
		|| UsedNullifiers::<Test>::insert(last_snapshot() + 1, leaf(7), ()),
		"a nullifier is of a snapshot to come",
	);
}

#[test]
fn a_nullifier_that_was_passed_over_is_found() {
	broken(
		|| {
			for _ in 0..COUNTED {
				next_snapshot();
			}
			Forgotten::<Test>::put(1);
			UsedNullifiers::<Test>::insert(0, leaf(7), ());
		},
		"a nullifier was passed over",
	);
}

#[test]
fn nullifiers_that_were_forgotten_too_early_are_found() {
	broken(
		|| Forgotten::<Test>::put(last_snapshot()),
		"nullifiers of a snapshot that counts were forgotten",
	);
}

#[test]
fn a_nullifier_that_is_no_number_is_found() {
	broken(
		|| UsedNullifiers::<Test>::insert(last_snapshot(), [255; 32], ()),
		"a nullifier is no number",
	);
}
