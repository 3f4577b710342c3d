//! `hdx licence new`, and the file that it makes.

use crate::{
	commands::{
		shielded::{
			element::{Element, Hidden},
			secret_file::{self, Kind, SecretFile},
		},
		zk::random,
		Context,
	},
	error::Error,
	output::block,
};
use ark_std::rand::rngs::StdRng;
use hdx_zk_circuits::note::{ClinicianKey, Secret};
use serde::{Deserialize, Serialize};
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// Where to.
#[derive(Debug, clap::Args)]
pub struct New {
	/// Where to write the secret (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// What a clinician proves with.
#[derive(Debug)]
pub struct ClinicianSecret(Hidden);

/// It as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	key: Element,
	secret: Hidden,
}

impl ClinicianSecret {
	/// A new one, which is written nowhere yet.
	pub fn new(generator: &mut StdRng) -> Self {
		Self(Hidden::draw(generator))
	}

	/// Writes it into a new file.
	pub fn create(&self, path: &Path) -> Result<PathBuf, Error> {
		secret_file::create(path, Kind::Clinician, &self.written())
	}

	fn written(&self) -> Written {
		Written { key: Element(self.key().0), secret: self.0.clone() }
	}

	/// Reads one, if the key belongs to it.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::of(&SecretFile::read(path)?, path)
	}

	fn of(file: &SecretFile, path: &Path) -> Result<Self, Error> {
		let written: Written = file.content(Kind::Clinician)?;
		let secret = Self(written.secret);
		if secret.key().0 != written.key.0 {
			let detail = "the secret does not belong to the key".to_owned();
			return Err(secret_file::damaged(path, Kind::Clinician.described(), detail).into());
		}
		Ok(secret)
	}

	/// The secret itself, with which is proven.
	pub fn secret(&self) -> Secret {
		Secret::new(self.0.expose())
	}

	/// What the issuer of the licence knows the clinician by.
	pub fn key(&self) -> ClinicianKey {
		ClinicianKey::of(&self.secret())
	}
}

/// Reads anything as a clinician's secret, also with the key that belongs to it. What is read is written, and read again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let read = |file: &SecretFile| ClinicianSecret::of(file, Path::new("clinician"));
	let mended = |Written { secret, .. }: Written| Some(ClinicianSecret(secret));
	secret_file::fuzz(file, Kind::Clinician, read, mended, ClinicianSecret::written);
}

/// A clinician.
#[derive(Serialize)]
struct Shown {
	/// The file with the secret.
	file: PathBuf,
	/// What the issuer of the licence knows the clinician by.
	key: String,
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("clinician's key", &self.key), ("file", &self.file.display())];
		block(f, "clinician", &fields)?;
		f.write_str("Keep a copy of the file. The key goes to the board that attested the licence, which enters it.")
	}
}

/// Makes a secret.
pub fn run(options: &New, context: &Context) -> Result<(), Error> {
	let secret = ClinicianSecret::new(&mut random::generator()?);
	let file = secret.create(&options.out)?;
	context.output.show(&Shown { file, key: Element(secret.key().0).to_string() })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use std::fs;

	#[test]
	fn a_secret_is_read_as_it_was_written_and_never_shown() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("clinician");
		let secret = ClinicianSecret::new(&mut random::generator().unwrap());
		secret.create(&file).unwrap();
		assert_eq!(ClinicianSecret::read(&file).unwrap().key(), secret.key());
		assert!(matches!(secret.create(&file).unwrap_err(), Error::Exists { .. }));
		assert_eq!(format!("{secret:?}"), "ClinicianSecret(Hidden(…))");
	}

	#[test]
	fn a_secret_fails_when_it_is_not_that_of_its_key() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("clinician");
		let mut generator = random::generator().unwrap();
		let [one, other] = [(); 2].map(|()| ClinicianSecret::new(&mut generator));
		one.create(&file).unwrap();
		let key = |secret: &ClinicianSecret| Element(secret.key().0).to_string();
		let text = fs::read_to_string(&file).unwrap();
		fs::write(&file, text.replace(&key(&one), &key(&other))).unwrap();
		let error = ClinicianSecret::read(&file).unwrap_err();
		assert_eq!(error.code(), "damaged-file", "{error}");
	}
}
