//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use hdx_primitives::MAX_PUBLIC_INPUTS;

/// Counts the reads and writes of each call, those of the log included, and adds a generous guess of the
/// time and proof size.
pub struct MockWeight<T>(PhantomData<T>);

/// Reads and writes that an audit entry is taken to cost.
const AUDIT_READS_WRITES: (u64, u64) = (8, 10);
/// Proof size of one item of this pallet or of the log, in bytes.
const ITEM: u64 = 6_144;
/// Time of checking one point, in picoseconds.
const POINT_CHECK: u64 = 500_000_000;
/// Time of a pairing of one pair, final exponentiation included, in picoseconds.
const PAIRING: u64 = 2_000_000_000;
/// Time that one more pair takes, in picoseconds.
const MILLER_LOOP: u64 = 700_000_000;
/// Time that one more point takes in a multiplication of many, in picoseconds.
const MULTIPLICATION: u64 = 300_000_000;

impl<T: frame_system::Config> MockWeight<T> {
	fn call(time: u64, reads: u64, writes: u64) -> Weight {
		let (audit_reads, audit_writes) = AUDIT_READS_WRITES;
		let (reads, writes) =
			(reads.saturating_add(audit_reads), writes.saturating_add(audit_writes));
		Weight::from_parts(time, reads.saturating_mul(ITEM))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}

	// Reads: circuit, prepared key.
	fn query(time: u64) -> Weight {
		Weight::from_parts(time, 2 * ITEM).saturating_add(T::DbWeight::get().reads(2))
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	// Reads: circuit, count. Writes: circuit, count, key, prepared key.
	fn register_circuit(inputs: u32) -> Weight {
		let points = u64::from(inputs).saturating_add(5);
		Self::call(points.saturating_mul(POINT_CHECK).saturating_add(PAIRING), 2, 4)
	}

	// Reads: operator, institution, circuit, attestations. Writes: attestations.
	fn attest_circuit() -> Weight {
		Self::call(200_000_000, 4, 1)
	}

	// Reads: circuit, attestations, institutions, of which 64 are guessed. Writes: circuit.
	fn activate() -> Weight {
		Self::call(300_000_000, 66, 1)
	}

	// Reads: circuit. Writes: circuit, attestations.
	fn suspend() -> Weight {
		Self::call(100_000_000, 1, 2)
	}

	// Two entries. Reads: operator, circuit, attestations, institutions. Writes: attestations, circuit.
	fn withdraw_attestation() -> Weight {
		Self::call(300_000_000, 66, 2).saturating_add(Self::call(100_000_000, 0, 0))
	}

	fn verify_proof(inputs: u32) -> Weight {
		let fixed = 3 * POINT_CHECK + PAIRING + 2 * MILLER_LOOP;
		Self::query(u64::from(inputs).saturating_mul(MULTIPLICATION).saturating_add(fixed))
	}

	fn verify_proofs(proofs: u32) -> Weight {
		let each = 3 * POINT_CHECK + MILLER_LOOP + 2 * MULTIPLICATION;
		let inputs = u64::from(MAX_PUBLIC_INPUTS).saturating_mul(MULTIPLICATION);
		let fixed = inputs.saturating_add(PAIRING + 3 * MILLER_LOOP);
		Self::query(u64::from(proofs).saturating_mul(each).saturating_add(fixed))
	}
}
