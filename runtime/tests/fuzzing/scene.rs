//! What there is when it begins: three institutions, physicians with a checked licence and a second key, a privacy officer,
//! patients with records and consents, a circuit and a category of data.

use super::{
	accounts::{issuer, oracle, DEVICE, DOCTORS, INSTITUTIONS, OFFICER, OPERATOR_C, PATIENTS},
	now, By, Step, DAY, HOUR,
};
use crate::chain;
use ark_std::rand::{rngs::StdRng, SeedableRng};
use frame_support::BoundedVec;
use hdx_primitives::{
	AccountId, CircuitId, CircuitVersion, Code, Commitment, CredentialId, Milliseconds, Period,
	Role, H256,
};
use hdx_runtime::{Runtime, RuntimeCall};
use hdx_zk_circuits::AnyCircuit;
use pallet_groth16_verifier::KeyBytes;
use pallet_provider_registry::{
	CredentialKind, InstitutionKind, NextCredentialId, OracleTerms, Practitioners, ReportedStatus,
	RoleAssignment, SecondKey,
};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::traits::Dispatchable;
use std::sync::OnceLock;

/// The circuit whose key is registered, attested, suspended and activated.
pub const CIRCUIT: CircuitVersion = CircuitVersion { circuit: CircuitId(0), version: 1 };
/// The ceremony that its attestations name.
pub const TRANSCRIPT: H256 = H256([9; 32]);
/// How long a check of a licence counts.
const CHECKED_FOR: u64 = 30 * DAY;

/// A development key of the circuit.
pub fn circuit_key() -> KeyBytes {
	static KEY: OnceLock<KeyBytes> = OnceLock::new();
	let make = || -> KeyBytes {
		let keys = AnyCircuit::ConsentGrant.setup_dev(&mut StdRng::seed_from_u64(0)).unwrap();
		keys.verifying.try_into().unwrap()
	};
	KEY.get_or_init(make).clone()
}

/// A commitment that no credential had.
pub fn fresh_credential() -> Commitment {
	Commitment(hdx_primitives::operation_hash(&NextCredentialId::<Runtime>::get()).0)
}

/// An enrolment in one role.
pub fn enrol(practitioner: AccountId, role: Role) -> RuntimeCall {
	let roles = vec![RoleAssignment { role, taxonomy: Code([7; 16]) }];
	pallet_provider_registry::Call::enrol_practitioner {
		practitioner,
		roles: BoundedVec::truncate_from(roles),
		credential_kind: CredentialKind::Employment,
		credential_commitment: fresh_credential(),
		credential_valid: Period::default(),
		key_agreement: [2; 32],
	}
	.into()
}

/// An oracle's word that a licence is good.
pub fn report_good(practitioner: AccountId, credential: CredentialId) -> RuntimeCall {
	pallet_provider_registry::Call::report_status {
		practitioner,
		credential,
		status: ReportedStatus::Good,
		evidence: H256([9; 32]),
		checked_at: Milliseconds(now()),
	}
	.into()
}

/// The licence that the board attested to a practitioner.
pub fn licence_of(practitioner: &AccountId) -> Option<CredentialId> {
	let stored = Practitioners::<Runtime>::get(practitioner)?;
	let licence = stored.credentials.iter().rev().find(|it| it.kind == CredentialKind::Licence)?;
	Some(licence.id)
}

/// Carries something out that has to work.
fn must(by: By, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let outcome = call.clone().dispatch(by.origin());
	assert!(outcome.is_ok(), "{call:?}: {outcome:?}");
}

fn account(key: Key) -> By {
	By::Account(key.to_account_id())
}

/// Sets the scene.
pub fn set() {
	use pallet_provider_registry::Call as Registry;
	must(
		By::Root,
		Registry::register_institution {
			operator: OPERATOR_C.to_account_id(),
			kind: InstitutionKind::Clinic,
			profile: [7; 32],
		},
	);
	must(By::Root, pallet_governance::Call::seat_institution { institution: INSTITUTIONS[2] });
	let kinds = BoundedVec::truncate_from(vec![CredentialKind::Licence]);
	must(By::Root, Registry::register_issuer { account: issuer(), kinds, profile: [0; 32] });
	must(By::Root, Registry::register_oracle { account: oracle(), institution: None });
	let terms = OracleTerms {
		quorum: 1,
		ttl: Milliseconds(CHECKED_FOR),
		report_lifetime: Milliseconds(HOUR),
		max_misbehaviour: 3,
	};
	must(By::Root, Registry::set_oracle_terms { terms });
	for doctor in DOCTORS {
		must(account(Key::Bob), enrol(doctor.to_account_id(), Role::Physician));
		license(doctor);
	}
	must(account(Key::Bob), enrol(OFFICER.to_account_id(), Role::Auditor));
	for (patient, operator) in PATIENTS.into_iter().zip([Key::Alice, Key::Bob, Key::Bob]) {
		welcome(patient, operator);
	}
	// What a study asks for is of a category.
	must(By::Root, pallet_shielded_consent::Call::append_category { class: Code([5; 16]) });
	must(
		By::Root,
		pallet_groth16_verifier::Call::register_circuit {
			circuit: CIRCUIT,
			key: circuit_key(),
			transcript: TRANSCRIPT,
		},
	);
}

/// Gives a doctor what breaking the glass takes.
fn license(doctor: Key) {
	use pallet_provider_registry::Call as Registry;
	let practitioner = doctor.to_account_id();
	must(
		By::Account(issuer()),
		Registry::attest_credential {
			practitioner: practitioner.clone(),
			kind: CredentialKind::Licence,
			commitment: fresh_credential(),
			valid: Period::default(),
		},
	);
	let key = SecondKey::Sr25519(DEVICE.public().0);
	must(account(doctor), Registry::register_second_key { key });
	let licence = licence_of(&practitioner).expect("the board has just attested it");
	must(By::Account(oracle()), report_good(practitioner, licence));
}

/// A patient with a consent and two records.
fn welcome(patient: Key, operator: Key) {
	let who = patient.to_account_id();
	must(account(operator), pallet_consent::Call::sponsor_patient { patient: who.clone() });
	must(account(patient), chain::grant());
	for number in 0..2 {
		must(
			account(operator),
			pallet_record_access::Call::register_record {
				patient: who.clone(),
				manifest: Commitment([number; 32]),
				sections: 12,
				epoch: 0,
			},
		);
	}
}

/// A step that the scene may need again: it is what keeps emergencies possible.
pub fn check_licence(doctor: Key) -> Option<Step> {
	let practitioner = doctor.to_account_id();
	let licence = licence_of(&practitioner)?;
	Step::signed(oracle(), report_good(practitioner, licence))
}
