//! Finality, and what happens to those who vote twice.
//!
//! A node that sees two votes of one validator in one round asks the runtime for a proof whose the key is, and has it make
//! a transaction of both, which it puts into a block of its own (`report_equivocation_unsigned`). Anyone else can send
//! the same in a transaction that they sign. pallet-grandpa checks the votes, [`OwnersOfKeys`] whose the key is,
//! pallet-offences keeps the report, and the validator set disables the offender.

use super::consensus::MaxAuthorities;
use crate::{
	AccountId, Offences, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic, ValidatorSet,
	HOURS,
};
use frame_support::{
	traits::{ConstU32, ConstU64, OnRuntimeUpgrade},
	weights::Weight,
};
use frame_system::offchain::{CreateBare, CreateTransactionBase};
use pallet_grandpa::{CurrentSetId, EquivocationReportSystem, SetIdSession};
use pallet_validator_set::{AccountAlone, OncePerOffender, OwnersOfKeys};
use sp_session::MembershipProof;

/// For how many sessions reports are taken: a week, where sessions are as long as shipped.
const HISTORY_DEPTH: u32 = 168;

/// For how many sessions it can be shown who had which keys in them.
pub type HistoryDepth = ConstU32<HISTORY_DEPTH>;

/// For how many blocks a report that waits in a node's pool is worth including.
type ReportLongevity = ConstU64<{ HISTORY_DEPTH as u64 * HOURS as u64 }>;

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = AccountAlone;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = (AccountId, ());
	type OnOffenceHandler = ValidatorSet;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = crate::weights::pallet_grandpa::WeightInfo<Runtime>;
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	// A set lasts for a session at least.
	type MaxSetIdSessionEntries = ConstU64<{ HISTORY_DEPTH as u64 }>;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem = EquivocationReportSystem<
		Runtime,
		OncePerOffender<Runtime, Offences>,
		OwnersOfKeys<Runtime>,
		ReportLongevity,
	>;
}

/// Notes until which session the set of voters before this one voted, where that was not kept: without it no report about
/// this set can be checked. Of the sessions before the upgrade nothing can be shown anyway.
pub struct NoteEarlierSet;

impl OnRuntimeUpgrade for NoteEarlierSet {
	fn on_runtime_upgrade() -> Weight {
		let weight = <Runtime as frame_system::Config>::DbWeight::get();
		let Some(earlier) = CurrentSetId::<Runtime>::get().checked_sub(1) else {
			return weight.reads(1);
		};
		if SetIdSession::<Runtime>::contains_key(earlier) {
			return weight.reads(2);
		}
		let session = pallet_session::CurrentIndex::<Runtime>::get();
		SetIdSession::<Runtime>::insert(earlier, session.saturating_sub(1));
		weight.reads_writes(3, 1)
	}
}

impl<C> CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

/// Nobody signs the reports of nodes.
impl<C> CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}
