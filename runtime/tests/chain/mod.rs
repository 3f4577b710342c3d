//! A chain that is given blocks, and signed transactions as a node gives them.

use codec::Encode;
use frame_metadata_hash_extension::CheckMetadataHash;
use frame_support::storage::{with_transaction_unchecked, TransactionOutcome};
use hdx_primitives::{
	engine::{terminology::purpose, Policy, Provision, Rule, Scope},
	AccessRequest, Action, Code, Commitment, ConsentId, ContextHash, InstitutionId, Milliseconds,
	Period, Role, Target, TemplateId,
};
use hdx_runtime::{
	genesis, AccountId, BlockNumber, Executive, Header, Quota, Runtime, RuntimeCall,
	RuntimeGenesisConfig, System, TxExtension, UncheckedExtrinsic, SLOT_DURATION,
};
use pallet_consent::{ConsentTerms, DelegateTerms, Powers, Renewal, SignedDocument};
use pallet_provider_registry::{CredentialKind, NextCredentialId, RoleAssignment};
use pallet_quota::Limits;
use sp_core::{
	sr25519::{Pair, Signature},
	storage::Storage,
	Pair as _,
};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	generic::{Digest, Era, SignedPayload},
	traits::Header as _,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
	},
	ApplyExtrinsicResult, BoundedVec, BuildStorage, DigestItem, ExtrinsicInclusionMode,
};
use std::{collections::BTreeMap, sync::Mutex};

/// Operated by Alice.
pub const HOSPITAL_A: InstitutionId = InstitutionId(0);
/// Operated by Bob.
pub const HOSPITAL_B: InstitutionId = InstitutionId(1);
/// The consent that [`with_consent`] leaves.
pub const CONSENT: ConsentId = ConsentId(0);
/// The patient of hospital A in [`with_consent`].
pub const PATIENT: Key = Key::Dave;
/// The sudo key of the `dev` preset.
pub const SUDO: Key = Key::Ferdie;
/// A bucket that a test can spend.
pub const SMALL: Limits = Limits { capacity: 12, refill: 1 };

const START: u64 = 1_800_000_000_000;

/// The state that a preset's chain begins with.
pub fn genesis_of(preset: &str) -> Storage {
	let patch = genesis::preset(&preset.into()).expect("the preset exists");
	let patch: serde_json::Value = serde_json::from_slice(&patch).unwrap();
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, patch);
	let config: RuntimeGenesisConfig = serde_json::from_value(config).unwrap();
	config.build_storage().unwrap()
}

/// Runs a test in the first block of a preset's chain, and checks the invariants after it. There is a keystore, as a
/// node has.
pub fn on_chain(preset: &str, test: impl FnOnce()) {
	let mut chain = TestExternalities::new(genesis_of(preset));
	chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	chain.execute_with(|| {
		begin(1);
		test();
		Executive::finalize_block();
		#[cfg(feature = "try-runtime")]
		check_state();
	});
}

/// The same on the `dev` chain, with a patient of hospital A who granted a consent, and with a
/// bucket of hospital A that a test can spend.
pub fn with_consent(test: impl FnOnce()) {
	on_chain(genesis::DEV, || {
		let patient = PATIENT.to_account_id();
		works(Key::Alice, pallet_consent::Call::sponsor_patient { patient });
		works(PATIENT, grant());
		works(SUDO, as_root(small_bucket(HOSPITAL_A)));
		next_block();
		assert_eq!(left(HOSPITAL_A), SMALL.capacity);
		test();
	});
}

#[cfg(feature = "try-runtime")]
fn check_state() {
	use frame_support::traits::{TryState, TryStateSelect};
	for pallet in [
		"System",
		"ProviderRegistry",
		"Consent",
		"RecordAccess",
		"Audit",
		"Did",
		"Groth16Verifier",
		"ShieldedConsent",
		"ShieldedLicence",
		"Study",
		"Quota",
		"ValidatorSet",
		"RankedCollective",
		"RankedPolls",
		"PatientCollective",
		"PatientPolls",
		"Origins",
	] {
		let only = TryStateSelect::Only(vec![pallet.as_bytes().to_vec()]);
		hdx_runtime::AllPalletsWithSystem::try_state(System::block_number(), only)
			.unwrap_or_else(|error| panic!("{pallet}: {error:?}"));
	}
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}

