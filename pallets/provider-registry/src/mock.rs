//! A runtime with this pallet, the real clock and a log that is kept in storage.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

use crate as pallet_provider_registry;
use crate::{
	Credential, CredentialKind, CredentialStatus, InstitutionKind, OracleTerms, Practitioners,
	ReportedStatus, RoleAssignment, SecondKey, SuspensionReason, TrustedKinds,
};
use frame_support::{
	assert_ok, derive_impl,
	traits::{ConstU32, ConstU64},
};
use frame_system::EnsureRoot;
use hdx_primitives::{
	rotate_account_agreement, rotate_account_operation, second_factor_payload, AccountId,
	Agreement, AssuranceLevel, AuditEvent, AuditSink, Code, Commitment, CredentialId, DenialReason,
	EntryIndex, InstitutionId, IssuerId, Milliseconds, OnAccountRetired, Period, ProviderDirectory,
	Role, SecondFactor, Standing, H256,
};
use sp_core::{sr25519, Pair};
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

frame_support::parameter_types! {
	pub const MaxAdvance: Milliseconds = Milliseconds(30 * 24 * HOUR);
	pub const MaxClockSkew: Milliseconds = Milliseconds(5_000);
	pub const MaxConfirmationAge: Milliseconds = Milliseconds(600_000);
	pub const MaxAgreementAge: Milliseconds = Milliseconds(24 * HOUR);
}

impl pallet_provider_registry::Config for Test {
	type GovernanceOrigin = EnsureRoot<AccountId>;
	type Audit = StoredLog;
	type Timestamp = Timestamp;
	type MaxAffiliations = ConstU32<3>;
	type MaxRoles = ConstU32<3>;
	type MaxCredentials = ConstU32<3>;
	type MaxAccreditations = ConstU32<2>;
	type MaxOracles = ConstU32<4>;
	type MaxAdvance = MaxAdvance;
	type MaxClockSkew = MaxClockSkew;
	type MaxConfirmationAge = MaxConfirmationAge;
	type MaxAgreementAge = MaxAgreementAge;
	type OnAccountRetired = GivenUp;
	type OnVoiceChanged = GivenUp;
	type WeightInfo = crate::mock_weights::MockWeight<Test>;
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

/// The accounts that were said to be given up, in storage.
#[frame_support::storage_alias]
type ToldOf =
	StorageValue<ProviderRegistry, Vec<AccountId>, frame_support::pallet_prelude::ValueQuery>;

pub struct GivenUp;

impl OnAccountRetired for GivenUp {
	fn on_account_retired(who: &AccountId) {
		ToldOf::append(who);
	}
}

/// The institutions of which it was said that somebody else speaks for them, or nobody, in storage.
#[frame_support::storage_alias]
type ChangedVoices =
	StorageValue<ProviderRegistry, Vec<InstitutionId>, frame_support::pallet_prelude::ValueQuery>;

impl crate::OnVoiceChanged for GivenUp {
	fn on_voice_changed(institution: InstitutionId) {
		ChangedVoices::append(institution);
	}

