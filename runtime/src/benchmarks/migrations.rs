//! Benchmarks of pallet-migrations as this runtime has it. Those of the SDK look at parts of a step that nobody else can, and
//! have migrations fail where states are checked, which panics there.
//!
//! Measured is a whole step, as a block takes it, wherever the SDK measures a part of one: so the cursor is read and written each
//! time, and where something is done, what comes next is looked at. Cursors are as long as may be. The migrations change nothing: what one
//! of ours does in a step is for itself to weigh.
//!
//! Nobody can make the pallet's calls (`KeepsMigrations`): measured is what they do once they are not refused.

use super::decisions::{begin, next_entry, Carried};
use crate::{
	configs::GoesOnInSafeMode, BlockNumber, MultiBlockMigrations, Runtime, RuntimeOrigin, SafeMode,
	System,
};
use alloc::{vec, vec::Vec};
use codec::Encode;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{
	migrations::{FailedMigrationHandler, MultiStepMigrator},
	storage::unhashed,
	traits::{Get, Hooks, SafeMode as EmergencyMode},
};
use hdx_primitives::EntryIndex;
use pallet_migrations::{
	mock_helpers::{mocked_id, MockedMigrationKind, MockedMigrations},
	ActiveCursor, ActiveCursorOf, Call as Migrations, Cursor, Historic, HistoricCleanupSelector,
	IdentifierOf, MigrationCursor, RawCursorOf,
};
use pallet_safe_mode::EnteredUntil;

/// The benchmarks.
pub struct Pallet<T>(PhantomData<T>);

/// What the benchmarks need besides this runtime.
pub trait Config: frame_system::Config {}

impl Config for Runtime {}

/// Most migrations that a block looks at.
const MOST_A_BLOCK: u32 = 8;
/// Most records of migrations that are cleared at once, where nobody says how many: twice as many are measured.
const MOST_CLEARED: u32 = 256;

/// The longest cursor that a migration may have.
fn longest() -> RawCursorOf<Runtime> {
	let length: u32 = <Runtime as pallet_migrations::Config>::CursorMaxLen::get();
	RawCursorOf::<Runtime>::truncate_from(vec![0; length as usize])
}

fn active(index: u32) -> ActiveCursorOf<Runtime> {
	ActiveCursor { index, inner_cursor: Some(longest()), started_at: System::block_number() }
}

/// Has the migration of this number go on, of so many of the same kind that take so many steps more than one.
fn go_on(index: u32, kind: MockedMigrationKind, steps: u32, count: u32) {
	begin();
	MockedMigrations::set(vec![(kind, steps); count as usize]);
	Cursor::<Runtime>::put(MigrationCursor::Active(active(index)));
}

/// Where migrations stand. `None`: none goes on.
fn index() -> Option<u32> {
	Cursor::<Runtime>::get().and_then(|cursor| cursor.as_active().map(|active| active.index))
}

fn step() {
	MultiBlockMigrations::step();
}

/// There is a migration that was not begun.
fn bring_one() {
	begin();
	MockedMigrations::set(vec![(MockedMigrationKind::SucceedAfter, 1)]);
}

fn by_root(call: Migrations<Runtime>) -> Carried {
	Carried::new(call, RuntimeOrigin::root())
}

#[benchmarks]
mod benches {
	use super::*;

	/// As an upgrade does. None is brought in while a migration goes on: the system refuses it.
	#[benchmark]
	fn onboard_new_mbms() {
		bring_one();

		#[block]
		{
			<MultiBlockMigrations as Hooks<BlockNumber>>::on_runtime_upgrade();
		}

		assert_eq!(index(), Some(0));
	}

	#[benchmark]
	fn progress_mbms_none() {
		bring_one();

		#[block]
		{
			step();
		}

		assert_eq!(index(), None);
	}

	/// All are done.
	#[benchmark]
	fn exec_migration_completed() {
		go_on(1, MockedMigrationKind::SucceedAfter, 0, 1);

		#[block]
		{
			step();
		}

		assert_eq!(index(), None);
	}

	/// One was done before, and then all are.
	#[benchmark]
	fn exec_migration_skipped_historic() {
		go_on(0, MockedMigrationKind::FailAfter, 0, 1);
		Historic::<Runtime>::insert(mocked_id(MockedMigrationKind::FailAfter, 0), ());

		#[block]
		{
			step();
		}

		assert_eq!(index(), None);
	}

