//! A runtime of this pallet alone. The other pallets are tables in storage, so that a test can say
//! what they answer, and so that `assert_noop!` sees a write to the log.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate as pallet_record_access;
use crate::EmergencyTerms;
use codec::{Decode, Encode};
use frame_support::{
	derive_impl,
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	parameter_types,
	traits::{ConstU32, ConstU64},
	weights::Weight,
	Blake2_128Concat,
};
use hdx_primitives::{
	consent::Accounts,
	engine::{
		terminology::purpose, Actor, Algorithm, Basis, Code, ConsentId, DataFilter, Decision,
		Obligation, Obligations, Outcome, Request,
	},
	AccessCircuit, AccessProof, AccessProofs, AccessRequest, AccountId, Action, AssuranceLevel,
	AuditEvent, AuditSink, Commitment, ConsentDecider, ContextHash, DenialReason,
	EmergencyDirectory, EmergencyProof, EmergencyProofs, EmergencyRefusal, EntryIndex, GrantId,
	InstitutionId, LegalHolds, LookedAt, Milliseconds, PatientDirectory, ProviderDirectory,
	PublicInput, RecordId, RepresentativeDirectory, RequestedCodes, Role, SecondFactor, Standing,
	StatementRefusal, Target, UseRefusal, H256,
};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, BuildStorage};

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		RecordAccess: pallet_record_access,
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

pub const MAX_SECTIONS: u32 = 100;
pub const MAX_CONSENTS: u32 = 4;
pub const MAX_USES: u32 = 3;
pub const HOUR: Milliseconds = Milliseconds(3_600_000);
/// Longest that a grant by proof holds.
pub const QUARTER: Milliseconds = Milliseconds(900_000);
pub const START: Milliseconds = Milliseconds(1_700_000_000_000);
pub const TERMS: EmergencyTerms = EmergencyTerms {
	max_duration: HOUR,
	uses: 2,
	review_within: Milliseconds(72 * 3_600_000),
	max_overdue: 1,
	proofs_a_day: 3,
};

parameter_types! {
	pub const MaxSections: u32 = MAX_SECTIONS;
	pub const MaxUses: u32 = MAX_USES;
	pub const MaxGrantDuration: Milliseconds = Milliseconds(30 * 24 * 3_600_000);
	pub const MaxProvenDuration: Milliseconds = QUARTER;
	pub const MaxEmergencyDuration: Milliseconds = Milliseconds(4 * 3_600_000);
	pub const DefaultEmergencyTerms: EmergencyTerms = TERMS;
	pub const ErasureDeadline: Milliseconds = Milliseconds(30 * 24 * 3_600_000);
	pub const DisputeDeadline: Milliseconds = Milliseconds(30 * 24 * 3_600_000);
	pub const MaxBatchAge: Milliseconds = Milliseconds(600_000);
}

impl pallet_record_access::Config for Test {
	type GovernanceOrigin = frame_system::EnsureRoot<AccountId>;
	type Providers = Tables;
	type Consents = Tables;
	type Patients = Tables;
	type Proofs = Tables;
	type Emergencies = Tables;
	type Audit = Tables;
	type Timestamp = Timestamp;
	type MaxSections = MaxSections;
	type MaxGrantDuration = MaxGrantDuration;
	type MaxProvenDuration = MaxProvenDuration;
	type MaxUses = MaxUses;
	type MaxEmergencyDuration = MaxEmergencyDuration;
	type DefaultEmergencyTerms = DefaultEmergencyTerms;
	type MaxBatchAge = MaxBatchAge;
	type Representatives = Tables;
	type Holds = Tables;
	type MaxRestrictions = ConstU32<3>;
	type MaxOpenDisputes = ConstU32<2>;
	type DisputeDeadline = DisputeDeadline;
	type ErasureDeadline = ErasureDeadline;
	type WeightInfo = crate::mock_weights::MockWeight<Test>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Tables;
}

/// What the mocked pallets answer with.
pub struct Tables;

