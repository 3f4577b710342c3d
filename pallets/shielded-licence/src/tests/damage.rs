//! What is stored and cannot be read stops what needs it, and never passes for nothing.

use crate::{mock::*, Error, Nodes, Roots};
use frame_support::{assert_noop, assert_ok, storage::unhashed};
use hdx_primitives::CredentialId;

fn with_two(test: impl FnOnce()) {
	Ended::set(Vec::new());
	BoardMayAct::set(true);
	new_test_ext().execute_with(|| {
		assert_ok!(enter(7, 1));
		assert_ok!(enter(8, 2));
		test();
	});
}

fn nothing_can_be_changed() {
	assert_noop!(enter(9, 3), Error::<Test>::StateDamaged);
	assert_noop!(remove(BOARD, 7), Error::<Test>::StateDamaged);
	let call = Hidden::remove_licence_by_governance(governance(), CredentialId(7));
	assert_noop!(call, Error::<Test>::StateDamaged);
}

#[test]
fn calls_fail_when_a_node_cannot_be_read() {
	with_two(|| {
		unhashed::put_raw(&Nodes::<Test>::hashed_key_for((3, 0)), &[255]);
		nothing_can_be_changed();
	});
}

#[test]
fn calls_fail_when_a_node_is_no_element() {
	with_two(|| {
		Nodes::<Test>::mutate((0, 0), |children| children.as_mut().unwrap()[3] = [255; 32]);
		nothing_can_be_changed();
	});
}

#[test]
fn calls_fail_and_no_root_counts_when_roots_cannot_be_read() {
	with_two(|| {
		let before = root();
		unhashed::put_raw(&Roots::<Test>::hashed_key(), &[255]);
		nothing_can_be_changed();
		assert_eq!(Hidden::root(), None);
		assert!(!Hidden::is_root_recent(before));
	});
}
