//! What is checked of a proof, check by check.

use super::points::{bytes, of_order_three, outside_g1, outside_g2};
use crate::{
	curve::{Hosted, Native},
	mock::*,
	simulator::{inputs, Simulator},
	verify, PreparedKeys,
};
use ark_bls12_381::{Fq, Fr};
use ark_ff::{BigInteger, PrimeField};
use frame_support::assert_ok;
use hdx_primitives::{
	CircuitId, CircuitVersion, Proof, ProofRefusal, ProofVerifier, ProvenStatement, PublicInput,
	H256,
};

/// Where the points of a proof begin and end.
pub const PARTS: [(usize, usize); 3] = [(0, 96), (96, 288), (288, 384)];

pub fn simulator(inputs: u32) -> Simulator {
	Simulator::new(1, inputs)
}

/// A statement of the circuit with three inputs.
pub fn statement(seed: u64) -> ProvenStatement {
	simulator(3).statement::<Native>(seed)
}

/// Runs a test on a chain that accepts proofs of a circuit with three inputs.
pub fn with_circuit(test: impl FnOnce()) {
	on_chain(|| {
		accept(CIRCUIT, key(3));
		test();
	});
}

pub fn check(proof: &Proof, inputs: &[PublicInput]) -> Result<(), ProofRefusal> {
	let result = ask(CIRCUIT, proof, inputs);
	// Whoever computes: the answer is the same.
	if let Some(key) = PreparedKeys::<Test>::get(CIRCUIT) {
		if !matches!(result, Err(ProofRefusal::CircuitNotActive)) {
			assert_eq!(verify::verify::<Native>(&key, proof, inputs), result);
			assert_eq!(verify::verify::<Hosted>(&key, proof, inputs), result);
		}
	}
	result
}

/// Checks that a proof is refused, changed in one of its points.
fn refused(refusal: ProofRefusal, change: impl Fn(&mut [u8])) {
	with_circuit(|| {
		let ProvenStatement { proof, inputs } = statement(2);
		for (from, until) in PARTS {
			let mut proof = proof.clone();
			change(&mut proof.0[from..until]);
			assert_eq!(check(&proof, &inputs), Err(refusal));
		}
	});
}

#[test]
fn what_is_proven_verifies_whatever_the_number_of_inputs() {
	on_chain(|| {
		for arity in [0, 1, 2, 7, 16] {
			let circuit = CircuitVersion { version: arity, ..CIRCUIT };
			accept(circuit, key(arity));
			let ProvenStatement { proof, inputs } = simulator(arity).statement::<Native>(2);
			assert_eq!(inputs.len(), arity as usize);
			assert_ok!(ask(circuit, &proof, &inputs));
		}
	});
}

#[test]
fn a_proof_fails_when_its_circuit_is_unknown() {
	with_circuit(|| {
		let ProvenStatement { proof, inputs } = statement(2);
		for circuit in [OTHER, CircuitVersion { circuit: CircuitId(7), version: 2 }] {
			assert_eq!(ask(circuit, &proof, &inputs), Err(ProofRefusal::CircuitUnknown));
		}
	});
}

/// A version that came later may state something else about as many inputs.
#[test]
fn a_proof_fails_when_the_key_is_for_another_relation_than_the_caller_knows() {
	with_circuit(|| {
		let proven = statement(2);
		let other = H256([8; 32]);
		assert_eq!(
			<Verifier as ProofVerifier>::verify(CIRCUIT, other, &proven.proof, &proven.inputs),
			Err(ProofRefusal::WrongRelation)
		);
		assert_eq!(
			<Verifier as ProofVerifier>::verify_batch(CIRCUIT, other, &[proven]),
			Err(ProofRefusal::WrongRelation)
		);
	});
}

