//! Snapshots of the chain, and the trees that they are of.

use super::{element, place::Place};
use crate::{error::Error, shielded_error::ShieldedError};
use hdx_primitives::PublicInput;
use hdx_sdk::chain::{AtBlock, Chain, ShieldedRoots, ShieldedSnapshot};
use hdx_zk_circuits::{
	domain::Domain4,
	field::as_u128,
	merkle::{ConsentTree, Path, RevocationTree, LEVELS},
	prove::input_to_bytes,
	Fr,
};
use std::time::{Duration, Instant};

/// How long a snapshot is waited for: twice as long as the chain has from one to the next.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked for.
const POLL: Duration = Duration::from_secs(1);
/// Revocations in a word.
const WORD_BITS: u32 = 128;

/// A snapshot that has a consent.
#[derive(Clone, Copy)]
pub struct Snapshot {
	/// Its number.
	pub number: u32,
	/// The last block of which it knows.
	pub block: u32,
	/// The roots of the consent's tree.
	pub roots: ShieldedRoots,
}

impl Snapshot {
	/// The newest one, if it has the consent at this place. Older ones do not have it then either.
	async fn newest(chain: &Chain, place: Place) -> Result<Option<Self>, Error> {
		let block = AtBlock::Hash(chain.block_time(AtBlock::Best).await?.hash);
		let snapshots = chain.shielded_snapshots(block).await?;
		let Some(ShieldedSnapshot { number, block: last, .. }) = snapshots.last().copied() else {
			return Ok(None);
		};
		let roots = chain.shielded_roots(place.tree, number, block).await?;
		let roots = roots.ok().filter(|roots| roots.count > place.index);
		Ok(roots.map(|roots| Self { number, block: last, roots }))
	}

	/// The newest one with the consent at this place. Waits for it where it was appended since the last one.
	pub async fn with(chain: &Chain, place: Place) -> Result<Self, Error> {
		let since = Instant::now();
		loop {
			if let Some(found) = Self::newest(chain, place).await? {
				return Ok(found);
			}
			if since.elapsed() > PATIENCE {
				let (place, seconds) = (place.to_string(), PATIENCE.as_secs());
				return Err(ShieldedError::NoSnapshot { place, seconds }.into());
			}
			tokio::time::sleep(POLL).await;
		}
	}
}

/// A tree, as a node tells it.
#[derive(Default)]
pub struct Rebuilt(ConsentTree);

impl Rebuilt {
	/// Reads what the tree of a snapshot has beyond what was read before.
	pub async fn grow(
		&mut self,
		chain: &Chain,
		tree: u32,
		snapshot: &Snapshot,
	) -> Result<(), Error> {
		let indices = self.0.count()..snapshot.roots.count;
		let leaves = chain.shielded_leaves(tree, indices, AtBlock::Best).await?;
		self.append(&leaves, tree, snapshot)?;
		Ok(())
	}

	fn append(
		&mut self,
		leaves: &[PublicInput],
		tree: u32,
		snapshot: &Snapshot,
	) -> Result<(), ShieldedError> {
		// What is no leaf leads to no root of a chain.
		let leaves: Option<Vec<Fr>> = leaves.iter().map(element::read).collect();
		let leaves = leaves.ok_or_else(|| other_root(tree, snapshot))?;
		if self.0.count() == 0 {
			// Thirty times as fast as one by one.
			self.0 = ConsentTree::of(leaves).map_err(|_| other_root(tree, snapshot))?;
			return Ok(());
		}
		for leaf in leaves {
			self.0.append(leaf).map_err(|_| other_root(tree, snapshot))?;
		}
		Ok(())
	}

	/// The root, and the path of the leaf at a place. Fails where what the node told is not the tree of the snapshot,
	/// or another leaf is there.
	pub fn path(
		&self,
		place: Place,
		leaf: Fr,
		snapshot: &Snapshot,
	) -> Result<(Fr, Path<LEVELS>), ShieldedError> {
		let root = self.0.root();
		if input_to_bytes(&root) != snapshot.roots.consents {
			return Err(other_root(place.tree, snapshot));
		}
		let path = self.0.path(place.index).map_err(|_| other_root(place.tree, snapshot))?;
		if path.root(Domain4::ConsentNode, leaf, place.index) != root {
			let (leaf, place) = (element::Element(leaf).to_string(), place.to_string());
			return Err(ShieldedError::Misplaced { leaf, place });
		}
		Ok((root, path))
	}
}

/// The revocations of a tree, as of a snapshot. Fails where what the node told is not the tree of the snapshot.
pub async fn revocations(
	chain: &Chain,
	tree: u32,
	snapshot: &Snapshot,
) -> Result<RevocationTree, Error> {
	let words = chain.shielded_revocations(tree, AtBlock::Number(snapshot.block)).await?;
	Ok(of_words(&words, tree, snapshot)?)
}

/// Whether the consent at a place is revoked in the best block, as a node says. The node is told the tree alone.
pub async fn is_revoked_by_now(chain: &Chain, place: Place) -> Result<bool, Error> {
	let words = chain.shielded_revocations(place.tree, AtBlock::Best).await?;
	Ok(has_bit(&words, place.index))
}

/// Whether words of revocations have the bit of an index.
fn has_bit(words: &[(u32, PublicInput)], index: u32) -> bool {
	let (leaf, bit) = (index / WORD_BITS, index % WORD_BITS);
	let mut found = words.iter().filter(|(of, _)| *of == leaf);
	found.any(|(_, word)| {
		let bits = element::read(word).and_then(|word| as_u128(&word));
		bits.and_then(|bits| bits.checked_shr(bit)).is_some_and(|bits| bits & 1 == 1)
	})
}

