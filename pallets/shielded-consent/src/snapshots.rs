//! Snapshots: the roots about which proofs are made.

use crate::{
	trees::revocations,
	types::{intact, Damaged, KeptRoots, Snapshot, SnapshotRefusal, TreeRoots},
	Changed, Config, Event, Moments, Pallet, Roots,
};
use frame_support::{
	traits::{Get, Time},
	BoundedVec,
};
use hdx_primitives::Milliseconds;
use hdx_zk_circuits::field::to_bytes;

impl<T: Config> Pallet<T> {
	/// Now, in milliseconds: the time of this block once it is set, and of the one before until then.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	/// Keeps the roots of all trees, `block` being the last that counts; tells how many trees changed.
	///
	/// Where it cannot be read what changed, or what there is, none is taken: those there are grow old, and no proof counts
	/// any more. That is how damage ought to show: nothing could be revoked then.
	pub(crate) fn take_snapshot(block: u32) -> u32 {
		if Self::growing().and_then(|tree| tree.frontier()).is_err() {
			return 0;
		}
		let Ok(changed) = intact(Changed::<T>::get(), Changed::<T>::exists) else { return 0 };
		let Ok(mut moments) = intact(Moments::<T>::get(), Moments::<T>::exists) else { return 0 };
		let number = moments.last().map_or(0, |last| last.number.saturating_add(1));
		let count = changed.len() as u32;

		let mut damaged = BoundedVec::<u32, T::MaxTrees>::default();
		for tree in changed {
			if Self::keep_roots(tree, number).is_err() {
				Roots::<T>::remove(tree);
				// There is room: it holds as many as were looked at.
				let _ = damaged.try_push(tree);
				Self::deposit_event(Event::TreeDamaged { tree });
			}
		}
		Changed::<T>::put(damaged);

		if moments.is_full() {
			moments.remove(0);
		}
		// The first has just left.
		let _ = moments.try_push(Snapshot { number, block, at: Self::now() });
		Moments::<T>::put(moments);
		count
	}

	fn keep_roots(tree: u32, number: u32) -> Result<(), Damaged> {
		let (consents, count) = Self::consents_of(tree)?;
		let root = revocations::<T>(tree).root()?;
		let kept = KeptRoots { since: number, consents, revocations: to_bytes(&root), count };
		let mut roots = intact(Roots::<T>::get(tree), || Roots::<T>::contains_key(tree))?;
		// As many as there are snapshots that count: whatever these need is among them.
		if roots.is_full() {
			roots.remove(0);
		}
		roots.try_push(kept).map_err(|_| Damaged)?;
		Roots::<T>::insert(tree, roots);
		Ok(())
	}

	/// The roots of a tree as of a snapshot that counts.
	///
	/// # Errors
	///
	/// Each of [`SnapshotRefusal`].
	pub fn roots_at(tree: u32, snapshot: u32) -> Result<TreeRoots, SnapshotRefusal> {
		let moments = Moments::<T>::get().unwrap_or_default();
		let last = moments.last().ok_or(SnapshotRefusal::Unknown)?;
		if snapshot > last.number {
			return Err(SnapshotRefusal::Unknown);
		}
		let found = moments.iter().find(|moment| moment.number == snapshot);
		let Snapshot { at, .. } =
			*found.filter(|moment| Self::counts(moment)).ok_or(SnapshotRefusal::TooOld)?;
		let roots = Roots::<T>::get(tree).unwrap_or_default();
		let kept = roots.iter().rev().find(|kept| kept.since <= snapshot);
		let KeptRoots { consents, revocations, count, .. } =
			*kept.ok_or(SnapshotRefusal::TreeUnknown)?;
		Ok(TreeRoots { consents, revocations, count, at })
	}

	/// Whether a snapshot is young enough. A chain that stood still has none that is.
	pub(crate) fn counts(snapshot: &Snapshot) -> bool {
		Self::now().0.saturating_sub(snapshot.at.0) <= T::MaxSnapshotAge::get().0
	}
}
