//! The tree of all notes, with a path to each of them, as those who prove keep it.

use super::{Path, SparseTree, TreeError, CAPACITY, LEVELS};
use crate::{domain::Domain4, Fr};
use ark_ff::Zero;

/// All notes, in the order in which they were appended.
#[derive(Clone, Debug)]
pub struct ConsentTree {
	tree: SparseTree<LEVELS>,
	count: u32,
}

impl Default for ConsentTree {
	fn default() -> Self {
		Self { tree: SparseTree::new(Domain4::ConsentNode), count: 0 }
	}
}

impl ConsentTree {
	/// How many leaves were appended.
	pub fn count(&self) -> u32 {
		self.count
	}

	/// Appends a leaf, and gives its index.
	///
	/// # Errors
	///
	/// [`TreeError::EmptyLeaf`] and [`TreeError::Full`].
	pub fn append(&mut self, leaf: Fr) -> Result<u32, TreeError> {
		if leaf.is_zero() {
			return Err(TreeError::EmptyLeaf);
		}
		let index = self.count;
		self.tree.set(index, leaf).map_err(|_| TreeError::Full)?;
		self.count = index.saturating_add(1);
		Ok(index)
	}

	/// The root.
	pub fn root(&self) -> Fr {
		self.tree.root()
	}

	/// The path of the leaf at an index.
	///
	/// # Errors
	///
	/// [`TreeError::NoSuchLeaf`] where nothing was appended yet.
	pub fn path(&self, index: u32) -> Result<Path<LEVELS>, TreeError> {
		if index < self.count.min(CAPACITY) {
			Ok(self.tree.path(index))
		} else {
			Err(TreeError::NoSuchLeaf(index))
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_path_leads_to_the_root() {
		let mut tree = ConsentTree::default();
		let leaves: Vec<Fr> = (1..=23u64).map(Fr::from).collect();
		for (index, leaf) in leaves.iter().enumerate() {
			assert_eq!(tree.append(*leaf), Ok(index as u32));
		}
		for (index, leaf) in (0..).zip(&leaves) {
			let path = tree.path(index).unwrap();
			assert_eq!(path.root(Domain4::ConsentNode, *leaf, index), tree.root());
			assert_ne!(path.root(Domain4::ConsentNode, *leaf, index ^ 1), tree.root());
			assert_ne!(path.root(Domain4::ConsentNode, *leaf + Fr::from(1), index), tree.root());
		}
	}

	#[test]
	fn appending_fails_when_the_leaf_is_zero() {
		assert_eq!(ConsentTree::default().append(Fr::from(0)), Err(TreeError::EmptyLeaf));
	}

	#[test]
	fn a_path_fails_when_nothing_was_appended_there() {
		assert_eq!(ConsentTree::default().path(0), Err(TreeError::NoSuchLeaf(0)));
	}

	#[test]
	fn appending_fails_when_the_tree_is_full() {
		let mut tree = ConsentTree { count: CAPACITY, ..ConsentTree::default() };
		assert_eq!(tree.append(Fr::from(1)), Err(TreeError::Full));
	}
}
