//! Broken invariants are noticed.

use crate::{mock::*, pallet::*};
use hdx_primitives::{EntryIndex, Milliseconds};
use sp_core::H256;
use sp_runtime::TryRuntimeError;

fn broken(by: impl FnOnce()) -> TryRuntimeError {
	empty_chain().execute_with(|| {
		record(1, 1);
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
fn try_state_fails_when_a_patients_index_has_a_gap() {
	let error = broken(|| EntriesOfPatient::<Test>::remove(patient(2), 0));
	assert_eq!(error, "an account's index has a gap".into());
}

#[test]
fn try_state_fails_when_a_patients_index_is_out_of_order() {
	let error = broken(|| EntriesOfPatient::<Test>::swap(patient(2), 0, patient(2), 1));
	assert_eq!(error, "an account's index is out of order".into());
}

#[test]
fn try_state_fails_when_an_index_names_anothers_entry() {
	let error = broken(|| EntriesOfActor::<Test>::insert(actor(2), 0, EntryIndex(0)));
	assert_eq!(error, "an account's index names another's entry".into());
}

#[test]
fn try_state_fails_when_an_index_holds_more_than_its_count() {
	let error = broken(|| EntryCountOfPatient::<Test>::insert(patient(2), 1));
	assert_eq!(error, "a patient's index holds more than its count says".into());
	let error = broken(|| EntryCountOfActor::<Test>::insert(actor(1), 1));
	assert_eq!(error, "an actor's index holds more than its count says".into());
}

#[test]
fn try_state_fails_when_an_entry_is_in_no_index() {
	let error = broken(|| {
		EntriesOfPatient::<Test>::remove(patient(1), 0);
		EntryCountOfPatient::<Test>::remove(patient(1));
	});
	assert_eq!(error, "an entry is missing from its patient's index".into());
	let error = broken(|| {
		EntriesOfActor::<Test>::remove(actor(2), 0);
		EntryCountOfActor::<Test>::remove(actor(2));
	});
	assert_eq!(error, "an entry is missing from its actor's index".into());
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
