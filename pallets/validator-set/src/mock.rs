//! A runtime of this pallet and pallet-session. The registry of institutions and the log are tables.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_validator_set;
use crate::{AccountAlone, MayChangeKeys, Member, Members, Pallet, SessionBlocks, ValidatorTerms};
use codec::Encode;
use frame_support::{
	derive_impl,
	pallet_prelude::ValueQuery,
	parameter_types,
	traits::{ConstU32, ConstU64},
	weights::Weight,
};
use frame_system::EnsureRoot;
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditEvent, AuditSink, DenialReason, EntryIndex, InstitutionId,
	Milliseconds, ProviderDirectory, Role, SecondFactor, Standing, H256,
};
use pallet_session::{
	disabling::UpToLimitDisablingStrategy, PeriodicSessions, QueuedKeys, TestSessionHandler,
	Validators,
};
use sp_io::TestExternalities;
use sp_runtime::{
	testing::{TestSignature, UintAuthorityId},
	traits::IdentityLookup,
	BuildStorage, DispatchResult, Perbill,
};
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Session: pallet_session,
		Historical: pallet_session::historical,
		ValidatorSet: pallet_validator_set,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

sp_runtime::impl_opaque_keys! {
	pub struct Keys {
		pub only: UintAuthorityId,
	}
}

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = MayChangeKeys<Test>;
	type ShouldEndSession = PeriodicSessions<SessionBlocks<Test>, ConstU64<0>>;
	type NextSessionRotation = PeriodicSessions<SessionBlocks<Test>, ConstU64<0>>;
	type SessionManager = ValidatorSet;
	type SessionHandler = TestSessionHandler;
	type Keys = Keys;
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ConstU64<0>;
}

impl pallet_session::historical::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = AccountAlone;
}

/// How many validators there may be.
pub const MOST: u32 = 7;
/// How many of one institution.
pub const MOST_OF_ONE: u32 = 2;
/// How many there have to be.
pub const MINIMUM: u32 = 4;
/// For how many sessions keys stay.
pub const COOLDOWN: u32 = 3;
/// For how many they can be made to.
pub const LONGEST_COOLDOWN: u32 = 10;
/// For how many sessions reports are taken.
pub const HISTORY: u32 = 6;
/// How many blocks a session has as shipped.
pub const PERIOD: u64 = 10;
/// How many it has at least.
pub const SHORTEST: u64 = 5;
/// How many it has at most.
pub const LONGEST: u64 = 40;

parameter_types! {
	pub const Shipped: ValidatorTerms =
		ValidatorTerms { minimum: MINIMUM, key_cooldown: COOLDOWN };
}

impl pallet_validator_set::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type Providers = Tables;
	type Audit = Tables;
	type MaxValidators = ConstU32<MOST>;
	type MaxPerInstitution = ConstU32<MOST_OF_ONE>;
	type DefaultTerms = Shipped;
	type MaxKeyCooldown = ConstU32<LONGEST_COOLDOWN>;
	type HistoryDepth = ConstU32<HISTORY>;
	type DefaultSessionPeriod = ConstU64<PERIOD>;
	type MinSessionPeriod = ConstU64<SHORTEST>;
	type MaxSessionPeriod = ConstU64<LONGEST>;
	type WeightInfo = crate::mock_weights::MockWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

pub fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

pub fn accounts(numbers: impl IntoIterator<Item = u8>) -> Vec<AccountId> {
	numbers.into_iter().map(account).collect()
}

pub fn signed(number: u8) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(number))
}

pub fn governance() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// The pallets around this one. Institutions are numbered from zero; there are ten.
pub struct Tables;

/// The log is in storage, so that `assert_noop!` sees writes to it.
#[frame_support::storage_alias]
type Log = StorageValue<Mock, Vec<AuditEvent>, ValueQuery>;

/// Institutions that are suspended.
#[frame_support::storage_alias]
type SuspendedOnes = StorageValue<Mock, Vec<InstitutionId>, ValueQuery>;

impl AuditSink for Tables {
	fn record(event: AuditEvent) -> EntryIndex {
		Log::mutate(|log| {
			log.push(event);
			EntryIndex(log.len() as u64 - 1)
		})
	}
}

impl ProviderDirectory for Tables {
	fn max_credentials() -> u32 {
		0
	}

	fn are_same_practitioner(one: &AccountId, other: &AccountId) -> bool {
		one == other
	}

	fn standing(
		_: &AccountId,
		_: InstitutionId,
		_: Role,
		_: AssuranceLevel,
		_: Milliseconds,
	) -> Result<Standing, DenialReason> {
		Err(DenialReason::PractitionerUnknown)
	}

