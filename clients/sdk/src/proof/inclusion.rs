//! From a finalized header to an entry.

use super::{decode, AuditProof, Header, Part, ProofError};
use binary_merkle_tree::{verify_proof, Leaf};
use hdx_primitives::{AuditEntry, AuditLeaf, VersionedBlockLog, MMR_ROOT_ENGINE_ID};
use sp_core::H256;
use sp_mmr_primitives::{
	mmr_lib::{leaf_index_to_mmr_size, leaf_index_to_pos, Merge, MerkleProof, Result as MmrResult},
	LeafProof,
};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	DigestItem,
};

/// The root of the MMR that a header carries.
pub(super) fn mmr_root(header: &Header) -> Result<H256, ProofError> {
	let mut roots = header.digest.logs().iter().filter_map(|item| match item {
		DigestItem::Consensus(engine, root) if *engine == MMR_ROOT_ENGINE_ID => Some(root),
		_ => None,
	});
	let root = roots.next().ok_or(ProofError::MmrRootMissing)?;
	if roots.next().is_some() {
		return Err(ProofError::MmrRootAmbiguous);
	}
	decode(root, Part::MmrRoot)
}

/// Checks that the leaves about the genesis block and about the entry's are in the MMR, where they belong.
pub(super) fn verify_leaves(
	proof: &AuditProof,
	[genesis, leaf]: [&AuditLeaf; 2],
	mmr_proof: LeafProof<H256>,
	header: &Header,
	root: H256,
) -> Result<(), ProofError> {
	// Since block 1, each block adds one leaf, about its parent: so block N has N leaves, of which
	// leaf n is about block n. Anything else is a range of another shape than the chain's.
	let last = match header.number.checked_sub(1) {
		Some(last) if mmr_proof.leaf_count == u64::from(header.number) => last,
		_ => {
			let (found, expected) = (mmr_proof.leaf_count, header.number);
			return Err(ProofError::MmrLeafCount { found, expected });
		},
	};
	let index = u64::from(leaf.block);
	// The genesis block has no entries, so that the two leaves differ.
	let is_entrys = 0 < leaf.block && leaf.block <= last;
	if !is_entrys || genesis.block != 0 || mmr_proof.leaf_indices != [0, index] {
		return Err(ProofError::MmrLeafIndex { block: leaf.block });
	}

	let size = leaf_index_to_mmr_size(u64::from(last));
	let leaves = [(0, &proof.genesis_leaf), (index, &proof.mmr_leaf)];
	let leaves = leaves.map(|(index, leaf)| (leaf_index_to_pos(index), BlakeTwo256::hash(leaf)));
	match MerkleProof::<H256, MergeHashes>::new(size, mmr_proof.items).verify(root, leaves.to_vec())
	{
		Ok(true) => Ok(()),
		_ => Err(ProofError::MmrProof),
	}
}

/// Checks that the chain is that of the genesis block.
pub(super) fn verify_genesis(leaf: &AuditLeaf, genesis: H256) -> Result<(), ProofError> {
	if leaf.hash != genesis {
		return Err(ProofError::GenesisLeaf { leaf: leaf.hash, genesis });
	}
	Ok(())
}

/// Checks that the entry is in the log that the leaf speaks of.
pub(super) fn verify_entry(
	proof: &AuditProof,
	entry: &AuditEntry,
	leaf: &AuditLeaf,
) -> Result<(), ProofError> {
	if leaf.block != entry.block {
		return Err(ProofError::LeafBlockNumber { leaf: leaf.block, entry: entry.block });
	}
	if leaf.hash != proof.block_hash {
		return Err(ProofError::LeafBlockHash { leaf: leaf.hash, claimed: proof.block_hash });
	}
	let VersionedBlockLog::V1(log) = leaf.log;
	let position = log.position(entry.index).ok_or(ProofError::EntryIndex {
		index: entry.index.0,
		first: log.first.0,
		count: log.count,
	})?;
	let hash = Leaf::Hash(entry.leaf_hash());
	let path = proof.entry_path.iter().copied();
	if verify_proof::<BlakeTwo256, _, _>(&log.root, path, log.count, position, hash) {
		Ok(())
	} else {
		Err(ProofError::EntryRoot)
	}
}

/// How the MMR joins two nodes: as `pallet-mmr` does, the hash of both.
pub(super) struct MergeHashes;

impl Merge for MergeHashes {
	type Item = H256;

	fn merge(left: &H256, right: &H256) -> MmrResult<H256> {
		Ok(BlakeTwo256::hash_of(&(left, right)))
	}
}
