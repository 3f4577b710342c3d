//! Migrations that take more than one block, and what happens when one fails.
//!
//! While one goes on, blocks hold inherents alone: nobody revokes, asks or votes until it is done. docs/upgrades.md says what
//! that means for people, and what a migration has to keep to.

use super::{calls::every_leaf, emergency::WITHOUT_END, entries};
use crate::{Runtime, RuntimeCall, RuntimeEvent, SafeMode};
use frame_support::{
	migrations::{FailedMigrationHandler, FailedMigrationHandling},
	parameter_types,
	traits::{ConstU32, Contains, SafeMode as EmergencyMode},
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use sp_runtime::Perbill;

/// The migrations of this runtime that take more than one block. None; those that fit into one are in
/// [`health::Migrations`](super::health::Migrations).
#[cfg(all(not(feature = "runtime-benchmarks"), not(feature = "upgrade-rehearsal")))]
type MultiBlock = ();

/// The one with which an upgrade is rehearsed.
#[cfg(all(not(feature = "runtime-benchmarks"), feature = "upgrade-rehearsal"))]
type MultiBlock = (crate::rehearsal::DigestEntries,);

/// Those that a test or a benchmark names, of which none changes anything.
#[cfg(feature = "runtime-benchmarks")]
type MultiBlock = pallet_migrations::mock_helpers::MockedMigrations;

parameter_types! {
	/// Half of what a block can compute: the scheduler may take the other half meanwhile.
	pub MaximumMigrationWeight: Weight = Weight::from_parts(
		Perbill::from_percent(50).mul_floor(WEIGHT_REF_TIME_PER_SECOND),
		u64::MAX,
	);
}

impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Migrations = MultiBlock;
	// A cursor is a key or two. It is so large because the SDK's own migrations for benchmarks state it; nobody sets one by a
	// transaction.
	type CursorMaxLen = ConstU32<65_536>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	type FailedMigrationHandler = GoesOnInSafeMode;
	type MaxServiceWeight = MaximumMigrationWeight;
	type WeightInfo = crate::weights::pallet_migrations::WeightInfo<Runtime>;
}

/// A migration failed: safe mode is entered until both chambers leave it (`Ends` in emergency.rs), and transactions are let
/// in again. So patients revoke, somebody may break the glass, and the chambers decide on a runtime that mends it
/// (ADR 21). What the failed step did is undone; what steps before it did is not.
///
/// Transactions stay out where safe mode can be neither entered nor extended, which cannot be.
pub struct GoesOnInSafeMode;

impl FailedMigrationHandler for GoesOnInSafeMode {
	fn failed(_migration: Option<u32>) -> FailedMigrationHandling {
		let is_on = if <SafeMode as EmergencyMode>::is_entered() {
			let extended = <SafeMode as EmergencyMode>::extend(WITHOUT_END);
			if extended.is_ok() {
				entries::safe_mode_extended();
			}
			extended.is_ok()
		} else {
			<SafeMode as EmergencyMode>::enter(WITHOUT_END).is_ok()
		};
		if is_on {
			FailedMigrationHandling::ForceUnstuck
		} else {
			FailedMigrationHandling::KeepStuck
		}
	}
}

/// The calls that leave migrations to the runtime that brought them: all but those of pallet-migrations. Who sets its cursor
/// skips a part of a migration, or has one wait for ever, in which nothing else is included; who has it forget
/// what was migrated has it migrated again. They are refused wherever they are carried, by the sudo key of the `dev` preset
/// as well. Another runtime is how a migration is mended.
pub struct KeepsMigrations;

impl Contains<RuntimeCall> for KeepsMigrations {
	fn contains(call: &RuntimeCall) -> bool {
		every_leaf(call, |leaf| !matches!(leaf, RuntimeCall::MultiBlockMigrations(_)))
	}
}
