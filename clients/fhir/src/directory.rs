//! A directory: the people, organisations and groups of a FHIR Bundle.

use crate::{
	coding::{self, Identifier, Reference},
	error::ReadError,
	json::{self, Node, Object},
	members,
	resolve::{Origin, Resolved, Resolver, Unresolvable},
};
use hdx_consent_engine::{Actor, Milliseconds};
use serde_json::Value;
use std::collections::BTreeMap;

/// A resource of the directory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
	pub resource: &'a Value,
	pub kind: &'a str,
	/// Its `fullUrl`, against which its own references are resolved.
	pub full_url: Option<&'a str>,
}

/// The resources of a FHIR Bundle, found by reference as the FHIR page on Bundles has it.
///
/// | Reference | Finds |
/// |---|---|
/// | `#id` | the resource contained where the reference stands |
/// | `urn:uuid:…`, `urn:oid:…` | the entry with this `fullUrl` |
/// | `https://…/Type/id` | the entry with this `fullUrl`; else an entry without one, by type and id |
/// | `Type/id` | the entry on the same server as where the reference stands; else, where only one entry is called so, that one |
///
/// A version (`/_history/…`) is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Directory {
	entries: Vec<Entry>,
	by_name: BTreeMap<String, Vec<usize>>,
	at: Option<Milliseconds>,
}

#[derive(Clone, Debug)]
struct Entry {
	full_url: Option<String>,
	kind: String,
	resource: Value,
}

impl Directory {
	/// Reads a Bundle. One without entries is a directory without anybody.
	///
	/// # Errors
	///
	/// When it is not JSON, or no Bundle whose entries hold resources.
	pub fn parse(bytes: &[u8]) -> Result<Self, ReadError> {
		Self::from_value(&json::parse(bytes)?)
	}

	/// Reads a Bundle that is parsed.
	///
	/// # Errors
	///
	/// As [`parse`](Self::parse).
	pub fn from_value(value: &Value) -> Result<Self, ReadError> {
		let top = Node::new(value, "");
		let bundle = top.object("a FHIR Bundle")?;
		let kind = bundle.required("resourceType", "the resourceType Bundle")?;
		if kind.value != "Bundle" {
			return Err(kind.unexpected("Bundle"));
		}
		let mut directory = Self::default();
		for entry in bundle.list("entry")? {
			let entry = entry.object("an entry with a resource")?;
			// The entry of a deleted or only linked resource has none.
			let Some(resource) = entry.get("resource")? else { continue };
			let full_url = entry.text("fullUrl", "a URL")?;
			let kind = resource
				.object("a resource")?
				.required("resourceType", "a resource type")?
				.text("a resource type")?;
			directory.add(full_url, kind, resource.value);
		}
		Ok(directory)
	}

	/// The directory as it is at a moment: memberships of groups that have ended by then, or not
	/// begun, do not count. Without a moment all do.
	#[must_use]
	pub fn at(mut self, at: Milliseconds) -> Self {
		self.at = Some(at);
		self
	}

	/// Whether nobody is in it.
	pub fn is_empty(&self) -> bool {
		self.entries.is_empty()
	}

	pub(crate) fn moment(&self) -> Option<Milliseconds> {
		self.at
	}

	fn add(&mut self, full_url: Option<&str>, kind: &str, resource: &Value) {
		let index = self.entries.len();
		let mut names = Vec::new();
		if let Some(id) = resource.get("id").and_then(Value::as_str) {
			names.push(format!("{kind}/{id}"));
		}
		if let Some(url) = full_url {
			names.push(url.to_owned());
			names.extend(tail(url));
		}
		names.sort();
		names.dedup();
		let same_name = names.iter().filter_map(|name| self.by_name.get(name)).flatten();
		let is_known = same_name
			.filter_map(|index| self.entries.get(*index))
			.any(|entry| entry.full_url.as_deref() == full_url && entry.resource == *resource);
		if is_known {
			return;
		}
		for name in names {
			self.by_name.entry(name).or_default().push(index);
		}
		self.entries.push(Entry {
			full_url: full_url.map(str::to_owned),
			kind: kind.to_owned(),
			resource: resource.clone(),
		});
	}

