//! Checking what a custodian holds of a record.

use super::{
	error::{CheckError, OpenError, WrapError},
	keys::{RecordKeys, SectionSecrets},
	manifest::{Manifest, ManifestEntry},
	open::{open_block, read},
	secret::Secret,
};
use crate::store::BlockStore;
use hdx_primitives::Commitment;
use zeroize::Zeroizing;

/// Checks that a custodian can open all of a record: the manifest is the one that the chain holds the commitment
/// to, and every section opens as it says. No key and no ciphertext is made, and one section at a time is in
/// memory.
///
/// # Errors
///
/// [`CheckError::Manifest`] where manifest and keys are not of the record that the chain has,
/// [`CheckError::Open`] for the first section that does not open.
pub async fn check(
	manifest: &Manifest,
	keys: &RecordKeys,
	on_chain: &Commitment,
	store: &BlockStore,
) -> Result<(), CheckError> {
	if manifest.commitment(keys) != Some(*on_chain) {
		return Err(WrapError::KeysOfAnotherRecord.into());
	}
	for (section, own) in manifest.sections.iter().zip(&keys.sections) {
		open_held(&section.entry, own, &keys.record_salt, store).await?;
	}
	Ok(())
}

/// Opens a section, whose entry was verified, with the custodian's own keys, and reads it as a grantee would.
pub(super) async fn open_held(
	entry: &ManifestEntry,
	own: &SectionSecrets,
	record_salt: &Secret,
	store: &BlockStore,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
	let text = open_block(entry, &own.key, &own.salt, record_salt, store).await?;
	read(entry.section, &text)?;
	Ok(text)
}
