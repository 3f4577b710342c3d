//! What breaking the glass is charged, whether it is granted or denied.

use super::emergency::*;
use crate::{mock::*, mock_weights::MockWeight, Call, WeightInfo};
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
use hdx_primitives::{AssuranceLevel, AuditOutcome, DenialReason, SecondFactor};

type Charged = MockWeight<Test>;

/// What is charged afterwards. `None`: all that was charged before.
fn charged(factor: Option<SecondFactor>) -> Option<Weight> {
	let physician = RuntimeOrigin::signed(PHYSICIAN);
	let charged = RecordAccess::break_glass(physician, another_emergency(), REASON, factor);
	charged.unwrap().actual_weight
}

fn denied_for(reason: DenialReason) {
	assert_eq!(last_entry().outcome, AuditOutcome::Denied(reason));
}

#[test]
fn a_break_glass_that_was_denied_gives_back_what_was_not_looked_at() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		assert_eq!(charged(Some(factor())), None);
		assert_eq!(last_entry().outcome, AuditOutcome::Success);
		let denied = Some(Charged::break_glass_denied());
		// For the first and for the last of the reasons that there are.
		set_opt_out(PATIENT, true);
		assert_eq!(charged(Some(factor())), denied);
		denied_for(DenialReason::EmergencyOptOut);
		refuse_standing(DenialReason::PractitionerSuspended);
		assert_eq!(charged(Some(factor())), denied);
		denied_for(DenialReason::PractitionerSuspended);
		let before = Call::<Test>::break_glass {
			request: emergency(),
			reason: REASON,
			second_factor: Some(factor()),
		};
		let before = before.get_dispatch_info().call_weight;
		assert_eq!(before, Charged::break_glass());
		let back = before.saturating_sub(Charged::break_glass_denied());
		assert!(back.any_gt(Weight::zero()) && before.all_gte(Charged::break_glass_denied()));
	});
}

#[test]
fn consents_are_looked_at_for_what_is_granted_alone() {
	run(|| {
		set_standing(AssuranceLevel::Verified);
		set_opt_out(PATIENT, true);
		LastAsked::set(None);
		charged(Some(factor()));
		assert_eq!(LastAsked::get(), None);
		set_opt_out(PATIENT, false);
		charged(Some(factor()));
		assert!(LastAsked::get().is_some());
	});
}
