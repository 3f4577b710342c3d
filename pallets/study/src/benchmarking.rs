//! What the calls cost at their worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	AttestationRoots, Call, Config, Growing, GrowingTree, NextStudy, Nullifiers, Pallet, Places,
	Studies, StudyRecord, StudyStatus,
};
use alloc::{boxed::Box, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	AccountId, AttestationTree, CircuitId, CircuitVersion, EnrolmentProof, InstitutionId,
	Milliseconds, Proof, PublicInput, StudyId, StudyTerms, ValueRange, H256, PROOF_BYTES,
};
use hdx_zk_circuits::{
	circuits::{Circuit, ConsentRevoke, ConsentRevokePublic, StudyEnrolment},
	field::to_bytes,
	merkle::{CAPACITY, LEVELS},
	Fr,
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// Makes a proof that the verifier believes, and its circuit active.
	fn prove(circuit: CircuitVersion, relation: H256, inputs: &[PublicInput]) -> Proof;

	/// A snapshot that counts, and a tree of consents that it has. There is a class for the first category.
	fn snapshot() -> (u32, u32);

	/// Who operates an institution, and which.
	fn operator() -> (AccountId, InstitutionId);

	/// Sets the clock.
	fn set_time(now: Milliseconds);
}

const VERSION: u32 = 1;
const NOW: Milliseconds = Milliseconds(1_000_000);
const STUDY: StudyId = StudyId(0);
/// The leaf that completes a quarter of a tree takes nine hashes, and the root ten. The last one of all takes ten.
const QUARTER: u32 = CAPACITY / 4;

/// Some number, as no honest node is.
fn node(number: u64) -> PublicInput {
	to_bytes(&-Fr::from(number + 1))
}

fn signer() -> AccountId {
	AccountId::new([7; 32])
}

fn prove<T: Config, C: Circuit>(public: &C::Public) -> Proof {
	let circuit = CircuitVersion { circuit: CircuitId(C::NUMBER), version: VERSION };
	let inputs: Vec<PublicInput> = C::inputs(public).iter().map(to_bytes).collect();
	T::BenchmarkHelper::prove(circuit, H256(C::RELATION), &inputs)
}

fn terms<T: Config>(sponsor: InstitutionId) -> StudyTerms {
	StudyTerms {
		sponsor,
		protocol: H256([9; 32]),
		panel: u64::MAX,
		ranges: [ValueRange { min: 0, max: u32::MAX }; 4],
		attested_from: Milliseconds(0),
		categories: 1,
		minimum: T::MinCohort::get(),
		from: Milliseconds(0),
		until: Milliseconds(NOW.0 * 2),
	}
}

/// A study, of which so many are missing, and who operates its sponsor.
fn study<T: Config>(missing: u32) -> AccountId {
	let (operator, institution) = T::BenchmarkHelper::operator();
	T::BenchmarkHelper::set_time(NOW);
	let record = StudyRecord {
		terms: terms::<T>(institution),
		status: StudyStatus::Open,
		count: T::MinCohort::get() - missing,
		results: None,
	};
	Studies::<T>::insert(STUDY, record);
	NextStudy::<T>::put(1);
	operator
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register_study() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		T::BenchmarkHelper::snapshot();
		let (_, institution) = T::BenchmarkHelper::operator();
		T::BenchmarkHelper::set_time(NOW);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, terms::<T>(institution));

		assert!(Studies::<T>::contains_key(STUDY));
		Ok(())
	}

	#[benchmark]
	fn close_study() {
		let operator = study::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), STUDY);

		assert_eq!(Studies::<T>::get(STUDY).unwrap().status, StudyStatus::Closed { at: NOW });
	}

	#[benchmark]
	fn publish_results() {
		let operator = study::<T>(0);
		let ended = terms::<T>(InstitutionId(0)).until;
		T::BenchmarkHelper::set_time(ended);
		let results = H256([1; 32]);

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), STUDY, results);

		assert_eq!(Studies::<T>::get(STUDY).unwrap().results, Some(results));
	}

	#[benchmark]
	fn attest() {
		let (operator, institution) = T::BenchmarkHelper::operator();
		let nodes = core::array::from_fn(|level| {
			core::array::from_fn(|place| node((level * 3 + place) as u64))
		});
		let nodes: [[PublicInput; 3]; LEVELS + 1] = nodes;
		Growing::<T>::put(GrowingTree { number: 0, count: QUARTER - 1, nodes });
		let leaf = node(1_000);

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), leaf);

		assert!(Places::<T>::contains_key(leaf, institution));
		assert!(AttestationRoots::<T>::contains_key(0, QUARTER));
	}

	#[benchmark]
	fn enrol() {
		let (snapshot, tree) = T::BenchmarkHelper::snapshot();
		study::<T>(1);
		AttestationRoots::<T>::insert(0, CAPACITY, node(1));
		// So that revocations are active.
		prove::<T, ConsentRevoke>(&ConsentRevokePublic::default());
		let rest = EnrolmentProof {
			snapshot,
			tree,
			attestations: AttestationTree { tree: 0, count: CAPACITY },
			nullifier: node(2),
			version: VERSION,
			revoked_by: VERSION,
			proof: Proof([0; PROOF_BYTES]),
		};
		let record = Studies::<T>::get(STUDY).unwrap();
		let public = Pallet::<T>::statement(&signer(), STUDY, &record, &rest).unwrap();
		let proof = prove::<T, StudyEnrolment>(&public);
		let proof = Box::new(EnrolmentProof { proof, ..rest });

		#[extrinsic_call]
		_(RawOrigin::Signed(signer()), STUDY, proof);

		assert!(Nullifiers::<T>::contains_key(STUDY, node(2)));
		assert!(Studies::<T>::get(STUDY).unwrap().has_cohort());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
