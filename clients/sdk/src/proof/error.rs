//! Why a proof is refused: one variant for each link.

use core::fmt;
use sp_consensus_grandpa::{AuthorityId, SetId};
use sp_core::H256;

/// A part of a proof that is decoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
	/// The audit entry.
	Entry,
	/// The MMR's leaf.
	MmrLeaf,
	/// The MMR's leaf about the genesis block.
	GenesisLeaf,
	/// The MMR proof.
	MmrProof,
	/// The root of the MMR in the finalized header's digest.
	MmrRoot,
	/// The finalized header.
	FinalizedHeader,
	/// The justification.
	Justification,
	/// The finality proof of the node.
	FinalityProof,
	/// The leaves that the node answers with an MMR proof.
	MmrLeaves,
	/// The genesis header.
	GenesisHeader,
	/// The GRANDPA authorities in the genesis state.
	Authorities,
	/// The header of a handover.
	HandoverHeader,
	/// What GRANDPA has in the digest of a handover's header.
	HandoverChange,
}

impl fmt::Display for Part {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Entry => "audit entry",
			Self::MmrLeaf => "MMR leaf",
			Self::GenesisLeaf => "MMR leaf about the genesis block",
			Self::MmrProof => "MMR proof",
			Self::MmrRoot => "MMR root in the finalized header",
			Self::FinalizedHeader => "finalized header",
			Self::Justification => "justification",
			Self::FinalityProof => "finality proof",
			Self::MmrLeaves => "list of MMR leaves",
			Self::GenesisHeader => "genesis header",
			Self::Authorities => "authority list in the genesis state",
			Self::HandoverHeader => "header of the handover",
			Self::HandoverChange => "change of the authority set in the header of the handover",
		})
	}
}

