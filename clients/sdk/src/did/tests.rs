//! What is resolved by hand-made answers of the chain.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::*;
use hdx_primitives::{
	did::{
		Did, DidResolution, DidStatus, Document, Key, KeyEntry, KeyIndex, KeyMaterial,
		Relationship, Relationships,
	},
	AccountId, Milliseconds, H256,
};
use proptest::prelude::*;
use serde_json::{json, to_value, Value};

/// 2027-06-30T12:00:00Z.
const NOON: u64 = 1_814_356_800_000;
/// When the first key ended, in milliseconds that are no whole second.
const ENDED: u64 = NOON + 60_500;
/// The key of the first example of did:key, an Ed25519 key, and how that spells it.
const ED25519: &str = "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6";
const ED25519_MULTIKEY: &str = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

/// The multicodec of sr25519 and 32 zeros, by another implementation of base58.
const SR25519_ZEROS: &str = "z6QNk1Roj88api2v9imZzQrcu7E2mRkKqSPmK6JRWubzKuod";

fn bytes(hex: &str) -> [u8; 32] {
	hex::decode(hex).unwrap().try_into().unwrap()
}

fn did() -> Did {
	Did::new(&H256::repeat_byte(7), AccountId::new([1; 32]))
}

fn key(index: u32, material: KeyMaterial, from: u64, until: Option<u64>) -> KeyEntry {
	let relationships = material.scheme().relationships();
	let (valid_from, valid_until) = (Milliseconds(from), until.map(Milliseconds));
	let key = Key { material, relationships, valid_from, valid_until };
	KeyEntry { index: KeyIndex(index), key }
}

/// Three keys, the first of them rotated; a controller, a service.
fn found() -> DidResolution {
	let ed25519 = KeyMaterial::Ed25519(bytes(ED25519));
	let x_wing = KeyMaterial::XWing(vec![0xfb, 0xff, 0x00].try_into().unwrap());
	let mut assertion = key(2, KeyMaterial::Sr25519([0; 32]), ENDED, None);
	assertion.key.relationships = Relationships::only(Relationship::AssertionMethod);
	let keys = vec![key(0, ed25519, NOON, Some(ENDED)), key(1, x_wing, NOON, None), assertion];
	let mut document = Document::new(Milliseconds(NOON));
	document.version = 4;
	document.updated_at = Milliseconds(ENDED);
	document.controllers = vec![AccountId::new([2; 32])].try_into().unwrap();
	document.services = vec![hdx_primitives::did::Service {
		id: b"inbox".to_vec().try_into().unwrap(),
		kind: b"LinkedDomains".to_vec().try_into().unwrap(),
		endpoint: b"https://hospital.example/".to_vec().try_into().unwrap(),
	}]
	.try_into()
	.unwrap();
	document.next_key = KeyIndex(3);
	DidResolution {
		did: did(),
		document,
		keys: keys.try_into().unwrap(),
		at: Milliseconds(ENDED + 1_000),
	}
}

fn resolved(found: &DidResolution, at: u64) -> DidResolutionResult {
	DidResolutionResult::found(found, Milliseconds(at), false)
}

fn document(found: &DidResolution, at: u64) -> DidDocument {
	resolved(found, at).did_document.unwrap()
}

#[test]
fn a_resolution_is_the_json_of_w3c() {
	let id = format!("did:hdx:{}:{}", "07".repeat(8), "01".repeat(32));
	let expected = json!({
		"didResolutionMetadata": {
			"contentType": "application/did+ld+json",
			"versionTime": "2027-06-30T12:01:01.5Z",
		},
		"didDocument": {
			"@context": [
				"https://www.w3.org/ns/did/v1",
				"https://w3id.org/security/multikey/v1",
				"https://w3id.org/security/jwk/v1",
			],
			"id": id,
			"controller": [id, format!("did:hdx:{}:{}", "07".repeat(8), "02".repeat(32))],
			"verificationMethod": [
				{
					"id": format!("{id}#key-0"),
					"type": "Multikey",
					"publicKeyMultibase": ED25519_MULTIKEY,
					"controller": id,
					"revoked": "2027-06-30T12:01:00.5Z",
				},
				{
					"id": format!("{id}#key-1"),
					"type": "JsonWebKey",
					"publicKeyJwk": { "kty": "AKP", "alg": "X-Wing", "use": "enc", "pub": "-_8A" },
					"controller": id,
				},
				{
					"id": format!("{id}#key-2"),
					"type": "Multikey",
					"publicKeyMultibase": SR25519_ZEROS,
					"controller": id,
				},
			],
			"assertionMethod": [format!("{id}#key-2")],
			"keyAgreement": [format!("{id}#key-1")],
			"service": [{
				"id": format!("{id}#inbox"),
				"type": "LinkedDomains",
				"serviceEndpoint": "https://hospital.example/",
			}],
		},
		"didDocumentMetadata": {
			"created": "2027-06-30T12:00:00Z",
			"updated": "2027-06-30T12:01:00Z",
			"deactivated": false,
			"versionId": "4",
		},
	});
	let found = found();
	assert_eq!(to_value(resolved(&found, found.at.0)).unwrap(), expected);
}

