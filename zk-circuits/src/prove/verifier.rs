//! Verifying.

use super::{Origin, Proof, VerifyingKey};
use crate::{circuits::Circuit, field, Fr};
use ark_bls12_381::{Bls12_381, G1Projective};
use ark_ec::{
	pairing::{Pairing, PairingOutput},
	CurveGroup, VariableBaseMSM,
};
use core::fmt;

/// Why a proof is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VerifyError {
	/// There are not as many public inputs as the circuit has.
	WrongArity {
		/// How many it has.
		expected: usize,
		/// How many there are.
		found: usize,
	},
	/// A public input is not below the order of the field.
	InputTooLarge,
	/// The proof does not prove this statement about these inputs under this key.
	Invalid,
}

impl fmt::Display for VerifyError {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::WrongArity { expected, found } => {
				write!(f, "there are {found} public inputs and should be {expected}")
			},
			Self::InputTooLarge => f.write_str("a public input is not below the field's order"),
			Self::Invalid => f.write_str("the proof does not prove the statement"),
		}
	}
}

impl core::error::Error for VerifyError {}

/// A public input by its 32 bytes, little-endian.
///
/// # Errors
///
/// [`VerifyError::InputTooLarge`]: an input is never reduced, as two byte strings would be one
/// input then.
pub fn input_from_bytes(bytes: &[u8; 32]) -> Result<Fr, VerifyError> {
	field::from_bytes(bytes).ok_or(VerifyError::InputTooLarge)
}

/// The 32 bytes of a public input, little-endian, as chains take it.
pub fn input_to_bytes(input: &Fr) -> [u8; 32] {
	field::to_bytes(input)
}

/// Verifies proofs of a circuit: three Miller loops and a final exponentiation each.
pub struct Verifier<C: Circuit, O: Origin> {
	key: VerifyingKey<C, O>,
	alpha_beta: PairingOutput<Bls12_381>,
	minus_gamma: <Bls12_381 as Pairing>::G2Prepared,
	minus_delta: <Bls12_381 as Pairing>::G2Prepared,
}

impl<C: Circuit, O: Origin> Verifier<C, O> {
	/// Prepares a key.
	pub fn new(key: VerifyingKey<C, O>) -> Self {
		Self {
			alpha_beta: Bls12_381::pairing(key.key.alpha_g1, key.key.beta_g2),
			minus_gamma: (-key.key.gamma_g2).into(),
			minus_delta: (-key.key.delta_g2).into(),
			key,
		}
	}

	/// The key.
	pub fn key(&self) -> &VerifyingKey<C, O> {
		&self.key
	}

	/// Verifies a proof about these public inputs.
	///
	/// # Errors
	///
	/// [`VerifyError::Invalid`].
	pub fn verify(&self, public: &C::Public, proof: &Proof) -> Result<(), VerifyError> {
		self.verify_inputs(&C::inputs(public), proof)
	}

	/// Verifies a proof about public inputs in their order.
	///
	/// # Errors
	///
	/// [`VerifyError::WrongArity`] and [`VerifyError::Invalid`].
	pub fn verify_inputs(&self, inputs: &[Fr], proof: &Proof) -> Result<(), VerifyError> {
		// Not only those of the circuit: were the key's fewer, what is left over would go unread.
		let Some((one, points)) = self.key.key.gamma_abc_g1.split_first() else {
			return Err(VerifyError::WrongArity { expected: 0, found: inputs.len() });
		};
		if points.len() != inputs.len() {
			return Err(VerifyError::WrongArity { expected: points.len(), found: inputs.len() });
		}
		let inputs = G1Projective::msm(points, inputs).map_err(|_| VerifyError::Invalid)? + one;
		let product = Bls12_381::multi_miller_loop(
			[proof.a, inputs.into_affine(), proof.c],
			[proof.b.into(), self.minus_gamma.clone(), self.minus_delta.clone()],
		);
		match Bls12_381::final_exponentiation(product) {
			Some(result) if result == self.alpha_beta => Ok(()),
			_ => Err(VerifyError::Invalid),
		}
	}
}
