#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::{
	jose::{self, Algorithm, Jws, JwsError, SigningKey},
	KnownKeys, ResolveError,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{json, Value};

const URL: &str = "https://board.example/status/3";
const BOARD: &str = "did:web:board.example";

fn at(text: &str) -> Timestamp {
	text.parse().unwrap()
}

fn now() -> Timestamp {
	at("2026-11-21T12:00:00Z")
}

/// A list of the board in which nothing is set.
pub fn list(url: &str, purpose: Purpose) -> StatusList {
	StatusList {
		id: url.to_owned(),
		issuer: BOARD.to_owned(),
		purpose,
		bits: Bitstring::new(MIN_ENTRIES).unwrap(),
		valid_from: at("2026-11-21T00:00:00Z"),
		valid_until: at("2026-11-22T00:00:00Z"),
		ttl: Some(300_000),
	}
}

fn entry(index: u64) -> Entry {
	Entry { id: None, purpose: Purpose::Revocation, index, list: URL.to_owned() }
}

struct World {
	board: SigningKey,
	keys: KnownKeys,
	list: StatusList,
}

impl World {
	fn new(algorithm: Algorithm) -> Self {
		let board = SigningKey::generate(algorithm).unwrap();
		let mut keys = KnownKeys::default();
		keys.insert(BOARD, board.public(), at("2026-01-01T00:00:00Z")..).unwrap();
		let mut list = list(URL, Purpose::Revocation);
		list.bits.set(7, true).unwrap();
		Self { board, keys, list }
	}

	fn verify(&self, token: &str) -> Result<StatusList, ListError> {
		StatusList::verify(token, &self.keys, now())
	}

	/// The list, after the board signed something else.
	fn resigned(&self, change: impl FnOnce(&mut Value)) -> String {
		let token = self.list.sign(&self.board).unwrap();
		let mut payload = Value::Object(Jws::parse(&token, "vc+jwt").unwrap().payload);
		change(&mut payload);
		let kid = self.board.public().kid(BOARD);
		let Value::Object(payload) = payload else { panic!("no object") };
		jose::sign("vc+jwt", None, Some(&kid), &payload, &self.board).unwrap()
	}

	fn refused(&self, change: impl FnOnce(&mut Value)) -> ListError {
		self.verify(&self.resigned(change)).unwrap_err()
	}
}

#[test]
fn a_list_is_signed_and_read_with_either_algorithm() {
	for algorithm in Algorithm::ALL {
		let world = World::new(algorithm);
		let read = world.verify(&world.list.sign(&world.board).unwrap()).unwrap();
		assert_eq!(read, world.list);
		assert!(read.is_set(&entry(7), BOARD).unwrap());
		assert!(!read.is_set(&entry(8), BOARD).unwrap());
	}
}

#[test]
fn signing_fails_when_the_signer_refuses() {
	struct Absent(jose::PublicKey);
	impl jose::Signer for Absent {
		fn public(&self) -> jose::PublicKey {
			self.0.clone()
		}

		fn sign(&self, _: &[u8]) -> Option<Vec<u8>> {
			None
		}
	}
	let world = World::new(Algorithm::EdDsa);
	assert_eq!(world.list.sign(&Absent(world.board.public())), Err(ListError::NotSigned));
}

#[test]
fn fails_when_the_signature_is_not_the_issuers() {
	let (world, other) = (World::new(Algorithm::EdDsa), World::new(Algorithm::EdDsa));
	let token = world.list.sign(&world.board).unwrap();
	let forged = world.list.sign(&other.board).unwrap();
	let error = world.verify(&forged).unwrap_err();
	assert!(matches!(error, ListError::Key(ResolveError::Unknown { .. })), "{error}");
	let (content, _) = token.rsplit_once('.').unwrap();
	let (_, signature) = forged.rsplit_once('.').unwrap();
	let error = world.verify(&format!("{content}.{signature}")).unwrap_err();
	assert!(matches!(error, ListError::Jws(JwsError::BadSignature { .. })), "{error}");
}

