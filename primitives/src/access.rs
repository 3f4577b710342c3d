//! What is asked of a record.

use crate::{
	engine::terminology, AccountId, Code, ContextHash, InstitutionId, Milliseconds, RecordId, Role,
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::serde::{Deserialize, Serialize};

/// Most labels, and most classes, that a request may name.
pub const MAX_REQUESTED_CODES: u32 = 16;

/// Labels or classes that a request names. Empty: whatever is permitted.
pub type RequestedCodes = BoundedVec<Code, ConstU32<MAX_REQUESTED_CODES>>;

/// What a requester wants to do (the cells of the role matrix).
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
	Serialize,
	Deserialize,
)]
#[serde(crate = "sp_runtime::serde")]
pub enum Action {
	/// Read what is there.
	Read,
	/// Replace what is there by a new version.
	Write,
	/// Add to what is there.
	Append,
	/// Pass it on to somebody else.
	Disclose,
}

impl Action {
	/// The action as a consent names it (FHIR consentaction).
	pub const fn code(self) -> Code {
		match self {
			Self::Read => terminology::action::ACCESS,
			Self::Write => terminology::action::CORRECT,
			Self::Append => terminology::action::COLLECT,
			Self::Disclose => terminology::action::DISCLOSE,
		}
	}
}

/// Which records a request is about.
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
pub enum Target {
	/// One record.
	Record(RecordId),
	/// Everything registered for the patient.
	WholeRecord,
}

/// A request for access, as `request_access` takes it.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AccessRequest {
	/// The institution on whose behalf the requester acts.
	pub on_behalf_of: InstitutionId,
	/// The role in which the requester acts.
	pub role: Role,
	/// Whose record.
	pub patient: AccountId,
	/// Which record.
	pub target: Target,
	/// For what purpose of use (v3-ActReason).
	pub purpose: Code,
	/// To do what.
	pub action: Action,
	/// Only data with one of these security labels. Empty: any.
	pub labels: RequestedCodes,
	/// Only data of one of these classes. Empty: any.
	pub classes: RequestedCodes,
	/// In which context.
	pub context: ContextHash,
	/// For how long the grant is to hold.
	pub duration: Milliseconds,
}
