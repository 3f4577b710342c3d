//! What the calls cost.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The cost of each call, and of what other pallets and the block ask for.
pub trait WeightInfo {
	/// [`Pallet::sponsor_patient`](crate::Pallet::sponsor_patient).
	fn sponsor_patient() -> Weight;
	/// [`Pallet::publish_template`](crate::Pallet::publish_template).
	fn publish_template() -> Weight;
	/// [`Pallet::grant`](crate::Pallet::grant) of the largest policy, where the
	/// consent that ended makes room for it.
	fn grant() -> Weight;
	/// [`Pallet::revoke`](crate::Pallet::revoke) of the largest policy, out of the most consents.
	fn revoke() -> Weight;
	/// [`Pallet::set_decision_rules`](crate::Pallet::set_decision_rules).
	fn set_decision_rules() -> Weight;
	/// [`Pallet::amend`](crate::Pallet::amend) of the largest policy to the largest policy.
	fn amend() -> Weight;
	/// [`Pallet::renew`](crate::Pallet::renew) of the largest policy.
	fn renew() -> Weight;
	/// [`Pallet::stop_renewal`](crate::Pallet::stop_renewal) of the largest policy.
	fn stop_renewal() -> Weight;
	/// [`Pallet::confirm_erasure`](crate::Pallet::confirm_erasure) of a past version of the
	/// largest policy.
	fn confirm_erasure() -> Weight;
	/// [`Pallet::retire_template`](crate::Pallet::retire_template).
	fn retire_template() -> Weight;
	/// [`Pallet::set_emergency_override`](crate::Pallet::set_emergency_override).
	fn set_emergency_override() -> Weight;
	/// [`Pallet::request_consent`](crate::Pallet::request_consent) where both lists are full, the
	/// oldest in them expired.
	fn request_consent() -> Weight;
	/// [`Pallet::approve_request`](crate::Pallet::approve_request) by the largest policy, where
	/// the consent that ended makes room for it.
	fn approve_request() -> Weight;
	/// [`Pallet::deny_request`](crate::Pallet::deny_request).
	fn deny_request() -> Weight;
	/// [`Pallet::withdraw_request`](crate::Pallet::withdraw_request).
	fn withdraw_request() -> Weight;
	/// [`Pallet::set_guardians`](crate::Pallet::set_guardians) of as many as are allowed, whom
	/// as many others with as many proposals give way to.
	fn set_guardians() -> Weight;
	/// [`Pallet::sponsor_ward`](crate::Pallet::sponsor_ward) with as many guardians as are
	/// allowed.
	fn sponsor_ward() -> Weight;
	/// [`Pallet::propose_as_guardian`](crate::Pallet::propose_as_guardian) of what is carried out at
	/// once and costs most, where the proposals that expired make room.
	fn propose_as_guardian() -> Weight;
	/// [`Pallet::approve_as_guardian`](crate::Pallet::approve_as_guardian) of what is carried out at
	/// once and costs most.
	fn approve_as_guardian() -> Weight;
	/// [`Pallet::object_to_proposal`](crate::Pallet::object_to_proposal).
	fn object_to_proposal() -> Weight;
	/// [`Pallet::execute_proposal`](crate::Pallet::execute_proposal) of what costs most: the approval
	/// of a request by the largest policy.
	fn execute_proposal() -> Weight;
	/// [`Pallet::delegate`](crate::Pallet::delegate) in the place of one whose delegation has
	/// ended.
	fn delegate() -> Weight;
	/// [`Pallet::revoke_delegate`](crate::Pallet::revoke_delegate).
	fn revoke_delegate() -> Weight;
	/// [`Pallet::act_as_delegate`](crate::Pallet::act_as_delegate) by what costs most: the approval
	/// of a request by the largest policy.
	fn act_as_delegate() -> Weight;
	/// One announcement of a renewal.
	fn announce() -> Weight;
	/// One decision over the most consents of the largest policies.
	fn decide() -> Weight;
	/// Counting one use of a consent of the largest policy.
	fn record_use() -> Weight;
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

impl<T: frame_system::Config> PlaceholderWeight<T> {
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

impl<T: frame_system::Config> WeightInfo for PlaceholderWeight<T> {
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
