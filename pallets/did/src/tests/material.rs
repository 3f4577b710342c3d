//! Bad keys are refused, each for its own reason. What is checked is tested where it is checked.

use crate::{mock::*, Error};
use frame_support::assert_noop;
use hdx_primitives::did::{KeyMaterial, NewKey, ML_DSA_65_BYTES, X_WING_BYTES};
use sp_runtime::DispatchError;

/// Asserts that nothing changes by whatever call lists this key.
fn assert_refused(material: KeyMaterial, error: Error<Test>) {
	let error = DispatchError::from(error);
	with_did(|| {
		let relationships = material.scheme().relationships();
		let add = Did::add_key(signed(doctor()), doctor(), 1, material.clone(), relationships);
		assert_noop!(add, error);

		let keys = vec![NewKey { material: material.clone(), relationships }];
		assert_noop!(Did::create(signed(patient()), keys.try_into().unwrap()), error);

		let old = match relationships.key_agreement {
			true => agreement(x25519(9)),
			false => signing(ed25519(9)),
		};
		create(stranger(), vec![old]);
		assert_noop!(Did::rotate_key(signed(stranger()), stranger(), 1, FIRST, material), error);
	});
}

#[test]
fn a_key_of_wrong_length_is_refused() {
	for length in [0, 31, 32, ML_DSA_65_BYTES as usize - 1] {
		let key = KeyMaterial::MlDsa65(vec![1; length].try_into().unwrap());
		assert_refused(key, Error::KeyOfWrongLength);
	}
	for length in [0, 32, 1_184, X_WING_BYTES as usize - 1] {
		let key = KeyMaterial::XWing(vec![1; length].try_into().unwrap());
		assert_refused(key, Error::KeyOfWrongLength);
	}
}

#[test]
fn a_key_that_is_not_canonical_is_refused() {
	assert_refused(KeyMaterial::X25519([0xff; 32]), Error::KeyNotCanonical);
}

#[test]
fn a_key_that_is_no_point_is_refused() {
	assert_refused(KeyMaterial::Sr25519([0xff; 32]), Error::KeyNotAPoint);
	let mut two = [0; 32];
	two[0] = 2;
	assert_refused(KeyMaterial::Ed25519(two), Error::KeyNotAPoint);
}

#[test]
fn a_key_of_zeros_is_refused() {
	assert_refused(KeyMaterial::X25519([0; 32]), Error::KeyOfLowOrder);
	assert_refused(KeyMaterial::Sr25519([0; 32]), Error::KeyOfLowOrder);
	assert_refused(KeyMaterial::Ed25519([0; 32]), Error::KeyOfLowOrder);
	let key = KeyMaterial::MlDsa65(vec![0; ML_DSA_65_BYTES as usize].try_into().unwrap());
	assert_refused(key, Error::KeyAllZero);
	let key = KeyMaterial::XWing(vec![0; X_WING_BYTES as usize].try_into().unwrap());
	assert_refused(key, Error::KeyAllZero);
}

#[test]
fn a_key_of_low_order_is_refused() {
	let mut one = [0; 32];
	one[0] = 1;
	assert_refused(KeyMaterial::X25519(one), Error::KeyOfLowOrder);
	assert_refused(KeyMaterial::Ed25519(one), Error::KeyOfLowOrder);
}

#[test]
fn a_key_with_a_coefficient_too_large_is_refused() {
	let key = KeyMaterial::XWing(vec![0xff; X_WING_BYTES as usize].try_into().unwrap());
	assert_refused(key, Error::KeyCoefficientTooLarge);
}
