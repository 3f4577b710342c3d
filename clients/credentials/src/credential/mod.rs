//! What is attested: credentials as W3C Verifiable Credentials 2.0 has them, before they are
//! secured.

mod accreditation;
mod error;
mod form;
mod licence;
mod subject;

pub use accreditation::Accreditation;
pub use error::ClaimError;
pub use hdx_fhir::npi::{Npi, NpiError};
pub use licence::{BoardCertification, Licence};
pub(crate) use subject::check as check_disclosed;
pub use subject::{Attested, Kind, Subject};

use crate::{
	json::{self, Object},
	resolver::is_did,
	status::Entry,
};
use jiff::Timestamp;
use serde_json::{json, Value};

/// The context that every credential begins with (VC Data Model 2.0 section 4.3).
pub const CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";

/// The type that every credential has.
pub const BASE_TYPE: &str = "VerifiableCredential";

/// Claims that the securing mechanism sets by itself, or gives a meaning to.
const SET_BY_SECURING: [&str; 8] = ["_sd", "_sd_alg", "cnf", "exp", "iat", "iss", "nbf", "sub"];

/// Claims that the securing mechanism forbids (Securing Verifiable Credentials section 3).
const FORBIDDEN: [&str; 2] = ["vc", "vp"];

/// A credential that is not secured yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Credential {
	/// Its contexts, [`CONTEXT`] first.
	pub context: Vec<Value>,
	/// A URL that names it, if it has one. It would let verifiers tell that they saw the same
	/// credential.
	pub id: Option<String>,
	/// Types beside [`BASE_TYPE`] and the one of its [`Kind`].
	pub other_types: Vec<String>,
	/// The DID of who attests.
	pub issuer: String,
	/// When it begins to be valid.
	pub valid_from: Timestamp,
	/// When it ceases to be valid. That moment itself is not inside.
	pub valid_until: Timestamp,
	/// Where the issuer tells whether it was revoked or suspended.
	pub status: Vec<Entry>,
	/// Who it is about, and what is attested.
	pub subject: Subject,
	/// Members that are not known here. They are kept.
	pub other: Object,
}

impl Credential {
	/// Reads a credential in JSON (`application/vc`). `@context` may be left out.
	///
	/// # Errors
	///
	/// [`ClaimError`], which names the member.
	pub fn from_json(bytes: &[u8]) -> Result<Self, ClaimError> {
		let object = json::object(bytes)
			.map_err(|error| ClaimError::NotJson { detail: error.to_string() })?;
		Self::from_object(object)
	}

	fn from_object(mut object: Object) -> Result<Self, ClaimError> {
		for name in SET_BY_SECURING.iter().chain(&FORBIDDEN) {
			if object.contains_key(*name) {
				return Err(ClaimError::Reserved { field: (*name).to_owned() });
			}
		}
		form::refuse_reserved(&object, "")?;
		let (kind, other_types) = types(&object)?;
		let context = context(object.remove("@context"), kind)?;
		let id = form::optional_text(&object, "id", "id")?;
		let issuer = issuer(&object)?;
		let (valid_from, valid_until) = period(&object)?;
		let status = entries(&object)?;
		let subject = match object.remove("credentialSubject") {
			Some(Value::Object(subject)) => Subject::read(kind, subject)?,
			Some(_) => return Err(form::wrong("credentialSubject", "one object")),
			None => return Err(ClaimError::Missing { field: "credentialSubject".to_owned() }),
		};
		let issuer_is_id = object.get("issuer").is_some_and(Value::is_string);
		for known in ["id", "type", "validFrom", "validUntil", "credentialStatus"] {
			object.remove(known);
		}
		if issuer_is_id {
			// An issuer that is an object says more than its id.
			object.remove("issuer");
		}
		Ok(Self {
			context,
			id,
			other_types,
			issuer,
			valid_from,
			valid_until,
			status,
			subject,
			other: object,
		})
	}

	/// What it attests.
	pub fn kind(&self) -> Kind {
		self.subject.attested.kind()
	}

