//! A runtime of this pallet and the clock. The registry of providers and the log are tables.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_consent;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, Hooks},
	weights::Weight,
};
use hdx_primitives::{
	engine::{terminology::purpose, Actor, Outcome, Policy, Provision, Request, Rule},
	AccountId, AssuranceLevel, AuditEvent, AuditSink, Code, Commitment, ConsentDecider, ConsentId,
	DenialReason, EntryIndex, InstitutionId, Milliseconds, ProviderDirectory, Role, SecondFactor,
	Standing, TemplateId, H256,
};
use pallet_consent::{ConsentRecord, ConsentTerms, Pallet, SignedDocument};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchResult};

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
pub const MAX_VERSIONS: u32 = 5;
pub const MAX_TEMPLATES: u32 = 4;
pub const MAX_REQUESTS_TO: u32 = 4;
pub const MAX_REQUESTS_BY: u32 = 3;
pub const MAX_GUARDIANS: u32 = 5;
pub const MAX_PROPOSALS: u32 = 3;
pub const MAX_DELEGATES: u32 = 2;
pub const MAX_ANNOUNCEMENTS: u32 = 8;

pub const DAY: u64 = 24 * 60 * 60 * 1_000;
pub const YEAR: u64 = 365 * DAY;

parameter_types! {
	pub const MaxRequestAge: Milliseconds = Milliseconds(30 * DAY);
	pub const MaxProposalAge: Milliseconds = Milliseconds(60 * DAY);
	pub const MaxObjectionDelay: Milliseconds = Milliseconds(90 * DAY);
}

impl pallet_consent::Config for Test {
	type GovernanceOrigin = frame_system::EnsureRoot<AccountId>;
	type Providers = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type MaxConsentsPerPatient = ConstU32<MAX_CONSENTS>;
	type MaxVersions = ConstU32<MAX_VERSIONS>;
	type MaxTemplates = ConstU32<MAX_TEMPLATES>;
	type MaxRequestsPerPatient = ConstU32<MAX_REQUESTS_TO>;
	type MaxRequestsPerRequester = ConstU32<MAX_REQUESTS_BY>;
	type MaxRequestAge = MaxRequestAge;
	type MaxGuardians = ConstU32<MAX_GUARDIANS>;
	type MaxProposals = ConstU32<MAX_PROPOSALS>;
	type MaxProposalAge = MaxProposalAge;
	type MaxObjectionDelay = MaxObjectionDelay;
	type MaxDelegates = ConstU32<MAX_DELEGATES>;
	type MaxAnnouncementsPerBlock = ConstU32<MAX_ANNOUNCEMENTS>;
	type WeightInfo = crate::mock_weights::MockWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

pub const START: Milliseconds = Milliseconds(1_700_000_000_000);
pub const HOSPITAL: InstitutionId = InstitutionId(7);
pub const CLINIC: InstitutionId = InstitutionId(8);
/// The template of the genesis block.
pub const TEMPLATE: TemplateId = TemplateId(0);

/// No limit, no erasure, no renewal.
pub const NO_TERMS: ConsentTerms = ConsentTerms { frequency: None, erase_by: None, renewal: None };

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

/// A physician of the hospital.
pub fn doctor() -> AccountId {
	account(5)
}

/// Operates the clinic.
pub fn other_operator() -> AccountId {
	account(6)
}

/// One of those who may be guardians.
pub fn guardian(number: u8) -> AccountId {
	account(20 + number)
}

/// The patient's family.
pub fn daughter() -> AccountId {
	account(30)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
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
	fn max_credentials() -> u32 {
		0
	}

	fn standing(
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		_: AssuranceLevel,
		_: Milliseconds,
	) -> Result<Standing, DenialReason> {
		let is_doctor = *who == doctor() && institution == HOSPITAL && role == Role::Physician;
		match (is_doctor, HospitalIsActive::get()) {
			(false, _) => Err(DenialReason::PractitionerUnknown),
			(true, false) => Err(DenialReason::InstitutionSuspended),
			(true, true) => {
				Ok(Standing { level: AssuranceLevel::Enrolled, taxonomy: Code([1; 16]) })
			},
		}
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
		match who {
			_ if *who == operator() && HospitalIsActive::get() => Some(HOSPITAL),
			_ if *who == other_operator() => Some(CLINIC),
			_ => None,
		}
	}

	fn are_same_practitioner(one: &AccountId, other: &AccountId) -> bool {
		one == other
	}

	fn is_active(institution: InstitutionId) -> bool {
		institution == CLINIC || (institution == HOSPITAL && HospitalIsActive::get())
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

	fn practitioner() -> (AccountId, InstitutionId) {
		(doctor(), HOSPITAL)
	}

	fn set_time(now: Milliseconds) {
		set_time(now);
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

/// So many days after `START`.
pub fn days(count: u64) -> Milliseconds {
	later(count * DAY)
}

/// So many years of 365 days after `START`.
pub fn years(count: u64) -> Milliseconds {
	later(count * YEAR)
}

/// A block without other work at this time, and as many more as the agenda asks for.
pub fn idle_at(now: Milliseconds) {
	set_time(now);
	loop {
		let before = System::events().len();
		Registry::on_idle(System::block_number(), Weight::MAX);
		if System::events().len() == before {
			break;
		}
	}
}

/// The events of this pallet since the last look.
pub fn new_events() -> Vec<pallet_consent::Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Registry(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
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

/// A permit of everything until this moment.
pub fn permit_until(end: Milliseconds) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.period.end = Some(end);
	policy([root])
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
	grant_with(policy, NO_TERMS)
}

/// The patient grants a consent on terms.
pub fn grant_with(policy: Policy, terms: ConsentTerms) -> ConsentId {
	let next = pallet_consent::NextConsentId::<Test>::get();
	Registry::grant(RuntimeOrigin::signed(patient()), policy, signed_document(), terms).unwrap();
	ConsentId(next)
}

pub fn revoke(consent: ConsentId) {
	Registry::revoke(RuntimeOrigin::signed(patient()), consent).unwrap();
}

pub fn amend(consent: ConsentId, policy: Policy, terms: ConsentTerms) -> DispatchResult {
	Registry::amend(signed(patient()), consent, policy, signed_document(), terms)
}

pub fn record(consent: ConsentId) -> ConsentRecord {
	pallet_consent::Consents::<Test>::get(consent).unwrap()
}

/// What is decided of whatever the hospital asks about the patient.
pub fn outcome_at(at: Milliseconds) -> Outcome {
	let request = Request {
		actors: &[Actor::Organisation(HOSPITAL)],
		purposes: &[purpose::TREAT],
		..Request::default()
	};
	<Pallet<Test> as ConsentDecider>::decide(&patient(), &request, at).outcome
}
