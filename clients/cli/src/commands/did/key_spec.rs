//! Public keys, as people give them.

use crate::{account, commands::provider::read_public, error::Error, files};
use hdx_credentials::jose::{self, Algorithm};
use hdx_primitives::did::{KeyMaterial, KeyScheme, MaterialError};
use hdx_sdk::did::{read_multikey, NotAMultikey};
use std::path::Path;

/// Largest file with a public key, in bytes: an ML-DSA-65 key as a Multikey, and room to spare.
const MAX_KEY_BYTES: u64 = 16 * 1024;

/// Reads a public key: the `.pub` file of an encryption or signing key, a Multikey, or `SCHEME:VALUE`.
///
/// Not clap's business: clap repeats what it cannot parse, and this may be a secret by mistake.
pub fn read(text: &str) -> Result<KeyMaterial, Error> {
	let path = Path::new(text);
	if path.is_file() {
		return of_key_file(path, text);
	}
	if let Some((scheme, value)) = text.split_once(':') {
		return match scheme_named(scheme) {
			Some(scheme) => of_scheme(scheme, value),
			None => Err(Error::Usage(format!(
				"`{}` is no scheme of keys: give ed25519, x25519, sr25519, mldsa65 or xwing",
				shown(scheme)
			))),
		};
	}
	if text.starts_with('z') {
		return read_multikey(text).map_err(|error| not_a_multikey(text, error));
	}
	Err(Error::Unreadable {
		path: shown(text).into(),
		source: std::io::Error::new(
			std::io::ErrorKind::NotFound,
			"no file is there, and it is neither a Multikey (z6Mk…) nor SCHEME:HEX",
		),
	})
}

/// The public half that `hdx key generate` wrote, of either kind, or a JSON Web Key.
fn of_key_file(path: &Path, given: &str) -> Result<KeyMaterial, Error> {
	let not_signing = match jose::read_public(path) {
		Ok(key) => {
			let scheme = match key.algorithm() {
				Algorithm::EdDsa => KeyScheme::Ed25519,
				Algorithm::MlDsa65 => KeyScheme::MlDsa65,
			};
			return of_bytes(scheme, key.as_bytes(), given);
		},
		Err(error) => error,
	};
	match read_public(path) {
		Ok(key) => of_bytes(KeyScheme::XWing, &key.to_bytes(), given),
		// Each refuses the files of the other; whose it is says what is wrong with it.
		Err(_) if is_of_signing(path) => Err(not_signing.into()),
		Err(not_encryption) => Err(not_encryption),
	}
}

/// Whether a file is one of a signing key, of whichever half.
fn is_of_signing(path: &Path) -> bool {
	files::read_text(path, MAX_KEY_BYTES).is_ok_and(|text| text.contains("hdx-signing-"))
}

fn scheme_named(name: &str) -> Option<KeyScheme> {
	Some(match name {
		"sr25519" => KeyScheme::Sr25519,
		"ed25519" => KeyScheme::Ed25519,
		"x25519" => KeyScheme::X25519,
		"mldsa65" => KeyScheme::MlDsa65,
		"xwing" => KeyScheme::XWing,
		_ => return None,
	})
}

fn of_scheme(scheme: KeyScheme, value: &str) -> Result<KeyMaterial, Error> {
	let path = Path::new(value);
	if scheme == KeyScheme::Sr25519 {
		if let Ok(account) = account::parse(value) {
			return of_bytes(scheme, account.as_ref(), value);
		}
	}
	if path.is_file() {
		return of_file(scheme, path);
	}
	match hex::decode(value.trim_start_matches("0x")) {
		Ok(bytes) => of_bytes(scheme, &bytes, value),
		Err(_) => Err(Error::Usage(format!(
			"`{}` is neither a file nor hexadecimal digits",
			shown(value)
		))),
	}
}

/// A file holds the bytes, or their digits, or a Multikey.
fn of_file(scheme: KeyScheme, path: &Path) -> Result<KeyMaterial, Error> {
	of_content(scheme, &files::read(path, MAX_KEY_BYTES)?, path)
}

