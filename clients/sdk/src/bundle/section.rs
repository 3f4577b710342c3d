//! Sections: what is sealed, and released or withheld, as one.

use super::{
	label::LabelSet,
	labelling::Labeller,
	read::{Bundle, Resource},
};
use hdx_consent_engine::{Code, Period};
use std::collections::BTreeMap;

/// The code system of classes, as consents name them (FHIR resource types).
pub const CLASS_SYSTEM: &str = "http://hl7.org/fhir/resource-types";

/// The code of a resource type, as consents name it in `class`.
pub fn class_code(kind: &str) -> Code {
	Code::of_token(&format!("{CLASS_SYSTEM}|{kind}"))
}

/// What an obligation can be about in a resource, beside the class and labels of its section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceFacts {
	/// Its clinical codes.
	pub codes: Vec<Code>,
	/// When it is from; `None` where it does not say.
	pub dated: Option<Period>,
}

/// The resources of one type that carry exactly the same labels.
#[derive(Clone, Debug)]
pub struct Section<'b> {
	pub(crate) class: String,
	pub(crate) labels: LabelSet,
	pub(crate) bundle_kind: String,
	pub(crate) resources: Vec<&'b Resource>,
}

impl<'b> Section<'b> {
	/// The resource type.
	pub fn class(&self) -> &str {
		&self.class
	}

	/// The labels.
	pub fn labels(&self) -> &LabelSet {
		&self.labels
	}

	/// The resources, in document order.
	pub fn resources(&self) -> &[&'b Resource] {
		&self.resources
	}

	/// The facts of its resources, each combination once.
	pub fn facts(&self) -> Vec<ResourceFacts> {
		let mut distinct: Vec<ResourceFacts> = Vec::new();
		for resource in &self.resources {
			let codings = &resource.facts.codings;
			let mut codes: Vec<Code> = codings
				.iter()
				.map(|(system, code)| Code::of_token(&format!("{system}|{code}")))
				.collect();
			codes.sort();
			distinct.push(ResourceFacts { codes, dated: resource.facts.dated });
		}
		distinct.sort_by(|one, other| one.order().cmp(&other.order()));
		distinct.dedup();
		distinct
	}
}

impl ResourceFacts {
	/// Any total order will do: it brings equal ones together, and says nothing of the record.
	fn order(&self) -> impl Ord + '_ {
		(&self.codes, self.dated.map(|period| (period.start, period.end)))
	}
}

impl Bundle {
	/// Splits the Bundle: resources of the same type and the same labels go together.
	pub fn sections(&self, labeller: &Labeller) -> Vec<Section<'_>> {
		let mut groups: BTreeMap<(&str, LabelSet), Vec<&Resource>> = BTreeMap::new();
		for (resource, labels) in self.resources.iter().zip(labeller.labels(self)) {
			groups.entry((resource.kind.as_str(), labels)).or_default().push(resource);
		}
		groups
			.into_iter()
			.map(|((class, labels), resources)| Section {
				class: class.to_owned(),
				labels,
				bundle_kind: self.kind.clone(),
				resources,
			})
			.collect()
	}
}
