//! What is checked of a key, check by check.

use super::points::{bytes, of_order_three, outside_g1, outside_g2};
use crate::{mock::*, Circuits, Error, Keys, PreparedKeys};
use ark_bls12_381::{G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_serialize::CanonicalDeserialize;
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{CircuitVersion, H256};

/// Where alpha, beta, gamma, delta and the points of the inputs begin and end in a key of two inputs.
const PARTS: [(usize, usize); 7] =
	[(48, 144), (144, 336), (336, 528), (528, 720), (720, 816), (816, 912), (912, 1008)];
const GAMMA: (usize, usize) = PARTS[2];
const DELTA: (usize, usize) = PARTS[3];

fn registers(bytes: Vec<u8>) -> frame_support::dispatch::DispatchResult {
	Verifier::register_circuit(governance(), CIRCUIT, bytes.try_into().unwrap(), TRANSCRIPT)
}

/// Checks that a key is refused, changed by this.
fn refused(error: Error<Test>, change: impl FnOnce(&mut Vec<u8>)) {
	on_chain(|| {
		let mut bytes = key(2).into_inner();
		change(&mut bytes);
		assert_noop!(registers(bytes), error);
	});
}

/// Checks that a key is refused, each of its points changed by this.
fn refused_anywhere(error: fn() -> Error<Test>, change: impl Fn(&mut [u8])) {
	for (from, until) in PARTS {
		refused(error(), |bytes| change(&mut bytes[from..until]));
	}
}

#[test]
fn a_key_is_stored_as_it_was_registered_and_as_it_is_verified_with() {
	on_chain(|| {
		register(CIRCUIT, key(2));
		assert_eq!(Keys::<Test>::get(CIRCUIT), Some(key(2)));
		let prepared = PreparedKeys::<Test>::get(CIRCUIT).unwrap();
		assert_eq!(prepared.alpha, key(2)[48..144]);
		assert_eq!(prepared.inputs.len(), 3);
		let record = Circuits::<Test>::get(CIRCUIT).unwrap();
		assert_eq!((record.arity, record.relation), (2, H256([7; 32])));
		assert_eq!(record.key, prepared.digest);
		// What the SDK's host functions prepare is what arkworks prepares.
		let native = crate::key::VerifyingKey::<crate::curve::Native>::from_bytes(&key(2)).unwrap();
		assert_eq!(native.prepare(prepared.digest), prepared);
	});
}

#[test]
fn a_key_may_have_no_inputs_and_as_many_as_there_may_be() {
	on_chain(|| {
		register(CIRCUIT, key(0));
		register(OTHER, key(16));
		assert_eq!(key(16).len() as u32, crate::MAX_KEY_BYTES);
	});
}

#[test]
fn a_key_fails_when_it_has_another_length() {
	for length in [0, 15, 16, 47, 48, 719, 720, 721, 815, 817, 1007] {
		refused(Error::KeyOfWrongLength, |bytes| bytes.truncate(length));
	}
	refused(Error::KeyOfWrongLength, |bytes| bytes.push(0));
	refused(Error::KeyOfWrongLength, |bytes| bytes.extend([0; 95]));
}

#[test]
fn a_key_fails_when_it_does_not_say_where_it_comes_from() {
	refused(Error::KeyOriginUnknown, |bytes| bytes[0] ^= 1);
	refused(Error::KeyOriginUnknown, |bytes| bytes[..16].fill(0));
}

#[test]
fn a_key_fails_when_it_is_for_development_and_the_chain_is_not() {
	refused(Error::KeyForDevelopment, |bytes| bytes[..16].copy_from_slice(b"hdx-DEVELOPMENT\0"));
}

#[test]
fn a_key_fails_when_a_point_is_at_infinity() {
	refused_anywhere(
		|| Error::KeyPointAtInfinity,
		|point| {
			point.fill(0);
			point[0] = 0x40;
		},
	);
}

#[test]
fn a_key_fails_when_a_point_is_not_in_its_one_encoding() {
	refused_anywhere(|| Error::KeyPointMalformed, |point| point[0] |= 0x40);
	refused_anywhere(|| Error::KeyPointMalformed, |point| point[0] |= 0x20);
	refused_anywhere(|| Error::KeyPointMalformed, |point| point[0] |= 0x80);
	refused_anywhere(|| Error::KeyPointMalformed, |point| point.fill(0));
}

#[test]
fn a_key_fails_when_a_point_is_off_the_curve() {
	refused_anywhere(|| Error::KeyPointOffCurve, |point| *point.last_mut().unwrap() ^= 1);
}

#[test]
fn a_key_fails_when_a_point_is_outside_of_the_subgroup() {
	for (from, until) in PARTS {
		if until - from == 96 {
			for point in outside_g1().into_iter().chain(of_order_three()) {
				refused(Error::KeyPointOutsideSubgroup, |key| {
					key[from..until].copy_from_slice(&bytes::<96>(point));
				});
			}
		} else {
			for point in outside_g2() {
				refused(Error::KeyPointOutsideSubgroup, |key| {
					key[from..until].copy_from_slice(&bytes::<192>(point));
				});
			}
		}
	}
}

/// The point there, in the second group.
fn second(key: &[u8], (from, until): (usize, usize)) -> G2Affine {
	G2Affine::deserialize_uncompressed(&key[from..until]).unwrap()
}

#[test]
fn a_key_fails_when_delta_is_gamma_or_its_negative() {
	for sign in [|point: G2Affine| point, |point: G2Affine| -point] {
		refused(Error::KeyDeltaIsGamma, |key| {
			let gamma = sign(second(key, GAMMA));
			key[DELTA.0..DELTA.1].copy_from_slice(&bytes::<192>(gamma));
		});
	}
}

#[test]
fn a_key_fails_when_nobody_contributed_to_delta() {
	let generator = G2Affine::generator();
	for delta in [generator, -generator] {
		refused(Error::KeyDeltaIsGenerator, |key| {
			key[DELTA.0..DELTA.1].copy_from_slice(&bytes::<192>(delta));
		});
	}
}

/// Ceremonies fix gamma to the generator.
#[test]
fn gamma_may_be_the_generator() {
	on_chain(|| {
		let mut key = key(2).into_inner();
		key[GAMMA.0..GAMMA.1].copy_from_slice(&bytes::<192>(G2Affine::generator()));
		assert_ok!(registers(key));
	});
}

/// What the refused keys would be good for: a proof of anything, made by somebody who knows no secret.
#[test]
fn a_key_whose_delta_is_gamma_would_believe_anything() {
	use crate::{curve::Hosted, input, verify};
	let sound = key(2).into_inner();
	let point = |(from, until): (usize, usize)| {
		G1Affine::deserialize_uncompressed(&sound[from..until]).unwrap()
	};
	let mut prepared =
		crate::key::VerifyingKey::<Hosted>::from_bytes(&sound).unwrap().prepare(H256::zero());
	prepared.minus_delta = prepared.minus_gamma;
	// A = alpha and B = beta, and C takes back what the inputs add.
	let inputs = [[3; 32], [5; 32]];
	let [one, two] = inputs.map(|bytes| input::decode(&bytes).unwrap());
	let sum = point(PARTS[4]) + point(PARTS[5]) * one + point(PARTS[6]) * two;
	let proof = [&sound[48..144], &sound[144..336], &bytes::<96>(G1Affine::from(-sum))].concat();
	let proof = hdx_primitives::Proof(proof.try_into().unwrap());
	assert_ok!(verify::verify::<Hosted>(&prepared, &proof, &inputs));
}

#[test]
fn a_version_of_a_circuit_keeps_its_key() {
	on_chain(|| {
		register(CIRCUIT, key(2));
		assert_noop!(registers(key(2).into_inner()), Error::<Test>::AlreadyRegistered);
		assert_noop!(registers(key(3).into_inner()), Error::<Test>::AlreadyRegistered);
		register(CircuitVersion { version: 2, ..CIRCUIT }, key(3));
	});
}

#[test]
fn a_circuit_fails_when_there_are_too_many() {
	on_chain(|| {
		for version in 0..MOST_CIRCUITS {
			register(CircuitVersion { version, ..OTHER }, key(0));
		}
		assert_noop!(registers(key(0).into_inner()), Error::<Test>::TooManyCircuits);
	});
}
