//! Whose consent it is.

use crate::{
	coding::Identifier,
	consent::Consent,
	directory::{self, Directory},
	request::ConsultRequest,
	resolve::Origin,
};
use serde_json::Value;

/// Names the patient of the consent where the directory tells that it is another one than the
/// request's: it has an identifier of the same system with another value, or the request's
/// identifier belongs to somebody else in the directory (`theirs`: whoever carries it).
pub(super) fn is_another(
	asked: &ConsultRequest,
	theirs: &[&Value],
	consent: &Consent,
	directory: &Directory,
) -> Option<String> {
	let patient = consent.metadata.patient.as_ref()?;
	let origin = Origin { full_url: consent.metadata.full_url.as_deref(), contained: &[] };
	let literal = patient.unversioned();
	let resource: Option<&Value> = literal
		.and_then(|literal| directory.find(literal, origin).ok())
		.map(|found| found.resource);
	let mut own: Vec<Identifier> =
		resource.and_then(|resource| directory::identifiers(resource).ok()).unwrap_or_default();
	own.extend(patient.identifier.clone());

	let is_same = asked.patient.iter().any(|identifier| {
		own.contains(identifier)
			|| (identifier.system.is_none() && literal == Some(identifier.value.as_str()))
	});
	if is_same {
		return None;
	}
	let differs = own.iter().any(|identifier| {
		identifier.system.is_some()
			&& asked.patient.iter().any(|asked| asked.system == identifier.system)
	});
	let belongs_to_another =
		resource.is_some_and(|resource| !theirs.is_empty() && !theirs.contains(&resource));
	(differs || belongs_to_another).then(|| patient.to_string())
}
