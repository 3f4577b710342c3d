//! Each way in which a credential does not hold, and its error.

use super::*;
use crate::{
	credential::ClaimError, jose::JwsError, status::Entry, status::StatusError, KeyResolver,
	ResolveError,
};

fn refused(world: &World, credential: &SdJwt) -> VerifyError {
	credential.verify(&world.checks()).unwrap_err()
}

#[test]
fn fails_when_the_signature_is_not_the_issuers() {
	for algorithm in Algorithm::ALL {
		let (world, other) = (World::new(algorithm), World::new(algorithm));
		let payload = Jws::parse(world.issued.issuer_signed(), MEDIA_TYPE).unwrap().payload;
		let forged = other.signed(&payload, MEDIA_TYPE, Some(&world.board.public().kid(BOARD)));
		let error = refused(&world, &forged);
		assert!(matches!(error, VerifyError::Jws(JwsError::BadSignature { .. })), "{error}");
	}
}

#[test]
fn fails_when_nothing_or_something_else_signed_it() {
	let world = World::new(Algorithm::EdDsa);
	let parts: Vec<_> = world.issued.issuer_signed().split('.').collect();
	let kid = world.board.public().kid(BOARD);
	for (alg, signature) in [("none", ""), ("HS256", "AAAA"), ("ES256", "AAAA")] {
		let header = json!({ "alg": alg, "typ": MEDIA_TYPE, "kid": kid }).to_string();
		let header = base64url::encode(header.as_bytes());
		let token = format!("{header}.{}.{signature}~", parts[1]);
		let error = world.verify(&token).unwrap_err();
		assert!(matches!(error, VerifyError::Jws(JwsError::UnknownAlgorithm { .. })), "{error}");
	}
}

#[test]
fn fails_when_the_algorithm_is_not_the_one_of_the_key() {
	struct Always(PublicKey);
	impl KeyResolver for Always {
		fn resolve(&self, _: &str, _: Timestamp) -> Result<PublicKey, ResolveError> {
			Ok(self.0.clone())
		}
	}
	let (world, other) = (World::new(Algorithm::EdDsa), World::new(Algorithm::MlDsa65));
	let keys = Always(world.board.public());
	let error = other.issued.verify(&Checks { keys: &keys, ..world.checks() }).unwrap_err();
	assert!(matches!(error, VerifyError::Jws(JwsError::AlgorithmMismatch { .. })), "{error}");
}

#[test]
fn fails_when_the_token_is_of_another_type() {
	let world = World::new(Algorithm::EdDsa);
	let payload = Jws::parse(world.issued.issuer_signed(), MEDIA_TYPE).unwrap().payload;
	let kid = world.board.public().kid(BOARD);
	for typ in ["vc+jwt", "kb+jwt", "JWT"] {
		let error = refused(&world, &world.signed(&payload, typ, Some(&kid)));
		assert!(matches!(error, VerifyError::Jws(JwsError::OtherType { .. })), "{error}");
	}
}

#[test]
fn fails_when_the_key_is_unknown_unnamed_of_another_or_not_in_force() {
	let world = World::new(Algorithm::EdDsa);
	let unknown = KnownKeys::default();
	let error = world.issued.verify(&Checks { keys: &unknown, ..world.checks() }).unwrap_err();
	assert!(matches!(error, VerifyError::Key(ResolveError::Unknown { .. })), "{error}");

	let payload = Jws::parse(world.issued.issuer_signed(), MEDIA_TYPE).unwrap().payload;
	let unnamed = refused(&world, &world.signed(&payload, MEDIA_TYPE, None));
	assert_eq!(unnamed, VerifyError::NoKid);
	for kid in ["did:web:other.example#1", "did:web:board.example.evil#1", BOARD] {
		let error = refused(&world, &world.signed(&payload, MEDIA_TYPE, Some(kid)));
		assert!(matches!(error, VerifyError::KeyOfAnother { .. }), "{kid}: {error}");
	}

	for interval in ["2026-01-01T00:00:00Z", "2026-11-21T12:00:00Z"] {
		let mut rotated = KnownKeys::default();
		let until = at(interval);
		rotated.insert(BOARD, world.board.public(), ..until).unwrap();
		let checks = Checks { keys: &rotated, ..world.checks() };
		let error = world.issued.verify(&checks).unwrap_err();
		assert!(matches!(error, VerifyError::Key(ResolveError::NotInForce { .. })), "{error}");
	}
	// Rotated away after it was issued: what was signed before stays good.
	let mut rotated = KnownKeys::default();
	rotated.insert(BOARD, world.board.public(), ..at("2026-11-21T12:00:01Z")).unwrap();
	let later = at("2027-11-21T12:00:00Z");
	let checks = Checks { keys: &rotated, now: later, ..world.checks() };
	world.issued.verify(&checks).unwrap();
}

