//! `hdx shielded provider`, and the file that it makes.

use super::{
	element::{Element, Hidden},
	secret_file::{self, Kind, SecretFile},
};
use crate::{
	commands::{zk::random, Context},
	error::Error,
	output::block,
};
use ark_std::rand::rngs::StdRng;
use hdx_zk_circuits::note::{ProviderTag, Secret};
use serde::{Deserialize, Serialize};
use std::{
	fmt,
	path::{Path, PathBuf},
};

/// Where to.
#[derive(Debug, clap::Args)]
pub struct Provider {
	/// Where to write the secret (mode 0600).
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// What a provider proves with.
#[derive(Debug)]
pub struct ProviderSecret(Hidden);

/// It as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	tag: Element,
	secret: Hidden,
}

impl ProviderSecret {
	/// A new one, which is written nowhere yet.
	pub fn new(generator: &mut StdRng) -> Self {
		Self(Hidden::draw(generator))
	}

	/// Writes it into a new file.
	pub fn create(&self, path: &Path) -> Result<PathBuf, Error> {
		secret_file::create(path, Kind::Provider, &self.written())
	}

	fn written(&self) -> Written {
		Written { tag: Element(self.tag().0), secret: self.0.clone() }
	}

	/// What was read, if the tag belongs to it.
	pub fn of(file: &SecretFile, path: &Path) -> Result<Self, Error> {
		let written: Written = file.content(Kind::Provider)?;
		let secret = Self(written.secret);
		if secret.tag().0 != written.tag.0 {
			let detail = "the secret does not belong to the tag".to_owned();
			return Err(secret_file::damaged(path, Kind::Provider.described(), detail).into());
		}
		Ok(secret)
	}

	/// Reads one.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::of(&SecretFile::read(path)?, path)
	}

	/// What the provider proves with.
	pub fn secret(&self) -> Secret {
		Secret::new(self.0.expose())
	}

	/// What patients name the provider by.
	pub fn tag(&self) -> ProviderTag {
		ProviderTag::of(&self.secret())
	}
}

/// Reads anything as a provider's secret, also with the tag that belongs to it. What is read is written, and read again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let read = |file: &SecretFile| ProviderSecret::of(file, Path::new("provider"));
	let mended = |Written { secret, .. }: Written| Some(ProviderSecret(secret));
	secret_file::fuzz(file, Kind::Provider, read, mended, ProviderSecret::written);
}

/// A provider.
#[derive(Serialize)]
pub struct Shown {
	/// The file with the secret.
	pub file: PathBuf,
	/// What patients name the provider by.
	pub tag: String,
}

impl Shown {
	/// The provider of a secret.
	pub fn of(secret: &ProviderSecret, file: PathBuf) -> Self {
		Self { file, tag: Element(secret.tag().0).to_string() }
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("provider's tag", &self.tag), ("file", &self.file.display())];
		block(f, "provider", &fields)?;
		f.write_str(
			"Keep a copy of the file. Before you tell patients the tag, register it, which waits until it is final: hdx shielded register. Somebody who knows it could register it first.",
		)
	}
}

/// Makes a secret.
pub fn run(options: Provider, context: &Context) -> Result<(), Error> {
	let secret = ProviderSecret::new(&mut random::generator()?);
	let file = secret.create(&options.out)?;
	context.output.show(&Shown::of(&secret, file))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use std::fs;

	fn read(path: &Path) -> Result<ProviderSecret, Error> {
		ProviderSecret::of(&SecretFile::read(path)?, path)
	}

	#[test]
	fn a_secret_is_read_as_it_was_written_and_never_shown() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("provider");
		let secret = ProviderSecret::new(&mut random::generator().unwrap());
		secret.create(&file).unwrap();
		assert_eq!(read(&file).unwrap().tag(), secret.tag());
		assert!(matches!(secret.create(&file).unwrap_err(), Error::Exists { .. }));
		assert_eq!(format!("{secret:?}"), "ProviderSecret(Hidden(…))");
	}

	#[test]
	fn a_secret_fails_when_it_is_not_that_of_its_tag() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("provider");
		let mut generator = random::generator().unwrap();
		let [one, other] = [(); 2].map(|()| ProviderSecret::new(&mut generator));
		one.create(&file).unwrap();
		let tag = |secret: &ProviderSecret| Element(secret.tag().0).to_string();
		let text = fs::read_to_string(&file).unwrap();
		fs::write(&file, text.replace(&tag(&one), &tag(&other))).unwrap();
		let error = read(&file).unwrap_err();
		assert_eq!(error.code(), "damaged-file", "{error}");
	}
}
