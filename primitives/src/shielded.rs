//! Consents of which the chain has a hash alone.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The place of a shielded consent.
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
pub struct ShieldedIndex {
	/// The number of its tree.
	pub tree: u32,
	/// Which leaf of the tree it is.
	pub leaf: u32,
}
