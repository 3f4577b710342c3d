//! Whom a provision is about.

use super::provision::{bounded, push_new, Reader};
use crate::{
	coding::{codings, reference, Coding},
	consent::UnresolvedActor,
	error::{ReadError, Refusal},
	json::{Node, Object},
	resolve::Unresolvable,
};
use hdx_consent_engine::{Actor, Rule, Values};

const ELEMENTS: &[&str] = &["id", "extension", "role", "reference"];

/// Roles of HL7 (v3-ParticipationType, provenance-participant-type, contractsignertypecodes) that
/// say where data comes from and not who gets it. A policy's actors are those who ask, so it cannot
/// hold them.
const ORIGINS: &[&str] = &[
	"AUT",
	"CST",
	"INF",
	"ENT",
	"TRANS",
	"PRIMAUTH",
	"COAUTH",
	"SOURCE",
	"author",
	"custodian",
	"informant",
	"enterer",
	"composer",
	"assembler",
];

/// Whether a role is where data comes from. Other people's systems may use the same letters for
/// something else.
fn is_origin(role: &Coding) -> bool {
	let system = role.system.as_deref().unwrap_or("hl7.org");
	let is_of_hl7 =
		system.contains("hl7.org") || system.starts_with("urn:oid:2.16.840.1.113883.5.");
	is_of_hl7 && ORIGINS.contains(&role.code.as_str())
}

/// Reads the actors. One that cannot be told is noted, and the others are still read.
pub(super) fn read(
	reader: &mut Reader<'_>,
	provision: &Object<'_>,
	rule: Rule,
) -> Result<Values<Actor>, ReadError> {
	let mut actors = Vec::new();
	for node in provision.values("actor")? {
		let actor = node.object("an actor with role and reference")?;
		actor.only(&[ELEMENTS], "an actor")?;
		if let Some(role) = actor.get("role")? {
			check_role(&role)?;
		}
		let node = actor.required("reference", "a reference to who acts")?;
		for actor in resolve(reader, &node, rule)? {
			push_new(&mut actors, actor);
		}
	}
	bounded(actors, &provision.path_of("actor"))
}

fn check_role(role: &Node<'_>) -> Result<(), ReadError> {
	let object = role.object("a CodeableConcept")?;
	if !object.members.contains_key("coding") && !object.members.contains_key("code") {
		return Ok(());
	}
	if codings(role)?.iter().any(is_origin) {
		let what = "an actor as the author, custodian or source of data; for an author there is \
		            data.meaning authoredby";
		return Err(role.refuse(Refusal::Inexpressible { what }));
	}
	Ok(())
}

fn resolve(reader: &mut Reader<'_>, node: &Node<'_>, rule: Rule) -> Result<Vec<Actor>, ReadError> {
	let reference = reference(node)?;
	let resolved = match reader.resolver.actors(&reference, reader.origin) {
		Ok(resolved) if resolved.identified || rule == Rule::Permit => resolved,
		Ok(_) => {
			let reason = Unresolvable::NoIdentifier { reference: reference.to_string() };
			reader.unresolved.push(UnresolvedActor { path: node.path.clone(), reason });
			return Ok(Vec::new());
		},
		Err(reason) => {
			reader.unresolved.push(UnresolvedActor { path: node.path.clone(), reason });
			return Ok(Vec::new());
		},
	};
	for identifier in resolved.identifiers {
		reader.dictionary.add_identifier(identifier);
	}
	for actor in &resolved.actors {
		reader.dictionary.add_actor(*actor, reference.clone());
	}
	Ok(resolved.actors)
}
