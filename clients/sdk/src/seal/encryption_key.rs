//! The key pair to which section keys are wrapped.

use super::{error::KeyFileError, secret::Secret, secret_file};
use hpke::{kem::XWing, Deserializable, Kem, Serializable};
use serde::{Deserialize, Serialize};
use std::{fmt, path::Path};

const FORMAT: &str = "hdx-encryption-key/1";
const PUBLIC_FORMAT: &str = "hdx-encryption-public-key/1";
const EXPECTED: &str = "a file with an encryption key";

/// Size of a public key, in bytes: ML-KEM-768 (1184) and X25519 (32).
pub const PUBLIC_KEY_BYTES: usize = 1216;

/// BLAKE2-256 of a public key: what the provider registry has as `key_agreement`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(#[serde(with = "hex::serde")] pub [u8; 32]);

impl fmt::Display for Fingerprint {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "0x{}", hex::encode(self.0))
	}
}

impl fmt::Debug for Fingerprint {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Fingerprint({self})")
	}
}

/// An X-Wing public key (ML-KEM-768 and X25519).
#[derive(Clone, PartialEq, Eq)]
pub struct EncryptionPublicKey(<XWing as Kem>::PublicKey);

impl fmt::Debug for EncryptionPublicKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "EncryptionPublicKey({})", self.fingerprint())
	}
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicFile {
	format: String,
	fingerprint: Fingerprint,
	#[serde(with = "hex::serde")]
	public: Vec<u8>,
}

impl EncryptionPublicKey {
	/// Reads a public key of [`PUBLIC_KEY_BYTES`] bytes.
	///
	/// # Errors
	///
	/// [`KeyFileError::InvalidPublicKey`].
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyFileError> {
		<XWing as Kem>::PublicKey::from_bytes(bytes)
			.map(Self)
			.map_err(|_| KeyFileError::InvalidPublicKey)
	}

	/// The [`PUBLIC_KEY_BYTES`] bytes.
	pub fn to_bytes(&self) -> Vec<u8> {
		self.0.to_bytes().to_vec()
	}

	/// What the chain calls this key.
	pub fn fingerprint(&self) -> Fingerprint {
		Fingerprint(sp_crypto_hashing::blake2_256(&self.to_bytes()))
	}

	/// Checks that this is the key that the chain names.
	///
	/// # Errors
	///
	/// [`KeyFileError::FingerprintMismatch`].
	pub fn check(&self, key_agreement: &[u8; 32]) -> Result<(), KeyFileError> {
		let found = self.fingerprint();
		if found.0 == *key_agreement {
			return Ok(());
		}
		Err(KeyFileError::FingerprintMismatch {
			found: found.to_string(),
			expected: Fingerprint(*key_agreement).to_string(),
		})
	}

	/// Writes the key into a file that may be passed on.
	///
	/// # Errors
	///
	/// [`KeyFileError::Io`].
	pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
		let file = PublicFile {
			format: PUBLIC_FORMAT.to_owned(),
			fingerprint: self.fingerprint(),
			public: self.to_bytes(),
		};
		serde_json::to_vec_pretty(&file)
			.map_err(std::io::Error::other)
			.and_then(|text| std::fs::write(path, text))
			.map_err(|source| KeyFileError::Io { file: path.display().to_string(), source })
	}

	/// Reads a file that [`EncryptionPublicKey::write`] made.
	///
	/// # Errors
	///
	/// [`KeyFileError::Io`], [`KeyFileError::Malformed`] or [`KeyFileError::InvalidPublicKey`].
	pub fn read(path: &Path) -> Result<Self, KeyFileError> {
		let name = path.display().to_string();
		let malformed = |detail| KeyFileError::Malformed {
			file: name.clone(),
			expected: "a file with a public encryption key",
			detail,
		};
		let text = std::fs::read(path)
			.map_err(|source| KeyFileError::Io { file: name.clone(), source })?;
		let file: PublicFile =
			serde_json::from_slice(&text).map_err(|error| malformed(error.to_string()))?;
		if file.format != PUBLIC_FORMAT {
			return Err(malformed(format!("its format is `{}`", file.format)));
		}
		let key = Self::from_bytes(&file.public)?;
		key.check(&file.fingerprint.0)?;
		Ok(key)
	}

	pub(super) fn inner(&self) -> &<XWing as Kem>::PublicKey {
		&self.0
	}
}

/// The key pair of a grantee. Only the 256-bit seed is secret and stored.
#[derive(Clone)]
pub struct EncryptionKeyPair {
	seed: Secret,
	public: EncryptionPublicKey,
}

impl fmt::Debug for EncryptionKeyPair {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "EncryptionKeyPair({}, seed …)", self.public.fingerprint())
	}
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedFile {
	format: String,
	fingerprint: Fingerprint,
	seed: Secret,
}

impl EncryptionKeyPair {
	/// A new key pair from the system's randomness.
	///
	/// # Errors
	///
	/// [`KeyFileError::NoRandomness`].
	pub fn generate() -> Result<Self, KeyFileError> {
		Self::from_seed(Secret::random()?)
	}

	/// The public half.
	pub fn public(&self) -> &EncryptionPublicKey {
		&self.public
	}

	/// What the chain calls this key pair.
	pub fn fingerprint(&self) -> Fingerprint {
		self.public.fingerprint()
	}

	/// Writes the seed into a new file with mode 0600.
	///
	/// # Errors
	///
	/// [`KeyFileError::Exists`] or [`KeyFileError::Io`].
	pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
		let file = SeedFile {
			format: FORMAT.to_owned(),
			fingerprint: self.fingerprint(),
			seed: self.seed.clone(),
		};
		secret_file::write(path, &file)
	}

	/// Reads the seed from a file that only its owner may read.
	///
	/// # Errors
	///
	/// [`KeyFileError::Io`], [`KeyFileError::Exposed`] or [`KeyFileError::Malformed`].
	pub fn read(path: &Path) -> Result<Self, KeyFileError> {
		let file: SeedFile = secret_file::read(path, EXPECTED)?;
		let malformed = |detail| KeyFileError::Malformed {
			file: path.display().to_string(),
			expected: EXPECTED,
			detail,
		};
		if file.format != FORMAT {
			return Err(malformed(format!("its format is `{}`", file.format)));
		}
		let pair = Self::from_seed(file.seed)?;
		if pair.fingerprint() != file.fingerprint {
			return Err(malformed("the seed does not belong to the fingerprint".to_owned()));
		}
		Ok(pair)
	}

	/// The X-Wing private key is the seed itself.
	fn from_seed(seed: Secret) -> Result<Self, KeyFileError> {
		let private = <XWing as Kem>::PrivateKey::from_bytes(seed.expose())
			.map_err(|_| KeyFileError::InvalidPublicKey)?;
		let public = EncryptionPublicKey(XWing::sk_to_pk(&private));
		Ok(Self { seed, public })
	}

	/// The private key, for one use.
	pub(super) fn private(&self) -> Option<<XWing as Kem>::PrivateKey> {
		<XWing as Kem>::PrivateKey::from_bytes(self.seed.expose()).ok()
	}
}
