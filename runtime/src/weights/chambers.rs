//! What referenda cost with what this runtime does beside them.
//!
//! By what the SDK's authors measured with deposits, which are none here, and with reads and writes priced as here; and by
//! what was measured of this runtime besides.

use super::pallet_governance::WeightInfo as Governance;
use core::marker::PhantomData;
use frame_support::weights::Weight;
use pallet_referenda::weights::SubstrateWeight;

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

	fn nudge_referendum_approved() -> Weight {
		SubstrateWeight::<T>::nudge_referendum_approved()
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
