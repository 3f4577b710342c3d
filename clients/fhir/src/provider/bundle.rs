//! Bundles of views.

use super::{element, view::Rendering};
use hdx_consent_engine::Code;
use serde_json::{json, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a Bundle of views is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleKind {
	/// Resources that belong together, such as a practitioner with all about them.
	Collection,
	/// The whole answer to a search.
	Searchset,
}

/// A Bundle of rendered resources, in their order.
///
/// Each has a `fullUrl` `urn:uuid:…` (version 8 of RFC 9562). Of a Practitioner and an Organization
/// it depends on the chain's genesis hash and their first identifier, so that it is the same in
/// every Bundle; of other resources on what is in them. A resource that is there already is not put
/// in again. References to who is in the Bundle also name that `fullUrl`.
pub fn bundle(rendering: &Rendering, kind: BundleKind, resources: Vec<Value>) -> Value {
	let known: BTreeMap<_, _> = resources
		.iter()
		.filter_map(|resource| {
			let name = name(resource)?;
			let url = full_url(rendering, &name);
			Some((name, url))
		})
		.collect();
	let mut seen = BTreeSet::new();
	let mut entries = Vec::new();
	for mut resource in resources {
		let name = name(&resource).unwrap_or_else(|| resource.to_string());
		let url = full_url(rendering, &name);
		if !seen.insert(url.clone()) {
			continue;
		}
		link(&mut resource, &known);
		let is_searched = kind == BundleKind::Searchset;
		let entry = element::Builder::element()
			.with("fullUrl", url)
			.with("resource", resource)
			.maybe("search", is_searched.then(|| json!({ "mode": "match" })));
		entries.push(entry.build());
	}
	let (code, total) = match kind {
		BundleKind::Collection => ("collection", None),
		BundleKind::Searchset => ("searchset", Some(entries.len())),
	};
	element::Builder::resource("Bundle")
		.with("type", code)
		.with("timestamp", element::date_time(rendering.at))
		.maybe("total", total)
		.list("entry", entries)
		.build()
}

/// What references call a resource. Only practitioners and organisations are referred to.
fn name(resource: &Value) -> Option<String> {
	let kind = resource.get("resourceType")?.as_str()?;
	if !matches!(kind, "Practitioner" | "Organization") {
		return None;
	}
	named(kind, resource.get("identifier")?.get(0)?)
}

fn named(kind: &str, identifier: &Value) -> Option<String> {
	let system = identifier.get("system")?.as_str()?;
	Some(format!("{kind}|{system}|{}", identifier.get("value")?.as_str()?))
}

/// A UUID of version 8: 122 bits of a hash, and 6 that say so.
fn full_url(rendering: &Rendering, name: &str) -> String {
	let token = format!("{}|{name}", hex::encode(rendering.genesis));
	let number = u128::from_be_bytes(Code::of_token(&token).0);
	let number = number & !(0xf << 76) & !(0b11 << 62) | (8 << 76) | (0b10 << 62);
	let digits = format!("{number:032x}");
	let (mut parts, mut rest) = (Vec::new(), digits.as_str());
	for length in [8, 4, 4, 4, 12] {
		let Some((part, behind)) = rest.split_at_checked(length) else { break };
		parts.push(part);
		rest = behind;
	}
	format!("urn:uuid:{}", parts.join("-"))
}

/// Adds the literal reference wherever a logical one is to a resource of the Bundle.
fn link(value: &mut Value, known: &BTreeMap<String, String>) {
	match value {
		Value::Array(values) => values.iter_mut().for_each(|value| link(value, known)),
		Value::Object(members) => {
			members.values_mut().for_each(|value| link(value, known));
			let kind = members.get("type").and_then(Value::as_str);
			let target = kind.and_then(|kind| named(kind, members.get("identifier")?));
			if let Some(url) = target.and_then(|name| known.get(&name)) {
				members.insert("reference".to_owned(), json!(url));
			}
		},
		_ => {},
	}
}
