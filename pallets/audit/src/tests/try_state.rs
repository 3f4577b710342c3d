//! Broken invariants are noticed.

use crate::{
	mock::*, pallet::*, DeadlineKey, Hold, HoldScope, MonitoringTerms, OrderedIndex, Party,
	ReviewTerms, WindowKey,
};
use hdx_primitives::{
	AuditEvent, AuditSink, EntryIndex, HoldId, HoldReason, Milliseconds, ReviewReason,
};
use sp_core::H256;
use sp_runtime::TryRuntimeError;

fn broken(by: impl FnOnce()) -> TryRuntimeError {
	empty_chain().execute_with(|| {
		Audit::record(AuditEvent { on_behalf_of: Some(institution(1)), ..event(1, 1) });
		record(2, 2);
		next_block();
		record(1, 2);
		Audit::do_try_state().unwrap();
		by();
		Audit::do_try_state().unwrap_err()
	})
}

#[test]
fn try_state_fails_when_an_entry_is_missing() {
	let error = broken(|| Entries::<Test>::remove(EntryIndex(1)));
	assert_eq!(error, "an entry is missing".into());
}

#[test]
fn try_state_fails_when_an_entry_lies_beyond_the_end() {
	let error = broken(|| NextEntryIndex::<Test>::put(EntryIndex(2)));
	assert_eq!(error, "an entry lies beyond the end of the log".into());
}

#[test]
fn try_state_fails_when_an_entry_is_under_anothers_index() {
	let error = broken(|| Entries::<Test>::swap(EntryIndex(0), EntryIndex(1)));
	assert_eq!(error, "an entry is stored under another's index".into());
}

#[test]
fn try_state_fails_when_an_entry_outlives_its_pruning() {
	let error = broken(|| OldestEntry::<Test>::put(EntryIndex(1)));
	assert_eq!(error, "an entry is in state although it was pruned".into());
}

#[test]
fn try_state_fails_when_the_oldest_entry_is_beyond_the_end() {
	let error = broken(|| OldestEntry::<Test>::put(EntryIndex(9)));
	assert_eq!(error, "the oldest entry lies beyond the end of the log".into());
}

#[test]
fn try_state_fails_when_an_entry_is_in_no_index() {
	let key = |index| OrderedIndex::from(EntryIndex(index));
	let error = broken(|| EntriesOfPatient::<Test>::remove(patient(1), key(0)));
	assert_eq!(error, "an entry is missing from its patient's index".into());
	let error = broken(|| EntriesOfActor::<Test>::remove(actor(2), key(1)));
	assert_eq!(error, "an entry is missing from its actor's index".into());
	let error = broken(|| EntriesOfInstitution::<Test>::remove(institution(1), key(0)));
	assert_eq!(error, "an entry is missing from its institution's index".into());
}

#[test]
fn try_state_fails_when_an_index_names_anothers_entry() {
	let key = |index| OrderedIndex::from(EntryIndex(index));
	let error = broken(|| EntriesOfPatient::<Test>::insert(patient(9), key(0), ()));
	assert_eq!(error, "a patient's index names an entry that is not theirs".into());
	let error = broken(|| EntriesOfActor::<Test>::insert(actor(2), key(0), ()));
	assert_eq!(error, "an actor's index names an entry that is not theirs".into());
	let error = broken(|| EntriesOfInstitution::<Test>::insert(institution(2), key(0), ()));
	assert_eq!(error, "an institution's index names an entry that is not its own".into());
}

#[test]
fn try_state_fails_when_an_entry_was_changed() {
	let error = broken(|| {
		Entries::<Test>::mutate(EntryIndex(0), |entry| {
			entry.as_mut().unwrap().at = Milliseconds(0);
		});
	});
	assert_eq!(error, "a block's root is not that of its entries".into());
}

#[test]
fn try_state_fails_when_a_root_was_changed() {
	let error = broken(|| {
		BlockLogs::<Test>::mutate(1, |log| log.as_mut().unwrap().root = H256::zero());
	});
	assert_eq!(error, "a block's root is not that of its entries".into());
}

