//! Verifying keys in files, checked before anything is done with them.

use super::circuit;
use crate::{error::Error, files, zk_error::ZkError};
use hdx_primitives::{CircuitVersion, H256};
use hdx_sdk::{
	chain::{AtBlock, Chain, CircuitView},
	commitment,
};
use hdx_zk_circuits::{AnyCircuit, KeyOrigin};
use std::path::{Path, PathBuf};

/// Largest file that is looked at, in bytes: a proving key, which is told apart by its length.
const MAX_KEY_BYTES: u64 = 256 * 1024 * 1024;

/// What a development key is worth.
pub const DEVELOPMENT: &str = "the key is for development: whoever made it can prove what is false";

/// Of which circuit, in which version, with which key.
#[derive(Debug, clap::Args)]
pub struct Given {
	/// The circuit.
	#[arg(value_name = "CIRCUIT", value_parser = circuit::known)]
	pub circuit: AnyCircuit,
	/// The version.
	#[arg(long, value_name = "N")]
	version: u32,
	/// The verifying key.
	#[arg(long, value_name = "FILE")]
	key: PathBuf,
}

impl Given {
	/// Which version of which circuit.
	pub fn version(&self) -> CircuitVersion {
		circuit::version(self.circuit, self.version)
	}

	/// Reads the key.
	pub fn read(&self) -> Result<Key, Error> {
		Key::read(&self.key, self.circuit)
	}
}

/// A verifying key of a circuit.
#[derive(Debug)]
pub struct Key {
	path: PathBuf,
	/// Where it says that it comes from.
	pub origin: KeyOrigin,
	/// BLAKE2-256 of the bytes.
	pub digest: H256,
	/// The bytes.
	pub bytes: Vec<u8>,
}

impl Key {
	/// Reads a key, and fails where it is not one of the circuit as this program knows it.
	pub fn read(path: &Path, circuit: AnyCircuit) -> Result<Self, Error> {
		let bytes = files::read(path, MAX_KEY_BYTES)?;
		let origin = circuit.check_key(&bytes).map_err(|source| {
			let (path, name) = (path.to_owned(), circuit.name());
			match AnyCircuit::of_key(&bytes) {
				Some(other) if other != circuit => {
					ZkError::OtherCircuit { path, circuit: name, found: other.name() }
				},
				_ => ZkError::Key { path, circuit: name, source },
			}
		})?;
		let digest = H256(commitment::public(&bytes));
		Ok(Self { path: path.to_owned(), origin, digest, bytes })
	}

	/// The file.
	pub fn path(&self) -> &Path {
		&self.path
	}

	/// Fails where it is not the key of this digest.
	pub fn ensure_is(&self, digest: H256) -> Result<(), ZkError> {
		if self.digest == digest {
			return Ok(());
		}
		Err(ZkError::OtherDigest {
			path: self.path.clone(),
			expected: hex::encode(digest),
			found: hex::encode(self.digest),
		})
	}

	/// Fails where the chain takes no such key.
	pub async fn ensure_taken_by(&self, chain: &Chain) -> Result<(), Error> {
		if self.origin == KeyOrigin::Ceremony {
			return Ok(());
		}
		if chain.accepts_development_keys(AtBlock::Best).await? {
			return Ok(());
		}
		Err(ZkError::Development { path: self.path.clone() }.into())
	}

	/// Fails where another key is registered, or another transcript.
	pub fn ensure_registered(&self, found: &CircuitView, transcript: H256) -> Result<(), ZkError> {
		let registered = circuit::shown(found.circuit);
		if found.key != self.digest {
			return Err(ZkError::OtherKey {
				path: self.path.clone(),
				registered,
				expected: hex::encode(found.key),
				found: hex::encode(self.digest),
			});
		}
		if found.transcript != transcript {
			return Err(ZkError::OtherTranscript {
				registered,
				expected: hex::encode(found.transcript),
				found: hex::encode(transcript),
			});
		}
		Ok(())
	}

	/// What a key of this origin is worth, where that is to be said.
	pub fn warning(&self) -> Option<&'static str> {
		(self.origin == KeyOrigin::Development).then_some(DEVELOPMENT)
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use crate::commands::zk::random;
	use hdx_sdk::chain::{self, CircuitStatus};
	use std::fs;

	fn code(error: &Error) -> &'static str {
		error.code()
	}

	#[test]
	fn a_key_fails_when_it_is_damaged_or_of_another_circuit() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		let mut generator = random::generator().unwrap();
		let keys = AnyCircuit::ConsentGrant.setup_dev(&mut generator).unwrap();
		let read = |bytes: &[u8], circuit| {
			fs::write(&file, bytes).unwrap();
			Key::read(&file, circuit)
		};

		let key = read(&keys.verifying, AnyCircuit::ConsentGrant).unwrap();
		assert_eq!(key.origin, KeyOrigin::Development);
		assert_eq!(key.warning(), Some(DEVELOPMENT));
		let error = read(&keys.verifying, AnyCircuit::BreakGlass).unwrap_err();
		assert_eq!(code(&error), "other-circuit");
		let mut damaged = keys.verifying.clone();
		damaged[100] ^= 1;
		let others: [&[u8]; 5] =
			[&keys.verifying[1..], &[], &keys.proving, &damaged, b"no key at all"];
		for bytes in others {
			let error = read(bytes, AnyCircuit::ConsentGrant).unwrap_err();
			assert_eq!(code(&error), "circuit-key", "{error}");
			assert!(error.help().is_some(), "{error}");
		}

		assert!(key.ensure_is(key.digest).is_ok());
		let error = key.ensure_is(H256([7; 32])).unwrap_err();
		assert_eq!(error.code(), "other-key");
		assert!(error.to_string().contains(&"07".repeat(32)), "{error}");

		let found = CircuitView {
			circuit: circuit::version(AnyCircuit::ConsentGrant, 1),
			status: CircuitStatus::Registered,
			origin: chain::KeyOrigin::Development,
			relation: H256(AnyCircuit::ConsentGrant.relation()),
			key: key.digest,
			transcript: H256([9; 32]),
			arity: 2,
		};
		assert!(key.ensure_registered(&found, H256([9; 32])).is_ok());
		let error = key.ensure_registered(&found, H256([8; 32])).unwrap_err();
		assert_eq!(error.code(), "other-transcript");
		let found = CircuitView { key: H256([7; 32]), ..found };
		let error = key.ensure_registered(&found, H256([9; 32])).unwrap_err();
		assert_eq!(error.code(), "other-key");
		assert!(error.to_string().contains(&"07".repeat(32)), "{error}");
	}
}