#[test]
fn fails_when_the_key_is_unnamed_of_another_or_not_in_force_any_more() {
	let world = World::new(Algorithm::EdDsa);
	let token = world.list.sign(&world.board).unwrap();
	let payload = Jws::parse(&token, "vc+jwt").unwrap().payload;
	let sign = |kid| jose::sign("vc+jwt", None, kid, &payload, &world.board).unwrap();
	assert_eq!(world.verify(&sign(None)), Err(ListError::NoKid));
	let error = world.verify(&sign(Some("did:web:other.example#1"))).unwrap_err();
	assert!(matches!(error, ListError::KeyOfAnother { .. }), "{error}");
	let mut rotated = KnownKeys::default();
	rotated.insert(BOARD, world.board.public(), ..at("2026-11-21T06:00:00Z")).unwrap();
	let error = StatusList::verify(&token, &rotated, now()).unwrap_err();
	assert!(matches!(error, ListError::Key(ResolveError::NotInForce { .. })), "{error}");
}

#[test]
fn fails_when_it_is_from_another_issuer_or_another_list() {
	let world = World::new(Algorithm::EdDsa);
	let error = world.list.is_set(&entry(7), "did:web:other.example").unwrap_err();
	assert!(matches!(error, ListError::OtherIssuer { .. }), "{error}");
	let other = Entry { list: format!("{URL}0"), ..entry(7) };
	let error = world.list.is_set(&other, BOARD).unwrap_err();
	assert!(matches!(error, ListError::OtherList { .. }), "{error}");
}

#[test]
fn fails_when_it_is_for_another_purpose() {
	let world = World::new(Algorithm::EdDsa);
	let other = Entry { purpose: Purpose::Suspension, ..entry(7) };
	let error = world.list.is_set(&other, BOARD).unwrap_err();
	assert!(matches!(error, ListError::OtherPurpose { .. }), "{error}");
	let error = world.refused(|list| {
		list["credentialSubject"]["statusPurpose"] = "message".into();
	});
	let member = "credentialSubject.statusPurpose";
	assert!(matches!(error, ListError::Malformed { member: found, .. } if found == member));
}

#[test]
fn fails_when_the_subject_is_of_another_list() {
	let world = World::new(Algorithm::EdDsa);
	for id in [json!("https://board.example/status/4#list"), json!(URL), json!(3)] {
		let error = world.refused(|list| list["credentialSubject"]["id"] = id);
		assert!(matches!(error, ListError::OtherSubject { .. }), "{error}");
	}
	let without = world.resigned(|list| {
		list["credentialSubject"].as_object_mut().unwrap().remove("id");
	});
	world.verify(&without).unwrap();
}

#[test]
fn fails_when_the_list_is_expired_or_not_yet_valid() {
	let world = World::new(Algorithm::EdDsa);
	let token = world.list.sign(&world.board).unwrap();
	let verify = |now| StatusList::verify(&token, &world.keys, now);
	let error = verify(at("2026-11-22T00:00:00Z")).unwrap_err();
	assert!(matches!(error, ListError::Expired { .. }), "{error}");
	let error = verify(at("2026-11-20T23:58:59Z")).unwrap_err();
	assert!(matches!(error, ListError::NotYetValid { .. }), "{error}");
	verify(at("2026-11-20T23:59:00Z")).unwrap();
}

#[test]
fn fails_when_an_entry_has_more_than_a_bit() {
	let world = World::new(Algorithm::EdDsa);
	let error = world.refused(|list| list["credentialSubject"]["statusSize"] = json!(2));
	assert_eq!(error, ListError::UnsupportedSize { found: "2".into() });
	let one = world.resigned(|list| list["credentialSubject"]["statusSize"] = json!(1));
	world.verify(&one).unwrap();
}

#[test]
fn fails_when_a_member_is_missing_and_names_it() {
	let world = World::new(Algorithm::EdDsa);
	let missing = |error| match error {
		ListError::Malformed { member, .. } => member,
		other => panic!("{other}"),
	};
	for name in ["@context", "id", "type", "validFrom", "validUntil", "credentialSubject"] {
		let error = world.refused(|list| drop(list.as_object_mut().unwrap().remove(name)));
		assert_eq!(missing(error), name);
	}
	for name in ["type", "statusPurpose", "encodedList"] {
		let error = world.refused(|list| {
			list["credentialSubject"].as_object_mut().unwrap().remove(name);
		});
		assert_eq!(missing(error), format!("credentialSubject.{name}"));
	}
	let error = world.refused(|list| list["credentialSubject"]["ttl"] = json!("soon"));
	assert_eq!(missing(error), "credentialSubject.ttl");
	let error = world.refused(|list| list["type"] = json!(["VerifiableCredential"]));
	assert_eq!(missing(error), "type");
}

