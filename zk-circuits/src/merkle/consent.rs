//! The tree of all notes, with a path to each of them, as those who prove keep it.

use super::{Path, SparseTree, TreeError, CAPACITY, LEVELS};
use crate::{domain::Domain4, Fr};
use alloc::vec::Vec;
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
	/// The tree of these leaves, in their order. It hashes a third as often as there are leaves, where appending them
	/// hashes ten times for each.
	///
	/// # Errors
	///
	/// [`TreeError::EmptyLeaf`] and [`TreeError::Full`].
	pub fn of(leaves: impl IntoIterator<Item = Fr>) -> Result<Self, TreeError> {
		let mut kept = Vec::new();
		for leaf in leaves {
			if leaf.is_zero() {
				return Err(TreeError::EmptyLeaf);
			}
			if kept.len() >= CAPACITY as usize {
				return Err(TreeError::Full);
			}
			kept.push(leaf);
		}
		let count = kept.len() as u32;
		Ok(Self { tree: SparseTree::of(Domain4::ConsentNode, kept), count })
	}

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
	fn a_tree_made_at_once_is_the_one_that_is_appended_to() {
		for count in [0, 1, 3, 4, 5, 16, 17, 70u64] {
			let leaves = (1..=count).map(Fr::from);
			let mut appended = ConsentTree::default();
			for leaf in leaves.clone() {
				appended.append(leaf).unwrap();
			}
			let mut tree = ConsentTree::of(leaves).unwrap();
			assert_eq!((tree.count(), tree.root()), (appended.count(), appended.root()));
			assert_eq!(tree.append(Fr::from(99)), appended.append(Fr::from(99)));
			assert_eq!(tree.root(), appended.root());
			for index in 0..tree.count() {
				assert_eq!(tree.path(index), appended.path(index));
			}
		}
		let empty = ConsentTree::of([Fr::from(1), Fr::from(0)]);
		assert_eq!(empty.err(), Some(TreeError::EmptyLeaf));
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
