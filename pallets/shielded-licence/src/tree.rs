//! The tree as it is stored, and the roots about which proofs are made.

use crate::{
	types::{intact, Damaged, KeptRoot},
	Config, Nodes, Pallet, Roots,
};
use core::marker::PhantomData;
use frame_support::{
	traits::{Get, Time},
	BoundedVec,
};
use hdx_primitives::{Milliseconds, PublicInput};
use hdx_zk_circuits::{
	field::{from_bytes, to_bytes},
	merkle::{CredentialStore, KeptCredentials},
	Fr,
};
use sp_runtime::traits::SaturatedConversion;

/// An element that was stored.
pub(crate) fn element(bytes: &PublicInput) -> Result<Fr, Damaged> {
	from_bytes(bytes).ok_or(Damaged)
}

/// The nodes in the storage.
pub(crate) struct Stored<T>(PhantomData<T>);

impl<T: Config> CredentialStore for Stored<T> {
	type Error = Damaged;

	fn children(&self, level: u8, parent: u32) -> Result<Option<[Fr; 4]>, Damaged> {
		let key = (level, parent);
		let Some([a, b, c, d]) = Nodes::<T>::get(key) else {
			return if Nodes::<T>::contains_key(key) { Err(Damaged) } else { Ok(None) };
		};
		Ok(Some([element(&a)?, element(&b)?, element(&c)?, element(&d)?]))
	}

	fn set_children(&mut self, level: u8, parent: u32, children: [Fr; 4]) {
		Nodes::<T>::insert((level, parent), children.map(|child| to_bytes(&child)));
	}
}

impl<T: Config> Pallet<T> {
	/// Now, in milliseconds: the time of this block once it is set, and of the one before until then.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	/// The tree.
	pub(crate) fn tree() -> KeptCredentials<Stored<T>> {
		KeptCredentials(Stored(PhantomData))
	}

	/// The roots that are kept, the oldest first.
	pub(crate) fn roots() -> Result<BoundedVec<KeptRoot, T::MaxRoots>, Damaged> {
		intact(Roots::<T>::get(), Roots::<T>::exists)
	}

	/// Sets a leaf, zero to empty it, and keeps the new root: of the changes of one block the last, as nobody can have proven
	/// anything about the others. Where something fails, the caller takes back what was stored.
	pub(crate) fn set_leaf(place: u32, leaf: Fr) -> Result<PublicInput, Damaged> {
		let root = to_bytes(&Self::tree().set(place, leaf).map_err(|_| Damaged)?);
		let block: u32 = frame_system::Pallet::<T>::block_number().saturated_into();
		let mut roots = Self::roots()?;
		match roots.last_mut().filter(|last| last.block == block) {
			Some(last) => last.root = root,
			None => {
				if roots.is_full() {
					roots.remove(0);
				}
				let kept = KeptRoot { root, block, since: Self::now() };
				// The first has just left, where there was no room.
				roots.try_push(kept).map_err(|_| Damaged)?;
			},
		}
		Roots::<T>::put(roots);
		Ok(root)
	}

	/// Whether proofs about a root count: it is the present one, or was until not long ago. A chain without a licence has
	/// none.
	pub fn root_counts(root: PublicInput) -> bool {
		let Ok(roots) = Self::roots() else { return false };
		let now = Self::now();
		let mut later = roots.iter().skip(1);
		roots.iter().any(|kept| {
			// When the next one took its place; `None` for the present one, about which proofs always count.
			let ended = later.next().map(|next| next.since);
			let is_young =
				ended.is_none_or(|ended| now.0.saturating_sub(ended.0) <= T::MaxRootAge::get().0);
			kept.root == root && is_young
		})
	}
}
