//! A tree of which only what is not empty is kept.

use super::{digit, empty::empty_nodes, Path};
use crate::{domain::Domain4, poseidon::hash4, Fr};
use alloc::{collections::BTreeMap, vec::Vec};
use ark_ff::AdditiveGroup;

/// A tree whose leaves can be set in any order, with paths to all of them.
#[derive(Clone, Debug)]
pub struct SparseTree<const LEVELS: usize> {
	domain: Domain4,
	/// By level, the leaves' first, and index.
	nodes: BTreeMap<(usize, u32), Fr>,
	empty: Vec<Fr>,
}

impl<const LEVELS: usize> SparseTree<LEVELS> {
	/// An empty tree whose nodes are hashed in this domain.
	pub fn new(domain: Domain4) -> Self {
		Self { domain, nodes: BTreeMap::new(), empty: empty_nodes(domain, LEVELS) }
	}

	/// A tree of these leaves, from the first on. No more than it has are taken.
	pub fn of(domain: Domain4, leaves: Vec<Fr>) -> Self {
		let mut tree = Self::new(domain);
		let mut level = leaves;
		level.truncate(tree.capacity() as usize);
		if level.is_empty() {
			return tree;
		}
		for height in 0..LEVELS {
			let empty = tree.node(height, u32::MAX);
			let parents = level.chunks(4).map(|family| {
				let child = |place: usize| family.get(place).copied().unwrap_or(empty);
				hash4(domain, [child(0), child(1), child(2), child(3)])
			});
			let parents = parents.collect();
			tree.nodes.extend((0..).zip(&level).map(|(index, node)| ((height, index), *node)));
			level = parents;
		}
		tree.nodes.extend(level.first().map(|root| ((LEVELS, 0), *root)));
		tree
	}

	/// How many leaves there can be.
	pub fn capacity(&self) -> u32 {
		let bits = LEVELS.saturating_mul(2);
		1u32.checked_shl(bits as u32).unwrap_or(u32::MAX)
	}

	fn node(&self, level: usize, index: u32) -> Fr {
		let kept = self.nodes.get(&(level, index)).copied();
		kept.or_else(|| self.empty.get(level).copied()).unwrap_or(Fr::ZERO)
	}

	fn siblings(&self, level: usize, index: u32) -> [Fr; 3] {
		let first = index & !3;
		let others = match digit(index) {
			0 => [1, 2, 3],
			1 => [0, 2, 3],
			2 => [0, 1, 3],
			_ => [0, 1, 2],
		};
		others.map(|place| self.node(level, first | place))
	}

	/// Sets a leaf and the nodes above it.
	///
	/// # Errors
	///
	/// Gives the index back where the tree has no such leaf.
	pub fn set(&mut self, index: u32, leaf: Fr) -> Result<(), u32> {
		if index >= self.capacity() {
			return Err(index);
		}
		let (mut node, mut at) = (leaf, index);
		for level in 0..LEVELS {
			self.nodes.insert((level, at), node);
			let first = at & !3;
			node = hash4(self.domain, [0, 1, 2, 3].map(|place| self.node(level, first | place)));
			at >>= 2;
		}
		self.nodes.insert((LEVELS, 0), node);
		Ok(())
	}

	/// The leaf at an index; zero where nothing was set.
	pub fn leaf(&self, index: u32) -> Fr {
		self.node(0, index)
	}

	/// The root.
	pub fn root(&self) -> Fr {
		self.node(LEVELS, 0)
	}

	/// The path of the leaf at an index.
	pub fn path(&self, index: u32) -> Path<LEVELS> {
		let mut at = index;
		let mut level = 0usize;
		Path([(); LEVELS].map(|()| {
			let siblings = self.siblings(level, at);
			at >>= 2;
			level = level.saturating_add(1);
			siblings
		}))
	}
}