#[test]
fn a_proof_fails_before_its_circuit_is_active_and_when_it_is_suspended() {
	on_chain(|| {
		let ProvenStatement { proof, inputs } = statement(2);
		register(CIRCUIT, key(3));
		assert_eq!(check(&proof, &inputs), Err(ProofRefusal::CircuitNotActive));
		attest(CIRCUIT, 0..3);
		assert_eq!(check(&proof, &inputs), Err(ProofRefusal::CircuitNotActive));
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
		assert_ok!(check(&proof, &inputs));
		assert_ok!(Verifier::suspend(guard(), CIRCUIT));
		assert_eq!(check(&proof, &inputs), Err(ProofRefusal::CircuitNotActive));
		attest(CIRCUIT, 0..3);
		assert_ok!(Verifier::activate(governance(), CIRCUIT));
		assert_ok!(check(&proof, &inputs));
	});
}

#[test]
fn a_proof_fails_when_there_are_fewer_or_more_inputs() {
	with_circuit(|| {
		let ProvenStatement { proof, inputs } = statement(2);
		for found in [0, 1, 2, 4, 8, 16, 17, 1000] {
			let mut inputs = inputs.to_vec();
			inputs.resize(found, [0; 32]);
			assert_eq!(check(&proof, &inputs), Err(ProofRefusal::WrongArity));
		}
	});
}

/// An input more that is zero changes no sum: only that they are counted keeps it out.
#[test]
fn a_proof_fails_when_an_input_that_counts_for_nothing_is_left_out() {
	with_circuit(|| {
		let simulator = simulator(3);
		let mut values = inputs(5, 3);
		values[2] = Fr::from(0u64);
		let proof = simulator.prove::<Native>(&values, 6);
		let values: Vec<_> = values.into_iter().map(crate::simulator::input_bytes).collect();
		assert_ok!(check(&proof, &values));
		assert_eq!(check(&proof, &values[..2]), Err(ProofRefusal::WrongArity));
	});
}

#[test]
fn a_proof_fails_when_an_input_is_not_below_the_order() {
	with_circuit(|| {
		let ProvenStatement { proof, inputs } = statement(2);
		for at in 0..3 {
			// The same element, were it reduced.
			let mut limbs = Fr::from_le_bytes_mod_order(&inputs[at]).into_bigint();
			assert!(!limbs.add_with_carry(&Fr::MODULUS));
			let mut above = inputs.clone();
			above[at] = limbs.to_bytes_le().try_into().unwrap();
			assert_eq!(check(&proof, &above), Err(ProofRefusal::InputTooLarge));
			above[at] = Fr::MODULUS.to_bytes_le().try_into().unwrap();
			assert_eq!(check(&proof, &above), Err(ProofRefusal::InputTooLarge));
			above[at] = [0xff; 32];
			assert_eq!(check(&proof, &above), Err(ProofRefusal::InputTooLarge));
		}
	});
}

#[test]
fn a_proof_fails_when_any_input_is_another() {
	with_circuit(|| {
		let ProvenStatement { proof, inputs } = statement(2);
		for at in 0..3 {
			let mut inputs = inputs.clone();
			inputs[at][0] ^= 1;
			assert_eq!(check(&proof, &inputs), Err(ProofRefusal::NotProven));
			inputs[at] = [0; 32];
			assert_eq!(check(&proof, &inputs), Err(ProofRefusal::NotProven));
		}
		let mut swapped = inputs.to_vec();
		swapped.swap(0, 1);
		assert_eq!(check(&proof, &swapped), Err(ProofRefusal::NotProven));
	});
}

#[test]
fn a_proof_fails_when_a_point_is_at_infinity() {
	refused(ProofRefusal::PointAtInfinity, |point| {
		point.fill(0);
		point[0] = 0x40;
	});
}

#[test]
fn a_proof_fails_when_a_point_is_at_infinity_with_garbage() {
	refused(ProofRefusal::PointMalformed, |point| point[0] |= 0x40);
	refused(ProofRefusal::PointMalformed, |point| {
		point.fill(0);
		point[0] = 0x40;
		point[95] = 1;
	});
}

#[test]
fn a_proof_fails_when_a_point_is_all_zero() {
	refused(ProofRefusal::PointMalformed, |point| point.fill(0));
}

