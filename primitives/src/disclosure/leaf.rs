//! One disclosure of a batch.

use crate::{
	engine::Obligations, AccountId, Code, Commitment, GrantId, InstitutionId, Milliseconds,
	RecordId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Precedes a leaf where it is hashed. Its number is the version of [`DisclosureLeaf`]'s encoding.
pub const LEAF_TAG: [u8; 21] = *b"hdx/disclosure/leaf/1";

/// How many bytes the SCALE encoding of a leaf has: every field has a fixed size.
pub const LEAF_LENGTH: usize = 212;

/// Random bytes that keep a leaf from being guessed. None is ever used twice.
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
pub struct LeafSalt(pub [u8; 32]);

/// One disclosure: who released what about whom to whom, under which grant and for what. What 45 CFR
/// 164.528(b)(2) wants in an accounting (date, recipient, what, purpose), and the grant that permitted
/// it.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct DisclosureLeaf {
	/// Who released.
	pub custodian: InstitutionId,
	/// Under which grant.
	pub grant: GrantId,
	/// From which record.
	pub record: RecordId,
	/// About whom.
	pub patient: AccountId,
	/// To whom: the grantee.
	pub recipient: AccountId,
	/// For which institution the recipient acted.
	pub on_behalf_of: InstitutionId,
	/// For what purpose of use (v3-ActReason).
	pub purpose: Code,
	/// When.
	pub at: Milliseconds,
	/// How many sections.
	pub sections: u32,
	/// Salted commitment to the list of them.
	pub disclosure: Commitment,
	/// What had to be withheld: [`obligations_hash`] of the grant's obligations.
	pub obligations: H256,
	/// What keeps the rest from being guessed.
	pub salt: LeafSalt,
}

impl DisclosureLeaf {
	/// The leaf in the tree of its batch.
	pub fn hash(&self) -> H256 {
		(LEAF_TAG, self).using_encoded(BlakeTwo256::hash)
	}
}

/// The BLAKE2-256 hash of the SCALE-encoded obligations.
pub fn obligations_hash(obligations: &Obligations) -> H256 {
	obligations.using_encoded(BlakeTwo256::hash)
}
