//! Public inputs as bytes.

use ark_bls12_381::Fr;
use ark_ff::{BigInt, PrimeField};
use hdx_primitives::{ProofRefusal, PublicInput};

/// The element that an input's bytes are, never reduced.
pub(crate) fn decode(bytes: &PublicInput) -> Result<Fr, ProofRefusal> {
	let mut limbs = [0u64; 4];
	for (limb, bytes) in limbs.iter_mut().zip(bytes.as_chunks::<8>().0) {
		*limb = u64::from_le_bytes(*bytes);
	}
	Fr::from_bigint(BigInt(limbs)).ok_or(ProofRefusal::InputTooLarge)
}
