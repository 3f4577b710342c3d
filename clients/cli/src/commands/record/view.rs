//! Records, as they are shown.

use crate::{
	output::{block, printable},
	time, words,
};
use hdx_primitives::RecordId;
use hdx_sdk::{
	chain::{AtBlock, Chain, ChainError, Dispute, RecordView, Tombstone},
	seal::ManifestEntry,
};
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
	/// Which version it is, counted from 1.
	#[serde(skip_serializing_if = "Option::is_none")]
	version: Option<u32>,
	/// Since when it is out of use.
	retired_since: Option<String>,
	/// The institution that it is offered to.
	offered_to: Option<u32>,
	dispute: Option<ShownDispute>,
	/// The first moment at which the answer to a request for erasure is late.
	erasure_due: Option<String>,
}

/// The last dispute of a record.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownDispute {
	statement: String,
	by: String,
	opened_at: String,
	answer_due: String,
	/// `accepted` or `denied`; `None`: it is open.
	outcome: Option<String>,
	answer: Option<String>,
	late: Option<bool>,
}

/// What is left of a record that was erased.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownTombstone {
	record: u64,
	patient: String,
	custodian: u32,
	erased_at: String,
	receipt: String,
}

impl ShownTombstone {
	/// What is left of this record.
	pub fn new(record: RecordId, tombstone: &Tombstone) -> Self {
		Self {
			record: record.0,
			patient: tombstone.patient.to_string(),
			custodian: tombstone.custodian.0,
			erased_at: time::show(tombstone.erased_at),
			receipt: format!("0x{}", hex::encode(tombstone.receipt.0)),
		}
	}
}

impl fmt::Display for ShownTombstone {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("patient", &self.patient),
			("erased by", &format!("institution {}", self.custodian)),
			("erased at", &self.erased_at),
			("receipt", &self.receipt),
		];
		block(f, format!("record {}: erased", self.record), &fields)
	}
}

impl From<&Dispute> for ShownDispute {
	fn from(dispute: &Dispute) -> Self {
		let answer = dispute.answer.as_ref();
		Self {
			statement: format!("0x{}", hex::encode(dispute.statement.0)),
			by: dispute.by.to_string(),
			opened_at: time::show(dispute.opened_at),
			answer_due: time::show(dispute.due_at),
			outcome: answer.map(|answer| words::of(answer.outcome)),
			answer: answer.map(|answer| format!("0x{}", hex::encode(answer.statement.0))),
			late: answer.map(|answer| answer.is_late),
		}
	}
}

impl fmt::Display for ShownDispute {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let late = if self.late == Some(true) { ", late" } else { "" };
		match &self.outcome {
			Some(outcome) => write!(f, "{outcome}{late} (disputed at {})", self.opened_at),
			None => {
				write!(f, "OPEN since {}, answer due before {}", self.opened_at, self.answer_due)
			},
		}
	}
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
			version: None,
			retired_since: None,
			offered_to: None,
			dispute: None,
			erasure_due: None,
		}
	}
}

impl Shown {
	/// With what is open about it.
	pub async fn with_what_is_open(view: &RecordView, chain: &Chain) -> Result<Self, ChainError> {
		let (id, block) = (view.id, AtBlock::Best);
		let erasure = chain.erasure_request(id, block).await?;
		Ok(Self {
			version: chain.record_version(id, block).await?,
			retired_since: chain.retired_since(id, block).await?.map(time::show),
			offered_to: chain.custody_offer(id, block).await?.map(|offer| offer.to.0),
			dispute: chain.dispute_of(id, block).await?.as_ref().map(Into::into),
			erasure_due: erasure.map(|request| time::show(request.due_at)),
			..Self::from(view)
		})
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
		let offered = self.offered_to.map(|id| format!("institution {id}")).unwrap_or_default();
		let dispute = self.dispute.as_ref().map(ToString::to_string).unwrap_or_default();
		let erasure = self.erasure_due.as_ref().map(|due| format!("asked for, due before {due}"));
		let version = self.version.map(|version| version.to_string()).unwrap_or_default();
		let retired = self.retired_since.clone().unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 10] = [
			("patient", &self.patient),
			("custodian", &format!("institution {}", self.custodian)),
			("version", &version),
			("out of use since", &retired),
			("sections", &self.sections),
			("epoch", &self.epoch),
			("commitment", &self.commitment),
			("offered to", &offered),
			("dispute", &dispute),
			("erasure", &erasure.unwrap_or_default()),
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