/// What a patient's consents decide, whatever is asked.
#[derive(Clone, Encode, Decode)]
pub struct Answer {
	pub outcome: Outcome,
	pub obligations: Obligations,
	pub basis: Option<Basis>,
	/// From then on there is no consent.
	pub until: Option<Milliseconds>,
}

/// What the decider was asked.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
pub struct Asked {
	pub patient: AccountId,
	pub actors: Vec<Actor>,
	pub purposes: Vec<Code>,
	pub actions: Vec<Code>,
	pub labels: Vec<Code>,
	pub classes: Vec<Code>,
	pub at: Milliseconds,
}

#[frame_support::storage_alias]
type Operators = StorageMap<Mock, Blake2_128Concat, AccountId, InstitutionId>;
#[frame_support::storage_alias]
type Standings = StorageMap<
	Mock,
	Blake2_128Concat,
	(AccountId, InstitutionId, Role),
	Result<Standing, DenialReason>,
>;
#[frame_support::storage_alias]
type Patients = StorageMap<Mock, Blake2_128Concat, AccountId, ()>;
/// Who opted out of the emergency override.
#[frame_support::storage_alias]
type OptOuts = StorageMap<Mock, Blake2_128Concat, AccountId, ()>;
/// The account that each practitioner goes on under, by the account of before.
#[frame_support::storage_alias]
type Successors = StorageMap<Mock, Blake2_128Concat, AccountId, AccountId>;
/// The patients under a legal hold.
#[frame_support::storage_alias]
pub type Held = StorageMap<Mock, Blake2_128Concat, AccountId, ()>;
/// The purposes of each guardian of a patient; none: all purposes.
#[frame_support::storage_alias]
type Scopes = StorageMap<Mock, Blake2_128Concat, (AccountId, AccountId), Vec<Code>>;
#[frame_support::storage_alias]
type Answers = StorageMap<Mock, Blake2_128Concat, AccountId, Answer>;
/// Whose a consent is; absent: whoever's it is said to be.
#[frame_support::storage_alias]
pub type ConsentOwners = StorageMap<Mock, Blake2_128Concat, ConsentId, AccountId>;
/// How many disclosures the consents allow; absent: any number.
#[frame_support::storage_alias]
pub type UsesLeft = StorageValue<Mock, u32>;
/// What a proof is refused for; absent: it holds.
#[frame_support::storage_alias]
pub type ProofAnswer = StorageValue<Mock, DenialReason>;
/// Why no proof can be about a request; absent: one can.
#[frame_support::storage_alias]
pub type NoStatement = StorageValue<Mock, StatementRefusal>;
/// Who proved, about which subject, with which nullifier.
#[frame_support::storage_alias]
pub type Proven = StorageValue<
	Mock,
	Vec<(AccountId, PublicInput, PublicInput)>,
	frame_support::pallet_prelude::ValueQuery,
>;
/// What the proof of an emergency is refused for; absent: it holds.
#[frame_support::storage_alias]
pub type EmergencyAnswer = StorageValue<Mock, DenialReason>;
/// Why no proof can be about an emergency; absent: one can.
#[frame_support::storage_alias]
pub type NoEmergency = StorageValue<Mock, EmergencyRefusal>;
/// The nullifiers of the emergencies that were proven.
#[frame_support::storage_alias]
pub type ProvenEmergencies =
	StorageValue<Mock, Vec<PublicInput>, frame_support::pallet_prelude::ValueQuery>;
/// Who ever had a licence in the tree.
#[frame_support::storage_alias]
pub type EverLicensed = StorageMap<Mock, Blake2_128Concat, AccountId, ()>;
/// Why nobody can act for an institution; absent: somebody can.
#[frame_support::storage_alias]
pub type Lacking = StorageMap<Mock, Blake2_128Concat, InstitutionId, DenialReason>;
/// The operations that were confirmed.
#[frame_support::storage_alias]
pub type Confirmed = StorageValue<Mock, Vec<H256>, frame_support::pallet_prelude::ValueQuery>;
#[frame_support::storage_alias]
type Log = StorageValue<Mock, Vec<AuditEvent>, frame_support::pallet_prelude::ValueQuery>;

