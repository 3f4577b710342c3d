//! A runtime of this pallet. Who attested which licence, which of them stand, and the log, are tables. A proof is the hash of
//! what it is about.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_shielded_licence;
use crate::{mock_weights::MockWeight, Pallet};
use codec::Encode;
use frame_support::{
	derive_impl, dispatch::DispatchResult, pallet_prelude::ValueQuery, parameter_types,
	traits::ConstU32,
};
use frame_system::EnsureRoot;
use hdx_primitives::{
	AccountId, AuditEvent, AuditSink, CircuitId, CircuitVersion, CredentialId, DenialReason,
	EmergencyProof, EmergencyProofs, EntryIndex, LicenceDirectory, Milliseconds, Proof,
	ProofRefusal, ProofVerifier, ProvenStatement, PublicInput, H256, PROOF_BYTES,
};
use hdx_zk_circuits::{
	circuits::{BreakGlass, Circuit},
	field::to_bytes,
	Fr,
};
use sp_io::TestExternalities;
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
	/// The licences.
	#[runtime::pallet_index(2)]
	pub type Hidden = pallet_shielded_licence;
}

/// The chain's blocks.
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

/// How many roots are kept.
pub const ROOTS: u32 = 12;
/// Milliseconds between blocks.
pub const SLOT: u64 = 2_000;
/// How long a root counts after the next one took its place: less than so many blocks.
pub const ROOT_AGE: u64 = 10 * SLOT;

/// Blocks between two leaves of one licence.
pub const BLOCKS_BETWEEN: u32 = 3;

parameter_types! {
	/// The least time between two leaves of one licence.
	pub const LeafInterval: Milliseconds = Milliseconds(BLOCKS_BETWEEN as u64 * SLOT);
	/// How long a root counts after the next one took its place.
	pub const MaxRootAge: Milliseconds = Milliseconds(ROOT_AGE);
	/// The licences that do not stand.
	pub static Ended: Vec<CredentialId> = Vec::new();
	/// Whether the board may act.
	pub static BoardMayAct: bool = true;
	/// What the verifier refuses every proof for.
	pub static Refusal: Option<ProofRefusal> = None;
	/// Accounts under which practitioners go on, each with the one under which they began.
	pub static Later: Vec<(AccountId, AccountId)> = Vec::new();
}

impl pallet_shielded_licence::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type Licences = Tables;
	type Verifier = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type MaxRoots = ConstU32<ROOTS>;
	type MaxRootAge = MaxRootAge;
	type LeafInterval = LeafInterval;
	type WeightInfo = MockWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

/// The pallets around this one.
pub struct Tables;

/// The log is in storage, so that `assert_noop!` sees writes to it.
#[frame_support::storage_alias]
type Log = StorageValue<Mock, Vec<AuditEvent>, ValueQuery>;

impl AuditSink for Tables {
	fn record(event: AuditEvent) -> EntryIndex {
		Log::mutate(|log| {
			log.push(event);
			EntryIndex(log.len() as u64 - 1)
		})
	}
}

impl LicenceDirectory for Tables {
	fn has_attested(who: &AccountId, practitioner: &AccountId, licence: CredentialId) -> bool {
		let issuer = if licence.0 < 100 { BOARD } else { OTHER_BOARD };
		let may_act = *who != BOARD || BoardMayAct::get();
		may_act && *who == issuer && *practitioner == holder(licence)
	}

	fn licence_stands(
		practitioner: &AccountId,
		licence: CredentialId,
		_: Milliseconds,
	) -> Result<(), DenialReason> {
		let stands = *practitioner == holder(licence) && !Ended::get().contains(&licence);
		stands.then_some(()).ok_or(DenialReason::CredentialRevoked)
	}

	fn first_account(who: &AccountId) -> AccountId {
		let later = Later::get();
		let found = later.iter().find(|(account, _)| account == who);
		found.map_or_else(|| who.clone(), |(_, first)| first.clone())
	}
}

