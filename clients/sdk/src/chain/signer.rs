//! The keys with which transactions are signed.

use super::ChainError;
use hdx_primitives::AccountId;
use std::{path::Path, str::FromStr};
use subxt_signer::{bip39::Mnemonic, sr25519::Keypair, SecretUri};
use zeroize::Zeroizing;

/// A signing key (sr25519).
#[derive(Clone)]
pub struct Signer {
	pub(super) pair: Keypair,
}

impl Signer {
	/// Reads a key: `//Name` for a development key, a mnemonic with derivations, or the path of a
	/// file that holds one of them.
	///
	/// # Errors
	///
	/// [`ChainError::NotAKey`] and [`ChainError::KeyFile`].
	pub fn read(text: &str) -> Result<Self, ChainError> {
		let path = Path::new(text);
		// A development key starts like a path, but two slashes name no file anybody would make.
		if !text.starts_with("//") && path.is_file() {
			let content = std::fs::read_to_string(path).map(Zeroizing::new).map_err(|error| {
				ChainError::KeyFile { path: path.to_owned(), reason: error.to_string() }
			})?;
			return Self::from_uri(content.trim()).map_err(|_| ChainError::KeyFile {
				path: path.to_owned(),
				reason: "it holds neither a mnemonic nor a secret key".to_owned(),
			});
		}
		Self::from_uri(text).map_err(|_| ChainError::NotAKey {
			// What has blanks may be a mnemonic with a typing error: do not repeat it.
			text: if text.contains(' ') { "…".to_owned() } else { text.to_owned() },
		})
	}

	/// Makes a new key, and the 24 words that it is kept as.
	///
	/// # Errors
	///
	/// [`ChainError::KeyNotMade`].
	pub fn generate() -> Result<(Self, Zeroizing<String>), ChainError> {
		let not_made = |error: &dyn std::fmt::Display| ChainError::KeyNotMade(error.to_string());
		let mut entropy = Zeroizing::new([0; 32]);
		getrandom::fill(&mut *entropy).map_err(|error| not_made(&error))?;
		let mnemonic = Mnemonic::from_entropy(&*entropy).map_err(|error| not_made(&error))?;
		let pair = Keypair::from_phrase(&mnemonic, None).map_err(|error| not_made(&error))?;
		Ok((Self { pair }, Zeroizing::new(format!("{mnemonic}\n"))))
	}

	fn from_uri(text: &str) -> Result<Self, Box<dyn std::error::Error>> {
		let uri = SecretUri::from_str(text)?;
		Ok(Self { pair: Keypair::from_uri(&uri)? })
	}

	/// Signs what is no transaction (sr25519, with the context `substrate`). Whoever lets a message be signed makes
	/// sure that it cannot be taken for a transaction's payload: it begins with a tag of its own.
	pub fn sign(&self, message: &[u8]) -> [u8; 64] {
		self.pair.sign(message).0
	}

	/// The account that the key signs for.
	pub fn account(&self) -> AccountId {
		AccountId::new(self.pair.public_key().0)
	}
}

impl std::fmt::Debug for Signer {
	fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(formatter, "Signer({})", self.account())
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_a_development_key() {
		let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		assert_eq!(Signer::read("//Alice").unwrap().account().to_string(), alice);
	}

	#[test]
	fn a_signature_is_of_its_message_and_account() {
		use subxt_signer::sr25519::{verify, PublicKey, Signature};
		let alice = Signer::read("//Alice").unwrap();
		let signature = Signature(alice.sign(b"a message"));
		let by = |signer: &Signer| {
			let account = signer.account();
			let public: &[u8; 32] = account.as_ref();
			PublicKey(*public)
		};
		assert!(verify(&signature, b"a message", &by(&alice)));
		assert!(!verify(&signature, b"another", &by(&alice)));
		assert!(!verify(&signature, b"a message", &by(&Signer::read("//Bob").unwrap())));
	}

	#[test]
	fn a_new_key_is_read_again_from_its_words() {
		let (signer, words) = Signer::generate().unwrap();
		assert_eq!(words.split_whitespace().count(), 24);
		assert_eq!(Signer::read(words.trim()).unwrap().account(), signer.account());
		assert_ne!(Signer::generate().unwrap().0.account(), signer.account());
	}

	#[test]
	fn reads_a_key_file() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		std::fs::write(&file, "//Alice\n").unwrap();
		let read = Signer::read(file.to_str().unwrap()).unwrap();
		assert_eq!(read.account(), Signer::read("//Alice").unwrap().account());
	}

	#[test]
	fn fails_when_it_is_no_key_and_does_not_repeat_words() {
		assert!(Signer::read("nonsense").unwrap_err().to_string().contains("nonsense"));
		let words = Signer::read("some secret words").unwrap_err().to_string();
		assert!(!words.contains("secret words"), "{words}");
	}

	#[test]
	fn fails_when_a_key_file_holds_no_key() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		std::fs::write(&file, "not a key").unwrap();
		let error = Signer::read(file.to_str().unwrap()).unwrap_err();
		assert!(matches!(error, ChainError::KeyFile { .. }), "{error}");
	}
}
