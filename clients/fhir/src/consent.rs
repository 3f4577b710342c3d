//! A FHIR Consent, read.

use crate::{
	coding::{Coding, Identifier, Reference},
	dictionary::Dictionary,
	error::{ReadError, Refusal},
	resolve::Unresolvable,
};
use hdx_consent_engine::{Milliseconds, Period, Policy};

/// Which release of FHIR a document follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FhirVersion {
	/// R4 (4.0.1): a root `provision`, whose nested ones carry their types.
	R4,
	/// R5 (5.0.0): a `decision`, and provisions whose types alternate from it.
	R5,
}

/// FHIR `Consent.status`, of R4 and R5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentStatus {
	/// `draft`.
	Draft,
	/// `proposed` (R4).
	Proposed,
	/// `active`: the only one in force.
	Active,
	/// `rejected` (R4).
	Rejected,
	/// `inactive`.
	Inactive,
	/// `not-done` (R5).
	NotDone,
	/// `entered-in-error`.
	EnteredInError,
	/// `unknown` (R5).
	Unknown,
}

impl ConsentStatus {
	const ALL: [(&'static str, Self); 8] = [
		("draft", Self::Draft),
		("proposed", Self::Proposed),
		("active", Self::Active),
		("rejected", Self::Rejected),
		("inactive", Self::Inactive),
		("not-done", Self::NotDone),
		("entered-in-error", Self::EnteredInError),
		("unknown", Self::Unknown),
	];

	/// The status of a code.
	pub(crate) fn of_code(code: &str) -> Option<Self> {
		Self::ALL.iter().find(|(known, _)| *known == code).map(|(_, status)| *status)
	}

	/// The code.
	pub fn code(self) -> &'static str {
		Self::ALL.iter().find(|(_, status)| *status == self).map_or("unknown", |(code, _)| *code)
	}
}

/// What a Consent says besides its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
	/// `id`.
	pub id: Option<String>,
	/// The `fullUrl` of its entry, where it was in a Bundle.
	pub full_url: Option<String>,
	/// `meta.versionId`.
	pub version_id: Option<String>,
	/// `identifier`.
	pub identifiers: Vec<Identifier>,
	/// `status`.
	pub status: ConsentStatus,
	/// R4 `scope`.
	pub scope: Vec<Coding>,
	/// The codings of `category`.
	pub categories: Vec<Coding>,
	/// When it was given: R4 `dateTime`, R5 `date`, as it was written.
	pub date: Option<String>,
	/// The first moment of that date. Without a date it is older than any.
	pub given_at: Milliseconds,
	/// R4 root `provision.period`, R5 `period`.
	pub period: Period,
	/// R4 `patient`, R5 `subject`.
	pub patient: Option<Reference>,
	/// Who gave it: R4 `performer`, R5 `grantor`.
	pub grantors: Vec<Reference>,
	/// Who agreed to comply with it: R5 `grantee`.
	pub grantees: Vec<Reference>,
	/// Who keeps and enforces it: R4 `organization`; R5 `manager`, then `controller`.
	pub organizations: Vec<Reference>,
	/// The policies that it is under: R4 `policy.uri`, R5 `policyBasis.uri` (or `url`).
	pub policy_uris: Vec<String>,
	/// R4 `policyRule`, R5 `regulatoryBasis`.
	pub policy_rule: Vec<Coding>,
	/// What was signed: `sourceReference`.
	pub sources: Vec<Reference>,
	/// What was signed: the URLs of `sourceAttachment`.
	pub source_urls: Vec<String>,
}

impl Metadata {
	/// What to call it: its full URL, its id, or an identifier.
	pub fn name(&self) -> Option<String> {
		self.full_url
			.clone()
			.or_else(|| self.id.as_ref().map(|id| format!("Consent/{id}")))
			.or_else(|| self.identifiers.first().map(Identifier::token))
	}
}

/// An actor that nobody could tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnresolvedActor {
	/// Where it stands.
	pub path: String,
	/// Why it cannot be told.
	pub reason: Unresolvable,
}

impl std::fmt::Display for UnresolvedActor {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(f, "{}: {}", self.path, self.reason)
	}
}

/// A Consent: its policy, what else it says, and the words behind the policy's hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
	/// Which release it follows.
	pub version: FhirVersion,
	/// What it says besides the policy.
	pub metadata: Metadata,
	/// The policy. `None` where there is no base rule or an actor is unresolved.
	pub policy: Option<Policy>,
	/// Actors that could not be told.
	pub unresolved: Vec<UnresolvedActor>,
	/// What is odd and does not keep it from being read.
	pub warnings: Vec<String>,
	/// The words.
	pub dictionary: Dictionary,
	/// Where the base rule would stand.
	pub(crate) rule_path: String,
}

impl Consent {
	/// The policy, for a grant, where nothing may be left open.
	///
	/// # Errors
	///
	/// [`Refusal::NoBaseRule`], or the first actor that could not be told.
	pub fn into_policy(self) -> Result<Policy, ReadError> {
		if let Some(actor) = self.unresolved.into_iter().next() {
			return Err(Refusal::Unresolvable(actor.reason).at(actor.path));
		}
		self.policy.ok_or_else(|| Refusal::NoBaseRule.at(self.rule_path))
	}
}
