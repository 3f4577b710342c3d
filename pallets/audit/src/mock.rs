//! A chain of the log, the clock and the Merkle mountain range.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_audit;
use crate::{MonitoringTerms, ReviewTerms, Thresholds};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, Contains, Hooks},
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use hdx_primitives::{
	engine::terminology::purpose, AccountId, AssuranceLevel, AuditAction, AuditEntry, AuditEvent,
	AuditSink, Code, DenialReason, EntryIndex, InstitutionId, Milliseconds, OnEntryRemoved,
	PatientDirectory, ProviderDirectory, RepresentativeDirectory, Role, SecondFactor, Standing,
	H256,
};
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

parameter_types! {
	/// One hour.
	pub const MinRetention: Milliseconds = Milliseconds(HOUR);
	/// One day.
	pub const MaxRetention: Milliseconds = Milliseconds(24 * HOUR);
	/// Two hours for each step.
	pub const DefaultReviewTerms: ReviewTerms = ReviewTerms {
		answer_within: Milliseconds(2 * HOUR),
		escalate_within: Milliseconds(2 * HOUR),
	};
	/// Half an hour.
	pub const MinReviewPeriod: Milliseconds = Milliseconds(HOUR / 2);
	/// Four hours.
	pub const MaxReviewPeriod: Milliseconds = Milliseconds(4 * HOUR);
	/// Half an hour; three of everything for an account, five for an institution.
	pub const DefaultMonitoring: MonitoringTerms = MonitoringTerms {
		window: Milliseconds(HOUR / 2),
		actor: Thresholds { denials: Some(3), overrides: Some(3), patients: Some(3) },
		institution: Thresholds { denials: Some(5), overrides: Some(5), patients: Some(5) },
	};
	/// One minute.
	pub const MinWindow: Milliseconds = Milliseconds(HOUR / 60);
	/// The account that places holds.
	pub const Authority: AccountId = AccountId::new([0x7f; 32]);
}

/// Milliseconds of an hour.
pub const HOUR: u64 = 3_600_000;

impl pallet_audit::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type AuthorityOrigin = EnsureSignedBy<AuthorityOnly, AccountId>;
	type Patients = Patients;
	type Representatives = Representatives;
	type Providers = Providers;
	type EmergencyOverrides = EmergencyOverrides;
	type OnEntryRemoved = Farewells;
	type Timestamp = Timestamp;
	type MinRetention = MinRetention;
	type MaxRetention = MaxRetention;
	type MaxPrunedOnInitialize = ConstU32<4>;
	type MaxPrunedOnIdle = ConstU32<64>;
	type MaxHolds = ConstU32<4>;
	type DefaultReviewTerms = DefaultReviewTerms;
	type MinReviewPeriod = MinReviewPeriod;
	type MaxReviewPeriod = MaxReviewPeriod;
	type MaxOpenReviews = ConstU32<3>;
	type MaxDeadlinesPerBlock = ConstU32<2>;
	type DefaultMonitoring = DefaultMonitoring;
	type MinWindow = MinWindow;
	type MaxWindow = MaxRetention;
	type MaxThreshold = ConstU32<10>;
	type MaxForgottenPerBlock = ConstU32<4>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
}

/// The authority, as a set.
pub struct AuthorityOnly;

impl frame_support::traits::SortedMembers<AccountId> for AuthorityOnly {
	fn sorted_members() -> Vec<AccountId> {
		vec![Authority::get()]
	}
}

/// Patients are the accounts below [`actor`]'s.
pub struct Patients;

impl PatientDirectory for Patients {
	fn is_patient(who: &AccountId) -> bool {
		<AccountId as AsRef<[u8]>>::as_ref(who).first().is_some_and(|seed| *seed < 0x7f)
	}
}

/// Each patient's guardian is the account with this byte added, for treatment.
pub struct Representatives;

/// What is added to a patient's number.
const GUARDIAN: u8 = 0x40;

/// The guardian of a patient.
pub fn guardian(seed: u8) -> AccountId {
	AccountId::new([GUARDIAN | seed; 32])
}

impl RepresentativeDirectory for Representatives {
	fn is_guardian(who: &AccountId, patient: &AccountId, purpose: Option<Code>) -> bool {
		let of_patient: [u8; 32] = patient.clone().into();
		*who == AccountId::new(of_patient.map(|byte| byte | GUARDIAN))
			&& purpose.is_none_or(|code| code == purpose::TREAT)
	}

	fn is_guardian_for_each(who: &AccountId, patient: &AccountId, purposes: &[Code]) -> bool {
		Self::is_guardian(who, patient, None)
			&& purposes.iter().all(|code| Self::is_guardian(who, patient, Some(*code)))
	}

