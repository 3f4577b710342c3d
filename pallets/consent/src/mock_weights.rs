//! Weights for the tests. No chain uses them: a runtime has what was measured of it.

use crate::WeightInfo;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Counts the reads and writes of each call, those of the log included, and adds a generous guess of the
/// time and proof size.
pub struct MockWeight<T>(PhantomData<T>);

/// Reads and writes that an audit entry is taken to cost.
const AUDIT_READS_WRITES: (u64, u64) = (6, 8);
/// Proof size of a small storage item, in bytes.
const SMALL_ITEM: u64 = 4_096;
/// Proof size of a consent with the largest policy, in bytes.
const LARGEST_CONSENT: u64 = 80_000;

/// A guess at what a call costs.
struct Guess {
	/// Time of execution, in picoseconds, without the database.
	time: u64,
	/// Small storage items in the proof.
	small: u64,
	/// Consents with the largest policy in the proof.
	large: u64,
	/// Reads of the database.
	reads: u64,
	/// Writes to the database.
	writes: u64,
}

impl<T: frame_system::Config> MockWeight<T> {
	fn of(guess: Guess) -> Weight {
		let (audit_reads, audit_writes) = AUDIT_READS_WRITES;
		let small = guess.small.saturating_mul(SMALL_ITEM);
		let large = guess.large.saturating_mul(LARGEST_CONSENT);
		Weight::from_parts(guess.time, small.saturating_add(large)).saturating_add(
			T::DbWeight::get().reads_writes(
				guess.reads.saturating_add(audit_reads),
				guess.writes.saturating_add(audit_writes),
			),
		)
	}
}

impl<T: frame_system::Config> WeightInfo for MockWeight<T> {
	fn sponsor_patient() -> Weight {
		Self::of(Guess { time: 100_000_000, small: 8, large: 0, reads: 6, writes: 2 })
	}

	fn publish_template() -> Weight {
		Self::of(Guess { time: 50_000_000, small: 6, large: 0, reads: 5, writes: 4 })
	}

	fn grant() -> Weight {
		Self::of(Guess { time: 1_500_000_000, small: 12, large: 33, reads: 42, writes: 6 })
	}

	fn revoke() -> Weight {
		Self::of(Guess { time: 1_000_000_000, small: 8, large: 1, reads: 3, writes: 2 })
	}

	fn set_decision_rules() -> Weight {
		Self::of(Guess { time: 50_000_000, small: 4, large: 0, reads: 1, writes: 1 })
	}

	fn amend() -> Weight {
		Self::of(Guess { time: 1_500_000_000, small: 8, large: 2, reads: 5, writes: 5 })
	}

	fn renew() -> Weight {
		Self::of(Guess { time: 1_500_000_000, small: 8, large: 2, reads: 5, writes: 5 })
	}

	fn stop_renewal() -> Weight {
		Self::of(Guess { time: 1_000_000_000, small: 8, large: 1, reads: 2, writes: 1 })
	}

	fn confirm_erasure() -> Weight {
		Self::of(Guess { time: 1_000_000_000, small: 8, large: 2, reads: 6, writes: 1 })
	}

	fn retire_template() -> Weight {
		Self::of(Guess { time: 50_000_000, small: 4, large: 0, reads: 2, writes: 2 })
	}

	fn set_emergency_override() -> Weight {
		Self::of(Guess { time: 50_000_000, small: 4, large: 0, reads: 3, writes: 1 })
	}

	fn request_consent() -> Weight {
		Self::of(Guess { time: 1_000_000_000, small: 48, large: 0, reads: 40, writes: 60 })
	}

	fn approve_request() -> Weight {
		Self::of(Guess { time: 2_000_000_000, small: 16, large: 33, reads: 48, writes: 12 })
	}

	fn deny_request() -> Weight {
		Self::of(Guess { time: 200_000_000, small: 8, large: 0, reads: 6, writes: 3 })
	}

	fn withdraw_request() -> Weight {
		Self::of(Guess { time: 200_000_000, small: 8, large: 0, reads: 6, writes: 3 })
	}

	fn set_guardians() -> Weight {
		Self::of(Guess { time: 1_000_000_000, small: 48, large: 8, reads: 30, writes: 24 })
	}

	fn sponsor_ward() -> Weight {
		Self::of(Guess { time: 500_000_000, small: 32, large: 0, reads: 26, writes: 4 })
	}

	fn propose_as_guardian() -> Weight {
		Self::of(Guess { time: 3_000_000_000, small: 48, large: 45, reads: 80, writes: 40 })
	}

	fn approve_as_guardian() -> Weight {
		Self::of(Guess { time: 3_000_000_000, small: 32, large: 36, reads: 70, writes: 30 })
	}

	fn object_to_proposal() -> Weight {
		Self::of(Guess { time: 1_000_000_000, small: 16, large: 8, reads: 8, writes: 12 })
	}

	fn execute_proposal() -> Weight {
		Self::of(Guess { time: 3_000_000_000, small: 32, large: 36, reads: 70, writes: 30 })
	}

	fn delegate() -> Weight {
		Self::of(Guess { time: 500_000_000, small: 16, large: 0, reads: 5, writes: 1 })
	}

	fn revoke_delegate() -> Weight {
		Self::of(Guess { time: 200_000_000, small: 16, large: 0, reads: 2, writes: 1 })
	}

	fn act_as_delegate() -> Weight {
		Self::of(Guess { time: 2_500_000_000, small: 24, large: 34, reads: 50, writes: 13 })
	}

	fn announce() -> Weight {
		Self::of(Guess { time: 200_000_000, small: 8, large: 1, reads: 4, writes: 4 })
	}

	fn decide() -> Weight {
		Self::of(Guess { time: 100_000_000_000, small: 4, large: 32, reads: 36, writes: 0 })
	}

	fn record_use() -> Weight {
		Self::of(Guess { time: 500_000_000, small: 4, large: 1, reads: 2, writes: 1 })
	}
}