fn of_words(
	words: &[(u32, PublicInput)],
	tree: u32,
	snapshot: &Snapshot,
) -> Result<RevocationTree, ShieldedError> {
	// What is no word of 128 bits leads to no root of a chain.
	let words = words.iter().map(|(leaf, word)| Some((*leaf, as_u128(&element::read(word)?)?)));
	let words = words.collect::<Option<Vec<_>>>().ok_or_else(|| other_root(tree, snapshot))?;
	let found = RevocationTree::of_words(words).map_err(|_| other_root(tree, snapshot))?;
	if input_to_bytes(&found.root()) != snapshot.roots.revocations {
		return Err(other_root(tree, snapshot));
	}
	Ok(found)
}

fn other_root(tree: u32, snapshot: &Snapshot) -> ShieldedError {
	ShieldedError::OtherRoot { tree, snapshot: snapshot.number }
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::Milliseconds;

	/// Leaves, and a snapshot of their tree.
	fn chain(leaves: &[u64]) -> (Vec<PublicInput>, Snapshot) {
		let mut tree = ConsentTree::default();
		let leaves: Vec<_> = leaves.iter().copied().map(Fr::from).collect();
		for leaf in &leaves {
			tree.append(*leaf).unwrap();
		}
		let roots = ShieldedRoots {
			consents: input_to_bytes(&tree.root()),
			revocations: [0; 32],
			count: tree.count(),
			at: Milliseconds(0),
		};
		(leaves.iter().map(input_to_bytes).collect(), Snapshot { number: 7, block: 0, roots })
	}

	fn place(index: u32) -> Place {
		Place { tree: 0, index }
	}

	#[test]
	fn a_tree_that_is_read_bit_by_bit_leads_to_the_root() {
		let (leaves, snapshot) = chain(&[3, 4, 5, 6, 7]);
		for cut in 0..=leaves.len() {
			let (before, after) = leaves.split_at(cut);
			let mut rebuilt = Rebuilt::default();
			rebuilt.append(before, 0, &snapshot).unwrap();
			rebuilt.append(after, 0, &snapshot).unwrap();
			let (root, path) = rebuilt.path(place(1), Fr::from(4u64), &snapshot).unwrap();
			assert_eq!(input_to_bytes(&root), snapshot.roots.consents);
			assert_eq!(path.root(Domain4::ConsentNode, Fr::from(4u64), 1), root);
		}
	}

	#[test]
	fn fails_when_the_node_gives_other_leaves_than_those_of_the_snapshot() {
		let (leaves, snapshot) = chain(&[3, 4, 5]);
		let code = |leaves: &[PublicInput]| {
			let mut rebuilt = Rebuilt::default();
			let appended = rebuilt.append(leaves, 0, &snapshot);
			let found = appended.and_then(|()| rebuilt.path(place(1), Fr::from(4u64), &snapshot));
			found.err().map(|error| error.code())
		};
		assert_eq!(code(&leaves), None);
		let (fewer, _) = chain(&[3, 4]);
		let (other, _) = chain(&[3, 4, 6]);
		let (swapped, _) = chain(&[4, 3, 5]);
		for lie in [&fewer, &other, &swapped, &vec![[0; 32]], &vec![[0xff; 32]], &Vec::new()] {
			assert_eq!(code(lie), Some("other-root"));
		}
	}

	#[test]
	fn fails_when_the_node_gives_other_revocations_than_those_of_the_snapshot() {
		let mut tree = RevocationTree::default();
		tree.revoke(130).unwrap();
		let (_, mut snapshot) = chain(&[3]);
		snapshot.roots.revocations = input_to_bytes(&tree.root());
		let word = |bits: u128| input_to_bytes(&Fr::from(bits));
		let found = of_words(&[(1, word(0b100))], 0, &snapshot).unwrap();
		assert!(found.is_revoked(130) && !found.is_revoked(129));
		for lie in [
			vec![],
			vec![(1, word(0b110))],
			vec![(2, word(0b100))],
			vec![(1, [0xff; 32])],
			vec![(1, input_to_bytes(&-Fr::from(1u64)))],
			vec![(u32::MAX, word(1))],
		] {
			let error = of_words(&lie, 0, &snapshot).err().unwrap();
			assert_eq!(error.code(), "other-root", "{error}");
		}
	}

	#[test]
	fn what_is_revoked_by_now_has_its_bit() {
		let word = |bits: u128| input_to_bytes(&Fr::from(bits));
		let words = [(0, word(1 << 127)), (1, word(0b100)), (2, [0xff; 32])];
		for (index, revoked) in
			[(127, true), (130, true), (0, false), (2, false), (129, false), (256, false)]
		{
			assert_eq!(has_bit(&words, index), revoked, "{index}");
			assert!(!has_bit(&[], index));
		}
	}

	#[test]
	fn fails_when_another_leaf_is_at_the_place() {
		let (leaves, snapshot) = chain(&[3, 4, 5]);
		let mut rebuilt = Rebuilt::default();
		rebuilt.append(&leaves, 0, &snapshot).unwrap();
		for (index, leaf) in [(0, 4u64), (2, 4), (1, 5), (1, 9)] {
			let error = rebuilt.path(place(index), Fr::from(leaf), &snapshot).unwrap_err();
			assert_eq!(error.code(), "misplaced", "{error}");
		}
	}
}