	fn is_guardian_for_all(who: &AccountId, patient: &AccountId) -> bool {
		Self::is_guardian(who, patient, Some(Code([255; 16])))
	}
}

/// Institution n is operated by [`operator`] n; institution 9 is suspended.
pub struct Providers;

/// The operator of an institution.
pub fn operator(seed: u8) -> AccountId {
	AccountId::new([0xc0 | seed; 32])
}

impl ProviderDirectory for Providers {
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

	fn operated_by(who: &AccountId) -> Option<InstitutionId> {
		(0..9).find(|seed| operator(*seed) == *who).map(institution)
	}

	fn is_active(institution: InstitutionId) -> bool {
		institution.0 < 9
	}
}

/// Access that was permitted for breaking the glass.
pub struct EmergencyOverrides;

impl Contains<AuditEvent> for EmergencyOverrides {
	fn contains(event: &AuditEvent) -> bool {
		event.action == AuditAction::AccessDecided && event.purpose == Some(purpose::BTG)
	}
}

frame_support::parameter_types! {
	/// The entries that left the state, in this order.
	pub static Removed: Vec<EntryIndex> = Vec::new();
}

/// Remembers the entries that left the state.
pub struct Farewells;

impl OnEntryRemoved for Farewells {
	fn on_entry_removed(entry: &AuditEntry) {
		Removed::mutate(|removed| removed.push(entry.index));
	}
}

/// The clock, for benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Clock;

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Clock {
	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Test>::put(now.0);
	}

	fn operator() -> (AccountId, InstitutionId) {
		(operator(1), institution(1))
	}

	fn guardian_of(patient: &AccountId, _: Code) -> AccountId {
		let of_patient: [u8; 32] = patient.clone().into();
		AccountId::new(of_patient.map(|byte| byte | GUARDIAN))
	}
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
	// No clock goes back.
	pallet_timestamp::Now::<Test>::mutate(|now| *now = (*now + 1).max(time_of(number + 1).0));
	header
}

/// Something that an actor did about a patient for an institution of the same number.
pub fn acted(who: u8, about: u8) -> EntryIndex {
	Audit::record(AuditEvent { on_behalf_of: Some(institution(who)), ..event(who, about) })
}

/// A request for access.
pub fn request(who: u8, about: u8) -> AuditEvent {
	AuditEvent {
		action: AuditAction::AccessDecided,
		on_behalf_of: Some(institution(who)),
		..event(who, about)
	}
}

/// What the log says was done last, and about what.
pub fn last_event() -> AuditEvent {
	let next = pallet_audit::NextEntryIndex::<Test>::get();
	pallet_audit::Entries::<Test>::get(EntryIndex(next.0 - 1)).unwrap().event
}

/// Moves the clock.
pub fn pass(time: u64) {
	pallet_timestamp::Now::<Test>::mutate(|now| *now += time);
}

/// Ends the block, and begins the next one so much later than usual.
pub fn next_block_after(time: u64) {
	let clock = pallet_timestamp::Now::<Test>::get();
	next_block();
	pallet_timestamp::Now::<Test>::put(clock + time);
}

/// Prunes in the room of a whole block.
pub fn idle() {
	Audit::on_idle(System::block_number(), frame_support::weights::Weight::MAX);
}

/// Prunes all that is due.
pub fn prune_all() {
	while Audit::prune(64) > 0 {}
}

/// The indexes of the entries that are in state.
pub fn stored() -> Vec<u64> {
	let mut indexes: Vec<_> =
		pallet_audit::Entries::<Test>::iter_keys().map(|index| index.0).collect();
	indexes.sort_unstable();
	indexes
}

/// Bytes of the pallet's state, keys included.
pub fn state_bytes() -> usize {
	let prefix = sp_io::hashing::twox_128(b"Audit");
	let mut key = prefix.to_vec();
	let mut bytes = 0;
	while let Some(next) = sp_io::storage::next_key(&key) {
		if !next.starts_with(&prefix) {
			break;
		}
		bytes += next.len() + sp_io::storage::get(&next).map_or(0, |value| value.len());
		key = next;
	}
	bytes
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

/// An institution.
pub fn institution(seed: u8) -> InstitutionId {
	InstitutionId(seed.into())
}

/// A disclosure by an actor about a patient.
pub fn event(who: u8, about: u8) -> AuditEvent {
	AuditEvent {
		actor: Some(actor(who)),
		patient: Some(patient(about)),
		..AuditEvent::new(AuditAction::Disclosed)
	}
}
