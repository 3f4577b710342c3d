//! Entries leave the state when their window is over.

use crate::{
	mock::*,
	pallet::*,
	weights::{pruning, shared_by_a_block},
	ParentLog, WeightInfo,
};
use binary_merkle_tree::{merkle_proof_raw, verify_proof, Leaf};
use frame_support::{traits::Hooks, weights::Weight};
use hdx_primitives::{AuditSink, EntryIndex, VersionedBlockLog};
use sp_mmr_primitives::LeafDataProvider;
use sp_runtime::traits::BlakeTwo256;

/// So many entries, in the block that ends then.
fn block_of(entries: u8) {
	for about in 0..entries {
		record(1, about);
	}
	next_block();
}

#[test]
fn an_entry_is_not_pruned_one_moment_before_its_window_is_over() {
	on_empty_chain(|| {
		record(1, 1);
		pass(HOUR - 1);
		prune_all();
		assert_eq!(stored(), [0]);
		pass(1);
		next_block_after(HOUR);
		prune_all();
		assert_eq!(stored(), Vec::<u64>::new());
	});
}

#[test]
fn the_oldest_entries_are_pruned_first_and_their_indexes_with_them() {
	on_empty_chain(|| {
		block_of(3);
		next_block_after(HOUR);
		record(1, 3);
		record(1, 4);
		assert_eq!(Audit::prune(2), 2);
		assert_eq!(stored(), [2, 3, 4]);
		assert_eq!(OldestEntry::<Test>::get(), EntryIndex(2));
		let pruned =
			Event::<Test>::EntriesPruned { first: EntryIndex(0), next: EntryIndex(2), kept: 0 };
		System::assert_last_event(pruned.into());
		assert_eq!(EntriesOfActor::<Test>::iter_key_prefix(actor(1)).count(), 3);
		assert_eq!(EntriesOfPatient::<Test>::iter_key_prefix(patient(0)).count(), 0);
		assert_eq!(EntriesOfPatient::<Test>::iter_key_prefix(patient(2)).count(), 1);
	});
}

#[test]
fn whoever_hangs_something_on_an_entry_is_told_that_it_left_once() {
	on_empty_chain(|| {
		block_of(3);
		next_block_after(HOUR);
		record(1, 3);
		assert_eq!(Removed::get(), []);
		prune_all();
		assert_eq!(Removed::get(), [0, 1, 2].map(EntryIndex));
		prune_all();
		assert_eq!(Removed::get().len(), 3);
	});
}

#[test]
fn pruning_takes_no_more_steps_than_it_may() {
	on_empty_chain(|| {
		block_of(10);
		next_block_after(HOUR);
		assert_eq!(Audit::prune(0), 0);
		assert_eq!(Audit::prune(4), 4);
		assert_eq!(Audit::prune(100), 6);
		assert_eq!(Audit::prune(100), 0);
	});
}

#[test]
fn each_block_prunes_a_little_however_full_it_is() {
	on_empty_chain(|| {
		block_of(10);
		pass(2 * HOUR);
		let weight = Audit::on_initialize(3);
		assert_eq!(stored().len(), 6);
		let expected = <() as WeightInfo>::seal()
			+ shared_by_a_block::<Test>()
			+ pruning::<()>(4)
			+ <() as WeightInfo>::keep_deadlines(0)
			+ <() as WeightInfo>::forget_windows(0, 0);
		assert_eq!(weight, expected);
		// No room is left at the end of the block.
		assert_eq!(Audit::on_idle(3, Weight::zero()), Weight::zero());
		assert_eq!(stored().len(), 6);
	});
}

#[test]
fn what_room_a_block_leaves_is_used_and_no_more_than_it() {
	on_empty_chain(|| {
		block_of(10);
		pass(2 * HOUR);
		let room = pruning::<()>(3);
		assert_eq!(Audit::on_idle(3, room), room);
		assert_eq!(stored().len(), 7);
		let used = Audit::on_idle(3, Weight::MAX);
		assert_eq!(used, pruning::<()>(7));
		assert_eq!(stored().len(), 0);
	});
}

#[test]
fn at_the_end_of_a_block_no_more_is_pruned_than_the_chain_allows() {
	on_empty_chain(|| {
		block_of(100);
		pass(2 * HOUR);
		idle();
		assert_eq!(stored().len(), 100 - 64);
	});
}

#[test]
fn the_log_of_a_block_leaves_with_its_last_entry() {
	on_empty_chain(|| {
		block_of(3);
		next_block_after(2 * HOUR);
		Audit::prune(2);
		assert!(Audit::log_of(1).is_some());
		Audit::do_try_state().unwrap();
		Audit::prune(1);
		assert_eq!(Audit::log_of(1), None);
	});
}

#[test]
fn indexes_go_on_counting_after_pruning() {
	on_empty_chain(|| {
		block_of(3);
		next_block_after(2 * HOUR);
		prune_all();
		assert_eq!(record(1, 1), EntryIndex(3));
		next_block();
		let VersionedBlockLog::V1(log) = ParentLog::<Test>::leaf_data();
		assert_eq!((log.first, log.count), (EntryIndex(3), 1));
	});
}

#[test]
fn pruning_changes_nothing_that_enters_the_mmr() {
	// Compared by what the leaves say of the log: the hash of the block is over the state.
	let leaves = |prunes: bool| {
		empty_chain().execute_with(|| {
			block_of(10);
			let first = ParentLog::<Test>::leaf_data();
			next_block_after(2 * HOUR);
			if prunes {
				prune_all();
			}
			block_of(2);
			(first, ParentLog::<Test>::leaf_data())
		})
	};
	assert_eq!(leaves(true), leaves(false));
}

#[test]
fn a_pruned_entry_verifies_against_the_root_that_the_mmr_keeps() {
	on_empty_chain(|| {
		for about in 0..5 {
			record(1, about);
		}
		// What an archive, or an export made in time, has: the entries of the block.
		let entries: Vec<_> =
			(0..5).map(|index| Entries::<Test>::get(EntryIndex(index)).unwrap()).collect();
		next_block();
		// What the MMR has of the block, for ever.
		let VersionedBlockLog::V1(log) = ParentLog::<Test>::leaf_data();
		next_block_after(2 * HOUR);
		prune_all();
		assert_eq!((stored(), Audit::log_of(1)), (vec![], None));

		let leaves = entries.iter().map(|entry| entry.leaf_hash());
		let path = merkle_proof_raw::<BlakeTwo256, _>(leaves, 3);
		let leads_to_root = |entry: &hdx_primitives::AuditEntry| {
			let leaf = Leaf::Hash(entry.leaf_hash());
			let items = path.proof.clone();
			verify_proof::<BlakeTwo256, _, _>(&log.root, items, log.count, 3, leaf)
		};
		assert!(leads_to_root(&entries[3]));
		let mut altered = entries[3].clone();
		altered.event.patient = Some(patient(9));
		assert!(!leads_to_root(&altered));
	});
}

#[test]
fn an_entry_of_the_running_block_is_never_pruned() {
	on_empty_chain(|| {
		Audit::record(event(1, 1));
		prune_all();
		assert_eq!(stored(), [0]);
	});
}
