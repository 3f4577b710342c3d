//! What can be wrong with what is asked of a tree.

use super::CAPACITY;
use core::fmt;

/// Why a tree refuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TreeError {
	/// All leaves are taken.
	Full,
	/// Zero is what an empty leaf holds, and cannot be appended.
	EmptyLeaf,
	/// There is no leaf, or no consent, at this index.
	NoSuchLeaf(u32),
	/// The consent at this index was revoked before.
	AlreadyRevoked(u32),
}

impl fmt::Display for TreeError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Full => write!(f, "the tree is full: it has {CAPACITY} leaves"),
			Self::EmptyLeaf => write!(f, "zero marks an empty leaf and cannot be appended"),
			Self::NoSuchLeaf(index) => write!(f, "there is no leaf at index {index}"),
			Self::AlreadyRevoked(index) => write!(f, "consent {index} is already revoked"),
		}
	}
}

impl core::error::Error for TreeError {}
