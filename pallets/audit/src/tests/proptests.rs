//! Rules that hold for any history.

use crate::{mock::*, pallet::*, HoldScope};
use binary_merkle_tree::merkle_root_raw;
use hdx_primitives::{
	AuditAction, AuditEntry, AuditEvent, AuditSink, EntryIndex, HoldId, HoldReason, Milliseconds,
	VersionedBlockLog,
};
use proptest::prelude::*;
use sp_mmr_primitives::LeafDataProvider;
use sp_runtime::traits::BlakeTwo256;
use std::collections::BTreeMap;

/// The accounts of one entry.
type Named = (Option<u8>, Option<u8>);

fn history() -> impl Strategy<Value = Vec<Vec<Named>>> {
	let account = || proptest::option::of(0u8..4);
	let block = proptest::collection::vec((account(), account()), 0..20);
	proptest::collection::vec(block, 0..8)
}

/// What can happen to a log.
#[derive(Clone, Debug)]
enum Step {
	Record(Named),
	NextBlock { later: u64 },
	Prune(u32),
	HoldPatient(u8),
	HoldCase(Vec<u64>),
	Release(u32),
	SetRetention(u64),
}

fn step() -> impl Strategy<Value = Step> {
	let account = || proptest::option::of(0u8..4);
	prop_oneof![
		6 => (account(), account()).prop_map(Step::Record),
		2 => (0u64..HOUR).prop_map(|later| Step::NextBlock { later }),
		2 => (0u32..12).prop_map(Step::Prune),
		1 => (0u8..4).prop_map(Step::HoldPatient),
		1 => proptest::collection::vec(0u64..40, 0..4).prop_map(Step::HoldCase),
		1 => (0u32..8).prop_map(Step::Release),
		1 => (0u64..30).prop_map(Step::SetRetention),
	]
}

fn take(step: Step) {
	let authority = RuntimeOrigin::signed(Authority::get());
	match step {
		Step::Record((who, about)) => {
			Audit::record(AuditEvent {
				actor: who.map(actor),
				patient: about.map(patient),
				on_behalf_of: who.map(institution),
				..AuditEvent::new(AuditAction::Disclosed)
			});
		},
		Step::NextBlock { later } => next_block_after(later + 1),
		Step::Prune(steps) => {
			Audit::prune(steps);
		},
		Step::HoldPatient(about) => {
			let scope = HoldScope::Patient(patient(about));
			let _ = Audit::place_hold(authority, scope, HoldReason::Litigation);
		},
		Step::HoldCase(entries) => {
			let entries = entries.into_iter().map(EntryIndex).collect::<Vec<_>>();
			let scope = HoldScope::Case(entries.try_into().unwrap());
			let _ = Audit::place_hold(authority, scope, HoldReason::Breach);
		},
		Step::Release(hold) => {
			let _ = Audit::release_hold(authority, HoldId(hold));
		},
		Step::SetRetention(hours) => {
			let period = Milliseconds(hours * HOUR);
			let _ = Audit::set_retention(RuntimeOrigin::root(), period);
		},
	}
}

/// Whether a hold names an entry.
fn is_held(entry: &AuditEntry) -> bool {
	Holds::<Test>::iter_values().any(|hold| match hold.scope {
		HoldScope::Patient(patient) => entry.event.patient == Some(patient),
		HoldScope::Case(case) => case.contains(&entry.index),
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn any_history_is_complete_ordered_and_rooted(history in history()) {
		on_empty_chain(|| {
			let mut next = 0u64;
			for (block, entries) in (1u32..).zip(history) {
				let first = next;
				for (who, about) in &entries {
					let index = Audit::record(AuditEvent {
						actor: who.map(actor),
						patient: about.map(patient),
						..AuditEvent::new(AuditAction::Disclosed)
					});
					assert_eq!(index, EntryIndex(next));
					next += 1;
				}
				Audit::do_try_state().unwrap();
				next_block();

				let leaves = (first..next)
					.map(|index| Entries::<Test>::get(EntryIndex(index)).unwrap().leaf_hash())
					.collect::<Vec<_>>();
				let VersionedBlockLog::V1(log) = crate::ParentLog::<Test>::leaf_data();
				assert_eq!((log.first.0, log.count), (first, entries.len() as u32));
				assert_eq!(log.root, merkle_root_raw::<BlakeTwo256, _>(leaves));
				assert_eq!(Audit::log_of(block), (!entries.is_empty()).then_some(log));
			}
		});
	}

	/// What is written stays as it is until its window is over and no hold names it, whatever is
	/// called; and then it leaves.
	#[test]
	fn no_step_changes_an_entry_or_takes_one_within_its_window_or_under_a_hold(
		steps in proptest::collection::vec(step(), 0..40),
	) {
		on_empty_chain(|| {
			for step in steps {
				let before: BTreeMap<_, _> = Entries::<Test>::iter().collect();
				let held: Vec<_> =
					before.values().filter(|entry| is_held(entry)).map(|entry| entry.index).collect();
				let window = RetentionPeriod::<Test>::get();
				// Of those before it the window was over, however long it is now.
				let oldest = OldestEntry::<Test>::get();
				take(step.clone());
				Audit::do_try_state().unwrap();
				let now = pallet_timestamp::Now::<Test>::get();
				for (index, entry) in before {
					let after = Entries::<Test>::get(index);
					let is_over = index < oldest || entry.at.0 + window.0 <= now;
					let was_held = held.contains(&index) && !matches!(step, Step::Release(_));
					match after {
						Some(after) => assert_eq!(after, entry),
						None => assert!(is_over && !was_held, "{step:?} took {entry:?}"),
					}
				}
			}
			for hold in Holds::<Test>::iter_keys().collect::<Vec<_>>() {
				Audit::release_hold(RuntimeOrigin::signed(Authority::get()), hold).unwrap();
			}
			next_block_after(30 * HOUR);
			prune_all();
			assert_eq!(stored(), Vec::<u64>::new());
		});
	}
}