#[test]
fn fails_when_it_is_expired_or_not_yet_valid() {
	let world = World::new(Algorithm::EdDsa);
	let verify = |now| world.issued.verify(&Checks { now, ..world.checks() });
	let error = verify(at("2030-01-01T00:00:00Z")).unwrap_err();
	assert!(matches!(error, VerifyError::Expired { .. }), "{error}");
	verify(at("2029-12-31T23:59:59Z")).unwrap();

	let later = world.resigned(|payload| {
		payload.insert("validFrom".into(), "2027-01-01T00:00:00Z".into());
	});
	let error = refused(&world, &later);
	assert!(matches!(error, VerifyError::NotYetValid { .. }), "{error}");
	let reach = |name: &str, when: Timestamp| {
		let token = world.resigned(|payload| {
			payload.insert(name.into(), when.as_second().into());
		});
		refused(&world, &token)
	};
	assert!(matches!(reach("exp", now()), VerifyError::Expired { .. }));
	assert!(matches!(reach("nbf", at("2027-01-01T00:00:00Z")), VerifyError::NotYetValid { .. }));
	assert!(matches!(reach("iat", at("2026-11-21T12:01:01Z")), VerifyError::FromTheFuture { .. }));
	let without = world.resigned(|payload| drop(payload.remove("iat")));
	assert_eq!(refused(&world, &without), VerifyError::NoIssuance);
	let without = world.resigned(|payload| drop(payload.remove("validUntil")));
	let error = refused(&world, &without);
	assert!(matches!(error, VerifyError::Claim(ClaimError::Missing { .. })), "{error}");
}

#[test]
fn fails_when_a_disclosure_was_altered_added_or_repeated() {
	let world = World::new(Algorithm::EdDsa);
	let token = world.issued.issuer_signed();
	let forged = Disclosure::new(&[1; 16], "licenceNumber", &json!("RN-2"));
	let error = world.verify(&format!("{token}~{}~", forged.as_str())).unwrap_err();
	let expected = OpenError::NotReferenced { claim: "licenceNumber".into() };
	assert_eq!(error, VerifyError::Open(expected));
	let one = world.issued.disclosures()[0].as_str();
	let error = world.verify(&format!("{token}~{one}~{one}~")).unwrap_err();
	assert!(matches!(error, VerifyError::Open(OpenError::RepeatedDigest { .. })), "{error}");
	// The same content, spelt otherwise.
	let spelt = String::from_utf8(base64url::decode(one).unwrap()).unwrap().replace(',', ", ");
	let spelt = base64url::encode(spelt.as_bytes());
	let error = world.verify(&format!("{token}~{spelt}~")).unwrap_err();
	assert!(matches!(error, VerifyError::Open(OpenError::NotReferenced { .. })), "{error}");
}

#[test]
fn fails_when_a_digest_is_repeated_in_what_is_signed() {
	let world = World::new(Algorithm::EdDsa);
	let twice = world.resigned(|payload| {
		let digests = payload["credentialSubject"]["_sd"].as_array_mut().unwrap();
		let first = digests[0].clone();
		digests.push(first);
	});
	let bare = SdJwt::new(twice.issuer_signed().to_owned(), Vec::new());
	let error = refused(&world, &bare);
	assert!(matches!(error, VerifyError::Open(OpenError::RepeatedDigest { .. })), "{error}");
}

#[test]
fn fails_when_the_digests_are_of_another_algorithm() {
	let world = World::new(Algorithm::EdDsa);
	for found in [json!("sha-1"), json!("SHA-256"), json!("md5"), json!(256)] {
		let token = world.resigned(|payload| drop(payload.insert("_sd_alg".into(), found)));
		let error = refused(&world, &token);
		assert!(matches!(error, VerifyError::UnknownDigestAlgorithm { .. }), "{error}");
	}
	let default = world.resigned(|payload| drop(payload.remove("_sd_alg")));
	default.verify(&world.checks()).unwrap();
}

#[test]
fn fails_when_more_than_the_subject_can_be_withheld() {
	let world = World::new(Algorithm::EdDsa);
	let until = Disclosure::new(&[9; 16], "exp", &json!(1));
	for (name, value) in [
		("_sd", json!([until.digest()])),
		("credentialStatus", json!({ "_sd": [until.digest()] })),
		("evidence", json!([{ "...": until.digest() }])),
	] {
		let token = world.resigned(|payload| drop(payload.insert(name.into(), value)));
		let error = refused(&world, &token);
		let at_name = matches!(&error, VerifyError::OutsideSubject { at } if at == name);
		// A status is read before it is withheld, and cannot be understood then either.
		assert!(at_name || name == "credentialStatus", "{name}: {error}");
	}
}

