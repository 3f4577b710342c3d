//! Wrapping section keys for a grantee.

use super::{
	encryption_key::EncryptionPublicKey,
	error::WrapError,
	keys::RecordKeys,
	manifest::{Manifest, SectionId},
	package::{Bindings, GrantPackage, ReleasedSection, FORMAT},
};
use hpke::{
	aead::ChaCha20Poly1305, kdf::KdfShake256, kem::XWing, single_shot_seal, OpModeS, Serializable,
};

/// Wraps the keys of the `permitted` sections, and of no other, for one grantee.
///
/// Each section has an encapsulation of its own, so a package can be cut down to fewer sections.
///
/// # Errors
///
/// [`WrapError::KeysOfAnotherRecord`], [`WrapError::SectionUnknown`] or
/// [`WrapError::NotWrapped`].
pub fn wrap(
	manifest: &Manifest,
	keys: &RecordKeys,
	permitted: &[SectionId],
	recipient: &EncryptionPublicKey,
	bindings: &Bindings,
) -> Result<GrantPackage, WrapError> {
	if manifest.commitment(keys) != Some(keys.commitment) || bindings.epoch != keys.epoch {
		return Err(WrapError::KeysOfAnotherRecord);
	}
	let count =
		u32::try_from(manifest.sections.len()).map_err(|_| WrapError::KeysOfAnotherRecord)?;
	let (root, _) = manifest.prove(keys, SectionId(0)).ok_or(WrapError::KeysOfAnotherRecord)?;
	let info = bindings.info();
	let mut sections = Vec::with_capacity(permitted.len());
	for section in permitted.iter().copied() {
		let unknown = || WrapError::SectionUnknown { section };
		let index = usize::try_from(section.0).map_err(|_| unknown())?;
		let entry = &manifest.sections.get(index).ok_or_else(unknown)?.entry;
		let secrets = keys.sections.get(index).ok_or_else(unknown)?;
		let (_, path) = manifest.prove(keys, section).ok_or_else(unknown)?;
		let (encapsulated, wrapped) = single_shot_seal::<ChaCha20Poly1305, KdfShake256, XWing>(
			&OpModeS::Base,
			recipient.inner(),
			&info,
			secrets.key.expose(),
			&ReleasedSection::associated_data(entry),
		)
		.map_err(|_| WrapError::NotWrapped { section })?;
		sections.push(ReleasedSection {
			entry: entry.clone(),
			salt: secrets.salt.clone(),
			path: path.into_iter().map(|hash| hash.0).collect(),
			encapsulated: encapsulated.to_bytes().to_vec(),
			wrapped,
		});
	}
	Ok(GrantPackage {
		format: FORMAT.to_owned(),
		bindings: bindings.clone(),
		recipient: recipient.fingerprint(),
		record_salt: keys.record_salt.clone(),
		root: root.0,
		count,
		sections,
	})
}