	/// The resource of a literal reference.
	pub(crate) fn find<'a>(
		&'a self,
		reference: &str,
		origin: Origin<'a>,
	) -> Result<Found<'a>, Unresolvable> {
		let not_found = || Unresolvable::NotFound { reference: reference.to_owned() };
		if let Some(id) = reference.strip_prefix('#') {
			let of_id = |resource: &&Value| {
				resource
					.get("id")
					.and_then(Value::as_str)
					.is_some_and(|found| found == id || found.strip_prefix('#') == Some(id))
			};
			let resource = origin.contained.iter().find(of_id).ok_or_else(not_found)?;
			let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or("resource");
			return Ok(Found { resource, kind, full_url: origin.full_url });
		}
		if let Some(server) = origin.full_url.and_then(server) {
			if !is_absolute(reference) {
				if let Some(found) = self.named(&format!("{server}{reference}")).first() {
					return Ok(*found);
				}
			}
		}
		let mut found = self.named(reference);
		if found.is_empty() && is_absolute(reference) {
			// On another server than any that the directory names: only an entry that does not
			// say where it is from can be meant.
			found = tail(reference).map(|name| self.named(&name)).unwrap_or_default();
			found.retain(|entry| !entry.full_url.is_some_and(|url| url.starts_with("http")));
		}
		match found.as_slice() {
			[] => Err(not_found()),
			[one] => Ok(*one),
			_ => Err(Unresolvable::Ambiguous { reference: reference.to_owned() }),
		}
	}

	fn named(&self, name: &str) -> Vec<Found<'_>> {
		let indices = self.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
		indices
			.iter()
			.filter_map(|index| self.entries.get(*index))
			.map(|entry| Found {
				resource: &entry.resource,
				kind: &entry.kind,
				full_url: entry.full_url.as_deref(),
			})
			.collect()
	}

	/// The identifiers of a resource, by a literal reference from nowhere.
	pub(crate) fn identifiers_of(&self, reference: &str) -> Vec<Identifier> {
		let found = self.find(reference, Origin::default()).ok();
		found.and_then(|found| identifiers(found.resource).ok()).unwrap_or_default()
	}

	/// The resources of a type that carry one of these identifiers.
	pub(crate) fn with_identifier(&self, kind: &str, any_of: &[Identifier]) -> Vec<&Value> {
		self.entries
			.iter()
			.filter(|entry| entry.kind == kind)
			.filter(|entry| {
				let own = identifiers(&entry.resource).unwrap_or_default();
				own.iter().any(|identifier| any_of.contains(identifier))
			})
			.map(|entry| &entry.resource)
			.collect()
	}
}

impl Resolver for Directory {
	fn actors(&self, reference: &Reference, origin: Origin<'_>) -> Result<Resolved, Unresolvable> {
		if let Some(actor) = reference.identifier.as_ref().and_then(crate::naming::actor) {
			return Ok(Resolved { actors: vec![actor], identifiers: Vec::new(), identified: true });
		}
		let people = match (&reference.identifier, reference.unversioned()) {
			(logical, Some(literal)) => {
				match members::of(self, literal, origin) {
					Ok(mut people) => {
						people.identifiers.extend(logical.clone());
						people
					},
					// The identifier says it where the literal reference does not.
					Err(Unresolvable::NotFound { .. }) if logical.is_some() => {
						members::People::known_by(logical.clone())
					},
					Err(error) => return Err(error),
				}
			},
			(logical, None) => members::People::known_by(logical.clone()),
		};
		people.into_resolved(reference)
	}
}

/// The identifiers of a resource, in its order.
pub(crate) fn identifiers(resource: &Value) -> Result<Vec<Identifier>, ReadError> {
	let node = Node::new(resource, "");
	let object: Object<'_> = node.object("a resource")?;
	let mut identifiers = Vec::new();
	for node in object.list("identifier")? {
		// An identifier without a value identifies nobody.
		let has_value = node.value.get("value").is_some_and(|value| !value.is_null());
		if has_value {
			identifiers.push(coding::identifier(&node)?);
		}
	}
	Ok(identifiers)
}

/// The actors of identifiers.
pub(crate) fn as_actors(identifiers: &[Identifier]) -> Vec<Actor> {
	let mut actors = Vec::new();
	for identifier in identifiers {
		let actor = Actor::Identifier(identifier.as_code());
		if !actors.contains(&actor) {
			actors.push(actor);
		}
	}
	actors
}

fn is_absolute(reference: &str) -> bool {
	reference.starts_with("http://")
		|| reference.starts_with("https://")
		|| reference.starts_with("urn:")
}

/// `https://server/fhir/` of `https://server/fhir/Consent/1`.
pub(crate) fn server(url: &str) -> Option<&str> {
	if !url.starts_with("http") {
		return None;
	}
	let (head, _) = url.rsplit_once('/')?;
	let (server, _) = head.rsplit_once('/')?;
	url.get(..=server.len())
}

/// `Type/id` of a URL that ends so.
fn tail(url: &str) -> Option<String> {
	let (head, id) = url.rsplit_once('/')?;
	let kind = head.rsplit_once('/').map_or(head, |(_, kind)| kind);
	let is_type = kind.starts_with(|first: char| first.is_ascii_uppercase());
	(is_type && !id.is_empty()).then(|| format!("{kind}/{id}"))
}
