//! The tree over the leaves of a batch.

use super::DisclosureLeaf;
use alloc::{vec, vec::Vec};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Precedes the two children of a node where they are hashed.
pub const NODE_TAG: [u8; 21] = *b"hdx/disclosure/node/1";

/// Precedes the number of leaves and the topmost node where they are hashed.
pub const ROOT_TAG: [u8; 21] = *b"hdx/disclosure/root/1";

/// Most levels above the leaves: as many as 2^32 leaves need.
pub const MAX_DEPTH: u32 = u32::BITS;

/// That a tree holds a leaf.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct InclusionProof {
	/// Which leaf, counted from zero.
	pub index: u32,
	/// The siblings on the way to the top, the lowest first. A node that goes up alone has none.
	pub siblings: BoundedVec<H256, ConstU32<MAX_DEPTH>>,
}

/// Why a proof does not show that a tree holds a leaf.
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
pub enum InclusionRefusal {
	/// The tree has no leaf of that index.
	IndexOutOfRange,
	/// There are too few siblings, or too many, for a tree of so many leaves.
	WrongDepth,
	/// The leaf and the siblings lead to another root: one of them was changed.
	OtherRoot,
}

/// The root of the tree over these [leaf hashes](DisclosureLeaf::hash). `None`: there are none, or more
/// than can be counted.
pub fn root_of(leaves: &[H256]) -> Option<H256> {
	let count = u32::try_from(leaves.len()).ok()?;
	let levels = levels(leaves);
	let top = levels.last()?.first()?;
	Some(bind(count, top))
}

/// The proof that the tree over these leaf hashes holds the one at `index`. `None`: there is none.
pub fn prove(leaves: &[H256], index: u32) -> Option<InclusionProof> {
	u32::try_from(leaves.len()).ok().filter(|count| index < *count)?;
	let mut siblings = BoundedVec::new();
	let mut place = usize::try_from(index).ok()?;
	for level in levels(leaves) {
		if let Some(sibling) = level.get(place ^ 1) {
			siblings.try_push(*sibling).ok()?;
		}
		place /= 2;
	}
	Some(InclusionProof { index, siblings })
}

/// Checks that the tree of `count` leaves with this root holds `leaf`.
///
/// # Errors
///
/// Why it is not shown, see [`InclusionRefusal`]. A tree without leaves holds none.
pub fn verify_inclusion(
	root: H256,
	count: u32,
	leaf: &DisclosureLeaf,
	proof: &InclusionProof,
) -> Result<(), InclusionRefusal> {
	if proof.index >= count {
		return Err(InclusionRefusal::IndexOutOfRange);
	}
	let mut siblings = proof.siblings.iter();
	let mut node = leaf.hash();
	let (mut place, mut width) = (proof.index, count);
	while width > 1 {
		let is_left = place % 2 == 0;
		let is_alone = is_left && place.saturating_add(1) == width;
		if !is_alone {
			let sibling = siblings.next().ok_or(InclusionRefusal::WrongDepth)?;
			node = if is_left { parent(&node, sibling) } else { parent(sibling, &node) };
		}
		place /= 2;
		width = width.div_ceil(2);
	}
	if siblings.next().is_some() {
		return Err(InclusionRefusal::WrongDepth);
	}
	if bind(count, &node) != root {
		return Err(InclusionRefusal::OtherRoot);
	}
	Ok(())
}

/// All levels of the tree, the leaves first.
fn levels(leaves: &[H256]) -> Vec<Vec<H256>> {
	let mut levels = vec![leaves.to_vec()];
	while let Some(below) = levels.last().filter(|level| level.len() > 1) {
		levels.push(below.chunks(2).filter_map(above).collect());
	}
	levels
}

/// What stands above a pair, or above a last one that has no pair.
fn above(pair: &[H256]) -> Option<H256> {
	match pair {
		[left, right] => Some(parent(left, right)),
		[alone] => Some(*alone),
		_ => None,
	}
}

fn parent(left: &H256, right: &H256) -> H256 {
	(NODE_TAG, left, right).using_encoded(BlakeTwo256::hash)
}

fn bind(count: u32, top: &H256) -> H256 {
	(ROOT_TAG, count, top).using_encoded(BlakeTwo256::hash)
}

#[cfg(test)]
mod tests;
