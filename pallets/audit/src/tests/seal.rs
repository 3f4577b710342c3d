//! The logs of blocks.

use crate::{mock::*, pallet::*, RunningLog};
use binary_merkle_tree::{merkle_proof_raw, merkle_root_raw, verify_proof, Leaf};
use frame_support::traits::Hooks;
use hdx_primitives::{BlockLog, EntryIndex};
use sp_core::H256;
use sp_runtime::traits::BlakeTwo256;

fn leaves(from: u64, count: u64) -> Vec<H256> {
	(from..from + count)
		.map(|index| Entries::<Test>::get(EntryIndex(index)).unwrap().leaf_hash())
		.collect()
}

#[test]
fn seal_stores_first_count_and_merkle_root() {
	on_empty_chain(|| {
		record(1, 1);
		next_block();
		for about in 0..5 {
			record(1, about);
		}
		next_block();
		let root = merkle_root_raw::<BlakeTwo256, _>(leaves(1, 5));
		assert_eq!(Audit::log_of(2), Some(BlockLog { first: EntryIndex(1), count: 5, root }));
	});
}

#[test]
fn seal_of_one_entry_has_its_leaf_as_root() {
	on_empty_chain(|| {
		record(1, 1);
		next_block();
		let log = Audit::log_of(1).unwrap();
		assert_eq!(log.root, leaves(0, 1)[0]);
	});
}

#[test]
fn seal_of_a_block_without_entries_stores_nothing() {
	on_empty_chain(|| {
		next_block();
		assert_eq!(Audit::log_of(1), None);
		assert_eq!(BlockLogs::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_block_has_no_log_before_its_end() {
	on_empty_chain(|| {
		record(1, 1);
		assert_eq!(Audit::log_of(1), None);
		Audit::on_finalize(1);
		assert_eq!(Audit::log_of(1).unwrap().count, 1);
		assert!(!CurrentLog::<Test>::exists());
	});
}

#[test]
fn each_entry_is_provable_against_its_blocks_root() {
	on_empty_chain(|| {
		for about in 0..11 {
			record(1, about);
		}
		next_block();
		let log = Audit::log_of(1).unwrap();
		for index in 0..11u64 {
			let position = log.position(EntryIndex(index)).unwrap();
			let path = merkle_proof_raw::<BlakeTwo256, _>(leaves(0, 11), position);
			assert!(verify_proof::<BlakeTwo256, _, _>(
				&log.root,
				path.proof,
				log.count,
				position,
				Leaf::Hash(leaves(index, 1)[0]),
			));
		}
		assert_eq!(log.position(EntryIndex(11)), None);
	});
}

#[test]
fn what_genesis_recorded_gets_the_log_of_block_zero() {
	let mut chain = sp_io::TestExternalities::default();
	chain.execute_with(|| {
		record(1, 1);
		record(1, 2);
		assert_eq!(System::block_number(), 0);
		begin(1);
		assert_eq!(Audit::log_of(0).map(|log| (log.first.0, log.count)), Some((0, 2)));
		record(1, 3);
		next_block();
		assert_eq!(Audit::log_of(1).map(|log| (log.first.0, log.count)), Some((2, 1)));
		Audit::do_try_state().unwrap();
	});
}

#[test]
fn running_log_has_the_root_of_the_whole_tree_for_any_number_of_leaves() {
	let mut running = RunningLog::new(1u32, EntryIndex(0));
	let mut all = Vec::new();
	assert_eq!(running.seal().root, H256::zero());
	for number in 1..300u64 {
		let leaf = H256::from_low_u64_be(number);
		running.push(leaf);
		all.push(leaf);
		assert_eq!(running.seal().root, merkle_root_raw::<BlakeTwo256, _>(all.clone()));
		assert_eq!(running.subtrees.len() as u32, running.count.count_ones());
	}
}