fn of_content(scheme: KeyScheme, content: &[u8], path: &Path) -> Result<KeyMaterial, Error> {
	let malformed = |detail: String| Error::Malformed {
		path: path.to_owned(),
		expected: "a public key",
		detail,
	};
	let checked = |bytes: &[u8]| {
		KeyMaterial::from_bytes(scheme, bytes).map_err(|error| malformed(explained(scheme, error)))
	};
	if u32::try_from(content.len()) == Ok(scheme.public_key_bytes()) {
		return checked(content);
	}
	let text = String::from_utf8_lossy(content);
	let text = text.trim();
	if text.starts_with('z') {
		let key = read_multikey(text).map_err(|error| malformed(error.to_string()))?;
		if key.scheme() != scheme {
			return Err(malformed(format!("it is one of {:?}", key.scheme())));
		}
		return Ok(key);
	}
	match hex::decode(text.trim_start_matches("0x")) {
		Ok(bytes) => checked(&bytes),
		Err(_) => Err(malformed(explained(scheme, MaterialError::WrongLength))),
	}
}

fn of_bytes(scheme: KeyScheme, bytes: &[u8], given: &str) -> Result<KeyMaterial, Error> {
	KeyMaterial::from_bytes(scheme, bytes)
		.map_err(|error| Error::BadKey { given: shown(given), why: explained(scheme, error) })
}

fn not_a_multikey(given: &str, error: NotAMultikey) -> Error {
	Error::BadKey { given: shown(given), why: error.to_string() }
}

/// Why bytes are no key.
fn explained(scheme: KeyScheme, error: MaterialError) -> String {
	match error {
		MaterialError::WrongLength => {
			format!("a public key of {scheme:?} has {} bytes", scheme.public_key_bytes())
		},
		MaterialError::NotCanonical => "a number in it is not in its canonical encoding".into(),
		MaterialError::NotAPoint => "it encodes no point of the curve".into(),
		MaterialError::LowOrder => {
			"its point has a part of low order, as one of all zeros has: it protects nothing".into()
		},
		MaterialError::CoefficientTooLarge => {
			"a coefficient of its ML-KEM key is not below the modulus".into()
		},
		MaterialError::AllZero => "its coefficients are all zero: it protects nothing".into(),
	}
}

/// The beginning of what was given, and nothing of what may be the words of a secret key.
fn shown(text: &str) -> String {
	const SHOWN: usize = 40;
	if text.contains(' ') {
		return "…".to_owned();
	}
	match text.char_indices().nth(SHOWN) {
		Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
		None => text.to_owned(),
	}
}

