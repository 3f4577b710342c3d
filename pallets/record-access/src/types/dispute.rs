//! The dispute of a record.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, Commitment, DisputeOutcome, Milliseconds};
use scale_info::TypeInfo;

/// That a patient says a record is wrong, and what came of it. Of each record the last one.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Dispute {
	/// Salted commitment to what the patient says.
	pub statement: Commitment,
	/// Who said it: the patient, or a guardian.
	pub by: AccountId,
	/// When.
	pub opened_at: Milliseconds,
	/// The first moment at which the answer is late.
	pub due_at: Milliseconds,
	/// What the custodian answered. `None`: it is open.
	pub answer: Option<DisputeAnswer>,
}

/// A custodian's answer to a dispute.
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
pub struct DisputeAnswer {
	/// What the custodian does.
	pub outcome: DisputeOutcome,
	/// Salted commitment to what the custodian says.
	pub statement: Commitment,
	/// When.
	pub at: Milliseconds,
	/// Whether the deadline had passed.
	pub is_late: bool,
}
