//! Many proofs at once.

use super::proofs::{statement, with_circuit, PARTS};
use crate::{
	coefficients::coefficients,
	curve::{Hosted, Native},
	mock::*,
	verify, PreparedKey, PreparedKeys,
};
use frame_support::assert_ok;
use hdx_primitives::{CircuitVersion, ProofBatch, ProofRefusal, ProvenStatement};
use std::collections::BTreeSet;

fn batch(proofs: u64) -> Vec<ProvenStatement> {
	(0..proofs).map(|number| statement(2 * number + 2)).collect()
}

fn check(statements: &[ProvenStatement]) -> Result<(), ProofRefusal> {
	let result = ask_batch(CIRCUIT, statements);
	let key = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
	assert_eq!(verify::verify_batch::<Native>(&key, statements), result);
	assert_eq!(verify::verify_batch::<Hosted>(&key, statements), result);
	result
}

#[test]
fn all_verify_or_none_does() {
	with_circuit(|| {
		for proofs in [1, 2, 3, 32] {
			let sound = batch(proofs);
			assert_ok!(check(&sound));
			for at in [0, proofs as usize / 2, proofs as usize - 1] {
				let mut one_is_not = sound.clone();
				one_is_not[at].inputs[1][0] ^= 1;
				assert_eq!(check(&one_is_not), Err(ProofRefusal::NotProven));
			}
		}
	});
}

#[test]
fn a_batch_fails_when_it_is_empty_or_too_large() {
	with_circuit(|| {
		assert_eq!(check(&[]), Err(ProofRefusal::BatchEmpty));
		assert_eq!(check(&batch(33)), Err(ProofRefusal::BatchTooLarge));
	});
}

#[test]
fn a_batch_fails_when_its_circuit_is_unknown_or_not_active() {
	with_circuit(|| {
		let verify = |circuit| ask_batch(circuit, &batch(2));
		assert_eq!(verify(OTHER), Err(ProofRefusal::CircuitUnknown));
		register(OTHER, key(3));
		assert_eq!(verify(OTHER), Err(ProofRefusal::CircuitNotActive));
	});
}

#[test]
fn a_batch_fails_for_whatever_a_proof_fails() {
	with_circuit(|| {
		let sound = batch(3);
		let refused = |refusal, change: &dyn Fn(&mut ProvenStatement)| {
			for at in 0..3 {
				let mut statements = sound.clone();
				change(&mut statements[at]);
				assert_eq!(check(&statements), Err(refusal));
			}
		};
		refused(ProofRefusal::WrongArity, &|it| {
			it.inputs.pop();
		});
		refused(ProofRefusal::InputTooLarge, &|it| it.inputs[2] = [0xff; 32]);
		for (from, until) in PARTS {
			refused(ProofRefusal::PointMalformed, &|it| it.proof.0[from] |= 0x20);
			refused(ProofRefusal::PointOffCurve, &|it| it.proof.0[until - 1] ^= 1);
			refused(ProofRefusal::PointAtInfinity, &|it| {
				it.proof.0[from..until].fill(0);
				it.proof.0[from] = 0x40;
			});
		}
	});
}

/// Two forgeries that make up for each other where all coefficients are one: what one has too much of, the
/// other has too little of.
#[test]
fn proofs_that_make_up_for_each_other_prove_nothing() {
	use super::points::bytes;
	use ark_bls12_381::G1Affine;
	use ark_ec::AffineRepr;
	use ark_serialize::CanonicalDeserialize;
	with_circuit(|| {
		let mut statements = batch(2);
		let shift = G1Affine::generator();
		for (statement, shift) in statements.iter_mut().zip([shift, -shift]) {
			let c = G1Affine::deserialize_uncompressed(&statement.proof.0[288..]).unwrap();
			statement.proof.0[288..].copy_from_slice(&bytes::<96>(G1Affine::from(c + shift)));
		}
		assert_eq!(check(&statements), Err(ProofRefusal::NotProven));
	});
}

#[test]
fn a_proof_may_be_in_a_batch_twice() {
	with_circuit(|| assert_eq!(check(&[statement(2), statement(2)]), Ok(())));
}

#[test]
fn every_byte_changes_every_coefficient() {
	with_circuit(|| {
		let key = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
		let sound = batch(3);
		let before = coefficients(&key, &sound);
		let mut seen: BTreeSet<u128> = before.iter().copied().collect();
		let mut expected = 3;
		let mut look = |key: &PreparedKey, statements: &[ProvenStatement]| {
			seen.extend(coefficients(key, statements));
			expected += statements.len();
			assert_eq!(seen.len(), expected);
		};
		for number in 0..3 {
			for byte in 0..384 {
				let mut changed = sound.clone();
				changed[number].proof.0[byte] ^= 1;
				look(&key, &changed);
			}
			for byte in 0..96 {
				let mut changed = sound.clone();
				changed[number].inputs[byte / 32][byte % 32] ^= 1;
				look(&key, &changed);
			}
		}
		for byte in 0..32 {
			let mut key = key.clone();
			key.digest.0[byte] ^= 1;
			look(&key, &sound);
		}
		look(&key, &sound[..2]);
		assert_eq!(coefficients(&key, &sound), before);
	});
}

/// The view function.
fn check_proofs(
	circuit: CircuitVersion,
	statements: &[ProvenStatement],
) -> Result<(), ProofRefusal> {
	Verifier::check_proofs(circuit, ProofBatch::try_from(statements.to_vec()).unwrap())
}

#[test]
fn the_view_function_says_that_all_of_a_batch_verify() {
	with_circuit(|| {
		for proofs in [1, 2, 32] {
			assert_ok!(check_proofs(CIRCUIT, &batch(proofs)));
		}
	});
}

#[test]
fn the_view_function_says_why_a_batch_does_not_verify() {
	with_circuit(|| {
		let refused = |refusal, change: &dyn Fn(&mut ProvenStatement)| {
			let mut statements = batch(3);
			change(&mut statements[1]);
			assert_eq!(check_proofs(CIRCUIT, &statements), Err(refusal));
		};
		refused(ProofRefusal::NotProven, &|it| it.inputs[1][0] ^= 1);
		refused(ProofRefusal::InputTooLarge, &|it| it.inputs[1] = [0xff; 32]);
		refused(ProofRefusal::PointOffCurve, &|it| it.proof.0[95] ^= 1);
		refused(ProofRefusal::WrongArity, &|it| {
			it.inputs.pop();
		});
		assert_eq!(check_proofs(CIRCUIT, &[]), Err(ProofRefusal::BatchEmpty));
	});
}

#[test]
fn the_view_function_refuses_a_batch_of_a_circuit_that_is_unknown_or_not_active() {
	with_circuit(|| {
		assert_eq!(check_proofs(OTHER, &batch(2)), Err(ProofRefusal::CircuitUnknown));
		register(OTHER, key(3));
		assert_eq!(check_proofs(OTHER, &batch(2)), Err(ProofRefusal::CircuitNotActive));
	});
}

/// More than are verified at once cannot even be asked about.
#[test]
fn a_batch_of_the_view_function_is_bounded() {
	assert!(ProofBatch::try_from(vec![statement(2); 33]).is_err());
}
