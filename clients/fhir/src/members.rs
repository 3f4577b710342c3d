//! Who acts as a resource: its identifiers, and those of the members of groups and teams.
//!
//! | Resource | Who |
//! |---|---|
//! | Practitioner, Organization, Patient, RelatedPerson, Device | whoever carries one of its identifiers |
//! | PractitionerRole | the role's own identifiers and its practitioner's, while it is active and in its period. Not its organisation's: colleagues do not act in this role |
//! | Group | its own identifiers and its members', through groups of groups. Inactive members and those whose period is over do not count |
//! | CareTeam | its own identifiers and its participants', with their periods |
//!
//! Where one member cannot be told, the whole group cannot: a deny would miss them.

use crate::{
	coding::{self, Identifier, Reference},
	directory::{self, Directory, Found},
	json::{Node, Object},
	resolve::{Origin, Resolved, Unresolvable},
	time::{self, Limits},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many groups of groups are followed.
const MAX_GROUP_DEPTH: usize = 8;

/// Whoever acts as a resource.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
	pub identifiers: Vec<Identifier>,
	/// The references of resources without an identifier, for requesters that name themselves so.
	references: Vec<Identifier>,
	/// A resource that carries no identifier.
	nameless: bool,
}

impl People {
	pub fn known_by(identifier: Option<Identifier>) -> Self {
		Self { identifiers: identifier.into_iter().collect(), ..Self::default() }
	}

	pub fn into_resolved(self, reference: &Reference) -> Result<Resolved, Unresolvable> {
		let identifiers: Vec<_> = self.identifiers.into_iter().chain(self.references).collect();
		let actors = directory::as_actors(&identifiers);
		if actors.is_empty() {
			return Err(Unresolvable::NoIdentifier { reference: reference.to_string() });
		}
		Ok(Resolved { actors, identifiers, identified: !self.nameless })
	}
}

/// Whoever acts as the resource of a literal reference.
pub(crate) fn of(
	directory: &Directory,
	reference: &str,
	origin: Origin<'_>,
) -> Result<People, Unresolvable> {
	let mut walk =
		Walk { directory, people: People::default(), done: BTreeSet::new(), path: Vec::new() };
	walk.visit(reference, origin)?;
	Ok(walk.people)
}

struct Walk<'a> {
	directory: &'a Directory,
	people: People,
	/// Resources that are counted already: a diamond of groups is walked once.
	done: BTreeSet<*const Value>,
	/// The groups on the way here.
	path: Vec<*const Value>,
}

impl Walk<'_> {
	fn visit(&mut self, reference: &str, origin: Origin<'_>) -> Result<(), Unresolvable> {
		let directory = self.directory;
		let found = directory.find(reference, origin)?;
		let key: *const Value = found.resource;
		if self.path.contains(&key) {
			return Err(Unresolvable::Cycle { reference: reference.to_owned() });
		}
		if !self.done.insert(key) {
			return Ok(());
		}
		if self.path.len() > MAX_GROUP_DEPTH {
			let reference = reference.to_owned();
			return Err(Unresolvable::TooDeep { reference, limit: MAX_GROUP_DEPTH });
		}
		self.path.push(key);
		self.count(reference, found, origin)?;
		self.path.pop();
		Ok(())
	}

	fn count(
		&mut self,
		reference: &str,
		found: Found<'_>,
		origin: Origin<'_>,
	) -> Result<(), Unresolvable> {
		let malformed = |error: crate::ReadError| Unresolvable::Malformed {
			reference: reference.to_owned(),
			detail: error.to_string(),
		};
		let identifiers = directory::identifiers(found.resource).map_err(malformed)?;
		let node = Node::new(found.resource, "");
		let resource = node.object("a resource").map_err(malformed)?;
		// References inside of it are relative to it.
		let contained = found.resource.get("contained").and_then(Value::as_array);
		let inside = Origin {
			full_url: found.full_url,
			contained: contained.map_or(origin.contained, Vec::as_slice),
		};
		match found.kind {
			"Practitioner" | "Organization" | "Patient" | "RelatedPerson" | "Device" => {
				self.people.nameless |= identifiers.is_empty();
			},
			// A role that is over is nobody's.
			"PractitionerRole" if !self.counts(&resource).map_err(malformed)? => {
				self.note_reference(reference, &found);
				return Ok(());
			},
			"PractitionerRole" => {
				let practitioner = resource.get("practitioner").map_err(malformed)?;
				match practitioner {
					Some(node) => {
						self.member(&coding::reference(&node).map_err(malformed)?, inside)?;
					},
					None => self.people.nameless |= identifiers.is_empty(),
				}
			},
			"Group" => self.members(reference, &resource, "member", "entity", inside)?,
			"CareTeam" => self.members(reference, &resource, "participant", "member", inside)?,
			kind => {
				return Err(Unresolvable::NotAnActor {
					reference: reference.to_owned(),
					kind: kind.to_owned(),
				});
			},
		}
		if identifiers.is_empty() {
			self.note_reference(reference, &found);
		}
		self.people.identifiers.extend(identifiers);
		Ok(())
	}

	/// Lets whoever has no identifier be known by the reference (`Practitioner/1`, no system).
	fn note_reference(&mut self, reference: &str, found: &Found<'_>) {
		let own = found.resource.get("id").and_then(Value::as_str);
		let names = [own.map(|id| format!("{}/{id}", found.kind)), Some(reference.to_owned())];
		for value in names.into_iter().flatten().filter(|name| !name.starts_with('#')) {
			self.people.references.push(Identifier { system: None, value });
		}
	}

	fn members(
		&mut self,
		reference: &str,
		group: &Object<'_>,
		list: &str,
		member: &str,
		inside: Origin<'_>,
	) -> Result<(), Unresolvable> {
		let malformed = |error: crate::ReadError| Unresolvable::Malformed {
			reference: reference.to_owned(),
			detail: error.to_string(),
		};
		let entries = group.list(list).map_err(malformed)?;
		if entries.is_empty() {
			return Err(Unresolvable::NoMembers { reference: reference.to_owned() });
		}
		for entry in entries {
			let object = entry.object("a member").map_err(malformed)?;
			if !self.counts(&object).map_err(malformed)? {
				continue;
			}
			let node = object.required(member, "a reference to a member").map_err(malformed)?;
			self.member(&coding::reference(&node).map_err(malformed)?, inside)?;
		}
		Ok(())
	}

	/// Whether a membership or a role is in force.
	fn counts(&self, member: &Object<'_>) -> Result<bool, crate::ReadError> {
		let says = |name: &str, value: bool| -> Result<bool, crate::ReadError> {
			Ok(member.get(name)?.is_some_and(|node| node.value == &Value::Bool(value)))
		};
		if says("inactive", true)? || says("active", false)? {
			return Ok(false);
		}
		let (Some(node), Some(at)) = (member.get("period")?, self.directory.moment()) else {
			return Ok(true);
		};
		Ok(time::period(&node, Limits::Force)?.period.contains(at))
	}

	fn member(&mut self, member: &Reference, inside: Origin<'_>) -> Result<(), Unresolvable> {
		let Some(literal) = member.unversioned() else {
			self.people.identifiers.extend(member.identifier.clone());
			return Ok(());
		};
		match (self.visit(literal, inside), &member.identifier) {
			(Err(Unresolvable::NotFound { .. }), Some(identifier)) => {
				self.people.identifiers.push(identifier.clone());
				Ok(())
			},
			(result, identifier) => {
				self.people.identifiers.extend(identifier.clone());
				result
			},
		}
	}
}