	fn weight() -> frame_support::weights::Weight {
		frame_support::weights::Weight::from_parts(1, 0)
	}
}

/// The institutions of which others were told that somebody else speaks for them, or nobody.
pub fn changed_voices() -> Vec<InstitutionId> {
	ChangedVoices::get()
}

/// The accounts of which others were told that they were given up.
pub fn given_up() -> Vec<AccountId> {
	ToldOf::get()
}

/// All that was logged.
pub fn log() -> Vec<AuditEvent> {
	Log::get()
}

/// Empties the log, which is one value and slow to write when it is long.
pub fn forget_log() {
	Log::kill();
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
		fresh_commitment(),
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

/// Their first credential: the attestation of the institution that enrolled them.
pub fn credential(who: &AccountId) -> Credential {
	*practitioner(who).credentials.first().expect("is attested")
}

pub fn credential_by_id(who: &AccountId, id: CredentialId) -> Credential {
	let stored = practitioner(who);
	*stored.credentials.iter().find(|credential| credential.id == id).expect("is attested")
}

pub fn is_revoked(who: &AccountId) -> bool {
	credential(who).status == CredentialStatus::Revoked
}

/// A commitment that was never used before.
pub fn fresh_commitment() -> Commitment {
	let next = crate::NextCredentialId::<Test>::get().0;
	let mut bytes = [7; 32];
	bytes[..8].copy_from_slice(&next.to_le_bytes());
	Commitment(bytes)
}

/// The first credential of all.
pub const FIRST: CredentialId = CredentialId(0);

/// How a practitioner of the hospital stands now, at the first level.
pub fn enrolled(who: &AccountId) -> Result<Standing, DenialReason> {
	stands(who, AssuranceLevel::Enrolled)
}

/// How a practitioner of the hospital stands now, at this level.
pub fn stands(who: &AccountId, required: AssuranceLevel) -> Result<Standing, DenialReason> {
	let now = ProviderRegistry::now();
	ProviderRegistry::standing(who, HOSPITAL, Role::Physician, required, now)
}

/// The account of the medical board.
pub fn board() -> AccountId {
	account(110)
}

/// The medical board, once it is registered.
pub const BOARD: IssuerId = IssuerId(0);

pub fn kinds(of: &[CredentialKind]) -> TrustedKinds {
	of.to_vec().try_into().unwrap()
}

/// Registers the board as a trusted issuer of licences and certifications.
pub fn register_board() {
	assert_ok!(ProviderRegistry::register_issuer(
		RuntimeOrigin::root(),
		board(),
		kinds(&[CredentialKind::Licence, CredentialKind::BoardCertification]),
		[3; 32],
	));
}

/// The board attests a licence of Dana's, which gets this id.
pub fn attest_dana() -> CredentialId {
	let id = crate::NextCredentialId::<Test>::get();
	assert_ok!(ProviderRegistry::attest_credential(
		signed(board()),
		dana(),
		CredentialKind::Licence,
		fresh_commitment(),
		current(),
	));
	id
}

/// Another issuer of licences.
pub fn other_board() -> AccountId {
	account(111)
}

/// The other issuer is registered and attests a licence of Dana's, which gets this id.
pub fn attest_dana_elsewhere() -> CredentialId {
	let licence = kinds(&[CredentialKind::Licence]);
	let root = RuntimeOrigin::root();
	assert_ok!(ProviderRegistry::register_issuer(root, other_board(), licence, [4; 32]));
	let id = crate::NextCredentialId::<Test>::get();
	assert_ok!(ProviderRegistry::attest_credential(
		signed(other_board()),
		dana(),
		CredentialKind::Licence,
		fresh_commitment(),
		current(),
	));
	id
}

/// Dana is enrolled, and licensed by the board.
pub fn license_dana() -> CredentialId {
	register_board();
	enrol_dana();
	attest_dana()
}

pub fn oracle(number: u8) -> AccountId {
	account(120 + number)
}

pub const TTL: Milliseconds = Milliseconds(HOUR / 2);
pub const LIFETIME: Milliseconds = Milliseconds(600_000);

pub const TERMS: OracleTerms =
	OracleTerms { quorum: 2, ttl: TTL, report_lifetime: LIFETIME, max_misbehaviour: 2 };

/// Registers three oracles, of whom two have to agree.
pub fn register_oracles() {
	for number in 0..3 {
		assert_ok!(ProviderRegistry::register_oracle(RuntimeOrigin::root(), oracle(number), None));
	}
	assert_ok!(ProviderRegistry::set_oracle_terms(RuntimeOrigin::root(), TERMS));
}

/// What an oracle sees.
pub const EVIDENCE: H256 = H256([42; 32]);

pub fn report(
	number: u8,
	credential: CredentialId,
	status: ReportedStatus,
	checked_at: u64,
) -> sp_runtime::DispatchResult {
	ProviderRegistry::report_status(
		signed(oracle(number)),
		dana(),
		credential,
		status,
		EVIDENCE,
		Milliseconds(checked_at),
	)
}

/// The first oracles that are enough agree on this, now.
pub fn agree(credential: CredentialId, status: ReportedStatus) {
	for number in 0..2 {
		assert_ok!(report(number, credential, status, ProviderRegistry::now().0));
	}
}

/// Dana's second key.
pub fn device() -> sr25519::Pair {
	sr25519::Pair::from_seed(&[77; 32])
}

pub fn second_key(pair: &sr25519::Pair) -> SecondKey {
	SecondKey::Sr25519(pair.public().0)
}

/// A key's signature on an operation, as the clients make it.
pub fn sign(pair: &sr25519::Pair, who: &AccountId, operation: H256) -> SecondFactor {
	let valid_until = ProviderRegistry::now().saturating_add(MaxConfirmationAge::get());
	sign_until(pair, who, operation, valid_until)
}

pub fn sign_until(
	pair: &sr25519::Pair,
	who: &AccountId,
	operation: H256,
	valid_until: Milliseconds,
) -> SecondFactor {
	let genesis = System::block_hash(0);
	let counter = crate::SecondFactorCount::<Test>::get(who);
	let payload = second_factor_payload(&genesis, who, counter, operation, valid_until);
	SecondFactor { signature: pair.sign(&payload).into(), valid_until }
}

/// Dana is enrolled, licensed, checked and has a second key.
pub fn verify_dana() -> CredentialId {
	let licence = license_dana();
	register_oracles();
	assert_ok!(ProviderRegistry::register_second_key(signed(dana()), second_key(&device())));
	agree(licence, ReportedStatus::Good);
	licence
}

/// An account whose key tests have.
pub fn pair(seed: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[seed; 32])
}

/// The X-Wing key of an account to which somebody is rotated, hashed.
pub const NEW_KEY: [u8; 32] = [88; 32];

/// When agreements of now end, if nothing else is asked for.
pub fn agreed_until() -> Milliseconds {
	ProviderRegistry::now().saturating_add(MaxAgreementAge::get())
}

/// A key's agreement that its account follows another one.
pub fn agree_to_follow(pair: &sr25519::Pair, from: &AccountId, to: &AccountId) -> Agreement {
	let valid_until = agreed_until();
	let genesis = System::block_hash(0);
	let payload = rotate_account_agreement(&genesis, from, to, &NEW_KEY, valid_until);
	Agreement { signature: pair.sign(&payload).into(), valid_until }
}

/// The operation that a second key signs so that a practitioner is rotated.
pub fn rotation(from: &AccountId, to: &AccountId) -> H256 {
	rotate_account_operation(from, to, &NEW_KEY)
}

/// Rotates, with the agreement of the new account's key.
pub fn rotate_to(
	signer: AccountId,
	from: AccountId,
	to: &sr25519::Pair,
	factor: Option<SecondFactor>,
) -> sp_runtime::DispatchResult {
	let new: AccountId = to.public().into();
	let agreement = agree_to_follow(to, &from, &new);
	ProviderRegistry::rotate_account(signed(signer), from, new, NEW_KEY, agreement, factor)
}

/// Lets time pass.
pub fn wait(milliseconds: u64) {
	Timestamp::set_timestamp(ProviderRegistry::now().0 + milliseconds);
}

/// What tests suspend for.
pub const REASON: SuspensionReason = SuspensionReason::Investigation;

/// A chain with a hospital and a clinic.
pub fn new_test_ext() -> sp_io::TestExternalities {
	ext_with(vec![
		(hospital_operator(), InstitutionKind::Hospital, [1; 32]),
		(clinic_operator(), InstitutionKind::Clinic, [2; 32]),
	])
}

/// The same chain, with a store in which benchmarks make keys.
#[cfg(feature = "runtime-benchmarks")]
pub fn with_keystore() -> sp_io::TestExternalities {
	let mut ext = new_test_ext();
	let store = sp_keystore::testing::MemoryKeystore::new();
	ext.register_extension(sp_keystore::KeystoreExt::new(store));
	ext
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
