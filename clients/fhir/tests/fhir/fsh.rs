//! Instances of FHIR Shorthand as FHIR JSON, as far as the examples of IHE PCF need it.
//!
//! An instance is a block of rules `* path = value`. Paths are FHIR elements with indices (`[0]`,
//! `[+]`, `[=]`) and slice names, which say no more than the index after them.

use serde_json::{json, Map, Value};
use std::collections::BTreeMap;

/// Elements that are lists.
const LISTS: &[&str] = &[
	"actor",
	"category",
	"data",
	"identifier",
	"member",
	"organization",
	"performer",
	"policy",
	"purpose",
	"security",
	"securityLabel",
];
/// Elements that are CodeableConcepts.
const CONCEPTS: &[&str] = &["category", "role", "scope"];

/// Instances by id.
#[derive(Default)]
pub struct Instances(BTreeMap<String, Value>);

impl Instances {
	/// Reads a file.
	pub fn add(&mut self, text: &str) {
		let mut current: Option<Instance> = None;
		let mut in_text = false;
		for line in text.lines() {
			let was_in_text = in_text;
			in_text ^= line.matches("\"\"\"").count() % 2 == 1;
			if was_in_text {
				continue;
			}
			if let Some(id) = line.strip_prefix("Instance:") {
				self.finish(current.replace(Instance::new(id.trim())));
			} else if let Some(parent) = line.strip_prefix("InstanceOf:") {
				if let Some(instance) = &mut current {
					instance.set_type(parent.trim());
				}
			} else if line.starts_with("Profile:")
				|| line.starts_with("ValueSet:")
				|| line.starts_with("RuleSet:")
			{
				self.finish(current.take());
			} else if let (Some(rule), Some(instance)) = (line.strip_prefix("* "), &mut current) {
				instance.apply(rule);
			}
		}
		self.finish(current);
	}

	fn finish(&mut self, instance: Option<Instance>) {
		if let Some(instance) = instance {
			self.0.insert(instance.id, Value::Object(instance.resource));
		}
	}

	/// The resource of an id.
	pub fn get(&self, id: &str) -> Value {
		self.0[id].clone()
	}

	/// The resources of a type.
	pub fn of_type(&self, kind: &str) -> Vec<Value> {
		self.0.values().filter(|one| one["resourceType"] == kind).cloned().collect()
	}
}

struct Instance {
	id: String,
	resource: Map<String, Value>,
	last: BTreeMap<String, usize>,
}

impl Instance {
	fn new(id: &str) -> Self {
		let resource = Map::from_iter([("id".to_owned(), json!(id))]);
		Self { id: id.to_owned(), resource, last: BTreeMap::new() }
	}

	fn set_type(&mut self, parent: &str) {
		let kind = if parent.ends_with("Consent") { "Consent" } else { parent };
		self.resource.insert("resourceType".to_owned(), json!(kind));
	}

	fn apply(&mut self, rule: &str) {
		// Of resources that only need to be there, their type and id are enough.
		let kind = self.resource.get("resourceType").and_then(Value::as_str).unwrap_or_default();
		if !["Consent", "Group"].contains(&kind) {
			return;
		}
		let Some((path, value)) = rule.split_once(" = ") else { return };
		let steps = self.steps(path.trim());
		let name = steps.last().map(|(name, _)| name.clone()).unwrap_or_default();
		let value = value_of(&name, value.trim());
		let mut place = &mut self.resource;
		for (index, (name, position)) in steps.iter().enumerate() {
			let is_last = index + 1 == steps.len();
			let slot = place.entry(name.clone()).or_insert(Value::Null);
			let slot = match position {
				None => slot,
				Some(position) => {
					if slot.is_null() {
						*slot = json!([]);
					}
					let list = slot.as_array_mut().unwrap();
					while list.len() <= *position {
						list.push(Value::Null);
					}
					&mut list[*position]
				},
			};
			if is_last {
				*slot = value;
				return;
			}
			if slot.is_null() {
				*slot = json!({});
			}
			place = slot.as_object_mut().unwrap();
		}
	}

	/// The names of a path, with the index of each list.
	fn steps(&mut self, path: &str) -> Vec<(String, Option<usize>)> {
		let mut steps = Vec::new();
		let mut before = String::new();
		for part in path.split('.') {
			let (name, brackets) = part.split_once('[').unwrap_or((part, ""));
			before.push('.');
			before.push_str(name);
			// The provisions inside of the root provision are a list.
			let is_nested = name == "provision" && !steps.is_empty();
			let position = (LISTS.contains(&name) || is_nested).then(|| {
				let last = self.last.get(&before).copied();
				let position = if brackets.contains("+]") {
					last.map_or(0, |last| last + 1)
				} else {
					last.unwrap_or(0)
				};
				self.last.insert(before.clone(), position);
				position
			});
			steps.push((name.to_owned(), position));
		}
		steps
	}
}

fn value_of(name: &str, text: &str) -> Value {
	if let Some(inner) = text.strip_prefix("Reference(") {
		return json!({ "reference": inner.trim_end_matches(')') });
	}
	if let Some(text) = text.strip_prefix('"') {
		return json!(text.trim_end_matches('"'));
	}
	if text == "true" || text == "false" {
		return json!(text == "true");
	}
	// A code may be followed by its display.
	let token = text.split(" \"").next().unwrap_or_default();
	let Some((system, code)) = token.split_once('#') else { return json!(text) };
	if system.is_empty() {
		return json!(code);
	}
	let coding = json!({ "system": system, "code": code });
	if CONCEPTS.contains(&name) {
		json!({ "coding": [coding] })
	} else {
		coding
	}
}