#[test]
fn try_state_fails_when_a_blocks_log_is_missing() {
	let error = broken(|| BlockLogs::<Test>::remove(1));
	assert_eq!(error, "an entry is in no block's log".into());
}

#[test]
fn try_state_fails_when_a_log_reaches_into_another_block() {
	let error = broken(|| {
		BlockLogs::<Test>::mutate(1, |log| log.as_mut().unwrap().count = 3);
	});
	assert_eq!(error, "a block's log names another block's entry".into());
}

#[test]
fn try_state_fails_when_the_window_is_out_of_bounds() {
	let error = broken(|| RetentionPeriod::<Test>::put(Milliseconds(HOUR - 1)));
	assert_eq!(error, "entries stay in state too short".into());
	let error = broken(|| RetentionPeriod::<Test>::put(Milliseconds(25 * HOUR)));
	assert_eq!(error, "entries stay in state too long".into());
}

fn hold(scope: HoldScope) -> Hold {
	Hold { scope, reason: HoldReason::Order, placed_at: Milliseconds(1) }
}

#[test]
fn try_state_fails_when_holds_are_not_counted() {
	let error = broken(|| {
		NextHoldId::<Test>::put(1);
		Holds::<Test>::insert(HoldId(0), hold(HoldScope::Patient(patient(1))));
	});
	assert_eq!(error, "the holds on a patient are not counted right".into());
	let error = broken(|| CaseHolds::<Test>::insert(EntryIndex(0), 1));
	assert_eq!(error, "the holds on an entry are not counted right".into());
	let error = broken(|| Holds::<Test>::insert(HoldId(0), hold(HoldScope::Patient(patient(1)))));
	assert_eq!(error, "a hold has a number that is not given out".into());
}

#[test]
fn try_state_fails_when_an_entry_is_gone_although_it_is_held() {
	let error = broken(|| {
		NextHoldId::<Test>::put(1);
		let case = vec![EntryIndex(9)].try_into().unwrap();
		Holds::<Test>::insert(HoldId(0), hold(HoldScope::Case(case)));
	});
	assert_eq!(error, "an entry is gone although it is held".into());
}

#[test]
fn try_state_fails_when_nothing_keeps_what_was_passed_over() {
	let passed_over = || {
		OldestEntry::<Test>::put(EntryIndex(1));
		PassedOver::<Test>::insert(OrderedIndex::from(EntryIndex(0)), ());
	};
	let error = broken(passed_over);
	assert_eq!(error, "an entry is in state although nothing keeps it".into());
	let error = broken(|| PassedOver::<Test>::insert(OrderedIndex::from(EntryIndex(1)), ()));
	assert_eq!(error, "an entry was passed over before its turn".into());
}

/// A review of entry 0, and something to count.
fn broken_oversight(by: impl FnOnce()) -> TryRuntimeError {
	broken(|| {
		let origin = RuntimeOrigin::signed(patient(1));
		Audit::request_review(origin, EntryIndex(0), ReviewReason::Other).unwrap();
		Audit::record(request(1, 1));
		Audit::do_try_state().unwrap();
		by();
	})
}

#[test]
fn try_state_fails_when_a_review_is_of_no_entry_or_of_anothers() {
	let review = || Reviews::<Test>::get(EntryIndex(0)).unwrap();
	let error = broken_oversight(|| Reviews::<Test>::insert(EntryIndex(99), review()));
	assert_eq!(error, "a review is of no entry".into());
	let error = broken_oversight(|| Reviews::<Test>::insert(EntryIndex(1), review()));
	assert_eq!(error, "a review is of an entry about somebody else".into());
}

