//! What a review is.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{
	AccountId, Commitment, EntryIndex, InstitutionId, Milliseconds, ReviewFinding, ReviewReason,
};
use scale_info::TypeInfo;

/// How much time there is for the steps of a review.
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
pub struct ReviewTerms {
	/// For the institution, to answer.
	pub answer_within: Milliseconds,
	/// For the patient, to take an answer to governance.
	pub escalate_within: Milliseconds,
}

/// What an institution answered.
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
pub struct ReviewAnswer {
	/// What it found.
	pub finding: ReviewFinding,
	/// Salted commitment to the written answer.
	pub statement: Commitment,
	/// When.
	pub at: Milliseconds,
	/// Whether that was too late. It stays so for ever.
	pub is_late: bool,
}

/// How a review ended.
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
pub enum Closure {
	/// Who asked for it, or the patient, withdrew it.
	Withdrawn,
	/// Nobody took the answer to governance in time.
	Lapsed,
	/// Governance decided.
	Decided {
		/// What it found.
		finding: ReviewFinding,
		/// Salted commitment to the written decision.
		statement: Commitment,
	},
}

/// How far a review has come.
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
pub enum ReviewStatus {
	/// The institution has not answered.
	Awaiting {
		/// Whether it is counted that its time to do so is over.
		is_overdue: bool,
	},
	/// The institution answered.
	Answered {
		/// What.
		answer: ReviewAnswer,
		/// The first moment at which it is too late to take it to governance.
		escalate_by: Milliseconds,
	},
	/// Governance has to decide.
	Escalated {
		/// What the institution answered, if it did.
		answer: Option<ReviewAnswer>,
	},
	/// It is over.
	Closed {
		/// What the institution answered, if it did.
		answer: Option<ReviewAnswer>,
		/// How it ended.
		closure: Closure,
	},
}

/// The review of an entry.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Review {
	/// Whom the entry is about.
	pub patient: AccountId,
	/// Who asked for it: the patient or a guardian.
	pub requested_by: AccountId,
	/// The institution that acted.
	pub institution: InstitutionId,
	/// Why.
	pub reason: ReviewReason,
	/// When it was asked for.
	pub requested_at: Milliseconds,
	/// The first moment at which an answer is late.
	pub answer_due: Milliseconds,
	/// How far it has come.
	pub status: ReviewStatus,
}

impl Review {
	/// Whether it is not over.
	pub fn is_open(&self) -> bool {
		!matches!(self.status, ReviewStatus::Closed { .. })
	}

	/// What the institution answered, if it did.
	pub fn answer(&self) -> Option<ReviewAnswer> {
		match self.status {
			ReviewStatus::Awaiting { .. } => None,
			ReviewStatus::Answered { answer, .. } => Some(answer),
			ReviewStatus::Escalated { answer } | ReviewStatus::Closed { answer, .. } => answer,
		}
	}

	/// When something happens to it by itself.
	pub(crate) fn deadline(&self) -> Option<Milliseconds> {
		match self.status {
			ReviewStatus::Awaiting { is_overdue: false } => Some(self.answer_due),
			ReviewStatus::Answered { escalate_by, .. } => Some(escalate_by),
			_ => None,
		}
	}
}

/// What is counted of an institution's reviews.
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
pub struct ReviewTally {
	/// Those that are not over.
	pub open: u32,
	/// Those that wait for its answer although the time is over.
	pub overdue: u32,
	/// Those that were ever asked for.
	pub requested: u32,
	/// Those that it ever answered too late.
	pub late: u32,
	/// Those that ever went to governance.
	pub escalated: u32,
	/// Those of them that it had not answered.
	pub unanswered: u32,
	/// How often it, or governance, ever found a violation.
	pub violations: u32,
}

/// A moment and an entry, as a storage key: the order of the keys is the order of the moments.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct DeadlineKey {
	moment: [u8; 8],
	entry: [u8; 8],
}

impl DeadlineKey {
	/// The key of a deadline.
	pub fn new(moment: Milliseconds, entry: EntryIndex) -> Self {
		Self { moment: moment.0.to_be_bytes(), entry: entry.0.to_be_bytes() }
	}

	/// The moment.
	pub fn moment(&self) -> Milliseconds {
		Milliseconds(u64::from_be_bytes(self.moment))
	}

	/// The entry.
	pub fn entry(&self) -> EntryIndex {
		EntryIndex(u64::from_be_bytes(self.entry))
	}
}
