//! Keys of the lattice schemes.

use super::{MaterialError, ML_DSA_65_BYTES};

/// The modulus of ML-KEM (FIPS 203, section 2.4.1).
const ML_KEM_MODULUS: u16 = 3_329;
/// Bytes of an ML-KEM-768 key that encode its 768 coefficients, twelve bits each.
const ML_KEM_768_COEFFICIENT_BYTES: usize = 1_152;
/// Bytes of the seed from which a key's public matrix is expanded: at the end of an ML-KEM key, at
/// the beginning of an ML-DSA key.
const SEED_BYTES: usize = 32;

/// An ML-KEM-768 encapsulation key: its length, and that every coefficient is reduced (FIPS 203,
/// section 7.2).
pub(super) fn check_ml_kem_768(key: &[u8]) -> Result<(), MaterialError> {
	let (coefficients, seed) =
		key.split_at_checked(ML_KEM_768_COEFFICIENT_BYTES).ok_or(MaterialError::WrongLength)?;
	if seed.len() != SEED_BYTES {
		return Err(MaterialError::WrongLength);
	}
	let mut is_zero = true;
	for bytes in coefficients.chunks_exact(3) {
		let [low, middle, high] = bytes else { return Err(MaterialError::WrongLength) };
		let (low, middle, high) = (u16::from(*low), u16::from(*middle), u16::from(*high));
		let first = low | (middle & 0x0f) << 8;
		let second = middle >> 4 | high << 4;
		if first >= ML_KEM_MODULUS || second >= ML_KEM_MODULUS {
			return Err(MaterialError::CoefficientTooLarge);
		}
		is_zero = is_zero && first == 0 && second == 0;
	}
	// Everybody can read what is encapsulated to such a key.
	if is_zero {
		return Err(MaterialError::AllZero);
	}
	Ok(())
}

/// An ML-DSA-65 public key: its length. Its coefficients have ten bits, all of whose values are
/// valid (FIPS 204, algorithm 23).
pub(super) fn check_ml_dsa_65(key: &[u8]) -> Result<(), MaterialError> {
	if !u32::try_from(key.len()).is_ok_and(|length| length == ML_DSA_65_BYTES) {
		return Err(MaterialError::WrongLength);
	}
	// Everybody can sign for such a key.
	if key.iter().skip(SEED_BYTES).all(|byte| *byte == 0) {
		return Err(MaterialError::AllZero);
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::indexing_slicing)]

	use super::*;
	use crate::did::{KeyMaterial, KeyScheme, X_WING_BYTES};
	use alloc::{vec, vec::Vec};
	use x_wing::{DecapsulationKey, Decapsulator, KeyExport};

	fn x_wing(seed: u8) -> Vec<u8> {
		DecapsulationKey::from([seed; 32]).encapsulation_key().to_bytes().to_vec()
	}

	fn check(scheme: KeyScheme, key: &[u8]) -> Result<(), MaterialError> {
		KeyMaterial::from_bytes(scheme, key).map(|_| ())
	}

	#[test]
	fn generated_x_wing_keys_are_fine() {
		for seed in 0..64 {
			assert_eq!(check(KeyScheme::XWing, &x_wing(seed)), Ok(()));
		}
	}

	#[test]
	fn both_coefficients_of_a_pair_are_held_against_the_modulus() {
		// The largest that is reduced, 0xd00, and the least that is not.
		for (bytes, expected) in [
			([0x00, 0x0d, 0xd0], Ok(())),
			([0x01, 0x0d, 0xd0], Err(MaterialError::CoefficientTooLarge)),
			([0x00, 0x1d, 0xd0], Err(MaterialError::CoefficientTooLarge)),
			([0xff, 0xff, 0xff], Err(MaterialError::CoefficientTooLarge)),
		] {
			for place in [0, 3, ML_KEM_768_COEFFICIENT_BYTES - 3] {
				let mut key = x_wing(1);
				key[place..place + 3].copy_from_slice(&bytes);
				assert_eq!(check(KeyScheme::XWing, &key), expected, "{bytes:?} at {place}");
			}
		}
	}

	#[test]
	fn the_other_half_of_an_x_wing_key_is_checked_too() {
		let mut key = x_wing(1);
		key[1_184..].fill(0);
		assert_eq!(check(KeyScheme::XWing, &key), Err(MaterialError::LowOrder));
		key[1_184..].fill(0xff);
		assert_eq!(check(KeyScheme::XWing, &key), Err(MaterialError::NotCanonical));
	}

	#[test]
	fn lattice_keys_that_are_zero_are_refused() {
		let mut key = x_wing(1);
		key[..ML_KEM_768_COEFFICIENT_BYTES].fill(0);
		assert_eq!(check(KeyScheme::XWing, &key), Err(MaterialError::AllZero));
		let mut key = vec![0; ML_DSA_65_BYTES as usize];
		key[..SEED_BYTES].fill(7);
		assert_eq!(check(KeyScheme::MlDsa65, &key), Err(MaterialError::AllZero));
		key[SEED_BYTES] = 1;
		assert_eq!(check(KeyScheme::MlDsa65, &key), Ok(()));
	}

	#[test]
	fn keys_of_another_length_are_refused() {
		for (scheme, length) in [
			(KeyScheme::Sr25519, 32),
			(KeyScheme::Ed25519, 32),
			(KeyScheme::X25519, 32),
			(KeyScheme::MlDsa65, ML_DSA_65_BYTES as usize),
			(KeyScheme::XWing, X_WING_BYTES as usize),
		] {
			for other in [0, 1, 31, length - 1, length + 1] {
				let key = vec![1; other];
				assert_eq!(check(scheme, &key), Err(MaterialError::WrongLength), "{scheme:?}");
			}
			assert_ne!(check(scheme, &vec![1; length]), Err(MaterialError::WrongLength));
		}
	}
}
