//! The policy tree: what a patient permits and denies (FHIR `Consent.provision`).

use crate::code::Code;
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most provisions a policy may hold, the root included.
pub const MAX_PROVISIONS: u32 = 32;
/// Most values an attribute of a provision may hold.
pub const MAX_VALUES: u32 = 16;
/// Deepest nesting below the root.
pub const MAX_DEPTH: u32 = 3;

/// Milliseconds since the Unix epoch, as `pallet-timestamp` counts them.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Milliseconds(pub u64);

impl Milliseconds {
	/// This moment moved by a duration, held at the last representable moment.
	#[must_use]
	pub fn saturating_add(self, duration: Milliseconds) -> Self {
		Self(self.0.saturating_add(duration.0))
	}
}

/// FHIR `Period`: from `start` (inclusive) until `end` (exclusive); a missing bound is open.
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
pub struct Period {
	/// First moment inside the period.
	pub start: Option<Milliseconds>,
	/// First moment after the period.
	pub end: Option<Milliseconds>,
}

impl Period {
	/// Whether `at` lies inside.
	pub fn contains(&self, at: Milliseconds) -> bool {
		self.start.is_none_or(|start| start <= at) && self.end.is_none_or(|end| at < end)
	}

	/// Whether the end lies after the start.
	pub fn is_ordered(&self) -> bool {
		match (self.start, self.end) {
			(Some(start), Some(end)) => start < end,
			_ => true,
		}
	}

	/// Whether all of it lies inside the other.
	pub fn is_within(&self, other: &Period) -> bool {
		let starts_inside =
			other.start.is_none_or(|limit| self.start.is_some_and(|start| limit <= start));
		let ends_inside = other.end.is_none_or(|limit| self.end.is_some_and(|end| end <= limit));
		starts_inside && ends_inside
	}

	/// Whether some moment may lie in both.
	pub fn overlaps(&self, other: &Period) -> bool {
		!self.precedes(other) && !other.precedes(self)
	}

	fn precedes(&self, later: &Period) -> bool {
		matches!((self.end, later.start), (Some(end), Some(start)) if end <= start)
	}
}

/// FHIR `Consent.provision.type`.
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
pub enum Rule {
	/// Access is permitted.
	Permit,
	/// Access is denied.
	Deny,
}

/// An institution of the provider registry.
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
pub struct InstitutionId(pub u32);

/// Whom a provision is about (FHIR `Consent.provision.actor`).
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
pub enum Actor {
	/// One account.
	Account([u8; 32]),
	/// Whoever acts on behalf of this institution.
	Organisation(InstitutionId),
	/// Whoever acts in this role (an NUCC taxonomy code, for one).
	Role(Code),
	/// A member of this group.
	Group(Code),
	/// Whoever carries this identifier (`system|value`). Only off chain: hashes of identifiers
	/// are personal data, so the chain neither stores nor presents them.
	Identifier(Code),
}

/// FHIR `Consent.provision.data.meaning`.
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
pub enum DataMeaning {
	/// Just the resource named.
	Instance,
	/// The resource and those it points at.
	Related,
	/// The resource and those that point at it.
	Dependents,
	/// Resources that the one named wrote.
	AuthoredBy,
}

/// FHIR `Consent.provision.data`: particular data, by a salted reference.
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
pub struct DataReference {
	/// How far the reference reaches.
	pub meaning: DataMeaning,
	/// 128-bit commitment to the reference.
	pub reference: Code,
}

impl DataReference {
	/// Whether whatever the other reaches, this one reaches too: what is related to a resource or
	/// depends on it includes the resource itself, what somebody authored does not.
	pub fn includes(&self, other: &DataReference) -> bool {
		self.reference == other.reference
			&& (self.meaning == other.meaning
				|| (other.meaning == DataMeaning::Instance
					&& matches!(self.meaning, DataMeaning::Related | DataMeaning::Dependents)))
	}
}

/// The values of one attribute: alternatives of each other. Empty: the attribute matches anything.
pub type Values<T> = BoundedVec<T, ConstU32<MAX_VALUES>>;

/// One provision (FHIR `Consent.provision`). All its attributes must match.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Provision {
	/// Index of the parent in [`Policy::provisions`]; always smaller than the own index, and 0
	/// for the root itself.
	pub parent: u8,
	/// Permit or deny what matches.
	pub rule: Rule,
	/// When the provision is in force (`period`).
	pub period: Period,
	/// Whom it is about (`actor`).
	pub actors: Values<Actor>,
	/// For which purposes of use (`purpose`, v3-ActReason).
	pub purposes: Values<Code>,
	/// Which actions (`action`, consentaction).
	pub actions: Values<Code>,
	/// Which security labels (`securityLabel`).
	pub labels: Values<Code>,
	/// Which classes of data (`class`: resource and document types).
	pub classes: Values<Code>,
	/// Which clinical codes (`code`).
	pub codes: Values<Code>,
	/// When the data is from (`dataPeriod`).
	pub data_period: Period,
	/// Which particular data (`data`).
	pub data: Values<DataReference>,
}

impl Provision {
	/// A provision that matches everything.
	pub fn new(parent: u8, rule: Rule) -> Self {
		Self {
			parent,
			rule,
			period: Period::default(),
			actors: Values::default(),
			purposes: Values::default(),
			actions: Values::default(),
			labels: Values::default(),
			classes: Values::default(),
			codes: Values::default(),
			data_period: Period::default(),
			data: Values::default(),
		}
	}
}

/// A policy: the root provision, which is the base rule, and its exceptions in document order.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Policy {
	/// What kind of consent this is (FHIR `Consent.category` and R4 `scope`). Empty: any.
	pub categories: Values<Code>,
	/// The tree, flattened in document order. The first is the root.
	pub provisions: BoundedVec<Provision, ConstU32<MAX_PROVISIONS>>,
}
