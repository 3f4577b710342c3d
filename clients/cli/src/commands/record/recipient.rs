//! To which key a record is released: the grantee's DID is the directory, and the provider registry
//! where the DID lists no X-Wing key.

use crate::{error::Error, time};
use hdx_primitives::{
	did::{DidResolution, KeyEntry, KeyScheme, Relationship},
	AccountId, EmergencyEvidence, GrantId,
};
use hdx_sdk::{
	chain::{AtBlock, Chain},
	seal::{EncryptionPublicKey, Fingerprint},
};

/// A key of the grantee.
pub struct Recipient {
	/// The key.
	pub key: EncryptionPublicKey,
	/// Its URL, where it is one of the grantee's DID.
	pub url: Option<String>,
}

/// Where a key that was given is looked up.
#[derive(PartialEq, Eq, Debug)]
enum Known {
	/// It is this one of the grantee's DID, and in force.
	InDid(String),
	/// The DID lists no X-Wing key, so what the registry has holds.
	InRegistry,
}

/// The key in force of a grantee, or, where one is given, that one if it is the grantee's.
pub async fn recipient(
	chain: &Chain,
	grantee: &AccountId,
	given: Option<EncryptionPublicKey>,
) -> Result<Recipient, Error> {
	let found = chain.resolve_did(grantee, AtBlock::Best).await?;
	let Some(key) = given else {
		let nobody = || Error::NoKeyOfGrantee { did: chain.did_of(grantee.clone()).to_string() };
		let found = found.ok_or_else(nobody)?;
		let entry = in_force(&found).ok_or_else(nobody)?;
		let key = EncryptionPublicKey::from_bytes(entry.key.material.as_bytes())?;
		return Ok(Recipient { key, url: Some(found.did.key_url(entry.index).to_string()) });
	};
	let known = match &found {
		Some(found) => look_up(found, &key.fingerprint())?,
		None => Known::InRegistry,
	};
	let url = match known {
		Known::InDid(url) => Some(url),
		Known::InRegistry => {
			key.check(&chain.practitioner(grantee).await?.key_agreement.0)?;
			None
		},
	};
	Ok(Recipient { key, url })
}

/// The key that was drawn for an emergency by proof, which has to be given: the grantee is the institution's operator, and
/// hands on what they cannot open.
pub fn drawn_for(
	grant: GrantId,
	evidence: &EmergencyEvidence,
	given: Option<EncryptionPublicKey>,
) -> Result<Recipient, Error> {
	let key = given.ok_or_else(|| Error::DrawnKeyNeeded {
		grant: grant.0,
		fingerprint: Fingerprint(evidence.recipient.0).to_string(),
	})?;
	key.check(&evidence.recipient.0)?;
	Ok(Recipient { key, url: None })
}

/// The X-Wing key in force that was added last.
fn in_force(found: &DidResolution) -> Option<&KeyEntry> {
	found.keys.iter().rev().find(|entry| {
		is_x_wing(entry)
			&& entry.key.relationships.contains(Relationship::KeyAgreement)
			&& entry.key.is_in_force_at(found.at)
	})
}

fn is_x_wing(entry: &KeyEntry) -> bool {
	entry.key.material.scheme() == KeyScheme::XWing
}

