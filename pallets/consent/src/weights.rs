//! What the calls cost.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The cost of each call, and of a decision for the pallets that ask for one.
pub trait WeightInfo {
	/// [`Pallet::sponsor_patient`](crate::Pallet::sponsor_patient).
	fn sponsor_patient() -> Weight;
	/// [`Pallet::publish_template`](crate::Pallet::publish_template).
	fn publish_template() -> Weight;
	/// [`Pallet::grant`](crate::Pallet::grant) of the largest policy, as the last consent that the
	/// patient may have.
	fn grant() -> Weight;
	/// [`Pallet::revoke`](crate::Pallet::revoke) of the largest policy, out of the most consents.
	fn revoke() -> Weight;
	/// [`Pallet::set_decision_rules`](crate::Pallet::set_decision_rules).
	fn set_decision_rules() -> Weight;
	/// One decision over the most consents of the largest policies.
	fn decide() -> Weight;
}

/// UNMEASURED: no benchmark of a runtime stands behind these numbers. They count the reads and
/// writes of each call, those of the audit log included, and add a generous guess of the time and
/// proof size. Replace them by generated ones before the chain carries anything.
pub struct PlaceholderWeight<T>(PhantomData<T>);

/// Reads and writes that an audit entry is taken to cost.
const AUDIT_READS_WRITES: (u64, u64) = (6, 8);
/// Proof size of a small storage item, in bytes.
const SMALL_ITEM: u64 = 4_096;
/// Proof size of a consent with the largest policy, in bytes.
const LARGEST_CONSENT: u64 = 80_000;

impl<T: frame_system::Config> PlaceholderWeight<T> {
	fn of(picoseconds: u64, proof: u64, reads: u64, writes: u64) -> Weight {
		let (audit_reads, audit_writes) = AUDIT_READS_WRITES;
		Weight::from_parts(picoseconds, proof).saturating_add(
			T::DbWeight::get().reads_writes(
				reads.saturating_add(audit_reads),
				writes.saturating_add(audit_writes),
			),
		)
	}
}

impl<T: frame_system::Config> WeightInfo for PlaceholderWeight<T> {
	fn sponsor_patient() -> Weight {
		Self::of(100_000_000, 8 * SMALL_ITEM, 6, 2)
	}

	fn publish_template() -> Weight {
		Self::of(50_000_000, 4 * SMALL_ITEM, 2, 2)
	}

	fn grant() -> Weight {
		Self::of(1_000_000_000, LARGEST_CONSENT + 8 * SMALL_ITEM, 5, 3)
	}

	fn revoke() -> Weight {
		Self::of(1_000_000_000, LARGEST_CONSENT + 8 * SMALL_ITEM, 3, 2)
	}

	fn set_decision_rules() -> Weight {
		Self::of(50_000_000, 4 * SMALL_ITEM, 1, 1)
	}

	fn decide() -> Weight {
		Self::of(100_000_000_000, 32 * LARGEST_CONSENT, 34, 0)
	}
}
