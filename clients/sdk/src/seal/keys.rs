//! The custodian's secrets of one record.

use super::{error::KeyFileError, secret::Secret, secret_file};
use crate::store::ContentId;
use hdx_primitives::Commitment;
use serde::{Deserialize, Serialize};
use std::path::Path;

const FORMAT: &str = "hdx-record-keys/1";
const EXPECTED: &str = "a file with record keys";

/// Everything that opens a record: the keys of its sections and its manifest, and the salts. To
/// destroy it is to erase the record.
///
/// Overwritten in memory when dropped; `Debug` shows none of it.
#[derive(Clone, Debug)]
pub struct RecordKeys {
	pub(super) epoch: u32,
	pub(super) record_salt: Secret,
	pub(super) commitment: Commitment,
	pub(super) manifest: ContentId,
	pub(super) manifest_key: Secret,
	/// In the order of the manifest.
	pub(super) sections: Vec<SectionSecrets>,
}

/// The secrets of one section.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SectionSecrets {
	pub key: Secret,
	pub salt: Secret,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
	format: String,
	epoch: u32,
	#[serde(with = "hex::serde")]
	commitment: [u8; 32],
	record_salt: Secret,
	manifest: ContentId,
	manifest_key: Secret,
	sections: Vec<SectionSecrets>,
}

impl RecordKeys {
	/// The commitment of the record that these keys open.
	pub fn commitment(&self) -> Commitment {
		self.commitment
	}

	/// The epoch of these keys.
	pub fn epoch(&self) -> u32 {
		self.epoch
	}

	/// Content id of the sealed manifest.
	pub fn manifest(&self) -> ContentId {
		self.manifest
	}

	/// Writes the keys into a new file with mode 0600.
	///
	/// # Errors
	///
	/// [`KeyFileError::Exists`] or [`KeyFileError::Io`].
	pub fn write(&self, path: &Path) -> Result<(), KeyFileError> {
		let file = File {
			format: FORMAT.to_owned(),
			epoch: self.epoch,
			commitment: self.commitment.0,
			record_salt: self.record_salt.clone(),
			manifest: self.manifest,
			manifest_key: self.manifest_key.clone(),
			sections: self.sections.clone(),
		};
		secret_file::write(path, &file)
	}

	/// Reads the keys from a file that only its owner may read.
	///
	/// # Errors
	///
	/// [`KeyFileError::Io`], [`KeyFileError::Exposed`] or [`KeyFileError::Malformed`].
	pub fn read(path: &Path) -> Result<Self, KeyFileError> {
		let file: File = secret_file::read(path, EXPECTED)?;
		if file.format != FORMAT {
			return Err(KeyFileError::Malformed {
				file: path.display().to_string(),
				expected: EXPECTED,
				detail: format!("its format is `{}`, expected `{FORMAT}`", file.format),
			});
		}
		Ok(Self {
			epoch: file.epoch,
			record_salt: file.record_salt,
			commitment: Commitment(file.commitment),
			manifest: file.manifest,
			manifest_key: file.manifest_key,
			sections: file.sections,
		})
	}
}