#[test]
fn fails_when_what_is_shown_is_malformed() {
	let mut wrong = licence();
	wrong["credentialSubject"]["other"] = "x".into();
	let world = World::with(Algorithm::EdDsa, &wrong);
	let npi = Disclosure::new(&[9; 16], "npi", &json!("1234567890"));
	let token = world.resigned(|payload| {
		payload["credentialSubject"]["_sd"] = json!([npi.digest()]);
	});
	let token = SdJwt::new(token.issuer_signed().to_owned(), vec![npi]);
	let error = refused(&world, &token);
	assert!(matches!(error, VerifyError::Claim(ClaimError::Npi { .. })), "{error}");
	for name in ["@context", "type", "issuer", "credentialSubject"] {
		let token = world.resigned(|payload| drop(payload.remove(name)));
		let error = refused(&world, &token);
		assert!(matches!(error, VerifyError::Claim(_)), "{name}: {error}");
	}
}

#[test]
fn fails_when_it_is_not_in_form() {
	assert_eq!(SdJwt::parse("a.b.c"), Err(ParseError::NotSdJwt));
	assert_eq!(SdJwt::parse("~"), Err(ParseError::NotSdJwt));
	let long = "a".repeat(MAX_SD_JWT_BYTES + 1);
	assert_eq!(SdJwt::parse(&long), Err(ParseError::TooLarge { found: long.len() }));
	let many = format!("a.b.c{}", "~WyJzIiwxXQ".repeat(MAX_DISCLOSURES + 1)) + "~";
	let found = MAX_DISCLOSURES + 1;
	assert_eq!(SdJwt::parse(&many), Err(ParseError::TooManyDisclosures { found }));
	let error = SdJwt::parse("a.b.c~WyJzIiwxXQ~~").unwrap_err();
	assert!(matches!(error, ParseError::Disclosure { number: 2, .. }), "{error}");
}

/// A licence with a place in a list of each purpose, and those lists.
fn listed(set: Option<Purpose>) -> (World, KnownLists) {
	let mut credential = licence();
	let entry = |purpose: Purpose| Entry {
		id: None,
		purpose,
		index: 94_567,
		list: format!("https://board.example/{purpose}"),
	};
	credential["credentialStatus"] =
		Purpose::ALL.map(|purpose| entry(purpose).to_json()).to_vec().into();
	let world = World::with(Algorithm::EdDsa, &credential);
	let mut lists = KnownLists::default();
	for purpose in Purpose::ALL {
		let url = entry(purpose).list;
		let mut list = crate::status::tests::list(&url, purpose);
		list.bits.set(94_567, set == Some(purpose)).unwrap();
		list.bits.set(94_568, true).unwrap();
		lists.insert(url, list.sign(&world.board).unwrap());
	}
	(world, lists)
}

#[test]
fn a_status_is_looked_up_for_each_purpose() {
	let (world, lists) = listed(None);
	let verified = world.issued.verify(&Checks { status: &lists, ..world.checks() }).unwrap();
	assert_eq!(verified.status.len(), 2);
	assert_eq!(verified.status[0].index, 94_567);
}

#[test]
fn fails_when_it_is_revoked_suspended_or_nobody_knows() {
	let (world, lists) = listed(Some(Purpose::Revocation));
	let error = world.issued.verify(&Checks { status: &lists, ..world.checks() }).unwrap_err();
	assert!(matches!(error, VerifyError::Status(StatusError::Revoked { .. })), "{error}");
	let (world, lists) = listed(Some(Purpose::Suspension));
	let error = world.issued.verify(&Checks { status: &lists, ..world.checks() }).unwrap_err();
	assert!(matches!(error, VerifyError::Status(StatusError::Suspended { .. })), "{error}");
	let error = refused(&world, &world.issued);
	assert!(matches!(error, VerifyError::Status(StatusError::Unavailable(_))), "{error}");
}

#[test]
fn fails_when_the_status_is_not_understood() {
	let world = World::new(Algorithm::EdDsa);
	for status in [json!("x"), json!({ "type": "Other" }), json!([{}])] {
		let token =
			world.resigned(|payload| drop(payload.insert("credentialStatus".into(), status)));
		let error = refused(&world, &token);
		assert!(matches!(error, VerifyError::Claim(ClaimError::Status(_))), "{error}");
	}
}
