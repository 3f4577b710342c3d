//! Keys that sign, and keys that verify.

use super::{Algorithm, JwkError};
use crate::{base64url, json::Object};
use hdx_sdk::seal::Secret;
use std::fmt;

/// A public key: an algorithm, and the bytes that it takes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PublicKey {
	algorithm: Algorithm,
	bytes: Vec<u8>,
}

impl PublicKey {
	/// Reads a key: 32 bytes of Ed25519, or 1,952 of ML-DSA-65.
	///
	/// # Errors
	///
	/// [`JwkError::NotAKey`], also for an Ed25519 key of small order.
	pub fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, JwkError> {
		if !algorithm.scheme().accepts(bytes) {
			return Err(JwkError::NotAKey { algorithm, found: bytes.len() });
		}
		Ok(Self { algorithm, bytes: bytes.to_vec() })
	}

	/// What the key signs with.
	pub fn algorithm(&self) -> Algorithm {
		self.algorithm
	}

	/// The key.
	pub fn as_bytes(&self) -> &[u8] {
		&self.bytes
	}

	/// Whether the signature is one of the message under this key.
	pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
		self.algorithm.scheme().verify(&self.bytes, message, signature)
	}

	/// The DID URL of this key in the document of `controller`: its fragment is the thumbprint.
	pub fn kid(&self, controller: &str) -> String {
		format!("{controller}#{}", self.thumbprint())
	}

	/// The thumbprint (RFC 7638), in base64url: SHA-256 of the members that make the key, in the
	/// order of their names.
	pub fn thumbprint(&self) -> String {
		let members: Object = self.to_jwk();
		base64url::encode(&sp_crypto_hashing::sha2_256(
			serde_json::Value::Object(members).to_string().as_bytes(),
		))
	}
}

impl fmt::Debug for PublicKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "PublicKey({} {})", self.algorithm, self.thumbprint())
	}
}

/// Whether a DID URL names a key of this DID.
pub(crate) fn is_of(kid: &str, controller: &str) -> bool {
	kid.strip_prefix(controller).is_some_and(|rest| rest.starts_with('#'))
}

/// Whoever signs: a key in memory, or one that never leaves its device.
pub trait Signer {
	/// The key that verifies.
	fn public(&self) -> PublicKey;

	/// The signature of a message; none when the signer refuses.
	fn sign(&self, message: &[u8]) -> Option<Vec<u8>>;

	/// What tokens of `issuer` name the key by: a DID URL.
	fn kid(&self, issuer: &str) -> String {
		self.public().kid(issuer)
	}
}

/// A signer whose key has a name in its issuer's DID document, such as `did:hdx:…#key-0`. Whoever
/// resolves the DID finds the key by that.
pub struct Named<S> {
	/// Who signs.
	pub signer: S,
	/// The key's DID URL.
	pub kid: String,
}

impl<S: Signer> Signer for Named<S> {
	fn public(&self) -> PublicKey {
		self.signer.public()
	}

	fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
		self.signer.sign(message)
	}

	fn kid(&self, _: &str) -> String {
		self.kid.clone()
	}
}

/// A key that signs. Only its seed of 256 bits is secret, and it is overwritten when dropped.
#[derive(Clone)]
pub struct SigningKey {
	seed: Secret,
	public: PublicKey,
}

impl SigningKey {
	/// A new key from the system's randomness.
	///
	/// # Errors
	///
	/// When the system gives none.
	pub fn generate(algorithm: Algorithm) -> Result<Self, hdx_sdk::seal::KeyFileError> {
		Ok(Self::from_seed(algorithm, Secret::random()?))
	}

	/// The key of a seed (RFC 8032 section 5.1.5; FIPS 204 algorithm 6).
	pub fn from_seed(algorithm: Algorithm, seed: Secret) -> Self {
		let bytes = algorithm.scheme().public_key(seed.expose());
		Self { seed, public: PublicKey { algorithm, bytes } }
	}

	/// What the key signs with.
	pub fn algorithm(&self) -> Algorithm {
		self.public.algorithm
	}

	/// The key that verifies.
	pub fn public(&self) -> PublicKey {
		self.public.clone()
	}

	pub(super) fn seed(&self) -> &Secret {
		&self.seed
	}
}

impl Signer for SigningKey {
	fn public(&self) -> PublicKey {
		self.public.clone()
	}

	fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
		self.public.algorithm.scheme().sign(self.seed.expose(), message)
	}
}

impl fmt::Debug for SigningKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "SigningKey({} {}, seed …)", self.algorithm(), self.public.thumbprint())
	}
}
