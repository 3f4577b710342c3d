//! The pallets together, as the runtime composes them.

use crate::world::*;
use frame_support::{assert_noop, assert_ok, BoundedVec};
use hdx_primitives::{
	engine::{
		terminology::{purpose, sensitivity},
		DataFilter, Obligation,
	},
	AccessRequest, AuditAction, AuditOutcome, DenialReason, EntryIndex,
};
use hdx_runtime::{
	genesis, Audit, Consent, ProviderRegistry, Runtime, RuntimeGenesisConfig, RuntimeOrigin, System,
};
use pallet_provider_registry::{InstitutionStatus, PractitionerStatus};
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;

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
			InstitutionStatus::Suspended(pallet_provider_registry::SuspensionReason::Investigation),
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
			PractitionerStatus::Suspended(
				pallet_provider_registry::SuspensionReason::Investigation
			),
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
