//! Elements that several resources have.

use super::{
	terms,
	view::{Party, PartyId, Suspension, Term},
};
use crate::{
	coding::{Coding, Identifier},
	naming::{self, hash},
	time,
};
use hdx_consent_engine::{Actor, Milliseconds, Period};
use serde_json::{json, Map, Value};

/// What FHIR writes for "without end", and the last day that it can write.
const LAST_DAY: &str = "9999-12-31";
const LAST_MOMENT: &str = "9999-12-31T23:59:59.999Z";
/// The last day before the chain's time begins.
const BEFORE: &str = "1969-12-31";

/// A resource, in the making.
pub(crate) struct Builder(Map<String, Value>);

impl Builder {
	/// A resource of a type.
	pub fn resource(kind: &str) -> Self {
		Self::element().with("resourceType", kind)
	}

	/// An element.
	pub fn element() -> Self {
		Self(Map::new())
	}

	/// With an element that is always there.
	pub fn with(self, name: &str, value: impl Into<Value>) -> Self {
		self.maybe(name, Some(value))
	}

	/// With an element, where there is one.
	pub fn maybe(mut self, name: &str, value: Option<impl Into<Value>>) -> Self {
		if let Some(value) = value {
			self.0.insert(name.to_owned(), value.into());
		}
		self
	}

	/// With a list, where there is something in it: FHIR knows no empty lists.
	pub fn list(self, name: &str, values: Vec<Value>) -> Self {
		self.maybe(name, (!values.is_empty()).then_some(values))
	}

	pub fn build(self) -> Value {
		Value::Object(self.0)
	}
}

/// A `CodeableConcept` of one coding.
pub(crate) fn concept(system: &str, code: &str) -> Value {
	json!({ "coding": [{ "system": system, "code": code }] })
}

/// An `Extension`; `kind` is the element of its value.
pub(crate) fn extension(url: &str, kind: &str, value: impl Into<Value>) -> Value {
	Builder::element().with("url", url).with(kind, value).build()
}

/// The extension that says why somebody is suspended.
pub(crate) fn suspended_for(suspension: &Suspension) -> Value {
	let reason = concept(terms::SUSPENSION_REASON, &suspension.reason);
	extension(terms::SUSPENDED_FOR, "valueCodeableConcept", reason)
}

/// A moment as `dateTime`. Beyond the year 9999 it is the last one that FHIR can write.
pub(crate) fn date_time(moment: Milliseconds) -> String {
	time::write_moment(moment).unwrap_or_else(|| LAST_MOMENT.to_owned())
}

/// The day of a moment, in UTC, as `date`.
pub(crate) fn date(moment: Milliseconds) -> String {
	date_time(moment).chars().take(LAST_DAY.len()).collect()
}

/// A `Period`. `None`: it has neither start nor end.
pub(crate) fn period(period: Period) -> Option<Value> {
	let start = |start| time::write_start(start).unwrap_or_else(|| LAST_DAY.to_owned());
	let end = |end| match end {
		Milliseconds(0) => BEFORE.to_owned(),
		_ => time::write_end(end).unwrap_or_else(|| LAST_DAY.to_owned()),
	};
	let (start, end) = (period.start.map(start), period.end.map(end));
	let is_limited = start.is_some() || end.is_some();
	is_limited.then(|| Builder::element().maybe("start", start).maybe("end", end).build())
}

/// The identifier of an account.
pub(crate) fn account(account: &[u8; 32]) -> Identifier {
	naming::identifier(&Actor::Account(*account))
}

/// The identifier of a party.
pub(crate) fn identifier(party: &PartyId) -> Identifier {
	match party {
		PartyId::Institution(id) => naming::identifier(&Actor::Organisation(*id)),
		PartyId::Issuer(number) => Identifier::new(naming::ISSUER, number.to_string()),
		PartyId::Account(of) => account(of),
	}
}

/// The identifier of a commitment to a credential document.
pub(crate) fn commitment(commitment: &[u8; 32]) -> Identifier {
	Identifier::new(naming::CREDENTIAL, hash(commitment))
}

/// The identifier of a DID.
pub(crate) fn did(did: &str) -> Identifier {
	Identifier::new(terms::URI, did)
}

/// A logical reference to an `Organization`.
pub(crate) fn organization(party: &Party) -> Value {
	Builder::element()
		.with("type", "Organization")
		.with("identifier", json!(identifier(&party.id)))
		.maybe("display", party.name.as_deref())
		.build()
}

/// A logical reference to the `Practitioner` of an account.
pub(crate) fn practitioner(of: &[u8; 32]) -> Value {
	json!({ "type": "Practitioner", "identifier": account(of) })
}

/// The coding of a term.
pub(crate) fn coding(term: &Term) -> Coding {
	match term {
		Term::Coding(coding) => coding.clone(),
		Term::Hash(hash) => naming::coding(hash),
	}
}

/// A `CodeableConcept` of these codings.
pub(crate) fn codings(codings: &[Coding]) -> Value {
	json!({ "coding": codings })
}
