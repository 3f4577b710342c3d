#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod bound;
mod refused;
mod shown;

use super::*;
use crate::{
	base64url,
	credential::tests::licence,
	jose::{self, Algorithm, Jws, PublicKey, SigningKey},
	json::Object,
	status::{KnownLists, NoLists, Purpose},
	Credential, KnownKeys,
};
use jiff::Timestamp;
use serde_json::{json, Value};

pub const BOARD: &str = "did:web:board.example";
pub const HOSPITAL: &str = "did:web:hospital.example";

pub fn at(text: &str) -> Timestamp {
	text.parse().unwrap()
}

pub fn now() -> Timestamp {
	at("2026-11-21T12:00:00Z")
}

/// Salts that differ, and are the same each time.
pub struct Counter(u8);

impl SaltSource for Counter {
	fn salt(&mut self) -> Result<[u8; SALT_BYTES], getrandom::Error> {
		self.0 = self.0.wrapping_add(1);
		Ok([self.0; SALT_BYTES])
	}
}

/// A board that issues a licence to a nurse, whose key it knows.
pub struct World {
	pub board: SigningKey,
	pub nurse: SigningKey,
	pub keys: KnownKeys,
	pub credential: Credential,
	pub issued: SdJwt,
}

impl World {
	pub fn new(algorithm: Algorithm) -> Self {
		Self::with(algorithm, &licence())
	}

	pub fn with(algorithm: Algorithm, credential: &Value) -> Self {
		let board = SigningKey::generate(algorithm).unwrap();
		let nurse = SigningKey::generate(algorithm).unwrap();
		let mut keys = KnownKeys::default();
		keys.insert(BOARD, board.public(), at("2026-01-01T00:00:00Z")..).unwrap();
		let credential = Credential::from_json(credential.to_string().as_bytes()).unwrap();
		let options = IssueOptions { holder: Some(nurse.public()), decoys: 2, now: now() };
		let issued = issue(&credential, &board, &options, &mut Counter(0)).unwrap();
		Self { board, nurse, keys, credential, issued }
	}

	pub fn checks(&self) -> Checks<'_> {
		Checks { keys: &self.keys, status: &NoLists, now: now(), binding: None }
	}

	pub fn expecting(&self) -> Checks<'_> {
		Checks { binding: Some(Expected::new(HOSPITAL, "n-1")), ..self.checks() }
	}

	pub fn binding(&self) -> Binding<'_> {
		Binding { key: &self.nurse, audience: HOSPITAL, nonce: "n-1", now: now() }
	}

	/// The licence with all its disclosures, after the board signed something else.
	pub fn resigned(&self, change: impl FnOnce(&mut Object)) -> SdJwt {
		let mut payload = Jws::parse(self.issued.issuer_signed(), MEDIA_TYPE).unwrap().payload;
		change(&mut payload);
		self.signed(&payload, MEDIA_TYPE, Some(&self.board.public().kid(BOARD)))
	}

	pub fn signed(&self, payload: &Object, typ: &str, kid: Option<&str>) -> SdJwt {
		let token = jose::sign(typ, None, kid, payload, &self.board).unwrap();
		SdJwt::new(token, self.issued.disclosures().to_vec())
	}

	pub fn verify(&self, text: &str) -> Result<Verified, VerifyError> {
		SdJwt::parse(text).unwrap().verify(&self.checks())
	}
}
