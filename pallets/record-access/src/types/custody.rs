//! Who is to keep a record.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{Commitment, InstitutionId, Milliseconds};
use scale_info::TypeInfo;

/// That the custodian of a record offers it to another institution.
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
pub struct CustodyOffer {
	/// To whom.
	pub to: InstitutionId,
	/// Since when.
	pub offered_at: Milliseconds,
}

/// The manifest of a new version of a record, or of one that was sealed anew with other keys.
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
pub struct NewManifest {
	/// Salted commitment to it.
	pub manifest: Commitment,
	/// How many sections it lists.
	pub sections: u32,
	/// The generation of their keys: of a new version not an earlier one than before, of a record that
	/// was sealed anew a later one.
	pub epoch: u32,
}
