//! What the chain keeps of a DID, and what it answers.

use crate::{
	did::{Did, KeyEntry, KeyIndex, Service},
	AccountId, Milliseconds,
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most keys of one DID, those that have ended included.
pub const MAX_KEYS: u32 = 32;
/// Most controllers of one DID besides its subject.
pub const MAX_CONTROLLERS: u32 = 4;
/// Most services of one DID.
pub const MAX_SERVICES: u32 = 8;

/// Accounts that may change a document besides its subject.
pub type Controllers = BoundedVec<AccountId, ConstU32<MAX_CONTROLLERS>>;
/// The services of a document.
pub type Services = BoundedVec<Service, ConstU32<MAX_SERVICES>>;
/// The keys of a DID, in the order they were added.
pub type KeyEntries = BoundedVec<KeyEntry, ConstU32<MAX_KEYS>>;

/// Whether a DID is in use.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum DidStatus {
	/// It is.
	Active,
	/// It never will be again.
	Deactivated {
		/// The first moment at which it was not.
		at: Milliseconds,
	},
}

/// The document of a DID, without its keys.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Document {
	/// Whether it is in use (`deactivated` of W3C DID Resolution).
	pub status: DidStatus,
	/// When it was created (`created`).
	pub created_at: Milliseconds,
	/// When it changed last (`updated`).
	pub updated_at: Milliseconds,
	/// One when it was created, and one more with each change (`versionId`).
	pub version: u32,
	/// Who may change it besides the subject (`controller`), in the order they were added, each
	/// once.
	pub controllers: Controllers,
	/// Where the subject can be reached (`service`), each id once.
	pub services: Services,
	/// The index that the next key gets, which is also how many keys there are.
	pub next_key: KeyIndex,
}

impl Document {
	/// The document of a DID that is created at `now`, without controllers, services and keys.
	pub fn new(now: Milliseconds) -> Self {
		Self {
			status: DidStatus::Active,
			created_at: now,
			updated_at: now,
			version: 1,
			controllers: Default::default(),
			services: Default::default(),
			next_key: KeyIndex(0),
		}
	}

	/// Whether it is in use.
	pub fn is_active(&self) -> bool {
		self.status == DidStatus::Active
	}

	/// A key as it is seen through the document: none is in force after a deactivation.
	pub fn seen(&self, mut entry: KeyEntry) -> KeyEntry {
		if let DidStatus::Deactivated { at } = self.status {
			entry.key.valid_until = Some(entry.key.valid_until.map_or(at, |end| end.min(at)));
		}
		entry
	}
}

/// All that the chain knows of a DID.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct DidResolution {
	/// The DID.
	pub did: Did,
	/// Its document.
	pub document: Document,
	/// Its keys, those that have ended included. Each interval ends no later than the DID did.
	pub keys: KeyEntries,
	/// The time of the block that answers: the keys in force then are those of the document.
	pub at: Milliseconds,
}
