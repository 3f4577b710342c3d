//! `hdx key`: making and showing keys. Never connects to anything.

use super::{session_key, Context};
use crate::{
	account,
	error::Error,
	exit::Exit,
	files::{self, NewFile},
	output::block,
};
use clap::{Subcommand, ValueEnum};
use hdx_credentials::jose::{self, Algorithm, PublicKey, SigningKey};
use hdx_sdk::{
	chain::Signer,
	seal::{EncryptionKeyPair, EncryptionPublicKey, Fingerprint},
};
use serde::Serialize;
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// Largest file with a key, in bytes.
const MAX_KEY_BYTES: u64 = 64 * 1024;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Key {
	/// Make a new key. Existing files are never overwritten.
	#[command(after_help = "\
Examples:
  hdx key generate --out operator.key                     a signing key (sr25519, 24 words)
  hdx key generate --out practitioner.xwing --encryption  an encryption key, and practitioner.xwing.pub
  hdx key generate --out board.key --signing ml-dsa-65    a key that signs credentials, and board.key.pub

A signing key signs transactions; its file is given with --as. An encryption key opens what was
released to its owner. With a key of --signing, issuers sign credentials and holders presentations:
ed25519 is short, ml-dsa-65 outlives elliptic curves. Of the last two, pass on the .pub file and keep the
other.")]
	Generate {
		/// Where to write the key (mode 0600).
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
		/// Make an encryption key (X-Wing); the public half goes to FILE.pub.
		#[arg(long)]
		encryption: bool,
		/// Make a key that signs credentials; the public half goes to FILE.pub.
		#[arg(long, value_name = "ALGORITHM", conflicts_with = "encryption")]
		signing: Option<AlgorithmName>,
	},
	/// Make the session keys of a validator in its node's keystore, with the proof that it has them.
	#[command(after_help = "\
Example:
  hdx key session-new --keystore /var/lib/hdx/chains/rhine_hospitals/keystore --owner 5E9b…Bfi6

Run it on the validator's machine, as the user that runs the node: the private keys stay in the keystore
(mode 0600). What is shown goes into the consortium's file. Once there is a chain, the node makes keys itself
(docs/validators.md).")]
	SessionNew(session_key::SessionNew),
	/// Show what others know a key by.
	#[command(after_help = "\
Examples:
  hdx key show operator.key            the account that it signs for
  hdx key show //Alice
  hdx key show practitioner.xwing.pub  its fingerprint, as the provider registry has it
  hdx key show board.key.pub           its thumbprint, as credentials name it")]
	Show {
		/// A key file, or a development key such as //Alice.
		#[arg(value_name = "KEY")]
		key: String,
	},
}

/// Algorithms that sign credentials, as they are typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum AlgorithmName {
	/// Ed25519.
	Ed25519,
	/// ML-DSA-65, which quantum computers do not break.
	#[value(name = "ml-dsa-65")]
	MlDsa65,
}

impl From<AlgorithmName> for Algorithm {
	fn from(name: AlgorithmName) -> Self {
		match name {
			AlgorithmName::Ed25519 => Self::EdDsa,
			AlgorithmName::MlDsa65 => Self::MlDsa65,
		}
	}
}

/// What a key is known by.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Shown {
	/// A signing key.
	#[serde(rename_all = "camelCase")]
	Signing {
		account: String,
		public_key: String,
		#[serde(skip_serializing_if = "Option::is_none")]
		file: Option<PathBuf>,
	},
	/// A key that signs credentials.
	#[serde(rename_all = "camelCase")]
	CredentialSigning {
		algorithm: &'static str,
		thumbprint: String,
		secret: bool,
		#[serde(skip_serializing_if = "Option::is_none")]
		file: Option<PathBuf>,
		#[serde(skip_serializing_if = "Option::is_none")]
		public_file: Option<PathBuf>,
	},
	/// An encryption key.
	#[serde(rename_all = "camelCase")]
	Encryption {
		fingerprint: Fingerprint,
		secret: bool,
		#[serde(skip_serializing_if = "Option::is_none")]
		file: Option<PathBuf>,
		#[serde(skip_serializing_if = "Option::is_none")]
		public_file: Option<PathBuf>,
	},
}

