//! What the log costs.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights that this pallet needs.
pub trait WeightInfo {
	/// Appending an entry that has an actor and a patient. The pallet that reports it pays, within
	/// the weight of its own call.
	fn record() -> Weight;
	/// Sealing the log of a block, whatever the number of its entries.
	fn seal() -> Weight;
}

/// Time and proof size besides the reads and writes, set high (a few hashes of short inputs).
const BASE: Weight = Weight::from_parts(60_000_000, 16_384);

/// UNMEASURED: these are not benchmark results. They count storage reads and writes and add a
/// generous base, so that a chain can run before this runtime is measured. Replace them with the
/// output of the benchmarks before anybody relies on a block's capacity.
pub struct PlaceholderWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for PlaceholderWeight<T> {
	// Reads: next index, running log, time, both counts, event count, block number, event list.
	// Writes: next index, running log, entry, both indexes and counts, event count, event list.
	fn record() -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(8, 9))
	}

	// Reads: running log, next index, the block's log. Writes: running log, the block's log.
	fn seal() -> Weight {
		BASE.saturating_add(T::DbWeight::get().reads_writes(3, 2))
	}
}

impl WeightInfo for () {
	fn record() -> Weight {
		BASE
	}

	fn seal() -> Weight {
		BASE
	}
}
