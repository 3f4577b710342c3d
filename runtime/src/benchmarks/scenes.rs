//! The scenes of the benchmarks of consents, log, circuits, validators and chambers.

use super::{
	access::{hospital, AccessSetup},
	guardians,
};
use crate::{
	PatientCollective, PatientPolls, ProviderRegistry, RankedCollective, RankedPolls, Runtime,
	RuntimeOrigin,
};
use frame_support::{
	traits::{Get, Polling},
	BoundedVec,
};
use hdx_primitives::{
	AccountId, CircuitVersion, Code, CredentialId, InstitutionId, Milliseconds, Proof, PublicInput,
	Role, H256,
};
use pallet_governance::{Chamber, PollIndex};
use pallet_provider_registry::{
	CredentialIssuer, InstitutionStatus, Institutions, Issuers, Practitioners, SuspensionReason,
};
use pallet_record_access::benchmarking::{BenchmarkHelper, Size};

/// A practitioner with the most licences, and a patient with one consent.
fn with_licences() -> Size {
	let credentials = <Runtime as pallet_provider_registry::Config>::MaxCredentials::get();
	Size::Largest { consents: 1, credentials }
}

/// An operator and a practitioner for benchmarks of consents.
pub struct ConsentSetup;

impl pallet_consent::BenchmarkHelper for ConsentSetup {
	fn operator() -> AccountId {
		hospital("operator", 0).0
	}

	fn practitioner() -> (AccountId, InstitutionId) {
		let scene = AccessSetup::set_scene(with_licences());
		(scene.practitioner, scene.on_behalf_of)
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Runtime>::put(now.0);
	}
}

/// A clock, an operator and guardians for benchmarks of the log.
pub struct AuditSetup;

impl pallet_audit::benchmarking::BenchmarkHelper for AuditSetup {
	fn operator() -> (AccountId, InstitutionId) {
		hospital("operator", 0)
	}

	fn guardian_of(patient: &AccountId, purpose: Code) -> AccountId {
		guardians::guardian_of(patient, &[purpose])
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Runtime>::put(now.0);
	}
}

/// Institutions for benchmarks of circuits.
pub struct ProofSetup;

impl pallet_groth16_verifier::BenchmarkHelper for ProofSetup {
	fn operator(number: u32) -> AccountId {
		hospital("operator", number).0
	}
}

/// Proofs for benchmarks of shielded consents.
pub struct ShieldedSetup;

impl pallet_shielded_consent::BenchmarkHelper for ShieldedSetup {
	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
		pallet_groth16_verifier::simulate::<Runtime>(circuit, relation, inputs)
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Runtime>::put(now.0);
	}

	fn practitioner() -> (AccountId, InstitutionId, Role) {
		let scene = AccessSetup::set_scene(with_licences());
		(scene.practitioner, scene.on_behalf_of, scene.role)
	}
}

/// Licences and proofs for benchmarks of the tree of licences of which the chain has a hash alone.
pub struct LicenceSetup;

impl pallet_shielded_licence::BenchmarkHelper for LicenceSetup {
	fn licence() -> (AccountId, AccountId, CredentialId) {
		let practitioner = AccessSetup::set_scene(with_licences()).practitioner;
		let held = Practitioners::<Runtime>::get(&practitioner).expect("the scene enrolled one");
		let licence = held.credentials.last().expect("the scene has one attested");
		let CredentialIssuer::Issuer(issuer) = licence.issuer else {
			unreachable!("the home's own comes first")
		};
		let issuer = Issuers::<Runtime>::get(issuer).expect("it attested the licence").account;
		(issuer, practitioner, licence.id)
	}

	fn end(issuer: &AccountId, practitioner: &AccountId, licence: CredentialId) {
		let issuer = RuntimeOrigin::signed(issuer.clone());
		ProviderRegistry::revoke_credential(issuer, practitioner.clone(), licence)
			.expect("it is the issuer's own");
	}

	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
		pallet_groth16_verifier::simulate::<Runtime>(circuit, relation, inputs)
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Runtime>::put(now.0);
	}
}

/// Proofs, a snapshot and a sponsor for benchmarks of studies.
pub struct StudySetup;

impl pallet_study::BenchmarkHelper for StudySetup {
	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof {
		pallet_groth16_verifier::simulate::<Runtime>(circuit, relation, inputs)
	}

	fn snapshot() -> (u32, u32) {
		use pallet_shielded_consent::{Categories, KeptRoots, Moments, Roots, Snapshot};
		type Most = <Runtime as pallet_shielded_consent::Config>::MaxSnapshots;
		if Categories::<Runtime>::count() == 0 {
			Categories::<Runtime>::insert(Code([1; 16]), 0u8);
		}
		let most = Most::get();
		// Young enough, whatever the benchmark says that the time is.
		let at = Milliseconds(u64::MAX);
		let moments = (0..most).map(|number| Snapshot { number, block: number, at });
		Moments::<Runtime>::put(BoundedVec::<_, Most>::truncate_from(moments.collect()));
		let root = [1; 32];
		let roots = (0..most).map(|since| KeptRoots {
			since,
			consents: root,
			revocations: root,
			count: since,
		});
		Roots::<Runtime>::insert(0, BoundedVec::<_, Most>::truncate_from(roots.collect()));
		(most - 1, 0)
	}

	fn operator() -> (AccountId, InstitutionId) {
		hospital("operator", 0)
	}

	fn set_time(now: Milliseconds) {
		pallet_timestamp::Now::<Runtime>::put(now.0);
	}
}

/// An institution for benchmarks of validators.
pub struct ValidatorSetup;

impl pallet_validator_set::benchmarking::BenchmarkHelper for ValidatorSetup {
	fn institution() -> InstitutionId {
		hospital("operator", 0).1
	}
}

/// Institutions and referenda for benchmarks of chambers.
pub struct ChamberSetup;

impl pallet_governance::benchmarking::BenchmarkHelper for ChamberSetup {
	fn institution(number: u32) -> InstitutionId {
		hospital("operator", number).1
	}

	fn suspend(institution: InstitutionId) {
		Institutions::<Runtime>::mutate(institution, |stored| {
			if let Some(stored) = stored {
				stored.status = InstitutionStatus::Suspended(SuspensionReason::Investigation);
			}
		});
	}

	fn voted(chamber: Chamber, member: &AccountId) -> PollIndex {
		let voter = RuntimeOrigin::signed(member.clone());
		match chamber {
			Chamber::Institutions => {
				let poll = <RankedPolls as Polling<_>>::create_ongoing(0).expect("there is room");
				RankedCollective::vote(voter, poll, true).expect("it is a member");
				poll
			},
			Chamber::Patients => {
				let poll = <PatientPolls as Polling<_>>::create_ongoing(0).expect("there is room");
				PatientCollective::vote(voter, poll, true).expect("it is a member");
				poll
			},
		}
	}
}
