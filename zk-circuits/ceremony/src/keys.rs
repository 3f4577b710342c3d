//! The keys that a complete ceremony leads to.

use crate::{prepare::Lagrange, shape::Shape, transcript::Transcript, Progress};
use ark_bls12_381::{Bls12_381, G2Affine};
use ark_ec::AffineRepr;
use ark_groth16::{ProvingKey, VerifyingKey};
use core::fmt;

/// Why there are no keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeysError {
	/// The ceremony goes on.
	NotComplete,
	/// The transcript is about another circuit.
	OtherCircuit,
	/// The transcript is not what it was checked to be.
	Internal,
}

impl fmt::Display for KeysError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(match self {
			Self::NotComplete => "the ceremony is not complete",
			Self::OtherCircuit => "the transcript is about another circuit",
			Self::Internal => "the transcript cannot be computed with",
		})
	}
}

impl core::error::Error for KeysError {}

/// The keys of a complete ceremony: always the same ones. Gamma is one.
/// [`AnyCircuit::ceremony_keys`](hdx_zk_circuits::AnyCircuit::ceremony_keys) encodes them.
///
/// # Errors
///
/// Each of [`KeysError`].
pub fn keys(
	transcript: &Transcript,
	shape: &Shape,
	progress: &mut Progress,
) -> Result<ProvingKey<Bls12_381>, KeysError> {
	if transcript.phase().is_some() {
		return Err(KeysError::NotComplete);
	}
	if !transcript.header.is_of(shape) {
		return Err(KeysError::OtherCircuit);
	}
	let powers = &transcript.powers;
	let scaled = transcript.scaled.as_ref().ok_or(KeysError::Internal)?;
	progress("transforming the powers of tau");
	let lagrange = Lagrange::new(powers, shape.domain(), true).ok_or(KeysError::Internal)?;
	progress("making the keys");
	let (b_g1_query, b_g2_query) = lagrange.b(shape);
	Ok(ProvingKey {
		vk: VerifyingKey {
			alpha_g1: *powers.alpha_g1.first().ok_or(KeysError::Internal)?,
			beta_g2: powers.beta_g2,
			gamma_g2: G2Affine::generator(),
			delta_g2: scaled.delta_g2,
			gamma_abc_g1: lagrange.combined(shape, shape.inputs),
		},
		beta_g1: *powers.beta_g1.first().ok_or(KeysError::Internal)?,
		delta_g1: scaled.delta_g1,
		a_query: lagrange.a(shape),
		b_g1_query,
		b_g2_query,
		h_query: scaled.h.clone(),
		l_query: scaled.l.clone(),
	})
}
