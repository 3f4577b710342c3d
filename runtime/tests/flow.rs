//! The pallets together, as the runtime composes them.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::panic,
	clippy::unwrap_used,
	missing_docs
)]

use frame_support::{assert_noop, assert_ok, traits::Hooks, BoundedVec};
use hdx_primitives::{
	engine::{
		terminology::{purpose, sensitivity},
		Actor, DataFilter, Obligation, Policy, Provision, Rule, Values,
	},
	AccessRequest, AccountId, Action, AuditAction, AuditOutcome, Code, Commitment, ConsentId,
	ContextHash, DenialReason, EntryIndex, GrantId, InstitutionId, Milliseconds, Period, RecordId,
	Role, Target, TemplateId,
};
use hdx_runtime::{
	genesis, Audit, Consent, Mmr, ProviderRegistry, RecordAccess, Runtime, RuntimeEvent,
	RuntimeGenesisConfig, RuntimeOrigin, System,
};
use pallet_consent::{ConsentTerms, SignedDocument};
use pallet_provider_registry::{
	CredentialKind, InstitutionStatus, PractitionerStatus, RoleAssignment,
};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::BuildStorage;

const HOSPITAL_A: InstitutionId = InstitutionId(0);
const HOSPITAL_B: InstitutionId = InstitutionId(1);
const NOW: u64 = 1_800_000_000_000;
const HOUR: u64 = 3_600_000;
const INTERNIST: Code = Code([7; 16]);

fn operator_a() -> RuntimeOrigin {
	RuntimeOrigin::signed(Key::Alice.to_account_id())
}

fn operator_b() -> RuntimeOrigin {
	RuntimeOrigin::signed(Key::Bob.to_account_id())
}

fn doctor() -> AccountId {
	Key::Charlie.to_account_id()
}

fn patient() -> AccountId {
	Key::Dave.to_account_id()
}

/// The `dev` genesis, a doctor at hospital B, a patient of hospital A with one record.
fn world(test: impl FnOnce()) {
	let preset = genesis::preset(&genesis::DEV.into()).expect("the preset exists");
	let patch: serde_json::Value = serde_json::from_slice(&preset).unwrap();
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, patch);
	let config: RuntimeGenesisConfig = serde_json::from_value(config).unwrap();
	let mut externalities = TestExternalities::new(config.build_storage().unwrap());
	externalities.execute_with(|| {
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
		assert_ok!(RecordAccess::register_record(
			operator_a(),
			patient(),
			Commitment([3; 32]),
			12,
			0,
		));
		test();
		end(System::block_number());
		#[cfg(feature = "try-runtime")]
		check_state();
	});
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

fn begin(block: u32) {
	System::initialize(&block, &System::parent_hash(), &Default::default());
	Audit::on_initialize(block);
	Mmr::on_initialize(block);
	pallet_timestamp::Now::<Runtime>::put(NOW + u64::from(block) * 2_000);
}

fn end(block: u32) {
	Audit::on_finalize(block);
	System::finalize();
}

fn next_block() {
	let block = System::block_number();
	end(block);
	begin(block + 1);
}

