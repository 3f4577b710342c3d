//! Sealing a record.

use super::{
	check::open_held,
	cipher,
	error::{ResealError, SealError, WrapError},
	keys::{RecordKeys, SectionSecrets},
	manifest::{self, Manifest, ManifestEntry, ManifestSection, SectionId},
	secret::Secret,
};
use crate::{
	bundle::{LabelSet, ResourceFacts, Section},
	store::{Block, BlockStore},
};
use hdx_primitives::Commitment;
use serde::Serialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

/// Most sections of a record, as the chain's default has it.
pub const MAX_SECTIONS: u32 = 10_000;

/// A sealed record, before it is stored and registered.
#[derive(Debug)]
pub struct SealedRecord {
	/// What to register on chain, once all blocks are stored.
	pub commitment: Commitment,
	/// What the sections are.
	pub manifest: Manifest,
	/// What opens them. Keep it: without it the record is lost.
	pub keys: RecordKeys,
	/// What to store: one block a section, and the manifest.
	pub blocks: Vec<Block>,
}

impl SealedRecord {
	/// How many sections to register on chain.
	pub fn sections(&self) -> u32 {
		u32::try_from(self.manifest.sections.len()).unwrap_or(u32::MAX)
	}
}

/// A section in the clear.
#[derive(Serialize)]
struct Clear<'a> {
	#[serde(rename = "resourceType")]
	resource_type: &'static str,
	#[serde(rename = "type")]
	kind: &'a str,
	entry: Vec<&'a RawValue>,
}

/// Seals sections under fresh keys.
///
/// # Errors
///
/// Any [`SealError`].
pub fn seal(sections: &[Section<'_>], epoch: u32) -> Result<SealedRecord, SealError> {
	if sections.is_empty() {
		return Err(SealError::NoSections);
	}
	if u32::try_from(sections.len()).map_or(true, |count| count > MAX_SECTIONS) {
		return Err(SealError::TooManySections { found: sections.len(), limit: MAX_SECTIONS });
	}
	let parts = shuffled(sections)?.into_iter().map(|section| {
		Ok(Part {
			class: section.class().to_owned(),
			labels: section.labels().clone(),
			facts: section.facts(),
			text: clear_text(section)?,
		})
	});
	seal_parts(parts, epoch)
}

/// Seals the sections of a record again, under fresh keys of a later epoch: what was sealed with `keys`
/// opens nothing of the new one. The sections keep their numbers and every byte of their text.
///
/// # Errors
///
/// Any [`ResealError`]. Everything is opened and checked before anything is returned.
pub async fn reseal(
	manifest: &Manifest,
	keys: &RecordKeys,
	store: &BlockStore,
	epoch: u32,
) -> Result<SealedRecord, ResealError> {
	if manifest.commitment(keys) != Some(keys.commitment) {
		return Err(WrapError::KeysOfAnotherRecord.into());
	}
	let mut parts = Vec::with_capacity(manifest.sections.len());
	for (section, own) in manifest.sections.iter().zip(&keys.sections) {
		let entry = &section.entry;
		let text = open_held(entry, own, &keys.record_salt, store).await?;
		parts.push(Part {
			class: entry.class.clone(),
			labels: entry.labels.clone(),
			facts: section.facts.clone(),
			text,
		});
	}
	Ok(seal_parts(parts.into_iter().map(Ok), epoch)?)
}

/// What is sealed of one section.
struct Part {
	class: String,
	labels: LabelSet,
	facts: Vec<ResourceFacts>,
	text: Zeroizing<Vec<u8>>,
}

/// Seals sections in their order.
fn seal_parts(
	parts: impl Iterator<Item = Result<Part, SealError>>,
	epoch: u32,
) -> Result<SealedRecord, SealError> {
	let record_salt = Secret::random()?;
	let mut sealed_sections = Vec::new();
	let mut secrets = Vec::new();
	let mut blocks = Vec::new();
	for (number, part) in (0u32..).zip(parts) {
		let Part { class, labels, facts, text } = part?;
		let id = SectionId(number);
		let own = SectionSecrets { key: Secret::random()?, salt: Secret::random()? };
		let associated = manifest::section_associated_data(&record_salt, id, epoch);
		let (block, padded_size) = seal_text(&own.key, &associated, &text)?;
		sealed_sections.push(ManifestSection {
			entry: ManifestEntry {
				section: id,
				cid: block.id(),
				class,
				labels,
				key_commitment: manifest::key_commitment(&own.salt, &own.key),
				epoch,
				padded_size,
			},
			facts,
		});
		secrets.push(own);
		blocks.push(block);
	}
	let manifest =
		Manifest { format: manifest::FORMAT.to_owned(), epoch, sections: sealed_sections };
	let manifest_key = Secret::random()?;
	let text = Zeroizing::new(serde_json::to_vec(&manifest)?);
	let associated = manifest::manifest_associated_data(&record_salt, epoch);
	let (manifest_block, _) = seal_text(&manifest_key, &associated, &text)?;
	let mut keys = RecordKeys {
		epoch,
		record_salt,
		commitment: Commitment([0; 32]),
		manifest: manifest_block.id(),
		manifest_key,
		sections: secrets,
	};
	blocks.push(manifest_block);
	keys.commitment = manifest.commitment(&keys).ok_or(SealError::NoSections)?;
	Ok(SealedRecord { commitment: keys.commitment, manifest, keys, blocks })
}

/// A section as the FHIR Bundle that is encrypted.
fn clear_text(section: &Section<'_>) -> Result<Zeroizing<Vec<u8>>, SealError> {
	let clear = Clear {
		resource_type: "Bundle",
		kind: &section.bundle_kind,
		entry: section.resources.iter().map(|resource| &*resource.entry).collect(),
	};
	Ok(Zeroizing::new(serde_json::to_vec(&clear)?))
}

fn seal_text(key: &Secret, associated: &[u8], text: &[u8]) -> Result<(Block, u64), SealError> {
	let too_large = || SealError::SectionTooLarge { bytes: text.len() };
	let padded = cipher::pad(text).ok_or_else(too_large)?;
	let ciphertext = cipher::encrypt(key, associated, &padded).ok_or_else(too_large)?;
	Ok((Block::new(ciphertext), padded.len() as u64))
}

/// The sections in random order.
fn shuffled<'s, 'b>(sections: &'s [Section<'b>]) -> Result<Vec<&'s Section<'b>>, SealError> {
	let mut keyed = Vec::with_capacity(sections.len());
	for section in sections {
		let mut key = [0u8; 16];
		getrandom::fill(&mut key)?;
		keyed.push((key, section));
	}
	keyed.sort_by_key(|(key, _)| *key);
	Ok(keyed.into_iter().map(|(_, section)| section).collect())
}
