//! The keys with which transactions are signed.

use super::ChainError;
use hdx_primitives::AccountId;
use std::{path::Path, str::FromStr};
use subxt_signer::{sr25519::Keypair, SecretUri};
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

	fn from_uri(text: &str) -> Result<Self, Box<dyn std::error::Error>> {
		let uri = SecretUri::from_str(text)?;
		Ok(Self { pair: Keypair::from_uri(&uri)? })
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
