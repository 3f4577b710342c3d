//! Records, as they are shown.

use crate::output::{block, printable};
use hdx_sdk::{chain::RecordView, seal::ManifestEntry};
use serde::Serialize;
use std::fmt;

/// A record, as the chain has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
	record: u64,
	patient: String,
	custodian: u32,
	sections: u32,
	epoch: u32,
	commitment: String,
}

/// The records of a patient.
#[derive(Serialize)]
pub struct Listed {
	/// Whose.
	pub patient: String,
	/// Which.
	pub records: Vec<Shown>,
}

/// A section that was released or opened.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownSection {
	section: u32,
	class: String,
	labels: Vec<String>,
	/// For people.
	#[serde(skip)]
	codes: Vec<String>,
}

impl From<&RecordView> for Shown {
	fn from(view: &RecordView) -> Self {
		Self {
			record: view.id.0,
			patient: view.patient.to_string(),
			custodian: view.custodian.0,
			sections: view.sections,
			epoch: view.epoch,
			commitment: format!("0x{}", hex::encode(view.manifest.0)),
		}
	}
}

impl From<&ManifestEntry> for ShownSection {
	fn from(entry: &ManifestEntry) -> Self {
		Self {
			section: entry.section.0,
			class: entry.class.clone(),
			labels: entry.labels.iter().map(|label| label.token()).collect(),
			codes: entry.labels.iter().map(|label| label.code.clone()).collect(),
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 5] = [
			("patient", &self.patient),
			("custodian", &format!("institution {}", self.custodian)),
			("sections", &self.sections),
			("epoch", &self.epoch),
			("commitment", &self.commitment),
		];
		block(f, format!("record {}", self.record), &fields)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.records.is_empty() {
			return writeln!(f, "{} has no records", self.patient);
		}
		self.records.iter().try_for_each(|record| record.fmt(f))
	}
}

impl fmt::Display for ShownSection {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		// Class and labels come from whoever sealed the record.
		let (class, labels) = (printable(&self.class), printable(&self.codes.join(", ")));
		write!(f, "section {}: {class} ({labels})", self.section)
	}
}