/// Reads anything as a public key of each scheme. What is read is one of that scheme, and the same in digits.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let path = Path::new("key.pub");
	for name in ["sr25519", "ed25519", "x25519", "mldsa65", "xwing"] {
		let Some(scheme) = scheme_named(name) else { continue };
		let Ok(key) = of_content(scheme, bytes, path) else { continue };
		let digits = format!("{}\n", hex::encode(key.as_bytes()));
		let again = of_content(scheme, digits.as_bytes(), path);
		assert!(key.scheme() == scheme && again.ok() == Some(key), "{name}");
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

	use super::*;
	use hdx_sdk::{did::multikey, seal::EncryptionKeyPair};

	const ED25519: &str = "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6";

	fn error(text: &str) -> String {
		read(text).unwrap_err().to_string()
	}

	#[test]
	fn one_key_has_many_spellings() {
		let directory = tempfile::tempdir().unwrap();
		let key = KeyMaterial::Ed25519(hex::decode(ED25519).unwrap().try_into().unwrap());
		let file = |name: &str, content: &[u8]| {
			let path = directory.path().join(name);
			std::fs::write(&path, content).unwrap();
			format!("ed25519:{}", path.display())
		};
		for text in [
			format!("ed25519:{ED25519}"),
			format!("ed25519:0x{ED25519}"),
			multikey(&key).unwrap(),
			file("raw", key.as_bytes()),
			file("hex", format!("{ED25519}\n").as_bytes()),
			file("multikey", multikey(&key).unwrap().as_bytes()),
		] {
			assert_eq!(read(&text).unwrap(), key, "{text}");
		}
	}

	#[test]
	fn the_key_of_an_account_is_read() {
		let alice = account::parse("//Alice").unwrap();
		assert_eq!(read("sr25519://Alice").unwrap(), KeyMaterial::Sr25519(alice.clone().into()));
		let address = format!("sr25519:{alice}");
		assert_eq!(read(&address).unwrap(), KeyMaterial::Sr25519(alice.into()));
	}

	#[test]
	fn the_public_half_of_an_encryption_key_is_read_and_the_secret_one_is_not() {
		let directory = tempfile::tempdir().unwrap();
		let pair = EncryptionKeyPair::generate().unwrap();
		let (public, secret) = (directory.path().join("k.pub"), directory.path().join("k"));
		pair.public().write(&public).unwrap();
		pair.write(&secret).unwrap();
		let key = read(public.to_str().unwrap()).unwrap();
		assert_eq!(key.scheme(), KeyScheme::XWing);
		assert_eq!(key.fingerprint(), pair.fingerprint().0);
		assert!(error(secret.to_str().unwrap()).contains("secret half"));
	}

	#[test]
	fn the_public_half_of_a_signing_key_is_read_and_the_secret_one_is_not() {
		let directory = tempfile::tempdir().unwrap();
		let file = |name: &str| directory.path().join(name);
		for (algorithm, scheme) in
			[(Algorithm::EdDsa, KeyScheme::Ed25519), (Algorithm::MlDsa65, KeyScheme::MlDsa65)]
		{
			let key = jose::SigningKey::generate(algorithm).unwrap();
			let (public, secret) =
				(file(&format!("{algorithm}.pub")), file(&format!("{algorithm}")));
			jose::Signer::public(&key).write(&public).unwrap();
			key.write(&secret).unwrap();
			let read = read(public.to_str().unwrap()).unwrap();
			assert_eq!(read.scheme(), scheme);
			assert_eq!(read.as_bytes(), jose::Signer::public(&key).as_bytes());
			assert!(error(secret.to_str().unwrap()).contains("secret half"));
		}
	}

	#[test]
	fn fails_when_the_length_is_wrong() {
		for (text, length) in [
			("ed25519:00", "32 bytes"),
			("x25519:", "32 bytes"),
			(&format!("sr25519:{ED25519}00"), "32 bytes"),
			(&format!("mldsa65:{ED25519}"), "1952 bytes"),
			(&format!("xwing:{ED25519}"), "1216 bytes"),
		] {
			assert!(error(text).contains(length), "{text}: {}", error(text));
		}
		let directory = tempfile::tempdir().unwrap();
		let path = directory.path().join("short");
		std::fs::write(&path, [1; 1_951]).unwrap();
		let said = error(&format!("mldsa65:{}", path.display()));
		assert!(said.contains("1952 bytes") && said.contains("short"), "{said}");
	}

	#[test]
	fn fails_when_the_key_protects_nothing() {
		let zeros = |bytes: usize| "00".repeat(bytes);
		assert!(error(&format!("x25519:{}", zeros(32))).contains("low order"));
		assert!(error(&format!("mldsa65:{}", zeros(1_952))).contains("all zero"));
		assert!(error(&format!("xwing:{}", zeros(1_216))).contains("protects nothing"));
		// The neutral element of the curve.
		let neutral = format!("ed25519:01{}", zeros(31));
		assert!(error(&neutral).contains("low order"), "{}", error(&neutral));
	}

	#[test]
	fn fails_when_it_is_no_key_and_does_not_repeat_words() {
		assert!(error("rsa:00").contains("no scheme"));
		assert!(error("ed25519:nonsense").contains("hexadecimal"));
		assert!(error("./no-such.pub").contains("no-such.pub"));
		assert!(error("zzzz0").contains("base58"));
		for words in ["some secret words", "sr25519:some secret words"] {
			assert!(!error(words).contains("secret"), "{}", error(words));
		}
	}
}
