//! What is shown of a credential, and what is not.

use super::*;
use crate::commitment;
use proptest::prelude::*;

#[test]
fn all_claims_of_the_subject_can_be_shown_with_either_algorithm() {
	for algorithm in Algorithm::ALL {
		let world = World::new(algorithm);
		let verified = world.verify(&world.issued.to_string()).unwrap();
		assert_eq!(verified.algorithm, algorithm);
		let mut expected = world.credential.to_json();
		let shown = verified.credential;
		assert_eq!(shown["credentialSubject"], expected["credentialSubject"]);
		for name in ["type", "issuer", "validFrom", "validUntil", "@context"] {
			assert_eq!(Some(&shown[name]), expected.get_mut(name).as_deref(), "{name}");
		}
		assert_eq!(verified.disclosed.len(), 6);
		assert_eq!(verified.withheld, 2);
		assert_eq!((verified.issuer.as_str(), verified.issued), (BOARD, now()));
	}
}

#[test]
fn nothing_is_shown_but_what_is_disclosed() {
	let world = World::new(Algorithm::EdDsa);
	let shown = world.issued.present(&["licenceNumber", "jurisdiction"], None).unwrap();
	let verified = world.verify(&shown).unwrap();
	assert_eq!(verified.disclosed, ["jurisdiction", "licenceNumber"]);
	assert_eq!(verified.claim("licenceNumber"), Some(&json!("RN-1")));
	let subject = verified.credential["credentialSubject"].as_object().unwrap();
	assert_eq!(subject.len(), 2);
	assert_eq!(verified.withheld, 6);
	// Not in the token either, in whatever encoding.
	let payload = Jws::parse(world.issued.issuer_signed(), MEDIA_TYPE).unwrap().payload;
	let payload = Value::Object(payload).to_string();
	for secret in ["Ada", "1234567893", "RN-1", "US-MA", "163W00000X", "nurse"] {
		assert!(!payload.contains(secret), "{secret}");
	}
}

#[test]
fn decoys_hide_how_many_claims_there_are() {
	let world = World::new(Algorithm::EdDsa);
	let digests = |decoys| {
		let options = IssueOptions { holder: None, decoys, now: now() };
		let issued = issue(&world.credential, &world.board, &options, &mut SystemSalts).unwrap();
		let payload = Jws::parse(issued.issuer_signed(), MEDIA_TYPE).unwrap().payload;
		let digests = payload["credentialSubject"]["_sd"].as_array().unwrap().clone();
		let sorted = digests.is_sorted_by_key(|digest| digest.as_str().unwrap().to_owned());
		assert!(sorted, "their order tells which is which");
		assert!(digests.iter().all(|digest| digest.as_str().unwrap().len() == 43));
		digests.len()
	};
	assert_eq!((digests(0), digests(10)), (6, 16));
}

#[test]
fn two_issuances_have_no_digest_in_common() {
	let world = World::new(Algorithm::EdDsa);
	let options = IssueOptions { holder: None, decoys: 0, now: now() };
	let issue = || super::super::issue(&world.credential, &world.board, &options, &mut SystemSalts);
	let (one, other) = (issue().unwrap(), issue().unwrap());
	let digests = |issued: &SdJwt| -> Vec<_> {
		issued.disclosures().iter().map(Disclosure::digest).collect()
	};
	assert!(digests(&one).iter().all(|digest| !digests(&other).contains(digest)));
}

#[test]
fn issuing_fails_when_it_is_from_the_future_or_asks_for_too_much() {
	let world = World::new(Algorithm::EdDsa);
	let issue = |decoys, now| {
		let options = IssueOptions { holder: None, decoys, now };
		super::super::issue(&world.credential, &world.board, &options, &mut SystemSalts)
	};
	let early = issue(0, at("2025-06-01T00:00:00Z")).unwrap_err();
	assert!(matches!(early, IssueError::Claim(_)), "{early}");
	let decoys = issue(MAX_DECOYS + 1, now()).unwrap_err();
	assert_eq!(decoys, IssueError::TooManyDecoys { found: MAX_DECOYS + 1 });
	let mut many = licence();
	for number in 0..MAX_DISCLOSURES {
		many["credentialSubject"][number.to_string()] = json!(number);
	}
	let many = Credential::from_json(many.to_string().as_bytes()).unwrap();
	let options = IssueOptions { holder: None, decoys: 0, now: now() };
	let error = super::super::issue(&many, &world.board, &options, &mut SystemSalts).unwrap_err();
	assert!(matches!(error, IssueError::TooManyClaims { .. }), "{error}");
}

/// A signer whose device is not there.
struct Absent(PublicKey);

impl jose::Signer for Absent {
	fn public(&self) -> PublicKey {
		self.0.clone()
	}

	fn sign(&self, _: &[u8]) -> Option<Vec<u8>> {
		None
	}
}

