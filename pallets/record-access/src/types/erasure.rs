//! What is left of an erased record.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, Commitment, InstitutionId, Milliseconds, RecordId};
use scale_info::TypeInfo;

/// That a patient wants a record erased.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ErasureRequest {
	/// Who asked: the patient, or a guardian.
	pub by: AccountId,
	/// When.
	pub requested_at: Milliseconds,
	/// The first moment at which the answer is late.
	pub due_at: Milliseconds,
}

/// The place of a request among those that wait for an institution: when it is due and which record,
/// big-endian, so that the keys of the storage are in the order of time.
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
pub struct ErasureKey {
	due_at: [u8; 8],
	record: [u8; 8],
}

impl ErasureKey {
	/// The place of a request.
	pub fn new(due_at: Milliseconds, record: RecordId) -> Self {
		Self { due_at: due_at.0.to_be_bytes(), record: record.0.to_be_bytes() }
	}

	/// The first moment at which it is overdue.
	pub fn due_at(&self) -> Milliseconds {
		Milliseconds(u64::from_be_bytes(self.due_at))
	}

	/// Of which record.
	pub fn record(&self) -> RecordId {
		RecordId(u64::from_be_bytes(self.record))
	}
}

/// What an institution did with the requests that waited for it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ErasureCounts {
	/// Waiting, those overdue included.
	pub pending: u32,
	/// Records that were erased as asked.
	pub erased: u32,
	/// Records that are kept.
	pub refused: u32,
	/// Of both, how many were answered after their deadline.
	pub late: u32,
}

/// How an institution stands with what it was asked to erase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ErasureStanding {
	/// Its requests.
	pub counts: ErasureCounts,
	/// How many are overdue now; counted up to [`MAX_PAGE`](crate::MAX_PAGE), and no further.
	pub overdue: u32,
}

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
