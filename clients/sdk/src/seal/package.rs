//! What a custodian hands to a grantee.

use super::{
	encryption_key::Fingerprint,
	error::OpenError,
	manifest::{ManifestEntry, SectionId},
	secret::Secret,
};
use codec::Encode;
use hdx_primitives::{AccountId, ConsentId, GrantId, RecordId};
use serde::{Deserialize, Serialize};

const WRAP_TAG: &[u8; 10] = b"hdx/wrap/1";
/// What the package calls its own format.
pub(super) const FORMAT: &str = "hdx-grant-package/1";

/// What a release is bound to. The wrapped keys open under exactly these.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Serialize, Deserialize)]
#[serde(from = "BindingsJson", into = "BindingsJson")]
pub struct Bindings {
	/// The chain: hash of its genesis block.
	pub genesis: [u8; 32],
	/// The record.
	pub record: RecordId,
	/// The grant under which the sections are released.
	pub grant: GrantId,
	/// The consent that the grant rests on; none where no consent decided.
	pub consent: Option<ConsentId>,
	/// Who may open.
	pub grantee: AccountId,
	/// The epoch of the record's keys.
	pub epoch: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BindingsJson {
	#[serde(with = "hex::serde")]
	genesis: [u8; 32],
	record: u64,
	grant: u64,
	consent: Option<u64>,
	#[serde(with = "hex::serde")]
	grantee: [u8; 32],
	epoch: u32,
}

impl From<BindingsJson> for Bindings {
	fn from(json: BindingsJson) -> Self {
		Self {
			genesis: json.genesis,
			record: RecordId(json.record),
			grant: GrantId(json.grant),
			consent: json.consent.map(ConsentId),
			grantee: AccountId::new(json.grantee),
			epoch: json.epoch,
		}
	}
}

impl From<Bindings> for BindingsJson {
	fn from(bindings: Bindings) -> Self {
		Self {
			genesis: bindings.genesis,
			record: bindings.record.0,
			grant: bindings.grant.0,
			consent: bindings.consent.map(|consent| consent.0),
			grantee: bindings.grantee.into(),
			epoch: bindings.epoch,
		}
	}
}

impl Bindings {
	/// The `info` of the key encapsulation (RFC 9180, section 5.1).
	pub(super) fn info(&self) -> Vec<u8> {
		(WRAP_TAG, self).encode()
	}

	/// Fails with the first binding of `found` that is not the one of `self`.
	pub(super) fn check(&self, found: &Self) -> Result<(), OpenError> {
		let number = |number: u64| number.to_string();
		let consent = |id: Option<ConsentId>| id.map_or("none".to_owned(), |id| number(id.0));
		let pairs = [
			("chain", hex::encode(found.genesis), hex::encode(self.genesis)),
			("record", number(found.record.0), number(self.record.0)),
			("grant", number(found.grant.0), number(self.grant.0)),
			("consent", consent(found.consent), consent(self.consent)),
			("grantee", found.grantee.to_string(), self.grantee.to_string()),
			("epoch", number(found.epoch.into()), number(self.epoch.into())),
		];
		match pairs.into_iter().find(|(_, found, expected)| found != expected) {
			Some((field, found, expected)) => {
				Err(OpenError::BindingMismatch { field, found, expected })
			},
			None => Ok(()),
		}
	}
}

/// One released section.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedSection {
	/// What the record commits to about it.
	pub entry: ManifestEntry,
	pub(super) salt: Secret,
	#[serde(with = "hashes")]
	pub(super) path: Vec<[u8; 32]>,
	#[serde(with = "hex::serde")]
	pub(super) encapsulated: Vec<u8>,
	#[serde(with = "hex::serde")]
	pub(super) wrapped: Vec<u8>,
}

impl ReleasedSection {
	/// The associated data of the wrapped key.
	pub(super) fn associated_data(entry: &ManifestEntry) -> Vec<u8> {
		(entry.section, entry.cid.digest(), entry.key_commitment).encode()
	}
}

/// The keys of the permitted sections for one grantee under one grant.
///
/// It tells what was released (class and labels of each section) to whoever holds it, and how many
/// sections the record has; it tells nothing about those withheld.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantPackage {
	pub(super) format: String,
	pub(super) bindings: Bindings,
	pub(super) recipient: Fingerprint,
	pub(super) record_salt: Secret,
	#[serde(with = "hex::serde")]
	pub(super) root: [u8; 32],
	pub(super) count: u32,
	pub(super) sections: Vec<ReleasedSection>,
}

impl GrantPackage {
	/// What it is bound to.
	pub fn bindings(&self) -> &Bindings {
		&self.bindings
	}

	/// The key it was wrapped for.
	pub fn recipient(&self) -> Fingerprint {
		self.recipient
	}

	/// How many sections the record has, withheld ones included.
	pub fn record_sections(&self) -> u32 {
		self.count
	}

	/// The released sections.
	pub fn sections(&self) -> &[ReleasedSection] {
		&self.sections
	}

	/// One released section.
	///
	/// # Errors
	///
	/// [`OpenError::NotInPackage`].
	pub fn section(&self, section: SectionId) -> Result<&ReleasedSection, OpenError> {
		self.sections
			.iter()
			.find(|released| released.entry.section == section)
			.ok_or(OpenError::NotInPackage { section })
	}
}

/// Lists of hashes, in hex.
mod hashes {
	use hex::FromHex;
	use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};

	pub fn serialize<S: Serializer>(hashes: &[[u8; 32]], serializer: S) -> Result<S::Ok, S::Error> {
		hashes.iter().map(hex::encode).collect::<Vec<_>>().serialize(serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(
		deserializer: D,
	) -> Result<Vec<[u8; 32]>, D::Error> {
		Vec::<String>::deserialize(deserializer)?
			.into_iter()
			.map(|hash| <[u8; 32]>::from_hex(hash).map_err(D::Error::custom))
			.collect()
	}
}
