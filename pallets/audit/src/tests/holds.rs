//! Legal holds.

use crate::{mock::*, pallet::*, HoldScope};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use hdx_primitives::{AuditAction, EntryIndex, HoldId, HoldReason, Subject};
use sp_runtime::DispatchError;

fn authority() -> RuntimeOrigin {
	RuntimeOrigin::signed(Authority::get())
}

fn case(entries: impl IntoIterator<Item = u64>) -> HoldScope {
	let entries = entries.into_iter().map(EntryIndex).collect::<Vec<_>>();
	HoldScope::Case(entries.try_into().unwrap())
}

fn place(scope: HoldScope) -> DispatchResult {
	Audit::place_hold(authority(), scope, HoldReason::Litigation)
}

fn release(hold: u32) -> DispatchResult {
	Audit::release_hold(authority(), HoldId(hold))
}

/// Ends the windows of all entries so far, and prunes.
fn end_windows() {
	next_block_after(2 * HOUR);
	prune_all();
}

#[test]
fn place_hold_leaves_an_entry_with_the_reason_and_the_patient() {
	on_empty_chain(|| {
		assert_ok!(place(HoldScope::Patient(patient(1))));
		let entry = EntryIndex(0);
		let (hold, reason) = (HoldId(0), HoldReason::Litigation);
		let logged = Entries::<Test>::get(entry).unwrap().event;
		assert_eq!(logged.action, AuditAction::LegalHoldPlaced);
		assert_eq!(logged.patient, Some(patient(1)));
		assert_eq!(logged.subject, Subject::LegalHold { hold, reason });
		System::assert_last_event(Event::<Test>::HoldPlaced { hold, reason, entry }.into());
		assert_eq!(Holds::<Test>::get(hold).unwrap().placed_at, time_of(1));
	});
}

#[test]
fn release_hold_leaves_an_entry_with_the_reason() {
	on_empty_chain(|| {
		assert_ok!(place(HoldScope::Patient(patient(1))));
		assert_ok!(release(0));
		let entry = EntryIndex(1);
		let (hold, reason) = (HoldId(0), HoldReason::Litigation);
		let logged = Entries::<Test>::get(entry).unwrap().event;
		assert_eq!(logged.action, AuditAction::LegalHoldReleased);
		assert_eq!(logged.subject, Subject::LegalHold { hold, reason });
		System::assert_last_event(Event::<Test>::HoldReleased { hold, entry }.into());
	});
}

#[test]
fn a_hold_on_a_patient_keeps_what_is_about_them_and_nothing_else() {
	on_empty_chain(|| {
		record(1, 1);
		record(1, 2);
		record(1, 1);
		assert_ok!(place(HoldScope::Patient(patient(1))));
		end_windows();
		// The entry of the hold is about the patient too.
		assert_eq!(stored(), [0, 2, 3]);
		assert_eq!(OldestEntry::<Test>::get(), EntryIndex(4));
	});
}

#[test]
fn a_hold_on_a_patient_keeps_what_comes_after_it() {
	on_empty_chain(|| {
		assert_ok!(place(HoldScope::Patient(patient(1))));
		end_windows();
		record(1, 1);
		record(1, 2);
		end_windows();
		assert_eq!(stored(), [0, 1]);
	});
}

#[test]
fn a_hold_on_a_case_keeps_its_entries() {
	on_empty_chain(|| {
		for about in 0..4 {
			record(1, about);
		}
		assert_ok!(place(case([1, 3])));
		end_windows();
		assert_eq!(stored(), [1, 3]);
	});
}

#[test]
fn a_hold_does_not_stop_the_pruning_of_others() {
	on_empty_chain(|| {
		record(1, 1);
		assert_ok!(place(case([0])));
		for _ in 0..10 {
			record(1, 2);
			end_windows();
		}
		assert_eq!(stored(), [0]);
	});
}

#[test]
fn what_is_held_stays_in_its_indexes() {
	on_empty_chain(|| {
		record(1, 1);
		record(1, 2);
		assert_ok!(place(case([0])));
		end_windows();
		assert_eq!(EntriesOfPatient::<Test>::iter_key_prefix(patient(1)).count(), 1);
		assert_eq!(EntriesOfActor::<Test>::iter_key_prefix(actor(1)).count(), 1);
		assert_ok!(release(0));
		assert_eq!(EntriesOfPatient::<Test>::iter_key_prefix(patient(1)).count(), 0);
		assert_eq!(EntriesOfActor::<Test>::iter_key_prefix(actor(1)).count(), 0);
	});
}

#[test]
fn a_released_case_is_pruned_at_once_where_its_turn_has_passed() {
	on_empty_chain(|| {
		record(1, 1);
		assert_ok!(place(case([0])));
		end_windows();
		record(1, 1);
		assert_ok!(place(case([2])));
		assert_ok!(release(0));
		assert_ok!(release(1));
		// The second case's entry is within its window.
		assert_eq!(stored(), [2, 3, 4, 5]);
	});
}

