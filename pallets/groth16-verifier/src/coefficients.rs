//! The coefficients of a batch (Fiat–Shamir).

use crate::types::PreparedKey;
use alloc::vec::Vec;
use codec::Encode;
use hdx_primitives::ProvenStatement;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Precedes what is hashed, so that no other hash is the seed of a batch.
const SEED_TAG: [u8; 20] = *b"hdx/groth16/seed/v1\0";
/// Precedes what is hashed for a coefficient.
const COEFFICIENT_TAG: [u8; 20] = *b"hdx/groth16/coef/v1\0";

/// A coefficient of 128 bits for each proof, none of them zero.
///
/// All depend on all bytes of the key (by its digest), of all proofs and of all inputs: whoever changes any bit
/// of a batch changes every coefficient.
pub(crate) fn coefficients(key: &PreparedKey, statements: &[ProvenStatement]) -> Vec<u128> {
	let seed = (SEED_TAG, key.digest, statements).using_encoded(BlakeTwo256::hash);
	(0u32..)
		.zip(statements)
		.map(|(number, _)| {
			let hash = (COEFFICIENT_TAG, seed, number).using_encoded(BlakeTwo256::hash);
			let (half, _) = hash.as_fixed_bytes().as_chunks::<16>();
			half.first().map_or(1, |half| u128::from_le_bytes(*half)).max(1)
		})
		.collect()
}
