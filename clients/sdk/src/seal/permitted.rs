//! Which sections a decision lets through.

use super::manifest::{Manifest, ManifestSection, SectionId};
use hdx_consent_engine::{Code, Obligation};

/// The sections that pass: they have one of the requested labels and are of one of the requested
/// classes (an empty list asks for any), and no obligation withholds them.
///
/// A section is released or withheld as one, so it is withheld where any of its resources would
/// be: the codes looked at are the section's labels and class together with each resource's
/// clinical codes.
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
			&& !section.clinical.iter().any(|clinical| {
				let all: Vec<Code> = codes.iter().chain(clinical).copied().collect();
				obligations.iter().any(|obligation| obligation.withholds(&all))
			})
	};
	manifest.sections.iter().filter(passes).map(|section| section.entry.section).collect()
}

fn asked_for(requested: &[Code], codes: &[Code]) -> bool {
	requested.is_empty() || requested.iter().any(|code| codes.contains(code))
}