#[test]
fn what_was_held_of_a_patient_is_pruned_after_the_release_a_little_in_each_block() {
	on_empty_chain(|| {
		assert_ok!(place(HoldScope::Patient(patient(1))));
		for _ in 0..10 {
			record(1, 1);
		}
		end_windows();
		assert_eq!(stored().len(), 11);
		assert_ok!(release(0));
		assert_eq!(stored().len(), 12);
		let mut blocks = 0;
		while PendingSweep::<Test>::exists() {
			next_block();
			Audit::do_try_state().unwrap();
			blocks += 1;
		}
		// Two of the four steps of a block, and one to see that nothing is left.
		assert_eq!((stored(), blocks), (vec![11], 6));
	});
}

#[test]
fn an_entry_under_two_holds_is_kept_until_both_are_released() {
	on_empty_chain(|| {
		record(1, 1);
		assert_ok!(place(case([0])));
		assert_ok!(place(case([0])));
		assert_ok!(place(HoldScope::Patient(patient(1))));
		end_windows();
		for hold in 0..3 {
			assert_eq!(stored().first(), Some(&0));
			assert_ok!(release(hold));
			prune_all();
		}
		assert_ne!(stored().first(), Some(&0));
	});
}

#[test]
fn a_release_during_a_new_look_at_what_was_held_has_it_go_round_once_more() {
	on_empty_chain(|| {
		assert_ok!(place(HoldScope::Patient(patient(1))));
		assert_ok!(place(HoldScope::Patient(patient(2))));
		for _ in 0..3 {
			record(1, 2);
			record(1, 1);
		}
		end_windows();
		assert_ok!(release(0));
		// Most of it is done.
		Audit::prune(10);
		assert!(PendingSweep::<Test>::exists());
		assert_ok!(release(1));
		prune_all();
		assert_eq!(stored(), [8, 9]);
		assert!(!PendingSweep::<Test>::exists());
	});
}

#[test]
fn asking_for_a_new_look_again_and_again_does_not_keep_it_from_its_end() {
	on_empty_chain(|| {
		assert_ok!(place(HoldScope::Patient(patient(1))));
		for _ in 0..20 {
			record(1, 1);
		}
		end_windows();
		assert_ok!(release(0));
		for _ in 0..30 {
			Audit::look_again();
			Audit::prune(4);
		}
		assert_eq!(stored(), [21]);
	});
}

#[test]
fn place_hold_fails_for_who_is_no_authority() {
	on_empty_chain(|| {
		record(1, 1);
		for origin in [RuntimeOrigin::signed(patient(1)), RuntimeOrigin::root()] {
			assert_noop!(
				Audit::place_hold(origin, case([0]), HoldReason::Order),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn release_hold_fails_for_who_is_no_authority() {
	on_empty_chain(|| {
		record(1, 1);
		assert_ok!(place(case([0])));
		assert_noop!(
			Audit::release_hold(RuntimeOrigin::signed(actor(1)), HoldId(0)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn place_hold_fails_about_somebody_who_is_no_patient() {
	on_empty_chain(|| {
		assert_noop!(place(HoldScope::Patient(actor(1))), Error::<Test>::PatientUnknown);
	});
}

#[test]
fn place_hold_fails_on_no_entries() {
	on_empty_chain(|| {
		assert_noop!(place(case([])), Error::<Test>::NoEntries);
	});
}

#[test]
fn place_hold_fails_on_entries_out_of_order_or_twice() {
	on_empty_chain(|| {
		record(1, 1);
		record(1, 1);
		assert_noop!(place(case([1, 0])), Error::<Test>::EntriesNotOrdered);
		assert_noop!(place(case([1, 1])), Error::<Test>::EntriesNotOrdered);
	});
}

#[test]
fn place_hold_fails_on_entries_that_are_pruned_or_not_written() {
	on_empty_chain(|| {
		record(1, 1);
		assert_noop!(place(case([0, 1])), Error::<Test>::EntryUnknown);
		end_windows();
		assert_noop!(place(case([0])), Error::<Test>::EntryUnknown);
	});
}

#[test]
fn place_hold_fails_when_there_are_as_many_as_can_be() {
	on_empty_chain(|| {
		for _ in 0..4 {
			assert_ok!(place(HoldScope::Patient(patient(1))));
		}
		let one_more = HoldScope::Patient(patient(2));
		assert_noop!(place(one_more.clone()), Error::<Test>::TooManyHolds);
		assert_ok!(release(2));
		assert_ok!(place(one_more));
		// Numbers are never given out again.
		assert!(Holds::<Test>::contains_key(HoldId(4)));
	});
}

#[test]
fn place_hold_fails_when_every_number_was_given_out() {
	on_empty_chain(|| {
		NextHoldId::<Test>::put(u32::MAX);
		let scope = HoldScope::Patient(patient(1));
		assert_noop!(place(scope), Error::<Test>::IdentifiersExhausted);
	});
}

#[test]
fn release_hold_fails_when_there_is_none() {
	on_empty_chain(|| {
		assert_noop!(release(0), Error::<Test>::HoldUnknown);
		assert_ok!(place(HoldScope::Patient(patient(1))));
		assert_ok!(release(0));
		assert_noop!(release(0), Error::<Test>::HoldUnknown);
	});
}
