//! What a batch of disclosures says of the grants that it uses.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use hdx_primitives::{GrantId, RecordId};
use scale_info::TypeInfo;

/// Most pairs of grant and record that one batch may use: so many that they take half of what a block
/// has for transactions, and that a pair's place fits into a byte.
pub const MAX_GRANT_USES: u32 = 128;

/// How often a batch uses which grants: sorted by grant, then record, and each pair once.
pub type GrantUses = BoundedVec<GrantUse, ConstU32<MAX_GRANT_USES>>;

/// How many disclosures of a batch were made from one record under one grant.
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
pub struct GrantUse {
	/// The grant.
	pub grant: GrantId,
	/// The record.
	pub record: RecordId,
	/// How many disclosures.
	pub uses: u32,
}

impl GrantUse {
	/// What a list is sorted by.
	pub(crate) fn key(&self) -> (GrantId, RecordId) {
		(self.grant, self.record)
	}
}
