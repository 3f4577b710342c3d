//! Keys as verification methods (Controlled Identifiers 1.0, section 2.2).

use super::document::date_time;
use cid::multibase::{self, Base};
use hdx_primitives::{
	did::{Did, KeyEntry, KeyMaterial, KeyScheme, MaterialError},
	Milliseconds,
};
use serde::Serialize;

/// A key that is, or was, in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct VerificationMethod {
	/// Its URL: the DID, `#key-` and its index.
	pub id: String,
	/// How the key is written, and the key.
	#[serde(flatten)]
	pub key: PublicKey,
	/// Whose key it is: the DID.
	pub controller: String,
	/// From when on it will not be in force any more.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub expires: Option<String>,
	/// Since when it is not in force any more.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub revoked: Option<String>,
}

/// A public key, as documents write it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "type")]
pub enum PublicKey {
	/// A key with a code of the multicodec table.
	Multikey {
		/// See [`multikey`].
		#[serde(rename = "publicKeyMultibase")]
		public_key_multibase: String,
	},
	/// An X-Wing key.
	JsonWebKey {
		/// The key.
		#[serde(rename = "publicKeyJwk")]
		public_key_jwk: PublicJwk,
	},
}

/// A key of an algorithm without parameters of its own, as `AKP` keys of JOSE have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PublicJwk {
	/// `AKP`: an algorithm key pair.
	pub kty: &'static str,
	/// `X-Wing`: ML-KEM-768 and X25519 (draft-connolly-cfrg-xwing-kem). Not registered with IANA.
	pub alg: &'static str,
	/// `enc`: others encrypt to it.
	#[serde(rename = "use")]
	pub usage: &'static str,
	/// The bytes of the key, in base64url without padding.
	#[serde(rename = "pub")]
	pub public: String,
}

/// Why a text is not the Multikey of a key that a DID can list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAMultikey {
	/// Not base58btc, which begins with `z`.
	#[error("it is not in base58btc, which begins with z")]
	NotBase58,
	/// The multicodec is another.
	#[error("its multicodec is not that of Ed25519, X25519, sr25519 or ML-DSA-65")]
	UnknownCodec,
	/// The bytes are no such key.
	#[error("it holds no key that anybody should use ({0:?})")]
	Material(MaterialError),
}

/// The multicodec of a scheme, as a varint. X-Wing has none.
fn multicodec(scheme: KeyScheme) -> Option<[u8; 2]> {
	match scheme {
		// ed25519-pub, 0xed
		KeyScheme::Ed25519 => Some([0xed, 0x01]),
		// x25519-pub, 0xec
		KeyScheme::X25519 => Some([0xec, 0x01]),
		// sr25519-pub, 0xef
		KeyScheme::Sr25519 => Some([0xef, 0x01]),
		// mldsa-65-pub, 0x1211
		KeyScheme::MlDsa65 => Some([0x91, 0x24]),
		KeyScheme::XWing => None,
	}
}

/// A key as a Multikey: its multicodec and its bytes, in base58btc. `None`: X-Wing has no code in the
/// multicodec table.
pub fn multikey(material: &KeyMaterial) -> Option<String> {
	let codec = multicodec(material.scheme())?;
	Some(multibase::encode(Base::Base58Btc, [codec.as_slice(), material.as_bytes()].concat()))
}

/// Reads a Multikey.
///
/// # Errors
///
/// [`NotAMultikey`].
pub fn read_multikey(text: &str) -> Result<KeyMaterial, NotAMultikey> {
	const SCHEMES: [KeyScheme; 4] =
		[KeyScheme::Ed25519, KeyScheme::X25519, KeyScheme::Sr25519, KeyScheme::MlDsa65];
	let (base, bytes) = multibase::decode(text).map_err(|_| NotAMultikey::NotBase58)?;
	if base != Base::Base58Btc {
		return Err(NotAMultikey::NotBase58);
	}
	let (codec, key) = bytes.split_first_chunk::<2>().ok_or(NotAMultikey::UnknownCodec)?;
	let scheme = SCHEMES.into_iter().find(|scheme| multicodec(*scheme) == Some(*codec));
	let scheme = scheme.ok_or(NotAMultikey::UnknownCodec)?;
	KeyMaterial::from_bytes(scheme, key).map_err(NotAMultikey::Material)
}

impl PublicKey {
	/// A key, as documents write it.
	pub fn of(material: &KeyMaterial) -> Self {
		match multikey(material) {
			Some(public_key_multibase) => Self::Multikey { public_key_multibase },
			None => Self::JsonWebKey {
				public_key_jwk: PublicJwk {
					kty: "AKP",
					alg: "X-Wing",
					usage: "enc",
					public: Base::Base64Url.encode(material.as_bytes()),
				},
			},
		}
	}
}

impl VerificationMethod {
	/// A key of a DID, as it is to be seen at `at`.
	pub(super) fn new(did: &Did, entry: &KeyEntry, at: Milliseconds) -> Self {
		let (revoked, expires) = match entry.key.valid_until {
			Some(end) if end <= at => (Some(date_time(end)), None),
			Some(end) => (None, Some(date_time(end))),
			None => (None, None),
		};
		Self {
			id: did.key_url(entry.index).to_string(),
			key: PublicKey::of(&entry.key.material),
			controller: did.to_string(),
			expires,
			revoked,
		}
	}
}
