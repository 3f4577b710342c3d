//! A licence, as its issuer gives it to the clinician.

use crate::{
	commands::shielded::{
		element::{Element, Hidden},
		secret_file::{self, Kind, SecretFile},
	},
	error::Error,
};
use hdx_primitives::CredentialId;
use hdx_zk_circuits::{
	note::{ClinicianKey, Credential, Licence},
	Fr,
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What is hashed of a licence, and for which chain.
#[derive(Debug)]
pub struct HeldLicence {
	/// The genesis of the chain.
	pub genesis: String,
	/// Which licence, as the provider registry numbers it. That is the identity which the auditor reads.
	pub licence: CredentialId,
	/// Whose.
	pub holder: ClinicianKey,
	/// When it holds, and what it allows.
	pub terms: Licence,
	/// What hides everything else.
	pub salt: Hidden,
}

/// It as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Written {
	genesis: String,
	licence: u64,
	holder: Element,
	valid_from: u64,
	valid_until: u64,
	rights: u16,
	leaf: Element,
	salt: Hidden,
}

impl HeldLicence {
	/// What is hashed.
	pub fn credential(&self) -> Credential {
		Credential {
			holder: self.holder,
			identity: Fr::from(self.licence.0),
			licence: self.terms,
			salt: self.salt.expose(),
		}
	}

	/// What the chain has.
	pub fn leaf(&self) -> Element {
		Element(self.credential().leaf())
	}

	/// Fails on another chain than the one that it was entered on.
	pub fn ensure_for(&self, genesis: &str) -> Result<(), Error> {
		if self.genesis == genesis {
			return Ok(());
		}
		Err(Error::Usage(format!(
			"licence {} is for the chain with genesis {}, and this is the one with {genesis}",
			self.licence.0, self.genesis
		)))
	}

	/// Writes it into a new file.
	pub fn create(&self, path: &Path) -> Result<PathBuf, Error> {
		secret_file::create(path, Kind::Licence, &self.written())
	}

	fn written(&self) -> Written {
		Written {
			genesis: self.genesis.clone(),
			licence: self.licence.0,
			holder: Element(self.holder.0),
			valid_from: self.terms.valid_from(),
			valid_until: self.terms.valid_until(),
			rights: self.terms.rights(),
			leaf: self.leaf(),
			salt: self.salt.clone(),
		}
	}

	/// Reads one, and checks that it is what it says.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::of(&SecretFile::read(path)?, path)
	}

	fn of(file: &SecretFile, path: &Path) -> Result<Self, Error> {
		let written: Written = file.content(Kind::Licence)?;
		let damaged = |detail: String| {
			Error::from(secret_file::damaged(path, Kind::Licence.described(), detail))
		};
		let leaf = written.leaf;
		let read = Self::made(written).map_err(damaged)?;
		if read.leaf() != leaf {
			return Err(damaged("what it says does not hash to its leaf".to_owned()));
		}
		Ok(read)
	}

	/// What was written, whatever its leaf.
	fn made(written: Written) -> Result<Self, String> {
		let terms = Licence::new(written.valid_from, written.valid_until, written.rights)
			.map_err(|error| error.to_string())?;
		Ok(Self {
			genesis: written.genesis,
			licence: CredentialId(written.licence),
			holder: ClinicianKey(written.holder.0),
			terms,
			salt: written.salt,
		})
	}
}

/// Reads anything as a licence, also with the leaf that belongs to it. What is read is written, and read again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let read = |file: &SecretFile| HeldLicence::of(file, Path::new("licence"));
	let mended = |written| HeldLicence::made(written).ok();
	secret_file::fuzz(file, Kind::Licence, read, mended, HeldLicence::written);
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_zk_circuits::note::MAY_BREAK_GLASS;
	use std::fs;

	fn licence() -> HeldLicence {
		HeldLicence {
			genesis: "0x01".to_owned(),
			licence: CredentialId(7),
			holder: ClinicianKey(Fr::from(3u64)),
			terms: Licence::new(1_000, 2_000, MAY_BREAK_GLASS).unwrap(),
			salt: Hidden::new(Fr::from(9u64)),
		}
	}

	#[test]
	fn a_licence_is_read_as_it_was_written() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("licence");
		licence().create(&file).unwrap();
		let read = HeldLicence::read(&file).unwrap();
		assert_eq!((read.leaf(), read.licence), (licence().leaf(), CredentialId(7)));
		assert_eq!(read.genesis, "0x01");
	}

	#[test]
	fn a_licence_fails_when_anything_of_it_was_changed() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("licence");
		licence().create(&file).unwrap();
		let text = fs::read_to_string(&file).unwrap();
		for (from, to) in [
			("\"licence\": 7", "\"licence\": 8"),
			("\"validUntil\": 2000", "\"validUntil\": 3000"),
			("\"validUntil\": 2000", "\"validUntil\": 1000"),
			("\"validFrom\": 1000", "\"validFrom\": 999"),
			("\"rights\": 1", "\"rights\": 3"),
		] {
			let changed = text.replace(from, to);
			assert_ne!(changed, text, "{from}");
			fs::write(&file, changed).unwrap();
			let error = HeldLicence::read(&file).unwrap_err();
			assert_eq!(error.code(), "damaged-file", "{error}");
		}
	}
}
