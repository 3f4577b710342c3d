//! Which sections a decision lets through.

use super::manifest::{Manifest, ManifestSection, SectionId};
use hdx_consent_engine::{Code, DataFacts, Obligation};

/// The sections that pass: they have one of the requested labels and are of one of the requested
/// classes (an empty list asks for any), and no obligation withholds them.
///
/// A section is released or withheld as one, so it is withheld where any of its resources would
/// be: what is looked at is the section's labels and class together with each resource's clinical
/// codes and times.
///
/// A consent names particular data by a commitment that needs the patient's salt to make, which a
/// manifest does not hold. So no section is known to be data that an obligation names, and none is
/// known not to be: both withhold it.
pub fn permitted(
	manifest: &Manifest,
	obligations: &[Obligation],
	requested_labels: &[Code],
	requested_classes: &[Code],
) -> Vec<SectionId> {
	let passes = |section: &&ManifestSection| {
		let codes = section.entry.codes();
		asked_for(requested_labels, &codes)
			&& asked_for(requested_classes, &codes)
			&& !section.facts.iter().any(|resource| {
				let codes: Vec<Code> = codes.iter().chain(&resource.codes).copied().collect();
				let facts = DataFacts { codes: &codes, references: None, dated: resource.dated };
				obligations.iter().any(|obligation| obligation.withholds(&facts))
			})
	};
	manifest.sections.iter().filter(passes).map(|section| section.entry.section).collect()
}

fn asked_for(requested: &[Code], codes: &[Code]) -> bool {
	requested.is_empty() || requested.iter().any(|code| codes.contains(code))
}
