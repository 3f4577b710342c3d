//! What the engine is asked, and what it answers.

use crate::{
	code::Code,
	policy::{Actor, DataReference, Milliseconds, Period, Policy},
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most codes that one obligation can name.
pub const MAX_OBLIGATION_CODES: u32 = 64;
/// Most obligations of one decision.
pub const MAX_OBLIGATIONS: u32 = 8;

/// What is asked. An empty attribute was not named.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Request<'a> {
	/// Everything the requester is: account, organisations, roles, groups, identifiers.
	pub actors: &'a [Actor],
	/// Purposes of use.
	pub purposes: &'a [Code],
	/// Actions asked for.
	pub actions: &'a [Code],
	/// Security labels asked for.
	pub labels: &'a [Code],
	/// Classes (resource types) asked for.
	pub classes: &'a [Code],
	/// Clinical codes asked for.
	pub codes: &'a [Code],
	/// When the data asked for is from.
	pub data_period: Period,
	/// Particular data asked for.
	pub data: &'a [DataReference],
	/// Which categories of consent can answer. Empty: any.
	pub categories: &'a [Code],
}

/// FHIR `Consent.status`, as far as a decision looks at it.
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
pub enum Status {
	/// In force.
	Active,
	/// Withdrawn, superseded or never accepted.
	Inactive,
}

/// A consent of the registry.
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
pub struct ConsentId(pub u64);

/// One consent, as the decision sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Consent<'a> {
	/// Which consent.
	pub id: ConsentId,
	/// Its version.
	pub version: u32,
	/// Whether it is in force.
	pub status: Status,
	/// When it was given (FHIR `Consent.dateTime`).
	pub given_at: Milliseconds,
	/// What it says.
	pub policy: &'a Policy,
}

/// How several applicable consents are combined.
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
pub enum Algorithm {
	/// The consent given last decides (LEAP).
	#[default]
	MostRecentWins,
	/// Any deny denies; obligations add up (ASU SHARES).
	DenyOverrides,
}

/// What holds where no consent applies (IHE PCF implicit policies).
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
pub enum ImplicitPolicy {
	/// Nothing is permitted.
	#[default]
	Deny,
	/// Treatment in normal confidentiality; sensitive categories are withheld.
	BasicNormal,
	/// Treatment, payment and operations in normal confidentiality.
	AllNormal,
	/// Break-glass only.
	BreakGlassOnly,
}

/// The governed parameters of a decision.
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
pub struct Rules {
	/// How several consents are combined.
	pub algorithm: Algorithm,
	/// What holds where none applies.
	pub implicit: ImplicitPolicy,
}

/// Permit, deny, or nothing that decides.
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
pub enum Outcome {
	/// Permitted, under the obligations.
	Permit,
	/// Denied.
	Deny,
	/// No consent applies and no implicit policy permits.
	NoConsent,
}

/// The codes an obligation names: labels first, then classes, then clinical codes, each in
/// document order.
pub type ObligationCodes = BoundedVec<Code, ConstU32<MAX_OBLIGATION_CODES>>;

/// What must be withheld from what is released (`REDACT` of v3-ActCode).
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Obligation {
	/// Withhold whatever carries one of these codes.
	Redact {
		/// The codes.
		codes: ObligationCodes,
	},
	/// Withhold whatever carries none of these codes.
	RedactExcept {
		/// The codes.
		any_of: ObligationCodes,
	},
}

impl Obligation {
	/// Whether data that carries `codes` (its labels, class and clinical codes) must be withheld.
	pub fn withholds(&self, codes: &[Code]) -> bool {
		match self {
			Self::Redact { codes: withheld } => codes.iter().any(|code| withheld.contains(code)),
			Self::RedactExcept { any_of } => !codes.iter().any(|code| any_of.contains(code)),
		}
	}
}

/// The obligations of a decision. All of them bind.
pub type Obligations = BoundedVec<Obligation, ConstU32<MAX_OBLIGATIONS>>;

/// The consent a decision rests on.
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
pub struct Basis {
	/// Which consent.
	pub consent: ConsentId,
	/// Which version of it.
	pub version: u32,
}

/// The answer. Never a boolean.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Decision {
	/// Permit, deny or no consent.
	pub outcome: Outcome,
	/// What must be withheld. Empty unless the outcome is a permit.
	pub obligations: Obligations,
	/// The consent that decided; `None` where no consent applied.
	pub basis: Option<Basis>,
	/// How several consents were combined.
	pub algorithm: Algorithm,
}