#[test]
fn try_state_fails_when_open_reviews_are_not_counted_or_listed() {
	let error = broken_oversight(|| OpenReviews::<Test>::insert(patient(1), 2));
	assert_eq!(error, "the open reviews of a patient are not counted right".into());
	let error = broken_oversight(|| ReviewTallies::<Test>::remove(institution(1)));
	assert_eq!(error, "the reviews of an institution are not counted".into());
	let error = broken_oversight(|| {
		ReviewTallies::<Test>::mutate(institution(1), |tally| tally.overdue = 1);
	});
	assert_eq!(error, "the reviews of an institution are not counted right".into());
	let key = OrderedIndex::from(EntryIndex(0));
	let error = broken_oversight(|| {
		OpenReviewsOfInstitution::<Test>::remove(institution(1), key);
	});
	assert_eq!(error, "an open review is missing from its institution's list".into());
	let error = broken_oversight(|| {
		OpenReviewsOfInstitution::<Test>::insert(institution(2), key, ());
	});
	assert_eq!(error, "a list of open reviews names one that is not open".into());
}

#[test]
fn try_state_fails_when_a_deadline_is_missing_or_of_no_review() {
	let expected: TryRuntimeError = "the deadlines are not those of the reviews".into();
	let key = DeadlineKey::new(Milliseconds(1), EntryIndex(0));
	let error = broken_oversight(|| ReviewDeadlines::<Test>::insert(key, ()));
	assert_eq!(error, expected);
	let error = broken_oversight(|| {
		let _ = ReviewDeadlines::<Test>::clear(u32::MAX, None);
	});
	assert_eq!(error, expected);
}

#[test]
fn try_state_fails_when_the_times_of_reviews_are_out_of_bounds() {
	let zero = Milliseconds(0);
	let terms = ReviewTerms { answer_within: zero, escalate_within: zero };
	let error = broken_oversight(|| ReviewTermsInForce::<Test>::put(terms));
	assert_eq!(error, "the times for the steps of a review are out of bounds".into());
}

#[test]
fn try_state_fails_when_something_is_counted_in_a_window_to_come() {
	let error = broken_oversight(CurrentWindow::<Test>::kill);
	assert_eq!(error, "something is counted in a window to come".into());
}

#[test]
fn try_state_fails_when_patients_are_not_counted_right() {
	let key = WindowKey([0; 4]);
	let party = || Party::Actor(actor(1));
	let error = broken_oversight(|| {
		PatientsOfWindow::<Test>::insert((key, party(), patient(5)), ());
	});
	assert_eq!(error, "patients are not counted right".into());
	let error = broken_oversight(|| WindowCounts::<Test>::remove(key, party()));
	assert_eq!(error, "a patient is remembered and not counted".into());
	let error = broken_oversight(|| {
		for about in 5..9 {
			PatientsOfWindow::<Test>::insert((key, party(), patient(about)), ());
		}
		WindowCounts::<Test>::mutate(key, party(), |counts| counts.patients = 5);
	});
	assert_eq!(error, "more patients are remembered than have to be".into());
}

#[test]
fn the_terms_of_monitoring_are_within_bounds() {
	let shipped = MonitoringTermsInForce::<Test>::get;
	let expected: TryRuntimeError = "what raises alerts is out of bounds".into();
	let with_window = |window| {
		let terms = MonitoringTerms { window: Milliseconds(window), ..shipped() };
		MonitoringTermsInForce::<Test>::put(terms);
	};
	assert_eq!(broken_oversight(|| with_window(HOUR / 60 - 1)), expected);
	assert_eq!(broken_oversight(|| with_window(24 * HOUR + 1)), expected);
	let with_threshold = |denials| {
		let mut terms = shipped();
		terms.institution.denials = Some(denials);
		MonitoringTermsInForce::<Test>::put(terms);
	};
	assert_eq!(broken_oversight(|| with_threshold(0)), expected);
	assert_eq!(broken_oversight(|| with_threshold(11)), expected);
}

#[test]
fn the_window_of_the_counts_ends_in_time() {
	let later = || {
		CurrentWindow::<Test>::mutate(|window| {
			let window = window.as_mut().unwrap();
			window.ends_at = Milliseconds(window.ends_at.0 + 1);
		});
	};
	assert_eq!(broken_oversight(later), "the window of the counts ends too late".into());
}
