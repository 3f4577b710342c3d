//! The resources of a Bundle that is a roster.

use super::duplicates::Seen;
use crate::{
	error::{ReadError, Refusal},
	json::{Node, Object},
};
use serde_json::Value;

/// The type of resource of a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
	Practitioner,
	Organization,
}

impl Kind {
	const fn name(self) -> &'static str {
		match self {
			Self::Practitioner => "Practitioner",
			Self::Organization => "Organization",
		}
	}

	const fn expected(self) -> &'static str {
		match self {
			Self::Practitioner => "the resourceType Practitioner",
			Self::Organization => "the resourceType Organization",
		}
	}
}

/// A resource and how its Bundle calls it.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
	/// Its place in the Bundle, from 0.
	pub index: usize,
	pub resource: Object<'a>,
	pub id: Option<&'a str>,
	pub full_url: Option<&'a str>,
}

/// The resources of a Bundle, all of one type, none twice.
pub(super) fn entries(top: &Value, kind: Kind) -> Result<Vec<Entry<'_>>, ReadError> {
	let bundle = Node::new(top, "Bundle").object("a FHIR Bundle")?;
	let found = bundle.required("resourceType", "the resourceType Bundle")?;
	if found.value != "Bundle" {
		return Err(found.unexpected("the resourceType Bundle"));
	}
	is_whole(&bundle)?;
	let mut seen = Seen::default();
	let mut entries = Vec::new();
	for (index, node) in bundle.list("entry")?.into_iter().enumerate() {
		let entry = node.object("an entry with a resource")?;
		let resource = entry.required("resource", kind.expected())?.object("a resource")?;
		let found = resource.required("resourceType", kind.expected())?;
		if found.value != kind.name() {
			if is_no_match(&entry)? {
				continue;
			}
			return Err(found.unexpected(kind.expected()));
		}
		if let Some(node) = resource.get("modifierExtension")? {
			if !node.list().is_empty() {
				return Err(node.refuse(Refusal::Modified));
			}
		}
		let id = resource.text("id", "a resource's id")?;
		let full_url = entry.text("fullUrl", "a URL")?;
		for (name, of, value) in [("id", &resource, id), ("fullUrl", &entry, full_url)] {
			if let Some(value) = value {
				seen.add(format!("{name} {value}"), value, of.path_of(name))?;
			}
		}
		entries.push(Entry { index, resource, id, full_url });
	}
	Ok(entries)
}

/// Fails on a page with others behind it: whoever is on those would be missing unnoticed.
fn is_whole(bundle: &Object<'_>) -> Result<(), ReadError> {
	for node in bundle.list("link")? {
		let link = node.object("a link with relation and url")?;
		if link.text("relation", "a link's relation")? == Some("next") {
			return Err(node.refuse(Refusal::NotTheLastPage));
		}
	}
	Ok(())
}

/// Whether a search result says of an entry that it is not what was searched for.
fn is_no_match(entry: &Object<'_>) -> Result<bool, ReadError> {
	let Some(search) = entry.get("search")? else { return Ok(false) };
	let mode = search.object("an object with a mode")?.text("mode", "match, include or outcome")?;
	Ok(matches!(mode, Some("include" | "outcome")))
}
