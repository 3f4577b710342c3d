//! What a practitioner is qualified for, as a directory has it.

use crate::{
	coding::{self, Coding, Identifier, Reference},
	error::{ReadError, Refusal},
	json::{Node, Object},
	time::{self, Limits},
};
use hdx_consent_engine::Period;

/// FHIR `Practitioner.qualification`: what a directory says. Nobody attested it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualification {
	/// Its codes.
	pub codings: Vec<Coding>,
	/// Its code as text.
	pub text: Option<String>,
	/// Its numbers, such as that of a licence.
	pub identifiers: Vec<Identifier>,
	/// When it holds.
	pub period: Period,
	/// Who gave it. A display alone is nobody.
	pub issuer: Option<Reference>,
}

/// Reads the qualifications of a practitioner.
pub(super) fn all(resource: &Object<'_>) -> Result<Vec<Qualification>, ReadError> {
	resource.list("qualification")?.iter().map(read).collect()
}

fn read(node: &Node<'_>) -> Result<Qualification, ReadError> {
	let object = node.object("a qualification with a code")?;
	if let Some(node) = object.get("modifierExtension")? {
		if !node.list().is_empty() {
			return Err(node.refuse(Refusal::Modified));
		}
	}
	let code = object.required("code", "a CodeableConcept")?;
	let concept = code.object("a CodeableConcept")?;
	let text = concept.text("text", "a text")?.map(str::to_owned);
	let codings = if concept.members.contains_key("coding") || text.is_none() {
		coding::codings(&code)?
	} else {
		Vec::new()
	};
	let period =
		object.get("period")?.map(|node| time::period(&node, Limits::Force)).transpose()?;
	let issuer = object.get("issuer")?.map(|node| coding::loose_reference(&node)).transpose()?;
	Ok(Qualification {
		codings,
		text,
		identifiers: object
			.list("identifier")?
			.iter()
			.map(coding::identifier)
			.collect::<Result<_, _>>()?,
		period: period.map(|read| read.period).unwrap_or_default(),
		issuer: issuer.flatten(),
	})
}
