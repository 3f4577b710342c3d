//! The transcript of a ceremony, of which the chain has the hash.

use super::key::{Given, Key};
use crate::{
	ceremony_error::CeremonyError,
	commands::{ceremony::file::Held, zk::random, Context},
	error::Error,
	files, hex32,
	zk_error::ZkError,
};
use hdx_primitives::H256;
use hdx_sdk::commitment;
use hdx_zk_ceremony::verify_key;
use hdx_zk_circuits::{AnyCircuit, KeyOrigin};
use std::path::{Path, PathBuf};

/// Largest transcript of a development key, in bytes.
const MAX_TRANSCRIPT_BYTES: u64 = 1024 * 1024 * 1024;

/// What is said where a hash was believed.
const UNVERIFIED: &str = "that the ceremony holds and leads to the key was not verified here";

/// A transcript, or its hash.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Transcript {
	/// The file.
	File(PathBuf),
	/// The hash.
	Hash(H256),
}

/// The transcript that stands behind a key.
#[derive(Debug, clap::Args)]
pub struct Behind {
	/// The ceremony's transcript. The file is verified: that the ceremony is complete, holds, and leads to the key. For
	/// keys for development, which have no ceremony, any file, or a hash.
	#[arg(long, value_name = "FILE|0xHASH", value_parser = parse)]
	transcript: Transcript,
	/// Take the transcript's hash as it is given. Nothing is verified then: neither that the ceremony holds, nor that
	/// the key comes out of it. Only if you verified both yourself, with `hdx ceremony verify --key`.
	#[arg(long)]
	unverified: bool,
}

/// What is known of a transcript.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
	/// Its hash.
	pub hash: H256,
	/// Whether it was verified here that it leads to the key.
	pub verified: bool,
}

impl Known {
	/// What there is to say about the key and its transcript: that either is only believed.
	pub fn warning(&self, key: &Key) -> Option<&'static str> {
		key.warning().or_else(|| (!self.verified).then_some(UNVERIFIED))
	}
}

/// Reads `0x` with 64 hexadecimal digits, or the path of a file.
fn parse(text: &str) -> Result<Transcript, String> {
	if !text.starts_with("0x") {
		return Ok(Transcript::File(text.into()));
	}
	hex32::read(text).map(|hash| Transcript::Hash(H256(hash))).ok_or_else(|| {
		format!("`{text}` is no hash: give 0x with 64 hexadecimal digits, or the file")
	})
}

impl Behind {
	/// The hash, of a file BLAKE2-256. The file behind a key of a ceremony is verified first, up to the key; its bare
	/// hash is refused unless it is said to be unverified.
	pub fn of(&self, key: &Key, given: &Given, context: &Context) -> Result<Known, Error> {
		let path = match &self.transcript {
			Transcript::Hash(hash) if key.origin == KeyOrigin::Development || self.unverified => {
				return Ok(Known { hash: *hash, verified: false });
			},
			Transcript::Hash(_) => {
				return Err(ZkError::Unverified { path: key.path().to_owned() }.into());
			},
			Transcript::File(_) if self.unverified => {
				return Err(Error::Usage(
					"--unverified is for a transcript's hash: a file is verified".into(),
				));
			},
			Transcript::File(path) => path,
		};
		match key.origin {
			KeyOrigin::Development => of_any(path),
			KeyOrigin::Ceremony => of_ceremony(path, key, given.circuit, context),
		}
	}
}

/// The hash of whatever stands behind a key that proves nothing.
fn of_any(path: &Path) -> Result<Known, Error> {
	let content = files::read(path, MAX_TRANSCRIPT_BYTES)?;
	if content.is_empty() {
		return Err(Error::EmptyDocument { path: path.to_owned() });
	}
	Ok(Known { hash: H256(commitment::public(&content)), verified: false })
}

/// The hash of a complete ceremony that leads to the key.
fn of_ceremony(
	path: &Path,
	key: &Key,
	circuit: AnyCircuit,
	context: &Context,
) -> Result<Known, Error> {
	let held = Held::read(path, context)?;
	held.ensure_about(circuit)?;
	let _progress = context.output.progress("verifying the key");
	let mut random = random::generator()?;
	// Fails for a ceremony that goes on, too. That it is the verifying key was told when it was read.
	verify_key(&held.transcript, &held.shape, &key.bytes, &mut random)
		.map_err(|source| CeremonyError::Key { path: key.path().to_owned(), source })?;
	Ok(Known { hash: H256(held.transcript.hash()), verified: true })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn a_transcript_is_a_file_or_a_hash() {
		let hash = format!("0x{}", "0a".repeat(32));
		assert_eq!(parse(&hash).unwrap(), Transcript::Hash(H256([10; 32])));
		for text in ["0x", "0x12", "0xzz"] {
			assert!(parse(text).unwrap_err().contains("64 hexadecimal digits"), "{text}");
		}
		assert_eq!(parse("a.transcript").unwrap(), Transcript::File("a.transcript".into()));
	}

	#[test]
	fn behind_a_key_for_development_there_is_any_file_but_an_empty_one() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("transcript");
		assert!(matches!(of_any(&file).unwrap_err(), Error::Unreadable { .. }));
		std::fs::write(&file, "").unwrap();
		assert!(matches!(of_any(&file).unwrap_err(), Error::EmptyDocument { .. }));
		std::fs::write(&file, "contributions").unwrap();
		let known = of_any(&file).unwrap();
		assert_eq!(known.hash.0, commitment::public(b"contributions"));
		assert!(!known.verified);
	}
}
