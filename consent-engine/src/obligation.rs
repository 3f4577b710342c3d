//! What must be withheld from what is released.

use crate::{
	code::Code,
	policy::{DataReference, Period},
};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most obligations of one decision.
pub const MAX_OBLIGATIONS: u32 = 8;
/// Most codes that one obligation can name.
pub const MAX_OBLIGATION_CODES: u32 = 64;
/// Most data references that one obligation can name.
pub const MAX_OBLIGATION_DATA: u32 = 16;
/// Most periods that one obligation can name.
pub const MAX_OBLIGATION_PERIODS: u32 = 8;

/// The codes an obligation names: labels first, then classes, then clinical codes, each in
/// document order.
pub type ObligationCodes = BoundedVec<Code, ConstU32<MAX_OBLIGATION_CODES>>;
/// The particular data an obligation names, in document order.
pub type ObligationData = BoundedVec<DataReference, ConstU32<MAX_OBLIGATION_DATA>>;
/// The periods an obligation names, in document order.
pub type ObligationPeriods = BoundedVec<Period, ConstU32<MAX_OBLIGATION_PERIODS>>;

/// Data that has any of these: a code, a reference that reaches it, a period that it is from.
#[derive(
	Clone,
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
pub struct DataFilter {
	/// Data that carries one of these (as label, class or clinical code).
	pub codes: ObligationCodes,
	/// Data that one of these reaches.
	pub data: ObligationData,
	/// Data that is from one of these periods.
	pub periods: ObligationPeriods,
}

impl DataFilter {
	/// Data that carries one of these codes.
	pub fn of_codes(codes: ObligationCodes) -> Self {
		Self { codes, ..Self::default() }
	}

	/// Whether it names nothing, and so no data.
	pub fn is_empty(&self) -> bool {
		self.codes.is_empty() && self.data.is_empty() && self.periods.is_empty()
	}

	/// Whether the data may be meant. Data of unknown identity or age may be, and so may data
	/// that is from a period in part.
	pub fn may_match(&self, facts: &DataFacts<'_>) -> bool {
		self.names_code(facts)
			|| match facts.references {
				Some(references) => self.reaches_one_of(references),
				None => !self.data.is_empty(),
			} || match facts.dated {
			Some(dated) => self.periods.iter().any(|period| period.overlaps(&dated)),
			None => !self.periods.is_empty(),
		}
	}

	/// Whether the data is known to be meant; by its age only if it lies in a period as a whole.
	pub fn surely_matches(&self, facts: &DataFacts<'_>) -> bool {
		self.names_code(facts)
			|| facts.references.is_some_and(|references| self.reaches_one_of(references))
			|| facts
				.dated
				.is_some_and(|dated| self.periods.iter().any(|period| dated.is_within(period)))
	}

	fn names_code(&self, facts: &DataFacts<'_>) -> bool {
		facts.codes.iter().any(|code| self.codes.contains(code))
	}

	fn reaches_one_of(&self, references: &[DataReference]) -> bool {
		references.iter().any(|reference| self.data.iter().any(|named| named.includes(reference)))
	}
}

/// What is known of a piece of data. Whatever is not known counts against its release.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DataFacts<'a> {
	/// Its labels, its class and its clinical codes.
	pub codes: &'a [Code],
	/// Every reference that reaches it: its own ([`Instance`](crate::DataMeaning::Instance)), that
	/// of each resource it is related to, depends on or was authored by. `None`: not known.
	pub references: Option<&'a [DataReference]>,
	/// When it is from. `None`: not known.
	pub dated: Option<Period>,
}

/// What must be withheld from what is released (`REDACT` of v3-ActCode).
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Obligation {
	/// Withhold whatever is meant, or may be.
	Redact(DataFilter),
	/// Withhold whatever is not known to be meant.
	RedactExcept(DataFilter),
}

impl Obligation {
	/// Whether the data must be withheld. Fails closed: data that would have to be known better to
	/// tell is withheld.
	pub fn withholds(&self, facts: &DataFacts<'_>) -> bool {
		match self {
			Self::Redact(filter) => filter.may_match(facts),
			Self::RedactExcept(filter) => !filter.surely_matches(facts),
		}
	}
}

/// The obligations of a decision. All of them bind.
pub type Obligations = BoundedVec<Obligation, ConstU32<MAX_OBLIGATIONS>>;
