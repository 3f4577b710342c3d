//! Proving keys.

use super::{KeyError, Origin, VerifyingKey};
use crate::{circuits::Circuit, Relation};
use alloc::vec::Vec;
use ark_bls12_381::Bls12_381;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use core::marker::PhantomData;

/// The proving key of a circuit.
///
/// Encoded: the origin's label (16 bytes), the relation's digest (32), and arkworks' uncompressed
/// encoding of the key.
pub struct ProvingKey<C: Circuit, O: Origin> {
	pub(super) key: ark_groth16::ProvingKey<Bls12_381>,
	of: PhantomData<fn() -> (C, O)>,
}

impl<C: Circuit, O: Origin> ProvingKey<C, O> {
	pub(crate) fn new(
		relation: &Relation<C>,
		key: ark_groth16::ProvingKey<Bls12_381>,
	) -> Result<Self, KeyError> {
		let key = Self { key, of: PhantomData };
		key.check_shape(relation)?;
		Ok(key)
	}

	/// Whether there is a point for every variable. What the prover computes with would be cut
	/// short otherwise.
	pub(super) fn check_shape(&self, relation: &Relation<C>) -> Result<(), KeyError> {
		if relation.digest() != C::RELATION {
			return Err(KeyError::WrongCircuit);
		}
		let variables = relation.inputs().saturating_add(relation.witnesses());
		let rows = relation.constraints().saturating_add(relation.inputs());
		let domain = rows.checked_next_power_of_two().ok_or(KeyError::WrongShape)?;
		let key = &self.key;
		let fits = key.a_query.len() == variables
			&& key.b_g1_query.len() == variables
			&& key.b_g2_query.len() == variables
			&& key.l_query.len() == relation.witnesses()
			&& key.h_query.len().saturating_add(1) == domain;
		if fits {
			Ok(())
		} else {
			Err(KeyError::WrongShape)
		}
	}

	/// The verifying key that belongs to it.
	///
	/// # Errors
	///
	/// Each of [`KeyError`] that is about points.
	pub fn verifying_key(&self) -> Result<VerifyingKey<C, O>, KeyError> {
		VerifyingKey::new(self.key.vk.clone())
	}

	/// The bytes.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut bytes = Vec::new();
		bytes.extend_from_slice(O::LABEL);
		bytes.extend_from_slice(&C::RELATION);
		match self.key.serialize_uncompressed(&mut bytes) {
			Ok(()) => bytes,
			// Writing to a vector does not fail.
			Err(_) => Vec::new(),
		}
	}

	/// BLAKE2b-256 of the bytes of a key, as whoever makes keys publishes it.
	pub fn digest(bytes: &[u8]) -> [u8; 32] {
		sp_crypto_hashing::blake2_256(bytes)
	}

	/// The key of these bytes, if they have this digest.
	///
	/// A key that somebody tampered with can make proofs tell secrets, and checking all its points
	/// takes longer than proving. So the digest must come from where the key's maker published it;
	/// points are not checked beyond it.
	///
	/// # Errors
	///
	/// [`KeyError::WrongDigest`], [`KeyError::WrongOrigin`], [`KeyError::WrongCircuit`] and
	/// [`KeyError::WrongShape`].
	pub fn from_bytes(bytes: &[u8], digest: [u8; 32]) -> Result<Self, KeyError> {
		if Self::digest(bytes) != digest {
			return Err(KeyError::WrongDigest);
		}
		let (label, rest) = bytes.split_at_checked(16).ok_or(KeyError::WrongShape)?;
		let (relation, key) = rest.split_at_checked(32).ok_or(KeyError::WrongShape)?;
		if label != O::LABEL {
			return Err(KeyError::WrongOrigin);
		}
		if relation != C::RELATION {
			return Err(KeyError::WrongCircuit);
		}
		let key = ark_groth16::ProvingKey::deserialize_uncompressed_unchecked(key)
			.map_err(|_| KeyError::WrongShape)?;
		Ok(Self { key, of: PhantomData })
	}
}
