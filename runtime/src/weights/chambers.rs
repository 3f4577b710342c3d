//! What seats cost, and what referenda cost with what this runtime does beside them.
//!
//! Nothing here was measured on this runtime. Seats are charged by what they read and write at their worst; referenda by
//! what the SDK's authors measured with deposits, which are none here, and with reads and writes priced as here. What leaves an
//! entry in the log is charged for that beside it.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use pallet_referenda::weights::SubstrateWeight;

/// Referenda of a chamber that there are at most.
const OPEN: u64 = 256;
/// Most seats of a chamber.
const SEATS: u64 = 64;
/// Reads and writes of an entry in the log.
const ENTRY: (u64, u64) = (8, 10);
/// Reads and writes with which a vote is taken back: the vote, the referendum, and its alarm in two agendas.
const VOTE: (u64, u64) = (4, 4);
/// Computing that a call needs beside reading and writing, in picoseconds.
const BASE: u64 = 100_000_000;

fn counted<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	Weight::from_parts(BASE, 0).saturating_add(
		T::DbWeight::get()
			.reads_writes(reads.saturating_add(ENTRY.0), writes.saturating_add(ENTRY.1)),
	)
}

/// With what was voted in as many referenda as there may be.
fn with_votes<T: frame_system::Config>(reads: u64, writes: u64) -> Weight {
	counted::<T>(
		OPEN.saturating_mul(VOTE.0).saturating_add(reads),
		OPEN.saturating_mul(VOTE.1).saturating_add(writes),
	)
}

/// With an entry in the log.
fn with_entry<T: frame_system::Config>(weight: Weight) -> Weight {
	weight
		.saturating_add(Weight::from_parts(BASE, 0))
		.saturating_add(T::DbWeight::get().reads_writes(ENTRY.0, ENTRY.1))
}

/// The weights of pallet-governance.
pub struct Seats<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_governance::WeightInfo for Seats<T> {
	// Reads: seats, institution, its accreditations and what it needs, the other chamber, the count. Writes: seats, member,
	// its places in both directions, the count.
	fn seat_institution() -> Weight {
		counted::<T>(8, 5)
	}

	// The same, and the last member takes the place of who goes.
	fn unseat_institution() -> Weight {
		with_votes::<T>(8, 8)
	}

	// Reads: whether it operates or is a member, the count, the account. Writes: as above, and the account.
	fn appoint_representative() -> Weight {
		counted::<T>(6, 5)
	}

	fn dismiss_representative() -> Weight {
		with_votes::<T>(6, 8)
	}

	/// Looks who speaks for each other seat: the institution, its accreditation, and whether it represents patients.
	fn sync_seat() -> Weight {
		with_votes::<T>(13 + 4 * SEATS, 13)
	}

	fn note_proposal() -> Weight {
		T::DbWeight::get().reads_writes(OPEN.saturating_add(3), 1)
	}
}

/// The weights of pallet-referenda: submitting one looks at those that have not ended.
pub struct Referenda<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_referenda::WeightInfo for Referenda<T> {
	fn submit() -> Weight {
		SubstrateWeight::<T>::submit()
			.saturating_add(<Seats<T> as pallet_governance::WeightInfo>::note_proposal())
	}

	fn place_decision_deposit_preparing() -> Weight {
		SubstrateWeight::<T>::place_decision_deposit_preparing()
	}

	fn place_decision_deposit_queued() -> Weight {
		SubstrateWeight::<T>::place_decision_deposit_queued()
	}

	fn place_decision_deposit_not_queued() -> Weight {
		SubstrateWeight::<T>::place_decision_deposit_not_queued()
	}

	fn place_decision_deposit_passing() -> Weight {
		SubstrateWeight::<T>::place_decision_deposit_passing()
	}

	fn place_decision_deposit_failing() -> Weight {
		SubstrateWeight::<T>::place_decision_deposit_failing()
	}

	fn refund_decision_deposit() -> Weight {
		SubstrateWeight::<T>::refund_decision_deposit()
	}