/// Treatment by hospital B, but no psychiatric notes.
fn treatment_without_psychiatry() -> Policy {
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

fn consent() -> ConsentId {
	let id = ConsentId(pallet_consent::NextConsentId::<Runtime>::get());
	assert_ok!(Consent::grant(
		RuntimeOrigin::signed(patient()),
		treatment_without_psychiatry(),
		SignedDocument { template: TemplateId(0), commitment: Commitment([4; 32]) },
		ConsentTerms::default(),
	));
	id
}

fn request() -> AccessRequest {
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

fn ask(request: AccessRequest) -> Result<GrantId, DenialReason> {
	assert_ok!(RecordAccess::request_access(RuntimeOrigin::signed(doctor()), request));
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

fn last_entry() -> hdx_primitives::AuditEntry {
	let next = pallet_audit::NextEntryIndex::<Runtime>::get();
	pallet_audit::Entries::<Runtime>::get(EntryIndex(next.0 - 1)).expect("the log has no gap")
}

fn disclose(grant: GrantId) -> frame_support::dispatch::DispatchResult {
	RecordAccess::record_disclosure(operator_a(), grant, RecordId(0), 3, Commitment([6; 32]))
}

#[test]
fn a_consent_grants_with_the_obligation_to_redact() {
	world(|| {
		let consent = consent();
		let grant = ask(request()).expect("permitted");
		let grant = pallet_record_access::Grants::<Runtime>::get(grant).unwrap();
		assert_eq!(
			grant.obligations.to_vec(),
			vec![Obligation::Redact(DataFilter::of_codes(BoundedVec::truncate_from(vec![
				sensitivity::PSY
			])))]
		);
		assert_eq!(grant.basis.unwrap().consent, consent);
		let entry = last_entry();
		assert_eq!(entry.event.action, AuditAction::AccessDecided);
		assert_eq!(entry.event.outcome, AuditOutcome::Success);
		assert_eq!(entry.event.patient, Some(patient()));
		assert_eq!(entry.event.on_behalf_of, Some(HOSPITAL_B));
	});
}

#[test]
fn without_a_consent_the_request_is_denied_and_logged() {
	world(|| {
		assert_eq!(ask(request()), Err(DenialReason::NoConsent));
		assert_eq!(last_entry().event.outcome, AuditOutcome::Denied(DenialReason::NoConsent));
	});
}

#[test]
fn another_purpose_is_not_consented_to() {
	world(|| {
		consent();
		let payment = AccessRequest { purpose: purpose::HPAYMT, ..request() };
		// The matrix refuses before the consent is read.
		assert_eq!(ask(payment), Err(DenialReason::RoleNotPermitted));
	});
}

#[test]
fn a_revoked_consent_kills_its_grants_in_the_same_block() {
	world(|| {
		let consent = consent();
		let grant = ask(request()).expect("permitted");
		assert_ok!(disclose(grant));
		assert_ok!(Consent::revoke(RuntimeOrigin::signed(patient()), consent));
		assert_noop!(disclose(grant), pallet_record_access::Error::<Runtime>::NoConsent);
		assert_eq!(ask(request()), Err(DenialReason::NoConsent));
	});
}

#[test]
fn a_suspended_institution_suspends_its_practitioners_and_their_grants() {
	world(|| {
		consent();
		let grant = ask(request()).expect("permitted");
		assert_ok!(ProviderRegistry::set_institution_status(
			RuntimeOrigin::root(),
			HOSPITAL_B,
			InstitutionStatus::Suspended,
		));
		assert_noop!(disclose(grant), pallet_record_access::Error::<Runtime>::InstitutionSuspended);
		assert_eq!(ask(request()), Err(DenialReason::InstitutionSuspended));
	});
}

#[test]
fn a_suspended_practitioner_is_refused() {
	world(|| {
		consent();
		assert_ok!(ProviderRegistry::set_practitioner_status(
			operator_b(),
			doctor(),
			PractitionerStatus::Suspended,
		));
		assert_eq!(ask(request()), Err(DenialReason::PractitionerSuspended));
	});
}

#[test]
fn an_expired_credential_is_refused_without_any_transaction() {
	world(|| {
		consent();
		assert!(ask(request()).is_ok());
		pallet_timestamp::Now::<Runtime>::put(NOW + 1_000 * HOUR);
		assert_eq!(ask(request()), Err(DenialReason::CredentialExpired));
	});
}

#[test]
fn the_log_of_a_block_enters_the_mountain_range_one_block_later() {
	world(|| {
		consent();
		let block = System::block_number();
		next_block();
		let log = Audit::log_of(block).expect("the block has a log");
		assert!(log.count > 0);
		assert_eq!(Audit::log_of_parent(), log);
		let hashes: Vec<_> = (0..u64::from(log.count))
			.map(|offset| {
				let index = EntryIndex(log.first.0 + offset);
				pallet_audit::Entries::<Runtime>::get(index).unwrap().leaf_hash()
			})
			.collect();
		let root =
			binary_merkle_tree::merkle_root_raw::<sp_runtime::traits::BlakeTwo256, _>(hashes);
		assert_eq!(root, log.root);
		// The root of the mountain range is in the header's digest.
		let digest = System::digest();
		let item = digest.logs().iter().find_map(|item| match item {
			sp_runtime::DigestItem::Consensus(engine, root)
				if *engine == hdx_primitives::MMR_ROOT_ENGINE_ID =>
			{
				Some(root.clone())
			},
			_ => None,
		});
		let expected = pallet_mmr::RootHash::<Runtime>::get();
		assert_eq!(item, Some(codec::Encode::encode(&expected)));
	});
}

#[test]
fn the_presets_build_and_have_two_hospitals() {
	for name in genesis::preset_names() {
		let preset = genesis::preset(&name).expect("listed presets exist");
		let patch: serde_json::Value = serde_json::from_slice(&preset).unwrap();
		let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
		merge(&mut config, patch);
		let config: RuntimeGenesisConfig = serde_json::from_value(config).unwrap();
		TestExternalities::new(config.build_storage().unwrap()).execute_with(|| {
			assert_eq!(pallet_provider_registry::Institutions::<Runtime>::iter().count(), 2);
			assert_eq!(pallet_consent::Patients::<Runtime>::iter().count(), 0);
			assert!(pallet_provider_registry::Institutions::<Runtime>::contains_key(HOSPITAL_A));
		});
	}
}

#[test]
fn only_the_development_preset_has_a_sudo_key() {
	let key = |name: &str| {
		let preset = genesis::preset(&name.into()).expect("the preset exists");
		let patch: serde_json::Value = serde_json::from_slice(&preset).unwrap();
		patch.pointer("/sudo/key").cloned().unwrap_or(serde_json::Value::Null)
	};
	assert!(key(genesis::DEV).is_string());
	assert!(key(genesis::LOCAL).is_null());
}
