//! Appending entries.

use crate::{mock::*, pallet::*, OrderedIndex};
use codec::Encode;
use frame_support::traits::GetStorageVersion;
use hdx_primitives::{
	AuditAction, AuditEntry, AuditEvent, AuditOutcome, AuditSink, DenialReason, EntryIndex, Subject,
};

#[test]
fn record_appends_an_entry_with_block_and_time() {
	on_empty_chain(|| {
		let event =
			AuditEvent { outcome: AuditOutcome::Denied(DenialReason::NoConsent), ..event(1, 2) };
		let index = Audit::record(event.clone());
		assert_eq!(index, EntryIndex(0));
		assert_eq!(
			Entries::<Test>::get(index),
			Some(AuditEntry { index, at: time_of(1), block: 1, event })
		);
		System::assert_last_event(Event::<Test>::EntryRecorded { index }.into());
	});
}

#[test]
fn record_counts_entries_across_blocks_without_gaps() {
	on_empty_chain(|| {
		assert_eq!(record(1, 1), EntryIndex(0));
		assert_eq!(record(1, 1), EntryIndex(1));
		next_block();
		next_block();
		assert_eq!(record(1, 1), EntryIndex(2));
		assert_eq!(NextEntryIndex::<Test>::get(), EntryIndex(3));
		let entry = Entries::<Test>::get(EntryIndex(2)).unwrap();
		assert_eq!((entry.block, entry.at), (3, time_of(3)));
	});
}

#[test]
fn record_indexes_by_patient_and_actor_oldest_first() {
	on_empty_chain(|| {
		record(1, 1);
		record(2, 1);
		next_block();
		record(1, 2);
		record(1, 1);

		let of_patient = |seed| {
			let keys = EntriesOfPatient::<Test>::iter_key_prefix(patient(seed));
			keys.map(|key| EntryIndex::from(key).0).collect::<Vec<_>>()
		};
		let of_actor = |seed| {
			let keys = EntriesOfActor::<Test>::iter_key_prefix(actor(seed));
			keys.map(|key| EntryIndex::from(key).0).collect::<Vec<_>>()
		};
		assert_eq!(of_patient(1), [0, 1, 3]);
		assert_eq!(of_patient(2), [2]);
		assert_eq!(of_patient(3), Vec::<u64>::new());
		assert_eq!(of_actor(1), [0, 2, 3]);
		assert_eq!(of_actor(2), [1]);
	});
}

#[test]
fn record_keeps_patients_and_actors_apart() {
	on_empty_chain(|| {
		// Somebody who acts about themselves.
		Audit::record(AuditEvent {
			actor: Some(patient(1)),
			patient: Some(patient(1)),
			..AuditEvent::new(AuditAction::ConsentGranted)
		});
		record(2, 1);
		assert_eq!(EntriesOfPatient::<Test>::iter_key_prefix(patient(1)).count(), 2);
		assert_eq!(EntriesOfActor::<Test>::iter_key_prefix(patient(1)).count(), 1);
		assert_eq!(EntriesOfPatient::<Test>::iter_key_prefix(actor(2)).count(), 0);
	});
}

#[test]
fn record_without_accounts_is_in_no_index() {
	on_empty_chain(|| {
		Audit::record(AuditEvent::new(AuditAction::DecisionRulesChanged));
		assert_eq!(NextEntryIndex::<Test>::get(), EntryIndex(1));
		assert_eq!(EntriesOfPatient::<Test>::iter().count(), 0);
		assert_eq!(EntriesOfActor::<Test>::iter().count(), 0);
	});
}

#[test]
fn record_changes_no_earlier_entry() {
	on_empty_chain(|| {
		record(1, 1);
		let before = Entries::<Test>::get(EntryIndex(0));
		record(1, 1);
		next_block();
		record(1, 1);
		assert_eq!(Entries::<Test>::get(EntryIndex(0)), before);
	});
}

#[test]
fn record_indexes_by_the_institution_acted_for_or_else_the_one_it_is_about() {
	on_empty_chain(|| {
		let about = Subject::Institution(institution(2));
		let acted_for = AuditEvent { on_behalf_of: Some(institution(1)), ..event(1, 1) };
		Audit::record(acted_for.clone());
		Audit::record(AuditEvent { subject: about, ..event(1, 1) });
		Audit::record(AuditEvent { subject: about, ..acted_for });
		let of = |seed| {
			let keys = EntriesOfInstitution::<Test>::iter_key_prefix(institution(seed));
			keys.map(|key| EntryIndex::from(key).0).collect::<Vec<_>>()
		};
		assert_eq!(of(1), [0, 2]);
		assert_eq!(of(2), [1]);
	});
}

#[test]
fn keys_of_the_indexes_are_in_the_order_of_the_log() {
	let numbers = [0, 1, 255, 256, 65_535, 65_536, u64::MAX];
	assert!(numbers.map(|n| OrderedIndex::from(EntryIndex(n)).encode()).is_sorted());
	for number in numbers {
		assert_eq!(EntryIndex::from(OrderedIndex::from(EntryIndex(number))).0, number);
	}
}

#[test]
fn storage_version_is_two() {
	on_empty_chain(|| assert_eq!(Audit::in_code_storage_version(), 2));
}
