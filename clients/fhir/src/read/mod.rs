//! Reading: FHIR R4 and R5 `Consent` JSON as a policy.
//!
//! Liberal where the meaning is plain: a single object may stand where a list belongs, a Coding
//! where a CodeableConcept does, `null` where nothing does, and `scope` may sit in `category`.
//! Strict where it is not: what a policy cannot hold is an error that names the element.

mod actor;
mod metadata;
pub(crate) mod provision;
mod root;
mod shape;

use crate::{
	consent::{Consent, FhirVersion},
	error::ReadError,
	json::{self, Node},
	resolve::Resolver,
};
use serde_json::Value;

/// How to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadOptions {
	/// Which release the documents follow. `None`: told by their shape.
	pub version: Option<FhirVersion>,
}

/// Reads a Consent.
///
/// # Errors
///
/// A [`ReadError`] names the element and says what was expected.
pub fn read_consent(
	bytes: &[u8],
	options: ReadOptions,
	resolver: &dyn Resolver,
) -> Result<Consent, ReadError> {
	let value = json::parse(bytes)?;
	root::read(&Node::new(&value, ""), None, options, resolver)
}

/// Reads the consents of a document: a Consent, or a Bundle with any number of them. Other
/// resources of the Bundle, such as the patient that a search included, are passed over.
///
/// # Errors
///
/// As [`read_consent`].
pub fn read_consents(
	bytes: &[u8],
	options: ReadOptions,
	resolver: &dyn Resolver,
) -> Result<Vec<Consent>, ReadError> {
	consents_of(&json::parse(bytes)?, options, resolver)
}

pub(crate) fn consents_of(
	value: &Value,
	options: ReadOptions,
	resolver: &dyn Resolver,
) -> Result<Vec<Consent>, ReadError> {
	let top = Node::new(value, "");
	let object = top.object("a FHIR Consent, or a Bundle of them")?;
	if object.members.get("resourceType").and_then(Value::as_str) != Some("Bundle") {
		return Ok(vec![root::read(&top, None, options, resolver)?]);
	}
	let mut consents = Vec::new();
	for entry in object.list("entry")? {
		let entry = entry.object("an entry with a resource")?;
		let Some(resource) = entry.get("resource")? else { continue };
		let kind = resource
			.object("a resource")?
			.required("resourceType", "a resource type")?
			.text("a resource type")?;
		if kind == "Consent" {
			let full_url = entry.text("fullUrl", "a URL")?;
			consents.push(root::read(&resource, full_url, options, resolver)?);
		}
	}
	Ok(consents)
}
