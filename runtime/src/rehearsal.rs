//! A migration over all of the log, with which an upgrade is rehearsed (`scripts/upgrade.sh`).
//!
//! It is in no runtime but the one that the feature `upgrade-rehearsal` makes, which has the next version. It writes the
//! digest of each entry that the log keeps beside it, under a prefix of its own, so few entries a block that it takes
//! several blocks even on a small chain.
//!
//! It keeps to what a migration has to keep to (docs/upgrades.md): it ends, it can begin anew after a failure, it reads
//! what was there before and leaves it as it is.

use crate::Runtime;
use alloc::{vec, vec::Vec};
use frame_support::{
	migrations::{SteppedMigration, SteppedMigrationError},
	storage::storage_prefix,
	storage_alias,
	weights::WeightMeter,
	Twox64Concat,
};
use hdx_primitives::{EntryIndex, H256};
use pallet_audit::{Entries, NextEntryIndex, OldestEntry};

/// Entries that a step looks at.
pub const ENTRIES_A_STEP: u64 = 8;

/// Blocks that it takes at most: a quarter of an hour. One that takes longer has failed.
pub const MOST_STEPS: u32 = 450;

/// The digest of each entry, as its block's tree has it.
#[storage_alias(verbatim)]
pub type Digests = StorageMap<UpgradeRehearsal, Twox64Concat, EntryIndex, H256>;

/// How many digests there are, once all are.
#[storage_alias(verbatim)]
pub type Completed = StorageValue<UpgradeRehearsal, u64>;

/// Writes the digest of each entry that the log keeps.
pub struct DigestEntries;

impl SteppedMigration for DigestEntries {
	/// The entry that comes next.
	type Cursor = EntryIndex;
	type Identifier = [u8; 13];

	fn id() -> Self::Identifier {
		*b"hdx rehearsal"
	}

	fn max_steps() -> Option<u32> {
		Some(MOST_STEPS)
	}

	fn migrating_prefixes() -> Option<impl IntoIterator<Item = Vec<u8>>> {
		Some(vec![storage_prefix(b"UpgradeRehearsal", b"Digests").to_vec()])
	}

	/// Entries that blocks add meanwhile come last, so that all are there when it ends.
	fn step(
		cursor: Option<EntryIndex>,
		meter: &mut WeightMeter,
	) -> Result<Option<EntryIndex>, SteppedMigrationError> {
		let oldest = OldestEntry::<Runtime>::get();
		let end = NextEntryIndex::<Runtime>::get();
		let first = cursor.unwrap_or(oldest).0.max(oldest.0);
		let beyond = first.saturating_add(ENTRIES_A_STEP).min(end.0);
		// An entry and its digest; and what is read at the beginning and written at the end.
		let most = ENTRIES_A_STEP.saturating_add(2);
		let required = <Runtime as frame_system::Config>::DbWeight::get().reads_writes(most, most);
		meter
			.try_consume(required)
			.map_err(|()| SteppedMigrationError::InsufficientWeight { required })?;
		for index in (first..beyond).map(EntryIndex) {
			if let Some(entry) = Entries::<Runtime>::get(index) {
				Digests::insert(index, entry.leaf_hash());
			}
		}
		if beyond < end.0 {
			return Ok(Some(EntryIndex(beyond)));
		}
		Completed::put(end.0.saturating_sub(oldest.0));
		Ok(None)
	}
}
