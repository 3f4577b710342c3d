//! A runtime of this pallet. Shielded consents, whether a proof holds, and the log, are tables; a proof holds here where
//! it is the hash of what it is about.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_study;
use crate::{mock_weights::MockWeight, Pallet};
use codec::Encode;
use frame_support::{
	derive_impl, dispatch::DispatchResult, pallet_prelude::ValueQuery, parameter_types,
	traits::ConstU32,
};
use frame_system::EnsureRoot;
use hdx_primitives::{
	AccountId, AssuranceLevel, AttestationTree, AuditEvent, AuditSink, CircuitId, CircuitVersion,
	ConsentRoots, DenialReason, EnrolmentProof, EntryIndex, InstitutionId, Milliseconds, Proof,
	ProofRefusal, ProofVerifier, ProvenStatement, ProviderDirectory, PublicInput, Role,
	SecondFactor, ShieldedConsents, Standing, StatementRefusal, StudyId, StudyTerms, ValueRange,
	H256, PROOF_BYTES,
};
use hdx_zk_circuits::{
	circuits::{Circuit, ConsentRevoke, StudyEnrolment, StudyEnrolmentPublic},
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
	/// The studies.
	#[runtime::pallet_index(2)]
	pub type Study = pallet_study;
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

/// Fewest that results are about.
pub const SMALLEST: u32 = 3;
/// Most studies.
pub const STUDIES: u32 = 4;
/// Most trees of attestations.
pub const TREES: u32 = 2;
/// Categories that stand for a class.
pub const CATEGORIES: u32 = 5;

parameter_types! {
	/// What the verifier says of all proofs.
	pub static Refusal: Option<ProofRefusal> = None;
	/// What the shielded consents say of all snapshots.
	pub static NoRoots: Option<StatementRefusal> = None;
	/// Whether the circuit for revocations is suspended.
	pub static Suspended: bool = false;
	/// Whether the hospital is.
	pub static HospitalSuspended: bool = false;
}

impl pallet_study::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type Consents = Tables;
	type Verifier = Tables;
	type Providers = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type MinCohort = ConstU32<SMALLEST>;
	type MaxStudies = ConstU32<STUDIES>;
	type MaxAttestationTrees = ConstU32<TREES>;
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

/// The snapshot that counts.
pub const SNAPSHOT: u32 = 7;
/// The time of it.
pub const SNAPSHOT_AT: u64 = 990;

impl ShieldedConsents for Tables {
	fn roots_of_snapshot(tree: u32, snapshot: u32) -> Result<ConsentRoots, StatementRefusal> {
		if let Some(refusal) = NoRoots::get() {
			return Err(refusal);
		}
		let (consents, revocations) = (number(1_000 + u64::from(tree)), number(2_000));
		let at = Milliseconds(SNAPSHOT_AT);
		(snapshot == SNAPSHOT)
			.then_some(ConsentRoots { consents, revocations, at })
			.ok_or(StatementRefusal::SnapshotUnknown)
	}

	fn categories_in_use() -> u32 {
		CATEGORIES
	}
}

/// The version of circuits that is active.
pub const VERSION: u32 = 1;

/// The proof that holds for this, and for nothing else.
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
		if circuit.version != VERSION {
			return Err(ProofRefusal::CircuitUnknown);
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
		each.try_for_each(|one| Self::verify(circuit, relation, &one.proof, &one.inputs))
	}

	fn is_active(circuit: CircuitVersion, relation: H256) -> bool {
		circuit == CircuitVersion { circuit: CircuitId(ConsentRevoke::NUMBER), version: VERSION }
			&& relation == H256(ConsentRevoke::RELATION)
			&& !Suspended::get()
	}
}

/// Sponsors studies.
pub const HOSPITAL: InstitutionId = InstitutionId(3);
/// Attests.
pub const LABORATORY: InstitutionId = InstitutionId(4);
/// Operates [`HOSPITAL`].
pub const OPERATOR: AccountId = AccountId::new([103; 32]);
/// Operates [`LABORATORY`].
pub const ATTESTER: AccountId = AccountId::new([104; 32]);

impl ProviderDirectory for Tables {
	fn max_credentials() -> u32 {
		0
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
		let operated = [(OPERATOR, HOSPITAL), (ATTESTER, LABORATORY)]
			.into_iter()
			.find_map(|(operator, institution)| (operator == *who).then_some(institution));
		operated.filter(|institution| <Self as ProviderDirectory>::is_active(*institution))
	}

	fn are_same_practitioner(one: &AccountId, other: &AccountId) -> bool {
		one == other
	}

