//! A log of layout 1 keeps its entries and gets its indexes.

use crate::{
	migrations::v2::{v1, MigrateV1ToV2},
	mock::*,
	pallet::*,
	EntryFilter, EntryScope,
};
#[cfg(feature = "try-runtime")]
use frame_support::assert_ok;
use frame_support::traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion};
use hdx_primitives::{AuditEvent, AuditSink, EntryIndex};

/// Writes the indexes over with what layout 1 has in their place.
fn write_layout_1() {
	let _ = EntriesOfPatient::<Test>::clear(u32::MAX, None);
	let _ = EntriesOfActor::<Test>::clear(u32::MAX, None);
	let _ = EntriesOfInstitution::<Test>::clear(u32::MAX, None);
	for index in stored() {
		let event = Entries::<Test>::get(EntryIndex(index)).unwrap().event;
		let patient = event.patient.unwrap();
		let nth = v1::EntryCountOfPatient::<Test>::get(&patient).unwrap_or_default();
		v1::EntriesOfPatient::<Test>::insert(&patient, nth, EntryIndex(index));
		v1::EntryCountOfPatient::<Test>::insert(&patient, nth + 1);
		let actor = event.actor.unwrap();
		let nth = v1::EntryCountOfActor::<Test>::get(&actor).unwrap_or_default();
		v1::EntriesOfActor::<Test>::insert(&actor, nth, EntryIndex(index));
		v1::EntryCountOfActor::<Test>::insert(&actor, nth + 1);
	}
	StorageVersion::new(1).put::<Audit>();
}

fn migrate() {
	#[cfg(feature = "try-runtime")]
	assert_ok!(MigrateV1ToV2::<Test>::try_on_runtime_upgrade(true).map(|_| ()));
	#[cfg(not(feature = "try-runtime"))]
	MigrateV1ToV2::<Test>::on_runtime_upgrade();
}

fn found(scope: EntryScope) -> Vec<u64> {
	let page = Audit::entries(scope, EntryFilter::default(), EntryIndex(0), 100);
	page.entries.iter().map(|entry| entry.index.0).collect()
}

#[test]
fn a_log_of_layout_1_is_found_by_patient_actor_and_institution() {
	on_empty_chain(|| {
		record(1, 1);
		Audit::record(AuditEvent { on_behalf_of: Some(institution(3)), ..event(2, 1) });
		next_block();
		record(1, 2);
		let entries: Vec<_> = Entries::<Test>::iter().collect();
		write_layout_1();
		migrate();
		assert_eq!(Audit::on_chain_storage_version(), 2);
		assert_eq!(Entries::<Test>::iter().collect::<Vec<_>>(), entries);
		assert_eq!(found(EntryScope::Patient(patient(1))), [0, 1]);
		assert_eq!(found(EntryScope::Actor(actor(1))), [0, 2]);
		assert_eq!(found(EntryScope::Institution(institution(3))), [1]);
		assert_eq!(v1::EntryCountOfPatient::<Test>::iter().count(), 0);
		assert_eq!(v1::EntryCountOfActor::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_log_of_layout_1_is_pruned_after_the_migration() {
	on_empty_chain(|| {
		record(1, 1);
		record(1, 2);
		write_layout_1();
		migrate();
		next_block_after(2 * HOUR);
		prune_all();
		assert_eq!(stored(), Vec::<u64>::new());
	});
}

#[test]
fn a_chain_of_layout_2_is_left_alone() {
	on_empty_chain(|| {
		StorageVersion::new(2).put::<Audit>();
		record(1, 1);
		let before = sp_io::storage::root(sp_core::storage::StateVersion::V1);
		migrate();
		assert_eq!(sp_io::storage::root(sp_core::storage::StateVersion::V1), before);
	});
}
