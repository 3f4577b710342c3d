//! Which labels each resource of a Bundle carries.
//!
//! 1. Its own: `meta.security`, that of the Bundle, and what the rules derive from its codes.
//! 2. Inherited: a prescription for a psychiatric reason tells of the reason. So a resource takes
//!    on the labels of every resource of the Bundle that it refers to, and of those which that one
//!    refers to, as far as it goes. Not through references to people, organisations and places,
//!    which nearly every resource has. Through an encounter only the encounter's own labels pass:
//!    what happened in a visit *for* a sensitive reason is sensitive, but one sensitive diagnosis
//!    among many does not hide the blood pressure of the same day.
//! 3. What the labels imply ([`super::label`]), and a confidentiality level.
//!
//! Each resource takes each label once, so the work is bounded by labels × references. References
//! that do not resolve inside the Bundle pass nothing on.

use super::{
	label::{self, LabelSet},
	read::{Bundle, Resource},
	rules::RuleTable,
};
use std::collections::HashMap;

/// Targets that pass no label on to what refers to them.
const ADMINISTRATIVE: &[&str] = &[
	"Coverage",
	"Device",
	"Endpoint",
	"Group",
	"HealthcareService",
	"Location",
	"Organization",
	"Patient",
	"Person",
	"Practitioner",
	"PractitionerRole",
	"RelatedPerson",
];

/// Targets that pass on only the labels of their own.
const OCCASIONS: &[&str] = &["Encounter", "EpisodeOfCare"];

/// Gives labels to the resources of a Bundle.
#[derive(Clone, Debug)]
pub struct Labeller {
	rules: RuleTable,
}

impl Default for Labeller {
	fn default() -> Self {
		Self::new(RuleTable::builtin())
	}
}

impl Labeller {
	/// Labels by these rules alone.
	pub fn new(rules: RuleTable) -> Self {
		Self { rules }
	}

	/// The labels of each resource, in document order.
	pub fn labels(&self, bundle: &Bundle) -> Vec<LabelSet> {
		let own: Vec<LabelSet> =
			bundle.resources.iter().map(|resource| self.own(bundle, resource)).collect();
		let mut all = inherit(&bundle.resources, own);
		for (labels, resource) in all.iter_mut().zip(&bundle.resources) {
			label::expand(labels);
			let unreadable = resource.facts.unreadable_label || bundle.envelope.unreadable_label;
			label::settle_confidentiality(labels, unreadable);
		}
		all
	}

	/// The labels that a resource carries by itself.
	fn own(&self, bundle: &Bundle, resource: &Resource) -> LabelSet {
		let mut labels = resource.facts.labels.clone();
		labels.extend(bundle.envelope.labels.iter().cloned());
		for (system, code) in &resource.facts.codings {
			labels.extend(self.rules.labels_of(system, code));
		}
		label::expand(&mut labels);
		labels
	}
}

/// Passes sensitivity labels on to the resources that refer to those which carry them.
///
/// Confidentiality levels and labels of other systems stay with the resource that has them: they
/// say how one document is handled, not what it is about.
fn inherit(resources: &[Resource], own: Vec<LabelSet>) -> Vec<LabelSet> {
	let referrers = referrers(resources);
	let mut all = own.clone();
	// Resources whose labels are to be passed on, until nothing changes.
	let mut pending: Vec<usize> = (0..resources.len()).collect();
	while let Some(target) = pending.pop() {
		let Some(resource) = resources.get(target) else { continue };
		let source = if OCCASIONS.contains(&resource.kind.as_str()) { &own } else { &all };
		let passed: LabelSet = source
			.get(target)
			.into_iter()
			.flatten()
			.filter(|label| label.is_sensitivity())
			.cloned()
			.collect();
		if passed.is_empty() {
			continue;
		}
		for referrer in referrers.get(target).into_iter().flatten() {
			let Some(labels) = all.get_mut(*referrer) else { continue };
			let before = labels.len();
			labels.extend(passed.iter().cloned());
			if labels.len() > before {
				pending.push(*referrer);
			}
		}
	}
	all
}

/// For each resource, those that refer to it and take on its labels.
fn referrers(resources: &[Resource]) -> Vec<Vec<usize>> {
	let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
	for (index, resource) in resources.iter().enumerate() {
		let mut names = Vec::new();
		names.extend(resource.full_url.clone());
		if let Some(id) = &resource.id {
			names.push(format!("{}/{id}", resource.kind));
			names.push(format!("urn:uuid:{id}"));
		}
		names.sort();
		names.dedup();
		for name in names {
			by_name.entry(name).or_default().push(index);
		}
	}
	let mut referrers = vec![Vec::new(); resources.len()];
	for (index, resource) in resources.iter().enumerate() {
		for target in resource.facts.references.iter().filter_map(|text| find(&by_name, text)) {
			for target in target.iter().filter(|target| **target != index) {
				let administrative = resources
					.get(*target)
					.is_none_or(|found| ADMINISTRATIVE.contains(&found.kind.as_str()));
				if administrative {
					continue;
				}
				if let Some(list) = referrers.get_mut(*target) {
					list.push(index);
				}
			}
		}
	}
	referrers
}

/// Resolves a literal reference: by full URL, by `Type/id`, or by the `Type/id` that ends a URL;
/// with or without a version and a fragment.
fn find<'i>(by_name: &'i HashMap<String, Vec<usize>>, reference: &str) -> Option<&'i Vec<usize>> {
	let reference = reference.split('#').next()?;
	let reference = reference.split("/_history/").next()?;
	if let Some(found) = by_name.get(reference) {
		return Some(found);
	}
	let mut segments = reference.rsplit('/');
	let (id, kind) = (segments.next()?, segments.next()?);
	by_name.get(&format!("{kind}/{id}"))
}
