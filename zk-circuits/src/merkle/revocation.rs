//! Which consents were revoked: a bit for each, 128 of them a leaf.

use super::{Path, SparseTree, TreeError, CAPACITY, REVOCATION_LEVELS, WORD_BITS, WORD_INDEX_BITS};
use crate::{
	domain::{Domain2, Domain4},
	poseidon::hash2,
	Fr,
};
use alloc::collections::BTreeMap;
use zeroize::Zeroize;

/// The revocation bits of all consents.
#[derive(Clone, Debug)]
pub struct RevocationTree {
	lower: SparseTree<REVOCATION_LEVELS>,
	upper: SparseTree<REVOCATION_LEVELS>,
	words: BTreeMap<u32, u128>,
}

/// What shows whether a consent is revoked: the 128 bits of its leaf, and the way to the root.
#[derive(Clone, PartialEq, Eq, Debug, Default, Zeroize)]
pub struct RevocationPath {
	/// The bits; that of the consent with the lowest index is the lowest.
	pub word: u128,
	/// The leaf's path in its half of the tree.
	pub path: Path<REVOCATION_LEVELS>,
	/// The root of the other half.
	pub other_half: Fr,
}

impl RevocationPath {
	/// The children of each parent, and the two halves, for the consent at an index.
	pub(crate) fn climb(&self, index: u32) -> ([[Fr; 4]; REVOCATION_LEVELS], [Fr; 2]) {
		let (leaf, _) = place(index);
		let (families, half) = self.path.climb(Domain4::RevocationNode, Fr::from(self.word), leaf);
		let halves = if leaf < HALF { [half, self.other_half] } else { [self.other_half, half] };
		(families, halves)
	}

	/// The root that this leads to from the consent at an index.
	pub fn root(&self, index: u32) -> Fr {
		hash2(Domain2::RevocationRoot, self.climb(index).1)
	}
}

impl Default for RevocationTree {
	fn default() -> Self {
		let half = SparseTree::new(Domain4::RevocationNode);
		Self { lower: half.clone(), upper: half, words: BTreeMap::new() }
	}
}

/// Leaves of each half.
const HALF: u32 = 1 << (2 * REVOCATION_LEVELS);
/// Leaves of both.
const LEAVES: u32 = 2 * HALF;

/// The leaf of a consent, and its bit in there.
fn place(index: u32) -> (u32, u128) {
	(index >> WORD_INDEX_BITS, 1 << (index as usize % WORD_BITS))
}

impl RevocationTree {
	/// The tree with these words of bits, each by the number of its leaf; all other words are zero.
	///
	/// # Errors
	///
	/// [`TreeError::NoSuchLeaf`] where there are fewer leaves.
	pub fn of_words(words: impl IntoIterator<Item = (u32, u128)>) -> Result<Self, TreeError> {
		let mut tree = Self::default();
		for (leaf, word) in words.into_iter().filter(|(_, word)| *word != 0) {
			if leaf >= LEAVES {
				return Err(TreeError::NoSuchLeaf(leaf));
			}
			tree.set(leaf, word).map_err(TreeError::NoSuchLeaf)?;
		}
		Ok(tree)
	}

	/// Sets a word; gives its number back where there is no such leaf.
	fn set(&mut self, leaf: u32, word: u128) -> Result<(), u32> {
		let half = if leaf < HALF { &mut self.lower } else { &mut self.upper };
		half.set(leaf % HALF, Fr::from(word)).map_err(|_| leaf)?;
		self.words.insert(leaf, word);
		Ok(())
	}

	fn word(&self, leaf: u32) -> u128 {
		self.words.get(&leaf).copied().unwrap_or(0)
	}

	/// Whether the consent at an index is revoked.
	pub fn is_revoked(&self, index: u32) -> bool {
		let (leaf, bit) = place(index);
		self.word(leaf) & bit != 0
	}

	/// Revokes the consent at an index.
	///
	/// # Errors
	///
	/// [`TreeError::NoSuchLeaf`] and [`TreeError::AlreadyRevoked`]; nothing is changed then.
	pub fn revoke(&mut self, index: u32) -> Result<(), TreeError> {
		let (leaf, bit) = place(index);
		if index >= CAPACITY {
			return Err(TreeError::NoSuchLeaf(index));
		}
		if self.is_revoked(index) {
			return Err(TreeError::AlreadyRevoked(index));
		}
		let word = self.word(leaf) | bit;
		self.set(leaf, word).map_err(|_| TreeError::NoSuchLeaf(index))
	}

	/// The root.
	pub fn root(&self) -> Fr {
		hash2(Domain2::RevocationRoot, [self.lower.root(), self.upper.root()])
	}

	/// What shows whether the consent at an index is revoked.
	pub fn path(&self, index: u32) -> RevocationPath {
		let (leaf, _) = place(index);
		let (half, other) =
			if leaf < HALF { (&self.lower, &self.upper) } else { (&self.upper, &self.lower) };
		RevocationPath {
			word: self.word(leaf),
			path: half.path(leaf % HALF),
			other_half: other.root(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_revocation_sets_one_bit_and_changes_the_root() {
		let mut tree = RevocationTree::default();
		let before = tree.root();
		tree.revoke(300).unwrap();
		assert_ne!(tree.root(), before);
		tree.revoke(CAPACITY - 1).unwrap();
		assert!(tree.is_revoked(300) && !tree.is_revoked(299) && !tree.is_revoked(172));
		for index in [0, 299, 300, CAPACITY - 1] {
			assert_eq!(tree.path(index).root(index), tree.root());
			assert_ne!(tree.path(index).root(index ^ (1 << 19)), tree.root());
		}
		assert_eq!(tree.path(300).word, 1 << 44);
	}

	#[test]
	fn revoking_fails_when_it_is_done_twice() {
		let mut tree = RevocationTree::default();
		tree.revoke(7).unwrap();
		assert_eq!(tree.revoke(7), Err(TreeError::AlreadyRevoked(7)));
	}

	#[test]
	fn revoking_fails_when_there_can_be_no_such_consent() {
		let mut tree = RevocationTree::default();
		assert_eq!(tree.revoke(CAPACITY), Err(TreeError::NoSuchLeaf(CAPACITY)));
	}

	#[test]
	fn a_tree_of_words_is_that_of_its_revocations() {
		let mut tree = RevocationTree::default();
		for index in [5, 6, 1000, 700_000] {
			tree.revoke(index).unwrap();
		}
		let words = [(0, 0b110_0000), (3, 0), (7, 1 << 104), (5468, 1 << 96)];
		let of_words = RevocationTree::of_words(words).unwrap();
		assert_eq!(of_words.root(), tree.root());
		assert!(of_words.is_revoked(700_000) && !of_words.is_revoked(700_001));
		let beyond = RevocationTree::of_words([(LEAVES, 1)]);
		assert_eq!(beyond.err(), Some(TreeError::NoSuchLeaf(LEAVES)));
	}

	#[test]
	fn the_root_does_not_depend_on_the_order() {
		let (mut one, mut other) = (RevocationTree::default(), RevocationTree::default());
		for index in [5, 1000, 700_000] {
			one.revoke(index).unwrap();
		}
		for index in [700_000, 5, 1000] {
			other.revoke(index).unwrap();
		}
		assert_eq!(one.root(), other.root());
	}
}