impl Shown {
	fn signing(signer: &Signer, file: Option<PathBuf>) -> Self {
		let account = signer.account();
		let public: &[u8; 32] = account.as_ref();
		Self::Signing {
			account: account.to_string(),
			public_key: format!("0x{}", hex::encode(public)),
			file,
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let path = |file: &Option<PathBuf>| {
			file.as_ref().map(|file| file.display().to_string()).unwrap_or_default()
		};
		match self {
			Self::Signing { account, public_key, file } => block(
				f,
				"signing key",
				&[("account", account), ("public key", public_key), ("file", &path(file))],
			),
			Self::CredentialSigning { algorithm, thumbprint, secret, file, public_file } => block(
				f,
				if *secret { "key for credentials" } else { "public key for credentials" },
				&[
					("algorithm", algorithm),
					("thumbprint", thumbprint),
					("file", &path(file)),
					("public half", &path(public_file)),
				],
			),
			Self::Encryption { fingerprint, secret, file, public_file } => block(
				f,
				if *secret { "encryption key" } else { "public encryption key" },
				&[
					("fingerprint", fingerprint),
					("file", &path(file)),
					("public half", &path(public_file)),
				],
			),
		}
	}
}

/// Does it.
pub fn run(command: Key, context: &Context) -> Result<Exit, Error> {
	let shown = match command {
		Key::SessionNew(options) => {
			session_key::run(&options, context)?;
			return Ok(Exit::Done);
		},
		Key::Generate { out, signing: Some(algorithm), .. } => {
			generate_credential_signing(out, algorithm.into())?
		},
		Key::Generate { out, encryption: true, .. } => generate_encryption(out)?,
		Key::Generate { out, .. } => generate_signing(out)?,
		Key::Show { key } => show(&key)?,
	};
	context.output.show(&shown)?;
	Ok(Exit::Done)
}

fn generate_signing(out: PathBuf) -> Result<Shown, Error> {
	let (signer, words) = Signer::generate()?;
	let mut file = NewFile::create(&out)?;
	file.write(words.as_bytes())?;
	file.keep();
	Ok(Shown::signing(&signer, Some(out)))
}

/// Where the public half goes: `FILE.pub`.
fn public_file(out: &Path) -> PathBuf {
	let mut name = out.to_owned().into_os_string();
	name.push(".pub");
	name.into()
}

fn generate_credential_signing(out: PathBuf, algorithm: Algorithm) -> Result<Shown, Error> {
	let public_out = public_file(&out);
	let key = SigningKey::generate(algorithm)?;
	// Held first, as with encryption keys.
	let held = NewFile::create(&public_out)?;
	key.public().write(&public_out)?;
	key.write(&out)?;
	held.keep();
	Ok(credential_signing(&key.public(), true, Some(out), Some(public_out)))
}

fn credential_signing(
	key: &PublicKey,
	secret: bool,
	file: Option<PathBuf>,
	public_file: Option<PathBuf>,
) -> Shown {
	let (algorithm, thumbprint) = (key.algorithm().name(), key.thumbprint());
	Shown::CredentialSigning { algorithm, thumbprint, secret, file, public_file }
}

fn generate_encryption(out: PathBuf) -> Result<Shown, Error> {
	let public_out = public_file(&out);
	let pair = EncryptionKeyPair::generate()?;
	// Held first: the SDK overwrites public keys, and then the pair would not be one.
	let public_file = NewFile::create(&public_out)?;
	pair.public().write(&public_out)?;
	pair.write(&out)?;
	public_file.keep();
	Ok(Shown::Encryption {
		fingerprint: pair.fingerprint(),
		secret: true,
		file: Some(out),
		public_file: Some(public_out),
	})
}

fn show(key: &str) -> Result<Shown, Error> {
	let path = Path::new(key);
	if key.starts_with("//") || !path.is_file() {
		return Ok(Shown::signing(&account::signer(key)?, None));
	}
	let content = zeroize::Zeroizing::new(files::read(path, MAX_KEY_BYTES)?);
	if !content.trim_ascii_start().starts_with(b"{") {
		return Ok(Shown::signing(&account::signer(key)?, None));
	}
	if let Ok(public) = jose::read_public(path) {
		return Ok(credential_signing(&public, false, None, None));
	}
	if is_for_credentials(&content) {
		return Ok(credential_signing(&SigningKey::read(path)?.public(), true, None, None));
	}
	let (fingerprint, secret) = match EncryptionPublicKey::read(path) {
		Ok(public) => (public.fingerprint(), false),
		Err(_) => (EncryptionKeyPair::read(path)?.fingerprint(), true),
	};
	Ok(Shown::Encryption { fingerprint, secret, file: None, public_file: None })
}

/// Whether a file says that it holds a key of [`SigningKey`].
fn is_for_credentials(content: &[u8]) -> bool {
	#[derive(serde::Deserialize)]
	struct Tagged {
		format: String,
	}
	serde_json::from_slice::<Tagged>(content)
		.is_ok_and(|tagged| tagged.format.starts_with("hdx-signing-key/"))
}

/// Looks at anything as a file with a key. What is taken for one of credentials says so, if not in other letters.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
	let text = String::from_utf8_lossy(bytes);
	assert!(!is_for_credentials(bytes) || text.contains("hdx-signing-key/") || text.contains('\\'));
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

	use super::*;

	#[test]
	fn a_generated_signing_key_is_read_again() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("operator.key");
		let Shown::Signing { account, .. } = generate_signing(file.clone()).unwrap() else {
			panic!("another kind of key");
		};
		let Shown::Signing { account: again, .. } = show(file.to_str().unwrap()).unwrap() else {
			panic!("another kind of key");
		};
		assert_eq!(account, again);
		let words = std::fs::read_to_string(&file).unwrap();
		assert_eq!(words.split_whitespace().count(), 24);
	}

	#[test]
	fn a_generated_encryption_key_is_read_again() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("practitioner.xwing");
		generate_encryption(file.clone()).unwrap();
		let mut public_file = file.clone().into_os_string();
		public_file.push(".pub");
		let fingerprints: Vec<_> = [file.to_str().unwrap(), public_file.to_str().unwrap()]
			.into_iter()
			.map(|file| match show(file).unwrap() {
				Shown::Encryption { fingerprint, secret, .. } => (fingerprint, secret),
				_ => panic!("another kind of key"),
			})
			.collect();
		assert_eq!(fingerprints[0].0, fingerprints[1].0);
		assert!(fingerprints[0].1 && !fingerprints[1].1);
	}

	#[test]
	fn never_overwrites_a_key() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		let public_file = directory.path().join("key.pub");
		std::fs::write(&file, "mine").unwrap();
		assert!(generate_signing(file.clone()).is_err());
		assert!(generate_encryption(file.clone()).is_err());
		assert_eq!(std::fs::read(&file).unwrap(), b"mine");
		assert!(!public_file.exists(), "half a pair is left");

		std::fs::remove_file(&file).unwrap();
		std::fs::write(&public_file, "mine").unwrap();
		assert!(generate_encryption(file.clone()).is_err());
		assert_eq!(std::fs::read(&public_file).unwrap(), b"mine");
		assert!(!file.exists(), "half a pair is left");
	}
}
