//! A world for tests of the runtime: two hospitals, a doctor, a patient, a record.

use frame_support::{assert_ok, traits::Hooks, BoundedVec};
use hdx_primitives::{
	engine::{
		terminology::{purpose, sensitivity},
		Actor, Policy, Provision, Rule, Values,
	},
	AccessRequest, AccountId, Action, Code, Commitment, ConsentId, ContextHash, DenialReason,
	EntryIndex, GrantId, InstitutionId, Milliseconds, Period, RecordId, Role, Target, TemplateId,
};
use hdx_runtime::{
	genesis, Audit, Consent, Mmr, ProviderRegistry, RecordAccess, Runtime, RuntimeEvent,
	RuntimeGenesisConfig, RuntimeOrigin, System,
};
use pallet_consent::{ConsentTerms, SignedDocument};
use pallet_provider_registry::{CredentialKind, RoleAssignment};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::BuildStorage;

pub const HOSPITAL_A: InstitutionId = InstitutionId(0);
pub const HOSPITAL_B: InstitutionId = InstitutionId(1);
pub const NOW: u64 = 1_800_000_000_000;
pub const HOUR: u64 = 3_600_000;
pub const INTERNIST: Code = Code([7; 16]);

pub fn operator_a() -> RuntimeOrigin {
	RuntimeOrigin::signed(Key::Alice.to_account_id())
}

pub fn operator_b() -> RuntimeOrigin {
	RuntimeOrigin::signed(Key::Bob.to_account_id())
}

pub fn doctor() -> AccountId {
	Key::Charlie.to_account_id()
}

pub fn patient() -> AccountId {
	Key::Dave.to_account_id()
}

/// The `dev` genesis, a doctor at hospital B, a patient of hospital A with one record.
pub fn world(test: impl FnOnce()) {
	let preset = genesis::preset(&genesis::DEV.into()).expect("the preset exists");
	let patch: serde_json::Value = serde_json::from_slice(&preset).unwrap();
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, patch);
	let config: RuntimeGenesisConfig = serde_json::from_value(config).unwrap();
	let mut externalities = TestExternalities::new(config.build_storage().unwrap());
	externalities.execute_with(|| {
		settle();
		test();
		end(System::block_number());
		#[cfg(feature = "try-runtime")]
		check_state();
	});
}

/// Begins the first block, with the doctor, the patient and the record.
pub fn settle() {
	begin(1);
	assert_ok!(ProviderRegistry::enrol_practitioner(
		operator_b(),
		doctor(),
		BoundedVec::truncate_from(vec![RoleAssignment {
			role: Role::Physician,
			taxonomy: INTERNIST,
		}]),
		CredentialKind::Licence,
		Commitment([1; 32]),
		Period { start: None, end: Some(Milliseconds(NOW + 1_000 * HOUR)) },
		[2; 32],
	));
	assert_ok!(Consent::sponsor_patient(operator_a(), patient()));
	assert_ok!(RecordAccess::register_record(operator_a(), patient(), Commitment([3; 32]), 12, 0,));
}

/// The consensus pallets are left out: theirs want blocks with slots, which these are not.
#[cfg(feature = "try-runtime")]
fn check_state() {
	use frame_support::traits::{TryState, TryStateSelect};
	for pallet in ["System", "Balances", "ProviderRegistry", "Consent", "RecordAccess", "Audit"] {
		let only = TryStateSelect::Only(vec![pallet.as_bytes().to_vec()]);
		hdx_runtime::AllPalletsWithSystem::try_state(System::block_number(), only)
			.unwrap_or_else(|error| panic!("{pallet}: {error:?}"));
	}
}

pub fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}

pub fn begin(block: u32) {
	System::initialize(&block, &System::parent_hash(), &Default::default());
	Audit::on_initialize(block);
	Mmr::on_initialize(block);
	pallet_timestamp::Now::<Runtime>::put(NOW + u64::from(block) * 2_000);
}

pub fn end(block: u32) {
	Audit::on_finalize(block);
	System::finalize();
}

pub fn next_block() {
	let block = System::block_number();
	end(block);
	begin(block + 1);
}

/// Treatment by hospital B, but no psychiatric notes.
pub fn treatment_without_psychiatry() -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.actors = Values::truncate_from(vec![Actor::Organisation(HOSPITAL_B)]);
	root.purposes = Values::truncate_from(vec![purpose::TREAT]);
	let mut deny = Provision::new(0, Rule::Deny);
	deny.labels = Values::truncate_from(vec![sensitivity::PSY]);
	Policy {
		categories: Values::default(),
		provisions: BoundedVec::truncate_from(vec![root, deny]),
	}
}

pub fn consent() -> ConsentId {
	let id = ConsentId(pallet_consent::NextConsentId::<Runtime>::get());
	assert_ok!(Consent::grant(
		RuntimeOrigin::signed(patient()),
		treatment_without_psychiatry(),
		SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) },
		ConsentTerms::default(),
	));
	id
}

pub fn request() -> AccessRequest {
	AccessRequest {
		on_behalf_of: HOSPITAL_B,
		role: Role::Physician,
		patient: patient(),
		target: Target::Record(RecordId(0)),
		purpose: purpose::TREAT,
		action: Action::Read,
		labels: Default::default(),
		classes: Default::default(),
		context: ContextHash([5; 32]),
		duration: Milliseconds(HOUR),
	}
}

pub fn ask(request: AccessRequest) -> Result<GrantId, DenialReason> {
	ask_as(&doctor(), request)
}

pub fn ask_as(who: &AccountId, request: AccessRequest) -> Result<GrantId, DenialReason> {
	assert_ok!(RecordAccess::request_access(RuntimeOrigin::signed(who.clone()), request, None));
	let events = System::events();
	let answer = events.iter().rev().find_map(|record| match &record.event {
		RuntimeEvent::RecordAccess(pallet_record_access::Event::AccessGranted {
			grant, ..
		}) => Some(Ok(*grant)),
		RuntimeEvent::RecordAccess(pallet_record_access::Event::AccessDenied {
			reason, ..
		}) => Some(Err(*reason)),
		_ => None,
	});
	answer.expect("every request is answered")
}

pub fn last_entry() -> hdx_primitives::AuditEntry {
	let next = pallet_audit::NextEntryIndex::<Runtime>::get();
	pallet_audit::Entries::<Runtime>::get(EntryIndex(next.0 - 1)).expect("the log has no gap")
}

pub fn disclose(grant: GrantId) -> frame_support::dispatch::DispatchResult {
	let outcome =
		RecordAccess::record_disclosure(operator_a(), grant, RecordId(0), 3, Commitment([6; 32]));
	outcome.map(drop).map_err(|error| error.error)
}