frame_support::parameter_types! {
	/// The last question; not in storage, because deciding writes nothing.
	pub static LastAsked: Option<Asked> = None;
	/// What a proof was to be about, the last time.
	pub static LastStated: Option<(AccountId, AccessRequest, Code)> = None;
	/// What the proof of an emergency was to be about, the last time: signer, operation, limit.
	pub static LastEmergency: Option<(AccountId, H256, u8)> = None;
	/// How often it was looked up whose guardian somebody is for some purposes.
	pub static GuardianLookUps: u32 = 0;
	/// The level for which the directory was asked last.
	pub static LastRequired: Option<AssuranceLevel> = None;
}

impl ProviderDirectory for Tables {
	fn standing(
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		required: AssuranceLevel,
		_at: Milliseconds,
	) -> Result<Standing, DenialReason> {
		LastRequired::set(Some(required));
		Standings::get((who.clone(), institution, role))
			.unwrap_or(Err(DenialReason::PractitionerUnknown))
	}

	fn max_credentials() -> u32 {
		8
	}

	/// Accepts [`factor`] on each operation, once.
	fn confirm(
		_who: &AccountId,
		operation: H256,
		given: Option<&SecondFactor>,
		_at: Milliseconds,
	) -> Result<(), DenialReason> {
		let given = given.ok_or(DenialReason::SecondFactorMissing)?;
		let is_used = Confirmed::get().contains(&operation);
		if *given != factor() || is_used {
			return Err(DenialReason::SecondFactorInvalid);
		}
		Confirmed::append(operation);
		Ok(())
	}

	fn operated_by(who: &AccountId) -> Option<InstitutionId> {
		Operators::get(who)
	}

	fn operates(
		who: &AccountId,
		institution: InstitutionId,
		_at: Milliseconds,
	) -> Result<(), DenialReason> {
		if let Some(reason) = Lacking::get(institution) {
			return Err(reason);
		}
		let does = Operators::get(who) == Some(institution);
		does.then_some(()).ok_or(DenialReason::NotAffiliated)
	}

	fn are_same_practitioner(one: &AccountId, other: &AccountId) -> bool {
		one == other
			|| Successors::get(one).as_ref() == Some(other)
			|| Successors::get(other).as_ref() == Some(one)
	}

	fn is_active(institution: InstitutionId) -> bool {
		Operators::iter_values().any(|operated| operated == institution)
	}
}

impl PatientDirectory for Tables {
	fn is_patient(who: &AccountId) -> bool {
		Patients::contains_key(who)
	}
}

impl EmergencyDirectory for Tables {
	fn has_opted_out(patient: &AccountId) -> bool {
		OptOuts::contains_key(patient)
	}

	fn guardians(patient: &AccountId, _at: Milliseconds) -> Accounts {
		let guardians = if *patient == PATIENT { vec![GUARDIAN] } else { vec![] };
		Accounts::truncate_from(guardians)
	}
}

impl LegalHolds for Tables {
	fn is_held(patient: &AccountId) -> bool {
		Held::contains_key(patient)
	}
}

impl RepresentativeDirectory for Tables {
	fn is_guardian(who: &AccountId, patient: &AccountId, purpose: Option<Code>) -> bool {
		Self::is_guardian_for_each(who, patient, purpose.as_slice())
	}

	fn is_guardian_for_each(who: &AccountId, patient: &AccountId, purposes: &[Code]) -> bool {
		GuardianLookUps::mutate(|times| *times += 1);
		Scopes::get((who, patient)).is_some_and(|scope| {
			scope.is_empty() || purposes.iter().all(|code| scope.contains(code))
		})
	}

	fn is_guardian_for_all(who: &AccountId, patient: &AccountId) -> bool {
		Scopes::get((who, patient)).is_some_and(|scope| scope.is_empty())
	}
}

impl ConsentDecider for Tables {
	fn consents(patient: &AccountId) -> u32 {
		Answers::get(patient).is_some().into()
	}

	fn max_consents() -> u32 {
		MAX_CONSENTS
	}

