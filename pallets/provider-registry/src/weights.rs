//! What each call costs.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights that this pallet needs.
pub trait WeightInfo {
	/// Registering an institution.
	fn register_institution() -> Weight;
	/// Changing an institution's status.
	fn set_institution_status() -> Weight;
	/// Enrolling a practitioner in `r` roles.
	fn enrol_practitioner(r: u32) -> Weight;
	/// An operator changing a practitioner's status.
	fn set_practitioner_status_by_operator() -> Weight;
	/// Governance changing a practitioner's status.
	fn set_practitioner_status_by_governance() -> Weight;
	/// Removing a practitioner.
	fn remove_practitioner() -> Weight;
	/// Taking a practitioner on.
	fn add_affiliation() -> Weight;
	/// Revoking a credential.
	fn revoke_credential() -> Weight;
}

/// Time and proof size that any call takes besides its reads and writes, set high.
const BASE: Weight = Weight::from_parts(60_000_000, 16_384);
/// Set high for one role compared with all others and stored.
const PER_ROLE: Weight = Weight::from_parts(1_000_000, 64);
/// Reads of one entry in the audit log and of the event list, set high.
const LOG_READS: u64 = 8;
/// Writes of one entry in the audit log and of the event list, set high.
const LOG_WRITES: u64 = 10;

/// UNMEASURED: these are not benchmark results. They count storage reads and writes and add a
/// generous base, so that a chain can run before this runtime is measured. Replace them with the
/// output of the benchmarks before anybody relies on a block's capacity.
pub struct PlaceholderWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> PlaceholderWeight<T> {
	fn of(reads: u64, writes: u64) -> Weight {
		BASE.saturating_add(
			T::DbWeight::get()
				.reads_writes(reads.saturating_add(LOG_READS), writes.saturating_add(LOG_WRITES)),
		)
	}
}

impl<T: frame_system::Config> WeightInfo for PlaceholderWeight<T> {
	// Reads: operator index, practitioner, next id, account. Writes: institution, operator index,
	// next id, account.
	fn register_institution() -> Weight {
		Self::of(4, 4)
	}

	fn set_institution_status() -> Weight {
		Self::of(1, 1)
	}

	// Reads: operator index twice, institution, practitioner, count, time, account. Writes:
	// practitioner, count, account.
	fn enrol_practitioner(r: u32) -> Weight {
		Self::of(7, 3).saturating_add(PER_ROLE.saturating_mul(u64::from(r)))
	}

	// Reads: operator index, institution, practitioner, hold. Writes: practitioner.
	fn set_practitioner_status_by_operator() -> Weight {
		Self::of(4, 1)
	}

	// Reads: practitioner, hold. Writes: practitioner, hold.
	fn set_practitioner_status_by_governance() -> Weight {
		Self::of(2, 2)
	}

	// Reads: operator index, institution, practitioner, hold, count, account. Writes:
	// practitioner, count, account.
	fn remove_practitioner() -> Weight {
		Self::of(6, 3)
	}

	// Reads: operator index, institution, practitioner. Writes: practitioner.
	fn add_affiliation() -> Weight {
		Self::of(3, 1)
	}

	fn revoke_credential() -> Weight {
		Self::of(3, 1)
	}
}
