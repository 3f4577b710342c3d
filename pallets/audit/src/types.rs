//! The log of the block that is being built, holds, and how far pruning has come.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use hdx_primitives::{AccountId, BlockLog, EntryIndex, HoldReason, Milliseconds};
use scale_info::TypeInfo;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The hash of leaves and nodes.
pub type NodeHash = <BlakeTwo256 as Hash>::Output;

/// Most complete subtrees of a tree with up to `u32::MAX` leaves: one for each bit of the number.
pub const MAX_SUBTREES: u32 = u32::BITS;

/// The log of the block that is being built: its Merkle tree, without the leaves.
///
/// A tree of n leaves is a row of complete subtrees, one for each bit that is set in n, the largest
/// first. Their roots are all that later leaves need. So an entry costs two hashes on average and
/// the root of any number of entries at most 31, and nothing has to be kept for each entry.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(BlockNumber))]
pub struct RunningLog<BlockNumber> {
	/// Which block it is.
	pub block: BlockNumber,
	/// Its first entry.
	pub first: EntryIndex,
	/// How many entries it has so far.
	pub count: u32,
	/// The roots of the complete subtrees, the largest first.
	pub subtrees: BoundedVec<NodeHash, ConstU32<MAX_SUBTREES>>,
}

impl<BlockNumber> RunningLog<BlockNumber> {
	/// The log of a block that has no entries yet.
	pub fn new(block: BlockNumber, first: EntryIndex) -> Self {
		Self { block, first, count: 0, subtrees: BoundedVec::new() }
	}

	/// Appends a leaf.
	pub fn push(&mut self, leaf: NodeHash) {
		let mut root = leaf;
		// The new leaf completes as many subtrees as the number of leaves has trailing ones.
		for _ in 0..self.count.trailing_ones() {
			if let Some(left) = self.subtrees.pop() {
				root = parent(&left, &root);
			}
		}
		// Never full: it holds one root for each bit that is set in the number of leaves, and no
		// block has the room for 2^32 of them.
		if self.subtrees.try_push(root).is_err() {
			frame_support::defensive!("a subtree for each bit of the number of leaves");
		}
		self.count = self.count.saturating_add(1);
	}

	/// The finished log, with its root.
	pub fn seal(&self) -> BlockLog {
		let mut right_to_left = self.subtrees.iter().rev();
		let root = match right_to_left.next() {
			None => NodeHash::zero(),
			// What is left over on the right moves up until it meets a subtree to its left.
			Some(last) => right_to_left.fold(*last, |right, left| parent(left, &right)),
		};
		BlockLog { first: self.first, count: self.count, root }
	}
}

/// The hash of an inner node.
fn parent(left: &NodeHash, right: &NodeHash) -> NodeHash {
	(left, right).using_encoded(BlakeTwo256::hash)
}

/// Most entries that a case can name.
pub const MAX_CASE_ENTRIES: u32 = 256;

/// The entries of a case, in the order of the log, each once.
pub type CaseEntries = BoundedVec<EntryIndex, ConstU32<MAX_CASE_ENTRIES>>;

/// What a legal hold keeps.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum HoldScope {
	/// All entries about a patient, those to come included.
	Patient(AccountId),
	/// These entries.
	Case(CaseEntries),
}

/// A legal hold.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Hold {
	/// What it keeps.
	pub scope: HoldScope,
	/// Why.
	pub reason: HoldReason,
	/// When it was placed.
	pub placed_at: Milliseconds,
}

/// How far a new look at the entries that were passed over has come.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Sweep {
	/// It goes on from here.
	pub next: EntryIndex,
	/// Whether it goes round once more at its end.
	pub once_more: bool,
}
