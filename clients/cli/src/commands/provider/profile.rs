//! The public description of an institution or an issuer, of which the chain has the hash.

use crate::{error::Error, files};
use hdx_sdk::commitment;
use std::path::PathBuf;

/// Largest description, in bytes.
const MAX_PROFILE_BYTES: u64 = 16 * 1024 * 1024;

/// A description.
#[derive(Debug, clap::Args)]
pub struct Profile {
	/// Its public description (a FHIR Organization). The chain gets the hash, so that everybody can
	/// check it.
	#[arg(long, value_name = "FILE")]
	profile: PathBuf,
}

impl Profile {
	/// The hash of the description.
	pub fn hash(&self) -> Result<[u8; 32], Error> {
		let content = files::read(&self.profile, MAX_PROFILE_BYTES)?;
		if content.is_empty() {
			return Err(Error::EmptyDocument { path: self.profile.clone() });
		}
		Ok(commitment::public(&content))
	}
}
