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

/// Code systems of labels that say how data is handled or came about, and not what it is about: purposes of use, and
/// integrity and provenance, each with its older names.
const HANDLING: &[&str] = &[
	terminology::purpose::SYSTEM,
	"http://hl7.org/fhir/v3/ActReason",
	"urn:oid:2.16.840.1.113883.5.8",
	"http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
	"http://hl7.org/fhir/v3/ObservationValue",
	"urn:oid:2.16.840.1.113883.5.1063",
];

/// The confidentiality levels, the lowest first.
const LEVELS: &[&str] = &["U", "L", "M", "N", "R", "V"];

/// Whether what carries this label is restricted at least: a sensitivity label, a level that is none of [`LEVELS`], and
/// whatever is of a system that is not known here, as a country's own labels are.
fn restricts(label: &Label) -> bool {
	if label.is_confidentiality() {
		return !LEVELS.contains(&label.code.as_str());
	}
	let system = label.system.as_str();
	// A level under an older name has its present name beside it, which counts.
	let is_level = ALIASES
		.iter()
		.any(|(old, present)| *old == system && *present == terminology::confidentiality::SYSTEM);
	!is_level && !HANDLING.contains(&system)
}

/// Settles the confidentiality level: of several, the highest stays alone, as whoever may see "normal" data only must not
/// see what is restricted because somebody wrote `N` as well.
///
/// Without any level: `R` (restricted) beside a label that restricts or that could not be read, else `N`
/// (normal). A level below `R` gives way to `R` beside such a label: nobody sees psychiatry because its author wrote `N`.
pub(super) fn settle_confidentiality(labels: &mut LabelSet, unreadable: bool) {
	let restricted = unreadable || labels.iter().any(restricts);
	let highest = LEVELS.iter().rev().find(|code| labels.contains(&Label::confidentiality(code)));
	let level = match highest.copied() {
		Some("V") => "V",
		_ if restricted => "R",
		Some(code) => code,
		None => "N",
	};
	labels.retain(|label| {
		let is_level = label.is_confidentiality() && LEVELS.contains(&label.code.as_str());
		!is_level || label.code == level
	});
	labels.insert(Label::confidentiality(level));
}
