//! What is left of an erased record.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, Commitment, InstitutionId, Milliseconds};
use scale_info::TypeInfo;

/// That a record was erased, in the place of the record.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Tombstone {
	/// Whose record it was.
	pub patient: AccountId,
	/// Who erased it.
	pub custodian: InstitutionId,
	/// When.
	pub erased_at: Milliseconds,
	/// Salted commitment to the receipt: what was destroyed, how, and who saw to it.
	pub receipt: Commitment,
}
