//! A set of authorities in a file, for who trusts it.

use super::{HexBytes, SetId, TrustRoot};
use codec::{DecodeAll, Encode};
use serde::{Deserialize, Serialize};
use sp_consensus_grandpa::{AuthorityId, AuthorityList, AuthorityWeight};
use std::collections::BTreeSet;

/// A set of GRANDPA authorities as it is written down and handed over, by way of somebody who is trusted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthoritySet {
	/// The number of the set. That of the genesis block is zero, and each change adds one.
	pub set_id: SetId,
	/// Its members, each once.
	pub authorities: Vec<Authority>,
}

/// A member of a set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
	/// The public key: 32 bytes, Ed25519.
	pub id: HexBytes,
	/// The weight of its vote; one on chains of this project.
	pub weight: AuthorityWeight,
}

/// Why what is written down is no set of authorities.
#[derive(Debug, thiserror::Error)]
pub enum AuthoritiesError {
	/// It is not in the form of a set.
	#[error("it is no set of authorities: {0}")]
	Malformed(#[from] serde_json::Error),
	/// It has no members.
	#[error("it names no authorities")]
	Empty,
	/// A key has not 32 bytes.
	#[error("{id:?} is no key of an authority, which has 32 bytes")]
	NoKey {
		/// What is there.
		id: HexBytes,
	},
	/// An authority is named twice.
	#[error("authority {id:?} is named twice")]
	Twice {
		/// Its key.
		id: HexBytes,
	},
	/// An authority has no vote.
	#[error("authority {id:?} has no weight")]
	Weightless {
		/// Its key.
		id: HexBytes,
	},
}

impl AuthoritySet {
	/// A set with these members.
	pub fn new(set_id: SetId, authorities: &AuthorityList) -> Self {
		let member = |(id, weight): &(AuthorityId, AuthorityWeight)| Authority {
			id: id.encode().into(),
			weight: *weight,
		};
		Self { set_id, authorities: authorities.iter().map(member).collect() }
	}

	/// Reads a set from JSON, and checks it.
	///
	/// # Errors
	///
	/// [`AuthoritiesError`].
	pub fn from_json(json: &str) -> Result<Self, AuthoritiesError> {
		let set: Self = serde_json::from_str(json)?;
		set.trust()?;
		Ok(set)
	}

	/// Writes the set as JSON.
	///
	/// # Errors
	///
	/// None that is known; the signature is that of the serializer.
	pub fn to_json(&self) -> Result<String, serde_json::Error> {
		serde_json::to_string_pretty(self)
	}

	/// What a verifier trusts who trusts this set.
	///
	/// # Errors
	///
	/// [`AuthoritiesError`], but for [`AuthoritiesError::Malformed`].
	pub fn trust(&self) -> Result<TrustRoot, AuthoritiesError> {
		let mut known = BTreeSet::new();
		let mut authorities = AuthorityList::new();
		for Authority { id, weight } in &self.authorities {
			let key = AuthorityId::decode_all(&mut &id.0[..]);
			let key = key.map_err(|_| AuthoritiesError::NoKey { id: id.clone() })?;
			if !known.insert(key.clone()) {
				return Err(AuthoritiesError::Twice { id: id.clone() });
			}
			if *weight == 0 {
				return Err(AuthoritiesError::Weightless { id: id.clone() });
			}
			authorities.push((key, *weight));
		}
		if authorities.is_empty() {
			return Err(AuthoritiesError::Empty);
		}
		Ok(TrustRoot::Authorities { set_id: self.set_id, authorities })
	}
}
