//! What always holds.

mod oversight;

use crate::{
	index::{actor_of, institution_of},
	pallet::{
		BlockLogs, CaseHolds, CurrentLog, Entries, EntriesOfActor, EntriesOfInstitution,
		EntriesOfPatient, Holds, NextEntryIndex, NextHoldId, OldestEntry, PassedOver, PatientHolds,
		PendingSweep, RetentionPeriod,
	},
	Config, HoldScope, OrderedIndex, Pallet, RunningLog,
};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use hdx_primitives::{BlockLog, EntryIndex};
use sp_runtime::{
	traits::{SaturatedConversion, UniqueSaturatedInto},
	TryRuntimeError,
};

impl<T: Config> Pallet<T> {
	/// Checks that
	///
	/// - from the oldest entry to the end of the log all entries are in state, each under its own
	///   index, and before it those that were passed over;
	/// - each entry is in the indexes of the patient, the actor and the institution that it names,
	///   and in no others;
	/// - the logs of the blocks follow each other without gaps and overlaps up to the last entry,
	///   their entries name the block, and their roots are those of their entries;
	/// - a running log, where there is one, is the log of the current block;
	/// - the window is within its bounds;
	/// - each patient's and each entry's holds are counted, and there are not too many;
	/// - what was passed over is kept by something, or about to be looked at;
	/// - reviews are counted, listed and have their deadlines;
	/// - what raises alerts is within its bounds, and the window of the counts ends in time;
	/// - what is counted of a window fits what is remembered of it.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::entries_are_complete()?;
		Self::indexes_are_complete()?;
		Self::logs_cover_all_entries()?;
		Self::window_is_within_bounds()?;
		Self::holds_are_counted()?;
		Self::what_was_passed_over_is_kept()?;
		Self::reviews_are_consistent()?;
		Self::monitoring_is_within_bounds()?;
		Self::counts_are_consistent()
	}

	fn entries_are_complete() -> Result<(), TryRuntimeError> {
		let (oldest, next) = (OldestEntry::<T>::get(), NextEntryIndex::<T>::get());
		ensure!(oldest <= next, "the oldest entry lies beyond the end of the log");
		let mut in_window = 0u64;
		for (index, entry) in Entries::<T>::iter() {
			ensure!(entry.index == index, "an entry is stored under another's index");
			ensure!(index < next, "an entry lies beyond the end of the log");
			if index >= oldest {
				in_window = in_window.saturating_add(1);
			} else {
				let is_kept = PassedOver::<T>::contains_key(OrderedIndex::from(index));
				ensure!(is_kept, "an entry is in state although it was pruned");
			}
		}
		ensure!(in_window == next.0.saturating_sub(oldest.0), "an entry is missing");
		Ok(())
	}

	fn indexes_are_complete() -> Result<(), TryRuntimeError> {
		let (mut patients, mut actors, mut institutions) = (0u64, 0u64, 0u64);
		for (index, entry) in Entries::<T>::iter() {
			let key = OrderedIndex::from(index);
			if let Some(patient) = &entry.event.patient {
				let is_found = EntriesOfPatient::<T>::contains_key(patient, key);
				ensure!(is_found, "an entry is missing from its patient's index");
				patients = patients.saturating_add(1);
			}
			if let Some(actor) = actor_of(&entry.event) {
				let is_found = EntriesOfActor::<T>::contains_key(actor, key);
				ensure!(is_found, "an entry is missing from its actor's index");
				actors = actors.saturating_add(1);
			}
			if let Some(institution) = institution_of(&entry.event) {
				let is_found = EntriesOfInstitution::<T>::contains_key(institution, key);
				ensure!(is_found, "an entry is missing from its institution's index");
				institutions = institutions.saturating_add(1);
			}
		}
		let of_patients = EntriesOfPatient::<T>::iter_keys().count().saturated_into::<u64>();
		ensure!(of_patients == patients, "a patient's index names an entry that is not theirs");
		let of_actors = EntriesOfActor::<T>::iter_keys().count().saturated_into::<u64>();
		ensure!(of_actors == actors, "an actor's index names an entry that is not theirs");
		let of_institutions =
			EntriesOfInstitution::<T>::iter_keys().count().saturated_into::<u64>();
		ensure!(
			of_institutions == institutions,
			"an institution's index names an entry that is not its own"
		);
		Ok(())
	}

	fn logs_cover_all_entries() -> Result<(), TryRuntimeError> {
		let now = frame_system::Pallet::<T>::block_number();
		let oldest = OldestEntry::<T>::get();
		let next = NextEntryIndex::<T>::get();
		let mut logs: BTreeMap<EntryIndex, u32> = BTreeMap::new();
		for (block, log) in BlockLogs::<T>::iter() {
			ensure!(log.count > 0, "a block without entries has a log");
			let end = log.first.0.saturating_add(log.count.into());
			ensure!(end > oldest.0, "a block has a log although all its entries had their turn");
			Self::log_matches_entries(block, &log)?;
			logs.insert(log.first, log.count);
		}
		if let Some(running) = CurrentLog::<T>::get() {
			ensure!(running.block <= now, "the running log is of a block to come");
			ensure!(running.count > 0, "the running log has no entries");
			ensure!(
				!BlockLogs::<T>::contains_key(running.block),
				"the running log is sealed already"
			);
			Self::log_matches_entries(running.block, &running.seal())?;
			logs.insert(running.first, running.count);
		}
		let mut covered = logs.keys().next().copied().unwrap_or(next);
		ensure!(covered <= oldest, "an entry is in no block's log");
		for (first, count) in logs {
			ensure!(first == covered, "an entry is in no block's log");
			covered = EntryIndex(covered.0.saturating_add(count.into()));
		}
		ensure!(covered == next, "an entry is in no block's log");
		Ok(())
	}

	/// Where entries of the block had their turn already, the root cannot be computed again.
	fn log_matches_entries(
		block: BlockNumberFor<T>,
		log: &BlockLog,
	) -> Result<(), TryRuntimeError> {
		let number: u32 = block.unique_saturated_into();
		let oldest = OldestEntry::<T>::get();
		let mut again = RunningLog::new(block, log.first);
		for offset in 0..log.count {
			let index = EntryIndex(log.first.0.saturating_add(offset.into()));
			if index < oldest {
				continue;
			}
			let entry = Entries::<T>::get(index).ok_or("a block's log names no entry")?;
			ensure!(entry.block == number, "a block's log names another block's entry");
			again.push(entry.leaf_hash());
		}
		let is_whole = log.first >= oldest;
		ensure!(!is_whole || again.seal() == *log, "a block's root is not that of its entries");
		Ok(())
	}

	fn window_is_within_bounds() -> Result<(), TryRuntimeError> {
		let period = RetentionPeriod::<T>::get();
		ensure!(period >= T::MinRetention::get(), "entries stay in state too short");
		ensure!(period <= T::MaxRetention::get(), "entries stay in state too long");
		Ok(())
	}

	fn holds_are_counted() -> Result<(), TryRuntimeError> {
		ensure!(Holds::<T>::count() <= T::MaxHolds::get(), "there are too many holds");
		let mut patients = BTreeMap::new();
		let mut entries = BTreeMap::new();
		for (id, hold) in Holds::<T>::iter() {
			ensure!(id.0 < NextHoldId::<T>::get(), "a hold has a number that is not given out");
			match hold.scope {
				HoldScope::Patient(patient) => {
					let count: &mut u32 = patients.entry(patient).or_default();
					*count = count.saturating_add(1);
				},
				HoldScope::Case(case) => {
					for index in case {
						let count: &mut u32 = entries.entry(index).or_default();
						*count = count.saturating_add(1);
						let is_there = Entries::<T>::contains_key(index);
						ensure!(is_there, "an entry is gone although it is held");
					}
				},
			}
		}
		let counted: BTreeMap<_, _> = PatientHolds::<T>::iter().collect();
		ensure!(counted == patients, "the holds on a patient are not counted right");
		let counted: BTreeMap<_, _> = CaseHolds::<T>::iter().collect();
		ensure!(counted == entries, "the holds on an entry are not counted right");
		Ok(())
	}

	fn what_was_passed_over_is_kept() -> Result<(), TryRuntimeError> {
		for index in PassedOver::<T>::iter_keys().map(EntryIndex::from) {
			ensure!(index < OldestEntry::<T>::get(), "an entry was passed over before its turn");
			let entry = Entries::<T>::get(index).ok_or("an entry that was kept is missing")?;
			let is_looked_for = PendingSweep::<T>::get()
				.is_some_and(|sweep| sweep.once_more || sweep.next <= index);
			ensure!(
				Self::is_kept(&entry) || is_looked_for,
				"an entry is in state although nothing keeps it"
			);
		}
		Ok(())
	}
}