	fn decide_counted(
		patient: &AccountId,
		request: &Request<'_>,
		at: Milliseconds,
	) -> (Decision, LookedAt) {
		LastAsked::set(Some(Asked {
			patient: patient.clone(),
			actors: request.actors.to_vec(),
			purposes: request.purposes.to_vec(),
			actions: request.actions.to_vec(),
			labels: request.labels.to_vec(),
			classes: request.classes.to_vec(),
			at,
		}));
		let answer = Answers::get(patient)
			.filter(|answer| answer.until.is_none_or(|until| at < until))
			.unwrap_or(Answer {
				outcome: Outcome::NoConsent,
				obligations: Obligations::default(),
				basis: None,
				until: None,
			});
		let decision = Decision {
			outcome: answer.outcome,
			obligations: answer.obligations,
			basis: answer.basis,
			algorithm: Algorithm::MostRecentWins,
		};
		(decision, LookedAt::full(Self::consents(patient)))
	}

	fn was_given(basis: Basis, patient: &AccountId) -> bool {
		ConsentOwners::get(basis.consent).is_none_or(|owner| owner == *patient)
	}

	fn limits_uses(_: Basis) -> bool {
		UsesLeft::exists()
	}

	fn check_use(basis: Basis, _at: Milliseconds) -> Result<(), UseRefusal> {
		let left = UsesLeft::get();
		match left {
			_ if basis.version > CURRENT_VERSION => Err(UseRefusal::NotInForce),
			Some(0) => Err(UseRefusal::FrequencyExceeded),
			_ => Ok(()),
		}
	}

	fn record_uses(basis: Basis, uses: u32, at: Milliseconds) -> Result<(), UseRefusal> {
		Self::check_use(basis, at)?;
		if UsesLeft::get().is_some_and(|left| left < uses) {
			return Err(UseRefusal::FrequencyExceeded);
		}
		UsesLeft::mutate_extant(|left| *left -= uses);
		Ok(())
	}
}

impl AccessProofs for Tables {
	type Statement = ();

	fn statement(
		requester: &AccountId,
		request: &AccessRequest,
		class: Code,
		_: &AccessProof,
	) -> Result<(), StatementRefusal> {
		LastStated::set(Some((requester.clone(), request.clone(), class)));
		NoStatement::get().map_or(Ok(()), Err)
	}

	fn accept(
		requester: &AccountId,
		subject: PublicInput,
		(): (),
		proof: &AccessProof,
	) -> Result<(), DenialReason> {
		if let Some(reason) = ProofAnswer::get() {
			return Err(reason);
		}
		if Proven::get().iter().any(|(_, _, used)| *used == proof.nullifier) {
			return Err(DenialReason::ProofUsed);
		}
		Proven::append((requester.clone(), subject, proof.nullifier));
		Ok(())
	}

	fn is_tag(bytes: &PublicInput) -> bool {
		*bytes != [0; 32]
	}

	fn weight() -> Weight {
		PROOF_WEIGHT
	}

	fn statement_weight() -> Weight {
		STATEMENT_WEIGHT
	}
}

impl EmergencyProofs for Tables {
	type Statement = ();

	fn statement(
		signer: &AccountId,
		asked: H256,
		limit: u8,
		_: &EmergencyProof,
	) -> Result<(), EmergencyRefusal> {
		LastEmergency::set(Some((signer.clone(), asked, limit)));
		NoEmergency::get().map_or(Ok(()), Err)
	}

	fn accept((): (), proof: &EmergencyProof) -> Result<(), DenialReason> {
		if let Some(reason) = EmergencyAnswer::get() {
			return Err(reason);
		}
		if ProvenEmergencies::get().contains(&proof.nullifier) {
			return Err(DenialReason::ProofUsed);
		}
		ProvenEmergencies::append(proof.nullifier);
		Ok(())
	}

	fn ever_had_licence(who: &AccountId) -> bool {
		EverLicensed::contains_key(who)
	}

	fn weight() -> Weight {
		EMERGENCY_WEIGHT
	}
}

