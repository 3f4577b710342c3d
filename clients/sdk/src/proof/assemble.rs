//! Putting a proof together from what a node answers.

use super::{
	decode, AuditProof, Finality, Handover, Header, HexBytes, Part, ProofError, SetId, TrustRoot,
	PROOF_VERSION,
};
use binary_merkle_tree::merkle_proof_raw;
use codec::Encode;
use hdx_primitives::{AuditEntry, AuditLeaf, EntryIndex};
use sp_mmr_primitives::EncodableOpaqueLeaf;
use sp_runtime::traits::BlakeTwo256;

/// The answers of a node that make up a proof, in the order in which to ask for them. N is the
/// number of the block that holds the entry.
#[derive(Clone, Debug)]
pub struct Pieces {
	/// From what the proof starts.
	pub trust: TrustRoot,
	/// Which entry to prove (pallet `Audit`, item `Entries`, says in which block it is).
	pub index: EntryIndex,
	/// All entries of block N, in order (items `BlockLogs` and `Entries`).
	pub block_entries: Vec<AuditEntry>,
	/// `chain_getHeader` of `chain_getBlockHash(0)`.
	pub genesis_header: Header,
	/// `proof` of `state_getReadProof([authorities_key()], genesis hash)`. Nothing, where another set than that of the
	/// genesis block is trusted.
	pub authorities_proof: Vec<HexBytes>,
	/// A justification of a block after N, as `grandpa_subscribeJustifications` sends it. It names the finalized block F.
	pub finality: Finality,
	/// The authority set that signed it: item `CurrentSetId` of pallet `Grandpa` in the state of the block before F.
	pub set_id: SetId,
	/// The changes from the trusted set to that one, in order: of each, the header of the set's last block, and the
	/// justification in `grandpa_proveFinality` of its number.
	pub handovers: Vec<Handover>,
	/// `chain_getHeader(hash of F)`.
	pub finalized_header: Header,
	/// `leaves` of `mmr_generateProof([1, N + 1], number of F, hash of F)`.
	pub mmr_leaves: HexBytes,
	/// `proof` of the same answer.
	pub mmr_proof: HexBytes,
}

/// Why the pieces make no proof.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AssembleError {
	/// The entry is not among the entries of its block.
	#[error("entry {} is not among the entries given for its block", .0.0)]
	EntryMissing(EntryIndex),
	/// The node gave more or fewer leaves than the two that were asked for.
	#[error("expected the MMR leaves about two blocks, got {0}")]
	LeafCount(usize),
	/// The pieces do not fit together; the proof would be refused.
	#[error("the node's answers do not fit together: {0}")]
	Unverifiable(#[from] ProofError),
}

impl AuditProof {
	/// Puts the proof of an entry together, and verifies it from what it starts from.
	///
	/// # Errors
	///
	/// [`AssembleError`]: no proof is made that would not verify.
	pub fn assemble(pieces: Pieces) -> Result<Self, AssembleError> {
		let missing = AssembleError::EntryMissing(pieces.index);
		let (position, entry) = (0u32..)
			.zip(&pieces.block_entries)
			.find(|(_, entry)| entry.index == pieces.index)
			.ok_or(missing)?;
		let hashes = pieces.block_entries.iter().map(AuditEntry::leaf_hash);
		let hashes: Vec<_> = hashes.collect();
		let path = merkle_proof_raw::<BlakeTwo256, _>(hashes, position);

		let leaves: Vec<EncodableOpaqueLeaf> = decode(&pieces.mmr_leaves, Part::MmrLeaves)?;
		let [EncodableOpaqueLeaf(genesis_leaf), EncodableOpaqueLeaf(leaf)] = &leaves[..] else {
			return Err(AssembleError::LeafCount(leaves.len()));
		};
		let about: AuditLeaf = decode(leaf, Part::MmrLeaf)?;

		let proof = Self {
			version: PROOF_VERSION,
			entry: entry.encode().into(),
			entry_path: path.proof,
			block_hash: about.hash,
			mmr_leaf: leaf.clone().into(),
			genesis_leaf: genesis_leaf.clone().into(),
			mmr_proof: pieces.mmr_proof,
			finalized_header: pieces.finalized_header.encode().into(),
			justification: pieces.finality.justification.into(),
			set_id: pieces.set_id,
			handovers: pieces.handovers,
			genesis_header: pieces.genesis_header.encode().into(),
			authorities_proof: pieces.authorities_proof,
		};
		proof.verify(&pieces.trust)?;
		Ok(proof)
	}
}
