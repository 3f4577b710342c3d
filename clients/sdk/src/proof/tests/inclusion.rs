//! From the finalized header to the entry.

use super::chain::*;
use crate::proof::{AuditProof, Header, Part, ProofError};
use codec::{DecodeAll, Encode};
use finality_grandpa::Commit;
use hdx_primitives::{
	AuditEntry, AuditLeaf, AuditOutcome, EntryIndex, Milliseconds, VersionedBlockLog,
	MMR_ROOT_ENGINE_ID,
};
use sp_core::H256;
use sp_mmr_primitives::LeafProof;
use sp_runtime::DigestItem;

fn refused(change: impl FnOnce(&Chain, &mut AuditProof)) -> ProofError {
	let (chain, mut proof) = proven();
	change(&chain, &mut proof);
	proof.verify(&chain.trust()).unwrap_err()
}

/// The proof with another finalized header, which the authorities sign.
fn with_header(change: impl FnOnce(&mut Header)) -> ProofError {
	refused(|chain, proof| {
		let mut header = chain.headers[10].clone();
		change(&mut header);
		let (hash, number) = (header.hash(), header.number);
		let votes = chain.keys.iter().map(|key| sign(key, hash, number, ROUND, 0));
		let commit =
			Commit { target_hash: hash, target_number: number, precommits: votes.collect() };
		let justification = Justification { round: ROUND, commit, votes_ancestries: vec![] };
		proof.finalized_header = header.encode().into();
		proof.justification = justification.encode().into();
	})
}

fn with_mmr_proof(change: impl FnOnce(&mut LeafProof<H256>)) -> ProofError {
	refused(|chain, proof| {
		let mut mmr_proof = chain.mmr_proof(5, 10);
		change(&mut mmr_proof);
		proof.mmr_proof = mmr_proof.encode().into();
	})
}

fn with_leaf(change: impl FnOnce(&mut AuditLeaf)) -> ProofError {
	refused(|chain, proof| {
		let mut leaf = chain.leaves[5];
		change(&mut leaf);
		proof.mmr_leaf = leaf.encode().into();
	})
}

fn with_entry(change: impl FnOnce(&mut AuditEntry)) -> ProofError {
	refused(|_, proof| {
		let mut entry = AuditEntry::decode_all(&mut &proof.entry[..]).unwrap();
		change(&mut entry);
		proof.entry = entry.encode().into();
	})
}

#[test]
fn verify_fails_when_the_header_carries_no_mmr_root() {
	let error =
		with_header(|header| header.digest.logs.retain(|item| item.as_consensus().is_none()));
	assert_eq!(error, ProofError::MmrRootMissing);
	// The same bytes where they do not come from the runtime.
	let error = with_header(|header| {
		let (engine, root) = header.digest.logs[1].as_consensus().unwrap();
		header.digest.logs[1] = DigestItem::PreRuntime(engine, root.to_vec());
	});
	assert_eq!(error, ProofError::MmrRootMissing);
}

#[test]
fn verify_fails_when_the_header_carries_several_mmr_roots() {
	let error = with_header(|header| {
		let again = header.digest.logs[1].clone();
		header.digest.logs.push(again);
	});
	assert_eq!(error, ProofError::MmrRootAmbiguous);
}

#[test]
fn verify_fails_when_the_mmr_root_has_bytes_left_over() {
	let error = with_header(|header| {
		header.digest.logs[1] = DigestItem::Consensus(MMR_ROOT_ENGINE_ID, vec![0; 33]);
	});
	assert_eq!(error, ProofError::Malformed(Part::MmrRoot));
}

#[test]
fn verify_fails_when_the_header_carries_another_mmr_root() {
	let error = with_header(|header| {
		let root = H256::repeat_byte(1).encode();
		header.digest.logs[1] = DigestItem::Consensus(MMR_ROOT_ENGINE_ID, root);
	});
	assert_eq!(error, ProofError::MmrProof);
}

#[test]
fn verify_fails_when_the_range_has_another_size_than_the_chain() {
	for found in [0, 9, 11, u64::MAX] {
		assert_eq!(
			with_mmr_proof(|proof| proof.leaf_count = found),
			ProofError::MmrLeafCount { found, expected: 10 }
		);
	}
	assert_eq!(
		with_header(|header| header.number = 9),
		ProofError::MmrLeafCount { found: 10, expected: 9 }
	);
}

#[test]
fn verify_fails_when_the_range_is_of_the_genesis_block() {
	let error = with_header(|header| header.number = 0);
	assert_eq!(error, ProofError::MmrLeafCount { found: 10, expected: 0 });
}

#[test]
fn verify_fails_when_the_mmr_proof_is_for_another_leaf() {
	for indices in [
		vec![],
		vec![5],
		vec![0, 4],
		vec![5, 0],
		vec![5, 6],
		vec![5, 5],
		vec![0, 5, 5],
		vec![u64::MAX],
	] {
		assert_eq!(
			with_mmr_proof(|proof| proof.leaf_indices = indices),
			ProofError::MmrLeafIndex { block: 5 }
		);
	}
}

#[test]
fn verify_fails_when_the_leaf_is_about_a_block_beyond_the_range() {
	let error = refused(|chain, proof| {
		proof.mmr_leaf = AuditLeaf { block: 10, ..chain.leaves[5] }.encode().into();
		let mut mmr_proof = chain.mmr_proof(5, 10);
		mmr_proof.leaf_indices = vec![0, 10];
		proof.mmr_proof = mmr_proof.encode().into();
	});
	assert_eq!(error, ProofError::MmrLeafIndex { block: 10 });
}