/// The proof of a statement about these inputs.
pub fn proof_of(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
	let hash = (circuit, relation, inputs).using_encoded(sp_io::hashing::blake2_256);
	let mut bytes = [0; PROOF_BYTES];
	bytes[..32].copy_from_slice(&hash);
	Proof(bytes)
}

impl ProofVerifier for Tables {
	fn verify(
		circuit: CircuitVersion,
		relation: H256,
		proof: &Proof,
		inputs: &[PublicInput],
	) -> Result<(), ProofRefusal> {
		if let Some(refusal) = Refusal::get() {
			return Err(refusal);
		}
		let is_so = *proof == proof_of(circuit, relation, inputs);
		is_so.then_some(()).ok_or(ProofRefusal::NotProven)
	}

	fn verify_batch(
		circuit: CircuitVersion,
		relation: H256,
		statements: &[ProvenStatement],
	) -> Result<(), ProofRefusal> {
		let mut each = statements.iter();
		each.try_for_each(|it| Self::verify(circuit, relation, &it.proof, &it.inputs))
	}

	fn is_active(_: CircuitVersion, _: H256) -> bool {
		Refusal::get().is_none()
	}
}

/// Attests the licences below 100.
pub const BOARD: AccountId = AccountId::new([201; 32]);
/// Attests the others.
pub const OTHER_BOARD: AccountId = AccountId::new([202; 32]);
/// Attests nothing.
pub const STRANGER: AccountId = AccountId::new([203; 32]);

/// Whose licence one is.
pub fn holder(licence: CredentialId) -> AccountId {
	AccountId::new([licence.0 as u8; 32])
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Tables {
	fn licence() -> (AccountId, AccountId, CredentialId) {
		Ended::set(Vec::new());
		(BOARD, holder(CredentialId(7)), CredentialId(7))
	}

	fn end(_: &AccountId, _: &AccountId, licence: CredentialId) {
		Ended::set(vec![licence]);
	}

	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
		proof_of(circuit, relation, inputs)
	}

	fn set_time(now: Milliseconds) {
		set_time(now);
	}
}

/// What the chain takes for the time.
pub fn set_time(now: Milliseconds) {
	pallet_timestamp::Now::<Test>::put(now.0);
}

/// Operates the hospital that proofs are sent by.
pub const OPERATOR: AccountId = AccountId::new([204; 32]);
/// What is asked for with them.
pub const ASKED: H256 = H256([205; 32]);
/// How often a day.
pub const LIMIT: u8 = 3;
/// The version of the circuit.
pub const VERSION: u32 = 2;

/// An identity for an auditor: twice the generator of Jubjub, and some number.
pub fn identity() -> [u8; 64] {
	let mut bytes = [0; 64];
	bytes[..32].copy_from_slice(&KEYS[0]);
	bytes[32..].copy_from_slice(&leaf(42));
	bytes
}

/// What goes with a proof about the present root at this time, which is none yet.
pub fn unproven(nullifier: u64) -> EmergencyProof {
	EmergencyProof {
		root: root(),
		auditor: 0,
		now: Milliseconds(pallet_timestamp::Now::<Test>::get()),
		nullifier: leaf(nullifier),
		identity: identity(),
		recipient: H256(leaf(1_000 + nullifier)),
		version: VERSION,
		proof: Proof([0; PROOF_BYTES]),
	}
}

/// The proof that goes with the rest.
pub fn prove(signer: &AccountId, asked: H256, limit: u8, rest: EmergencyProof) -> EmergencyProof {
	let statement = Hidden::statement(signer, asked, limit, &rest).unwrap();
	let circuit = CircuitVersion { circuit: CircuitId(BreakGlass::NUMBER), version: rest.version };
	let inputs: Vec<_> = BreakGlass::inputs(&statement.public).iter().map(to_bytes).collect();
	EmergencyProof { proof: proof_of(circuit, H256(BreakGlass::RELATION), &inputs), ..rest }
}