/// The link of a proof that does not hold.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ProofError {
	/// The proof is in a format that this program does not know.
	#[error("the proof has format version {version}; this program reads version 2")]
	UnknownVersion {
		/// The version it claims.
		version: u32,
	},
	/// A part is cut short, has bytes left over, or is no such part.
	#[error("the {0} cannot be decoded, or has bytes after its end")]
	Malformed(Part),

	/// Genesis: the proof is about another chain.
	#[error("the proof starts from genesis block {found:?}, not from the trusted {trusted:?}")]
	GenesisHash {
		/// The hash that is trusted.
		trusted: H256,
		/// The hash of the header in the proof.
		found: H256,
	},
	/// Genesis state: the trie nodes do not lead from the state root to the authorities.
	#[error("the storage proof does not show the authorities in the genesis state")]
	GenesisStorage,
	/// Genesis state: there are trie nodes that the proof does not need, or one twice.
	#[error("the storage proof has nodes that prove nothing")]
	GenesisStorageUnused,

	/// Authority set: empty, or its weights overflow.
	#[error("the authority set has no votes, or too many to count")]
	AuthoritySetInvalid,
	/// Authority set: one before the trusted one, to which nothing leads.
	#[error(
		"the justification is by authority set {claimed}, which was before the trusted set {trusted}: make the proof \
		 anew, or verify by the genesis hash"
	)]
	AuthoritySetUntrusted {
		/// The set that the proof claims.
		claimed: SetId,
		/// The set that is trusted.
		trusted: SetId,
	},

	/// Handovers: fewer than there were changes of the set.
	#[error(
		"the justification is by authority set {set_id}, the trusted one is {trusted}, and the proof has {found} of the \
		 handovers between them: make the proof anew, or verify with --authorities"
	)]
	HandoversMissing {
		/// The set that is trusted.
		trusted: SetId,
		/// The set that the proof claims.
		set_id: SetId,
		/// How many handovers there are.
		found: usize,
	},
	/// Handovers: more than there can be before the set.
	#[error("the proof has {found} handovers, more than there are before authority set {set_id}")]
	HandoversUnused {
		/// The set that the proof claims.
		set_id: SetId,
		/// How many handovers there are.
		found: usize,
	},
	/// Handovers: one does not hold.
	#[error("the handover by authority set {set_id} does not hold: {link}")]
	Handover {
		/// The set that hands over.
		set_id: SetId,
		/// What does not hold.
		link: Box<ProofError>,
	},
	/// A handover: its block is not after the one with which the set before ended.
	#[error(
		"its block {number} does not come after block {after}, with which the set before ended"
	)]
	HandoverHeight {
		/// The number of its block.
		number: u32,
		/// The last block of the set before.
		after: u32,
	},
	/// A handover: its header names no next authorities.
	#[error("its header announces no change of the authority set")]
	HandoverUnannounced,
	/// A handover: its header names next authorities more than once.
	#[error("its header announces more than one change of the authority set")]
	HandoverAmbiguous,
	/// A handover: the set goes on for some blocks after it.
	#[error(
		"its header announces a change of the authority set {delay} blocks later, and not at once"
	)]
	HandoverDelayed {
		/// For how many blocks.
		delay: u32,
	},
	/// A handover: governance forced it after finality had stopped, and no set signed it.
	#[error(
		"the change of the authority set was forced, so that no set vouches for the next: use --authorities with a set \
		 in force after it, from a source that you trust"
	)]
	HandoverForced,
	/// Header: it is not after the last handover, so that another set finalizes it.
	#[error("the finalized header is of block {number}; the set that signed it came after block {after}")]
	BlockBeforeHandover {
		/// The number in the header.
		number: u32,
		/// The last block of the set before.
		after: u32,
	},

	/// Justification: it finalizes another block than the proof's header.
	#[error("the justification is for block {number} {hash:?}, not for the header given with it")]
	JustificationTarget {
		/// Number of the block that it is for.
		number: u32,
		/// Hash of the block that it is for.
		hash: H256,
	},
	/// Justification: there are more votes than two of each authority, which is as many as can say anything.
	#[error("the justification has {found} votes, and {most} would be all that can count")]
	JustificationVotes {
		/// How many votes there are.
		found: usize,
		/// How many there can be.
		most: usize,
	},
	/// Justification: somebody voted who is no authority.
	#[error("the justification has a vote by {voter}, who is not in the authority set")]
	JustificationVoter {
		/// Who voted.
		voter: AuthorityId,
	},
	/// Justification: a signature is wrong for the vote, the round or the authority set.
	#[error("the justification has a wrong signature by {voter}")]
	JustificationSignature {
		/// Whose signature it should be.
		voter: AuthorityId,
	},
	/// Justification: a vote is for a block of which the headers do not show that it descends from
	/// the lowest block that was voted for.
	#[error("the justification does not show that its votes are for one chain of blocks")]
	JustificationAncestry,
	/// Justification: there are headers that no vote needs, or one twice.
	#[error("the justification has headers that no vote needs")]
	JustificationAncestryUnused,
	/// Justification: not more than two thirds of the votes are for the block.
	#[error("the justification lacks the votes of more than two thirds of the authorities")]
	JustificationThreshold,

	/// Header digest: there is no root of the MMR in it.
	#[error("the finalized header does not carry a root of the MMR")]
	MmrRootMissing,
	/// Header digest: there is more than one root of the MMR in it.
	#[error("the finalized header carries more than one root of the MMR")]
	MmrRootAmbiguous,
	/// MMR: the proof is for a range of another size than the finalized block has.
	#[error("the MMR proof is for {found} leaves; block {expected} has {expected}")]
	MmrLeafCount {
		/// The number that the proof claims.
		found: u64,
		/// The number of the finalized block, which has one leaf for each block before it.
		expected: u32,
	},
	/// MMR: the proof is not for the two leaves that are about the genesis block and the entry's.
	#[error("the MMR proof is not for the leaves about the genesis block and about block {block}")]
	MmrLeafIndex {
		/// The number of the block in the leaf.
		block: u32,
	},
	/// MMR: its first leaf is about another genesis block, so what was signed is another chain.
	#[error(
		"what the validators signed is a chain that starts from genesis block {leaf:?}, not from {genesis:?}: they have the \
		 same keys on both"
	)]
	GenesisLeaf {
		/// The hash in the first leaf.
		leaf: H256,
		/// The hash of the genesis header in the proof.
		genesis: H256,
	},
	/// MMR: the leaf does not lead to the root in the finalized header.
	#[error("the MMR proof does not lead to the root in the finalized header")]
	MmrProof,

	/// Leaf: it is about a block of another number than the entry's.
	#[error("the MMR leaf is about block {leaf}, the entry is of block {entry}")]
	LeafBlockNumber {
		/// The number in the leaf.
		leaf: u32,
		/// The number in the entry.
		entry: u32,
	},
	/// Leaf: it is about a block of another hash than the proof claims.
	#[error("the MMR leaf is about block {leaf:?}, the proof claims {claimed:?}")]
	LeafBlockHash {
		/// The hash in the leaf.
		leaf: H256,
		/// The hash that the proof claims.
		claimed: H256,
	},
	/// Entry: its index is not among those that the block added to the log.
	#[error("entry {index} is not among the {count} entries of its block, which start at {first}")]
	EntryIndex {
		/// The entry's index.
		index: u64,
		/// The block's first entry.
		first: u64,
		/// How many entries the block has.
		count: u32,
	},
	/// Entry: its hash and path do not lead to the audit root of the block.
	#[error("the entry does not lead to the audit root of its block")]
	EntryRoot,
}
