//! Rules of reviews and alerts that hold for any history.

use crate::{mock::*, pallet::*};
use hdx_primitives::{
	engine::terminology::purpose, AuditEvent, AuditOutcome, AuditSink, Commitment, DenialReason,
	EntryIndex, ReviewFinding, ReviewReason,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	Request { who: u8, about: u8, denied: bool, emergency: bool },
	NextBlock { later: u64 },
	Ask { who: u8, entry: u64, guardian: bool },
	Answer { who: u8, entry: u64 },
	Escalate { who: u8, entry: u64 },
	Withdraw { who: u8, entry: u64 },
	Decide { entry: u64 },
	Prune,
}

fn step() -> impl Strategy<Value = Step> {
	let entry = || 0u64..12;
	let who = || 0u8..3;
	prop_oneof![
		6 => (who(), 0u8..6, any::<bool>(), any::<bool>()).prop_map(
			|(who, about, denied, emergency)| Step::Request { who, about, denied, emergency }
		),
		3 => (0u64..HOUR).prop_map(|later| Step::NextBlock { later }),
		4 => (who(), entry(), any::<bool>())
			.prop_map(|(who, entry, guardian)| Step::Ask { who, entry, guardian }),
		3 => (who(), entry()).prop_map(|(who, entry)| Step::Answer { who, entry }),
		3 => (who(), entry()).prop_map(|(who, entry)| Step::Escalate { who, entry }),
		1 => (who(), entry()).prop_map(|(who, entry)| Step::Withdraw { who, entry }),
		2 => entry().prop_map(|entry| Step::Decide { entry }),
		1 => Just(Step::Prune),
	]
}

fn take(step: Step) {
	let statement = Commitment([1; 32]);
	let signed = RuntimeOrigin::signed;
	// What fails changes nothing; whether it should is for the other tests to say.
	let _ = match step {
		Step::Request { who, about, denied, emergency } => {
			let outcome = match denied {
				true => AuditOutcome::Denied(DenialReason::NoConsent),
				false => AuditOutcome::Success,
			};
			let purpose = Some(if emergency { purpose::BTG } else { purpose::TREAT });
			Audit::record(AuditEvent { outcome, purpose, ..request(who, about) });
			Ok(())
		},
		Step::NextBlock { later } => {
			next_block_after(later + 1);
			Ok(())
		},
		Step::Ask { who, entry, guardian: is_guardian } => {
			let who = if is_guardian { guardian(who) } else { patient(who) };
			Audit::request_review(signed(who), EntryIndex(entry), ReviewReason::Other)
		},
		Step::Answer { who, entry } => Audit::answer_review(
			signed(operator(who)),
			EntryIndex(entry),
			ReviewFinding::Violation,
			statement,
		),
		Step::Escalate { who, entry } => {
			Audit::escalate_review(signed(patient(who)), EntryIndex(entry))
		},
		Step::Withdraw { who, entry } => {
			Audit::withdraw_review(signed(patient(who)), EntryIndex(entry))
		},
		Step::Decide { entry } => Audit::decide_review(
			RuntimeOrigin::root(),
			EntryIndex(entry),
			ReviewFinding::Justified,
			statement,
		),
		Step::Prune => {
			prune_all();
			Ok(())
		},
	};
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn any_history_of_reviews_and_requests_is_counted_right_and_raises_each_alert_once(
		steps in proptest::collection::vec(step(), 0..40),
	) {
		on_empty_chain(|| {
			let mut raised = BTreeSet::new();
			for step in steps {
				take(step);
				Audit::do_try_state().unwrap();
				for record in System::events() {
					if let RuntimeEvent::Audit(Event::SecurityAlert { party, class, window, .. }) =
						record.event
					{
						let is_new = raised.insert(format!("{party:?} {class:?} {window}"));
						assert!(is_new, "an alert was raised twice");
					}
				}
				System::reset_events();
			}
			// In the end nothing of it stays.
			for entry in Reviews::<Test>::iter_keys().collect::<Vec<_>>() {
				let review = Reviews::<Test>::get(entry).unwrap();
				if review.is_open() {
					Audit::withdraw_review(RuntimeOrigin::signed(review.patient), entry).unwrap();
				}
			}
			next_block_after(30 * HOUR);
			prune_all();
			assert_eq!(Reviews::<Test>::iter().count(), 0);
			assert_eq!(ReviewDeadlines::<Test>::iter().count(), 0);
			assert_eq!(stored(), Vec::<u64>::new());
		});
	}
}
