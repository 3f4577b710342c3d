//! SD-JWTs: what an issuer gives to a holder, and a holder shows.

use crate::input::altered_text;
use arbitrary::Unstructured;
use hdx_credentials::{
	jose::{Algorithm, SigningKey},
	sd_jwt::{
		self, Binding, Checks, Disclosure, Expected, IssueOptions, SaltSource, SdJwt,
		MAX_DISCLOSURES, MAX_SD_JWT_BYTES, SALT_BYTES,
	},
	status::NoLists,
	Credential, KnownKeys,
};
use hdx_sdk::seal::Secret;
use jiff::Timestamp;
use std::sync::OnceLock;

/// Who attests.
pub const BOARD: &str = "did:web:board.example";
const HOSPITAL: &str = "did:web:hospital.example";
const NONCE: &str = "n-1";

const LICENCE: &str = r#"{
	"type": ["VerifiableCredential", "ProfessionalLicenceCredential"],
	"issuer": "did:web:board.example", "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2030-01-01T00:00:00Z",
	"credentialSubject": {
		"id": "did:hdx:0123:nurse", "name": "Ada Lovelace", "npi": "1234567893", "licenceNumber": "RN-1",
		"jurisdiction": "US-MA", "taxonomy": "163W00000X"
	}
}"#;

/// A board that licensed a nurse, and what the nurse shows to a hospital. The same in each run, so that a failure is.
pub struct World {
	/// Signs credentials and lists.
	pub board: SigningKey,
	/// Holds the licence.
	pub nurse: SigningKey,
	/// The boards' keys.
	pub keys: KnownKeys,
	/// When all of it happens.
	pub now: Timestamp,
	/// What is shown: by each board.
	shown: [String; 2],
}

/// The one world that there is.
pub fn world() -> &'static World {
	static WORLD: OnceLock<World> = OnceLock::new();
	WORLD.get_or_init(World::new)
}

impl World {
	fn new() -> Self {
		let key = |algorithm, seed: u8| {
			SigningKey::from_seed(algorithm, Secret::from_slice(&[seed; 32]).expect("32 bytes"))
		};
		let board = key(Algorithm::EdDsa, 1);
		let other_board = key(Algorithm::MlDsa65, 2);
		let nurse = key(Algorithm::EdDsa, 3);
		let now: Timestamp = "2026-11-21T12:00:00Z".parse().expect("a moment");
		let mut keys = KnownKeys::default();
		for key in [&board, &other_board] {
			keys.insert(BOARD, key.public(), ..).expect("a DID");
		}
		let licence = Credential::from_json(LICENCE.as_bytes()).expect("a licence");
		let options = IssueOptions { holder: Some(nurse.public()), decoys: 2, now };
		let shown = [&board, &other_board].map(|board| {
			let issued = sd_jwt::issue(&licence, board, &options, &mut SameSalts::default());
			let binding = Binding { key: &nurse, audience: HOSPITAL, nonce: NONCE, now };
			let issued = issued.expect("the board signs");
			issued.present(&["licenceNumber", "name"], Some(binding)).expect("the nurse signs")
		});
		Self { board, nurse, keys, now, shown }
	}

	fn holds(&self, token: &SdJwt) -> bool {
		let binding = Some(Expected::new(HOSPITAL, NONCE));
		let checks = Checks { keys: &self.keys, status: &NoLists, now: self.now, binding };
		token.verify(&checks).is_ok()
	}
}

/// Salts that differ, and are the same each time.
#[derive(Default)]
pub struct SameSalts(u32);

impl SaltSource for SameSalts {
	fn salt(&mut self) -> Result<[u8; SALT_BYTES], getrandom::Error> {
		self.0 += 1;
		let mut salt = [0; SALT_BYTES];
		salt[..4].copy_from_slice(&self.0.to_le_bytes());
		Ok(salt)
	}
}

/// A credential or a presentation, of anybody.
pub fn token(text: &str) {
	let Ok(token) = SdJwt::parse(text) else { return };
	assert!(text.len() <= MAX_SD_JWT_BYTES && token.disclosures().len() <= MAX_DISCLOSURES);
	assert_eq!(token.to_string(), text);
	token.disclosures().iter().for_each(is_sound);
	let names = token.claims().len();
	assert!(names <= token.disclosures().len());
	assert!(!world().holds(&token) || world().shown.iter().any(|shown| shown == text));
}

/// A disclosure.
pub fn disclosure(text: &str) {
	if let Ok(disclosure) = Disclosure::parse(text) {
		assert_eq!(disclosure.as_str(), text);
		is_sound(&disclosure);
	}
}

fn is_sound(disclosure: &Disclosure) {
	assert_eq!(Disclosure::parse(disclosure.as_str()).as_ref(), Ok(disclosure));
	assert!(disclosure.name.as_deref().is_none_or(|name| name != "_sd" && name != "..."));
	// SHA-256 in base64url.
	assert_eq!(disclosure.digest().len(), 43);
}

/// What the nurse shows, altered on its way.
pub fn altered_presentation(input: &mut Unstructured<'_>) {
	let world = world();
	// Signatures that are post-quantum take their time.
	let is_other = input.ratio(1, 8).unwrap_or_default();
	let shown = &world.shown[usize::from(is_other)];
	let Some(text) = altered_text(shown, input) else { return };
	let Ok(token) = SdJwt::parse(&text) else {
		assert_ne!(text, *shown);
		return;
	};
	// The key binding is over all of it.
	assert_eq!(world.holds(&token), text == *shown, "what was altered does not hold");
}
