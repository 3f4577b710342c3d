//! The way from a leaf to the root.

use super::digit;
use crate::{domain::Domain4, poseidon::hash4, Fr};
use ark_ff::AdditiveGroup;
use zeroize::Zeroize;

/// On each level, from the leaf's upwards, the three other children of the parent, in their order.
#[derive(Clone, PartialEq, Eq, Debug, Zeroize)]
pub struct Path<const LEVELS: usize>(pub [[Fr; 3]; LEVELS]);

impl<const LEVELS: usize> Default for Path<LEVELS> {
	fn default() -> Self {
		Self([[Fr::ZERO; 3]; LEVELS])
	}
}

impl<const LEVELS: usize> Path<LEVELS> {
	/// The four children of each parent, and the root.
	pub(crate) fn climb(&self, domain: Domain4, leaf: Fr, index: u32) -> ([[Fr; 4]; LEVELS], Fr) {
		let (mut node, mut index) = (leaf, index);
		let families = self.0.map(|[a, b, c]| {
			let children = match digit(index) {
				0 => [node, a, b, c],
				1 => [a, node, b, c],
				2 => [a, b, node, c],
				_ => [a, b, c, node],
			};
			node = hash4(domain, children);
			index >>= 2;
			children
		});
		(families, node)
	}

	/// The root that this path leads to from a leaf at an index.
	pub fn root(&self, domain: Domain4, leaf: Fr, index: u32) -> Fr {
		self.climb(domain, leaf, index).1
	}
}
