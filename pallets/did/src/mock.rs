//! A runtime of this pallet and the clock. The registry of patients and the log are tables.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_did;
use crate::{Documents, Pallet};
use frame_support::{derive_impl, pallet_prelude::ValueQuery, traits::ConstU64};
use hdx_primitives::{
	did::{
		Document, KeyIndex, KeyMaterial, NewKey, Relationships, Service, ML_DSA_65_BYTES,
		X_WING_BYTES,
	},
	AccountId, AuditEvent, AuditSink, EntryIndex, Milliseconds, OnAccountRetired, PatientDirectory,
	RetiredAccounts,
};
use sp_core::{ed25519, sr25519, Pair};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Did: pallet_did,
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

impl pallet_did::Config for Test {
	type Patients = Tables;
	type Accounts = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type WeightInfo = crate::mock_weights::MockWeight<Test>;
}

pub const START: Milliseconds = Milliseconds(1_700_000_000_000);

pub fn account(name: u8) -> AccountId {
	AccountId::new([name; 32])
}

/// The subject of most tests.
pub fn doctor() -> AccountId {
	account(1)
}

pub fn patient() -> AccountId {
	account(2)
}

/// The operator of the doctor's hospital: a controller where a test makes it one.
pub fn operator() -> AccountId {
	account(3)
}

pub fn stranger() -> AccountId {
	account(4)
}

/// An account that the chain does not know.
pub fn nobody() -> AccountId {
	account(99)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// The pallets around this one.
pub struct Tables;

/// The log is in storage, so that `assert_noop!` sees writes to it.
#[frame_support::storage_alias]
type Log = StorageValue<Mock, Vec<AuditEvent>, ValueQuery>;

impl AuditSink for Tables {
	fn record(event: AuditEvent) -> EntryIndex {
		let index = Log::get().len() as u64;
		Log::append(event);
		EntryIndex(index)
	}
}

/// Accounts that were given up.
#[frame_support::storage_alias]
type GivenUp = StorageValue<Mock, Vec<AccountId>, ValueQuery>;

impl RetiredAccounts for Tables {
	fn is_retired(who: &AccountId) -> bool {
		GivenUp::get().contains(who)
	}
}

/// Gives an account up, as the provider registry does.
pub fn give_up(who: AccountId) {
	GivenUp::append(who.clone());
	Did::on_account_retired(&who);
}

impl PatientDirectory for Tables {
	fn is_patient(who: &AccountId) -> bool {
		*who == patient()
	}
}

/// Everything in the log.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

pub fn new_test_ext() -> TestExternalities {
	let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
	let mut ext: TestExternalities = storage.into();
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(START);
		for name in 1..20 {
			System::inc_sufficients(&account(name));
		}
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

/// The same, where the doctor has a DID with one key for signing.
pub fn with_did(test: impl FnOnce()) {
	on_chain(|| {
		create(doctor(), vec![signing(ed25519(1))]);
		System::reset_events();
		Log::kill();
		test();
	});
}

/// The same, where the operator is a controller of it.
pub fn with_controller(test: impl FnOnce()) {
	with_did(|| {
		Did::add_controller(signed(doctor()), doctor(), 1, operator()).unwrap();
		System::reset_events();
		Log::kill();
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

pub fn create(who: AccountId, keys: Vec<NewKey>) {
	Did::create(signed(who), keys.try_into().unwrap()).unwrap();
}

pub fn document(who: AccountId) -> Document {
	Documents::<Test>::get(who).unwrap()
}

pub fn version(who: AccountId) -> u32 {
	document(who).version
}

/// The events of this pallet since the last look.
pub fn new_events() -> Vec<pallet_did::Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Did(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
}

pub fn signing(material: KeyMaterial) -> NewKey {
	NewKey { material, relationships: Relationships::SIGNING }
}

pub fn agreement(material: KeyMaterial) -> NewKey {
	NewKey { material, relationships: Relationships::KEY_AGREEMENT }
}

pub fn sr25519(seed: u8) -> KeyMaterial {
	KeyMaterial::Sr25519(sr25519::Pair::from_seed(&[seed; 32]).public().0)
}

pub fn ed25519(seed: u8) -> KeyMaterial {
	KeyMaterial::Ed25519(ed25519::Pair::from_seed(&[seed; 32]).public().0)
}

pub fn x25519(seed: u8) -> KeyMaterial {
	KeyMaterial::X25519([seed % 0x7f + 2; 32].map(|byte| byte & 0x7f))
}

/// Well formed; nobody knows its private half.
pub fn ml_dsa_65(seed: u8) -> KeyMaterial {
	KeyMaterial::MlDsa65(vec![seed | 1; ML_DSA_65_BYTES as usize].try_into().unwrap())
}

/// Well formed; nobody knows its private half.
pub fn x_wing(seed: u8) -> KeyMaterial {
	KeyMaterial::XWing(vec![seed % 0x0d + 1; X_WING_BYTES as usize].try_into().unwrap())
}

pub fn service(id: &str, endpoint: &str) -> Service {
	Service {
		id: id.as_bytes().to_vec().try_into().unwrap(),
		kind: b"LinkedDomains".to_vec().try_into().unwrap(),
		endpoint: endpoint.as_bytes().to_vec().try_into().unwrap(),
	}
}

/// The indices of keys.
pub fn indices(entries: impl IntoIterator<Item = hdx_primitives::did::KeyEntry>) -> Vec<u32> {
	entries.into_iter().map(|entry| entry.index.0).collect()
}

pub const FIRST: KeyIndex = KeyIndex(0);