#[test]
fn verify_fails_when_an_item_of_the_mmr_proof_was_changed() {
	let (chain, _) = proven();
	for nth in 0..chain.mmr_proof(5, 10).items.len() {
		assert_eq!(
			with_mmr_proof(|proof| proof.items[nth] = H256::repeat_byte(1)),
			ProofError::MmrProof
		);
		assert_eq!(with_mmr_proof(|proof| _ = proof.items.remove(nth)), ProofError::MmrProof);
		assert_eq!(
			with_mmr_proof(|proof| proof.items.insert(nth, H256::zero())),
			ProofError::MmrProof
		);
	}
	assert_eq!(with_mmr_proof(|proof| proof.items.push(H256::zero())), ProofError::MmrProof);
}

#[test]
fn verify_fails_when_the_mmr_proof_has_bytes_left_over() {
	let error = refused(|_, proof| proof.mmr_proof.0.push(0));
	assert_eq!(error, ProofError::Malformed(Part::MmrProof));
}

#[test]
fn verify_fails_when_any_field_of_the_leaf_was_changed() {
	fn log(leaf: &mut AuditLeaf) -> &mut hdx_primitives::BlockLog {
		let VersionedBlockLog::V1(log) = &mut leaf.log;
		log
	}
	let changes: [fn(&mut AuditLeaf); 4] = [
		|leaf| leaf.hash = H256::zero(),
		|leaf| log(leaf).first = EntryIndex(0),
		|leaf| log(leaf).count += 1,
		|leaf| log(leaf).root = H256::zero(),
	];
	for change in changes {
		assert_eq!(with_leaf(change), ProofError::MmrProof);
	}
	assert_eq!(with_leaf(|leaf| leaf.block = 4), ProofError::MmrLeafIndex { block: 4 });
}

#[test]
fn verify_fails_when_the_leaf_has_bytes_left_over() {
	let error = refused(|_, proof| proof.mmr_leaf.0.push(0));
	assert_eq!(error, ProofError::Malformed(Part::MmrLeaf));
}

#[test]
fn verify_fails_when_the_leaf_is_of_an_unknown_version() {
	let error = refused(|_, proof| proof.mmr_leaf.0[36] = 2);
	assert_eq!(error, ProofError::Malformed(Part::MmrLeaf));
}

#[test]
fn verify_fails_when_the_leaf_is_about_another_block_than_the_entry() {
	let error = refused(|chain, proof| {
		proof.mmr_leaf = chain.leaves[4].encode().into();
		proof.mmr_proof = chain.mmr_proof(4, 10).encode().into();
	});
	assert_eq!(error, ProofError::LeafBlockNumber { leaf: 4, entry: 5 });
	let error = with_entry(|entry| entry.block = 6);
	assert_eq!(error, ProofError::LeafBlockNumber { leaf: 5, entry: 6 });
}

#[test]
fn verify_fails_when_the_block_hash_was_changed() {
	let (chain, _) = proven();
	let leaf = chain.leaves[5].hash;
	let claimed = H256::repeat_byte(1);
	let error = refused(|_, proof| proof.block_hash = claimed);
	assert_eq!(error, ProofError::LeafBlockHash { leaf, claimed });
}

#[test]
fn verify_fails_when_the_entry_is_outside_its_blocks_log() {
	let (chain, _) = proven();
	let log = chain.log_of(5);
	let (first, count) = (log.first.0, log.count);
	for index in [0, first - 1, first + u64::from(count), u64::MAX] {
		assert_eq!(
			with_entry(|entry| entry.index = EntryIndex(index)),
			ProofError::EntryIndex { index, first, count }
		);
	}
}

#[test]
fn verify_fails_when_any_field_of_the_entry_was_changed() {
	let changes: [fn(&mut AuditEntry); 5] = [
		|entry| entry.index.0 += 1,
		|entry| entry.at = Milliseconds(1),
		|entry| entry.event.outcome = AuditOutcome::Success,
		|entry| entry.event.patient = None,
		|entry| entry.event.actor = Some([9; 32].into()),
	];
	for change in changes {
		assert_eq!(with_entry(change), ProofError::EntryRoot);
	}
}

#[test]
fn verify_fails_when_the_entry_is_its_neighbour() {
	let error = refused(|chain, proof| proof.entry = chain.entries[5][1].encode().into());
	assert_eq!(error, ProofError::EntryRoot);
}

#[test]
fn verify_fails_when_the_path_of_the_entry_was_changed() {
	let (_, proof) = proven();
	assert!(proof.entry_path.len() > 1);
	for nth in 0..proof.entry_path.len() {
		let error = refused(|_, proof| proof.entry_path[nth] = H256::zero());
		assert_eq!(error, ProofError::EntryRoot);
		let error = refused(|_, proof| _ = proof.entry_path.remove(nth));
		assert_eq!(error, ProofError::EntryRoot);
	}
	let error = refused(|_, proof| proof.entry_path.push(H256::zero()));
	assert_eq!(error, ProofError::EntryRoot);
}

#[test]
fn verify_fails_when_the_entry_has_bytes_left_over() {
	let error = refused(|_, proof| proof.entry.0.push(0));
	assert_eq!(error, ProofError::Malformed(Part::Entry));
}
