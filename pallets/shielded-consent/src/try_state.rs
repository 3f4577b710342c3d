//! What must hold after every block.

use crate::{
	tags::tag_of,
	trees::{element, revocations},
	types::{intact, Damaged, KeptRoots, Snapshot},
	Categories, Changed, Config, Forgotten, FullTrees, Leaves, Moments, Pallet, Places,
	ProviderTags, RevocationNodes, Roots, TagHolders, UsedNullifiers,
};
use alloc::{collections::btree_map::BTreeMap, vec::Vec};
use frame_support::{ensure, traits::Get};
use hdx_primitives::{PublicInput, ShieldedIndex};
use hdx_zk_circuits::{
	field::{as_u128, to_bytes},
	merkle::{Frontier, KeptRevocations, RevocationStore, CAPACITY, WORD_BITS},
	note::CATEGORY_BITS,
	Fr,
};
use sp_runtime::TryRuntimeError;

/// Words that the children of one node hold.
const CHILDREN: u32 = 4;

/// A tree of revocations in memory.
#[derive(Default)]
struct Nodes(BTreeMap<(u8, u32), [PublicInput; 4]>);

impl RevocationStore for Nodes {
	type Error = Damaged;

	fn children(&self, level: u8, parent: u32) -> Result<Option<[Fr; 4]>, Damaged> {
		let Some([a, b, c, d]) = self.0.get(&(level, parent)) else { return Ok(None) };
		Ok(Some([element(a)?, element(b)?, element(c)?, element(d)?]))
	}

	fn set_children(&mut self, level: u8, parent: u32, children: [Fr; 4]) {
		self.0.insert((level, parent), children.map(|child| to_bytes(&child)));
	}
}

impl From<Damaged> for TryRuntimeError {
	fn from(_: Damaged) -> Self {
		"what is stored of the trees cannot be read".into()
	}
}

