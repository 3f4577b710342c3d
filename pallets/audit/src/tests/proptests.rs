//! Rules that hold for any history.

use crate::{mock::*, pallet::*};
use binary_merkle_tree::merkle_root_raw;
use hdx_primitives::{AuditAction, AuditEvent, AuditSink, EntryIndex, VersionedBlockLog};
use proptest::prelude::*;
use sp_mmr_primitives::LeafDataProvider;
use sp_runtime::traits::BlakeTwo256;

/// The accounts of one entry.
type Named = (Option<u8>, Option<u8>);

fn history() -> impl Strategy<Value = Vec<Vec<Named>>> {
	let account = || proptest::option::of(0u8..4);
	let block = proptest::collection::vec((account(), account()), 0..20);
	proptest::collection::vec(block, 0..8)
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
}
