//! Public keys, and what can be told about them without their private halves.

mod curve;
mod lattice;

use crate::did::Relationships;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::traits::{BlakeTwo256, Hash as _};

/// Length of an ML-DSA-65 public key (FIPS 204, table 2).
pub const ML_DSA_65_BYTES: u32 = 1_952;
/// Length of an X-Wing public key: one of ML-KEM-768, 1184 bytes, and one of X25519
/// (draft-connolly-cfrg-xwing-kem, section 5.2).
pub const X_WING_BYTES: u32 = 1_216;

/// What kind of key.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum KeyScheme {
	/// Schnorr signatures over Ristretto255: what accounts sign with.
	Sr25519,
	/// Ed25519 signatures (RFC 8032).
	Ed25519,
	/// X25519 key agreement (RFC 7748).
	X25519,
	/// ML-DSA-65 signatures (FIPS 204).
	MlDsa65,
	/// X-Wing key encapsulation: ML-KEM-768 and X25519.
	XWing,
}

impl KeyScheme {
	/// What keys of this kind can be used for.
	pub fn relationships(self) -> Relationships {
		match self {
			Self::Sr25519 | Self::Ed25519 | Self::MlDsa65 => Relationships::SIGNING,
			Self::X25519 | Self::XWing => Relationships::KEY_AGREEMENT,
		}
	}

	/// Length of a public key of this kind, in bytes.
	pub fn public_key_bytes(self) -> u32 {
		match self {
			Self::Sr25519 | Self::Ed25519 | Self::X25519 => 32,
			Self::MlDsa65 => ML_DSA_65_BYTES,
			Self::XWing => X_WING_BYTES,
		}
	}
}

/// A public key. The long ones can be encoded too short; [`KeyMaterial::check`] tells.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum KeyMaterial {
	/// [`KeyScheme::Sr25519`].
	Sr25519([u8; 32]),
	/// [`KeyScheme::Ed25519`].
	Ed25519([u8; 32]),
	/// [`KeyScheme::X25519`].
	X25519([u8; 32]),
	/// [`KeyScheme::MlDsa65`].
	MlDsa65(BoundedVec<u8, ConstU32<ML_DSA_65_BYTES>>),
	/// [`KeyScheme::XWing`].
	XWing(BoundedVec<u8, ConstU32<X_WING_BYTES>>),
}

/// The BLAKE2-256 hash of a public key's bytes. For X-Wing keys it is what the provider registry
/// holds of a practitioner's key.
pub type KeyFingerprint = [u8; 32];

/// Why bytes are not a public key that anybody should use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MaterialError {
	/// Not as long as keys of this kind are.
	WrongLength,
	/// A number is not in its one canonical encoding, so the same key could be listed twice.
	NotCanonical,
	/// No point of the curve is encoded so.
	NotAPoint,
	/// The point has a part of low order (all zeros for X25519, for one): secrets agreed on with it
	/// are known to everybody, or signatures verify for more than one message.
	LowOrder,
	/// A coefficient of the ML-KEM key is not reduced (FIPS 203, section 7.2, modulus check).
	CoefficientTooLarge,
	/// All coefficients of the lattice key are zero: it takes no secret to use it.
	AllZero,
}

impl KeyMaterial {
	/// The public key that these bytes are.
	///
	/// # Errors
	///
	/// See [`MaterialError`].
	pub fn from_bytes(scheme: KeyScheme, bytes: &[u8]) -> Result<Self, MaterialError> {
		let wrong_length = |_| MaterialError::WrongLength;
		let short = || <[u8; 32]>::try_from(bytes).map_err(|_| MaterialError::WrongLength);
		let material = match scheme {
			KeyScheme::Sr25519 => Self::Sr25519(short()?),
			KeyScheme::Ed25519 => Self::Ed25519(short()?),
			KeyScheme::X25519 => Self::X25519(short()?),
			KeyScheme::MlDsa65 => Self::MlDsa65(bytes.to_vec().try_into().map_err(wrong_length)?),
			KeyScheme::XWing => Self::XWing(bytes.to_vec().try_into().map_err(wrong_length)?),
		};
		material.check()?;
		Ok(material)
	}

	/// What kind of key it is.
	pub fn scheme(&self) -> KeyScheme {
		match self {
			Self::Sr25519(_) => KeyScheme::Sr25519,
			Self::Ed25519(_) => KeyScheme::Ed25519,
			Self::X25519(_) => KeyScheme::X25519,
			Self::MlDsa65(_) => KeyScheme::MlDsa65,
			Self::XWing(_) => KeyScheme::XWing,
		}
	}

	/// Its bytes, as its scheme encodes it.
	pub fn as_bytes(&self) -> &[u8] {
		match self {
			Self::Sr25519(key) | Self::Ed25519(key) | Self::X25519(key) => key,
			Self::MlDsa65(key) => key,
			Self::XWing(key) => key,
		}
	}

	/// Its fingerprint.
	pub fn fingerprint(&self) -> KeyFingerprint {
		BlakeTwo256::hash(self.as_bytes()).0
	}

	/// Checks all that its bytes alone tell. Whether anybody holds the private half, they do not.
	///
	/// # Errors
	///
	/// See [`MaterialError`].
	pub fn check(&self) -> Result<(), MaterialError> {
		match self {
			Self::Sr25519(key) => curve::check_ristretto(key),
			Self::Ed25519(key) => curve::check_edwards(key),
			Self::X25519(key) => curve::check_montgomery(key),
			Self::MlDsa65(key) => lattice::check_ml_dsa_65(key),
			Self::XWing(key) => {
				let (ml_kem, x25519) =
					key.split_last_chunk::<32>().ok_or(MaterialError::WrongLength)?;
				lattice::check_ml_kem_768(ml_kem)?;
				curve::check_montgomery(x25519)
			},
		}
	}
}
