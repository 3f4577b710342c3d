//! The file that a patient gets of what was attested.

use crate::{
	commands::shielded::{
		element::{Element, Hidden},
		secret_file::{self, Kind, SecretFile},
	},
	error::Error,
};
use hdx_zk_circuits::note::{Attestation, PatientKey, VALUES};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What was attested of a patient, and on which chain.
pub struct Attested {
	attestation: Zeroizing<Attestation>,
	genesis: String,
}

/// It as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
	genesis: String,
	leaf: Element,
	patient: Element,
	panel: u64,
	values: [u32; VALUES],
	attested_at: u64,
	salt: Hidden,
}

impl Attested {
	/// Of an attestation for the chain with this first block.
	pub fn new(attestation: Attestation, genesis: String) -> Self {
		Self { attestation: Zeroizing::new(attestation), genesis }
	}

	/// The attestation itself.
	pub fn attestation(&self) -> &Attestation {
		&self.attestation
	}

	/// What the chain has of it.
	pub fn leaf(&self) -> Element {
		Element(self.attestation.leaf())
	}

	/// Whether it is for the chain with this first block.
	pub fn is_for(&self, genesis: &str) -> bool {
		self.genesis == genesis
	}

	/// Writes it into a new file, for its patient.
	pub fn create(&self, path: &Path) -> Result<PathBuf, Error> {
		secret_file::create(path, Kind::Attestation, &self.written())
	}

	fn written(&self) -> Written {
		let it = self.attestation();
		Written {
			genesis: self.genesis.clone(),
			leaf: self.leaf(),
			patient: Element(it.patient.0),
			panel: it.panel,
			values: it.values,
			attested_at: it.attested_at,
			salt: Hidden::new(it.salt),
		}
	}

	/// Reads one, and checks that it is what it says.
	pub fn read(path: &Path) -> Result<Self, Error> {
		Self::of(&SecretFile::read(path)?, path)
	}

	fn of(file: &SecretFile, path: &Path) -> Result<Self, Error> {
		let written: Written = file.content(Kind::Attestation)?;
		let leaf = written.leaf;
		let read = Self::made(written);
		if read.leaf() != leaf {
			let detail = "it does not belong to its leaf".to_owned();
			return Err(secret_file::damaged(path, Kind::Attestation.described(), detail).into());
		}
		Ok(read)
	}

	/// What was written, whatever its leaf.
	fn made(Written { genesis, patient, panel, values, attested_at, salt, .. }: Written) -> Self {
		let (patient, salt) = (PatientKey(patient.0), salt.expose());
		Self::new(Attestation { patient, panel, values, attested_at, salt }, genesis)
	}
}

/// Reads anything as an attestation, also with the leaf that belongs to it. What is read is written, and read again.
#[cfg(fuzzing)]
pub(crate) fn fuzz(file: &SecretFile) {
	let read = |file: &SecretFile| Attested::of(file, Path::new("attestation"));
	let mended = |written| Some(Attested::made(written));
	secret_file::fuzz(file, Kind::Attestation, read, mended, Attested::written);
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_zk_circuits::Fr;
	use std::fs;

	#[test]
	fn an_attestation_is_read_as_it_was_written_and_not_when_it_was_altered() {
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("attestation");
		let attestation = Attestation {
			patient: PatientKey(Fr::from(7u64)),
			panel: 2,
			values: [1, 2, 3, 4],
			attested_at: 5,
			salt: Fr::from(9u64),
		};
		let attested = Attested::new(attestation.clone(), "0x07".to_owned());
		attested.create(&file).unwrap();
		assert!(attested.create(&file).is_err(), "an attestation was overwritten");
		let read = Attested::read(&file).unwrap();
		assert_eq!((read.attestation(), read.leaf()), (&attestation, attested.leaf()));
		assert!(read.is_for("0x07") && !read.is_for("0x08"));
		let text = fs::read_to_string(&file).unwrap();
		for (is, other) in
			[("\"panel\": 2", "\"panel\": 3"), ("\"attested_at\": 5", "\"attested_at\": 6")]
		{
			let changed = text.replace(is, other);
			assert_ne!(changed, text);
			fs::write(&file, changed).unwrap();
			let error = Attested::read(&file).err().unwrap();
			assert_eq!(error.code(), "damaged-file", "{error}");
		}
	}
}