#[test]
fn a_key_that_ended_is_referred_to_until_it_ended() {
	let url = did().key_url(KeyIndex(0)).to_string();
	let before = document(&found(), ENDED - 1);
	for relationship in [
		&before.authentication,
		&before.assertion_method,
		&before.capability_invocation,
		&before.capability_delegation,
	] {
		assert_eq!(relationship.join(" "), url);
	}
	assert_eq!(before.verification_method.len(), 2, "the third key had not begun");
	let method = before.verification_method.first().unwrap();
	assert_eq!(method.expires.as_deref(), Some("2027-06-30T12:01:00.5Z"));
	assert_eq!(method.revoked, None);

	let after = document(&found(), ENDED);
	assert_eq!(after.authentication, Vec::<String>::new());
	assert_eq!(after.assertion_method, [did().key_url(KeyIndex(2)).to_string()]);
	let method = after.verification_method.first().unwrap();
	assert_eq!(method.revoked.as_deref(), Some("2027-06-30T12:01:00.5Z"));
	assert_eq!((method.id.as_str(), &method.expires), (url.as_str(), &None));
}

#[test]
fn a_document_that_never_changed_was_not_updated() {
	let mut found = found();
	found.document = Document::new(Milliseconds(NOON));
	let metadata = resolved(&found, NOON).did_document_metadata;
	assert_eq!(metadata.updated, None);
	assert_eq!(metadata.version_id.as_deref(), Some("1"));
}

#[test]
fn a_deactivated_did_has_a_document_only_where_it_is_asked_for() {
	let mut found = found();
	let end = Milliseconds(ENDED + 10);
	found.document.status = DidStatus::Deactivated { at: end };
	let seen: Vec<_> = found.keys.iter().cloned().map(|key| found.document.seen(key)).collect();
	found.keys = seen.try_into().unwrap();

	let result = resolved(&found, found.at.0);
	assert_eq!(result.did_document, None);
	assert_eq!(result.did_document_metadata.deactivated, Some(true));
	assert_eq!(result.did_resolution_metadata.error, None);

	let result = DidResolutionResult::found(&found, found.at, true);
	let document = result.did_document.unwrap();
	assert!(document.key_agreement.is_empty() && document.assertion_method.is_empty());
	assert_eq!(document.verification_method.len(), 3);
	assert!(document.verification_method.iter().all(|method| method.revoked.is_some()));
	assert_eq!(result.did_document_metadata.deactivated, Some(true));
}

#[test]
fn a_problem_is_told_twice() {
	let problem = Problem { code: ErrorCode::NotFound, detail: "why".into() };
	let expected = json!({
		"didResolutionMetadata": {
			"error": "notFound",
			"problemDetails": {
				"type": "https://www.w3.org/ns/did#NOT_FOUND",
				"title": "There is nothing of that name",
				"detail": "why",
			},
		},
		"didDocument": null,
		"didDocumentMetadata": {},
	});
	assert_eq!(to_value(DidResolutionResult::problem(problem)).unwrap(), expected);
}

/// What a fragment names at a time.
fn content(fragment: Option<&str>, at: u64) -> Result<Value, ErrorCode> {
	let fragment = fragment.map(str::to_owned);
	let url = DidUrl { did: did(), version_time: None, fragment };
	DereferencingResult::of(&url, resolved(&found(), at))
		.map(|result| to_value(result.content_stream).unwrap())
		.map_err(|problem| problem.code)
}

