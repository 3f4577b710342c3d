//! What of a Bundle must not be on chain.

use crate::search::Needles;
use hdx_primitives::{engine::terminology, Code};
use serde_json::Value;
use sp_crypto_hashing::{blake2_128, blake2_256, sha2_256};
use std::collections::BTreeSet;

/// How many characters a text must have to be looked for: shorter ones turn up by chance in any
/// hash.
const SHORTEST: usize = 4;

/// What was taken from a Bundle.
#[derive(Default)]
pub struct HealthData {
	/// Every text: names, identifiers, codes, display texts, narratives, notes.
	pub texts: BTreeSet<String>,
	/// Every coding, as (system, code).
	pub codings: BTreeSet<(String, String)>,
}

impl HealthData {
	/// Takes everything from a Bundle: each string value, whatever the element is called, so that
	/// no list of elements can miss one. Narratives are taken as they are and without their markup.
	pub fn of(bundle: &Value) -> Self {
		let mut data = Self::default();
		data.visit(bundle);
		data.texts.retain(|text| text.chars().count() >= SHORTEST);
		data
	}

	/// To be looked for: the texts; their hashes, since an unsalted hash of a name is found by
	/// whoever guesses the name; the codings, in the form that the chain has for codes.
	pub fn needles(&self) -> Needles {
		let mut needles = Needles::default();
		for text in &self.texts {
			needles.add_text(text);
			let bytes = text.as_bytes();
			needles.add_bytes(&format!("BLAKE2-128 of {text}"), &blake2_128(bytes));
			needles.add_bytes(&format!("BLAKE2-256 of {text}"), &blake2_256(bytes));
			needles.add_bytes(&format!("SHA-256 of {text}"), &sha2_256(bytes));
		}
		for (system, code) in &self.codings {
			let token = format!("{system}|{code}");
			let hashed = Code::of_token(&token);
			if !in_coded_scope(&hashed) {
				needles.add_bytes(&format!("the code of {token}"), &hashed.0);
			}
		}
		needles
	}

	fn visit(&mut self, value: &Value) {
		match value {
			Value::String(text) => self.text(text),
			Value::Array(items) => items.iter().for_each(|item| self.visit(item)),
			Value::Object(members) => {
				if let (Some(Value::String(system)), Some(Value::String(code))) =
					(members.get("system"), members.get("code"))
				{
					self.codings.insert((system.clone(), code.clone()));
				}
				members.values().for_each(|member| self.visit(member));
			},
			Value::Null | Value::Bool(_) | Value::Number(_) => {},
		}
	}

	fn text(&mut self, text: &str) {
		self.texts.insert(text.to_owned());
		// Markup: what is between the tags.
		if text.contains('<') {
			let parts = text.split('<').filter_map(|part| part.split('>').nth(1));
			self.texts.extend(parts.map(|part| part.trim().to_owned()));
		}
	}
}

/// Whether a code is one of those that consents and requests name in the open: purposes, actions,
/// confidentiality, sensitivity labels. Classes (resource types) and roles are others, but no Bundle
/// has them as codings.
fn in_coded_scope(code: &Code) -> bool {
	terminology::all().any(|term| term.code == *code)
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn example() -> HealthData {
		HealthData::of(&json!({
			"entry": [{ "resource": {
				"name": [{ "family": "Lindqvist", "given": ["Amara", "Bo"] }],
				"identifier": [{ "value": "LH-0048213-7" }],
				"telecom": [{ "value": "+1-555-0142" }],
				"address": [{ "line": ["27 Tannery Row"] }],
				"text": { "div": "<div><p>Feels <b>better</b></p></div>" },
				"code": { "coding": [{ "system": "http://loinc.org", "code": "8867-4" }], "text": "Heart rate" },
				"meta": { "security": [{ "system": terminology::sensitivity::SYSTEM, "code": "HIV" }] },
			} }],
		}))
	}

	#[test]
	fn takes_every_kind_of_text() {
		let texts = example().texts;
		for text in [
			"Lindqvist",
			"Amara",
			"LH-0048213-7",
			"+1-555-0142",
			"27 Tannery Row",
			"Heart rate",
			"Feels",
			"better",
			"8867-4",
		] {
			assert!(texts.contains(text), "{text}");
		}
		assert!(!texts.contains("Bo"));
	}

	#[test]
	fn looks_for_clinical_codes_but_not_for_labels() {
		let needles = example().needles();
		let clinical = Code::of_token("http://loinc.org|8867-4");
		assert_eq!(needles.find(&clinical.0)[0].name, "the code of http://loinc.org|8867-4");
		assert!(needles.find(&terminology::sensitivity::HIV.0).is_empty());
	}

	#[test]
	fn looks_for_unsalted_hashes() {
		let needles = example().needles();
		assert_eq!(needles.find(&sha2_256(b"LH-0048213-7"))[0].name, "SHA-256 of LH-0048213-7");
	}
}
