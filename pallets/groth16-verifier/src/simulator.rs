//! Keys of which is known how they were made, and proofs of whatever one likes under them: what a ceremony is there
//! to prevent. Benchmarks and tests get keys of every size from here, and many proofs in no time.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

use crate::{
	curve::Curve,
	point::{encode, G1_BYTES, G2_BYTES},
	types::KeyBytes,
};
use alloc::vec::Vec;
use ark_bls12_381::Fr;
use ark_ec::{
	short_weierstrass::{Affine, SWCurveConfig},
	AffineRepr, CurveGroup,
};
use ark_ff::{BigInteger, Field, PrimeField};
use codec::Encode;
use hdx_primitives::{Proof, ProvenStatement, PublicInput, H256};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What keys of a ceremony begin with.
pub(crate) const CEREMONY: &[u8; 16] = b"hdx-ceremony-v1\0";

/// What they are for.
pub(crate) const RELATION: H256 = H256([7; 32]);

/// What nobody may know.
pub(crate) struct Simulator {
	pub(crate) alpha: Fr,
	pub(crate) beta: Fr,
	pub(crate) gamma: Fr,
	pub(crate) delta: Fr,
	pub(crate) inputs: Vec<Fr>,
}

/// A number that follows from a seed.
fn scalar(seed: u64, number: u32) -> Fr {
	Fr::from_le_bytes_mod_order((seed, number).using_encoded(BlakeTwo256::hash).as_bytes())
}

/// So many inputs that follow from a seed.
pub(crate) fn inputs(seed: u64, arity: u32) -> Vec<Fr> {
	(0..arity).map(|number| scalar(seed, number)).collect()
}

/// The bytes of an input.
pub(crate) fn input_bytes(input: Fr) -> PublicInput {
	input.into_bigint().to_bytes_le().try_into().unwrap()
}

/// The generator, multiplied, as bytes.
fn point<P: SWCurveConfig<ScalarField = Fr>, const N: usize>(factor: Fr) -> [u8; N] {
	encode(&(Affine::<P>::generator() * factor).into_affine())
}

impl Simulator {
	/// One of a key of so many inputs.
	pub(crate) fn new(seed: u64, arity: u32) -> Self {
		let [alpha, beta, gamma, delta] = [0, 1, 2, 3].map(|number| scalar(seed, number));
		let inputs = (0..=arity).map(|number| scalar(seed, number + 4)).collect();
		Self { alpha, beta, gamma, delta, inputs }
	}

	/// The key, for [`RELATION`].
	pub(crate) fn key<C: Curve>(&self, origin: &[u8; 16]) -> KeyBytes {
		self.key_for::<C>(origin, RELATION)
	}

	/// The key, for whatever relation it shall be said to be for.
	pub(crate) fn key_for<C: Curve>(&self, origin: &[u8; 16], relation: H256) -> KeyBytes {
		let mut bytes = origin.to_vec();
		bytes.extend(relation.0);
		bytes.extend(point::<C::G1, G1_BYTES>(self.alpha));
		for factor in [self.beta, self.gamma, self.delta] {
			bytes.extend(point::<C::G2, G2_BYTES>(factor));
		}
		for factor in &self.inputs {
			bytes.extend(point::<C::G1, G1_BYTES>(*factor));
		}
		bytes.try_into().unwrap()
	}

	/// A proof about these inputs.
	pub(crate) fn prove<C: Curve>(&self, inputs: &[Fr], seed: u64) -> Proof {
		let [a, b] = [scalar(seed, 0), scalar(seed, 1)];
		let terms = core::iter::once(&Fr::ONE).chain(inputs).zip(&self.inputs);
		let statement: Fr = terms.map(|(input, factor)| *input * factor).sum();
		let rest = a * b - self.alpha * self.beta - statement * self.gamma;
		let c = rest * self.delta.inverse().unwrap();
		let mut bytes = point::<C::G1, G1_BYTES>(a).to_vec();
		bytes.extend(point::<C::G2, G2_BYTES>(b));
		bytes.extend(point::<C::G1, G1_BYTES>(c));
		Proof(bytes.try_into().unwrap())
	}

	/// A statement with its proof, both from a seed.
	pub(crate) fn statement<C: Curve>(&self, seed: u64) -> ProvenStatement {
		let inputs = inputs(seed, self.inputs.len() as u32 - 1);
		let proof = self.prove::<C>(&inputs, seed + 1);
		let inputs: Vec<_> = inputs.into_iter().map(input_bytes).collect();
		ProvenStatement { proof, inputs: inputs.try_into().unwrap() }
	}
}
