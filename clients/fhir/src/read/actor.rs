//! Whom a provision is about.

use super::provision::{bounded, push_new, Reader};
use crate::{
	coding::{codings, reference},
	consent::UnresolvedActor,
	error::{ReadError, Refusal},
	json::{Node, Object},
	resolve::Unresolvable,
};
use hdx_consent_engine::{Actor, Rule, Values};

const ELEMENTS: &[&str] = &["id", "extension", "role", "reference"];

/// Roles (v3-ParticipationType, contract signers) that say where data comes from and not who gets
/// it. A policy's actors are those who ask, so it cannot hold them.
const ORIGINS: &[&str] = &["AUT", "PRIMAUTH", "COAUTH", "CST", "INF", "SOURCE", "TRANS"];

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
	if codings(role)?.iter().any(|coding| ORIGINS.contains(&coding.code.as_str())) {
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