#[test]
fn a_proof_fails_when_a_point_has_a_flag_too_many() {
	refused(ProofRefusal::PointMalformed, |point| point[0] |= 0x80);
	refused(ProofRefusal::PointMalformed, |point| point[0] |= 0x20);
	refused(ProofRefusal::PointMalformed, |point| point[48] |= 0x80);
}

#[test]
fn a_proof_fails_when_a_coordinate_is_not_below_the_modulus() {
	refused(ProofRefusal::PointMalformed, |point| {
		point[..48].copy_from_slice(&Fq::MODULUS.to_bytes_be());
	});
	refused(ProofRefusal::PointMalformed, |point| {
		let last = point.len() - 48;
		point[last..].copy_from_slice(&Fq::MODULUS.to_bytes_be());
	});
}

#[test]
fn a_proof_fails_when_a_point_is_off_the_curve() {
	refused(ProofRefusal::PointOffCurve, |point| *point.last_mut().unwrap() ^= 1);
}

#[test]
fn a_proof_fails_when_a_point_is_outside_of_the_subgroup() {
	with_circuit(|| {
		let ProvenStatement { proof, inputs } = statement(2);
		let forged = |(from, until): (usize, usize), bytes: &[u8]| {
			let mut proof = proof.clone();
			proof.0[from..until].copy_from_slice(bytes);
			assert_eq!(check(&proof, &inputs), Err(ProofRefusal::PointOutsideSubgroup));
		};
		for point in outside_g1().into_iter().chain(of_order_three()) {
			forged(PARTS[0], &bytes::<96>(point));
			forged(PARTS[2], &bytes::<96>(point));
		}
		for point in outside_g2() {
			forged(PARTS[1], &bytes::<192>(point));
		}
	});
}

#[test]
fn points_that_change_places_or_signs_prove_nothing() {
	with_circuit(|| {
		let ProvenStatement { proof: Proof(proof), inputs } = statement(2);
		let mut swapped = proof;
		swapped[..96].copy_from_slice(&proof[288..]);
		swapped[288..].copy_from_slice(&proof[..96]);
		assert_eq!(check(&Proof(swapped), &inputs), Err(ProofRefusal::NotProven));
		let other = statement(4).proof.0;
		for (from, until) in PARTS {
			let mut mixed = proof;
			mixed[from..until].copy_from_slice(&other[from..until]);
			assert_eq!(check(&Proof(mixed), &inputs), Err(ProofRefusal::NotProven));
		}
	});
}

/// What is cheap to see is seen first, whatever else is wrong.
#[test]
fn cheap_checks_come_first() {
	with_circuit(|| {
		let garbage = Proof([0xff; 384]);
		let unknown = ask(OTHER, &garbage, &[]);
		assert_eq!(unknown, Err(ProofRefusal::CircuitUnknown));
		assert_eq!(check(&garbage, &[]), Err(ProofRefusal::WrongArity));
		assert_eq!(check(&garbage, &[[0xff; 32]; 3]), Err(ProofRefusal::InputTooLarge));
		assert_eq!(check(&garbage, &[[0; 32]; 3]), Err(ProofRefusal::PointMalformed));
	});
}

#[test]
fn a_damaged_key_is_told_and_believes_nothing() {
	on_chain(|| {
		accept(CIRCUIT, key(3));
		let ProvenStatement { proof, inputs } = statement(2);
		let sound = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
		let mut damaged = sound.clone();
		damaged.alpha_beta[575] = 0xff;
		PreparedKeys::<Test>::insert(CIRCUIT, damaged);
		assert_eq!(ask(CIRCUIT, &proof, &inputs), Err(ProofRefusal::KeyDamaged));
		PreparedKeys::<Test>::remove(CIRCUIT);
		assert_eq!(ask(CIRCUIT, &proof, &inputs), Err(ProofRefusal::KeyDamaged));
		PreparedKeys::<Test>::insert(CIRCUIT, sound);
	});
}