/// Where a key counts. Whoever lists X-Wing keys, or listed some, in a DID keeps the registry's
/// fingerprint from counting: a key that was rotated away must not come back by it.
fn look_up(found: &DidResolution, fingerprint: &Fingerprint) -> Result<Known, Error> {
	let listed = found.keys.iter().find(|entry| entry.key.material.fingerprint() == fingerprint.0);
	let did = found.did.to_string();
	match listed {
		Some(entry) => match entry.key.valid_until.filter(|end| *end <= found.at) {
			None => Ok(Known::InDid(found.did.key_url(entry.index).to_string())),
			Some(end) => Err(Error::KeyEnded {
				did,
				key: format!("#key-{}", entry.index.0),
				ended: time::show(end),
			}),
		},
		None if found.keys.iter().any(is_x_wing) => {
			Err(Error::KeyNotListed { did, fingerprint: fingerprint.to_string() })
		},
		None => Ok(Known::InRegistry),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use crate::made_up::{did as found, NOW};
	use hdx_primitives::{
		did::{DidStatus, KeyIndex, KeyMaterial},
		Milliseconds, H256, SEALED_IDENTITY_BYTES,
	};
	use hdx_sdk::seal::EncryptionKeyPair;

	fn x_wing(byte: u8) -> KeyMaterial {
		KeyMaterial::XWing(vec![byte; 1_216].try_into().unwrap())
	}

	fn looked_up(found: &DidResolution, byte: u8) -> Result<Known, Error> {
		look_up(found, &Fingerprint(x_wing(byte).fingerprint()))
	}

	#[test]
	fn what_was_released_by_proof_goes_to_the_key_that_was_drawn_for_it_alone() {
		let [drawn, other] = [(); 2].map(|()| EncryptionKeyPair::generate().unwrap());
		let evidence = EmergencyEvidence {
			auditor: 0,
			nullifier: [0; 32],
			identity: [0; SEALED_IDENTITY_BYTES],
			recipient: H256(drawn.fingerprint().0),
			version: 1,
			asked: H256([0; 32]),
		};
		let of = |given| drawn_for(GrantId(7), &evidence, given);
		let key = of(Some(drawn.public().clone())).unwrap().key;
		assert_eq!(key.fingerprint(), drawn.fingerprint());
		assert!(matches!(of(Some(other.public().clone())), Err(Error::Key(_))));
		assert!(matches!(of(None), Err(Error::DrawnKeyNeeded { grant: 7, .. })));
	}

	#[test]
	fn the_key_in_force_that_was_added_last_is_taken() {
		let other = KeyMaterial::X25519([9; 32]);
		let keys = [(x_wing(1), Some(NOW)), (x_wing(2), None), (x_wing(3), None), (other, None)];
		assert_eq!(in_force(&found(&keys)).unwrap().index, KeyIndex(2));
		assert_eq!(in_force(&found(&keys[..1])), None);
		assert_eq!(in_force(&found(&keys[3..])), None);
	}

	#[test]
	fn a_key_in_force_is_used() {
		let found = found(&[(x_wing(1), Some(NOW)), (x_wing(2), None)]);
		let url = found.did.key_url(KeyIndex(1)).to_string();
		assert_eq!(looked_up(&found, 2).unwrap(), Known::InDid(url));
	}

	#[test]
	fn a_key_that_was_rotated_away_is_refused_whatever_the_registry_has() {
		let found = found(&[(x_wing(1), Some(NOW)), (x_wing(2), None)]);
		assert!(matches!(looked_up(&found, 1).unwrap_err(), Error::KeyEnded { .. }));
	}

	#[test]
	fn a_key_that_a_deactivation_ended_is_refused() {
		let mut found = found(&[(x_wing(1), None)]);
		found.document.status = DidStatus::Deactivated { at: Milliseconds(NOW) };
		let seen: Vec<_> = found.keys.iter().cloned().map(|key| found.document.seen(key)).collect();
		found.keys = seen.try_into().unwrap();
		assert!(matches!(looked_up(&found, 1).unwrap_err(), Error::KeyEnded { .. }));
		assert_eq!(in_force(&found), None);
	}

	#[test]
	fn a_key_that_the_did_does_not_list_is_refused() {
		for until in [None, Some(NOW)] {
			let found = found(&[(x_wing(1), until)]);
			assert!(matches!(looked_up(&found, 2).unwrap_err(), Error::KeyNotListed { .. }));
		}
	}

	#[test]
	fn the_registry_holds_where_the_did_never_listed_an_x_wing_key() {
		let keys = [(KeyMaterial::Ed25519([9; 32]), None)];
		assert_eq!(looked_up(&found(&keys), 1).unwrap(), Known::InRegistry);
	}
}
