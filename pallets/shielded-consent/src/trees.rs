//! The trees as they are stored.

use crate::{
	types::{intact, Damaged, GrowingTree},
	Changed, Config, FullTrees, Growing, Pallet, RevocationNodes,
};
use core::marker::PhantomData;
use frame_support::traits::Get;
use hdx_primitives::PublicInput;
use hdx_zk_circuits::{
	field::{from_bytes, to_bytes},
	merkle::{Frontier, KeptError, KeptRevocations, RevocationStore, CAPACITY},
	Fr,
};

/// An element that was stored.
pub(crate) fn element(bytes: &PublicInput) -> Result<Fr, Damaged> {
	from_bytes(bytes).ok_or(Damaged)
}

impl GrowingTree {
	/// It as it is stored.
	pub(crate) fn of(number: u32, frontier: &Frontier) -> Self {
		let nodes = frontier.nodes().map(|level| level.map(|node| to_bytes(&node)));
		Self { number, count: frontier.count(), nodes }
	}

	/// It as one can append to it.
	pub(crate) fn frontier(&self) -> Result<Frontier, Damaged> {
		let mut nodes = *Frontier::default().nodes();
		let stored = self.nodes.iter().flatten();
		for (node, bytes) in nodes.iter_mut().flatten().zip(stored) {
			*node = element(bytes)?;
		}
		Frontier::restore(self.count, nodes).map_err(|_| Damaged)
	}
}

/// The revocations of a tree.
pub(crate) struct Stored<T> {
	tree: u32,
	runtime: PhantomData<T>,
}

impl<T: Config> RevocationStore for Stored<T> {
	type Error = Damaged;

	fn children(&self, level: u8, parent: u32) -> Result<Option<[Fr; 4]>, Damaged> {
		let key = (level, parent);
		let Some([a, b, c, d]) = RevocationNodes::<T>::get(self.tree, key) else {
			let is_stored = RevocationNodes::<T>::contains_key(self.tree, key);
			return if is_stored { Err(Damaged) } else { Ok(None) };
		};
		Ok(Some([element(&a)?, element(&b)?, element(&c)?, element(&d)?]))
	}

	fn set_children(&mut self, level: u8, parent: u32, children: [Fr; 4]) {
		let children = children.map(|child| to_bytes(&child));
		RevocationNodes::<T>::insert(self.tree, (level, parent), children);
	}
}

impl From<KeptError<Damaged>> for Damaged {
	fn from(_: KeptError<Damaged>) -> Self {
		Self
	}
}

/// The revocations of a tree.
pub(crate) fn revocations<T: Config>(tree: u32) -> KeptRevocations<Stored<T>> {
	KeptRevocations(Stored { tree, runtime: PhantomData })
}

impl<T: Config> Pallet<T> {
	/// The tree that grows.
	pub(crate) fn growing() -> Result<GrowingTree, Damaged> {
		intact(Growing::<T>::get(), Growing::<T>::exists)
	}

	/// How many consents a tree has.
	pub(crate) fn count_of(tree: u32) -> Result<u32, Damaged> {
		let growing = Self::growing()?;
		Ok(match tree.cmp(&growing.number) {
			core::cmp::Ordering::Less => CAPACITY,
			core::cmp::Ordering::Equal => growing.count,
			core::cmp::Ordering::Greater => 0,
		})
	}

	/// The root of a tree's consents, and how many there are.
	pub(crate) fn consents_of(tree: u32) -> Result<(PublicInput, u32), Damaged> {
		let growing = Self::growing()?;
		if tree == growing.number {
			return Ok((to_bytes(&growing.frontier()?.root()), growing.count));
		}
		Ok((FullTrees::<T>::get(tree).ok_or(Damaged)?, CAPACITY))
	}

	/// Has the next snapshot keep the roots of a tree anew.
	pub(crate) fn mark_changed(tree: u32) -> Result<(), Damaged> {
		let mut changed = intact(Changed::<T>::get(), Changed::<T>::exists)?;
		if !changed.contains(&tree) {
			// There are no more trees than fit.
			changed.try_push(tree).map_err(|_| Damaged)?;
			Changed::<T>::put(changed);
		}
		Ok(())
	}

	/// Whether there may be another tree after this one.
	pub(crate) fn next_tree(number: u32) -> Option<u32> {
		number.checked_add(1).filter(|next| *next < T::MaxTrees::get())
	}
}
