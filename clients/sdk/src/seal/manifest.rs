//! The manifest of a record, and the commitment to it.

use super::{cipher, error::WrapError, keys::RecordKeys, secret::Secret};
use crate::{
	bundle::{class_code, LabelSet, ResourceFacts},
	store::{BlockStore, ContentId},
};
use binary_merkle_tree::{merkle_proof_raw, merkle_root_raw, verify_proof, Leaf};
use codec::Encode;
use hdx_consent_engine::Code;
use hdx_primitives::Commitment;
use serde::{Deserialize, Serialize};
use sp_core::{Blake2Hasher, H256};
use std::fmt;

const ENTRY_TAG: &[u8; 19] = b"hdx/manifest-leaf/1";
const COMMITMENT_TAG: &[u8; 23] = b"hdx/record-commitment/1";
const KEY_TAG: &[u8; 20] = b"hdx/key-commitment/1";
const SECTION_TAG: &[u8; 13] = b"hdx/section/1";
const MANIFEST_TAG: &[u8; 14] = b"hdx/manifest/1";

/// What the manifest calls its own format.
pub(super) const FORMAT: &str = "hdx-manifest/2";

/// A section of a record: its place in the manifest, counted from zero, in random order.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Encode, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct SectionId(pub u32);

impl fmt::Display for SectionId {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "section {}", self.0)
	}
}

/// What a record commits to about one section.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestEntry {
	/// The section.
	pub section: SectionId,
	/// Content id of its ciphertext.
	pub cid: ContentId,
	/// Its class: the resource type.
	pub class: String,
	/// Its labels.
	pub labels: LabelSet,
	/// Salted hash of its key, so that no second key can be passed off for it.
	#[serde(with = "hex::serde")]
	pub key_commitment: [u8; 32],
	/// The epoch of the record's keys.
	pub epoch: u32,
	/// Size of the padded text, in bytes.
	pub padded_size: u64,
}

impl ManifestEntry {
	/// The codes of labels and class, as the consent engine sees them.
	pub fn codes(&self) -> Vec<Code> {
		self.labels.iter().map(|label| label.code()).chain([class_code(&self.class)]).collect()
	}

	/// The salted hash that is this entry's leaf in the Merkle tree.
	///
	/// A leaf's preimage is longer than the two hashes that make an inner node, so neither can be
	/// passed off for the other.
	pub(super) fn leaf(&self, salt: &Secret) -> H256 {
		let labels: Vec<(&str, &str)> =
			self.labels.iter().map(|label| (label.system.as_str(), label.code.as_str())).collect();
		let content = (
			self.section,
			self.cid.digest(),
			&self.class,
			labels,
			self.key_commitment,
			self.epoch,
			self.padded_size,
		);
		H256(hash(&(ENTRY_TAG, salt.expose(), content)))
	}
}

/// What the custodian knows of one section.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestSection {
	/// What is committed to, and shown to a grantee of this section.
	pub entry: ManifestEntry,
	/// The facts of its resources, each combination once. They stay with the custodian.
	#[serde(with = "facts")]
	pub facts: Vec<ResourceFacts>,
}

/// The manifest of a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
	pub(super) format: String,
	pub(super) epoch: u32,
	pub(super) sections: Vec<ManifestSection>,
}

impl Manifest {
	/// The sections.
	pub fn sections(&self) -> &[ManifestSection] {
		&self.sections
	}

	/// The epoch of the record's keys.
	pub fn epoch(&self) -> u32 {
		self.epoch
	}

	/// Fetches and opens the manifest that belongs to `keys`.
	///
	/// # Errors
	///
	/// [`WrapError::Store`] or [`WrapError::ManifestUnreadable`].
	pub async fn fetch(store: &BlockStore, keys: &RecordKeys) -> Result<Self, WrapError> {
		let manifest = keys.manifest;
		let unreadable = || WrapError::ManifestUnreadable { manifest };
		let block = store.get(&manifest).await?;
		let associated = manifest_associated_data(&keys.record_salt, keys.epoch);
		let padded = cipher::decrypt(&keys.manifest_key, &associated, &block);
		let padded = padded.ok_or_else(unreadable)?;
		let text = cipher::unpad(&padded).ok_or_else(unreadable)?;
		let read: Self = serde_json::from_slice(text).map_err(|_| unreadable())?;
		if read.format != FORMAT || read.commitment(keys) != Some(keys.commitment) {
			return Err(unreadable());
		}
		Ok(read)
	}

