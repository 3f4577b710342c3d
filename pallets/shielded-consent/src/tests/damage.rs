//! What is stored and cannot be read stops what needs it, and never passes for nothing.

use crate::{
	mock::*, Changed, Error, Event, Growing, Moments, RevocationNodes, Roots, SnapshotRefusal,
};
use frame_support::{assert_noop, assert_ok, storage::unhashed};

fn with_two(test: impl FnOnce()) {
	Refusal::set(None);
	new_test_ext().execute_with(|| {
		assert_ok!(append(1));
		assert_ok!(append(2));
		next_snapshot();
		new_events();
		test();
	});
}

/// Bytes that are no value of anything that is stored here.
fn damage(key: &[u8]) {
	unhashed::put_raw(key, &[255]);
}

#[test]
fn appending_fails_when_the_growing_tree_cannot_be_read() {
	with_two(|| {
		damage(&Growing::<Test>::hashed_key());
		assert_noop!(append(3), Error::<Test>::StateDamaged);
		assert_noop!(
			Shielded::revoke_by_governance(governance(), at(0)),
			Error::<Test>::StateDamaged
		);
		assert_eq!(Shielded::is_revoked(at(0)), None);
	});
}

/// Nothing could be revoked meanwhile.
#[test]
fn no_snapshot_is_taken_when_the_growing_tree_cannot_be_read() {
	with_two(|| {
		damage(&Growing::<Test>::hashed_key());
		blocks(COUNTED * PERIOD);
		assert_eq!(last_snapshot(), 0);
		blocks(1_000);
		assert_eq!(Shielded::roots(0, 0), Err(SnapshotRefusal::TooOld));
	});
}

#[test]
fn appending_fails_when_a_node_is_no_element() {
	with_two(|| {
		Growing::<Test>::mutate(|tree| tree.as_mut().unwrap().nodes[0][0] = [255; 32]);
		assert_noop!(append(3), Error::<Test>::StateDamaged);
	});
}

#[test]
fn appending_fails_when_what_changed_cannot_be_read() {
	with_two(|| {
		damage(&Changed::<Test>::hashed_key());
		assert_noop!(append(3), Error::<Test>::StateDamaged);
	});
}

#[test]
fn revoking_fails_when_revocations_cannot_be_read() {
	with_two(|| {
		assert_ok!(revoke(at(0)));
		damage(&RevocationNodes::<Test>::hashed_key_for(0, (0u8, 0u32)));
		assert_noop!(revoke(at(1)), Error::<Test>::StateDamaged);
		RevocationNodes::<Test>::insert(0, (0, 0), [[255; 32]; 4]);
		assert_noop!(revoke(at(1)), Error::<Test>::StateDamaged);
		// A word that has more than its bits.
		let mut word = [0; 32];
		word[16] = 1;
		RevocationNodes::<Test>::insert(0, (0, 0), [word; 4]);
		assert_noop!(revoke(at(1)), Error::<Test>::StateDamaged);
		assert_eq!(Shielded::is_revoked(at(0)), None);
	});
}

#[test]
fn a_tree_that_cannot_be_read_has_no_roots_until_it_can_be() {
	with_two(|| {
		assert_ok!(revoke(at(0)));
		let key = RevocationNodes::<Test>::hashed_key_for(0, (5u8, 0u32));
		let whole = unhashed::get_raw(&key).unwrap();
		damage(&key);
		new_events();
		let snapshot = next_snapshot().number;
		assert_eq!(new_events(), [Event::TreeDamaged { tree: 0 }]);
		// Not even those of before: what was revoked since would not be known.
		for number in 0..=snapshot {
			assert_eq!(Shielded::roots(0, number), Err(SnapshotRefusal::TreeUnknown));
		}
		unhashed::put_raw(&key, &whole);
		let snapshot = next_snapshot().number;
		assert!(new_events().is_empty());
		assert!(Shielded::roots(0, snapshot).is_ok());
	});
}

#[test]
fn roots_that_cannot_be_read_are_kept_anew() {
	with_two(|| {
		damage(&Roots::<Test>::hashed_key_for(0));
		assert_eq!(Shielded::roots(0, 0), Err(SnapshotRefusal::TreeUnknown));
		assert_ok!(append(3));
		next_snapshot();
		assert_eq!(new_events().last(), Some(&Event::TreeDamaged { tree: 0 }));
		let snapshot = next_snapshot().number;
		assert_eq!(Shielded::roots(0, snapshot).unwrap().count, 3);
	});
}

#[test]
fn no_snapshot_is_taken_when_it_is_not_known_what_changed() {
	with_two(|| {
		damage(&Changed::<Test>::hashed_key());
		for _ in 0..COUNTED {
			blocks(PERIOD);
		}
		assert_eq!(last_snapshot(), 0);
		blocks(1_000);
		assert_eq!(Shielded::roots(0, 0), Err(SnapshotRefusal::TooOld));
	});
}

#[test]
fn no_snapshot_is_taken_when_the_last_one_is_not_known() {
	with_two(|| {
		damage(&Moments::<Test>::hashed_key());
		blocks(3 * PERIOD);
		assert_eq!(Shielded::roots(0, 0), Err(SnapshotRefusal::Unknown));
		assert!(Shielded::snapshots().is_empty());
		assert_eq!(Moments::<Test>::get(), None);
	});
}
