//! The identifiers of a resource.

use super::duplicates::Seen;
use crate::{
	coding::{self, Identifier},
	error::{ReadError, Refusal},
	json::Object,
	npi::{self, Npi},
};

/// By what a resource is known.
#[derive(Clone, Debug)]
pub(super) struct Identity {
	pub identifiers: Vec<Identifier>,
	pub npi: Option<Result<Npi, ReadError>>,
}

impl Identity {
	/// Reads the identifiers of a resource that are not in the roster yet.
	pub fn read(resource: &Object<'_>, seen: &mut Seen) -> Result<Self, ReadError> {
		let mut identifiers: Vec<Identifier> = Vec::new();
		let mut npi = None;
		for node in resource.list("identifier")? {
			let object = node.object("an Identifier with system and value")?;
			// Of an identifier that is being assigned, or masked, there is no value.
			if object.members.get("value").is_none_or(|value| value.is_null()) {
				continue;
			}
			let mut identifier = coding::identifier(&node)?;
			identifier.value = identifier.value.trim().to_owned();
			if npi::is_of(&identifier) {
				identifier.system = Some(npi::SYSTEM.to_owned());
			}
			if identifiers.contains(&identifier) {
				continue;
			}
			let path = object.path_of("value");
			if npi::is_of(&identifier) {
				if let Some(first) = identifiers.iter().find(|other| npi::is_of(other)) {
					return Err(Refusal::SecondNpi { first: first.value.clone() }.at(path));
				}
				let read = Npi::parse(&identifier.value);
				npi = Some(read.map_err(|error| Refusal::Npi(error).at(path.clone())));
			}
			seen.add(identifier.token(), &identifier.token(), path)?;
			identifiers.push(identifier);
		}
		if identifiers.is_empty() {
			let expected = "an identifier with a value: without one nobody can be told apart";
			return Err(Refusal::Missing { expected }.at(resource.path_of("identifier")));
		}
		Ok(Self { identifiers, npi })
	}
}

/// What stands for a candidate: the token of the NPI identifier, else the least token of all.
pub(super) fn key(identifiers: &[Identifier]) -> String {
	let of_npi = identifiers.iter().find(|identifier| npi::is_of(identifier));
	of_npi.or_else(|| identifiers.iter().min()).map(Identifier::token).unwrap_or_default()
}

/// Reads `active`. Missing is true, as FHIR has it.
pub(super) fn active(resource: &Object<'_>) -> Result<bool, ReadError> {
	let Some(node) = resource.get("active")? else { return Ok(true) };
	node.value.as_bool().ok_or_else(|| node.unexpected("true or false"))
}
