//! What referenda cost with what this runtime does beside them.
//!
//! By what the SDK's authors measured with deposits, which are none here, and with reads and writes priced as here; and by
//! what was measured of this runtime besides. What leaves an entry in the log is charged for that beside it.

use super::pallet_governance::WeightInfo as Governance;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};
use pallet_referenda::weights::SubstrateWeight;

/// Reads and writes of an entry in the log.
const ENTRY: (u64, u64) = (8, 10);
/// Computing that an entry needs beside reading and writing, in picoseconds.
const BASE: u64 = 100_000_000;

/// With an entry in the log.
fn with_entry<T: frame_system::Config>(weight: Weight) -> Weight {
	weight
		.saturating_add(Weight::from_parts(BASE, 0))
		.saturating_add(T::DbWeight::get().reads_writes(ENTRY.0, ENTRY.1))
}

/// The weights of pallet-referenda: submitting one looks at those that have not ended.
pub struct Referenda<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_referenda::WeightInfo for Referenda<T> {
	fn submit() -> Weight {
		SubstrateWeight::<T>::submit()
			.saturating_add(<Governance<T> as pallet_governance::WeightInfo>::note_proposal())
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
