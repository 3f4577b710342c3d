//! Content ids: names that are derived from what they name.

use cid::Cid;
use multihash_codetable::{Code as HashCode, MultihashDigest};
use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The multicodec of plain bytes.
const RAW: u64 = 0x55;
/// The multihash code of SHA-256.
const SHA2_256: u64 = 0x12;

/// The CIDv1 (raw codec, SHA-256) of some bytes, written in base32 as IPFS tools write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ContentId(Cid);

impl ContentId {
	/// The content id of `bytes`.
	pub fn of(bytes: &[u8]) -> Self {
		Self(Cid::new_v1(RAW, HashCode::Sha2_256.digest(bytes)))
	}

	/// Whether `bytes` are the ones this id names.
	pub fn names(&self, bytes: &[u8]) -> bool {
		Self::of(bytes) == *self
	}

	/// The id in its binary form.
	pub fn to_bytes(self) -> Vec<u8> {
		self.0.to_bytes()
	}
}

impl fmt::Display for ContentId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
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
		let hash = cid.hash();
		let ours = cid.version() == cid::Version::V1
			&& cid.codec() == RAW
			&& hash.code() == SHA2_256
			&& hash.size() == 32;
		// One way to write an id, so that comparing texts and comparing ids is the same.
		if ours && cid.to_string() == text {
			Ok(Self(cid))
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