	/// Checks that it may be issued at `now`.
	///
	/// # Errors
	///
	/// [`ClaimError::FromTheFuture`], [`ClaimError::Over`] or [`ClaimError::Reversed`].
	pub fn check_dates(&self, now: Timestamp) -> Result<(), ClaimError> {
		if self.valid_until <= self.valid_from {
			return Err(ClaimError::Reversed { from: self.valid_from, until: self.valid_until });
		}
		if self.valid_from > now {
			return Err(ClaimError::FromTheFuture { from: self.valid_from, now });
		}
		if self.valid_until <= now {
			return Err(ClaimError::Over { until: self.valid_until, now });
		}
		Ok(())
	}

	/// The credential in JSON, without its subject.
	pub(crate) fn envelope(&self) -> Object {
		let mut object = self.other.clone();
		let types = [BASE_TYPE, self.kind().type_name()].map(str::to_owned);
		let types: Vec<String> = types.into_iter().chain(self.other_types.clone()).collect();
		object.insert("@context".into(), self.context.clone().into());
		object.insert("type".into(), types.into());
		if let Some(id) = &self.id {
			object.insert("id".into(), id.clone().into());
		}
		object.entry("issuer").or_insert_with(|| self.issuer.clone().into());
		object.insert("validFrom".into(), self.valid_from.to_string().into());
		object.insert("validUntil".into(), self.valid_until.to_string().into());
		let mut entries: Vec<Value> = self.status.iter().map(Entry::to_json).collect();
		match entries.len() {
			0 => {},
			1 => drop(object.insert("credentialStatus".into(), entries.remove(0))),
			_ => drop(object.insert("credentialStatus".into(), entries.into())),
		}
		object
	}

	/// The credential in JSON.
	pub fn to_json(&self) -> serde_json::Map<String, Value> {
		let mut object = self.envelope();
		object.insert("credentialSubject".into(), Value::Object(self.subject.to_json()));
		object
	}
}

/// The DID of the issuer, which may be a text or an object with an `id`.
pub(crate) fn issuer(object: &Object) -> Result<String, ClaimError> {
	let issuer = match object.get("issuer") {
		Some(Value::Object(issuer)) => form::text(issuer, "id", "issuer.id")?,
		_ => form::text(object, "issuer", "issuer")?,
	};
	if !is_did(&issuer) {
		return Err(form::invalid("issuer", &issuer, "a DID, such as did:web:board.example"));
	}
	Ok(issuer)
}

/// When a credential is valid.
pub(crate) fn period(object: &Object) -> Result<(Timestamp, Timestamp), ClaimError> {
	Ok((form::moment(object, "validFrom")?, form::moment(object, "validUntil")?))
}

/// What kind of credential it is, and which types it has beside.
pub(crate) fn types(object: &Object) -> Result<(Kind, Vec<String>), ClaimError> {
	let all = form::texts(object, "type")?;
	if !all.iter().any(|one| one == BASE_TYPE) {
		return Err(form::invalid("type", &all.join(", "), BASE_TYPE));
	}
	let kinds: Vec<Kind> = Kind::ALL
		.into_iter()
		.filter(|kind| all.iter().any(|one| one == kind.type_name()))
		.collect();
	let [kind] = kinds[..] else {
		return Err(ClaimError::UnknownType { found: all.join(", ") });
	};
	let other = all.into_iter().filter(|one| one != BASE_TYPE && one != kind.type_name());
	Ok((kind, other.collect()))
}

/// The status entries, of which there may be none, one or a list.
pub(crate) fn entries(object: &Object) -> Result<Vec<Entry>, ClaimError> {
	let entries = match object.get("credentialStatus") {
		None => return Ok(Vec::new()),
		Some(Value::Array(entries)) => entries.as_slice(),
		Some(one) => std::slice::from_ref(one),
	};
	entries.iter().map(|entry| Entry::read(entry).map_err(ClaimError::Status)).collect()
}

/// The contexts, with those that are left out.
fn context(given: Option<Value>, kind: Kind) -> Result<Vec<Value>, ClaimError> {
	match given {
		None => Ok(vec![json!(CONTEXT), kind.context()]),
		Some(Value::Array(contexts))
			if contexts.first().and_then(Value::as_str) == Some(CONTEXT) =>
		{
			Ok(contexts)
		},
		Some(_) => Err(form::wrong("@context", "a list that begins with the context of VC 2.0")),
	}
}

#[cfg(test)]
pub(crate) mod tests;