#[test]
fn fails_when_the_bits_are_refused_or_there_is_no_such_one() {
	let world = World::new(Algorithm::EdDsa);
	let error = world.refused(|list| list["credentialSubject"]["encodedList"] = "zABC".into());
	assert_eq!(error, ListError::Bits(BitstringError::WrongMultibase));
	let error = world.list.is_set(&entry(MIN_ENTRIES), BOARD).unwrap_err();
	assert!(matches!(error, ListError::Bits(BitstringError::OutOfRange { .. })), "{error}");
}

#[test]
fn fails_when_it_is_too_large_or_another_kind_of_token() {
	let world = World::new(Algorithm::EdDsa);
	let error = world.verify(&"a".repeat(MAX_LIST_BYTES + 1)).unwrap_err();
	assert_eq!(error, ListError::TooLarge { found: MAX_LIST_BYTES + 1 });
	let token = world.list.sign(&world.board).unwrap();
	let payload = Jws::parse(&token, "vc+jwt").unwrap().payload;
	let kid = world.board.public().kid(BOARD);
	let other = jose::sign("vc+sd-jwt", None, Some(&kid), &payload, &world.board).unwrap();
	let error = world.verify(&other).unwrap_err();
	assert!(matches!(error, ListError::Jws(JwsError::OtherType { .. })), "{error}");
}

#[test]
fn the_largest_list_is_read() {
	let world = World::new(Algorithm::EdDsa);
	let mut list = world.list.clone();
	list.bits = Bitstring::new(MAX_ENTRIES).unwrap();
	// Bits that do not compress.
	let mut state = 1_u64;
	for index in 0..MAX_ENTRIES {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		list.bits.set(index, state & 1 == 1).unwrap();
	}
	let token = list.sign(&world.board).unwrap();
	assert!(token.len() <= MAX_LIST_BYTES, "{}", token.len());
	assert_eq!(world.verify(&token).unwrap().bits, list.bits);
}

#[test]
fn a_list_is_fresh_for_its_ttl_and_never_past_its_end() {
	let world = World::new(Algorithm::EdDsa);
	let five_minutes = now().checked_add(SignedDuration::from_mins(5)).unwrap();
	assert_eq!(world.list.fresh_until(now()), five_minutes);
	for ttl in [None, Some(u64::MAX), Some(1 << 40)] {
		let list = StatusList { ttl, ..world.list.clone() };
		assert_eq!(list.fresh_until(now()), list.valid_until);
	}
}

#[test]
fn the_issuer_reads_back_what_it_signed_even_when_it_is_over() {
	let world = World::new(Algorithm::EdDsa);
	let mut old = world.list.clone();
	old.valid_until = at("2026-11-21T01:00:00Z");
	let token = old.sign(&world.board).unwrap();
	assert_eq!(StatusList::read_own(&token, &world.board.public()).unwrap(), old);
	let other = SigningKey::generate(Algorithm::EdDsa).unwrap().public();
	assert!(matches!(StatusList::read_own(&token, &other), Err(ListError::Jws(_))));
}

#[test]
fn a_source_says_what_it_does_not_have() {
	let world = World::new(Algorithm::EdDsa);
	let mut lists = KnownLists::default();
	let looked_up =
		|lists: &KnownLists, index| check(&entry(index), BOARD, lists, &world.keys, now());
	let error = looked_up(&lists, 8).unwrap_err();
	assert!(error.to_string().contains(URL), "{error}");
	lists.insert(URL, world.list.sign(&world.board).unwrap());
	assert_eq!(looked_up(&lists, 8).unwrap().purpose, Purpose::Revocation);
	assert!(matches!(looked_up(&lists, 7), Err(StatusError::Revoked { index: 7, .. })));
	lists.insert(URL, "x");
	assert!(matches!(looked_up(&lists, 8), Err(StatusError::List { .. })));
}
