//! What is stored of a break-glass and its review.

use super::Grant;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{
	AccountId, Commitment, EntryIndex, GrantId, Milliseconds, OverrideReason, ReviewOutcome,
};
use scale_info::TypeInfo;

/// The terms of breaking the glass, which governance sets.
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
pub struct EmergencyTerms {
	/// Longest time for which a grant may be asked in an emergency.
	pub max_duration: Milliseconds,
	/// How many disclosures may be made under such a grant; for a whole record, by each institution.
	pub uses: u32,
	/// How long after it a break-glass has to be reviewed.
	pub review_within: Milliseconds,
	/// How many reviews of an institution may be overdue. With more, nobody breaks the glass on its
	/// behalf.
	pub max_overdue: u32,
	/// How often in a day a clinician may break the glass by proof. Zero: nobody may.
	pub proofs_a_day: u8,
}

/// A break-glass: what makes its grant one, and its review.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EmergencyOverride {
	/// Why the glass was broken.
	pub reason: OverrideReason,
	/// The entry of the log.
	pub entry: EntryIndex,
	/// The first moment at which its review is overdue.
	pub deadline: Milliseconds,
	/// The review; `None` while it is pending.
	pub review: Option<Review>,
}

/// A review that was closed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Review {
	/// Who reviewed.
	pub reviewer: AccountId,
	/// When.
	pub at: Milliseconds,
	/// What was found.
	pub outcome: ReviewOutcome,
	/// Salted commitment to the written finding.
	pub finding: Commitment,
	/// Whether the deadline had passed. Stays so.
	pub is_late: bool,
}

/// The place of a pending review among those of its institution: its deadline and grant, big-endian,
/// so that the keys of the storage are in the order of time.
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
pub struct ReviewKey {
	deadline: [u8; 8],
	grant: [u8; 8],
}

impl ReviewKey {
	/// The place of a review.
	pub fn new(deadline: Milliseconds, grant: GrantId) -> Self {
		Self { deadline: deadline.0.to_be_bytes(), grant: grant.0.to_be_bytes() }
	}

	/// The first moment at which it is overdue.
	pub fn deadline(&self) -> Milliseconds {
		Milliseconds(u64::from_be_bytes(self.deadline))
	}

	/// Of which grant.
	pub fn grant(&self) -> GrantId {
		GrantId(u64::from_be_bytes(self.grant))
	}
}

/// How many reviews an institution has.
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
pub struct ReviewCounts {
	/// Pending, those overdue included.
	pub pending: u32,
	/// Closed, those closed late included.
	pub closed: u32,
	/// Closed after their deadline.
	pub late: u32,
}

/// A break-glass, as the patient, the guardians and the privacy officer see it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OverrideView {
	/// The grant's identifier, which is also that of the review.
	pub id: GrantId,
	/// Who may see what, for which institution, until when.
	pub grant: Grant,
	/// Why, and the review.
	pub emergency: EmergencyOverride,
}

/// How an institution stands with its reviews.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct ReviewStanding {
	/// Its reviews.
	pub counts: ReviewCounts,
	/// How many are overdue; counted to one more than may be overdue, and no further.
	pub overdue: u32,
	/// Whether nobody can break the glass on its behalf until reviews are closed.
	pub is_blocked: bool,
}
