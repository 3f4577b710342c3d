//! How long entries stay in state, and how they leave it.

use crate::{
	pallet::{
		BlockLogs, ClockStart, Config, Entries, Error, Event, NextEntryIndex, OldestEntry, Pallet,
		PassedOver, PendingSweep, RetentionPeriod, Reviews,
	},
	weights::pruning,
	OrderedIndex, Sweep,
};
use frame_support::{
	ensure,
	traits::{Get, Time},
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{
	AuditAction, AuditEntry, AuditEvent, EntryIndex, Milliseconds, OnEntryRemoved,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// The time of this block; before its time is set, that of the block before.
	pub(crate) fn now() -> Milliseconds {
		Milliseconds(T::Timestamp::now())
	}

	/// Refuses a window that is out of bounds.
	pub(crate) fn check_retention(period: Milliseconds) -> Result<(), Error<T>> {
		ensure!(period >= T::MinRetention::get(), Error::<T>::RetentionTooShort);
		ensure!(period <= T::MaxRetention::get(), Error::<T>::RetentionTooLong);
		Ok(())
	}

	pub(crate) fn do_set_retention(period: Milliseconds) -> DispatchResult {
		Self::check_retention(period)?;
		RetentionPeriod::<T>::put(period);
		let entry = Self::append(AuditEvent::new(AuditAction::RetentionChanged));
		Self::deposit_event(Event::RetentionSet { period, entry });
		Ok(())
	}

	/// Whether an entry's window is over at `now`. What genesis recorded has no time; its window
	/// begins when the chain's clock does.
	fn is_due(entry: &AuditEntry, now: Milliseconds, period: Milliseconds) -> bool {
		let is_of_genesis = entry.at.0 == 0;
		let since = if is_of_genesis { Self::clock_start(now) } else { entry.at };
		now.0 > 0 && since.saturating_add(period) <= now
	}

	/// The first time that was known here.
	fn clock_start(now: Milliseconds) -> Milliseconds {
		ClockStart::<T>::get().unwrap_or_else(|| {
			if now.0 > 0 {
				ClockStart::<T>::put(now);
			}
			now
		})
	}

	/// Prunes in at most so many steps, and returns how many it took. A step looks at one entry.
	///
	/// What no longer has to be kept, although its turn has passed, gets up to half of them; so
	/// neither can starve the other.
	pub(crate) fn prune(steps: u32) -> u32 {
		let swept = Self::sweep(steps / 2);
		swept.saturating_add(Self::prune_due(steps.saturating_sub(swept)))
	}

	/// Prunes what is due, with what room a block has left, and returns what that weighed.
	pub(crate) fn prune_within(weight: Weight) -> Weight {
		let base = pruning::<T::WeightInfo>(0);
		let each = pruning::<T::WeightInfo>(1).saturating_sub(base);
		let Some(room) = weight.checked_sub(&base) else { return Weight::zero() };
		let steps = room.checked_div_per_component(&each).unwrap_or(0);
		let most = u64::from(T::MaxPrunedOnIdle::get());
		let steps = u32::try_from(steps.min(most)).unwrap_or(u32::MAX);
		pruning::<T::WeightInfo>(Self::prune(steps))
	}

	/// Takes the oldest entries whose window is over: removes them, or passes them over if they are
	/// kept.
	fn prune_due(steps: u32) -> u32 {
		let (now, period) = (Self::now(), RetentionPeriod::<T>::get());
		let first = OldestEntry::<T>::get();
		let end = NextEntryIndex::<T>::get();
		let (mut next, mut kept, mut taken) = (first, 0u32, 0u32);
		while taken < steps && next < end {
			let due = Entries::<T>::get(next).filter(|entry| Self::is_due(entry, now, period));
			let Some(entry) = due else { break };
			if Self::is_kept(&entry) {
				PassedOver::<T>::insert(OrderedIndex::from(next), ());
				kept = kept.saturating_add(1);
			} else {
				Self::remove(&entry);
			}
			Self::drop_log_ending_at(&entry);
			next = EntryIndex(next.0.saturating_add(1));
			taken = taken.saturating_add(1);
		}
		if taken > 0 {
			OldestEntry::<T>::put(next);
			Self::deposit_event(Event::EntriesPruned { first, next, kept });
		}
		taken
	}

	/// Removes a block's log with the block's last entry. The log is in the MMR's leaf for ever.
	fn drop_log_ending_at(entry: &AuditEntry) {
		let block = BlockNumberFor::<T>::from(entry.block);
		let is_last = BlockLogs::<T>::get(block).is_some_and(|log| {
			log.first.0.saturating_add(log.count.into()) == entry.index.0.saturating_add(1)
		});
		if is_last {
			BlockLogs::<T>::remove(block);
		}
	}

	/// Removes an entry and all that hangs on it.
	fn remove(entry: &AuditEntry) {
		Entries::<T>::remove(entry.index);
		Reviews::<T>::remove(entry.index);
		Self::remove_from_indexes(entry.index, &entry.event);
		T::OnEntryRemoved::on_entry_removed(entry);
	}

	/// Has all entries that were passed over looked at again, because some may no longer be kept.
	/// Goes round once more where it is under way, rather than start again: so that nobody who
	/// keeps asking for it can keep it from its end.
	pub(crate) fn look_again() {
		PendingSweep::<T>::mutate(|sweep| match sweep {
			Some(under_way) => under_way.once_more = true,
			None => *sweep = Some(Sweep { next: EntryIndex(0), once_more: false }),
		});
	}

	/// Removes an entry whose turn has passed, if nothing keeps it any more.
	pub(crate) fn look_again_at(index: EntryIndex) {
		let key = OrderedIndex::from(index);
		if !PassedOver::<T>::contains_key(key) {
			return;
		}
		if let Some(entry) = Entries::<T>::get(index).filter(|entry| !Self::is_kept(entry)) {
			PassedOver::<T>::remove(key);
			Self::remove(&entry);
		}
	}

	/// Goes on looking at entries that were passed over.
	fn sweep(steps: u32) -> u32 {
		let Some(mut sweep) = PendingSweep::<T>::get() else { return 0 };
		let mut taken = 0u32;
		while taken < steps {
			taken = taken.saturating_add(1);
			let Some(index) = Self::passed_over_from(sweep.next).next() else {
				if !sweep.once_more {
					PendingSweep::<T>::kill();
					return taken;
				}
				sweep = Sweep { next: EntryIndex(0), once_more: false };
				continue;
			};
			Self::look_again_at(index);
			sweep.next = EntryIndex(index.0.saturating_add(1));
		}
		PendingSweep::<T>::put(sweep);
		taken
	}

	/// The entries that were passed over, from `index` on.
	pub(crate) fn passed_over_from(index: EntryIndex) -> impl Iterator<Item = EntryIndex> {
		let keys = match index.0.checked_sub(1) {
			None => PassedOver::<T>::iter_keys(),
			Some(before) => {
				let key = OrderedIndex::from(EntryIndex(before));
				PassedOver::<T>::iter_keys_from(PassedOver::<T>::hashed_key_for(key))
			},
		};
		keys.map(EntryIndex::from)
	}
}
