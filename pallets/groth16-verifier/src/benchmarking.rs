//! What the calls and verifying cost at their worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use crate::{
	curve::Hosted,
	input,
	simulator::{Simulator, CEREMONY, RELATION},
	types::{CircuitStatus, KeyBytes},
	Attestations, Call, Circuits, Config, Pallet,
};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use hdx_primitives::{
	AccountId, CircuitId, CircuitVersion, InstitutionId, Proof, ProofVerifier, PublicInput, H256,
	MAX_PROOF_BATCH, MAX_PUBLIC_INPUTS,
};

/// Sets the scene for the benchmarks.
pub trait BenchmarkHelper {
	/// Makes an active institution, another one for each number, and gives its operator.
	fn operator(number: u32) -> AccountId;
}

const CIRCUIT: CircuitVersion = CircuitVersion { circuit: CircuitId(7), version: 1 };
const TRANSCRIPT: H256 = H256([9; 32]);

fn key(inputs: u32) -> KeyBytes {
	Simulator::new(1, inputs).key::<Hosted>(CEREMONY)
}

/// Registers a circuit with so many public inputs, and tells the digest of its key.
fn register<T: Config>(inputs: u32) -> H256 {
	Pallet::<T>::do_register(CIRCUIT, key(inputs), TRANSCRIPT).expect("the key is one");
	Circuits::<T>::get(CIRCUIT).unwrap().key
}

/// Has it attested by as many institutions as can be counted, and gives their operators.
fn attest<T: Config>(key: H256) -> Vec<AccountId> {
	let operators: Vec<_> =
		(0..T::MaxAttestations::get()).map(T::BenchmarkHelper::operator).collect();
	for operator in &operators {
		Pallet::<T>::do_attest(operator.clone(), CIRCUIT, key, TRANSCRIPT)
			.expect("it operates one");
	}
	operators
}

/// Lets its proofs be accepted, as if so many had been needed.
fn force_active<T: Config>(needed: u32) {
	Circuits::<T>::mutate(CIRCUIT, |circuit| {
		circuit.as_mut().unwrap().status = CircuitStatus::Active { attested: needed, needed };
	});
}

/// A proof about these inputs that the chain believes, of a circuit that states what it is said to: for the benchmarks
/// of pallets that are given proofs. The circuit is registered and active from then on.
pub fn simulate<T: Config>(
	circuit: CircuitVersion,
	relation: H256,
	inputs: &[PublicInput],
) -> Proof {
	let simulator = Simulator::new(1, inputs.len() as u32);
	let key = simulator.key_for::<Hosted>(CEREMONY, relation);
	Pallet::<T>::do_register(circuit, key, TRANSCRIPT).expect("the key is one");
	Circuits::<T>::mutate(circuit, |circuit| {
		let status = CircuitStatus::Active { attested: 1, needed: 1 };
		circuit.as_mut().unwrap().status = status;
	});
	let inputs: Vec<_> = inputs.iter().map(|bytes| input::decode(bytes).unwrap()).collect();
	simulator.prove::<Hosted>(&inputs, 2)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register_circuit(i: Linear<0, MAX_PUBLIC_INPUTS>) -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let key = key(i);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CIRCUIT, key, TRANSCRIPT);

		assert_eq!(Circuits::<T>::get(CIRCUIT).unwrap().arity, i);
		Ok(())
	}

	#[benchmark]
	fn attest_circuit() {
		let key = register::<T>(0);
		let others: Vec<_> =
			(1..T::MaxAttestations::get()).map(|number| InstitutionId(u32::MAX - number)).collect();
		Attestations::<T>::insert(CIRCUIT, frame_support::BoundedVec::truncate_from(others));
		let operator = T::BenchmarkHelper::operator(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), CIRCUIT, key, TRANSCRIPT);

		assert!(Attestations::<T>::get(CIRCUIT).is_full());
	}

	#[benchmark]
	fn activate() -> Result<(), BenchmarkError> {
		let origin =
			T::GovernanceOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let key = register::<T>(0);
		attest::<T>(key);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CIRCUIT);

		let status = Circuits::<T>::get(CIRCUIT).unwrap().status;
		assert!(matches!(status, CircuitStatus::Active { .. }));
		Ok(())
	}

	#[benchmark]
	fn suspend() -> Result<(), BenchmarkError> {
		let origin =
			T::EmergencyOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let key = register::<T>(0);
		attest::<T>(key);
		force_active::<T>(1);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CIRCUIT);

		assert_eq!(Circuits::<T>::get(CIRCUIT).unwrap().status, CircuitStatus::Suspended);
		Ok(())
	}

	#[benchmark]
	fn withdraw_attestation() {
		let key = register::<T>(0);
		let operator = attest::<T>(key).pop().unwrap();
		force_active::<T>(T::MaxAttestations::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(operator), CIRCUIT);

		assert_eq!(Circuits::<T>::get(CIRCUIT).unwrap().status, CircuitStatus::Suspended);
	}

	#[benchmark]
	fn verify_proof(i: Linear<0, MAX_PUBLIC_INPUTS>) {
		register::<T>(i);
		force_active::<T>(1);
		let statement = Simulator::new(1, i).statement::<Hosted>(2);
		let result;

		#[block]
		{
			result = <Pallet<T> as ProofVerifier>::verify(
				CIRCUIT,
				RELATION,
				&statement.proof,
				&statement.inputs,
			);
		}

		assert_eq!(result, Ok(()));
	}

	#[benchmark]
	fn verify_proofs(n: Linear<2, MAX_PROOF_BATCH>) {
		register::<T>(MAX_PUBLIC_INPUTS);
		force_active::<T>(1);
		let simulator = Simulator::new(1, MAX_PUBLIC_INPUTS);
		let statements: Vec<_> =
			(0..n).map(|number| simulator.statement::<Hosted>(2 * u64::from(number) + 2)).collect();
		let result;

		#[block]
		{
			result = <Pallet<T> as ProofVerifier>::verify_batch(CIRCUIT, RELATION, &statements);
		}

		assert_eq!(result, Ok(()));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
