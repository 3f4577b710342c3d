//! Verifying keys.

use super::{
	point::{check, decode, encode, G1_BYTES, G2_BYTES},
	KeyError, Origin,
};
use crate::circuits::Circuit;
use alloc::vec::Vec;
use ark_bls12_381::{g1, g2, Bls12_381, G2Affine};
use ark_ec::AffineRepr;
use core::marker::PhantomData;

/// A point of a verifying key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyPart {
	/// Alpha, in G1.
	Alpha,
	/// Beta, in G2.
	Beta,
	/// Gamma, in G2.
	Gamma,
	/// Delta, in G2.
	Delta,
	/// That of a public input, in G1; the first is the constant's.
	Input(usize),
}

/// The verifying key of a circuit, of which all points are what they must be.
///
/// Whoever made it can prove what is false, unless it is of a ceremony. So what matters is whose it is:
/// it is read by the digest that its makers published, and that attesters of theirs confirmed.
///
/// Encoded: the origin's label (16 bytes), the relation's digest (32), alpha, beta, gamma, delta,
/// and a point for one and for each public input, all uncompressed.
pub struct VerifyingKey<C: Circuit, O: Origin> {
	pub(super) key: ark_groth16::VerifyingKey<Bls12_381>,
	of: PhantomData<fn() -> (C, O)>,
}

const HEADER: usize = 16 + 32;

impl<C: Circuit, O: Origin> VerifyingKey<C, O> {
	/// Bytes of an encoded key.
	pub fn encoded_len() -> usize {
		let points = C::ARITY.saturating_add(1).saturating_mul(G1_BYTES);
		HEADER.saturating_add(G1_BYTES).saturating_add(3 * G2_BYTES).saturating_add(points)
	}

	pub(super) fn new(key: ark_groth16::VerifyingKey<Bls12_381>) -> Result<Self, KeyError> {
		let in_part = |part| move |error| KeyError::Point { part, error };
		check(&key.alpha_g1).map_err(in_part(KeyPart::Alpha))?;
		check(&key.beta_g2).map_err(in_part(KeyPart::Beta))?;
		check(&key.gamma_g2).map_err(in_part(KeyPart::Gamma))?;
		check(&key.delta_g2).map_err(in_part(KeyPart::Delta))?;
		for (number, point) in key.gamma_abc_g1.iter().enumerate() {
			check(point).map_err(in_part(KeyPart::Input(number)))?;
		}
		if key.gamma_abc_g1.len() != C::ARITY.saturating_add(1) {
			return Err(KeyError::WrongShape);
		}
		if key.delta_g2 == key.gamma_g2 || key.delta_g2 == -key.gamma_g2 {
			return Err(KeyError::DeltaIsGamma);
		}
		let generator = G2Affine::generator();
		if key.delta_g2 == generator || key.delta_g2 == -generator {
			return Err(KeyError::DeltaIsGenerator);
		}
		Ok(Self { key, of: PhantomData })
	}

	/// BLAKE2b-256 of the bytes of a key, as whoever makes keys publishes it.
	pub fn digest(bytes: &[u8]) -> [u8; 32] {
		sp_crypto_hashing::blake2_256(bytes)
	}

	/// The key of these bytes, if they have this digest.
	///
	/// # Errors
	///
	/// Each of [`KeyError`].
	pub fn from_bytes(bytes: &[u8], digest: [u8; 32]) -> Result<Self, KeyError> {
		if Self::digest(bytes) != digest {
			return Err(KeyError::WrongDigest);
		}
		let expected = Self::encoded_len();
		let wrong_length = KeyError::WrongLength { expected, found: bytes.len() };
		if bytes.len() != expected {
			return Err(wrong_length);
		}
		let (label, rest) = bytes.split_at_checked(16).ok_or(wrong_length)?;
		let (relation, mut rest) = rest.split_at_checked(32).ok_or(wrong_length)?;
		if label != O::LABEL {
			return Err(KeyError::WrongOrigin);
		}
		if relation != C::RELATION {
			return Err(KeyError::WrongCircuit);
		}
		let mut take = |length| {
			let (bytes, after) = rest.split_at_checked(length).ok_or(wrong_length)?;
			rest = after;
			Ok(bytes)
		};
		let in_part = |part| move |error| KeyError::Point { part, error };
		let alpha_g1 = decode::<g1::Config>(take(G1_BYTES)?).map_err(in_part(KeyPart::Alpha))?;
		let beta_g2 = decode::<g2::Config>(take(G2_BYTES)?).map_err(in_part(KeyPart::Beta))?;
		let gamma_g2 = decode::<g2::Config>(take(G2_BYTES)?).map_err(in_part(KeyPart::Gamma))?;
		let delta_g2 = decode::<g2::Config>(take(G2_BYTES)?).map_err(in_part(KeyPart::Delta))?;
		let gamma_abc_g1 = (0..=C::ARITY)
			.map(|input| {
				decode::<g1::Config>(take(G1_BYTES)?).map_err(in_part(KeyPart::Input(input)))
			})
			.collect::<Result<_, _>>()?;
		let key = ark_groth16::VerifyingKey { alpha_g1, beta_g2, gamma_g2, delta_g2, gamma_abc_g1 };
		Self::new(key)
	}

	/// The bytes.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut bytes = Vec::with_capacity(Self::encoded_len());
		bytes.extend_from_slice(O::LABEL);
		bytes.extend_from_slice(&C::RELATION);
		bytes.extend(encode(&self.key.alpha_g1));
		for point in [&self.key.beta_g2, &self.key.gamma_g2, &self.key.delta_g2] {
			bytes.extend(encode(point));
		}
		for point in &self.key.gamma_abc_g1 {
			bytes.extend(encode(point));
		}
		bytes
	}
}
