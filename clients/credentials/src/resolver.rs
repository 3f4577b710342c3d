//! Where the keys of issuers come from.

use crate::jose::PublicKey;
use jiff::Timestamp;
use std::{
	collections::BTreeMap,
	ops::{Bound, RangeBounds},
};

/// Why there is no key to verify with.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ResolveError {
	/// Nobody knows the key.
	#[error("the key `{kid}` is not known; get the issuer's key from somebody you trust")]
	Unknown {
		/// Its id.
		kid: String,
	},
	/// The key is known, and was not in force then.
	#[error(
		"the key `{kid}` was not in force at {at}; the issuer must sign again with a key that is"
	)]
	NotInForce {
		/// Its id.
		kid: String,
		/// When it should have been.
		at: Timestamp,
	},
	/// The directory cannot be asked.
	#[error("the key `{kid}` cannot be looked up: {reason}")]
	Unavailable {
		/// Its id.
		kid: String,
		/// Why.
		reason: String,
	},
}

/// A directory of keys, such as the chain's DID documents.
pub trait KeyResolver {
	/// The key that the DID URL `kid` names, if it was in force at `at`.
	///
	/// # Errors
	///
	/// [`ResolveError`]. A key that is known for another time is not in force, never unknown.
	fn resolve(&self, kid: &str, at: Timestamp) -> Result<PublicKey, ResolveError>;
}

/// A DID has no fragment; nothing else names a key.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{did}` is no DID: it begins with did: and has no #")]
pub struct NotADidUrl {
	/// What was given.
	pub did: String,
}

#[derive(Clone)]
struct Known {
	key: PublicKey,
	from: Bound<Timestamp>,
	until: Bound<Timestamp>,
}

/// Keys that somebody vouches for, in memory: those of key files, or of a DID document that was
/// resolved before.
#[derive(Clone, Default)]
pub struct KnownKeys(BTreeMap<String, Known>);

impl KnownKeys {
	/// Adds a key of `controller`, in force during `interval`. It is known by
	/// `controller#thumbprint`, as [`issue`](crate::sd_jwt::issue()) names it.
	///
	/// # Errors
	///
	/// [`NotADidUrl`].
	pub fn insert(
		&mut self,
		controller: &str,
		key: PublicKey,
		interval: impl RangeBounds<Timestamp>,
	) -> Result<(), NotADidUrl> {
		if !is_did(controller) {
			return Err(NotADidUrl { did: controller.to_owned() });
		}
		let kid = key.kid(controller);
		self.insert_as(kid, key, interval);
		Ok(())
	}

	/// Adds a key under an id of the directory's own, such as `did:hdx:…#key-1`.
	pub fn insert_as(
		&mut self,
		kid: impl Into<String>,
		key: PublicKey,
		interval: impl RangeBounds<Timestamp>,
	) {
		let (from, until) = (interval.start_bound().cloned(), interval.end_bound().cloned());
		self.0.insert(kid.into(), Known { key, from, until });
	}
}

impl KeyResolver for KnownKeys {
	fn resolve(&self, kid: &str, at: Timestamp) -> Result<PublicKey, ResolveError> {
		let unknown = || ResolveError::Unknown { kid: kid.to_owned() };
		let known = self.0.get(kid).ok_or_else(unknown)?;
		if (known.from, known.until).contains(&at) {
			return Ok(known.key.clone());
		}
		Err(ResolveError::NotInForce { kid: kid.to_owned(), at })
	}
}

/// Whether a text has the shape of a DID (W3C DID Core section 3.1), without path or fragment.
pub(crate) fn is_did(text: &str) -> bool {
	let mut parts = text.splitn(3, ':');
	let allowed =
		|part: &str| part.bytes().all(|one| one.is_ascii_alphanumeric() || b"._-:%".contains(&one));
	let method = |part: &str| {
		!part.is_empty() && part.bytes().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit())
	};
	parts.next() == Some("did")
		&& parts.next().is_some_and(method)
		&& parts.next().is_some_and(|id| !id.is_empty() && !id.ends_with(':') && allowed(id))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::jose::{Algorithm, SigningKey};

	#[test]
	fn a_key_serves_only_while_it_is_in_force() {
		let key = SigningKey::generate(Algorithm::EdDsa).unwrap().public();
		let at = |second| Timestamp::from_second(second).unwrap();
		let mut keys = KnownKeys::default();
		keys.insert("did:web:board.example", key.clone(), at(10)..at(20)).unwrap();
		let kid = key.kid("did:web:board.example");
		assert_eq!(keys.resolve(&kid, at(10)).unwrap(), key);
		assert_eq!(keys.resolve(&kid, at(19)).unwrap(), key);
		for outside in [9, 20] {
			let error = keys.resolve(&kid, at(outside)).unwrap_err();
			assert!(matches!(error, ResolveError::NotInForce { .. }), "{error}");
		}
		let other = keys.resolve("did:web:board.example#1", at(10)).unwrap_err();
		assert!(matches!(other, ResolveError::Unknown { .. }), "{other}");
	}

	#[test]
	fn only_a_did_controls_keys() {
		let key = SigningKey::generate(Algorithm::EdDsa).unwrap().public();
		for did in
			["", "did:", "did:web", "did:web:", "web:x", "did:web:x#1", "did:WEB:x", "did:web:x/y"]
		{
			assert!(KnownKeys::default().insert(did, key.clone(), ..).is_err(), "{did}");
		}
	}
}
