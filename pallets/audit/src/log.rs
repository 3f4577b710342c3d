//! Appending entries and sealing the logs of blocks.

use crate::{
	pallet::{BlockLogs, Config, CurrentLog, Entries, Event, NextEntryIndex, Pallet},
	RunningLog,
};
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{AuditEntry, AuditEvent, AuditSink, BlockLog, EntryIndex};
use sp_runtime::traits::{Saturating, UniqueSaturatedInto};

impl<T: Config> Pallet<T> {
	/// What a block added to the log. `None` where it added nothing, or is not sealed yet.
	pub fn log_of(block: BlockNumberFor<T>) -> Option<BlockLog> {
		BlockLogs::<T>::get(block)
	}

	/// What the parent of the block that is being built added to the log.
	pub fn log_of_parent() -> BlockLog {
		let now = frame_system::Pallet::<T>::block_number();
		let running = Self::running_log(now);
		let parent = now.saturating_sub(1u32.into());
		let unused =
			|| BlockLog::empty(running.map_or_else(NextEntryIndex::<T>::get, |log| log.first));
		BlockLogs::<T>::get(parent).unwrap_or_else(unused)
	}

	/// Appends an entry.
	pub(crate) fn append(event: AuditEvent) -> EntryIndex {
		let index = NextEntryIndex::<T>::get();
		let block = frame_system::Pallet::<T>::block_number();
		let mut log = Self::running_log(block).unwrap_or_else(|| RunningLog::new(block, index));

		Self::add_to_indexes(index, &event);
		let entry =
			AuditEntry { index, at: Self::now(), block: block.unique_saturated_into(), event };
		log.push(entry.leaf_hash());
		CurrentLog::<T>::put(log);
		Entries::<T>::insert(index, entry);
		NextEntryIndex::<T>::put(EntryIndex(index.0.saturating_add(1)));
		Self::deposit_event(Event::EntryRecorded { index });
		index
	}

	/// The running log, if it is block `now`'s. An older one is sealed first: no block ends
	/// before block 1 begins, so what the genesis state recorded is left to its successor.
	fn running_log(now: BlockNumberFor<T>) -> Option<RunningLog<BlockNumberFor<T>>> {
		let log = CurrentLog::<T>::get()?;
		if log.block < now {
			CurrentLog::<T>::kill();
			Self::seal(log);
			return None;
		}
		Some(log)
	}

	pub(crate) fn seal(log: RunningLog<BlockNumberFor<T>>) {
		BlockLogs::<T>::insert(log.block, log.seal());
	}
}

impl<T: Config> AuditSink for Pallet<T> {
	fn record(event: AuditEvent) -> EntryIndex {
		let index = Self::append(event.clone());
		Self::observe(&event);
		index
	}
}
