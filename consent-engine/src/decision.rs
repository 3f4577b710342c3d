//! What the engine is asked, and what it answers.

use crate::{
	code::Code,
	obligation::Obligations,
	policy::{Actor, DataReference, Milliseconds, Period, Policy},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

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
	/// When the data asked for is from: data from outside, or from it in part, is not asked for.
	pub data_period: Period,
	/// Particular data asked for: whatever one of these references reaches.
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

/// What the patient decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Choices<'a> {
	/// The patient's consents, in any order.
	pub consents: &'a [Consent<'a>],
	/// Whether the patient opted out of emergency override (EHDS, recital 18).
	///
	/// Break-glass overrides what a patient decided, so that a life can be saved. A patient who
	/// opted out has decided on that very override: a request that names BTG is denied, whatever a
	/// consent or an implicit policy says, and no permit that is about BTG alone is read into a
	/// request that leaves its purpose out. Emergency treatment (ETREAT) is a purpose like others
	/// and not an override, so an explicit consent can still permit it; an implicit policy, which
	/// would only presume what this patient did not want, cannot.
	pub emergency_opt_out: bool,
}

impl<'a> From<&'a [Consent<'a>]> for Choices<'a> {
	/// Consents of a patient who did not opt out.
	fn from(consents: &'a [Consent<'a>]) -> Self {
		Self { consents, emergency_opt_out: false }
	}
}

impl<'a, const N: usize> From<&'a [Consent<'a>; N]> for Choices<'a> {
	/// Consents of a patient who did not opt out.
	fn from(consents: &'a [Consent<'a>; N]) -> Self {
		Self::from(consents.as_slice())
	}
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
