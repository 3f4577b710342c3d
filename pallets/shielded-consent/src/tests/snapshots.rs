//! Snapshots: which count, and what they know.

use crate::{mock::*, Pallet, Snapshot, SnapshotRefusal};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};
use hdx_primitives::{ConsentRoots, Milliseconds, ShieldedConsents, StatementRefusal};
use hdx_zk_circuits::{
	field::{from_bytes, to_bytes},
	merkle::{ConsentTree, RevocationTree},
};

#[test]
fn a_snapshot_knows_what_the_block_before_left() {
	on_chain(|| {
		assert_ok!(append(10));
		let snapshot = next_snapshot();
		let block = System::block_number() - 1;
		let at = Milliseconds(u64::from(block) * SLOT);
		assert_eq!(snapshot, Snapshot { number: 0, block, at });
		// What comes in its own block is in the next one.
		assert_ok!(append(11));
		assert_eq!(Shielded::roots(0, 0).unwrap().count, 1);
		assert_eq!(next_snapshot().number, 1);
		assert_eq!(Shielded::roots(0, 1).unwrap().count, 2);
		assert_eq!(Shielded::roots(0, 0).unwrap().count, 1);
	});
}

#[test]
fn its_roots_are_those_of_the_leaves_and_of_the_revocations() {
	on_chain(|| {
		let (mut tree, mut revoked) = (ConsentTree::default(), RevocationTree::default());
		for number in 1..=6 {
			assert_ok!(append(number));
			tree.append(from_bytes(&leaf(number)).unwrap()).unwrap();
		}
		next_snapshot();
		for index in [2, 5] {
			assert_ok!(revoke(at(index)));
			revoked.revoke(index).unwrap();
		}
		let before = Shielded::roots(0, last_snapshot()).unwrap();
		assert_eq!(before.revocations, to_bytes(&RevocationTree::default().root()));
		let snapshot = next_snapshot();
		let roots = Shielded::roots(0, snapshot.number).unwrap();
		assert_eq!(roots.consents, to_bytes(&tree.root()));
		assert_eq!(roots.revocations, to_bytes(&revoked.root()));
		assert_eq!((roots.count, roots.at), (6, snapshot.at));
	});
}

#[test]
fn the_roots_of_a_tree_that_did_not_change_hold_on() {
	on_chain(|| {
		assert_ok!(append(10));
		let roots = |number| Shielded::roots(0, number).unwrap();
		let first = next_snapshot();
		let known = roots(first.number);
		for _ in 0..3 * COUNTED {
			let next = next_snapshot();
			assert_eq!(roots(next.number).consents, known.consents);
			// Time goes on.
			assert_eq!(roots(next.number).at, next.at);
		}
	});
}

#[test]
fn the_last_few_count_and_each_as_it_was() {
	on_chain(|| {
		let mut roots = Vec::new();
		for number in 1..=8 {
			assert_ok!(append(number));
			let snapshot = next_snapshot().number;
			roots.push(Shielded::roots(0, snapshot).unwrap());
		}
		let last = last_snapshot();
		for (number, then) in (0..).zip(&roots) {
			let expected =
				if number + COUNTED > last { Ok(*then) } else { Err(SnapshotRefusal::TooOld) };
			assert_eq!(Shielded::roots(0, number), expected, "{number}");
		}
		assert_eq!(Shielded::roots(0, last + 1), Err(SnapshotRefusal::Unknown));
		let numbers: Vec<_> = Shielded::snapshots().iter().map(|one| one.number).collect();
		assert_eq!(numbers, (last + 1 - COUNTED..=last).collect::<Vec<_>>());
	});
}

#[test]
fn a_revocation_takes_effect_after_as_many_snapshots_as_count() {
	on_chain(|| {
		assert_ok!(append(10));
		let before = next_snapshot().number;
		let known = Shielded::roots(0, before).unwrap().revocations;
		assert_ok!(revoke(at(0)));
		let mut blocks_gone = 0;
		while Shielded::roots(0, before).is_ok() {
			blocks(1);
			blocks_gone += 1;
			assert!(blocks_gone <= COUNTED * PERIOD);
		}
		for snapshot in Shielded::snapshots() {
			assert_ne!(Shielded::roots(0, snapshot.number).unwrap().revocations, known);
		}
	});
}

/// A chain that stood still must not go on with what was true before.
#[test]
fn a_snapshot_that_is_too_old_by_the_clock_does_not_count() {
	on_chain(|| {
		assert_ok!(append(10));
		let snapshot = next_snapshot();
		let limit = snapshot.at.0 + MaxSnapshotAge::get().0;
		pallet_timestamp::Now::<Test>::put(limit);
		assert!(Shielded::roots(0, snapshot.number).is_ok());
		pallet_timestamp::Now::<Test>::put(limit + 1);
		assert_eq!(Shielded::roots(0, snapshot.number), Err(SnapshotRefusal::TooOld));
		assert!(Shielded::snapshots().is_empty());
	});
}

#[test]
fn there_are_no_roots_before_the_first_snapshot_or_of_a_tree_without_consents() {
	on_chain(|| {
		assert_eq!(Shielded::roots(0, 0), Err(SnapshotRefusal::Unknown));
		next_snapshot();
		assert_eq!(Shielded::roots(0, 0), Err(SnapshotRefusal::TreeUnknown));
		assert_ok!(append(10));
		next_snapshot();
		assert_eq!(Shielded::roots(0, 0), Err(SnapshotRefusal::TreeUnknown));
		assert!(Shielded::roots(0, 1).is_ok());
		assert_eq!(Shielded::roots(1, 1), Err(SnapshotRefusal::TreeUnknown));
	});
}

#[test]
fn a_block_between_snapshots_costs_nothing() {
	on_chain(|| {
		for number in 2..40u32 {
			let weight = Shielded::on_initialize(number);
			assert_eq!(weight == Weight::zero(), number % PERIOD != 0, "{number}");
		}
	});
	on_chain(|| assert_eq!(Pallet::<Test>::take_snapshot(1), 0));
}

#[test]
fn other_pallets_are_told_the_roots_of_a_snapshot_while_it_counts() {
	on_chain(|| {
		assert_ok!(append(10));
		let Snapshot { number, at, .. } = next_snapshot();
		let roots = Shielded::roots(0, number).unwrap();
		let expected =
			ConsentRoots { consents: roots.consents, revocations: roots.revocations, at };
		let told = |tree, snapshot| Pallet::<Test>::roots_of_snapshot(tree, snapshot);
		assert_eq!(told(0, number), Ok(expected));
		assert_eq!(told(1, number), Err(StatementRefusal::TreeNotInSnapshot));
		assert_eq!(told(0, number + 1), Err(StatementRefusal::SnapshotUnknown));
		blocks(COUNTED * PERIOD);
		assert_eq!(told(0, number), Err(StatementRefusal::SnapshotTooOld));
		let categories = Shielded::categories().len();
		assert_eq!(Pallet::<Test>::categories_in_use() as usize, categories);
	});
}
