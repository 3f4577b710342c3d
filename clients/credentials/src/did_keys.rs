//! The keys of issuers whose DID is on the chain.

use crate::{
	jose::{Algorithm, PublicKey},
	KnownKeys,
};
use hdx_primitives::{
	did::{DidResolution, KeyMaterial},
	Milliseconds,
};
use jiff::Timestamp;
use std::ops::Bound;

impl KnownKeys {
	/// Adds the keys that a DID lists for assertions (`assertionMethod`) and with which credentials can
	/// be signed: Ed25519 and ML-DSA-65. Each is known by its URL in the DID document
	/// (`did:hdx:…#key-1`) and by `did:hdx:…#thumbprint`, for as long as the document has it in force: keys
	/// that have ended verify what was signed before.
	///
	/// What is signed says the second (`iat`, RFC 7519 section 2, as everybody writes it), and the chain milliseconds. So a key
	/// counts from the beginning of the second in which it was listed, or what it signs at once would never hold.
	pub fn insert_did(&mut self, resolution: &DidResolution) {
		for entry in &resolution.keys {
			let Some(key) = signing(&entry.key.material) else { continue };
			let is_over_at_once =
				entry.key.valid_until.is_some_and(|end| end <= entry.key.valid_from);
			if !entry.key.relationships.assertion_method || is_over_at_once {
				continue;
			}
			let end =
				entry.key.valid_until.map_or(Bound::Unbounded, |end| Bound::Excluded(time(end)));
			let interval = (Bound::Included(second_of(entry.key.valid_from)), end);
			let did = resolution.did.to_string();
			self.insert_as(key.kid(&did), key.clone(), interval);
			self.insert_as(resolution.did.key_url(entry.index).to_string(), key, interval);
		}
	}
}

/// The key, if credentials can be signed with it. The chain lists sound keys only.
fn signing(material: &KeyMaterial) -> Option<PublicKey> {
	let (algorithm, bytes) = match material {
		KeyMaterial::Ed25519(bytes) => (Algorithm::EdDsa, bytes.as_slice()),
		KeyMaterial::MlDsa65(bytes) => (Algorithm::MlDsa65, bytes.as_slice()),
		KeyMaterial::Sr25519(_) | KeyMaterial::X25519(_) | KeyMaterial::XWing(_) => return None,
	};
	PublicKey::from_bytes(algorithm, bytes).ok()
}

/// A moment of the chain; whatever is beyond the calendar is its end.
fn time(moment: Milliseconds) -> Timestamp {
	let moment = i64::try_from(moment.0).ok();
	moment.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::MAX)
}

/// The beginning of the second in which the moment is.
fn second_of(moment: Milliseconds) -> Timestamp {
	time(Milliseconds(moment.0.saturating_sub(moment.0 % 1_000)))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::{jose::SigningKey, KeyResolver, ResolveError};
	use hdx_primitives::did::{
		Did, Document, Key, KeyEntry, KeyIndex, Relationship, Relationships,
	};

	fn entry(index: u32, material: KeyMaterial, relationship: Relationship) -> KeyEntry {
		let key = Key {
			material,
			relationships: Relationships::only(relationship),
			valid_from: Milliseconds(10_600),
			valid_until: Some(Milliseconds(20_000)),
		};
		KeyEntry { index: KeyIndex(index), key }
	}

	fn known(keys: Vec<KeyEntry>) -> (KnownKeys, Did) {
		let did = Did { genesis: [7; 8], account: [1; 32].into() };
		let mut known = KnownKeys::default();
		known.insert_did(&DidResolution {
			did: did.clone(),
			document: Document::new(Milliseconds(1)),
			keys: keys.try_into().unwrap(),
			at: Milliseconds(30_000),
		});
		(known, did)
	}

	fn ed25519() -> (PublicKey, KeyMaterial) {
		let key = SigningKey::generate(Algorithm::EdDsa).unwrap().public();
		let material = KeyMaterial::Ed25519(key.as_bytes().try_into().unwrap());
		(key, material)
	}

	#[test]
	fn a_key_is_known_by_its_url_and_its_thumbprint_while_it_is_in_force() {
		let (first, material) = ed25519();
		let second = SigningKey::generate(Algorithm::MlDsa65).unwrap().public();
		let post_quantum = KeyMaterial::MlDsa65(second.as_bytes().to_vec().try_into().unwrap());
		let (known, did) = known(vec![
			entry(0, material, Relationship::AssertionMethod),
			entry(1, post_quantum, Relationship::AssertionMethod),
		]);
		let at = |ms| Timestamp::from_millisecond(ms).unwrap();
		for (index, key) in [first, second].into_iter().enumerate() {
			for kid in [format!("{did}#key-{index}"), key.kid(&did.to_string())] {
				assert_eq!(known.resolve(&kid, at(10_000)).unwrap(), key);
				assert_eq!(known.resolve(&kid, at(19_999)).unwrap(), key);
				for outside in [9_999, 20_000] {
					let error = known.resolve(&kid, at(outside)).unwrap_err();
					assert!(matches!(error, ResolveError::NotInForce { .. }), "{error}");
				}
			}
		}
	}

	#[test]
	fn what_a_key_signs_in_the_second_in_which_it_was_listed_holds() {
		let (key, material) = ed25519();
		let (known, did) = known(vec![entry(0, material, Relationship::AssertionMethod)]);
		// Listed at 10.6 seconds, signed at 10.8: the credential says 10.
		let at = |second| Timestamp::from_second(second).unwrap();
		let kid = format!("{did}#key-0");
		assert_eq!(known.resolve(&kid, at(10)).unwrap(), key);
		assert!(known.resolve(&kid, at(9)).is_err());
	}

	#[test]
	fn a_key_that_was_never_in_force_signs_nothing() {
		let (_, material) = ed25519();
		let mut listed = entry(0, material, Relationship::AssertionMethod);
		listed.key.valid_until = Some(listed.key.valid_from);
		let (known, did) = known(vec![listed]);
		for second in [9, 10, 11] {
			let at = Timestamp::from_second(second).unwrap();
			assert!(known.resolve(&format!("{did}#key-0"), at).is_err(), "{second}");
		}
	}

	#[test]
	fn a_key_for_something_else_attests_nothing() {
		let (_, authentication) = ed25519();
		let (known, did) = known(vec![
			entry(0, authentication, Relationship::Authentication),
			entry(1, KeyMaterial::Sr25519([2; 32]), Relationship::AssertionMethod),
		]);
		for index in 0..2 {
			let error = known
				.resolve(&format!("{did}#key-{index}"), Timestamp::from_second(15).unwrap())
				.unwrap_err();
			assert!(matches!(error, ResolveError::Unknown { .. }), "{error}");
		}
	}
}
