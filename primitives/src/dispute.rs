//! Disputes of what a record says.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What a custodian does about a dispute (45 CFR 164.526(c) and (d)).
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
pub enum DisputeOutcome {
	/// The record is amended.
	Accepted,
	/// The record is accurate and complete, or not the custodian's to amend.
	Denied,
}
