//! What the trees store.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{Milliseconds, PublicInput};
use hdx_zk_circuits::merkle::LEVELS;
use scale_info::TypeInfo;

/// The tree that grows: on each level, from the leaves up, the nodes that are complete and whose parent is not, with
/// zero where there are none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct GrowingTree {
	/// Its number. Those below it are full.
	pub number: u32,
	/// How many leaves were appended to it.
	pub count: u32,
	/// The nodes.
	pub nodes: [[PublicInput; 3]; LEVELS + 1],
}

/// A moment at which the roots of all trees were kept.
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
pub struct Snapshot {
	/// Its number: one more than that of the one before.
	pub number: u32,
	/// The last block of which it knows.
	pub block: u32,
	/// The time of that block. It is *now* in the proofs that name this snapshot.
	pub at: Milliseconds,
}

/// The roots of a tree from a snapshot on, until the tree changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct KeptRoots {
	/// The snapshot.
	pub since: u32,
	/// The root of its consents.
	pub consents: PublicInput,
	/// The root of their revocations.
	pub revocations: PublicInput,
	/// How many consents it had.
	pub count: u32,
}

/// What proofs about a tree are made of, as of a snapshot.
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
pub struct TreeRoots {
	/// The root of its consents.
	pub consents: PublicInput,
	/// The root of their revocations.
	pub revocations: PublicInput,
	/// How many consents it had: those with a lower index.
	pub count: u32,
	/// The time of the snapshot.
	pub at: Milliseconds,
}

/// Why there are no roots that count.
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
pub enum SnapshotRefusal {
	/// The snapshot was not taken yet.
	Unknown,
	/// The snapshot does not count any more. Make the proof about a later one.
	TooOld,
	/// The tree had no consent at that snapshot, or what is stored of it cannot be read.
	TreeUnknown,
}

/// What is stored cannot be read. It is never taken for nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Damaged;

/// What is stored, or what there is before anything was.
pub(crate) fn intact<V: Default>(
	stored: Option<V>,
	is_stored: impl FnOnce() -> bool,
) -> Result<V, Damaged> {
	match stored {
		Some(value) => Ok(value),
		None if is_stored() => Err(Damaged),
		None => Ok(V::default()),
	}
}
