//! What a chain keeps of a tree that grows: enough to append, and to know the root.

use super::{
	digit,
	empty::{EMPTY_ATTESTATION_NODES, EMPTY_CONSENT_NODES},
	TreeError, CAPACITY, LEVELS,
};
use crate::{domain::Domain4, poseidon::hash4, Fr};
use ark_ff::{AdditiveGroup, Zero};

/// Which tree it is: of what its nodes are hashes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
	Consents,
	Attestations,
}

impl Kind {
	fn domain(self) -> Domain4 {
		match self {
			Self::Consents => Domain4::ConsentNode,
			Self::Attestations => Domain4::AttestationNode,
		}
	}

	fn empty(self) -> &'static [Fr; LEVELS + 1] {
		match self {
			Self::Consents => &EMPTY_CONSENT_NODES,
			Self::Attestations => &EMPTY_ATTESTATION_NODES,
		}
	}
}

/// The right edge of the consent tree, or of the tree of attestations: on each level the nodes that are complete and whose parent
/// is not. The level above all others is for the root of a full tree.
///
/// Appending costs a third of a hash on average, so a batch of n leaves costs about n/3 hashes and
/// the ten of [`Frontier::root`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frontier {
	kind: Kind,
	count: u32,
	complete: [[Fr; 3]; LEVELS + 1],
}

/// Of an empty tree of consents.
impl Default for Frontier {
	fn default() -> Self {
		Self::empty(Kind::Consents)
	}
}

impl Frontier {
	fn empty(kind: Kind) -> Self {
		Self { kind, count: 0, complete: [[Fr::ZERO; 3]; LEVELS + 1] }
	}

	/// Of an empty tree of attestations.
	pub fn of_attestations() -> Self {
		Self::empty(Kind::Attestations)
	}

	/// How many leaves were appended.
	pub fn count(&self) -> u32 {
		self.count
	}

	/// The complete nodes, level by level, with zero where there are none, as a chain stores them.
	pub fn nodes(&self) -> &[[Fr; 3]; LEVELS + 1] {
		&self.complete
	}

	/// What a chain stored of a tree of consents.
	///
	/// # Errors
	///
	/// [`TreeError::Full`] where there cannot be as many leaves.
	pub fn restore(count: u32, nodes: [[Fr; 3]; LEVELS + 1]) -> Result<Self, TreeError> {
		Self::default().restored(count, nodes)
	}

	/// What a chain stored of a tree of this kind.
	///
	/// # Errors
	///
	/// [`TreeError::Full`] where there cannot be as many leaves.
	pub fn restored(self, count: u32, nodes: [[Fr; 3]; LEVELS + 1]) -> Result<Self, TreeError> {
		if count > CAPACITY {
			return Err(TreeError::Full);
		}
		Ok(Self { count, complete: nodes, ..self })
	}

	/// Appends a leaf, and gives its index.
	///
	/// # Errors
	///
	/// [`TreeError::EmptyLeaf`] and [`TreeError::Full`]; nothing is changed then.
	pub fn append(&mut self, leaf: Fr) -> Result<u32, TreeError> {
		if leaf.is_zero() {
			return Err(TreeError::EmptyLeaf);
		}
		let (index, domain) = (self.count, self.kind.domain());
		if index >= CAPACITY {
			return Err(TreeError::Full);
		}
		let (mut node, mut at) = (leaf, index);
		for [a, b, c] in &mut self.complete {
			match digit(at) {
				0 => *a = node,
				1 => *b = node,
				2 => *c = node,
				_ => {
					node = hash4(domain, [*a, *b, *c, node]);
					at >>= 2;
					continue;
				},
			}
			break;
		}
		self.count = index.saturating_add(1);
		Ok(index)
	}

	/// The root, with what was not appended yet taken for empty.
	pub fn root(&self) -> Fr {
		let [.., [full, _, _]] = self.complete;
		if self.count == CAPACITY {
			return full;
		}
		let (mut node, mut at) = (Fr::ZERO, self.count);
		let (domain, empty) = (self.kind.domain(), self.kind.empty());
		for ([a, b, c], empty) in self.complete.iter().zip(empty).take(LEVELS) {
			let children = match digit(at) {
				0 => [node, *empty, *empty, *empty],
				1 => [*a, node, *empty, *empty],
				2 => [*a, *b, node, *empty],
				_ => [*a, *b, *c, node],
			};
			node = hash4(domain, children);
			at >>= 2;
		}
		node
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::merkle::{ConsentTree, SparseTree};

	#[test]
	fn the_frontier_has_the_root_of_the_whole_tree() {
		let (mut frontier, mut tree) = (Frontier::default(), ConsentTree::default());
		assert_eq!(frontier.root(), tree.root());
		for leaf in (1..=70u64).map(Fr::from) {
			assert_eq!(frontier.append(leaf), tree.append(leaf));
			assert_eq!(frontier.root(), tree.root());
		}
	}

	#[test]
	fn the_frontier_of_attestations_has_the_root_of_the_whole_tree() {
		let mut frontier = Frontier::of_attestations();
		let leaves: Vec<Fr> = (1..=22u64).map(Fr::from).collect();
		let root_of = |count: usize| {
			SparseTree::<LEVELS>::of(Domain4::AttestationNode, leaves[..count].to_vec()).root()
		};
		assert_eq!(frontier.root(), root_of(0));
		for (index, leaf) in leaves.iter().enumerate() {
			assert_eq!(frontier.append(*leaf), Ok(index as u32));
			assert_eq!(frontier.root(), root_of(index + 1));
			let restored =
				Frontier::of_attestations().restored(frontier.count(), *frontier.nodes());
			assert_eq!(restored, Ok(frontier.clone()));
		}
		// The same nodes are another tree where they are hashes of something else.
		let of_consents = Frontier::restore(frontier.count(), *frontier.nodes()).unwrap();
		assert_ne!(of_consents.root(), frontier.root());
	}

	#[test]
	fn the_last_leaf_completes_the_root() {
		let nodes = core::array::from_fn(|level| [1u64, 2, 3].map(|n| Fr::from(n + level as u64)));
		let mut frontier = Frontier::restore(CAPACITY - 1, nodes).unwrap();
		let node = nodes[..LEVELS].iter().fold(Fr::from(9u64), |node, [a, b, c]| {
			hash4(Domain4::ConsentNode, [*a, *b, *c, node])
		});
		assert_eq!(frontier.append(Fr::from(9u64)), Ok(CAPACITY - 1));
		assert_eq!(frontier.root(), node);
		assert_eq!(frontier.append(Fr::from(9u64)), Err(TreeError::Full));
	}

	#[test]
	fn appending_fails_when_the_leaf_is_zero() {
		let mut frontier = Frontier::default();
		assert_eq!(frontier.append(Fr::ZERO), Err(TreeError::EmptyLeaf));
		assert_eq!(frontier, Frontier::default());
	}

	#[test]
	fn restoring_fails_when_there_are_more_leaves_than_fit() {
		let nodes = *Frontier::default().nodes();
		assert_eq!(Frontier::restore(CAPACITY + 1, nodes), Err(TreeError::Full));
	}
}
