//! Which classes of data the flow is about.

use crate::{codes, demo::DemoError};
use hdx_consent_engine::terminology::confidentiality::{L, M, N, U};
use hdx_primitives::Code;
use hdx_sdk::bundle::{class_code, LabelSet, Section};
use hdx_zk_circuits::note::Category;
use std::fmt;

/// A class of data, and the category that stands for it in consents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Class {
	/// The class.
	pub code: Code,
	/// The category.
	pub category: Category,
}

/// The classes of the flow, each another one.
#[derive(Debug)]
pub struct Classes {
	/// The one that is asked for. The Bundle has something of it that a proof opens, and, where it can be, something
	/// that a proof does not.
	pub asked: Class,
	/// One that the consent covers as well.
	pub also: Class,
	/// One that it does not cover.
	pub outside: Class,
}

impl fmt::Display for Class {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&codes::symbol(&self.code))
	}
}

impl Class {
	/// Whether a section is of this class, by the name of its class.
	pub fn is(&self, name: &str) -> bool {
		class_code(name) == self.code
	}
}

impl Classes {
	/// Chooses among the classes that have a category, for a Bundle of these sections.
	///
	/// # Errors
	///
	/// [`DemoError::NothingByProof`] where a proof would open nothing, [`DemoError::NotADevelopmentChain`] where the
	/// chain has fewer than three categories.
	pub fn choose(categories: &[Code], sections: &[Section<'_>]) -> Result<Self, DemoError> {
		let all: Vec<Class> = categories
			.iter()
			.zip(0..=u8::MAX)
			.filter_map(|(code, place)| {
				Some(Class { code: *code, category: Category::new(place)? })
			})
			.collect();
		let has = |class: &Class, is_wanted: fn(&LabelSet) -> bool| {
			sections.iter().any(|section| class.is(section.class()) && is_wanted(section.labels()))
		};
		let asked = all
			.iter()
			.find(|class| has(class, is_plain) && has(class, is_sensitive))
			.or_else(|| all.iter().find(|class| has(class, is_plain)))
			.copied()
			.ok_or(DemoError::NothingByProof)?;
		let mut others = all.iter().filter(|class| **class != asked).copied();
		let (Some(also), Some(outside)) = (others.next(), others.next()) else {
			return Err(DemoError::NotADevelopmentChain(format!(
				"it has {} categories of consents that nobody sees, three are needed",
				all.len()
			)));
		};
		Ok(Self { asked, also, outside })
	}

	/// The categories that the consent covers, one bit each.
	pub fn covered(&self) -> u64 {
		self.asked.category.mask() | self.also.category.mask()
	}
}

/// Whether a proof opens what is labelled so: it is known to be of normal confidentiality or below, and carries no
/// sensitivity label.
pub fn is_plain(labels: &LabelSet) -> bool {
	let of_level = |code: Code| [U, L, M, N].contains(&code);
	!is_sensitive(labels)
		&& labels.iter().any(|label| label.is_confidentiality() && of_level(label.code()))
		&& labels.iter().all(|label| !label.is_confidentiality() || of_level(label.code()))
}

/// Whether what is labelled so carries a sensitivity label.
pub fn is_sensitive(labels: &LabelSet) -> bool {
	labels.iter().any(|label| label.is_sensitivity())
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_sdk::bundle::{Bundle, Labeller};

	/// A patient with an observation that is restricted, one that is not where asked for, and a procedure that is not.
	fn bundle(with_plain_observation: bool, with_plain_procedure: bool) -> Bundle {
		let restricted = r#""meta": { "security": [
			{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HIV" },
			{ "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" } ] },"#;
		let resource = |kind: &str, id: &str, meta: &str| {
			format!(
				r#"{{ "resource": {{ "resourceType": "{kind}", "id": "{id}", {meta} "status": "final",
					"code": {{ "text": "x" }}, "subject": {{ "reference": "Patient/q" }} }} }}"#
			)
		};
		let mut entries = vec![
			r#"{ "resource": { "resourceType": "Patient", "id": "q" } }"#.to_owned(),
			resource("Observation", "a", restricted),
		];
		if with_plain_observation {
			entries.push(resource("Observation", "b", ""));
		}
		if with_plain_procedure {
			entries.push(resource("Procedure", "c", ""));
		}
		let text = format!(
			r#"{{ "resourceType": "Bundle", "type": "collection", "entry": [{}] }}"#,
			entries.join(",")
		);
		Bundle::from_slice("a test", text.as_bytes()).unwrap()
	}

	/// What is chosen for a Bundle where these classes have categories.
	fn choose(bundle: &Bundle, classes: &[&str]) -> Result<Classes, DemoError> {
		let categories: Vec<Code> = classes.iter().copied().map(class_code).collect();
		Classes::choose(&categories, &bundle.sections(&Labeller::default()))
	}

	#[test]
	fn a_class_is_asked_for_of_which_a_proof_opens_a_part() {
		let classes = ["Procedure", "Observation", "Device"];
		let chosen = choose(&bundle(true, true), &classes).unwrap();
		assert!(chosen.asked.is("Observation"), "{chosen:?}");
		let (asked, also) = (chosen.asked.category, chosen.also.category);
		assert_eq!((asked.place(), also.place(), chosen.outside.category.place()), (1, 0, 2));
		assert_eq!(chosen.covered(), 0b11);
		// Where there is none, one of which it opens all.
		let chosen = choose(&bundle(false, true), &classes).unwrap();
		assert!(chosen.asked.is("Procedure"), "{chosen:?}");
	}

	#[test]
	fn fails_when_a_proof_would_open_nothing() {
		let error = choose(&bundle(false, false), &["Observation", "Device", "Task"]).unwrap_err();
		assert!(matches!(error, DemoError::NothingByProof), "{error}");
		// What a consent cannot name, no proof is about.
		let error = choose(&bundle(true, true), &["Device", "Task", "Slot"]).unwrap_err();
		assert!(matches!(error, DemoError::NothingByProof), "{error}");
	}

	#[test]
	fn fails_when_the_chain_has_too_few_categories() {
		let error = choose(&bundle(true, true), &["Observation", "Procedure"]).unwrap_err();
		assert!(error.to_string().contains("2 categories"), "{error}");
	}
}
