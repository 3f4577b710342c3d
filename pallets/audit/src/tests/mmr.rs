//! How the log enters the Merkle mountain range.

use crate::{mock::*, pallet::*, ParentLog};
use codec::{Decode, DecodeAll, Encode, MaxEncodedLen};
use hdx_primitives::{AuditLeaf, BlockLog, EntryIndex, VersionedBlockLog, MMR_ROOT_ENGINE_ID};
use sp_core::H256;
use sp_mmr_primitives::LeafDataProvider;
use sp_runtime::{Digest, DigestItem};

type LeafParts = <<Test as pallet_mmr::Config>::LeafData as LeafDataProvider>::LeafData;

fn leaf_of_parent() -> AuditLeaf {
	let parts: LeafParts = <Test as pallet_mmr::Config>::LeafData::leaf_data();
	AuditLeaf::decode_all(&mut &parts.encode()[..]).unwrap()
}

fn mmr_root_in(digest: &Digest) -> Option<H256> {
	digest.logs().iter().find_map(|item| match item {
		DigestItem::Consensus(id, root) if *id == MMR_ROOT_ENGINE_ID => {
			H256::decode(&mut &root[..]).ok()
		},
		_ => None,
	})
}

#[test]
fn leaf_of_the_next_block_carries_number_hash_and_log() {
	on_empty_chain(|| {
		record(1, 1);
		record(1, 2);
		let header = next_block();
		assert_eq!(
			leaf_of_parent(),
			AuditLeaf {
				block: 1,
				hash: header.hash(),
				log: VersionedBlockLog::V1(Audit::log_of(1).unwrap()),
			}
		);
	});
}

#[test]
fn leaf_is_the_same_after_the_block_recorded_entries() {
	on_empty_chain(|| {
		record(1, 1);
		next_block();
		let before = ParentLog::<Test>::leaf_data();
		record(1, 2);
		assert_eq!(ParentLog::<Test>::leaf_data(), before);
		next_block();
		next_block();
		let of_empty = ParentLog::<Test>::leaf_data();
		record(1, 3);
		assert_eq!(ParentLog::<Test>::leaf_data(), of_empty);
	});
}

#[test]
fn leaf_of_a_block_without_entries_tells_the_length_of_the_log() {
	on_empty_chain(|| {
		record(1, 1);
		next_block();
		next_block();
		assert_eq!(
			ParentLog::<Test>::leaf_data(),
			VersionedBlockLog::V1(BlockLog::empty(EntryIndex(1)))
		);
		assert_eq!(BlockLog::empty(EntryIndex(1)).position(EntryIndex(1)), None);
	});
}

#[test]
fn leaf_is_never_as_long_as_an_inner_node() {
	assert_eq!(AuditLeaf::max_encoded_len(), 4 + 32 + 1 + 8 + 4 + 32);
	assert_ne!(AuditLeaf::max_encoded_len(), 2 * 32);
}

#[test]
fn every_header_carries_the_root_of_the_mmr() {
	on_empty_chain(|| {
		for _ in 0..5 {
			record(1, 1);
			let root = pallet_mmr::RootHash::<Test>::get();
			let header = next_block();
			assert_eq!(mmr_root_in(&header.digest), Some(root));
			let items = header.digest.logs().len();
			assert_eq!(items, 1, "one root for each block");
		}
		assert_eq!(NextEntryIndex::<Test>::get(), EntryIndex(5));
	});
}
