//! What the log costs.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights that this pallet needs.
pub trait WeightInfo {
	/// Recording an entry that has an actor, a patient and an institution, and counts for both in a
	/// new window. The pallet that reports it pays, within the weight of its own call. The alerts
	/// that an entry may raise are left out: each is raised once in a window.
	fn record() -> Weight;
	/// Sealing the log of a block, whatever the number of its entries.
	fn seal() -> Weight;
	/// Pruning so many entries whose window is over. See [`pruning`].
	fn prune(entries: u32) -> Weight;
	/// Pruning so many entries that were passed over and are kept no more. See [`pruning`].
	fn sweep(entries: u32) -> Weight;
	/// Setting the window.
	fn set_retention() -> Weight;
	/// Placing a hold on so many entries.
	fn place_hold(entries: u32) -> Weight;
	/// Releasing a hold on so many entries, all of which are pruned.
	fn release_hold(entries: u32) -> Weight;
	/// Keeping so many deadlines of reviews.
	fn keep_deadlines(deadlines: u32) -> Weight;
	/// Forgetting so many counts of windows that are over.
	fn forget_windows(counts: u32) -> Weight;
	/// Asking for a review.
	fn request_review() -> Weight;
	/// Answering a review.
	fn answer_review() -> Weight;
	/// Taking a review to governance.
	fn escalate_review() -> Weight;
	/// Withdrawing a review of an entry whose turn has passed.
	fn withdraw_review() -> Weight;
	/// Deciding a review of an entry whose turn has passed.
	fn decide_review() -> Weight;
	/// Setting the times of reviews.
	fn set_review_terms() -> Weight;
	/// Setting what raises alerts.
	fn set_monitoring() -> Weight;
}

/// The cost of pruning in so many steps, of which each looks at an entry whose window is over or at one
/// that was passed over: no more than if all were of the kind that costs more.
pub fn pruning<W: WeightInfo>(steps: u32) -> Weight {
	let (prune, sweep) = (W::prune(0), W::sweep(0));
	let each = W::prune(1).saturating_sub(prune).max(W::sweep(1).saturating_sub(sweep));
	prune.saturating_add(sweep).saturating_add(each.saturating_mul(steps.into()))
}

/// Time and proof size besides the reads and writes, set high (a few hashes of short inputs).
const BASE: Weight = Weight::from_parts(60_000_000, 16_384);
/// The same for each further entry that is touched.
const EACH: Weight = Weight::from_parts(20_000_000, 4_096);

/// UNMEASURED: these are not benchmark results. They count storage reads and writes and add a
/// generous base, so that a chain can run before this runtime is measured. Replace them with the
/// output of the benchmarks before anybody relies on a block's capacity.
pub struct PlaceholderWeight<T>(PhantomData<T>);

/// So many entries that are touched with these reads and writes each.
fn entries<T: frame_system::Config>(count: u32, reads: u64, writes: u64) -> Weight {
	EACH.saturating_add(T::DbWeight::get().reads_writes(reads, writes)).saturating_mul(count.into())
}

impl<T: frame_system::Config> WeightInfo for PlaceholderWeight<T> {
	// Reads: next index, running log, time, event count, block number, event list; what raises
	// alerts, window; of actor and institution counts and whether the patient is new.
	// Writes: next index, running log, entry, three indexes, event count, event list; window; of
	// actor and institution counts, the patient, and an alert with its indexes. That one event
	// raises more alerts than that is left out: it can happen once in a window.
	fn record() -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(12, 19))
	}

	// Reads: running log, next index, the block's log. Writes: running log, the block's log.
	fn seal() -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(3, 2))
	}

	// Reads: time, period, oldest, next index, clock start; for each the entry, two holds, its review,
	// the block's log. Writes: oldest, clock start, events; for each entry, review, three indexes, the
	// block's log, and what hangs on it elsewhere.
	fn prune(count: u32) -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(7, 4))
			.saturating_add(entries::<T>(count, 6, 7))
	}

	// Reads: sweep; for each the key, that it was passed over, the entry, two holds, its review.
	// Writes: sweep; for each entry, review, three indexes, that it was passed over, and what hangs on
	// it elsewhere.
	fn sweep(count: u32) -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(1, 1))
			.saturating_add(entries::<T>(count, 6, 7))
	}

	// The period, and an entry.
	fn set_retention() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(0, 1))
	}

	// Number of holds, next number, patient, the hold, and an entry; for each entry that it is
	// there, and its count.
	fn place_hold(count: u32) -> Weight {
		Self::record()
			.saturating_add(T::DbWeight::get().reads_writes(4, 4))
			.saturating_add(entries::<T>(count, 2, 1))
	}

	// The hold, number of holds, patient, sweep, and an entry; for each entry its count, and what
	// pruning it takes.
	fn release_hold(count: u32) -> Weight {
		Self::record()
			.saturating_add(T::DbWeight::get().reads_writes(4, 4))
			.saturating_add(entries::<T>(count, 6, 7))
	}

	// The deadline, the review, the tally, and an entry; where it closes, open reviews of patient and
	// institution, and what pruning the entry takes.
	fn keep_deadlines(deadlines: u32) -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(2, 0))
			.saturating_add(Self::record().saturating_mul(deadlines.into()))
			.saturating_add(entries::<T>(deadlines, 10, 11))
	}

	// The first key of two maps for each, and its removal.
	fn forget_windows(counts: u32) -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(3, 0))
			.saturating_add(entries::<T>(counts, 2, 1))
	}

	fn request_review() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(8, 6))
	}

	fn answer_review() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(6, 5))
	}

	fn escalate_review() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(6, 4))
	}

	fn withdraw_review() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(12, 12))
	}

	fn decide_review() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(12, 12))
	}

	fn set_review_terms() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(0, 1))
	}

	fn set_monitoring() -> Weight {
		Self::record().saturating_add(T::DbWeight::get().reads_writes(1, 2))
	}
}

impl WeightInfo for () {
	fn record() -> Weight {
		BASE
	}

	fn seal() -> Weight {
		BASE
	}

	fn prune(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn sweep(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn set_retention() -> Weight {
		BASE
	}

	fn place_hold(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn release_hold(entries: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(entries.into()))
	}

	fn keep_deadlines(deadlines: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(deadlines.into()))
	}

	fn forget_windows(counts: u32) -> Weight {
		BASE.saturating_add(EACH.saturating_mul(counts.into()))
	}

	fn request_review() -> Weight {
		BASE
	}

	fn answer_review() -> Weight {
		BASE
	}

	fn escalate_review() -> Weight {
		BASE
	}

	fn withdraw_review() -> Weight {
		BASE
	}

	fn decide_review() -> Weight {
		BASE
	}

	fn set_review_terms() -> Weight {
		BASE
	}

	fn set_monitoring() -> Weight {
		BASE
	}
}
