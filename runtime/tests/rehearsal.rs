//! The migration with which an upgrade is rehearsed, in steps as blocks take them.

use crate::chain::on_chain;
use frame_support::{
	migrations::{SteppedMigration, SteppedMigrationError},
	weights::{Weight, WeightMeter},
};
use hdx_primitives::{AuditAction, AuditEvent, AuditSink, EntryIndex};
use hdx_runtime::{
	genesis,
	rehearsal::{Completed, DigestEntries, Digests, ENTRIES_A_STEP},
	Audit, Runtime,
};
use pallet_audit::{Entries, NextEntryIndex};

fn log(entries: u64) {
	for _ in 0..entries {
		Audit::record(AuditEvent::new(AuditAction::SafeModeExited));
	}
}

fn step(cursor: Option<EntryIndex>) -> Result<Option<EntryIndex>, SteppedMigrationError> {
	DigestEntries::transactional_step(cursor, &mut WeightMeter::new())
}

/// Steps until it is done; tells how many.
fn run(mut cursor: Option<EntryIndex>) -> u64 {
	let mut steps = 0;
	loop {
		steps += 1;
		match step(cursor).unwrap() {
			Some(next) => cursor = Some(next),
			None => return steps,
		}
	}
}

fn assert_complete() {
	let length = NextEntryIndex::<Runtime>::get().0;
	for index in (0..length).map(EntryIndex) {
		let entry = Entries::<Runtime>::get(index).unwrap();
		assert_eq!(Digests::get(index), Some(entry.leaf_hash()));
	}
	assert_eq!(Completed::get(), Some(length));
}

#[test]
fn each_entry_of_the_log_has_its_digest_after_several_steps() {
	on_chain(genesis::DEV, || {
		log(3 * ENTRIES_A_STEP);
		let length = NextEntryIndex::<Runtime>::get().0;
		assert_eq!(run(None), length.div_ceil(ENTRIES_A_STEP));
		assert_complete();
	});
}

#[test]
fn entries_that_are_added_meanwhile_have_theirs_too() {
	on_chain(genesis::DEV, || {
		log(2 * ENTRIES_A_STEP);
		let cursor = step(None).unwrap();
		assert!(cursor.is_some() && Completed::get().is_none());
		log(ENTRIES_A_STEP);
		run(cursor);
		assert_complete();
	});
}

#[test]
fn after_a_failure_it_begins_anew() {
	on_chain(genesis::DEV, || {
		log(2 * ENTRIES_A_STEP);
		step(None).unwrap();
		run(None);
		assert_complete();
	});
}

#[test]
fn a_step_without_room_in_the_block_changes_nothing() {
	on_chain(genesis::DEV, || {
		log(ENTRIES_A_STEP);
		let mut meter = WeightMeter::with_limit(Weight::from_parts(1, 1));
		let refused = DigestEntries::transactional_step(None, &mut meter);
		assert!(matches!(refused, Err(SteppedMigrationError::InsufficientWeight { .. })));
		assert!(Digests::get(EntryIndex(0)).is_none());
	});
}
