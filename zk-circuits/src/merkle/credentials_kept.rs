//! What a chain keeps of the tree of credentials: the children of each node, wherever it stores them.
//!
//! Credentials end before their time, so leaves are put back to empty: the right edge alone, as of consents, would not do.

use super::{
	digit, empty::empty_credential_node, revocations_kept::KeptError, TreeError, CAPACITY, LEVELS,
};
use crate::{domain::Domain4, poseidon::hash4, Fr};

/// Where the nodes of the tree of credentials are stored: the four children of each.
///
/// Levels count from the leaves: the children on level 0 are leaves, and the one parent on level 9 is the root.
pub trait CredentialStore {
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

/// The tree of credentials in a store: the same as a [`SparseTree`](super::SparseTree) of ten levels in the domain
/// [`CredentialNode`](Domain4::CredentialNode).
///
/// To set a leaf costs ten hashes and as many reads and writes; the root one hash.
#[derive(Debug)]
pub struct KeptCredentials<S>(pub S);

impl<S: CredentialStore> KeptCredentials<S> {
	fn children(&self, level: u8, parent: u32) -> Result<[Fr; 4], KeptError<S::Error>> {
		let stored = self.0.children(level, parent).map_err(KeptError::Store)?;
		Ok(stored.unwrap_or_else(|| [empty_credential_node(level); 4]))
	}

	/// Sets a leaf, zero to empty it, and gives the new root.
	///
	/// # Errors
	///
	/// [`TreeError::NoSuchLeaf`] and [`KeptError::Store`]. Where a store fails half-way, the caller takes back what was
	/// stored.
	pub fn set(&mut self, index: u32, leaf: Fr) -> Result<Fr, KeptError<S::Error>> {
		if index >= CAPACITY {
			return Err(KeptError::Tree(TreeError::NoSuchLeaf(index)));
		}
		let (mut node, mut at) = (leaf, index);
		for level in 0..LEVELS as u8 {
			let parent = at >> 2;
			let [a, b, c, d] = self.children(level, parent)?;
			let children = match digit(at) {
				0 => [node, b, c, d],
				1 => [a, node, c, d],
				2 => [a, b, node, d],
				_ => [a, b, c, node],
			};
			self.0.set_children(level, parent, children);
			node = hash4(Domain4::CredentialNode, children);
			at = parent;
		}
		Ok(node)
	}

	/// The root.
	///
	/// # Errors
	///
	/// [`KeptError::Store`].
	pub fn root(&self) -> Result<Fr, KeptError<S::Error>> {
		let top = (LEVELS as u8).saturating_sub(1);
		Ok(hash4(Domain4::CredentialNode, self.children(top, 0)?))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::merkle::SparseTree;
	use proptest::prelude::*;
	use std::{collections::BTreeMap, convert::Infallible};

	#[derive(Default, Debug)]
	struct Map(BTreeMap<(u8, u32), [Fr; 4]>);

	impl CredentialStore for Map {
		type Error = Infallible;

		fn children(&self, level: u8, parent: u32) -> Result<Option<[Fr; 4]>, Infallible> {
			Ok(self.0.get(&(level, parent)).copied())
		}

		fn set_children(&mut self, level: u8, parent: u32, children: [Fr; 4]) {
			self.0.insert((level, parent), children);
		}
	}

	/// As whoever proves keeps it.
	fn sparse() -> SparseTree<LEVELS> {
		SparseTree::new(Domain4::CredentialNode)
	}

	#[test]
	fn an_empty_kept_tree_has_the_root_of_an_empty_tree() {
		assert_eq!(KeptCredentials(Map::default()).root(), Ok(sparse().root()));
	}

	#[test]
	fn setting_fails_beyond_the_tree_and_changes_nothing() {
		let mut kept = KeptCredentials(Map::default());
		let beyond = Err(KeptError::Tree(TreeError::NoSuchLeaf(CAPACITY)));
		assert_eq!(kept.set(CAPACITY, Fr::from(1u64)), beyond);
		assert!(kept.0 .0.is_empty());
	}

	#[test]
	fn a_leaf_that_was_emptied_leaves_the_root_of_before() {
		let mut kept = KeptCredentials(Map::default());
		let before = kept.set(5, Fr::from(1u64)).unwrap();
		assert_ne!(kept.set(6, Fr::from(2u64)), Ok(before));
		assert_eq!(kept.set(6, Fr::from(0u64)), Ok(before));
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(16))]

		#[test]
		fn a_kept_tree_is_the_whole_tree(
			leaves in prop::collection::vec((0..CAPACITY, 0..3u64), 1..12),
		) {
			let (mut kept, mut tree) = (KeptCredentials(Map::default()), sparse());
			for (index, leaf) in leaves {
				let leaf = Fr::from(leaf);
				tree.set(index, leaf).unwrap();
				prop_assert_eq!(kept.set(index, leaf), Ok(tree.root()));
				prop_assert_eq!(kept.root(), Ok(tree.root()));
			}
		}
	}
}
