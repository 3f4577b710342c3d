//! Opening what was released.

use super::{
	cipher,
	encryption_key::EncryptionKeyPair,
	error::OpenError,
	manifest::{self, ManifestEntry, SectionId},
	package::{Bindings, GrantPackage, ReleasedSection, FORMAT},
	secret::Secret,
};
use crate::{
	bundle::LabelSet,
	store::{BlockStore, StoreError},
};
use hdx_primitives::Commitment;
use hpke::{
	aead::ChaCha20Poly1305, kdf::KdfShake256, kem::XWing, single_shot_open, Deserializable, Kem,
	OpModeR,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use sp_core::H256;
use zeroize::Zeroizing;

/// A section in the clear.
#[derive(Clone, Debug)]
pub struct OpenedSection {
	/// Which one.
	pub section: SectionId,
	/// Its class: the resource type.
	pub class: String,
	/// Its labels.
	pub labels: LabelSet,
	/// Its resources, in the order of the Bundle they came from.
	pub resources: Vec<OpenedResource>,
}

/// A resource in the clear.
#[derive(Clone, Debug)]
pub struct OpenedResource {
	entry: Box<RawValue>,
	json: Box<RawValue>,
}

impl OpenedResource {
	/// The resource, byte for byte as it was sealed.
	pub fn json(&self) -> &str {
		self.json.get()
	}

	/// The Bundle entry around it, byte for byte as it was sealed.
	pub fn entry(&self) -> &str {
		self.entry.get()
	}
}

#[derive(Deserialize)]
struct Clear<'a> {
	#[serde(borrow)]
	entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct ClearEntry<'a> {
	#[serde(borrow)]
	resource: &'a RawValue,
}

/// Opens every section of a package.
///
/// Everything is checked before anything is decrypted: the bindings against what the caller
/// expects, the entries against the commitment that the chain holds.
///
/// # Errors
///
/// Any [`OpenError`] but [`OpenError::NotInPackage`].
pub async fn open(
	package: &GrantPackage,
	keys: &EncryptionKeyPair,
	on_chain: &Commitment,
	expected: &Bindings,
	store: &BlockStore,
) -> Result<Vec<OpenedSection>, OpenError> {
	verify(package, on_chain, expected)?;
	let mut opened = Vec::with_capacity(package.sections.len());
	for released in &package.sections {
		opened.push(open_released(package, released, keys, store).await?);
	}
	Ok(opened)
}

/// Opens one section of a package, with the checks of [`open`].
///
/// # Errors
///
/// Any [`OpenError`].
pub async fn open_section(
	package: &GrantPackage,
	section: SectionId,
	keys: &EncryptionKeyPair,
	on_chain: &Commitment,
	expected: &Bindings,
	store: &BlockStore,
) -> Result<OpenedSection, OpenError> {
	verify(package, on_chain, expected)?;
	open_released(package, package.section(section)?, keys, store).await
}

/// Checks a package as far as that needs no key.
fn verify(
	package: &GrantPackage,
	on_chain: &Commitment,
	expected: &Bindings,
) -> Result<(), OpenError> {
	if package.format != FORMAT {
		let found = package.format.clone();
		return Err(OpenError::UnknownFormat { found, expected: FORMAT });
	}
	expected.check(&package.bindings)?;
	let root = H256(package.root);
	let epoch = package.bindings.epoch;
	if manifest::commitment(&package.record_salt, root, package.count, epoch) != *on_chain {
		return Err(OpenError::CommitmentMismatch { section: None });
	}
	for released in &package.sections {
		let path: Vec<H256> = released.path.iter().copied().map(H256).collect();
		let entry = &released.entry;
		let proven = manifest::is_under(&root, &path, package.count, entry, &released.salt);
		if !proven || entry.epoch != epoch {
			return Err(OpenError::CommitmentMismatch { section: Some(entry.section) });
		}
	}
	Ok(())
}

/// Opens a section of a package that was verified.
async fn open_released(
	package: &GrantPackage,
	released: &ReleasedSection,
	keys: &EncryptionKeyPair,
	store: &BlockStore,
) -> Result<OpenedSection, OpenError> {
	let entry = &released.entry;
	let key = unwrap_key(package, released, keys)?;
	let text = open_block(entry, &key, &released.salt, &package.record_salt, store).await?;
	Ok(OpenedSection {
		section: entry.section,
		class: entry.class.clone(),
		labels: entry.labels.clone(),
		resources: read(entry.section, &text)?,
	})
}

/// Decrypts the block of a section, whose entry was verified.
pub(super) async fn open_block(
	entry: &ManifestEntry,
	key: &Secret,
	salt: &Secret,
	record_salt: &Secret,
	store: &BlockStore,
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
	let section = entry.section;
	let tampered = || OpenError::TamperedCiphertext { section, block: entry.cid };
	if manifest::key_commitment(salt, key) != entry.key_commitment {
		return Err(OpenError::KeyCommitmentMismatch { section });
	}
	let block = store.get(&entry.cid).await.map_err(|error| match error {
		StoreError::Altered { .. } => tampered(),
		other => OpenError::Store(other),
	})?;
	let associated = manifest::section_associated_data(record_salt, section, entry.epoch);
	let padded = cipher::decrypt(key, &associated, &block).ok_or_else(tampered)?;
	let text = cipher::unpad(&padded).ok_or_else(|| OpenError::NotASection {
		section,
		detail: "its padding is not the one in use".to_owned(),
	})?;
	Ok(Zeroizing::new(text.to_vec()))
}

/// Unwraps the key of a section.
fn unwrap_key(
	package: &GrantPackage,
	released: &ReleasedSection,
	keys: &EncryptionKeyPair,
) -> Result<Secret, OpenError> {
	let section = released.entry.section;
	let attempt = || {
		let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(&released.encapsulated).ok()?;
		let key = single_shot_open::<ChaCha20Poly1305, KdfShake256, XWing>(
			&OpModeR::Base,
			&keys.private()?,
			&encapsulated,
			&package.bindings.info(),
			&released.wrapped,
			&ReleasedSection::associated_data(&released.entry),
		)
		.ok()
		.map(Zeroizing::new)?;
		Secret::from_slice(&key)
	};
	let yours = keys.fingerprint();
	attempt().ok_or_else(|| {
		if package.recipient == yours {
			OpenError::TamperedWrap { section }
		} else {
			let wrapped_for = package.recipient.to_string();
			OpenError::WrongKey { section, wrapped_for, yours: yours.to_string() }
		}
	})
}

/// Reads the text of a section.
pub(super) fn read(section: SectionId, text: &[u8]) -> Result<Vec<OpenedResource>, OpenError> {
	let resources = || -> Result<_, serde_json::Error> {
		let clear: Clear<'_> = serde_json::from_slice(text)?;
		let resources = clear.entry.into_iter().map(|entry| {
			let parts: ClearEntry<'_> = serde_json::from_str(entry.get())?;
			Ok(OpenedResource { entry: entry.to_owned(), json: parts.resource.to_owned() })
		});
		resources.collect()
	};
	resources().map_err(|error| OpenError::NotASection { section, detail: error.to_string() })
}
