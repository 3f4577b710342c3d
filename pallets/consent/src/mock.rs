//! A runtime of this pallet and the clock. The registry of providers and the log are tables.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_consent;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64},
};
use hdx_primitives::{
	engine::{Actor, Policy, Provision, Rule},
	AccountId, AuditEvent, AuditSink, Commitment, ConsentId, DenialReason, EntryIndex,
	InstitutionId, Milliseconds, ProviderDirectory, Role, Standing, TemplateId,
};
use pallet_consent::{Pallet, SignedDocument};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Registry: pallet_consent,
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

pub const MAX_CONSENTS: u32 = 32;

impl pallet_consent::Config for Test {
	type GovernanceOrigin = frame_system::EnsureRoot<AccountId>;
	type Providers = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type MaxConsentsPerPatient = ConstU32<MAX_CONSENTS>;
	type WeightInfo = pallet_consent::weights::PlaceholderWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

pub const START: Milliseconds = Milliseconds(1_700_000_000_000);
pub const HOSPITAL: InstitutionId = InstitutionId(7);
/// The template of the genesis block.
pub const TEMPLATE: TemplateId = TemplateId(0);

pub fn account(name: u8) -> AccountId {
	AccountId::new([name; 32])
}

pub fn operator() -> AccountId {
	account(1)
}

pub fn patient() -> AccountId {
	account(2)
}

pub fn stranger() -> AccountId {
	account(3)
}

/// The pallets around this one.
pub struct Tables;

parameter_types! {
	/// Whether the hospital is active.
	pub static HospitalIsActive: bool = true;
}

/// The log is in storage, so that `assert_noop!` sees writes to it.
#[frame_support::storage_alias]
type Log = StorageValue<Mock, Vec<AuditEvent>, frame_support::pallet_prelude::ValueQuery>;

impl ProviderDirectory for Tables {
	fn standing(
		_: &AccountId,
		_: InstitutionId,
		_: Role,
		_: Milliseconds,
	) -> Result<Standing, DenialReason> {
		Err(DenialReason::PractitionerUnknown)
	}

	fn operated_by(who: &AccountId) -> Option<InstitutionId> {
		(*who == operator() && HospitalIsActive::get()).then_some(HOSPITAL)
	}

	fn is_active(institution: InstitutionId) -> bool {
		institution == HOSPITAL && HospitalIsActive::get()
	}
}

impl AuditSink for Tables {
	fn record(event: AuditEvent) -> EntryIndex {
		let index = Log::get().len() as u64;
		Log::append(event);
		EntryIndex(index)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_consent::BenchmarkHelper for Tables {
	fn operator() -> AccountId {
		operator()
	}
}

/// Everything in the log.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

pub fn new_test_ext() -> TestExternalities {
	let genesis = RuntimeGenesisConfig {
		registry: pallet_consent::GenesisConfig {
			templates: vec![([9; 32], 1)],
			..Default::default()
		},
		..Default::default()
	};
	let mut ext: TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| {
		HospitalIsActive::set(true);
		System::set_block_number(1);
		set_time(START);
	});
	ext
}

/// Runs a test on a fresh chain and checks the invariants after it.
pub fn on_chain(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}

/// The same, with a patient.
pub fn with_patient(test: impl FnOnce()) {
	on_chain(|| {
		Registry::sponsor_patient(RuntimeOrigin::signed(operator()), patient()).unwrap();
		test();
	});
}

pub fn set_time(now: Milliseconds) {
	pallet_timestamp::Now::<Test>::put(now.0);
}

/// `START`, later by so many milliseconds.
pub fn later(by: u64) -> Milliseconds {
	START.saturating_add(Milliseconds(by))
}

pub fn policy(provisions: impl IntoIterator<Item = Provision>) -> Policy {
	Policy {
		categories: Default::default(),
		provisions: provisions.into_iter().collect::<Vec<_>>().try_into().unwrap(),
	}
}

pub fn permit_all() -> Policy {
	policy([Provision::new(0, Rule::Permit)])
}

pub fn deny_all() -> Policy {
	policy([Provision::new(0, Rule::Deny)])
}

pub fn permit_to(actor: Actor) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.actors.try_push(actor).unwrap();
	policy([root])
}

pub fn signed_document() -> SignedDocument {
	SignedDocument { template: TEMPLATE, commitment: Commitment([5; 32]) }
}

/// The patient grants a consent.
pub fn grant(policy: Policy) -> ConsentId {
	let next = pallet_consent::NextConsentId::<Test>::get();
	Registry::grant(RuntimeOrigin::signed(patient()), policy, signed_document()).unwrap();
	ConsentId(next)
}

pub fn revoke(consent: ConsentId) {
	Registry::revoke(RuntimeOrigin::signed(patient()), consent).unwrap();
}
