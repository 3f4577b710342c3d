//! What always holds.

use crate::{
	pallet::{
		BlockLogs, CurrentLog, Entries, EntriesOfActor, EntriesOfPatient, EntryCountOfActor,
		EntryCountOfPatient, NextEntryIndex,
	},
	Config, Pallet, RunningLog,
};
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{AccountId, AuditEntry, BlockLog, EntryIndex};
use sp_runtime::{
	traits::{SaturatedConversion, UniqueSaturatedInto},
	TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Checks that
	///
	/// - entries are counted from zero without gaps, each under its own index;
	/// - an account's index holds as many entries as its count says, oldest first, each of which
	///   names the account, and every entry is in the indexes of the accounts that it names;
	/// - the logs of the blocks follow each other without gaps and overlaps up to the last entry,
	///   their entries name the block, and their roots are those of their entries;
	/// - a running log, where there is one, is the log of the current block.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::entries_have_no_gaps()?;
		Self::patient_index_is_complete()?;
		Self::actor_index_is_complete()?;
		Self::logs_cover_all_entries()
	}

	fn entries_have_no_gaps() -> Result<(), TryRuntimeError> {
		let next = NextEntryIndex::<T>::get();
		let mut stored = 0u64;
		for (index, entry) in Entries::<T>::iter() {
			ensure!(entry.index == index, "an entry is stored under another's index");
			ensure!(index < next, "an entry lies beyond the end of the log");
			stored = stored.saturating_add(1);
		}
		ensure!(stored == next.0, "an entry is missing");
		Ok(())
	}

	fn patient_index_is_complete() -> Result<(), TryRuntimeError> {
		let mut indexed = 0u64;
		for (patient, count) in EntryCountOfPatient::<T>::iter() {
			let list = (0..count).map(|nth| EntriesOfPatient::<T>::get(&patient, nth));
			Self::list_is_ordered(list, |entry| entry.event.patient.as_ref() == Some(&patient))?;
			indexed = indexed.saturating_add(count.into());
		}
		let stored = EntriesOfPatient::<T>::iter().count().saturated_into::<u64>();
		ensure!(stored == indexed, "a patient's index holds more than its count says");
		ensure!(
			indexed == Self::entries_naming(|entry| entry.event.patient.as_ref()),
			"an entry is missing from its patient's index"
		);
		Ok(())
	}

	fn actor_index_is_complete() -> Result<(), TryRuntimeError> {
		let mut indexed = 0u64;
		for (actor, count) in EntryCountOfActor::<T>::iter() {
			let list = (0..count).map(|nth| EntriesOfActor::<T>::get(&actor, nth));
			Self::list_is_ordered(list, |entry| entry.event.actor.as_ref() == Some(&actor))?;
			indexed = indexed.saturating_add(count.into());
		}
		let stored = EntriesOfActor::<T>::iter().count().saturated_into::<u64>();
		ensure!(stored == indexed, "an actor's index holds more than its count says");
		ensure!(
			indexed == Self::entries_naming(|entry| entry.event.actor.as_ref()),
			"an entry is missing from its actor's index"
		);
		Ok(())
	}

	fn list_is_ordered(
		list: impl Iterator<Item = Option<EntryIndex>>,
		belongs: impl Fn(&AuditEntry) -> bool,
	) -> Result<(), TryRuntimeError> {
		let mut last = None;
		for index in list {
			let index = index.ok_or("an account's index has a gap")?;
			ensure!(last < Some(index), "an account's index is out of order");
			let entry = Entries::<T>::get(index).ok_or("an account's index names no entry")?;
			ensure!(belongs(&entry), "an account's index names another's entry");
			last = Some(index);
		}
		Ok(())
	}

	fn entries_naming(account: impl Fn(&AuditEntry) -> Option<&AccountId>) -> u64 {
		Entries::<T>::iter_values().filter(|entry| account(entry).is_some()).count() as u64
	}

	fn logs_cover_all_entries() -> Result<(), TryRuntimeError> {
		let now = frame_system::Pallet::<T>::block_number();
		let mut covered = 0u64;
		for (block, log) in BlockLogs::<T>::iter() {
			ensure!(log.count > 0, "a block without entries has a log");
			Self::log_matches_entries(block, &log)?;
			covered = covered.saturating_add(log.count.into());
		}
		if let Some(running) = CurrentLog::<T>::get() {
			ensure!(running.block <= now, "the running log is of a block to come");
			ensure!(running.count > 0, "the running log has no entries");
			ensure!(
				!BlockLogs::<T>::contains_key(running.block),
				"the running log is sealed already"
			);
			Self::log_matches_entries(running.block, &running.seal())?;
			covered = covered.saturating_add(running.count.into());
		}
		// Each entry names one block, so logs cannot overlap: equal numbers mean full coverage.
		ensure!(covered == NextEntryIndex::<T>::get().0, "an entry is in no block's log");
		Ok(())
	}

	fn log_matches_entries(
		block: BlockNumberFor<T>,
		log: &BlockLog,
	) -> Result<(), TryRuntimeError> {
		let number: u32 = block.unique_saturated_into();
		let mut again = RunningLog::new(block, log.first);
		for offset in 0..log.count {
			let index = EntryIndex(log.first.0.saturating_add(offset.into()));
			let entry = Entries::<T>::get(index).ok_or("a block's log names no entry")?;
			ensure!(entry.block == number, "a block's log names another block's entry");
			again.push(entry.leaf_hash());
		}
		ensure!(again.seal() == *log, "a block's root is not that of its entries");
		Ok(())
	}
}