impl<T: Config> Pallet<T> {
	/// Checks that each tree is the one of its leaves and its revocations, that no leaf is there twice, and that the
	/// snapshots that count have the roots of all trees.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let growing = Self::growing()?;
		ensure!(growing.number < T::MaxTrees::get(), "there are too many trees");
		let mut leaves = 0usize;
		for number in 0..=growing.number {
			let tree = Self::rebuilt(number)?;
			let (root, count) = Self::consents_of(number)?;
			ensure!(tree.count() == count, "a tree does not have its leaves");
			ensure!(to_bytes(&tree.root()) == root, "a tree has the root of another one");
			let full = (count == CAPACITY).then_some(root);
			ensure!(FullTrees::<T>::get(number) == full, "a tree is full that is not, or is not");
			leaves = leaves.saturating_add(count as usize);
			Self::try_state_revocations(number, count)?;
		}
		ensure!(Leaves::<T>::iter_keys().count() == leaves, "a leaf has no tree");
		ensure!(Places::<T>::iter_keys().count() == leaves, "a place has no leaf");
		let last = growing.number;
		ensure!(FullTrees::<T>::iter_keys().all(|tree| tree <= last), "a tree came too early");
		ensure!(
			RevocationNodes::<T>::iter_keys().all(|(tree, _)| tree <= last),
			"a revocation has no tree"
		);
		Self::try_state_snapshots(last)?;
		Self::try_state_access()
	}

	/// Each tag is of one practitioner, each place of one class, and nullifiers are numbers of snapshots that were taken and
	/// not forgotten.
	fn try_state_access() -> Result<(), TryRuntimeError> {
		for (provider, tag) in ProviderTags::<T>::iter() {
			ensure!(tag_of(&tag).is_some(), "a tag is no number, or zero");
			let is_theirs = TagHolders::<T>::get(tag) == Some(provider);
			ensure!(is_theirs, "a practitioner has somebody else's tag");
		}
		let mut places: Vec<u8> = Categories::<T>::iter_values().collect();
		places.sort_unstable();
		let in_order = places.iter().enumerate().all(|(nth, place)| nth == usize::from(*place));
		ensure!(in_order, "two classes share a category, or a category has no class");
		ensure!(places.len() <= CATEGORY_BITS, "there are more categories than consents can name");
		let counted = usize::try_from(Categories::<T>::count()).unwrap_or(usize::MAX);
		ensure!(places.len() == counted, "the count of categories is wrong");

		let moments = intact(Moments::<T>::get(), Moments::<T>::exists)?;
		let first = moments.first().map_or(0, |moment| moment.number);
		let forgotten = Forgotten::<T>::get();
		ensure!(forgotten <= first, "nullifiers of a snapshot that counts were forgotten");
		let latest = moments.last().map(|moment| moment.number);
		for (snapshot, nullifier) in UsedNullifiers::<T>::iter_keys() {
			ensure!(snapshot >= forgotten, "a nullifier was passed over");
			ensure!(Some(snapshot) <= latest, "a nullifier is of a snapshot to come");
			ensure!(element(&nullifier).is_ok(), "a nullifier is no number");
		}
		Ok(())
	}

	/// A tree, from its leaves.
	fn rebuilt(number: u32) -> Result<Frontier, TryRuntimeError> {
		let mut tree = Frontier::default();
		while let Some(bytes) = Leaves::<T>::get(number, tree.count()) {
			let place = ShieldedIndex { tree: number, leaf: tree.count() };
			ensure!(Places::<T>::get(bytes) == Some(place), "a leaf is not where it is said to be");
			tree.append(element(&bytes)?).map_err(|_| "a leaf is empty, or one too many")?;
		}
		Ok(tree)
	}

	/// The nodes have to be those that the bits of the words lead to, on every level.
	fn try_state_revocations(number: u32, count: u32) -> Result<(), TryRuntimeError> {
		let mut stored = BTreeMap::new();
		let mut tree = KeptRevocations(Nodes::default());
		for ((level, parent), children) in RevocationNodes::<T>::iter_prefix(number) {
			stored.insert((level, parent), children);
			if level != 0 {
				continue;
			}
			for (child, bytes) in (0..).zip(&children) {
				let word = as_u128(&element(bytes)?).ok_or(Damaged)?;
				let first = parent
					.saturating_mul(CHILDREN)
					.saturating_add(child)
					.saturating_mul(WORD_BITS as u32);
				let set = (0..WORD_BITS as u32).filter(|place| (word >> place) & 1 == 1);
				for place in set {
					let index = first.saturating_add(place);
					ensure!(index < count, "a consent is revoked that was never given");
					tree.revoke(index).map_err(|_| "a revocation is beyond the tree")?;
				}
			}
		}
		ensure!(stored == tree.0 .0, "revocations do not have their nodes");
		Ok(())
	}

	fn try_state_snapshots(last_tree: u32) -> Result<(), TryRuntimeError> {
		let moments = intact(Moments::<T>::get(), Moments::<T>::exists)?;
		let follows = |one: &Snapshot, other: &Snapshot| {
			one.number.checked_add(1) == Some(other.number)
				&& one.block < other.block
				&& one.at <= other.at
		};
		let mut pairs = moments.iter().zip(moments.iter().skip(1));
		ensure!(pairs.all(|(one, other)| follows(one, other)), "snapshots are out of order");
		let latest = moments.last().map(|moment| moment.number);
		let changed = intact(Changed::<T>::get(), Changed::<T>::exists)?;
		ensure!(changed.iter().all(|tree| *tree <= last_tree), "a tree changed that is none");

		let mut kept = BTreeMap::new();
		for (tree, roots) in Roots::<T>::iter() {
			let mut pairs = roots.iter().zip(roots.iter().skip(1));
			ensure!(
				pairs.all(|(one, other)| one.since < other.since && one.count <= other.count),
				"roots are out of order"
			);
			let newest = *roots.last().ok_or("roots are none")?;
			ensure!(Some(newest.since) <= latest, "roots are of a snapshot to come");
			kept.insert(tree, newest);
		}
		for tree in 0..=last_tree {
			let (consents, count) = Self::consents_of(tree)?;
			if count == 0 || changed.contains(&tree) {
				continue;
			}
			let root = revocations::<T>(tree).root().map_err(Damaged::from)?;
			let newest = kept.get(&tree).ok_or("a tree has no roots")?;
			let KeptRoots { since, .. } = *newest;
			let now = KeptRoots { since, consents, revocations: to_bytes(&root), count };
			ensure!(*newest == now, "the roots of a tree are not what it has");
		}
		ensure!(kept.keys().all(|tree| *tree <= last_tree), "roots have no tree");
		Ok(())
	}
}
