//! Nullifiers of emergencies are kept until no proof can be about their day, and forgotten in what blocks leave idle.

use crate::{Config, OldestDay, Pallet, UsedSlots, WeightInfo};
use frame_support::weights::Weight;
use hdx_primitives::{Milliseconds, PublicInput};

/// Milliseconds of a day.
const DAY: u64 = 86_400_000;

/// Most steps of one block: each forgets a nullifier, or finds that a day has none left.
pub(crate) const MOST_FORGOTTEN: u32 = 256;

impl<T: Config> Pallet<T> {
	/// The day of a time, counted from 1970. `None`: there is no such day that a proof could name.
	pub(crate) fn day_of(time: Milliseconds) -> Option<u32> {
		u32::try_from(time.0.checked_div(DAY)?).ok()
	}

	/// Notes that a slot of a day was used.
	pub(crate) fn use_slot(day: u32, nullifier: PublicInput) {
		UsedSlots::<T>::insert(day, nullifier, ());
		// The first proof may be about tomorrow already, and the next one about today.
		if !OldestDay::<T>::exists() {
			OldestDay::<T>::put(day.saturating_sub(1));
		}
	}

	/// Forgets nullifiers, with as many steps as fit into what remains of a block; tells what that took.
	///
	/// A proof about such a day is refused for its time, so nothing is lost with its nullifier. Where blocks leave nothing
	/// idle, they wait.
	pub(crate) fn forget_within(remaining: Weight) -> Weight {
		let base = T::WeightInfo::forget_slots(0);
		let each = T::WeightInfo::forget_slots(1).saturating_sub(base);
		if remaining.any_lt(base.saturating_add(each)) {
			return Weight::zero();
		}
		let room = remaining.saturating_sub(base).checked_div_per_component(&each);
		let most = room.and_then(|room| u32::try_from(room).ok()).unwrap_or(u32::MAX);
		T::WeightInfo::forget_slots(Self::forget_slots(most.min(MOST_FORGOTTEN)))
	}

	/// Forgets the nullifiers of days before yesterday, in at most so many steps; tells in how many. *Now* of a proof is
	/// minutes from the block's time at most, so none is about such a day.
	pub(crate) fn forget_slots(most: u32) -> u32 {
		let Some(before) = OldestDay::<T>::get() else { return 0 };
		let kept = Self::day_of(Self::now()).unwrap_or_default().saturating_sub(1);
		let (mut day, mut steps) = (before, 0u32);
		while day < kept && steps < most {
			let left = most.saturating_sub(steps);
			let gone = UsedSlots::<T>::drain_prefix(day).take(left as usize).count();
			steps = steps.saturating_add(gone as u32);
			if steps < most {
				day = day.saturating_add(1);
				steps = steps.saturating_add(1);
			}
		}
		if day != before {
			OldestDay::<T>::put(day);
		}
		steps
	}
}
