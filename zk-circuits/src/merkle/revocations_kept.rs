//! What a chain keeps of the revocation tree: the children of each node, wherever it stores them.

use super::{
	digit, empty::empty_revocation_node, TreeError, CAPACITY, REVOCATION_LEVELS, WORD_BITS,
	WORD_INDEX_BITS,
};
use crate::{
	domain::{Domain2, Domain4},
	field::as_u128,
	poseidon::{hash2, hash4},
	Fr,
};
use core::fmt;

/// Where the nodes of a revocation tree are stored: the four children of each.
///
/// Levels count from the leaves: the children on level 0 are words of 128 bits, and the parents on level 5 are the two
/// halves of the tree.
pub trait RevocationStore {
	/// Why nothing can be read.
	type Error;

	/// The children of a parent. `None`: there never were any but empty ones.
	///
	/// # Errors
	///
	/// Whatever the store has against it.
	fn children(&self, level: u8, parent: u32) -> Result<Option<[Fr; 4]>, Self::Error>;

	/// Stores them.
	fn set_children(&mut self, level: u8, parent: u32, children: [Fr; 4]);
}

/// Why a kept tree refuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeptError<E> {
	/// There is no such consent, or it is revoked.
	Tree(TreeError),
	/// A word has more than 128 bits: what is stored is none of this tree's.
	Damaged,
	/// The store cannot be read.
	Store(E),
}

impl<E: fmt::Display> fmt::Display for KeptError<E> {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Tree(error) => error.fmt(f),
			Self::Damaged => f.write_str("a word of the revocation tree has more than 128 bits"),
			Self::Store(error) => error.fmt(f),
		}
	}
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for KeptError<E> {}

/// The revocation tree in a store: the same as [`RevocationTree`](super::RevocationTree).
///
/// A revocation costs six hashes and as many reads and writes; the root three hashes.
#[derive(Debug)]
pub struct KeptRevocations<S>(pub S);

impl<S: RevocationStore> KeptRevocations<S> {
	fn children(&self, level: u8, parent: u32) -> Result<[Fr; 4], KeptError<S::Error>> {
		let stored = self.0.children(level, parent).map_err(KeptError::Store)?;
		Ok(stored.unwrap_or_else(|| [empty_revocation_node(level); 4]))
	}

	/// The 128 bits among which is that of the consent at an index.
	fn word(&self, index: u32) -> Result<u128, KeptError<S::Error>> {
		if index >= CAPACITY {
			return Err(KeptError::Tree(TreeError::NoSuchLeaf(index)));
		}
		let leaf = index >> WORD_INDEX_BITS;
		let [a, b, c, d] = self.children(0, leaf >> 2)?;
		let word = match digit(leaf) {
			0 => a,
			1 => b,
			2 => c,
			_ => d,
		};
		as_u128(&word).ok_or(KeptError::Damaged)
	}

	/// Whether the consent at an index is revoked.
	///
	/// # Errors
	///
	/// [`TreeError::NoSuchLeaf`], [`KeptError::Damaged`] and [`KeptError::Store`].
	pub fn is_revoked(&self, index: u32) -> Result<bool, KeptError<S::Error>> {
		Ok(self.word(index)? & bit(index) != 0)
	}

	/// Revokes the consent at an index.
	///
	/// # Errors
	///
	/// [`TreeError::AlreadyRevoked`], and those of [`Self::is_revoked`]. Where a store fails half-way, the caller takes back
	/// what was stored.
	pub fn revoke(&mut self, index: u32) -> Result<(), KeptError<S::Error>> {
		let word = self.word(index)?;
		if word & bit(index) != 0 {
			return Err(KeptError::Tree(TreeError::AlreadyRevoked(index)));
		}
		let (mut node, mut at) = (Fr::from(word | bit(index)), index >> WORD_INDEX_BITS);
		for level in 0..REVOCATION_LEVELS as u8 {
			let parent = at >> 2;
			let [a, b, c, d] = self.children(level, parent)?;
			let children = match digit(at) {
				0 => [node, b, c, d],
				1 => [a, node, c, d],
				2 => [a, b, node, d],
				_ => [a, b, c, node],
			};
			self.0.set_children(level, parent, children);
			node = hash4(Domain4::RevocationNode, children);
			at = parent;
		}
		Ok(())
	}

	/// The root.
	///
	/// # Errors
	///
	/// [`KeptError::Store`].
	pub fn root(&self) -> Result<Fr, KeptError<S::Error>> {
		let top = (REVOCATION_LEVELS as u8).saturating_sub(1);
		let half = |half| Ok(hash4(Domain4::RevocationNode, self.children(top, half)?));
		Ok(hash2(Domain2::RevocationRoot, [half(0)?, half(1)?]))
	}
}

/// The bit of a consent in its word.
fn bit(index: u32) -> u128 {
	1 << (index as usize % WORD_BITS)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::merkle::RevocationTree;
	use proptest::prelude::*;
	use std::{collections::BTreeMap, convert::Infallible};

	#[derive(Default, Debug)]
	struct Map(BTreeMap<(u8, u32), [Fr; 4]>);

	impl RevocationStore for Map {
		type Error = Infallible;

		fn children(&self, level: u8, parent: u32) -> Result<Option<[Fr; 4]>, Infallible> {
			Ok(self.0.get(&(level, parent)).copied())
		}

		fn set_children(&mut self, level: u8, parent: u32, children: [Fr; 4]) {
			self.0.insert((level, parent), children);
		}
	}

	#[test]
	fn an_empty_kept_tree_has_the_root_of_an_empty_tree() {
		let kept = KeptRevocations(Map::default());
		assert_eq!(kept.root(), Ok(RevocationTree::default().root()));
		assert_eq!(kept.is_revoked(CAPACITY - 1), Ok(false));
	}

	#[test]
	fn revoking_fails_when_it_is_done_twice_or_beyond_the_tree() {
		let mut kept = KeptRevocations(Map::default());
		assert_eq!(kept.revoke(7), Ok(()));
		assert_eq!(kept.revoke(7), Err(KeptError::Tree(TreeError::AlreadyRevoked(7))));
		let beyond = Err(KeptError::Tree(TreeError::NoSuchLeaf(CAPACITY)));
		assert_eq!(kept.revoke(CAPACITY), beyond);
		assert_eq!(kept.is_revoked(CAPACITY).map(|_| ()), beyond);
	}

	#[test]
	fn a_word_of_more_bits_is_damage() {
		let mut store = Map::default();
		store.set_children(0, 0, [-Fr::from(1u64); 4]);
		let mut kept = KeptRevocations(store);
		assert_eq!(kept.is_revoked(3), Err(KeptError::Damaged));
		assert_eq!(kept.revoke(3), Err(KeptError::Damaged));
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(16))]

		#[test]
		fn a_kept_tree_is_the_whole_tree(indices in prop::collection::vec(0..CAPACITY, 1..12)) {
			let (mut kept, mut tree) = (KeptRevocations(Map::default()), RevocationTree::default());
			for index in &indices {
				let expected = tree.revoke(*index).map_err(KeptError::Tree);
				prop_assert_eq!(kept.revoke(*index), expected);
				prop_assert_eq!(kept.root(), Ok(tree.root()));
				prop_assert_eq!(kept.is_revoked(*index), Ok(true));
				let neighbour = *index ^ 1;
				prop_assert_eq!(kept.is_revoked(neighbour), Ok(tree.is_revoked(neighbour)));
			}
		}
	}
}
