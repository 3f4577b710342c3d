//! The benchmarks of this runtime, and the scene that access decisions are measured in.

// Benchmarks may panic: they never run in a node.
#![allow(
	missing_docs,
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::unwrap_used
)]

use crate::{
	AllPalletsWithSystem, Audit, Consent, Did, Groth16Verifier, ProviderRegistry, Quota,
	RecordAccess, Runtime, RuntimeCall, RuntimeOrigin, System,
};
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{account, BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::{
	traits::{Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys},
	BoundedVec,
};
use hdx_primitives::{
	engine::{terminology::purpose, Actor, Policy, Provision, Rule, MAX_PROVISIONS, MAX_VALUES},
	second_factor_payload, AccessRequest, AccountId, Action, Code, Commitment, ContextHash,
	InstitutionId, Milliseconds, Period, Role, SecondFactor, Target, TemplateId, H256,
};
use pallet_consent::{ConsentTerms, SignedDocument};
use pallet_provider_registry::{CredentialKind, InstitutionKind, RoleAssignment, SecondKey};
use pallet_record_access::benchmarking::{BenchmarkHelper, Scene};
use sp_core::sr25519;
use sp_runtime::{
	app_crypto::{sr25519::AppPublic, RuntimeAppPublic},
	MultiSignature,
};

frame_benchmarking::define_benchmarks!(
	[pallet_audit, Audit]
	[pallet_consent, Consent]
	[pallet_did, Did]
	[pallet_groth16_verifier, Groth16Verifier]
	[pallet_provider_registry, ProviderRegistry]
	[pallet_quota, Quota]
	[pallet_record_access, RecordAccess]
);

/// Which benchmarks there are.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::<BenchmarkList>::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs the benchmarks that `config` names.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// An operator for benchmarks of consents.
pub struct ConsentSetup;

impl pallet_consent::BenchmarkHelper for ConsentSetup {
	fn operator() -> AccountId {
		let operator: AccountId = account("operator", 0, 0);
		ProviderRegistry::register_institution(
			RuntimeOrigin::root(),
			operator.clone(),
			InstitutionKind::Hospital,
			[0; 32],
		)
		.expect("the operator is new");
		operator
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Runtime>::put(now.0);
	}
}

/// A clock for benchmarks of the log.
pub struct AuditSetup;

impl pallet_audit::benchmarking::BenchmarkHelper for AuditSetup {
	fn operator() -> (AccountId, InstitutionId) {
		let institution = pallet_provider_registry::NextInstitutionId::<Runtime>::get();
		(<ConsentSetup as pallet_consent::BenchmarkHelper>::operator(), institution)
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Runtime>::put(now.0);
	}
}

/// Institutions for benchmarks of circuits.
pub struct ProofSetup;

impl pallet_groth16_verifier::BenchmarkHelper for ProofSetup {
	fn operator(number: u32) -> AccountId {
		let operator: AccountId = account("operator", number, 0);
		ProviderRegistry::register_institution(
			RuntimeOrigin::root(),
			operator.clone(),
			InstitutionKind::Hospital,
			[0; 32],
		)
		.expect("the operator is new");
		operator
	}
}

/// Somebody who practises for as many institutions as one may, is a patient as well, and asks on
/// behalf of each in turn.
pub struct QuotaSetup;

impl pallet_quota::BenchmarkHelper<RuntimeCall> for QuotaSetup {
	fn transaction(leaves: u32) -> (AccountId, RuntimeCall) {
		let most = <Runtime as pallet_provider_registry::Config>::MaxAffiliations::get();
		let practitioner: AccountId = account("practitioner", 0, 0);
		let first = pallet_provider_registry::NextInstitutionId::<Runtime>::get().0;
		for index in 0..most {
			let operator: AccountId = account("operator", index, 0);
			ProviderRegistry::register_institution(
				RuntimeOrigin::root(),
				operator.clone(),
				InstitutionKind::Hospital,
				[0; 32],
			)
			.expect("the operator is new");
			let operator = RuntimeOrigin::signed(operator);
			if index == 0 {
				enrol(operator.clone(), practitioner.clone());
				Consent::sponsor_patient(operator, practitioner.clone()).expect("a new patient");
			} else {
				ProviderRegistry::add_affiliation(operator, practitioner.clone())
					.expect("there is room for the most affiliations");
			}
		}
		let request = |index: u32| AccessRequest {
			on_behalf_of: InstitutionId(first + index % most),
			role: Role::Physician,
			patient: practitioner.clone(),
			target: Target::WholeRecord,
			purpose: purpose::TREAT,
			action: Action::Read,
			labels: Default::default(),
			classes: Default::default(),
			context: ContextHash([0; 32]),
			duration: Milliseconds(1),
		};
		let calls = (0..leaves)
			.map(|index| {
				pallet_record_access::Call::request_access {
					request: request(index),
					second_factor: None,
				}
				.into()
			})
			.collect();
		(practitioner.clone(), pallet_utility::Call::batch { calls }.into())
	}
}

/// The operator enrols a physician.
fn enrol(operator: RuntimeOrigin, practitioner: AccountId) {
	ProviderRegistry::enrol_practitioner(
		operator,
		practitioner,
		BoundedVec::truncate_from(alloc::vec![RoleAssignment {
			role: Role::Physician,
			taxonomy: Code([7; 16]),
		}]),
		CredentialKind::Licence,
		Commitment([1; 32]),
		Period::default(),
		[2; 32],
	)
	.expect("the practitioner is new");
}

/// Lets the practitioner reach the highest level: as many licences as fit, of which the last one is
/// checked, and a second key.
fn verify(practitioner: &AccountId) {
	use pallet_provider_registry::{OracleTerms, ReportedStatus};
	let oracle: AccountId = account("oracle", 0, 0);
	let root = RuntimeOrigin::root;
	let kinds = BoundedVec::truncate_from(alloc::vec![CredentialKind::Licence]);
	ProviderRegistry::register_oracle(root(), oracle.clone(), None).expect("is new");
	let day = Milliseconds(24 * 60 * 60 * 1_000);
	let terms = OracleTerms { quorum: 1, ttl: day, report_lifetime: day, max_misbehaviour: 1 };
	ProviderRegistry::set_oracle_terms(root(), terms).expect("the terms are sound");
	let most = <Runtime as pallet_provider_registry::Config>::MaxCredentials::get();
	let mut commitment = Commitment([0; 32]);
	// Each by another issuer: none attests the same twice.
	for index in 1..most {
		let issuer: AccountId = account("issuer", index, 0);
		ProviderRegistry::register_issuer(root(), issuer.clone(), kinds.clone(), [0; 32])
			.expect("is new");
		commitment = Commitment([100 + index as u8; 32]);
		ProviderRegistry::attest_credential(
			RuntimeOrigin::signed(issuer),
			practitioner.clone(),
			CredentialKind::Licence,
			commitment,
			Period::default(),
		)
		.expect("there is room");
	}
	let [attested] = &ProviderRegistry::attested_with(commitment)[..] else {
		unreachable!("one issuer attested it")
	};
	ProviderRegistry::report_status(
		RuntimeOrigin::signed(oracle),
		practitioner.clone(),
		attested.credential.id,
		ReportedStatus::Good,
		H256::zero(),
		Milliseconds(pallet_timestamp::Now::<Runtime>::get()),
	)
	.expect("the oracle may");
	let key = AppPublic::generate_pair(None).into_inner();
	ProviderRegistry::register_second_key(
		RuntimeOrigin::signed(practitioner.clone()),
		SecondKey::Sr25519(key.0),
	)
	.expect("there is none yet");
}

/// The dearest decision: a patient with as many consents as fit, each as large as one can be, of
/// which the one given last permits.
pub struct AccessSetup;

impl BenchmarkHelper for AccessSetup {
	fn confirm(practitioner: &AccountId, operation: H256) -> SecondFactor {
		let SecondKey::Sr25519(key) =
			pallet_provider_registry::SecondKeys::<Runtime>::get(practitioner)
				.expect("the scene registered one")
		else {
			unreachable!("the scene registered an Sr25519 key")
		};
		let valid_until = Milliseconds(pallet_timestamp::Now::<Runtime>::get() + 1);
		let payload = second_factor_payload(
			&System::block_hash(0),
			practitioner,
			pallet_provider_registry::SecondFactorCount::<Runtime>::get(practitioner),
			operation,
			valid_until,
		);
		let signature = AppPublic::from(sr25519::Public::from_raw(key))
			.sign(&payload)
			.expect("the keystore made the key");
		let signature = MultiSignature::Sr25519(signature.into_inner());
		SecondFactor { signature, valid_until }
	}

	fn set_scene() -> Scene {
		let custodian: AccountId = account("custodian", 0, 0);
		let practitioner: AccountId = account("practitioner", 0, 0);
		let patient: AccountId = account("patient", 0, 0);
		pallet_timestamp::Now::<Runtime>::put(1_000_000);
		let institution = pallet_provider_registry::NextInstitutionId::<Runtime>::get();
		ProviderRegistry::register_institution(
			RuntimeOrigin::root(),
			custodian.clone(),
			InstitutionKind::Hospital,
			[0; 32],
		)
		.expect("the operator is new");
		let operator = RuntimeOrigin::signed(custodian.clone());
		enrol(operator.clone(), practitioner.clone());
		verify(&practitioner);
		Consent::sponsor_patient(operator, patient.clone()).expect("the patient is new");
		let template = TemplateId(pallet_consent::NextTemplateId::<Runtime>::get());
		Consent::publish_template(RuntimeOrigin::root(), [3; 32], 1).expect("governance may");
		for _ in 0..<Runtime as pallet_consent::Config>::MaxConsentsPerPatient::get() {
			Consent::grant(
				RuntimeOrigin::signed(patient.clone()),
				largest_permit(institution),
				SignedDocument { template, commitment: Commitment([4; 32]) },
				ConsentTerms::default(),
			)
			.expect("the patient may");
		}
		let receiver: AccountId = account("receiver", 0, 0);
		let received_by = pallet_provider_registry::NextInstitutionId::<Runtime>::get();
		ProviderRegistry::register_institution(
			RuntimeOrigin::root(),
			receiver.clone(),
			InstitutionKind::Hospital,
			[0; 32],
		)
		.expect("the operator is new");
		Scene {
			receiver,
			received_by,
			reviewer: custodian.clone(),
			custodian,
			practitioner,
			on_behalf_of: institution,
			role: Role::Physician,
			patient,
			purpose: purpose::TREAT,
		}
	}
}

/// Permits the institution, after every exception was looked at: each names as many actors as
/// fit, none of whom asks.
fn largest_permit(institution: InstitutionId) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.actors = BoundedVec::truncate_from(alloc::vec![Actor::Organisation(institution)]);
	let mut provisions = alloc::vec![root];
	for index in 1..MAX_PROVISIONS {
		let mut exception = Provision::new(0, Rule::Deny);
		exception.actors = BoundedVec::truncate_from(
			(0..MAX_VALUES)
				.map(|value| Actor::Account([(index * MAX_VALUES + value) as u8; 32]))
				.collect(),
		);
		provisions.push(exception);
	}
	Policy { categories: BoundedVec::default(), provisions: BoundedVec::truncate_from(provisions) }
}
