//! Signing keys in files.

use super::{Algorithm, PublicKey, SigningKey};
use crate::json;
use hdx_sdk::seal::{secret_file, KeyFileError, Secret};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use std::{fs::File, io::Read, path::Path};

const FORMAT: &str = "hdx-signing-key/1";
const PUBLIC_FORMAT: &str = "hdx-signing-public-key/1";
const EXPECTED: &str = "a file with a signing key";
const EXPECTED_PUBLIC: &str = "a file with a public signing key, or a public JSON Web Key";

/// Largest public key file that is read, in bytes.
const MAX_PUBLIC_BYTES: u64 = 64 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedFile {
	format: String,
	algorithm: String,
	thumbprint: String,
	seed: Secret,
}

impl SigningKey {
	/// Writes the seed into a new file with mode 0600.
	///
	/// # Errors
	///
	/// [`KeyFileError::Exists`] or [`KeyFileError::Io`].
	pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
		let file = SeedFile {
			format: FORMAT.to_owned(),
			algorithm: self.algorithm().name().to_owned(),
			thumbprint: self.public().thumbprint(),
			seed: self.seed().clone(),
		};
		secret_file::write(path, &file)
	}

	/// Reads the seed from a file that only its owner may read.
	///
	/// # Errors
	///
	/// [`KeyFileError::Io`], [`KeyFileError::Exposed`] or [`KeyFileError::Malformed`].
	pub fn read(path: &Path) -> Result<Self, KeyFileError> {
		let file: SeedFile = secret_file::read(path, EXPECTED)?;
		let refuse = |detail| malformed(path, EXPECTED, detail);
		if file.format != FORMAT {
			return Err(refuse(format!("its format is `{}`", file.format)));
		}
		let algorithm: Algorithm = file
			.algorithm
			.parse()
			.map_err(|()| refuse(format!("its algorithm is `{}`", file.algorithm)))?;
		let key = Self::from_seed(algorithm, file.seed);
		if key.public().thumbprint() != file.thumbprint {
			return Err(refuse("the seed does not belong to the thumbprint".to_owned()));
		}
		Ok(key)
	}
}

impl PublicKey {
	/// Writes the key into a file that may be passed on.
	///
	/// # Errors
	///
	/// [`KeyFileError::Io`].
	pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
		let file = json!({
			"format": PUBLIC_FORMAT,
			"thumbprint": self.thumbprint(),
			"jwk": Value::Object(self.to_jwk()),
		});
		serde_json::to_vec_pretty(&file)
			.map_err(std::io::Error::other)
			.and_then(|text| std::fs::write(path, text))
			.map_err(|source| KeyFileError::Io { file: path.display().to_string(), source })
	}
}

/// Reads a file that [`PublicKey::write`] made, or one with a public JSON Web Key.
///
/// # Errors
///
/// [`KeyFileError::Io`] or [`KeyFileError::Malformed`].
pub fn read_public(path: &Path) -> Result<PublicKey, KeyFileError> {
	let refuse = |detail| malformed(path, EXPECTED_PUBLIC, detail);
	let failed = |source| KeyFileError::Io { file: path.display().to_string(), source };
	let mut text = Vec::new();
	let file = File::open(path).map_err(failed)?;
	file.take(MAX_PUBLIC_BYTES).read_to_end(&mut text).map_err(failed)?;
	let read = json::object(&text).map_err(|error| refuse(error.to_string()))?;
	let (jwk, thumbprint) = match read.get("format").and_then(Value::as_str) {
		None => (&read, None),
		Some(PUBLIC_FORMAT) => {
			let jwk = read.get("jwk").and_then(Value::as_object);
			let jwk = jwk.ok_or_else(|| refuse("it has no `jwk`".to_owned()))?;
			let thumbprint = read.get("thumbprint").and_then(Value::as_str).unwrap_or_default();
			(jwk, Some(thumbprint))
		},
		Some(FORMAT) => {
			let advice = "it is the secret half; give the .pub file, and pass this one to nobody";
			return Err(refuse(advice.to_owned()));
		},
		Some(other) => return Err(refuse(format!("its format is `{other}`"))),
	};
	let key = PublicKey::from_jwk(jwk).map_err(|error| refuse(error.to_string()))?;
	if thumbprint.is_some_and(|thumbprint| thumbprint != key.thumbprint()) {
		return Err(refuse("the key does not belong to the thumbprint".to_owned()));
	}
	Ok(key)
}

fn malformed(path: &Path, expected: &'static str, detail: String) -> KeyFileError {
	KeyFileError::Malformed { file: path.display().to_string(), expected, detail }
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn both_halves_are_written_and_read() {
		let directory = tempfile::tempdir().unwrap();
		for algorithm in Algorithm::ALL {
			let key = SigningKey::generate(algorithm).unwrap();
			let file = directory.path().join(algorithm.name());
			key.write(&file).unwrap();
			assert_eq!(SigningKey::read(&file).unwrap().public(), key.public());
			assert!(matches!(key.write(&file), Err(KeyFileError::Exists { .. })));
			let public_file = file.with_extension("pub");
			key.public().write(&public_file).unwrap();
			assert_eq!(read_public(&public_file).unwrap(), key.public());
			let jwk_file = file.with_extension("jwk");
			let jwk = Value::Object(key.public().to_jwk()).to_string();
			std::fs::write(&jwk_file, jwk).unwrap();
			assert_eq!(read_public(&jwk_file).unwrap(), key.public());
		}
	}

	#[cfg(unix)]
	#[test]
	fn the_secret_half_is_for_its_owner() {
		use std::os::unix::fs::PermissionsExt;
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		SigningKey::generate(Algorithm::EdDsa).unwrap().write(&file).unwrap();
		assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
		std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
		assert!(matches!(SigningKey::read(&file), Err(KeyFileError::Exposed { .. })));
	}

	#[test]
	fn the_secret_half_is_named_when_it_is_given_for_the_public_one() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		SigningKey::generate(Algorithm::EdDsa).unwrap().write(&file).unwrap();
		assert!(read_public(&file).unwrap_err().to_string().contains(".pub"));
	}

	#[test]
	fn fails_when_a_file_was_altered() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key.pub");
		let (one, other) = (
			SigningKey::generate(Algorithm::EdDsa).unwrap().public(),
			SigningKey::generate(Algorithm::EdDsa).unwrap().public(),
		);
		one.write(&file).unwrap();
		let text = std::fs::read_to_string(&file).unwrap();
		std::fs::write(&file, text.replace(&one.thumbprint(), &other.thumbprint())).unwrap();
		assert!(read_public(&file).unwrap_err().to_string().contains("thumbprint"));
		std::fs::write(&file, text.replace("public-key/1", "public-key/2")).unwrap();
		assert!(read_public(&file).unwrap_err().to_string().contains("format"));
		std::fs::write(&file, "{").unwrap();
		assert!(matches!(read_public(&file), Err(KeyFileError::Malformed { .. })));
	}
}