/// A proof that holds now.
pub fn proven(nullifier: u64) -> EmergencyProof {
	prove(&OPERATOR, ASKED, LIMIT, unproven(nullifier))
}

/// Points of Jubjub whose secrets are two, three and four.
#[rustfmt::skip]
pub const KEYS: [[u8; 32]; 3] = [
	[
		0x31, 0x9d, 0x0c, 0xc6, 0x5c, 0x28, 0xc9, 0xb8,
		0xbd, 0xe7, 0x1b, 0xc8, 0x55, 0x1e, 0xb7, 0x50,
		0xc8, 0x81, 0x26, 0xa6, 0x1e, 0xca, 0xb7, 0xc4,
		0x8b, 0xb7, 0x77, 0x2d, 0x56, 0x05, 0x06, 0x81,
	],
	[
		0x9d, 0x51, 0x84, 0x50, 0x04, 0xc5, 0xec, 0x77,
		0x11, 0x88, 0xf3, 0x29, 0xcc, 0x56, 0x62, 0xb7,
		0x29, 0xe1, 0xcd, 0x98, 0xe1, 0x4e, 0xd6, 0x95,
		0x07, 0xf6, 0xbb, 0x86, 0x70, 0xd9, 0x42, 0xbf,
	],
	[
		0xc8, 0x07, 0x6d, 0x86, 0x6e, 0xe3, 0xa2, 0x11,
		0x90, 0xb9, 0xd8, 0x1e, 0x38, 0x29, 0xe6, 0xd4,
		0x8d, 0x66, 0x33, 0x1d, 0x3a, 0x11, 0x20, 0x9b,
		0xa6, 0x91, 0x87, 0xeb, 0xf5, 0x7b, 0xfb, 0x83,
	],
];

/// The generator of Jubjub, whose secret everybody knows.
#[rustfmt::skip]
pub const GENERATOR: [u8; 32] = [
	0xaa, 0x92, 0xd2, 0x59, 0x0e, 0x87, 0x3f, 0xcc,
	0xd7, 0xfe, 0x20, 0xc2, 0x5c, 0xba, 0x26, 0x3e,
	0xc3, 0xc0, 0x66, 0xc8, 0x78, 0x2e, 0x13, 0x93,
	0x17, 0x1a, 0xab, 0xdd, 0xf1, 0x3c, 0x52, 0x1d,
];

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn governance() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Everything in the log.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

/// The events of this pallet since the last look.
pub fn new_events() -> Vec<pallet_shielded_licence::Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Hidden(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
}

/// The bytes of a leaf, by a number.
pub fn leaf(number: u64) -> PublicInput {
	to_bytes(&Fr::from(number))
}

/// The issuer of a licence enters a leaf for it.
pub fn enter(licence: u64, number: u64) -> DispatchResult {
	let licence = CredentialId(licence);
	let issuer = if licence.0 < 100 { BOARD } else { OTHER_BOARD };
	Hidden::enter_licence(signed(issuer), holder(licence), licence, leaf(number))
}

/// Somebody removes a licence.
pub fn remove(who: AccountId, licence: u64) -> DispatchResult {
	Hidden::remove_licence(signed(who), CredentialId(licence))
}

/// The root as it is.
pub fn root() -> PublicInput {
	Hidden::root().unwrap()
}

/// Goes on for so many blocks, each in its time.
pub fn blocks(count: u32) {
	for _ in 0..count {
		System::set_block_number(System::block_number() + 1);
		pallet_timestamp::Now::<Test>::mutate(|now| *now += SLOT);
	}
}

pub fn new_test_ext() -> TestExternalities {
	let mut ext: TestExternalities =
		RuntimeGenesisConfig::default().build_storage().unwrap().into();
	ext.execute_with(|| blocks(1));
	ext
}

/// Runs a test on a fresh chain and checks the invariants after it.
pub fn on_chain(test: impl FnOnce()) {
	Ended::set(Vec::new());
	Refusal::set(None);
	Later::set(Vec::new());
	BoardMayAct::set(true);
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}
