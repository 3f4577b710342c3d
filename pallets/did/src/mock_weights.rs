//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Counts the reads and writes of each call, those of the log included, and adds a generous guess of the
/// time and proof size.
pub struct MockWeight<T>(PhantomData<T>);

/// Reads and writes that an audit entry about a patient is taken to cost.
const AUDIT_READS_WRITES: (u64, u64) = (8, 10);
/// Reads of whether the signer, or who is named, was given up and is a patient.
const SIGNER_READS: u64 = 4;
/// Proof size of one item of this pallet or of the log, in bytes.
const ITEM: u64 = 6_144;
/// Time of checking a point of Curve25519, in picoseconds: one multiplication, in WebAssembly.
const POINT_CHECK: u64 = 1_000_000_000;

impl<T: frame_system::Config> MockWeight<T> {
	fn of(time: u64, reads: u64, writes: u64) -> Weight {
		let (audit_reads, audit_writes) = AUDIT_READS_WRITES;
		let reads = reads.saturating_add(audit_reads).saturating_add(SIGNER_READS);
		let writes = writes.saturating_add(audit_writes);
		Weight::from_parts(time, reads.saturating_mul(ITEM))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	// Reads: account, document, time. Writes: document.
	fn create() -> Weight {
		Self::of(100_000_000, 3, 1)
	}

	// Reads: document, time, fingerprint. Writes: document, key, fingerprint.
	fn add_key_ed25519() -> Weight {
		Self::of(POINT_CHECK, 3, 3)
	}

	fn add_key_ml_dsa_65() -> Weight {
		Self::of(200_000_000, 3, 3)
	}

	fn add_key_x_wing() -> Weight {
		Self::of(200_000_000, 3, 3)
	}

	// Reads: document, time, key. Writes: document, key.
	fn end_key() -> Weight {
		Self::of(100_000_000, 3, 2)
	}

	// Reads: document, time, account. Writes: document.
	fn add_controller() -> Weight {
		Self::of(100_000_000, 3, 1)
	}

	// Reads: document, time. Writes: document.
	fn remove_controller() -> Weight {
		Self::of(100_000_000, 2, 1)
	}

	fn set_service() -> Weight {
		Self::of(100_000_000, 2, 1)
	}

	fn remove_service() -> Weight {
		Self::of(100_000_000, 2, 1)
	}

	fn deactivate() -> Weight {
		Self::of(100_000_000, 2, 1)
	}
}