	fn is_active(institution: InstitutionId) -> bool {
		institution == LABORATORY || (institution == HOSPITAL && !HospitalSuspended::get())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Tables {
	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
		proof_of(circuit, relation, inputs)
	}

	fn snapshot() -> (u32, u32) {
		(SNAPSHOT, 0)
	}

	fn operator() -> (AccountId, InstitutionId) {
		(OPERATOR, HOSPITAL)
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Test>::put(now.0);
	}
}

/// Somebody who sends.
pub fn sender() -> AccountId {
	AccountId::new([1; 32])
}

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
pub fn new_events() -> Vec<pallet_study::Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Study(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
}

/// The bytes of a number.
pub fn number(number: u64) -> PublicInput {
	to_bytes(&Fr::from(number))
}

/// The time is this from now on.
pub fn at(now: u64) {
	pallet_timestamp::Now::<Test>::put(now);
}

/// When tests begin.
pub const NOW: u64 = 1_000;
/// When the study of [`terms`] ends.
pub const UNTIL: u64 = 5_000;
/// The study that [`with_study`] leaves.
pub const STUDY: StudyId = StudyId(0);

/// What a study may ask for.
pub fn terms() -> StudyTerms {
	let range = ValueRange { min: 40, max: 60 };
	StudyTerms {
		sponsor: HOSPITAL,
		protocol: H256([9; 32]),
		panel: 2,
		ranges: [range; 4],
		attested_from: Milliseconds(100),
		categories: 0b1_0001,
		minimum: SMALLEST,
		from: Milliseconds(NOW),
		until: Milliseconds(UNTIL),
	}
}

/// Registers a study, as governance would.
pub fn register(terms: StudyTerms) -> DispatchResult {
	Study::register_study(governance(), terms)
}

/// Appends an attestation, as the laboratory would.
pub fn attest(leaf: u64) -> DispatchResult {
	Study::attest(signed(ATTESTER), number(leaf))
}

/// A proof that still is none, about the first attestation.
pub fn unproven(nullifier: u64) -> EnrolmentProof {
	EnrolmentProof {
		snapshot: SNAPSHOT,
		tree: 0,
		attestations: AttestationTree { tree: 0, count: 1 },
		nullifier: number(nullifier),
		version: VERSION,
		revoked_by: VERSION,
		proof: Proof([0; PROOF_BYTES]),
	}
}

/// What a proof has to be about.
pub fn public(who: &AccountId, study: StudyId, proof: &EnrolmentProof) -> StudyEnrolmentPublic {
	let record = Study::study(study).unwrap();
	Pallet::<Test>::statement(who, study, &record, proof).unwrap()
}

/// The proof of a statement.
pub fn proof_about(version: u32, public: &StudyEnrolmentPublic) -> Proof {
	let circuit = CircuitVersion { circuit: CircuitId(StudyEnrolment::NUMBER), version };
	let inputs: Vec<PublicInput> = StudyEnrolment::inputs(public).iter().map(to_bytes).collect();
	proof_of(circuit, H256(StudyEnrolment::RELATION), &inputs)
}

/// The proof that goes with the rest.
pub fn prove(who: &AccountId, study: StudyId, rest: EnrolmentProof) -> EnrolmentProof {
	let proof = proof_about(rest.version, &public(who, study, &rest));
	EnrolmentProof { proof, ..rest }
}

/// Sends a proof.
pub fn send(study: StudyId, proof: &EnrolmentProof) -> DispatchResult {
	Study::enrol(signed(sender()), study, Box::new(proof.clone()))
}

/// Counts somebody, as who sends for them would.
pub fn enrol(nullifier: u64) -> DispatchResult {
	send(STUDY, &prove(&sender(), STUDY, unproven(nullifier)))
}

pub fn new_test_ext() -> TestExternalities {
	let mut ext: TestExternalities =
		RuntimeGenesisConfig::default().build_storage().unwrap().into();
	ext.execute_with(|| {
		System::set_block_number(1);
		at(NOW);
	});
	ext
}

/// Runs a test on a fresh chain and checks the invariants after it.
pub fn on_chain(test: impl FnOnce()) {
	Refusal::set(None);
	NoRoots::set(None);
	Suspended::set(false);
	HospitalSuspended::set(false);
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}

/// The same with a study that is open, and an attestation.
pub fn with_study(test: impl FnOnce()) {
	on_chain(|| {
		register(terms()).unwrap();
		attest(500).unwrap();
		new_events();
		test();
	});
}
