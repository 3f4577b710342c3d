//! Keys that are points of Curve25519, in its three forms.

use super::MaterialError;
use curve25519_dalek::{
	edwards::CompressedEdwardsY, ristretto::CompressedRistretto, traits::IsIdentity,
};

/// The field's prime, 2^255 - 19; the first byte is the least.
const PRIME: [u8; 32] = [
	0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
];

/// The u-coordinates of the points of low order, on the curve and on its twist: 0, 1, the two of
/// order 8, and -1 (Bernstein, "Curve25519: new Diffie-Hellman speed records", appendix).
const LOW_ORDER: [[u8; 32]; 5] = [
	[0; 32],
	[
		1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0,
	],
	[
		0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4,
		0x6a, 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49,
		0xb8, 0x00,
	],
	[
		0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef,
		0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f,
		0x11, 0x57,
	],
	[
		0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0x7f,
	],
];

/// An sr25519 key: an element of Ristretto255, which has one encoding each and no low order but
/// that of the identity.
pub(super) fn check_ristretto(key: &[u8; 32]) -> Result<(), MaterialError> {
	let point = CompressedRistretto(*key).decompress().ok_or(MaterialError::NotAPoint)?;
	if point.is_identity() {
		return Err(MaterialError::LowOrder);
	}
	Ok(())
}

/// An Ed25519 key: a canonical point of the subgroup of prime order, as every key that RFC 8032
/// generates is. Verifiers disagree about all others.
pub(super) fn check_edwards(key: &[u8; 32]) -> Result<(), MaterialError> {
	let point = CompressedEdwardsY(*key).decompress().ok_or(MaterialError::NotAPoint)?;
	if point.compress().as_bytes() != key {
		return Err(MaterialError::NotCanonical);
	}
	if point.is_small_order() || !point.is_torsion_free() {
		return Err(MaterialError::LowOrder);
	}
	Ok(())
}

/// An X25519 key: a u-coordinate. Each is one of a point of the curve or of its twist, and both
/// will do.
pub(super) fn check_montgomery(key: &[u8; 32]) -> Result<(), MaterialError> {
	let is_reduced = key.iter().rev().lt(PRIME.iter().rev());
	if !is_reduced {
		return Err(MaterialError::NotCanonical);
	}
	if LOW_ORDER.contains(key) {
		return Err(MaterialError::LowOrder);
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use curve25519_dalek::{
		constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION},
		edwards::EdwardsPoint,
		montgomery::MontgomeryPoint,
		ristretto::RistrettoPoint,
		scalar::Scalar,
		traits::Identity,
	};
	use sp_core::{ed25519, sr25519, Pair};

	#[test]
	fn generated_signing_keys_are_fine() {
		for seed in 0..32 {
			let sr25519 = sr25519::Pair::from_seed(&[seed; 32]).public();
			assert_eq!(check_ristretto(&sr25519.0), Ok(()));
			let ed25519 = ed25519::Pair::from_seed(&[seed; 32]).public();
			assert_eq!(check_edwards(&ed25519.0), Ok(()));
		}
	}

	#[test]
	fn generated_agreement_keys_are_fine() {
		for seed in 0..32 {
			let key = MontgomeryPoint::mul_base_clamped([seed; 32]).to_bytes();
			assert_eq!(check_montgomery(&key), Ok(()));
		}
	}

	#[test]
	fn what_encodes_no_point_is_refused() {
		// Two is no y-coordinate of the curve, and an odd number encodes no element of Ristretto.
		let mut two = [0; 32];
		two.first_mut().map(|byte| *byte = 2).unwrap();
		assert_eq!(check_edwards(&two), Err(MaterialError::NotAPoint));
		assert_eq!(check_ristretto(&[0xff; 32]), Err(MaterialError::NotAPoint));
		assert_eq!(check_ristretto(&[1; 32]), Err(MaterialError::NotAPoint));
	}

	#[test]
	fn the_identity_is_refused() {
		let identity = RistrettoPoint::identity().compress().to_bytes();
		assert_eq!(check_ristretto(&identity), Err(MaterialError::LowOrder));
		let identity = EdwardsPoint::identity().compress().to_bytes();
		assert_eq!(check_edwards(&identity), Err(MaterialError::LowOrder));
	}

	#[test]
	fn ed25519_keys_of_low_and_of_mixed_order_are_refused() {
		for torsion in EIGHT_TORSION {
			assert_eq!(check_edwards(&torsion.compress().0), Err(MaterialError::LowOrder));
			let mixed = ED25519_BASEPOINT_POINT + torsion;
			let is_pure = torsion == EdwardsPoint::identity();
			assert_eq!(check_edwards(&mixed.compress().0).is_ok(), is_pure);
		}
	}

	#[test]
	fn a_second_encoding_of_an_ed25519_point_is_refused() {
		// The prime and one: another way to write one, the identity's y-coordinate.
		let mut encoding = PRIME;
		encoding.first_mut().map(|byte| *byte += 1).unwrap();
		assert_eq!(check_edwards(&encoding), Err(MaterialError::NotCanonical));
	}

	#[test]
	fn x25519_points_of_low_order_are_all_refused() {
		for torsion in EIGHT_TORSION {
			assert!(LOW_ORDER.contains(&torsion.to_montgomery().0));
		}
		for point in LOW_ORDER {
			assert_eq!(check_montgomery(&point), Err(MaterialError::LowOrder));
			let eightfold = MontgomeryPoint(point) * Scalar::from(8u8);
			assert_eq!(eightfold.0, [0; 32]);
		}
	}

	#[test]
	fn x25519_keys_that_are_not_reduced_are_refused() {
		for byte in 0xed..=0xff {
			let mut key = PRIME;
			key.first_mut().map(|first| *first = byte).unwrap();
			assert_eq!(check_montgomery(&key), Err(MaterialError::NotCanonical));
		}
		let mut key = MontgomeryPoint::mul_base_clamped([3; 32]).to_bytes();
		key.last_mut().map(|last| *last |= 0x80).unwrap();
		assert_eq!(check_montgomery(&key), Err(MaterialError::NotCanonical));
	}
}