	fn confirm(
		_: &AccountId,
		_: H256,
		_: Option<&SecondFactor>,
		_: Milliseconds,
	) -> Result<(), DenialReason> {
		Err(DenialReason::SecondKeyMissing)
	}

	fn operated_by(_: &AccountId) -> Option<InstitutionId> {
		None
	}

	fn is_active(institution: InstitutionId) -> bool {
		institution.0 < 10 && !SuspendedOnes::get().contains(&institution)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Tables {
	fn institution() -> InstitutionId {
		InstitutionId(9)
	}
}

pub fn suspend(institution: u32) {
	SuspendedOnes::mutate(|suspended| suspended.push(InstitutionId(institution)));
}

pub fn reinstate_all() {
	SuspendedOnes::kill();
}

/// Everything in the log.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

/// The events of this pallet since the last look.
pub fn new_events() -> Vec<pallet_validator_set::Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::ValidatorSet(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
}

pub fn add(number: u8, institution: u32) -> DispatchResult {
	ValidatorSet::add_validator(governance(), account(number), InstitutionId(institution))
}

pub fn remove(number: u8) -> DispatchResult {
	ValidatorSet::remove_validator(governance(), account(number))
}

pub fn set_terms(minimum: u32, key_cooldown: u32) -> DispatchResult {
	ValidatorSet::set_terms(governance(), ValidatorTerms { minimum, key_cooldown })
}

pub fn reinstate(number: u8) -> DispatchResult {
	ValidatorSet::reinstate_validator(governance(), account(number))
}

/// As whoever keeps reports does: what these did in a session was proven.
pub fn offend(numbers: impl IntoIterator<Item = u8>, session: u32) {
	let details: Vec<_> = accounts(numbers)
		.into_iter()
		.map(|account| OffenceDetails { offender: (account, ()), reporters: vec![] })
		.collect();
	let fractions = vec![Perbill::one(); details.len()];
	<ValidatorSet as OnOffenceHandler<AccountId, (AccountId, ()), Weight>>::on_offence(
		&details, &fractions, session,
	);
}

/// Which of those that validate make no blocks, by their place among them.
pub fn kept_from_blocks() -> Vec<u32> {
	Session::disabled_validators()
}

pub fn keys(number: u64) -> Keys {
	Keys { only: UintAuthorityId(number) }
}

/// As a validator does, with the proof that its machine has them.
pub fn set_keys(who: u8, number: u64) -> DispatchResult {
	let proof = TestSignature(number, account(who).encode()).encode();
	Session::set_keys(signed(who), keys(number), proof)
}

/// Adds a validator that has keys.
pub fn join(number: u8, institution: u32) {
	add(number, institution).unwrap();
	set_keys(number, 100 + u64::from(number)).unwrap();
}

/// Ends the session, and plans the one after the next.
pub fn next_session() {
	Session::rotate_session();
}

pub fn sessions(count: u32) {
	(0..count).for_each(|_| next_session());
}

/// Who makes blocks.
pub fn validating() -> Vec<AccountId> {
	Validators::<Test>::get()
}

/// Who is going to in the next session.
pub fn queued() -> Vec<AccountId> {
	QueuedKeys::<Test>::get().into_iter().map(|(account, _)| account).collect()
}

pub fn member(number: u8) -> Member {
	Pallet::<Test>::member(&account(number)).unwrap()
}

/// Those that have the numbers from zero, each of the institution of its number, with keys.
pub fn starting_with(count: u8) -> RuntimeGenesisConfig {
	RuntimeGenesisConfig {
		session: pallet_session::GenesisConfig {
			keys: (0..count)
				.map(|number| (account(number), account(number), keys(number.into())))
				.collect(),
			..Default::default()
		},
		validator_set: crate::GenesisConfig {
			validators: (0..count).map(|number| (account(number), number.into())).collect(),
			..Default::default()
		},
		..Default::default()
	}
}

pub fn ext_of(genesis: RuntimeGenesisConfig) -> TestExternalities {
	let mut ext: TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// A chain with as many validators as there have to be.
pub fn new_test_ext() -> TestExternalities {
	ext_of(starting_with(MINIMUM as u8))
}

/// Runs a test on that chain and checks the invariants after it.
pub fn on_chain(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}

/// The same on a chain that this pallet came to later: whoever validates is not in the set.
pub fn before_terms(test: impl FnOnce()) {
	on_chain(|| {
		Members::<Test>::kill();
		crate::Terms::<Test>::kill();
		test();
	});
}
