//! Security labels.

use hdx_consent_engine::{terminology, Code};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

/// A security label: a code of a code system (FHIR `Coding`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Label {
	/// The code system.
	pub system: String,
	/// The code within it.
	pub code: String,
}

impl Label {
	/// A label of any code system.
	pub fn new(system: impl Into<String>, code: impl Into<String>) -> Self {
		Self { system: system.into(), code: code.into() }
	}

	/// A sensitivity label (v3-ActCode).
	pub fn sensitivity(code: &str) -> Self {
		Self::new(terminology::sensitivity::SYSTEM, code)
	}

	/// A confidentiality level (v3-Confidentiality).
	pub fn confidentiality(code: &str) -> Self {
		Self::new(terminology::confidentiality::SYSTEM, code)
	}

	/// Whether this is a sensitivity label.
	pub fn is_sensitivity(&self) -> bool {
		self.system == terminology::sensitivity::SYSTEM
	}

	/// Whether this is a confidentiality level.
	pub fn is_confidentiality(&self) -> bool {
		self.system == terminology::confidentiality::SYSTEM
	}

	/// As FHIR search writes it: `system|code`.
	pub fn token(&self) -> String {
		self.to_string()
	}

	/// As the consent engine sees it.
	pub fn code(&self) -> Code {
		Code::of_token(&self.token())
	}
}

impl fmt::Display for Label {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}|{}", self.system, self.code)
	}
}

/// Labels in a fixed order, so that equal sets are written alike.
pub type LabelSet = BTreeSet<Label>;

/// Older names of the two systems. A label under one of them carries the present name as well.
const ALIASES: &[(&str, &str)] = &[
	("http://hl7.org/fhir/v3/ActCode", terminology::sensitivity::SYSTEM),
	("urn:oid:2.16.840.1.113883.5.4", terminology::sensitivity::SYSTEM),
	("http://hl7.org/fhir/v3/Confidentiality", terminology::confidentiality::SYSTEM),
	("urn:oid:2.16.840.1.113883.5.25", terminology::confidentiality::SYSTEM),
];

/// What a narrower sensitivity label implies (the hierarchy of v3-ActCode's sensitivity policies),
/// so that withholding "behavioural health" withholds psychiatry too.
const BROADER: &[(&str, &[&str])] = &[
	("ETH", &["BH"]),
	("ETHUD", &["SUD", "ETH", "BH"]),
	("MH", &["BH"]),
	("OPIOIDUD", &["SUD", "ETH", "BH"]),
	("PSY", &["BH"]),
	("PSYTHPN", &["PSY", "BH"]),
	("SICKLE", &["GDIS"]),
	("SUD", &["ETH", "BH"]),
];

/// Adds to each label its present name and what it implies.
pub(super) fn expand(labels: &mut LabelSet) {
	let renamed: Vec<Label> = labels
		.iter()
		.flat_map(|label| {
			ALIASES
				.iter()
				.filter(|(old, _)| label.system == *old)
				.map(|(_, present)| Label::new(*present, label.code.clone()))
		})
		.collect();
	labels.extend(renamed);
	let broader: Vec<Label> = labels
		.iter()
		.filter(|label| label.is_sensitivity())
		.flat_map(|label| BROADER.iter().filter(|(narrow, _)| label.code == *narrow))
		.flat_map(|(_, broad)| broad.iter().map(|code| Label::sensitivity(code)))
		.collect();
	labels.extend(broader);
}

/// Settles the confidentiality level.
///
/// Without any level: `R` (restricted) beside a sensitivity label or a label that could not be
/// read, else `N` (normal). A level below `R` gives way to `R` beside a sensitivity label:
/// whoever may see "normal" data only must not see psychiatry because its author wrote `N`.
pub(super) fn settle_confidentiality(labels: &mut LabelSet, unreadable: bool) {
	let restricted = unreadable || labels.iter().any(Label::is_sensitivity);
	if restricted {
		labels.retain(|label| {
			!(label.is_confidentiality() && matches!(label.code.as_str(), "U" | "L" | "M" | "N"))
		});
	}
	if !labels.iter().any(Label::is_confidentiality) {
		labels.insert(Label::confidentiality(if restricted { "R" } else { "N" }));
	}
}