	fn refund_submission_deposit() -> Weight {
		SubstrateWeight::<T>::refund_submission_deposit()
	}

	fn cancel() -> Weight {
		SubstrateWeight::<T>::cancel()
	}

	fn kill() -> Weight {
		SubstrateWeight::<T>::kill()
	}

	fn one_fewer_deciding_queue_empty() -> Weight {
		SubstrateWeight::<T>::one_fewer_deciding_queue_empty()
	}

	fn one_fewer_deciding_failing() -> Weight {
		SubstrateWeight::<T>::one_fewer_deciding_failing()
	}

	fn one_fewer_deciding_passing() -> Weight {
		SubstrateWeight::<T>::one_fewer_deciding_passing()
	}

	fn nudge_referendum_requeued_insertion() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_requeued_insertion()
	}

	fn nudge_referendum_requeued_slide() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_requeued_slide()
	}

	fn nudge_referendum_queued() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_queued()
	}

	fn nudge_referendum_not_queued() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_not_queued()
	}

	fn nudge_referendum_no_deposit() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_no_deposit()
	}

	fn nudge_referendum_preparing() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_preparing()
	}

	fn nudge_referendum_timed_out() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_timed_out()
	}

	fn nudge_referendum_begin_deciding_failing() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_begin_deciding_failing()
	}

	fn nudge_referendum_begin_deciding_passing() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_begin_deciding_passing()
	}

	fn nudge_referendum_begin_confirming() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_begin_confirming()
	}

	fn nudge_referendum_end_confirming() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_end_confirming()
	}

	fn nudge_referendum_continue_not_confirming() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_continue_not_confirming()
	}

	fn nudge_referendum_continue_confirming() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_continue_confirming()
	}

	/// What was approved leaves an entry.
	fn nudge_referendum_approved() -> Weight {
		with_entry::<T>(SubstrateWeight::<T>::nudge_referendum_approved())
	}

	fn nudge_referendum_rejected() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_rejected()
	}

	fn set_some_metadata() -> Weight {
		SubstrateWeight::<T>::set_some_metadata()
	}

	fn clear_metadata() -> Weight {
		SubstrateWeight::<T>::clear_metadata()
	}
}

/// The weights of pallet-whitelist: what is permitted, taken back and made leaves an entry.
pub struct Whitelist<T>(PhantomData<T>);

type OfWhitelist<T> = pallet_whitelist::weights::SubstrateWeight<T>;

impl<T: frame_system::Config> pallet_whitelist::WeightInfo for Whitelist<T> {
	fn whitelist_call() -> Weight {
		with_entry::<T>(OfWhitelist::<T>::whitelist_call())
	}

	fn remove_whitelisted_call() -> Weight {
		with_entry::<T>(OfWhitelist::<T>::remove_whitelisted_call())
	}

	fn defer_dispatch(length: u32) -> Weight {
		OfWhitelist::<T>::defer_dispatch(length)
	}

	fn remove_deferred_dispatch() -> Weight {
		OfWhitelist::<T>::remove_deferred_dispatch()
	}

	fn dispatch_whitelisted_call(length: u32) -> Weight {
		with_entry::<T>(OfWhitelist::<T>::dispatch_whitelisted_call(length))
	}

	fn dispatch_whitelisted_call_with_preimage(length: u32) -> Weight {
		with_entry::<T>(OfWhitelist::<T>::dispatch_whitelisted_call_with_preimage(length))
	}
}

/// The weights of pallet-tx-pause: what is paused and resumed leaves an entry.
pub struct Pausing<T>(PhantomData<T>);

type OfPausing<T> = pallet_tx_pause::weights::SubstrateWeight<T>;

impl<T: frame_system::Config> pallet_tx_pause::WeightInfo for Pausing<T> {
	fn pause() -> Weight {
		with_entry::<T>(OfPausing::<T>::pause())
	}

	fn unpause() -> Weight {
		with_entry::<T>(OfPausing::<T>::unpause())
	}
}
