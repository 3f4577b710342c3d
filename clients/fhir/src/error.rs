//! Why a document is refused.

use crate::{npi::NpiError, resolve::Unresolvable};

/// A refusal: where in the document, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{refusal}", place(path))]
pub struct ReadError {
	/// The JSON path of the element, such as `provision.provision[0].dataPeriod.start`. Empty where
	/// it is the document as a whole.
	pub path: String,
	/// What is wrong there.
	pub refusal: Refusal,
}

fn place(path: &str) -> String {
	if path.is_empty() {
		String::new()
	} else {
		format!("{path}: ")
	}
}

/// What is wrong with an element.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
	/// The file is larger than what is read.
	#[error("it has {found} bytes; expected at most {limit}")]
	TooLarge {
		/// Its size, in bytes.
		found: usize,
		/// The limit, in bytes.
		limit: usize,
	},
	/// The file is not text.
	#[error("byte {at} is not UTF-8; expected JSON in UTF-8")]
	NotUtf8 {
		/// The first byte that is not UTF-8, from 0.
		at: usize,
	},
	/// The JSON ends before it is complete.
	#[error(
		"it ends in the middle of the JSON, at line {line}, column {column}; is it truncated?"
	)]
	Truncated {
		/// Line of the end, from 1.
		line: usize,
		/// Column of the end, from 1.
		column: usize,
	},
	/// The file is not JSON, or is nested deeper than any FHIR resource.
	#[error("it is not JSON, at line {line}, column {column}: {detail}")]
	NotJson {
		/// Line, from 1.
		line: usize,
		/// Column, from 1.
		column: usize,
		/// What the parser said.
		detail: String,
	},
	/// An object names a member twice, so that two readers could read two things.
	#[error("{detail}; expected each name once")]
	NamedTwice {
		/// Which member, and where.
		detail: String,
	},
	/// The value is of another kind than the element.
	#[error("found {found}; expected {expected}")]
	Unexpected {
		/// What stands there.
		found: String,
		/// What belongs there.
		expected: &'static str,
	},
	/// An element that is needed is not there.
	#[error("it is missing; expected {expected}")]
	Missing {
		/// What belongs there.
		expected: &'static str,
	},
	/// The element is said to be absent for a reason (`_name` without `name`).
	#[error("it has an extension and no value; expected {expected}")]
	NoValue {
		/// What belongs there.
		expected: &'static str,
	},
	/// The list is empty: that could be read as nothing, or as anything.
	#[error("the list is empty; expected values, or no such element where any value is meant")]
	EmptyList,
	/// An element that FHIR does not define here: nobody can tell what it changes.
	#[error("FHIR gives {of} no such element, and it could change the meaning; expected only elements of R4 or R5")]
	UnknownElement {
		/// What it stands in.
		of: &'static str,
	},
	/// A name that is nearly one of a request: leaving it out would ask for something else.
	#[error("a request has no such element; expected `{known}`")]
	Misspelt {
		/// The name that it is near to.
		known: &'static str,
	},
	/// An element of FHIR that no policy can express.
	#[error("a policy cannot express {what}; expected a consent without it")]
	Inexpressible {
		/// What it would say.
		what: &'static str,
	},
	/// A code out of a required value set that does not hold it.
	#[error("found `{found}`; expected {expected}")]
	UnknownCode {
		/// What stands there.
		found: String,
		/// The value set.
		expected: &'static str,
	},
	/// A date that is none.
	#[error("found `{found}`; expected a FHIR date or dateTime such as 2027-06-30 or 2027-06-30T12:00:00Z")]
	NotATime {
		/// What stands there.
		found: String,
	},
	/// The chain counts time from 1970, so nothing before can be a limit of data.
	#[error("found `{found}`; expected a time not before 1970, where the time of a policy begins")]
	Before1970 {
		/// What stands there.
		found: String,
	},
	/// A period that ends before it starts.
	#[error("the end `{end}` is before the start `{start}`; expected it after")]
	EndBeforeStart {
		/// The start.
		start: String,
		/// The end.
		end: String,
	},
	/// More values than an attribute of a policy holds.
	#[error("there are {found} values; expected at most {limit}")]
	TooManyValues {
		/// How many there are.
		found: usize,
		/// How many there can be.
		limit: u32,
	},
	/// More provisions than a policy holds.
	#[error("it is one provision too many; expected at most {limit}, the root included")]
	TooManyProvisions {
		/// How many there can be.
		limit: u32,
	},
	/// Nested deeper than a policy can be.
	#[error("it is nested too deep; expected at most {limit} levels below the root")]
	TooDeep {
		/// How many levels there can be.
		limit: u32,
	},
	/// Both policy rules at once.
	#[error("it says both OPTIN and OPTOUT; expected one of them")]
	BothPolicyRules,
	/// The consent says neither permit nor deny.
	#[error("the consent neither permits nor denies by default; expected permit or deny, or the policyRule OPTIN or OPTOUT")]
	NoBaseRule,
	/// A nested type of R5, where types alternate, contradicts the alternation.
	#[error("found `{found}`; expected `{expected}`, since types alternate in R5")]
	NotAlternating {
		/// What stands there.
		found: String,
		/// What the level has.
		expected: &'static str,
	},
	/// A roster has the same twice.
	#[error("`{value}` stands at {first} already; expected each once")]
	Duplicate {
		/// What is there twice.
		value: String,
		/// The path where it stands first.
		first: String,
	},
	/// An extension that may change what everything beside it means.
	#[error("it may change the meaning of what it stands in, and is not known; expected none")]
	Modified,
	/// A page of search results with others behind it.
	#[error("there is a next page; expected all of the results in one Bundle")]
	NotTheLastPage,
	/// One party with two National Provider Identifiers, of which each has but one.
	#[error("it is a second NPI beside `{first}`; expected one")]
	SecondNpi {
		/// The other one.
		first: String,
	},
	/// Not a National Provider Identifier.
	#[error(transparent)]
	Npi(#[from] NpiError),
	/// Who or what a reference names cannot be told.
	#[error(transparent)]
	Unresolvable(#[from] Unresolvable),
}

impl Refusal {
	/// The refusal of the element at `path`.
	pub(crate) fn at(self, path: impl Into<String>) -> ReadError {
		ReadError { path: path.into(), refusal: self }
	}
}
