//! A key of a DID: a verification method of W3C DID Core 1.0, section 5.2, and when it holds.

use crate::{
	did::{KeyMaterial, Relationships},
	Milliseconds,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A key among those of one DID. Counts from zero; none is given twice.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct KeyIndex(pub u32);

/// A key that is to be listed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct NewKey {
	/// The public key.
	pub material: KeyMaterial,
	/// What it may be used for: at least one, all of which its scheme can do.
	pub relationships: Relationships,
}

/// A key that is, or was, in force.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Key {
	/// The public key.
	pub material: KeyMaterial,
	/// What it may be used for.
	pub relationships: Relationships,
	/// The first moment at which it is in force.
	pub valid_from: Milliseconds,
	/// The first moment at which it is not in force any more. `None`: it has no end yet.
	pub valid_until: Option<Milliseconds>,
}

impl Key {
	/// Whether it was in force at `at`.
	pub fn is_in_force_at(&self, at: Milliseconds) -> bool {
		self.valid_from <= at && self.valid_until.is_none_or(|end| at < end)
	}
}

/// A key and its place. What it was used for at some time is to be checked against its interval.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct KeyEntry {
	/// Which.
	pub index: KeyIndex,
	/// The key. Its interval ends no later than the DID did.
	pub key: Key,
}
