//! Appeals against suspensions.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, Commitment, InstitutionId, Milliseconds};
use scale_info::TypeInfo;

/// Who appeals.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Appellant {
	/// A suspended or closed institution.
	Institution(InstitutionId),
	/// A suspended practitioner.
	Practitioner(AccountId),
}

/// An open appeal.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Appeal {
	/// Who appeals, under the account of now.
	pub appellant: Appellant,
	/// Salted commitment to the statement, which stays off chain.
	pub statement: Commitment,
	/// When it was filed.
	pub filed_at: Milliseconds,
}

/// How governance answers an appeal.
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
pub enum AppealOutcome {
	/// The suspension ends.
	Upheld,
	/// The suspension stays.
	Dismissed,
}
