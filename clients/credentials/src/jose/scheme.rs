//! What an algorithm does: one trait for all.

use ed25519_dalek::Signer as _;
use ml_dsa::{EncodedVerifyingKey, MlDsa65 as Parameters};

/// A signature scheme whose private keys are seeds of 256 bits.
pub(super) trait Scheme: Sync {
	/// The public key of a seed.
	fn public_key(&self, seed: &[u8; 32]) -> Vec<u8>;

	/// Whether the bytes are a public key that signatures can be trusted under.
	fn accepts(&self, public: &[u8]) -> bool;

	/// Signs. None where the scheme refuses, which neither does for a message of bounded size.
	fn sign(&self, seed: &[u8; 32], message: &[u8]) -> Option<Vec<u8>>;

	/// Whether the signature is one of the message under the key. Malformed keys and signatures
	/// are wrong ones.
	fn verify(&self, public: &[u8], message: &[u8], signature: &[u8]) -> bool;
}

/// Ed25519 (RFC 8032).
pub(super) struct Ed25519;

impl Ed25519 {
	fn key(public: &[u8]) -> Option<ed25519_dalek::VerifyingKey> {
		let key = ed25519_dalek::VerifyingKey::try_from(public).ok()?;
		// Under a key of small order one signature fits many messages.
		(!key.is_weak()).then_some(key)
	}
}

impl Scheme for Ed25519 {
	fn public_key(&self, seed: &[u8; 32]) -> Vec<u8> {
		ed25519_dalek::SigningKey::from_bytes(seed).verifying_key().to_bytes().to_vec()
	}

	fn accepts(&self, public: &[u8]) -> bool {
		Self::key(public).is_some()
	}

	fn sign(&self, seed: &[u8; 32], message: &[u8]) -> Option<Vec<u8>> {
		let signature = ed25519_dalek::SigningKey::from_bytes(seed).try_sign(message).ok()?;
		Some(signature.to_bytes().to_vec())
	}

	fn verify(&self, public: &[u8], message: &[u8], signature: &[u8]) -> bool {
		let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
		// Strict: a signature has one form, and all verifiers agree on it.
		Self::key(public).is_some_and(|key| key.verify_strict(message, &signature).is_ok())
	}
}

/// ML-DSA-65 (FIPS 204) with an empty context, as RFC 9964 section 4 has it. The seed is the
/// private key.
pub(super) struct MlDsa65;

impl MlDsa65 {
	fn key(public: &[u8]) -> Option<ml_dsa::VerifyingKey<Parameters>> {
		let encoded = EncodedVerifyingKey::<Parameters>::try_from(public).ok()?;
		Some(ml_dsa::VerifyingKey::decode(&encoded))
	}
}

impl Scheme for MlDsa65 {
	fn public_key(&self, seed: &[u8; 32]) -> Vec<u8> {
		let key = ml_dsa::SigningKey::<Parameters>::from_seed(seed.into());
		key.expanded_key().verifying_key().encode().to_vec()
	}

	fn accepts(&self, public: &[u8]) -> bool {
		Self::key(public).is_some()
	}

	fn sign(&self, seed: &[u8; 32], message: &[u8]) -> Option<Vec<u8>> {
		let key = ml_dsa::SigningKey::<Parameters>::from_seed(seed.into());
		let signature = key.expanded_key().sign_deterministic(message, &[]).ok()?;
		Some(signature.encode().to_vec())
	}

	fn verify(&self, public: &[u8], message: &[u8], signature: &[u8]) -> bool {
		let Ok(signature) = ml_dsa::Signature::<Parameters>::try_from(signature) else {
			return false;
		};
		Self::key(public).is_some_and(|key| key.verify_with_context(message, &[], &signature))
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	#[test]
	fn both_sign_and_refuse_what_was_changed() {
		for scheme in [&Ed25519 as &dyn Scheme, &MlDsa65] {
			let public = scheme.public_key(&[7; 32]);
			assert!(scheme.accepts(&public));
			let signature = scheme.sign(&[7; 32], b"message").unwrap();
			assert!(scheme.verify(&public, b"message", &signature));
			assert!(!scheme.verify(&public, b"massage", &signature));
			assert!(!scheme.verify(&scheme.public_key(&[8; 32]), b"message", &signature));
			for at in [0, signature.len() / 2, signature.len() - 1] {
				let mut changed = signature.clone();
				changed[at] ^= 1;
				assert!(!scheme.verify(&public, b"message", &changed), "byte {at}");
			}
			assert!(!scheme.verify(&public, b"message", &signature[1..]));
			assert!(!scheme.verify(&public[1..], b"message", &signature));
			assert!(!scheme.accepts(&public[1..]));
		}
	}

	#[test]
	fn an_ed25519_key_of_small_order_is_refused() {
		let mut identity = [0; 32];
		identity[0] = 1;
		assert!(!Ed25519.accepts(&identity));
		assert!(!Ed25519.accepts(&[0; 32]));
	}
}
