//! Codings, identifiers and references, as FHIR documents carry them.

use crate::{
	error::{ReadError, Refusal},
	json::Node,
	naming,
};
use hdx_consent_engine::Code;
use serde::Serialize;
use serde_json::{json, Value};

/// FHIR `Coding`: a code of a code system, both as they were written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Coding {
	/// The code system's URI, where one is given.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub system: Option<String>,
	/// The code.
	pub code: String,
}

impl Coding {
	/// A code of a system.
	pub fn new(system: impl Into<String>, code: impl Into<String>) -> Self {
		Self { system: Some(system.into()), code: code.into() }
	}

	/// `system|code`; without a system `|code`, as FHIR search writes it.
	pub fn token(&self) -> String {
		token(self.system.as_deref(), &self.code)
	}

	/// The code as policies hold it.
	pub fn as_code(&self) -> Code {
		naming::code(self).unwrap_or_else(|| Code::of_token(&self.token()))
	}
}

/// FHIR `Identifier`: a value of a naming system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Identifier {
	/// The naming system's URI, where one is given.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub system: Option<String>,
	/// The value.
	pub value: String,
}

impl Identifier {
	/// A value of a system.
	pub fn new(system: impl Into<String>, value: impl Into<String>) -> Self {
		Self { system: Some(system.into()), value: value.into() }
	}

	/// `system|value`; without a system `|value`.
	pub fn token(&self) -> String {
		token(self.system.as_deref(), &self.value)
	}

	/// The identifier as policies hold it.
	pub fn as_code(&self) -> Code {
		Code::of_token(&self.token())
	}
}

fn token(system: Option<&str>, value: &str) -> String {
	format!("{}|{value}", system.unwrap_or_default())
}

/// FHIR `Reference`, as far as it says what it is to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Reference {
	/// The literal reference: relative, absolute, `urn:uuid:…` or `#contained`.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub reference: Option<String>,
	/// The logical reference.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub identifier: Option<Identifier>,
}

impl Reference {
	/// A literal reference.
	pub fn literal(reference: impl Into<String>) -> Self {
		Self { reference: Some(reference.into()), identifier: None }
	}

	/// A logical reference.
	pub fn logical(identifier: Identifier) -> Self {
		Self { reference: None, identifier: Some(identifier) }
	}

	/// The literal reference without a version (`/_history/…`).
	pub fn unversioned(&self) -> Option<&str> {
		let text = self.reference.as_deref()?;
		Some(text.split_once("/_history/").map_or(text, |(resource, _)| resource))
	}

	/// The reference as a policy's data holds it: the hash of the literal reference without its
	/// version, or of the identifier's token.
	pub fn as_code(&self) -> Code {
		match (self.unversioned(), &self.identifier) {
			(Some(reference), _) => Code::of_token(reference),
			(None, Some(identifier)) => identifier.as_code(),
			(None, None) => Code::of_token(""),
		}
	}

	pub(crate) fn to_json(&self) -> Value {
		match (&self.reference, &self.identifier) {
			(Some(reference), None) => json!({ "reference": reference }),
			(None, Some(identifier)) => json!({ "identifier": identifier }),
			(Some(reference), Some(identifier)) => {
				json!({ "reference": reference, "identifier": identifier })
			},
			(None, None) => json!({}),
		}
	}
}

impl std::fmt::Display for Reference {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		match (&self.reference, &self.identifier) {
			(Some(reference), _) => f.write_str(reference),
			(None, Some(identifier)) => f.write_str(&identifier.token()),
			(None, None) => f.write_str("nothing"),
		}
	}
}

const CODING: &[&str] =
	&["id", "extension", "system", "version", "code", "display", "userSelected"];
const CONCEPT: &[&str] = &["id", "extension", "coding", "text"];
const IDENTIFIER: &[&str] =
	&["id", "extension", "use", "type", "system", "value", "period", "assigner"];
const REFERENCE: &[&str] = &["id", "extension", "reference", "type", "identifier", "display"];

/// Reads a `Coding`.
fn coding(node: &Node<'_>) -> Result<Coding, ReadError> {
	let object = node.object("a Coding with system and code")?;
	object.only(&[CODING], "a Coding")?;
	let system = object.text("system", "the URI of a code system")?;
	let code = object.required("code", "a code")?.text("a code")?;
	Ok(Coding { system: system.map(str::to_owned), code: code.to_owned() })
}

/// Reads the codings of a `Coding` or a `CodeableConcept`. The codings of a concept are
/// translations of each other, so data or a request that carries one carries the concept.
pub(crate) fn codings(node: &Node<'_>) -> Result<Vec<Coding>, ReadError> {
	let object = node.object("a Coding or a CodeableConcept")?;
	if object.members.contains_key("code") || object.members.contains_key("system") {
		return Ok(vec![coding(node)?]);
	}
	object.only(&[CONCEPT], "a CodeableConcept")?;
	let list =
		object.required("coding", "codings with system and code; text alone matches nothing")?;
	let list = list.list();
	if list.is_empty() {
		return Err(Refusal::EmptyList.at(object.path_of("coding")));
	}
	list.iter().map(coding).collect()
}

/// Reads an `Identifier`.
pub(crate) fn identifier(node: &Node<'_>) -> Result<Identifier, ReadError> {
	let object = node.object("an Identifier with system and value")?;
	let value = object.required("value", "an identifier's value")?.text("an identifier's value")?;
	let system = object.text("system", "the URI of a naming system")?;
	object.only(&[IDENTIFIER], "an Identifier")?;
	Ok(Identifier { system: system.map(str::to_owned), value: value.to_owned() })
}

/// Reads a `Reference`, which must say what it is to.
pub(crate) fn reference(node: &Node<'_>) -> Result<Reference, ReadError> {
	let object = node.object("a Reference")?;
	object.only(&[REFERENCE], "a Reference")?;
	let literal = object.text("reference", "a literal reference such as Practitioner/1")?;
	let logical = object.get("identifier")?.map(|node| identifier(&node)).transpose()?;
	if literal.is_none() && logical.is_none() {
		let expected = "a literal reference or an identifier; a display alone names nobody";
		return Err(Refusal::Missing { expected }.at(object.path_of("reference")));
	}
	Ok(Reference { reference: literal.map(str::to_owned), identifier: logical })
}

/// Reads a `Reference` that nothing depends on, such as who gave a consent: a display alone is
/// enough, and then there is none.
pub(crate) fn loose_reference(node: &Node<'_>) -> Result<Option<Reference>, ReadError> {
	let object = node.object("a Reference")?;
	if object.members.contains_key("reference") || object.members.contains_key("identifier") {
		return reference(node).map(Some);
	}
	object.only(&[REFERENCE], "a Reference")?;
	Ok(None)
}
