//! Names of people.

use serde_json::{json, Map, Value};

/// FHIR `HumanName`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HumanName {
	/// The whole name as one text.
	pub text: Option<String>,
	/// The family name.
	pub family: Option<String>,
	/// Given names, the first first.
	pub given: Vec<String>,
	/// What stands before the name: `Dr.`
	pub prefix: Vec<String>,
	/// What stands behind the name: `MD`.
	pub suffix: Vec<String>,
}

impl HumanName {
	/// The name as people write it; empty where there is none.
	pub fn display(&self) -> String {
		if let Some(text) = &self.text {
			return text.clone();
		}
		let parts = self.prefix.iter().chain(&self.given).chain(&self.family).chain(&self.suffix);
		parts.map(String::as_str).collect::<Vec<_>>().join(" ")
	}

	/// As documents carry it. `None`: there is nothing in it.
	pub(crate) fn to_json(&self) -> Option<Value> {
		let mut name = Map::new();
		for (element, text) in [("text", &self.text), ("family", &self.family)] {
			if let Some(text) = text {
				name.insert(element.to_owned(), json!(text));
			}
		}
		let lists = [("given", &self.given), ("prefix", &self.prefix), ("suffix", &self.suffix)];
		for (element, texts) in lists {
			if !texts.is_empty() {
				name.insert(element.to_owned(), json!(texts));
			}
		}
		(!name.is_empty()).then_some(Value::Object(name))
	}
}