#[test]
fn a_fragment_names_a_key_or_a_service() {
	let id = did();
	assert_eq!(content(None, ENDED).unwrap()["id"], id.to_string());
	let key = content(Some("key-0"), ENDED).unwrap();
	assert_eq!(key["publicKeyMultibase"], ED25519_MULTIKEY);
	assert_eq!(key["revoked"], "2027-06-30T12:01:00.5Z");
	let service = content(Some("inbox"), ENDED).unwrap();
	assert_eq!(service["serviceEndpoint"], "https://hospital.example/");
}

#[test]
fn a_fragment_that_names_nothing_is_not_found() {
	for fragment in ["key-3", "key-00", "outbox", "key-0 "] {
		assert_eq!(content(Some(fragment), ENDED), Err(ErrorCode::NotFound), "{fragment}");
	}
	// The key had not begun.
	assert_eq!(content(Some("key-2"), ENDED - 1), Err(ErrorCode::NotFound));
}

#[test]
fn keys_are_written_as_the_multicodec_table_has_them() {
	let material = KeyMaterial::Ed25519(bytes(ED25519));
	assert_eq!(multikey(&material).as_deref(), Some(ED25519_MULTIKEY));
	assert_eq!(read_multikey(ED25519_MULTIKEY), Ok(material));
	let prefix = |material: KeyMaterial| multikey(&material).unwrap()[..4].to_owned();
	assert_eq!(prefix(KeyMaterial::X25519(bytes(ED25519))), "z6LS");
	let ml_dsa = KeyMaterial::MlDsa65(vec![0; 1_952].try_into().unwrap());
	let (_, decoded) = cid::multibase::decode(multikey(&ml_dsa).unwrap()).unwrap();
	assert_eq!(decoded[..2], [0x91, 0x24]);
	assert_eq!(decoded.len(), 1_954);
}

#[test]
fn what_is_no_key_is_not_read() {
	let text = |bytes: &[u8]| cid::multibase::encode(cid::multibase::Base::Base58Btc, bytes);
	assert_eq!(read_multikey(""), Err(NotAMultikey::NotBase58));
	assert_eq!(read_multikey("z0"), Err(NotAMultikey::NotBase58));
	let base64 = cid::multibase::encode(cid::multibase::Base::Base64, [0xed, 0x01]);
	assert_eq!(read_multikey(&base64), Err(NotAMultikey::NotBase58));
	assert_eq!(read_multikey(&text(&[0xed])), Err(NotAMultikey::UnknownCodec));
	assert_eq!(read_multikey(&text(&[0x80, 0x24, 1, 2])), Err(NotAMultikey::UnknownCodec));
	let short = read_multikey(&text(&[0xed, 0x01, 1, 2]));
	assert!(matches!(short, Err(NotAMultikey::Material(_))), "{short:?}");
	let zeros = read_multikey(&text(&[&[0xec, 0x01][..], &[0; 32]].concat()));
	assert!(matches!(zeros, Err(NotAMultikey::Material(_))), "{zeros:?}");
}

proptest! {
	/// A document refers to the keys that the chain says are in force, and to no other.
	#[test]
	fn relationships_are_those_of_keys_in_force(
		spans in proptest::collection::vec((0_u64..20, proptest::option::of(0_u64..20)), 0..8),
		at in 0_u64..25,
	) {
		let keys: Vec<_> = spans
			.iter()
			.enumerate()
			.map(|(index, (from, length))| {
				let index = u32::try_from(index).unwrap();
				let until = length.map(|length| from + length);
				key(index, KeyMaterial::X25519([9; 32]), *from, until)
			})
			.collect();
		let expected: Vec<_> = keys
			.iter()
			.filter(|entry| entry.key.is_in_force_at(Milliseconds(at)))
			.map(|entry| did().key_url(entry.index).to_string())
			.collect();
		let found = DidResolution { keys: keys.try_into().unwrap(), ..found() };
		let document = document(&found, at);
		prop_assert_eq!(&document.key_agreement, &expected);
		prop_assert!(document.authentication.is_empty());
		for method in &document.verification_method {
			prop_assert_eq!(method.revoked.is_none(), expected.contains(&method.id));
		}
	}
}