	/// What the chain holds for this manifest; `None` where the keys are not of this record.
	pub(super) fn commitment(&self, keys: &RecordKeys) -> Option<Commitment> {
		let count = u32::try_from(self.sections.len()).ok()?;
		let root = merkle_root_raw::<Blake2Hasher, _>(self.leaves(keys)?);
		Some(commitment(&keys.record_salt, root, count, self.epoch))
	}

	/// The leaf hashes, in order; `None` where the keys are not of this record.
	fn leaves(&self, keys: &RecordKeys) -> Option<Vec<H256>> {
		if self.sections.len() != keys.sections.len() {
			return None;
		}
		let leaf = |(section, secrets): (&ManifestSection, &super::keys::SectionSecrets)| {
			section.entry.leaf(&secrets.salt)
		};
		Some(self.sections.iter().zip(&keys.sections).map(leaf).collect())
	}

	/// Merkle root and path of one section.
	pub(super) fn prove(&self, keys: &RecordKeys, section: SectionId) -> Option<(H256, Vec<H256>)> {
		let leaves = self.leaves(keys)?;
		if usize::try_from(section.0).ok()? >= leaves.len() {
			return None;
		}
		let proof = merkle_proof_raw::<Blake2Hasher, _>(leaves, section.0);
		Some((proof.root, proof.proof))
	}
}

/// Whether `entry` is the leaf at its place under `root`.
pub(super) fn is_under(
	root: &H256,
	path: &[H256],
	count: u32,
	entry: &ManifestEntry,
	salt: &Secret,
) -> bool {
	verify_proof::<Blake2Hasher, _, _>(
		root,
		path.iter().copied(),
		count,
		entry.section.0,
		Leaf::Hash(entry.leaf(salt)),
	)
}

/// What the chain holds for a record.
pub(super) fn commitment(salt: &Secret, root: H256, count: u32, epoch: u32) -> Commitment {
	Commitment(hash(&(COMMITMENT_TAG, salt.expose(), root.0, count, epoch)))
}

/// The hash by which an entry pins its key. ChaCha20-Poly1305 alone does not pin it: a block can
/// be made that opens under two keys.
pub(super) fn key_commitment(salt: &Secret, key: &Secret) -> [u8; 32] {
	hash(&(KEY_TAG, salt.expose(), key.expose()))
}

/// Associated data of a section's block: known before the record has a number on chain.
pub(super) fn section_associated_data(salt: &Secret, section: SectionId, epoch: u32) -> Vec<u8> {
	(SECTION_TAG, salt.expose(), section, epoch).encode()
}

/// Associated data of the manifest's block.
pub(super) fn manifest_associated_data(salt: &Secret, epoch: u32) -> Vec<u8> {
	(MANIFEST_TAG, salt.expose(), epoch).encode()
}

fn hash(content: &impl Encode) -> [u8; 32] {
	content.using_encoded(sp_crypto_hashing::blake2_256)
}

/// Facts as JSON: codes in hexadecimal, times in milliseconds since 1970.
mod facts {
	use crate::bundle::ResourceFacts;
	use hdx_consent_engine::{Code, Milliseconds, Period};
	use hex::FromHex;
	use serde::{Deserialize, Deserializer, Serialize, Serializer};

	#[derive(Serialize, Deserialize)]
	#[serde(deny_unknown_fields)]
	struct Written {
		codes: Vec<String>,
		#[serde(skip_serializing_if = "Option::is_none", default)]
		dated: Option<(Option<u64>, Option<u64>)>,
	}

	pub fn serialize<S: Serializer>(
		facts: &[ResourceFacts],
		serializer: S,
	) -> Result<S::Ok, S::Error> {
		let milliseconds = |moment: Option<Milliseconds>| moment.map(|moment| moment.0);
		let written: Vec<Written> = facts
			.iter()
			.map(|facts| Written {
				codes: facts.codes.iter().map(|code| hex::encode(code.0)).collect(),
				dated: facts
					.dated
					.map(|period| (milliseconds(period.start), milliseconds(period.end))),
			})
			.collect();
		written.serialize(serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(
		deserializer: D,
	) -> Result<Vec<ResourceFacts>, D::Error> {
		Vec::<Written>::deserialize(deserializer)?.into_iter().map(read).collect()
	}

	fn read<E: serde::de::Error>(written: Written) -> Result<ResourceFacts, E> {
		let code = |text: String| <[u8; 16]>::from_hex(text).map(Code).map_err(E::custom);
		Ok(ResourceFacts {
			codes: written.codes.into_iter().map(code).collect::<Result<_, E>>()?,
			dated: written.dated.map(|(start, end)| Period {
				start: start.map(Milliseconds),
				end: end.map(Milliseconds),
			}),
		})
	}
}