	/// A step of one that needs another.
	#[benchmark]
	fn exec_migration_advance() {
		go_on(0, MockedMigrationKind::SucceedAfter, 1, 1);

		#[block]
		{
			step();
		}

		assert_eq!(index(), Some(0));
		assert_ne!(Cursor::<Runtime>::get(), Some(MigrationCursor::Active(active(0))));
	}

	/// The last step of one, and then all are done.
	#[benchmark]
	fn exec_migration_complete() {
		go_on(0, MockedMigrationKind::SucceedAfter, 0, 1);

		#[block]
		{
			step();
		}

		assert_eq!(index(), None);
		let id = mocked_id(MockedMigrationKind::SucceedAfter, 0);
		assert!(Historic::<Runtime>::contains_key(id));
	}

	/// One fails while safe mode is on, which then has no end and leaves an entry. Where states are checked, the pallet panics
	/// instead, and what this runtime does about it is called by itself.
	#[benchmark]
	fn exec_migration_fail() {
		go_on(0, MockedMigrationKind::FailAfter, 0, 1);
		assert!(<SafeMode as EmergencyMode>::enter(1).is_ok());
		let entry = next_entry();

		#[block]
		{
			if cfg!(feature = "try-runtime") {
				let _ = GoesOnInSafeMode::failed(Some(0));
			} else {
				step();
			}
		}

		assert_eq!(EnteredUntil::<Runtime>::get(), Some(BlockNumber::MAX));
		assert_eq!(next_entry(), EntryIndex(entry.0 + 1));
	}

	/// A block in which as many are done as it looks at.
	#[benchmark]
	fn on_init_loop() {
		go_on(0, MockedMigrationKind::SucceedAfter, 0, MOST_A_BLOCK + 1);

		#[block]
		{
			step();
		}

		assert_eq!(index(), Some(MOST_A_BLOCK));
	}

	#[benchmark]
	fn force_set_cursor() {
		begin();
		let cursor = Some(MigrationCursor::Active(active(u32::MAX)));
		let call = by_root(Migrations::force_set_cursor { cursor });

		#[block]
		{
			call.make();
		}

		assert_eq!(index(), Some(u32::MAX));
	}

	#[benchmark]
	fn force_set_active_cursor() {
		begin();
		let call = by_root(Migrations::force_set_active_cursor {
			index: 0,
			inner_cursor: Some(longest()),
			started_at: None,
		});

		#[block]
		{
			call.make();
		}

		assert_eq!(index(), Some(0));
	}

	#[benchmark]
	fn force_onboard_mbms() {
		bring_one();
		let call = by_root(Migrations::force_onboard_mbms {});

		#[block]
		{
			call.make();
		}

		assert_eq!(index(), Some(0));
	}

	/// Identifiers are as long as may be.
	#[benchmark]
	fn clear_historic(n: Linear<0, MOST_CLEARED>) {
		begin();
		let length: u32 = <Runtime as pallet_migrations::Config>::IdentifierMaxLen::get();
		for number in 0..MOST_CLEARED {
			let id: Vec<u8> = number.encode().into_iter().cycle().take(length as usize).collect();
			Historic::<Runtime>::insert(IdentifierOf::<Runtime>::truncate_from(id), ());
		}
		let selector = HistoricCleanupSelector::Wildcard { limit: Some(n), previous_cursor: None };
		let call = by_root(Migrations::clear_historic { selector });

		#[block]
		{
			call.make();
		}

		// What was not written to the database yet is removed uncounted.
		assert!(Historic::<Runtime>::iter_keys().count() as u32 <= MOST_CLEARED - n);
	}

	/// Removing so many keys of a pallet.
	#[benchmark(skip_meta, pov_mode = Measured)]
	fn reset_pallet_migration(n: Linear<0, 2_048>) {
		let prefix = sp_crypto_hashing::twox_128(b"a pallet that is reset");
		for number in 0..n {
			let key = [prefix.as_slice(), number.to_le_bytes().as_slice()].concat();
			// So long that the trie has a node of its own for the value.
			unhashed::put_raw(&key, &[0; 32]);
		}
		let cursor;

		#[block]
		{
			cursor = unhashed::clear_prefix(&prefix, None, None).maybe_cursor;
		}

		assert!(cursor.is_none());
	}
}
