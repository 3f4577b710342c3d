//! The invariants, and that each is checked.

use crate::{
	mock::*, AttestationRoots, Attestations, Growing, NextStudy, Nullifiers, Pallet, Places,
	Studies, StudyRecord,
};
use frame_support::assert_ok;
use hdx_primitives::{AttestationIndex, Milliseconds, StudyId, H256};

/// Breaks something, and gives what the check says of it.
fn says(breaks: impl FnOnce()) -> &'static str {
	let mut said = "nothing";
	new_test_ext().execute_with(|| {
		register(terms()).unwrap();
		assert_ok!(attest(500));
		assert_ok!(attest(501));
		assert_ok!(enrol(1));
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
		breaks();
		let error = Pallet::<Test>::do_try_state().unwrap_err();
		said = error.into();
	});
	said
}

fn change(how: impl FnOnce(&mut StudyRecord)) {
	Studies::<Test>::mutate(STUDY, |record| how(record.as_mut().unwrap()));
}

#[test]
fn a_count_is_that_of_the_nullifiers() {
	let expected = "the count of a study is not that of its nullifiers";
	assert_eq!(says(|| change(|record| record.count = 2)), expected);
	assert_eq!(says(|| Nullifiers::<Test>::insert(STUDY, number(2), ())), expected);
}

#[test]
fn a_nullifier_is_a_number_of_a_study() {
	let of_none = || Nullifiers::<Test>::insert(StudyId(1), number(2), ());
	assert_eq!(says(of_none), "a nullifier is of no study");
	let no_number = || {
		Nullifiers::<Test>::insert(STUDY, [255u8; 32], ());
		change(|record| record.count = 2);
	};
	assert_eq!(says(no_number), "a nullifier is no number");
}

#[test]
fn results_are_about_enough_and_after_the_end() {
	let expected = "results are about too few, or too early";
	assert_eq!(says(|| change(|record| record.results = Some(H256([1; 32])))), expected);
	let of_few = || {
		at(UNTIL);
		change(|record| record.results = Some(H256([1; 32])));
	};
	assert_eq!(says(of_few), expected);
}

#[test]
fn studies_have_the_numbers_below_the_next() {
	let expected = "a number has no study, or a study no number";
	assert_eq!(says(|| NextStudy::<Test>::put(2)), expected);
	assert_eq!(says(|| NextStudy::<Test>::put(STUDIES + 1)), "there are too many studies");
	let elsewhere = || {
		Nullifiers::<Test>::remove(STUDY, number(1));
		Studies::<Test>::remove(STUDY);
		Studies::<Test>::insert(StudyId(3), StudyRecord::new(terms()));
	};
	assert_eq!(says(elsewhere), "a study came too early");
}

#[test]
fn terms_can_be_met() {
	let never = || change(|record| record.terms.attested_from = Milliseconds(1 << 48));
	assert_eq!(says(never), "a study has terms that no proof can meet");
	let few = || change(|record| record.terms.minimum = SMALLEST - 1);
	assert_eq!(says(few), "a study asks for too few");
}

#[test]
fn a_tree_is_that_of_its_leaves() {
	let not_its = "a tree is not that of its leaves";
	let node = || Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().nodes[0][0] = number(1));
	assert_eq!(says(node), not_its);
	let root = || AttestationRoots::<Test>::insert(0, 2, number(1));
	assert_eq!(says(root), "a tree has the root of another one");
	let elsewhere = AttestationIndex { tree: 0, leaf: 0 };
	let place = || Places::<Test>::insert(number(501), LABORATORY, elsewhere);
	assert_eq!(says(place), "a leaf is not where it is said to be");
	let next = || Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().number = 1);
	assert_eq!(says(next), "a tree was left before it was full");
	let beyond = || Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().number = TREES);
	assert_eq!(says(beyond), "there are too many trees");
	let unread =
		|| Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().nodes[0][0] = [255u8; 32]);
	assert_eq!(says(unread), not_its);
}

#[test]
fn leaves_places_and_roots_belong_together() {
	let leaf = || Attestations::<Test>::insert(0, 7, number(9));
	assert_eq!(says(leaf), "a leaf has no tree");
	let index = AttestationIndex { tree: 0, leaf: 7 };
	let place = || Places::<Test>::insert(number(9), LABORATORY, index);
	assert_eq!(says(place), "a place has no leaf");
	let copied = || Places::<Test>::insert(number(501), HOSPITAL, index);
	assert_eq!(says(copied), "a place has no leaf");
	let root = || AttestationRoots::<Test>::insert(0, 7, number(9));
	assert_eq!(says(root), "a root has no leaf");
	let moved = |count: u32| {
		move || {
			AttestationRoots::<Test>::remove(0, 1);
			AttestationRoots::<Test>::insert(0, count, number(9));
		}
	};
	assert_eq!(says(moved(7)), "a root came too early");
	assert_eq!(says(moved(0)), "a root is of an empty tree");
}
