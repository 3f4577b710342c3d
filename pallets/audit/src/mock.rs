//! A chain of the log, the clock and the Merkle mountain range.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_audit;
use frame_support::{derive_impl, traits::Hooks};
use hdx_primitives::{AccountId, AuditAction, AuditEvent, AuditSink, EntryIndex, Milliseconds};
use sp_runtime::{
	traits::{BlakeTwo256, IdentityLookup},
	BuildStorage,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	/// The chain.
	pub struct Test;

	/// What every chain has.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	/// The clock.
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	/// The log.
	#[runtime::pallet_index(2)]
	pub type Audit = pallet_audit;
	/// What makes the log's roots provable.
	#[runtime::pallet_index(3)]
	pub type Mmr = pallet_mmr;
}

/// The chain's blocks: numbers of 32 bits, as the real chain has.
pub type Block = frame_system::mocking::MockBlockU32<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Hash = sp_core::H256;
	type Hashing = BlakeTwo256;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl pallet_audit::Config for Test {
	type Timestamp = Timestamp;
	type WeightInfo = ();
}

impl pallet_mmr::Config for Test {
	const INDEXING_PREFIX: &'static [u8] = b"mmr";
	type Hashing = BlakeTwo256;
	type LeafData = (pallet_mmr::ParentNumberAndHash<Test>, pallet_audit::ParentLog<Test>);
	type OnNewRoot = pallet_audit::DepositMmrRoot<Test>;
	type BlockHashProvider = pallet_mmr::DefaultBlockHashProvider<Test>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

/// A chain at block 1, whose log is empty.
pub fn empty_chain() -> sp_io::TestExternalities {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut chain = sp_io::TestExternalities::new(storage);
	chain.execute_with(|| begin(1));
	chain
}

/// Runs a test on an empty chain and checks the invariants at its end.
pub fn on_empty_chain(test: impl FnOnce()) {
	empty_chain().execute_with(|| {
		test();
		Audit::do_try_state().unwrap();
	});
}

/// Begins block `number`.
pub fn begin(number: u32) {
	let parent = System::parent_hash();
	System::initialize(&number, &parent, &Default::default());
	Audit::on_initialize(number);
	Mmr::on_initialize(number);
	pallet_timestamp::Now::<Test>::put(time_of(number).0);
}

/// Ends the current block and begins the next one; returns the ended block's header.
pub fn next_block() -> sp_runtime::generic::Header<u32, BlakeTwo256> {
	let number = System::block_number();
	Audit::on_finalize(number);
	let header = System::finalize();
	System::initialize(&(number + 1), &header.hash(), &Default::default());
	Audit::on_initialize(number + 1);
	Mmr::on_initialize(number + 1);
	pallet_timestamp::Now::<Test>::put(time_of(number + 1).0);
	header
}

/// The time of a block.
pub fn time_of(number: u32) -> Milliseconds {
	Milliseconds(1_000_000 + 2_000 * u64::from(number))
}

/// A patient.
pub fn patient(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}

/// A practitioner.
pub fn actor(seed: u8) -> AccountId {
	AccountId::new([0x80 | seed; 32])
}

/// Records a disclosure by an actor about a patient.
pub fn record(who: u8, about: u8) -> EntryIndex {
	Audit::record(event(who, about))
}

/// A disclosure by an actor about a patient.
pub fn event(who: u8, about: u8) -> AuditEvent {
	AuditEvent {
		actor: Some(actor(who)),
		patient: Some(patient(about)),
		..AuditEvent::new(AuditAction::Disclosed)
	}
}
