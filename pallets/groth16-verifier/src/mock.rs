//! A runtime of this pallet. The registry of institutions and the log are tables.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_groth16_verifier;
use crate::{
	curve::Native,
	simulator::{Simulator, CEREMONY, RELATION},
	Circuits, KeyBytes, Pallet,
};
use frame_support::{
	derive_impl, ord_parameter_types, pallet_prelude::ValueQuery, parameter_types, traits::ConstU32,
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditEvent, AuditSink, CircuitId, CircuitVersion, DenialReason,
	EntryIndex, InstitutionId, Milliseconds, Proof, ProofRefusal, ProofVerifier, ProvenStatement,
	ProviderDirectory, PublicInput, Role, SecondFactor, Standing, H256,
};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Verifier: pallet_groth16_verifier,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
}

parameter_types! {
	/// Whether keys for development are accepted.
	pub static DevelopmentChain: bool = false;
}

ord_parameter_types! {
	pub const Guard: AccountId = AccountId::new([200; 32]);
}

/// By how many a key must be attested.
pub const NEEDED: u32 = 3;
/// How many attestations are counted.
pub const COUNTED: u32 = 6;
/// How many versions of circuits there may be.
pub const MOST_CIRCUITS: u32 = 5;

impl pallet_groth16_verifier::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type EmergencyOrigin = EnsureSignedBy<Guard, AccountId>;
	type Providers = Tables;
	type Audit = Tables;
	type IsDevelopmentChain = DevelopmentChain;
	type MinAttestations = ConstU32<NEEDED>;
	type MaxAttestations = ConstU32<COUNTED>;
	type MaxCircuits = ConstU32<MOST_CIRCUITS>;
	type WeightInfo = crate::mock_weights::MockWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

/// The operator of an institution; there are ten.
pub fn operator(institution: u8) -> AccountId {
	AccountId::new([institution; 32])
}

/// The operator of none.
pub fn stranger() -> AccountId {
	operator(99)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn governance() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Who suspends in an emergency.
pub fn guard() -> RuntimeOrigin {
	signed(Guard::get())
}

/// The pallets around this one.
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

	fn operated_by(who: &AccountId) -> Option<InstitutionId> {
		let number = (0..10).find(|number| operator(*number) == *who)?;
		Some(InstitutionId(number.into())).filter(|institution| Self::is_active(*institution))
	}

	fn is_active(institution: InstitutionId) -> bool {
		institution.0 < 10 && !SuspendedOnes::get().contains(&institution)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Tables {
	fn operator(number: u32) -> AccountId {
		operator(number.try_into().unwrap())
	}
}

pub fn suspend_institution(number: u32) {
	SuspendedOnes::mutate(|suspended| suspended.push(InstitutionId(number)));
}

pub fn reinstate_institutions() {
	SuspendedOnes::kill();
}

/// Everything in the log.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

/// The events of this pallet since the last look.
pub fn new_events() -> Vec<pallet_groth16_verifier::Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Verifier(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
}

pub fn new_test_ext() -> TestExternalities {
	ext_with(vec![])
}

/// A chain that starts with these circuits.
pub fn ext_with(circuits: Vec<(u32, u32, Vec<u8>, [u8; 32])>) -> TestExternalities {
	let genesis = RuntimeGenesisConfig {
		verifier: crate::GenesisConfig { circuits, config: Default::default() },
		..Default::default()
	};
	let mut ext: TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test on a fresh chain for production and checks the invariants after it.
pub fn on_chain(test: impl FnOnce()) {
	DevelopmentChain::set(false);
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}

/// The circuit of most tests.
pub const CIRCUIT: CircuitVersion = CircuitVersion { circuit: CircuitId(7), version: 1 };
/// Another one.
pub const OTHER: CircuitVersion = CircuitVersion { circuit: CircuitId(8), version: 1 };
/// The hash of a transcript.
pub const TRANSCRIPT: H256 = H256([9; 32]);

/// A key from a ceremony, of so many inputs.
pub fn key(inputs: u32) -> KeyBytes {
	Simulator::new(1, inputs).key::<Native>(CEREMONY)
}

pub fn register(circuit: CircuitVersion, key: KeyBytes) {
	Verifier::register_circuit(governance(), circuit, key, TRANSCRIPT).unwrap();
}

/// The digest of a circuit's key.
pub fn digest(circuit: CircuitVersion) -> H256 {
	Circuits::<Test>::get(circuit).unwrap().key
}

pub fn attest(circuit: CircuitVersion, institutions: std::ops::Range<u8>) {
	for institution in institutions {
		let key = digest(circuit);
		Verifier::attest_circuit(signed(operator(institution)), circuit, key, TRANSCRIPT).unwrap();
	}
}

/// What a circuit's key is for.
fn relation(circuit: CircuitVersion) -> H256 {
	Circuits::<Test>::get(circuit).map_or(RELATION, |record| record.relation)
}

/// Asks as one who knows that.
pub fn ask(
	circuit: CircuitVersion,
	proof: &Proof,
	inputs: &[PublicInput],
) -> Result<(), ProofRefusal> {
	<Verifier as ProofVerifier>::verify(circuit, relation(circuit), proof, inputs)
}

/// The same about many.
pub fn ask_batch(
	circuit: CircuitVersion,
	statements: &[ProvenStatement],
) -> Result<(), ProofRefusal> {
	<Verifier as ProofVerifier>::verify_batch(circuit, relation(circuit), statements)
}

/// Registers a circuit, has it attested, and activates it.
pub fn accept(circuit: CircuitVersion, key: KeyBytes) {
	register(circuit, key);
	attest(circuit, 0..NEEDED as u8);
	Verifier::activate(governance(), circuit).unwrap();
}