/// Begins a block, with its slot and its time. Tells what it may hold.
pub fn begin(block: BlockNumber) -> ExtrinsicInclusionMode {
	let now = START + u64::from(block) * SLOT_DURATION;
	let slot = sp_consensus_aura::Slot::from(now / SLOT_DURATION);
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(sp_consensus_aura::AURA_ENGINE_ID, slot.encode())],
	};
	let header =
		Header::new(block, Default::default(), Default::default(), System::parent_hash(), digest);
	let mode = Executive::initialize_block(&header);
	let inherent: RuntimeCall = pallet_timestamp::Call::set { now }.into();
	assert_eq!(Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent)), Ok(Ok(())));
	mode
}

/// Ends the block and begins the next.
pub fn next_block() {
	Executive::finalize_block();
	begin(System::block_number() + 1);
}

/// A signature. Pairs are kept: to derive one takes two thousand rounds of a hash.
pub fn sign(key: Key, bytes: &[u8]) -> Signature {
	static PAIRS: Mutex<BTreeMap<[u8; 32], Pair>> = Mutex::new(BTreeMap::new());
	let pair = {
		let mut pairs = PAIRS.lock().unwrap();
		pairs.entry(key.to_raw_public()).or_insert_with(|| key.pair()).clone()
	};
	pair.sign(bytes)
}

/// A transaction as a wallet makes it.
pub fn signed(key: Key, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	let over = extension(key, CheckMetadataHash::new(false));
	signed_over(key, call, over.clone(), over)
}

/// What is said of the next transaction beside its call.
pub fn extension(key: Key, metadata: CheckMetadataHash<Runtime>) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(System::account_nonce(key.to_account_id())),
		pallet_quota::CheckQuota::new(),
		frame_system::CheckWeight::new(),
		metadata,
		frame_system::WeightReclaim::new(),
	)
}

/// A transaction that says one thing beside its call, and is signed over another, or the same.
pub fn signed_over(
	key: Key,
	call: impl Into<RuntimeCall>,
	over: TxExtension,
	said: TxExtension,
) -> UncheckedExtrinsic {
	let payload = SignedPayload::new(call.into(), over).expect("all implicits are known");
	let signature = payload.using_encoded(|bytes| sign(key, bytes));
	let (call, _, _) = payload.deconstruct();
	let address = key.to_account_id().into();
	UncheckedExtrinsic::new_signed(call, address, signature.into(), said)
}

/// What a node's pool is told of a transaction.
pub fn validate(key: Key, call: impl Into<RuntimeCall>) -> TransactionValidity {
	validate_signed(signed(key, call))
}

/// The same of one that is signed already.
pub fn validate_signed(transaction: UncheckedExtrinsic) -> TransactionValidity {
	with_transaction_unchecked(|| {
		let parent = System::parent_hash();
		let validity =
			Executive::validate_transaction(TransactionSource::External, transaction, parent);
		TransactionOutcome::Rollback(validity)
	})
}

/// Puts a transaction into the block, as a block's author does: what is refused leaves no trace.
pub fn include(key: Key, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	include_signed(signed(key, call))
}

/// The same of one that is signed already.
pub fn include_signed(transaction: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	with_transaction_unchecked(|| match Executive::apply_extrinsic(transaction) {
		Ok(outcome) => TransactionOutcome::Commit(Ok(outcome)),
		Err(refusal) => TransactionOutcome::Rollback(Err(refusal)),
	})
}

/// A transaction that is valid, included, and works.
pub fn works(key: Key, call: impl Into<RuntimeCall>) {
	let call = call.into();
	validate(key, call.clone()).unwrap_or_else(|error| panic!("{call:?}: {error:?}"));
	assert_eq!(include(key, call.clone()), Ok(Ok(())), "{call:?}");
	assert_eq!(failure_inside(), None, "{call:?}");
}

/// The error of a call that another one carried, in the last transaction.
pub fn failure_inside() -> Option<sp_runtime::DispatchError> {
	use hdx_runtime::RuntimeEvent;
	let of_last = System::extrinsic_index().unwrap_or(0).saturating_sub(1);
	System::events().into_iter().find_map(|record| {
		if record.phase != frame_system::Phase::ApplyExtrinsic(of_last) {
			return None;
		}
		match record.event {
			RuntimeEvent::Sudo(pallet_sudo::Event::Sudid { sudo_result }) => sudo_result.err(),
			RuntimeEvent::Utility(
				pallet_utility::Event::BatchInterrupted { error, .. }
				| pallet_utility::Event::ItemFailed { error },
			) => Some(error),
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result })
			| RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. }) => {
				result.err()
			},
			_ => None,
		}
	})
}

