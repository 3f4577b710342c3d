//! Content ids: names that are derived from what they name.

use cid::{multihash::Multihash, Cid};
use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The multicodec of plain bytes.
const RAW: u64 = 0x55;
/// The multihash code of SHA-256.
const SHA2_256: u64 = 0x12;

/// The CIDv1 (raw codec, SHA-256) of some bytes, written in base32 as IPFS tools write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId([u8; 32]);

impl ContentId {
	/// The content id of `bytes`.
	pub fn of(bytes: &[u8]) -> Self {
		Self(sp_crypto_hashing::sha2_256(bytes))
	}

	/// Whether `bytes` are the ones this id names.
	pub fn names(&self, bytes: &[u8]) -> bool {
		Self::of(bytes) == *self
	}

	/// The SHA-256 hash that the id holds; all else in it is fixed.
	pub fn digest(&self) -> &[u8; 32] {
		&self.0
	}
}

impl fmt::Display for ContentId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let hash: Multihash<64> = Multihash::wrap(SHA2_256, &self.0).map_err(|_| fmt::Error)?;
		Cid::new_v1(RAW, hash).fmt(f)
	}
}

impl fmt::Debug for ContentId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "ContentId({self})")
	}
}

/// The text is not a content id that this store uses.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a CIDv1 of raw bytes under SHA-256")]
pub struct InvalidContentId(pub String);

impl FromStr for ContentId {
	type Err = InvalidContentId;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let invalid = || InvalidContentId(text.to_owned());
		let cid = Cid::from_str(text).map_err(|_| invalid())?;
		let id = Self(cid.hash().digest().try_into().map_err(|_| invalid())?);
		// One way to write an id, which holds version, codec and hash function too.
		if id.to_string() == text {
			Ok(id)
		} else {
			Err(invalid())
		}
	}
}

impl Serialize for ContentId {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for ContentId {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
	}
}
