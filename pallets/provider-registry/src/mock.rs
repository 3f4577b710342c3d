//! A runtime with this pallet, the real clock and a log that is kept in storage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate as pallet_provider_registry;
use crate::{
	Credential, CredentialKind, CredentialStatus, InstitutionKind, PlaceholderWeight,
	Practitioners, RoleAssignment,
};
use frame_support::{
	assert_ok, derive_impl,
	traits::{ConstU32, ConstU64},
};
use frame_system::EnsureRoot;
use hdx_primitives::{
	AccountId, AuditEvent, AuditSink, Code, Commitment, EntryIndex, InstitutionId, Milliseconds,
	Period, Role,
};
use sp_runtime::{traits::IdentityLookup, BuildStorage};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		ProviderRegistry: pallet_provider_registry,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

impl pallet_provider_registry::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type Audit = StoredLog;
	type Timestamp = Timestamp;
	type MaxAffiliations = ConstU32<3>;
	type MaxRoles = ConstU32<3>;
	type WeightInfo = PlaceholderWeight<Test>;
}

/// The log, in storage: `assert_noop!` then also proves that a refusal logs nothing.
#[frame_support::storage_alias]
type Log =
	StorageValue<ProviderRegistry, Vec<AuditEvent>, frame_support::pallet_prelude::ValueQuery>;

pub struct StoredLog;

impl AuditSink for StoredLog {
	fn record(event: AuditEvent) -> EntryIndex {
		Log::mutate(|log| {
			log.push(event);
			EntryIndex(log.len() as u64 - 1)
		})
	}
}

/// All that was logged.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

/// The time at which each test starts.
pub const NOW: Milliseconds = Milliseconds(1_700_000_000_000);
pub const HOUR: u64 = 3_600_000;

/// The institutions of the genesis, and one that is not registered.
pub const HOSPITAL: InstitutionId = InstitutionId(0);
pub const CLINIC: InstitutionId = InstitutionId(1);
pub const NOBODY: InstitutionId = InstitutionId(99);

pub fn account(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}

pub fn hospital_operator() -> AccountId {
	account(100)
}

pub fn clinic_operator() -> AccountId {
	account(101)
}

/// The practitioner of most tests.
pub fn dana() -> AccountId {
	account(1)
}

pub fn stranger() -> AccountId {
	account(200)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn assignment(role: Role) -> RoleAssignment {
	RoleAssignment { role, taxonomy: Code([role as u8; 16]) }
}

pub fn roles(of: &[Role]) -> crate::RolesOf<Test> {
	of.iter().copied().map(assignment).collect::<Vec<_>>().try_into().unwrap()
}

pub fn from_until(start: u64, end: u64) -> Period {
	Period { start: Some(Milliseconds(start)), end: Some(Milliseconds(end)) }
}

/// A period that holds now.
pub fn current() -> Period {
	from_until(NOW.0 - HOUR, NOW.0 + HOUR)
}

/// Enrols with the given roles and period, as the hospital does.
pub fn enrol(
	operator: AccountId,
	who: AccountId,
	of: &[Role],
	valid: Period,
) -> sp_runtime::DispatchResult {
	ProviderRegistry::enrol_practitioner(
		signed(operator),
		who,
		roles(of),
		CredentialKind::Licence,
		Commitment([7; 32]),
		valid,
		[8; 32],
	)
}

/// Enrols Dana at the hospital, as a physician with a current licence.
pub fn enrol_dana() {
	assert_ok!(enrol(hospital_operator(), dana(), &[Role::Physician], current()));
}

pub fn practitioner(who: &AccountId) -> crate::PractitionerOf<Test> {
	Practitioners::<Test>::get(who).expect("is enrolled")
}

pub fn credential(who: &AccountId) -> Credential {
	practitioner(who).credential
}

pub fn is_revoked(who: &AccountId) -> bool {
	credential(who).status == CredentialStatus::Revoked
}

/// A chain with a hospital and a clinic.
pub fn new_test_ext() -> sp_io::TestExternalities {
	ext_with(vec![
		(hospital_operator(), InstitutionKind::Hospital, [1; 32]),
		(clinic_operator(), InstitutionKind::Clinic, [2; 32]),
	])
}

/// A chain with these institutions, past its genesis.
pub fn ext_with(
	institutions: Vec<(AccountId, InstitutionKind, [u8; 32])>,
) -> sp_io::TestExternalities {
	let storage = RuntimeGenesisConfig {
		system: Default::default(),
		provider_registry: crate::GenesisConfig { institutions },
	}
	.build_storage()
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		// No events are kept in block zero.
		System::set_block_number(1);
		Timestamp::set_timestamp(NOW.0);
	});
	ext
}

/// Runs a test on a fresh chain, and then checks what must always hold.
pub fn test(body: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		body();
		assert_ok!(ProviderRegistry::do_try_state());
	});
}
