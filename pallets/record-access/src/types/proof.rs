//! What proofs of access need to know of a record.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::PublicInput;
use scale_info::TypeInfo;

/// By what proofs of access know whose record one is.
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
pub struct SubjectTag {
	/// The hash of the patient's key and a salt, which the custodian has. `None`: it was withdrawn, and the record has
	/// none.
	pub tag: Option<PublicInput>,
	/// The version of the record with which it was set or withdrawn. In a later one it may be set anew.
	pub version: u32,
}