/// Asserts that neither the pool nor a block takes a transaction, for this reason.
pub fn assert_refused(key: Key, call: impl Into<RuntimeCall>, refusal: pallet_quota::Refusal) {
	let call = call.into();
	let reason: TransactionValidityError = InvalidTransaction::Custom(refusal.code()).into();
	assert_eq!(validate(key, call.clone()), Err(reason), "{call:?}");
	assert_eq!(include(key, call.clone()), Err(reason), "{call:?}");
}

/// How many of so many such transactions are included.
pub fn flood(key: Key, call: RuntimeCall, times: u32) -> u32 {
	(0..times).map(|_| u32::from(include(key, call.clone()).is_ok())).sum()
}

/// Units that an institution has left.
pub fn left(institution: InstitutionId) -> u32 {
	Quota::bucket(institution).expect("it is registered").available
}

pub fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![] }.into()
}

pub fn batch(calls: impl IntoIterator<Item = RuntimeCall>) -> RuntimeCall {
	pallet_utility::Call::batch { calls: calls.into_iter().collect() }.into()
}

pub fn as_root(call: impl Into<RuntimeCall>) -> RuntimeCall {
	pallet_sudo::Call::sudo { call: Box::new(call.into()) }.into()
}

pub fn small_bucket(institution: InstitutionId) -> RuntimeCall {
	pallet_quota::Call::set_bucket { institution, limits: Some(SMALL) }.into()
}

/// A consent to everything.
pub fn grant() -> RuntimeCall {
	let policy = Policy {
		categories: Default::default(),
		provisions: BoundedVec::truncate_from(vec![Provision::new(0, Rule::Permit)]),
	};
	let document = SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) };
	pallet_consent::Call::grant { policy, document, terms: Default::default() }.into()
}

/// A consent that renews itself.
pub fn renewing_grant() -> RuntimeCall {
	let day = 24 * 60 * 60 * 1_000;
	let mut root = Provision::new(0, Rule::Permit);
	root.period.end = Some(Milliseconds(u64::MAX / 2));
	let policy = Policy {
		categories: Default::default(),
		provisions: BoundedVec::truncate_from(vec![root]),
	};
	let document = SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) };
	let renewal =
		Renewal { extends_by: Milliseconds(30 * day), times: 1, notice: Milliseconds(day) };
	let terms = ConsentTerms { renewal: Some(renewal), ..Default::default() };
	pallet_consent::Call::grant { policy, document, terms }.into()
}

/// A mandate for treatment.
pub fn delegation(delegate: AccountId) -> RuntimeCall {
	let purposes = BoundedVec::truncate_from(vec![purpose::TREAT]);
	let terms = DelegateTerms {
		scope: Scope { purposes, ..Default::default() },
		powers: Powers::ALL,
		period: Period::default(),
	};
	pallet_consent::Call::delegate { delegate, terms }.into()
}

pub fn revoke(consent: ConsentId) -> RuntimeCall {
	pallet_consent::Call::revoke { consent }.into()
}

/// Whether a consent still holds.
pub fn is_active(consent: ConsentId) -> bool {
	pallet_consent::ConsentsOf::<Runtime>::get(PATIENT.to_account_id()).contains(&consent)
}

/// A commitment that no credential had: none is attested twice.
fn fresh_commitment() -> Commitment {
	Commitment(hdx_primitives::operation_hash(&NextCredentialId::<Runtime>::get()).0)
}

pub fn enrol(practitioner: AccountId) -> RuntimeCall {
	pallet_provider_registry::Call::enrol_practitioner {
		practitioner,
		roles: BoundedVec::truncate_from(vec![RoleAssignment {
			role: Role::Physician,
			taxonomy: Code([7; 16]),
		}]),
		credential_kind: CredentialKind::Licence,
		credential_commitment: fresh_commitment(),
		credential_valid: Period::default(),
		key_agreement: [2; 32],
	}
	.into()
}

/// A request for all of the patient's records.
pub fn request(on_behalf_of: InstitutionId) -> RuntimeCall {
	let request = AccessRequest {
		on_behalf_of,
		role: Role::Physician,
		patient: PATIENT.to_account_id(),
		target: Target::WholeRecord,
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: Default::default(),
		classes: Default::default(),
		context: ContextHash([5; 32]),
		duration: Milliseconds(3_600_000),
	};
	pallet_record_access::Call::request_access { request, second_factor: None }.into()
}