#[test]
fn issuing_and_presenting_fail_when_the_signer_refuses() {
	let world = World::new(Algorithm::EdDsa);
	let options = IssueOptions { holder: None, decoys: 0, now: now() };
	let absent = Absent(world.board.public());
	let error = issue(&world.credential, &absent, &options, &mut SystemSalts).unwrap_err();
	assert_eq!(error, IssueError::NotSigned);
	let absent = Absent(world.nurse.public());
	let binding = Binding { key: &absent, ..world.binding() };
	assert_eq!(world.issued.present(&[], Some(binding)), Err(PresentError::NotSigned));
}

#[test]
fn issuing_fails_when_there_is_no_randomness() {
	struct NoSalts;
	impl SaltSource for NoSalts {
		fn salt(&mut self) -> Result<[u8; SALT_BYTES], getrandom::Error> {
			Err(getrandom::Error::UNSUPPORTED)
		}
	}
	let world = World::new(Algorithm::EdDsa);
	let options = IssueOptions { holder: None, decoys: 0, now: now() };
	let error = issue(&world.credential, &world.board, &options, &mut NoSalts).unwrap_err();
	assert!(matches!(error, IssueError::NoRandomness(_)), "{error}");
}

#[test]
fn presenting_fails_when_there_is_no_such_claim() {
	let world = World::new(Algorithm::EdDsa);
	let error = world.issued.present(&["npi", "address"], None).unwrap_err();
	assert!(error.to_string().contains("`address`"), "{error}");
	assert!(error.to_string().contains("licenceNumber"), "{error}");
}

#[test]
fn every_presentation_opens_the_commitment_and_another_credential_does_not() {
	let world = World::new(Algorithm::MlDsa65);
	let committed = commitment::of(&[3; 32], &world.issued);
	for claims in [&[][..], &["npi"], &["name", "npi"]] {
		let shown = world.issued.present(claims, Some(world.binding())).unwrap();
		let shown = SdJwt::parse(&shown).unwrap();
		assert_eq!(commitment::of(&[3; 32], &shown), committed);
		assert_ne!(commitment::of(&[4; 32], &shown), committed);
	}
	let other = World::new(Algorithm::MlDsa65);
	assert_ne!(commitment::of(&[3; 32], &other.issued), committed);
	let document = hdx_sdk::commitment::document(&[3; 32], world.issued.issuer_signed().as_bytes());
	assert_eq!(committed, document);
}

/// A presentation, and what it verifies to.
struct Shown {
	world: World,
	is_bound: bool,
	text: String,
	verified: Verified,
}

impl Shown {
	fn new(algorithm: Algorithm, is_bound: bool) -> Self {
		let world = World::new(algorithm);
		let binding = is_bound.then(|| world.binding());
		let text = world.issued.present(&["licenceNumber", "npi"], binding).unwrap();
		let checks = if is_bound { world.expecting() } else { world.checks() };
		let verified = SdJwt::parse(&text).unwrap().verify(&checks).unwrap();
		Self { world, is_bound, text, verified }
	}

	/// What the presentation verifies to with another byte at one place.
	fn with_byte(&self, at: usize, byte: u8) -> Option<Verified> {
		let mut changed = self.text.clone().into_bytes();
		changed[at] = byte;
		let changed = String::from_utf8(changed).ok()?;
		let checks = if self.is_bound { self.world.expecting() } else { self.world.checks() };
		SdJwt::parse(&changed).ok()?.verify(&checks).ok()
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
	#[test]
	fn a_changed_byte_never_changes_what_is_verified(
		which in 0_usize..4,
		at in any::<prop::sample::Index>(),
		byte in any::<u8>(),
	) {
		thread_local! {
			static SHOWN: [Shown; 4] = [
				Shown::new(Algorithm::EdDsa, false),
				Shown::new(Algorithm::EdDsa, true),
				Shown::new(Algorithm::MlDsa65, false),
				Shown::new(Algorithm::MlDsa65, true),
			];
		}
		SHOWN.with(|shown| {
			let shown = &shown[which];
			let at = at.index(shown.text.len());
			if let Some(after) = shown.with_byte(at, byte) {
				prop_assert_eq!(&after, &shown.verified, "byte {}", at);
			}
			Ok(())
		})?;
	}

	#[test]
	fn any_choice_of_claims_shows_exactly_those(chosen in prop::collection::btree_set(0_usize..6, 0..=6)) {
		thread_local! {
			static WORLD: World = World::new(Algorithm::EdDsa);
		}
		WORLD.with(|world| {
			let mut claims: Vec<&str> = chosen.iter().map(|at| world.issued.claims()[*at]).collect();
			let verified = world.verify(&world.issued.present(&claims, None).unwrap()).unwrap();
			claims.sort_unstable();
			prop_assert_eq!(verified.disclosed, claims);
			Ok(())
		})?;
	}

	#[test]
	fn nothing_that_is_read_is_fatal(text in "[A-Za-z0-9._~=-]{0,300}") {
		let world = KnownKeys::default();
		let checks = Checks { keys: &world, status: &NoLists, now: now(), binding: None };
		if let Ok(read) = SdJwt::parse(&text) {
			prop_assert!(read.verify(&checks).is_err());
		}
	}
}
