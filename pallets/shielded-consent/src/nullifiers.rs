//! Nullifiers are kept as long as their snapshots count, and forgotten in what blocks leave idle.

use crate::{Config, Forgotten, Moments, Pallet, UsedNullifiers, WeightInfo};
use frame_support::weights::Weight;

/// Most steps of one block: each forgets a nullifier, or finds that a snapshot has none left.
pub(crate) const MOST_FORGOTTEN: u32 = 256;

impl<T: Config> Pallet<T> {
	/// Forgets nullifiers of snapshots that do not count any more, with as many steps as fit into what remains of a block;
	/// tells what that took.
	///
	/// A proof about such a snapshot is refused for the snapshot, so nothing is lost with its nullifier. Where blocks leave
	/// nothing idle, they wait.
	pub(crate) fn forget_within(remaining: Weight) -> Weight {
		let base = T::WeightInfo::forget_nullifiers(0);
		let each = T::WeightInfo::forget_nullifiers(1).saturating_sub(base);
		if remaining.any_lt(base.saturating_add(each)) {
			return Weight::zero();
		}
		let room = remaining.saturating_sub(base).checked_div_per_component(&each);
		let most = room.and_then(|room| u32::try_from(room).ok()).unwrap_or(u32::MAX);
		T::WeightInfo::forget_nullifiers(Self::forget_nullifiers(most.min(MOST_FORGOTTEN)))
	}

	/// Forgets nullifiers of snapshots that do not count any more, in at most so many steps; tells in how many.
	pub(crate) fn forget_nullifiers(most: u32) -> u32 {
		let moments = Moments::<T>::get();
		let Some(oldest) = moments.as_ref().and_then(|moments| moments.first()) else { return 0 };
		let (before, mut steps) = (Forgotten::<T>::get(), 0u32);
		let mut snapshot = before;
		while snapshot < oldest.number && steps < most {
			let left = most.saturating_sub(steps);
			let gone = UsedNullifiers::<T>::drain_prefix(snapshot).take(left as usize).count();
			steps = steps.saturating_add(gone as u32);
			if steps < most {
				snapshot = snapshot.saturating_add(1);
				steps = steps.saturating_add(1);
			}
		}
		if snapshot != before {
			Forgotten::<T>::put(snapshot);
		}
		steps
	}
}
