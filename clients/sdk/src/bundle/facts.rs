//! What sealing needs to know of a resource: its codes, its references, its labels.

use super::{
	dated::dated,
	label::{Label, LabelSet},
};
use hdx_consent_engine::Period;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What was found in one resource, contained resources included.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Facts {
	/// Every coding, as (system, code), except those in `meta`.
	pub codings: BTreeSet<(String, String)>,
	/// Every literal reference.
	pub references: BTreeSet<String>,
	/// `meta.security`.
	pub labels: LabelSet,
	/// When it is from; `None` where it does not say.
	pub dated: Option<Period>,
	/// Whether there is a security label without system or code.
	pub unreadable_label: bool,
}

impl Facts {
	/// Reads a resource.
	pub fn of(resource: &Value) -> Self {
		let mut facts = Self { dated: dated(resource), ..Self::default() };
		facts.visit(resource);
		facts
	}

	/// Walks a value. The parser's recursion limit bounds the depth.
	fn visit(&mut self, value: &Value) {
		match value {
			Value::Array(items) => items.iter().for_each(|item| self.visit(item)),
			Value::Object(object) => {
				self.coding(object);
				if let Some(Value::String(reference)) = object.get("reference") {
					self.references.insert(reference.clone());
				}
				for (name, member) in object {
					match name.as_str() {
						"meta" => self.security_of(member),
						_ => self.visit(member),
					}
				}
			},
			_ => {},
		}
	}

	/// Notes a coding. A quantity has a system and a code too, which name its unit.
	fn coding(&mut self, object: &Map<String, Value>) {
		if object.contains_key("value") {
			return;
		}
		if let (Some(Value::String(system)), Some(Value::String(code))) =
			(object.get("system"), object.get("code"))
		{
			self.codings.insert((system.clone(), code.clone()));
		}
	}

	/// Notes the labels of a `meta`. One label may stand where FHIR has a list.
	pub fn security_of(&mut self, meta: &Value) {
		match meta.get("security") {
			None | Some(Value::Null) => {},
			Some(Value::Array(labels)) => labels.iter().for_each(|label| self.security(label)),
			Some(label) => self.security(label),
		}
	}

	fn security(&mut self, label: &Value) {
		match (label.get("system"), label.get("code")) {
			(Some(Value::String(system)), Some(Value::String(code))) => {
				self.labels.insert(Label::new(system.clone(), code.clone()));
			},
			_ => self.unreadable_label = true,
		}
	}
}
