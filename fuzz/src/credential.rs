//! Credentials, presentations, keys and status lists.

mod list;
mod shown;

use crate::input::{choice, is_exact, text, PrivateFile};
use arbitrary::Unstructured;
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use hdx_credentials::{
	fetch::{read_answer, Limits},
	jose::{read_public, Algorithm, PublicKey, Signer, SigningKey},
	sd_jwt::{self, IssueOptions, SdJwt},
	status::Entry,
	Credential,
};
use serde_json::{json, Value};
use shown::{world, SameSalts};

/// What the target does with its bytes.
pub fn read(bytes: &[u8]) {
	let Some((reader, rest)) = choice(bytes, 13) else { return };
	match reader {
		0 => text(rest).map_or((), shown::token),
		1 => text(rest).map_or((), shown::disclosure),
		2 => shown::altered_presentation(&mut Unstructured::new(rest)),
		3 => list::altered_list(&mut Unstructured::new(rest)),
		4 => list::signed(rest),
		5 => jwk(rest),
		6 => key(rest),
		7 => key_file(rest),
		8 => text(rest).map_or((), list::encoded),
		9 => list::compressed(&mut Unstructured::new(rest)),
		10 => entry(rest),
		11 => credential(rest),
		_ => answer(rest),
	}
}

/// Base64url without padding.
fn base64url(bytes: &[u8]) -> String {
	URL_SAFE_NO_PAD.encode(bytes)
}

/// A public JSON Web Key.
fn jwk(bytes: &[u8]) {
	let Ok(Value::Object(jwk)) = serde_json::from_slice(bytes) else { return };
	let Ok(key) = PublicKey::from_jwk(&jwk) else { return };
	let written = key.to_jwk();
	for member in ["kty", "crv", "x", "pub"] {
		// Only the members of its kind make the key.
		if let Some(value) = written.get(member) {
			assert_eq!(jwk.get(member), Some(value), "a key is spelled in one way");
		}
	}
	assert_eq!(PublicKey::from_jwk(&written).as_ref(), Ok(&key));
	is_sound(&key);
}

/// The bytes of a public key, and a signature by it.
fn key(bytes: &[u8]) {
	let Some((first, bytes)) = bytes.split_first() else { return };
	let (algorithm, length) = match first & 1 {
		0 => (Algorithm::EdDsa, 32),
		_ => (Algorithm::MlDsa65, 1_952),
	};
	// Nobody finds a long key by trying.
	let repeated: Vec<u8> = bytes.iter().copied().cycle().take(length).collect();
	for bytes in [bytes, &repeated] {
		if let Ok(key) = PublicKey::from_bytes(algorithm, bytes) {
			assert_eq!((key.algorithm(), key.as_bytes()), (algorithm, bytes));
			is_sound(&key);
		}
	}
	// What a stranger sends is no signature of the board.
	assert!(!world().board.public().verifies(b"never signed", bytes));
}

fn is_sound(key: &PublicKey) {
	assert_eq!(PublicKey::from_bytes(key.algorithm(), key.as_bytes()).as_ref(), Ok(key));
	// 32 bytes in base64url.
	assert_eq!(key.thumbprint().len(), 43);
	assert!(!key.verifies(b"message", b"no signature"));
}

/// Files with keys, of either half.
fn key_file(bytes: &[u8]) {
	let file = PrivateFile::with("key", bytes);
	if let Ok(key) = read_public(file.path()) {
		is_sound(&key);
		let again = PrivateFile::place("key-again");
		key.write(again.path()).expect("a small file can be written");
		assert_eq!(read_public(again.path()).ok(), Some(key));
	}
	if let Ok(key) = SigningKey::read(file.path()) {
		let signature = key.sign(b"message").expect("both algorithms sign");
		assert!(key.public().verifies(b"message", &signature));
		assert!(
			read_public(file.path()).is_err(),
			"the secret half is not taken for the public one"
		);
	}
}

/// Where a credential says in which list it stands.
fn entry(bytes: &[u8]) {
	let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
	let Ok(entry) = Entry::read(&value) else { return };
	let mut written = json!({
		"type": "BitstringStatusListEntry",
		"statusPurpose": entry.purpose.name(),
		"statusListIndex": entry.index.to_string(),
		"statusListCredential": entry.list,
	});
	if let Some(id) = &entry.id {
		written["id"] = id.as_str().into();
	}
	assert_eq!(Entry::read(&written), Ok(entry));
}

/// What is attested. What can be read is issued and read again.
fn credential(bytes: &[u8]) {
	let Ok(credential) = Credential::from_json(bytes) else { return };
	let written = Value::Object(credential.to_json());
	if !is_exact(&written) {
		return;
	}
	let again = Credential::from_json(written.to_string().as_bytes());
	assert_eq!(again.as_ref(), Ok(&credential));
	let world = world();
	let options = IssueOptions { holder: Some(world.nurse.public()), decoys: 1, now: world.now };
	if let Ok(issued) =
		sd_jwt::issue(&credential, &world.board, &options, &mut SameSalts::default())
	{
		assert_eq!(SdJwt::parse(&issued.to_string()), Ok(issued));
	}
}

/// An answer of a server: its type up to a zero byte, how much is read, whether it tells its length, and the body.
fn answer(bytes: &[u8]) {
	let (content_type, rest) = crate::input::halves(bytes);
	let Some(([limit, tells_length], body)) = rest.split_first_chunk::<2>() else { return };
	let limits = Limits { bytes: usize::from(*limit), ..Limits::default() };
	let answered = read_answer(limits, content_type, tells_length & 1 == 1, body.to_vec());
	if let Ok(text) = &answered {
		assert_eq!(text.as_bytes(), body);
		let known = content_type.to_ascii_lowercase();
		let is_known = [&b"application/jwt"[..], b"application/vc+jwt"]
			.iter()
			.any(|known_type| known.trim_ascii().starts_with(known_type));
		assert!(is_known, "only what is served as a list is read as one");
	}
	assert!(answered.is_err() || body.len() <= limits.bytes);
}
