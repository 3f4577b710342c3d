//! Who presents.

use super::*;
use crate::jose::JwsError;
use jiff::SignedDuration;

fn refused(world: &World, shown: &str) -> KeyBindingError {
	refused_at(world, shown, now())
}

fn refused_at(world: &World, shown: &str, now: Timestamp) -> KeyBindingError {
	let checks = Checks { now, ..world.expecting() };
	match SdJwt::parse(shown).unwrap().verify(&checks) {
		Err(VerifyError::KeyBinding(error)) => error,
		other => panic!("{other:?}"),
	}
}

fn shown(world: &World) -> String {
	world.issued.present(&["licenceNumber"], Some(world.binding())).unwrap()
}

#[test]
fn the_holder_presents_with_either_algorithm() {
	for algorithm in Algorithm::ALL {
		let world = World::new(algorithm);
		let verified = SdJwt::parse(&shown(&world)).unwrap().verify(&world.expecting()).unwrap();
		assert_eq!(verified.holder, Some(world.nurse.public()));
		assert_eq!(verified.disclosed, ["licenceNumber"]);
	}
}

#[test]
fn a_presentation_can_be_made_of_a_presentation() {
	let world = World::new(Algorithm::EdDsa);
	let first = world.issued.present(&["licenceNumber", "npi"], Some(world.binding())).unwrap();
	let again = SdJwt::parse(&first).unwrap().present(&["npi"], Some(world.binding())).unwrap();
	let verified = SdJwt::parse(&again).unwrap().verify(&world.expecting()).unwrap();
	assert_eq!(verified.disclosed, ["npi"]);
}

#[test]
fn fails_when_it_is_bound_to_nobody() {
	let world = World::new(Algorithm::EdDsa);
	let unbound = world.issued.present(&["npi"], None).unwrap();
	assert_eq!(refused(&world, &unbound), KeyBindingError::Missing);
}

#[test]
fn fails_when_nobody_says_what_it_should_be_bound_to() {
	let world = World::new(Algorithm::EdDsa);
	let error = world.verify(&shown(&world)).unwrap_err();
	assert_eq!(error, VerifyError::KeyBinding(KeyBindingError::Unexpected));
}

#[test]
fn fails_when_it_is_for_another_audience_or_nonce() {
	let world = World::new(Algorithm::EdDsa);
	let other = Binding { audience: "did:web:other.example", ..world.binding() };
	let error = refused(&world, &world.issued.present(&[], Some(other)).unwrap());
	assert!(matches!(error, KeyBindingError::OtherAudience { .. }), "{error}");
	let other = Binding { nonce: "n-2", ..world.binding() };
	let error = refused(&world, &world.issued.present(&[], Some(other)).unwrap());
	assert_eq!(error, KeyBindingError::OtherNonce);
}

#[test]
fn fails_when_it_is_stale_or_from_the_future() {
	let world = World::new(Algorithm::EdDsa);
	let shown = shown(&world);
	let verify = |seconds| {
		let now = now().checked_add(SignedDuration::from_secs(seconds)).unwrap();
		SdJwt::parse(&shown).unwrap().verify(&Checks { now, ..world.expecting() })
	};
	verify(300).unwrap();
	verify(-60).unwrap();
	let late = now().checked_add(SignedDuration::from_secs(301)).unwrap();
	assert!(matches!(refused_at(&world, &shown, late), KeyBindingError::Stale { .. }));
	let early = Binding {
		now: now().checked_add(SignedDuration::from_secs(61)).unwrap(),
		..world.binding()
	};
	let early = world.issued.present(&[], Some(early)).unwrap();
	assert!(matches!(refused(&world, &early), KeyBindingError::FromTheFuture { .. }));
}

#[test]
fn fails_when_something_was_added_or_left_out_since() {
	let world = World::new(Algorithm::EdDsa);
	let shown = shown(&world);
	let (_, binding) = shown.rsplit_once('~').unwrap();
	for claims in [&[][..], &["npi"], &["licenceNumber", "npi"]] {
		let other = world.issued.present(claims, None).unwrap();
		let error = refused(&world, &format!("{other}{binding}"));
		assert_eq!(error, KeyBindingError::OtherPresentation);
	}
}

#[test]
fn fails_when_somebody_else_signed_the_binding() {
	let (world, thief) = (World::new(Algorithm::EdDsa), World::new(Algorithm::EdDsa));
	let unbound = world.issued.present(&["licenceNumber"], None).unwrap();
	let forged = key_binding::make(&unbound, &thief.binding()).unwrap();
	let error = refused(&world, &format!("{unbound}{forged}"));
	assert!(matches!(error, KeyBindingError::Jws(JwsError::BadSignature { .. })), "{error}");
	let error = world.issued.present(&[], Some(thief.binding())).unwrap_err();
	assert!(matches!(error, PresentError::NotTheHolder { .. }), "{error}");
	// The issuer's token is no binding either.
	let error = refused(&world, &format!("{unbound}{}", world.issued.issuer_signed()));
	assert!(matches!(error, KeyBindingError::Jws(JwsError::OtherType { .. })), "{error}");
}

#[test]
fn fails_when_a_claim_of_the_binding_is_missing() {
	let world = World::new(Algorithm::EdDsa);
	let unbound = world.issued.present(&[], None).unwrap();
	for claim in ["aud", "nonce", "iat", "sd_hash"] {
		let bound = key_binding::make(&unbound, &world.binding()).unwrap();
		let mut claims = Jws::parse(&bound, "kb+jwt").unwrap().payload;
		claims.remove(claim);
		let bound = jose::sign("kb+jwt", None, None, &claims, &world.nurse).unwrap();
		let error = refused(&world, &format!("{unbound}{bound}"));
		assert_eq!(error, KeyBindingError::NoClaim { claim });
	}
}

#[test]
fn fails_when_the_credential_has_no_holders_key_or_a_bad_one() {
	let world = World::new(Algorithm::EdDsa);
	let binding = || key_binding::make(&shown(&world), &world.binding()).unwrap();
	let without = world.resigned(|payload| drop(payload.remove("cnf")));
	let error = refused(&world, &format!("{}{}", without.unbound(), binding()));
	assert_eq!(error, KeyBindingError::NoHolderKey);
	let error = without.present(&[], Some(world.binding())).unwrap_err();
	assert_eq!(error, PresentError::Holder(KeyBindingError::NoHolderKey));
	let other = world.resigned(|payload| drop(payload.insert("cnf".into(), json!({ "kid": "x" }))));
	let error = refused(&world, &format!("{}{}", other.unbound(), binding()));
	assert_eq!(error, KeyBindingError::NoHolderKey);
	let bad = world
		.resigned(|payload| drop(payload.insert("cnf".into(), json!({ "jwk": { "kty": "RSA" } }))));
	let error = refused(&world, &format!("{}{}", bad.unbound(), binding()));
	assert!(matches!(error, KeyBindingError::HolderKey(_)), "{error}");
}