impl AuditSink for Tables {
	fn record(event: AuditEvent) -> EntryIndex {
		let index = EntryIndex(Log::get().len() as u64);
		Log::append(event);
		index
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Tables {
	fn confirm(_: &AccountId, _: H256) -> SecondFactor {
		factor()
	}

	fn guardian_of(patient: &AccountId, purposes: &[Code]) -> AccountId {
		Scopes::insert((GUARDIAN, patient), purposes.to_vec());
		GUARDIAN
	}

	fn opt_out(patient: &AccountId) {
		set_opt_out(patient.clone(), true);
	}

	fn set_scene(_: crate::benchmarking::Size) -> crate::benchmarking::Scene {
		populate();
		set_standing(AssuranceLevel::Verified);
		crate::benchmarking::Scene {
			custodian: CUSTODIAN,
			practitioner: PHYSICIAN,
			on_behalf_of: CLINIC,
			role: Role::Physician,
			patient: PATIENT,
			purpose: purpose::TREAT,
			reviewer: OFFICER,
			receiver: CLINIC_OPERATOR,
			received_by: CLINIC,
		}
	}

	/// The tables answer as if there were one.
	fn consent(_: &crate::benchmarking::Scene, _: u32, _: crate::benchmarking::Withheld) {}

	/// The same people: the tables have no others.
	fn add_pair(
		scene: &crate::benchmarking::Scene,
		_: crate::benchmarking::Size,
		_: u32,
	) -> crate::benchmarking::Scene {
		scene.clone()
	}
}

const fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

/// Operates [`HOSPITAL`].
pub const CUSTODIAN: AccountId = account(1);
/// Operates [`CLINIC`].
pub const CLINIC_OPERATOR: AccountId = account(2);
/// May act for [`CLINIC`] as a physician.
pub const PHYSICIAN: AccountId = account(3);
/// Consents to whatever is asked.
pub const PATIENT: AccountId = account(4);
/// A patient with no consent.
pub const SILENT_PATIENT: AccountId = account(5);
/// The guardian of [`PATIENT`].
pub const GUARDIAN: AccountId = account(7);
/// May act for [`CLINIC`] as a privacy officer.
pub const OFFICER: AccountId = account(8);
/// What proofs cost here.
pub const PROOF_WEIGHT: Weight = Weight::from_parts(6_000_000_000, 50_000);
/// What saying what a proof would be about costs here.
pub const STATEMENT_WEIGHT: Weight = Weight::from_parts(400_000_000, 6_000);
/// What proofs of emergencies cost here.
pub const EMERGENCY_WEIGHT: Weight = Weight::from_parts(7_000_000_000, 60_000);
/// Nobody in particular.
pub const STRANGER: AccountId = account(6);

pub const HOSPITAL: InstitutionId = InstitutionId(0);
pub const CLINIC: InstitutionId = InstitutionId(1);

pub const TAXONOMY: Code = Code([7; 16]);
pub const BASIS: Basis = Basis { consent: ConsentId(9), version: 1 };
/// A consent of a later version than this is not in force.
pub const CURRENT_VERSION: u32 = 100;
pub const CONTEXT: ContextHash = ContextHash([8; 32]);
pub const MANIFEST: Commitment = Commitment([10; 32]);
pub const DISCLOSURE: Commitment = Commitment([11; 32]);

/// The signature that the mocked directory accepts.
pub fn factor() -> SecondFactor {
	SecondFactor {
		signature: sp_core::ed25519::Signature::from_raw([9; 64]).into(),
		valid_until: Milliseconds(u64::MAX),
	}
}

/// An obligation to withhold this code.
pub fn redact(code: u8) -> Obligations {
	vec![Obligation::Redact(DataFilter::of_codes(vec![Code([code; 16])].try_into().unwrap()))]
		.try_into()
		.unwrap()
}

pub fn set_standing(level: AssuranceLevel) {
	let standing = Standing { level, taxonomy: TAXONOMY };
	Standings::insert((PHYSICIAN, CLINIC, Role::Physician), Ok::<_, DenialReason>(standing));
}

pub fn refuse_standing(reason: DenialReason) {
	Standings::insert((PHYSICIAN, CLINIC, Role::Physician), Err::<Standing, _>(reason));
}

/// The physician goes on under another account, which can do whatever this one could.
pub fn rotate(to: AccountId) {
	Successors::insert(PHYSICIAN, to.clone());
	for role in Role::ALL {
		if let Some(standing) = Standings::take((PHYSICIAN, CLINIC, role)) {
			Standings::insert((to.clone(), CLINIC, role), standing);
		}
	}
}

/// Lets somebody act for an institution in a role.
pub fn let_act(who: AccountId, institution: InstitutionId, role: Role) {
	let standing = Standing { level: AssuranceLevel::Enrolled, taxonomy: TAXONOMY };
	Standings::insert((who, institution, role), Ok::<_, DenialReason>(standing));
}

/// The same at the highest level.
pub fn let_act_verified(who: AccountId, institution: InstitutionId, role: Role) {
	let standing = Standing { level: AssuranceLevel::Verified, taxonomy: TAXONOMY };
	Standings::insert((who, institution, role), Ok::<_, DenialReason>(standing));
}

/// The officer may act no more.
pub fn refuse_officer(reason: DenialReason) {
	Standings::insert((OFFICER, CLINIC, Role::Auditor), Err::<Standing, _>(reason));
}

/// The patient opts out of the emergency override, or allows it.
pub fn set_opt_out(patient: AccountId, is_out: bool) {
	if is_out {
		OptOuts::insert(patient, ());
	} else {
		OptOuts::remove(patient);
	}
}

pub fn answer(patient: AccountId, outcome: Outcome, obligations: Obligations) {
	Answers::insert(patient, Answer { outcome, obligations, basis: Some(BASIS), until: None });
}

/// The jurisdiction's implicit policy permits; no consent does.
pub fn imply(patient: AccountId) {
	let (outcome, obligations) = (Outcome::Permit, Obligations::default());
	Answers::insert(patient, Answer { outcome, obligations, basis: None, until: None });
}

pub fn end_consent(patient: AccountId, until: Milliseconds) {
	Answers::mutate(patient, |answer| answer.as_mut().unwrap().until = Some(until));
}

/// Lets another consent decide the same.
pub fn rebase(patient: AccountId, basis: Basis) {
	Answers::mutate(patient, |answer| answer.as_mut().unwrap().basis = Some(basis));
}

pub fn forget_consents(patient: AccountId) {
	Answers::remove(patient);
}

/// The guardian may act for these purposes alone.
pub fn set_scope(purposes: &[Code]) {
	Scopes::insert((GUARDIAN, PATIENT), purposes.to_vec());
}

/// Lets the second key sign again what it signed.
pub fn confirm_anew() {
	Confirmed::kill();
}

/// Lets somebody operate an institution.
pub fn let_operate(who: AccountId, institution: InstitutionId) {
	Operators::insert(who, institution);
}

/// Suspends an institution, as far as its operator can tell.
pub fn suspend_operator(who: AccountId) {
	Operators::remove(who);
}

pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

pub fn last_entry() -> AuditEvent {
	log().pop().unwrap()
}

pub fn last_index() -> EntryIndex {
	EntryIndex(log().len() as u64 - 1)
}

pub fn set_time(at: Milliseconds) {
	pallet_timestamp::Now::<Test>::put(at.0);
}

/// The physician of the clinic asks to read all of the patient for treatment, for an hour.
pub fn request() -> AccessRequest {
	AccessRequest {
		on_behalf_of: CLINIC,
		role: Role::Physician,
		patient: PATIENT,
		target: Target::WholeRecord,
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: RequestedCodes::default(),
		classes: RequestedCodes::default(),
		context: CONTEXT,
		duration: HOUR,
	}
}

/// Registers a record that the hospital keeps.
pub fn registered(patient: AccountId) -> RecordId {
	let id = crate::NextRecordId::<Test>::get();
	RecordAccess::register_record(RuntimeOrigin::signed(CUSTODIAN), patient, MANIFEST, 10, 0)
		.unwrap();
	id
}

/// The subject tag of [`with_subject`].
pub const SUBJECT: PublicInput = [21; 32];
/// The class that [`by_proof`] asks for.
pub const CLASS: Code = Code([22; 16]);

/// Registers a record with a subject tag.
pub fn with_subject(patient: AccountId) -> RecordId {
	let record = registered(patient);
	let custodian = RuntimeOrigin::signed(CUSTODIAN);
	RecordAccess::set_subject_tag(custodian, record, 1, Some(SUBJECT)).unwrap();
	record
}

/// The physician asks to read one class of a record of the silent patient, for a quarter of an hour.
pub fn by_proof(record: RecordId) -> AccessRequest {
	AccessRequest {
		patient: SILENT_PATIENT,
		target: Target::Record(record),
		classes: vec![CLASS].try_into().unwrap(),
		duration: QUARTER,
		..request()
	}
}

/// A proof with this nullifier.
pub fn proof(nullifier: u8) -> Box<AccessProof> {
	Box::new(AccessProof {
		snapshot: 1,
		tree: 0,
		nullifier: [nullifier; 32],
		circuit: AccessCircuit::Consent,
		version: 1,
		revoked_by: 1,
		proof: hdx_primitives::Proof([0; hdx_primitives::PROOF_BYTES]),
	})
}

/// Asks as the physician with a proof, and must be granted.
pub fn proven(record: RecordId, nullifier: u8) -> GrantId {
	let id = crate::NextGrantId::<Test>::get();
	let physician = RuntimeOrigin::signed(PHYSICIAN);
	RecordAccess::request_access_by_proof(physician, by_proof(record), None, proof(nullifier))
		.unwrap();
	assert!(crate::ProvenGrants::<Test>::contains_key(id), "{:?}", last_entry().outcome);
	id
}

/// What came of a call, without what it cost.
pub fn plain(result: DispatchResultWithPostInfo) -> DispatchResult {
	result.map(drop).map_err(|error| error.error)
}

/// Asks as the physician, who must be granted.
pub fn granted(request: AccessRequest) -> GrantId {
	let id = crate::NextGrantId::<Test>::get();
	RecordAccess::request_access(RuntimeOrigin::signed(PHYSICIAN), request, Some(factor()))
		.unwrap();
	assert!(crate::Grants::<Test>::contains_key(id), "denied: {:?}", last_entry().outcome);
	id
}

/// A record of [`PATIENT`] at [`HOSPITAL`], and a grant for it.
pub fn registered_and_granted() -> (RecordId, GrantId) {
	let record = registered(PATIENT);
	(record, granted(AccessRequest { target: Target::Record(record), ..request() }))
}

/// How often [`HOSPITAL`] may still disclose under a grant.
pub fn uses_left(grant: GrantId) -> u32 {
	RecordAccess::uses_left(grant, HOSPITAL).unwrap()
}

/// The state in which every test starts.
pub fn genesis() -> TestExternalities {
	let storage = RuntimeGenesisConfig::default().build_storage().unwrap();
	let mut externalities = TestExternalities::new(storage);
	externalities.execute_with(|| {
		System::set_block_number(1);
		populate();
	});
	externalities
}

/// The time, the institutions and the people of every test.
fn populate() {
	set_time(START);
	Operators::insert(CUSTODIAN, HOSPITAL);
	Operators::insert(CLINIC_OPERATOR, CLINIC);
	Patients::insert(PATIENT, ());
	Patients::insert(SILENT_PATIENT, ());
	set_standing(AssuranceLevel::Enrolled);
	let_act(OFFICER, CLINIC, Role::Auditor);
	Scopes::insert((GUARDIAN, PATIENT), Vec::<Code>::new());
	answer(PATIENT, Outcome::Permit, Obligations::default());
}

/// Runs a test and checks the invariants of the state that it leaves.
pub fn run(test: impl FnOnce()) {
	genesis().execute_with(|| {
		test();
		#[cfg(feature = "try-runtime")]
		RecordAccess::check_invariants().unwrap();
	});
}

/// The version that a record has now.
pub fn version_now(record: RecordId) -> u32 {
	RecordAccess::record_version(record).unwrap_or(1)
}
