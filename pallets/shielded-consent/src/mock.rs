//! A runtime of this pallet. Whether a proof holds, and the log, are tables; a proof holds here where it is the hash of
//! what it is about.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_shielded_consent;
use crate::{mock_weights::MockWeight, Error, Moments, Pallet, Snapshot};
use codec::Encode;
use frame_support::{
	derive_impl,
	dispatch::DispatchResult,
	pallet_prelude::ValueQuery,
	parameter_types,
	traits::{ConstU32, Hooks},
};
use frame_system::EnsureRoot;
use hdx_primitives::{
	AccountId, AssuranceLevel, AuditEvent, AuditSink, CircuitId, CircuitVersion, Code,
	DenialReason, EntryIndex, InstitutionId, Milliseconds, Proof, ProofRefusal, ProofVerifier,
	ProvenStatement, ProviderDirectory, PublicInput, Role, SecondFactor, ShieldedIndex, Standing,
	H256,
};
use hdx_zk_circuits::{
	circuits::{Circuit, ConsentGrant, ConsentGrantPublic, ConsentRevoke, ConsentRevokePublic},
	field::{from_bytes, to_bytes},
	Asked, Fr,
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
	/// The trees.
	#[runtime::pallet_index(2)]
	pub type Shielded = pallet_shielded_consent;
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

/// Every how many blocks there is a snapshot.
pub const PERIOD: u32 = 5;
/// How many of them count.
pub const COUNTED: u32 = 3;
/// How many trees there may be.
pub const TREES: u32 = 3;
/// Milliseconds between blocks.
pub const SLOT: u64 = 2_000;

parameter_types! {
	/// Ten periods: the number of snapshots ends sooner where blocks come in time.
	pub const MaxSnapshotAge: Milliseconds = Milliseconds(50 * SLOT);
	/// What the verifier says of all proofs.
	pub static Refusal: Option<ProofRefusal> = None;
	/// Whether the circuit for revocations is suspended.
	pub static Suspended: bool = false;
}

impl pallet_shielded_consent::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type Verifier = Tables;
	type Providers = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type SnapshotPeriod = ConstU32<PERIOD>;
	type MaxSnapshots = ConstU32<COUNTED>;
	type MaxSnapshotAge = MaxSnapshotAge;
	type MaxTrees = ConstU32<TREES>;
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

/// The version of circuits that is active.
pub const VERSION: u32 = 1;

/// The proof that holds for this, and for nothing else.
pub fn proof_of(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
	let hash = (circuit, relation, inputs).using_encoded(sp_io::hashing::blake2_256);
	let mut bytes = [0; 384];
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

/// The account that the doctor goes on under.
#[frame_support::storage_alias]
type Successor = StorageValue<Mock, AccountId>;

impl ProviderDirectory for Tables {
	fn max_credentials() -> u32 {
		0
	}

	fn standing(
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		required: AssuranceLevel,
		_: Milliseconds,
	) -> Result<Standing, DenialReason> {
		assert_eq!(required, AssuranceLevel::Enrolled);
		let doctor = Successor::get().unwrap_or(DOCTOR);
		let may = (*who == doctor || *who == COLLEAGUE)
			&& (institution, role) == (HOSPITAL, Role::Physician);
		let standing = Standing { level: required, taxonomy: Code([0; 16]) };
		may.then_some(standing).ok_or(DenialReason::PractitionerUnknown)
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

	fn are_same_practitioner(one: &AccountId, other: &AccountId) -> bool {
		let first = |who: &AccountId| {
			if Successor::get().as_ref() == Some(who) {
				DOCTOR
			} else {
				who.clone()
			}
		};
		first(one) == first(other)
	}

	fn is_active(_: InstitutionId) -> bool {
		true
	}
}

/// May practise for [`HOSPITAL`] as a physician.
pub const DOCTOR: AccountId = AccountId::new([101; 32]);
/// May do so as well.
pub const COLLEAGUE: AccountId = AccountId::new([102; 32]);
/// For whom they practise.
pub const HOSPITAL: InstitutionId = InstitutionId(3);

/// The doctor goes on under another account.
pub fn rotate(to: AccountId) {
	Successor::put(to);
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper for Tables {
	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
		proof_of(circuit, relation, inputs)
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Test>::put(now.0);
	}

	fn practitioner() -> (AccountId, InstitutionId, Role) {
		(DOCTOR, HOSPITAL, Role::Physician)
	}
}

/// Somebody who sends.
pub fn sender(number: u8) -> AccountId {
	AccountId::new([number; 32])
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
pub fn new_events() -> Vec<pallet_shielded_consent::Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Shielded(event) => Some(event),
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

/// A place in the first tree.
pub fn at(leaf: u32) -> ShieldedIndex {
	ShieldedIndex { tree: 0, leaf }
}

/// The proof of a statement of a circuit.
pub fn proof<C: Circuit>(version: u32, public: &C::Public) -> Proof {
	let circuit = CircuitVersion { circuit: CircuitId(C::NUMBER), version };
	let inputs: Vec<PublicInput> = C::inputs(public).iter().map(to_bytes).collect();
	proof_of(circuit, H256(C::RELATION), &inputs)
}

/// The proof with which this account appends a leaf.
pub fn grant_proof(who: &AccountId, bytes: PublicInput) -> Proof {
	let leaf = from_bytes(&bytes).unwrap();
	let asked = Asked::Append { leaf };
	let context = Pallet::<Test>::context_of::<ConsentGrant>(VERSION, who, &asked);
	proof::<ConsentGrant>(VERSION, &ConsentGrantPublic { leaf, context })
}

/// The proof with which this account revokes a consent, about this root.
pub fn revoke_proof(who: &AccountId, index: ShieldedIndex, root: PublicInput) -> Proof {
	let asked = Asked::Revoke { tree: index.tree, leaf: index.leaf };
	let context = Pallet::<Test>::context_of::<ConsentRevoke>(VERSION, who, &asked);
	let consent_root = from_bytes(&root).unwrap();
	let public = ConsentRevokePublic { consent_root, index: index.leaf, context };
	proof::<ConsentRevoke>(VERSION, &public)
}

/// Appends a leaf, as its sender would.
pub fn append(number: u64) -> DispatchResult {
	let (who, bytes) = (sender(1), leaf(number));
	let proof = grant_proof(&who, bytes);
	Shielded::append(signed(who), bytes, VERSION, proof)
}

/// The number of the last snapshot.
pub fn last_snapshot() -> u32 {
	Moments::<Test>::get().unwrap().last().unwrap().number
}

/// Revokes a consent about the last snapshot, as its sender would.
pub fn revoke(index: ShieldedIndex) -> DispatchResult {
	let (who, snapshot) = (sender(1), last_snapshot());
	let roots = Shielded::roots(index.tree, snapshot).map_err(Error::<Test>::from)?;
	let proof = revoke_proof(&who, index, roots.consents);
	Shielded::revoke(signed(who), index, snapshot, VERSION, proof)
}

/// Goes on for so many blocks, each in its time.
pub fn blocks(count: u32) {
	for _ in 0..count {
		let number = System::block_number() + 1;
		System::set_block_number(number);
		Shielded::on_initialize(number);
		pallet_timestamp::Now::<Test>::mutate(|now| *now += SLOT);
	}
}

/// Goes on until the next snapshot was taken, and gives it.
pub fn next_snapshot() -> Snapshot {
	loop {
		blocks(1);
		if System::block_number().is_multiple_of(PERIOD) {
			return *Moments::<Test>::get().unwrap().last().unwrap();
		}
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
	Refusal::set(None);
	Suspended::set(false);
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(Pallet::<Test>::do_try_state(), Ok(()));
	});
}
