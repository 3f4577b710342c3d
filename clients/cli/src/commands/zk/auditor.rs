//! `hdx zk audit-new`, `audit-show`, `audit-appoint` and `audit-dismiss`: who reads identities.

use super::random;
use crate::{
	commands::{
		provider::Done,
		shielded::{
			element::{self, Hidden},
			secret_file::{self, Kind, SecretFile},
		},
		Context, SignedBy,
	},
	error::Error,
	time,
};
use hdx_sdk::chain::{AtBlock, Until};
use hdx_zk_circuits::{
	auditor::{AuditorKey, AuditorSecret},
	field::to_bytes,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{
	io,
	path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Where to.
#[derive(Debug, clap::Args)]
pub struct New {
	/// Where to write the secret (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Whose key.
#[derive(Debug, clap::Args)]
pub struct Appoint {
	#[command(flatten)]
	by: SignedBy,
	/// The auditor's key, as `hdx zk audit-new` shows it.
	#[arg(value_name = "KEY", value_parser = key)]
	key: [u8; 32],
}

/// By whom.
#[derive(Debug, clap::Args)]
pub struct Dismiss {
	#[command(flatten)]
	by: SignedBy,
}

/// A secret as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	key: String,
	secret: Hidden,
}

/// Reads a key with which an identity can be encrypted.
fn key(text: &str) -> Result<[u8; 32], String> {
	let bytes = element::bytes(text)?;
	match AuditorKey::from_bytes(&bytes) {
		Ok(_) => Ok(bytes),
		Err(error) => Err(format!("`{text}` is no auditor's key: {error}")),
	}
}

fn create(secret: &AuditorSecret, path: &Path) -> Result<PathBuf, Error> {
	secret_file::create(path, Kind::Auditor, &written(secret)?)
}

fn written(secret: &AuditorSecret) -> Result<Written, Error> {
	// Scalars of Jubjub are below the order of the field in which proofs are made.
	let scalar = element::read(&secret.expose())
		.ok_or_else(|| Error::System(io::Error::other("the secret is no element")))?;
	let key = element::shown(&secret.key().to_bytes());
	Ok(Written { key, secret: Hidden::new(scalar) })
}

/// Reads a secret, if the key belongs to it.
pub fn read(path: &Path) -> Result<AuditorSecret, Error> {
	of(&SecretFile::read(path)?, path)
}

fn of(file: &SecretFile, path: &Path) -> Result<AuditorSecret, Error> {
	let written: Written = file.content(Kind::Auditor)?;
	let damaged = |detail: &str| {
		let detail = detail.to_owned();
		Error::from(secret_file::damaged(path, Kind::Auditor.described(), detail))
	};
	let secret = made(&written).ok_or_else(|| damaged("the secret is no scalar of Jubjub"))?;
	if element::shown(&secret.key().to_bytes()) != written.key {
		return Err(damaged("the secret does not belong to the key"));
	}
	Ok(secret)
}

/// What was written, whatever its key.
fn made(written: &Written) -> Option<AuditorSecret> {
	let bytes = Zeroizing::new(to_bytes(&written.secret.expose()));
	AuditorSecret::from_bytes(&bytes).ok()
}

/// Reads anything as an auditor's secret, also with the key that belongs to it. What is read is written, and read again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let read = |file: &SecretFile| of(file, Path::new("auditor"));
	let mended = |written: Written| made(&written);
	secret_file::fuzz(file, Kind::Auditor, read, mended, |secret| written(secret).ok());
}

/// Makes a secret.
pub fn make(options: &New, context: &Context) -> Result<(), Error> {
	let file = create(&AuditorSecret::random(&mut random::generator()?), &options.out)?;
	// As it is read later: what cannot be read opens nothing.
	let key = element::shown(&read(&file)?.key().to_bytes());
	context.output.show(&Done::new(
		format!(
			"the auditor's key is {key}; the secret is in {}\nKeep a copy of it, and show governance the key: hdx zk audit-appoint.",
			file.display()
		),
		json!({ "key": key, "file": file }),
	))
}

/// Shows the auditor in office.
pub async fn show(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let done = match chain.identity_auditor(AtBlock::Best).await? {
		Some((number, auditor)) => {
			let (key, since) = (element::shown(&auditor.key), time::show(auditor.appointed_at));
			Done::new(
				format!("auditor {number}, key {key}, since {since}"),
				json!({ "number": number, "key": key, "since": since }),
			)
		},
		None => Done::new("no auditor is in office", json!({ "number": null })),
	};
	context.output.show(&done)
}

/// Appoints an auditor, as governance.
pub async fn appoint(options: Appoint, context: &Context) -> Result<(), Error> {
	let governance = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let number = chain.appoint_auditor(&governance, options.key, Until::Finalized).await?;
	drop(progress);
	let key = element::shown(&options.key);
	context.output.show(&Done::new(
		format!("auditor {number} with key {key} reads identities from now on"),
		json!({ "number": number, "key": key }),
	))
}

/// Dismisses the auditor in office, as governance.
pub async fn dismiss(options: Dismiss, context: &Context) -> Result<(), Error> {
	let governance = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let number = chain.dismiss_auditor(&governance, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("auditor {number} is dismissed, and none is in office"),
		json!({ "number": number }),
	))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use std::fs;

	fn secret() -> AuditorSecret {
		AuditorSecret::random(&mut random::generator().unwrap())
	}

	#[test]
	fn a_secret_is_read_as_it_was_written() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("auditor");
		let secret = secret();
		create(&secret, &file).unwrap();
		assert_eq!(read(&file).unwrap().key(), secret.key());
		assert!(matches!(create(&secret, &file).unwrap_err(), Error::Exists { .. }));
		let shown = element::shown(&secret.key().to_bytes());
		assert_eq!(key(&shown), Ok(secret.key().to_bytes()));
	}

	#[test]
	fn a_secret_fails_when_it_is_not_that_of_its_key() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("auditor");
		let (one, other) = (secret(), secret());
		create(&one, &file).unwrap();
		let key = |secret: &AuditorSecret| element::shown(&secret.key().to_bytes());
		let text = fs::read_to_string(&file).unwrap();
		for changed in [
			text.replace(&key(&one), &key(&other)),
			text.replace("\"secret\": \"0x", "\"secret\": \"0y"),
		] {
			assert_ne!(changed, text);
			fs::write(&file, changed).unwrap();
			let error = read(&file).err().unwrap();
			assert_eq!(error.code(), "damaged-file", "{error}");
		}
	}

	#[test]
	fn a_key_fails_when_anybody_could_read_what_is_encrypted_with_it() {
		let neutral = format!("0x01{}", "00".repeat(31));
		let generator = element::shown(&AuditorKey::default().to_bytes());
		for text in [neutral, generator, format!("0x{}", "ff".repeat(32)), "0x12".to_owned()] {
			assert!(key(&text).is_err(), "{text}");
		}
	}
}
