//! A consent receipt, in the shape of ISO/IEC TS 27560:2023.
//!
//! What a person gets who consented: to what, to whom, under which notice, and what became of it.
//! It is rendered from what the chain knows alone, so anybody who reads the chain gets the same.
//!
//! | Field | From |
//! |---|---|
//! | `schema_version` | [`SCHEMA_VERSION`] |
//! | `record_id` | the chain's genesis hash, the consent's number and its version |
//! | `pii_principal_id` | the patient's account |
//! | `pii_processing[].privacy_notice` | the template that was shown: number, version, hash of its URI; the salted hash of what was signed |
//! | `pii_processing[].purposes[]` | each purpose of use |
//! | `…purposes[].lawful_basis` | consent, always |
//! | `…purposes[].pii_information[]` | the categories of data that the policy names; none named: all of the record |
//! | `…purposes[].pii_controllers` | the institutions that may get it, by `party_id` |
//! | `…purposes[].recipient_third_parties` | who else may get it, by `party_id` |
//! | `…purposes[].withdrawal_method` | how it is revoked |
//! | `…purposes[].retention_period` | the erase-by date, where one was agreed |
//! | `…purposes[].jurisdictions` | where it is known |
//! | `party_identification[]` | every party that the rest names |
//! | `event[]` | given, amended and revoked, with time and block |
//!
//! Optional fields of which the chain knows nothing (postal addresses, storage locations, collection
//! method …) are left out, never guessed.

use crate::time;
use hdx_consent_engine::{Milliseconds, Period};
use serde::Serialize;

/// The version of the schema that the receipt follows.
pub const SCHEMA_VERSION: &str = "ISO/IEC TS 27560:2023";

/// What the chain knows of a consent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceiptFacts {
	/// The chain's genesis hash: which register the numbers are of.
	pub genesis: [u8; 32],
	/// The consent's number.
	pub consent: u64,
	/// The version that the receipt is about, from 1.
	pub version: u32,
	/// The patient's account, as an address.
	pub patient: String,
	/// The institutions that may process the data.
	pub controllers: Vec<Party>,
	/// Others who may get it: practitioners, groups.
	pub recipients: Vec<Party>,
	/// The notice that was shown.
	pub notice: Notice,
	/// Purposes of use, as they read: `TREAT`, or `system|code`. Empty: any.
	pub purposes: Vec<String>,
	/// Categories of data that are permitted, as they read. Empty: all.
	pub categories: Vec<String>,
	/// Categories of data that are withheld, as they read.
	pub withheld: Vec<String>,
	/// When it is in force.
	pub period: Period,
	/// When recipients must have erased what they got.
	pub erase_by: Option<Milliseconds>,
	/// Where it was given, as an ISO 3166 code.
	pub jurisdiction: Option<String>,
	/// What happened to it, the oldest first.
	pub events: Vec<StateChange>,
}

/// A party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
	/// What the chain calls it: an account's address, or `institution 3`.
	pub id: String,
	/// Its name, where the registry has one.
	pub name: Option<String>,
}

/// The consent document that was shown and signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
	/// The template's number.
	pub template: u32,
	/// The template's version.
	pub version: u32,
	/// The hash of the template's URI.
	pub uri_hash: [u8; 32],
	/// The salted hash of the document that was signed.
	pub document: [u8; 32],
}

/// What happened to a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateChange {
	/// What.
	pub kind: StateChangeKind,
	/// When: the time of its block.
	pub at: Milliseconds,
	/// The number of its block.
	pub block: u32,
	/// Who did it, as an address; the patient, or who may act for them.
	pub by: String,
}

/// The kinds of [`StateChange`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateChangeKind {
	/// It was given.
	Given,
	/// A new version took its place.
	Amended,
	/// It was renewed.
	Renewed,
	/// It was withdrawn.
	Revoked,
	/// It ran out.
	Expired,
}

impl StateChangeKind {
	/// `event_type` and `event_state` of the standard.
	fn words(self) -> (&'static str, &'static str) {
		match self {
			Self::Given => ("explicit", "consent given"),
			Self::Amended => ("explicit", "consent amended"),
			Self::Renewed => ("renewal", "consent reaffirmed"),
			Self::Revoked => ("explicit", "consent withdrawn"),
			Self::Expired => ("expiry", "consent expired"),
		}
	}
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
	/// Which schema.
	pub schema_version: &'static str,
	/// Which consent record, in the whole world.
	pub record_id: String,
	/// Whose.
	pub pii_principal_id: String,
	/// What was consented to.
	pub pii_processing: Vec<PiiProcessing>,
	/// The parties.
	pub party_identification: Vec<PartyIdentification>,
	/// What happened.
	pub event: Vec<Event>,
}

/// What was consented to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PiiProcessing {
	/// The notice that was shown.
	pub privacy_notice: PrivacyNotice,
	/// To what ends.
	pub purposes: Vec<Purpose>,
}

/// The notice that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrivacyNotice {
	/// The template's number.
	pub template: u32,
	/// The template's version.
	pub version: u32,
	/// The hash of its URI, in hexadecimal.
	pub uri_hash: String,
	/// The salted hash of the document that was signed, in hexadecimal.
	pub signed_document_hash: String,
}

/// One end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Purpose {
	/// The purpose of use.
	pub purpose: String,
	/// Why it is lawful.
	pub lawful_basis: &'static str,
	/// Which data.
	pub pii_information: Vec<PiiInformation>,
	/// Who may process it, by `party_id`.
	pub pii_controllers: Vec<String>,
	/// Who else may get it, by `party_id`.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub recipient_third_parties: Vec<String>,
	/// How to withdraw.
	pub withdrawal_method: &'static str,
	/// Until when it may be kept.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub retention_period: Option<String>,
	/// Where.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub jurisdictions: Vec<String>,
}

/// Which data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PiiInformation {
	/// The category.
	pub pii_type: String,
	/// Whether it is permitted, or withheld.
	pub pii_excluded: bool,
	/// Health data are a special category of personal data (GDPR, Article 9).
	pub special_pii_category: bool,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyIdentification {
	/// What the rest of the receipt calls it.
	pub party_id: String,
	/// `pii_principal`, `pii_controller` or `recipient`.
	pub party_role: &'static str,
	/// Its name.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub party_name: Option<String>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
	/// When, in RFC 3339.
	pub event_time: String,
	/// How it came about.
	pub event_type: &'static str,
	/// What it made of the consent.
	pub event_state: &'static str,
	/// Who did it, by account.
	pub entity_id: String,
	/// In force from, and until.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub validity_duration: Option<Validity>,
	/// The block that proves it.
	pub block: u32,
}

/// In force from, and until.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Validity {
	/// The first moment.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub start: Option<String>,
	/// The first moment after.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub end: Option<String>,
}

/// Renders a receipt.
pub fn receipt(facts: &ReceiptFacts) -> Receipt {
	let named = |list: &[String], any: &str| {
		if list.is_empty() {
			vec![any.to_owned()]
		} else {
			list.to_vec()
		}
	};
	let purposes = named(&facts.purposes, "any purpose of use");
	Receipt {
		schema_version: SCHEMA_VERSION,
		record_id: format!(
			"urn:hdx:{}:consent:{}:{}",
			hex::encode(facts.genesis),
			facts.consent,
			facts.version
		),
		pii_principal_id: facts.patient.clone(),
		pii_processing: vec![PiiProcessing {
			privacy_notice: PrivacyNotice {
				template: facts.notice.template,
				version: facts.notice.version,
				uri_hash: hash(&facts.notice.uri_hash),
				signed_document_hash: hash(&facts.notice.document),
			},
			purposes: purposes.into_iter().map(|one| purpose(one, facts)).collect(),
		}],
		party_identification: parties(facts),
		event: facts.events.iter().map(|change| event(change, facts.period)).collect(),
	}
}

fn purpose(purpose: String, facts: &ReceiptFacts) -> Purpose {
	let information = |list: &[String], pii_excluded| -> Vec<_> {
		let of = |pii_type: &String| PiiInformation {
			pii_type: pii_type.clone(),
			pii_excluded,
			special_pii_category: true,
		};
		list.iter().map(of).collect()
	};
	let mut pii_information = if facts.categories.is_empty() {
		information(&["the health record".to_owned()], false)
	} else {
		information(&facts.categories, false)
	};
	pii_information.extend(information(&facts.withheld, true));
	Purpose {
		purpose,
		lawful_basis: "consent",
		pii_information,
		pii_controllers: facts.controllers.iter().map(|party| party.id.clone()).collect(),
		recipient_third_parties: facts.recipients.iter().map(|party| party.id.clone()).collect(),
		withdrawal_method:
			"revoke the consent on the chain: free, at any time, effective with the block",
		retention_period: facts.erase_by.map(moment),
		jurisdictions: facts.jurisdiction.iter().cloned().collect(),
	}
}

fn parties(facts: &ReceiptFacts) -> Vec<PartyIdentification> {
	let of = |party: &Party, party_role| PartyIdentification {
		party_id: party.id.clone(),
		party_role,
		party_name: party.name.clone(),
	};
	let patient = Party { id: facts.patient.clone(), name: None };
	let mut parties = vec![of(&patient, "pii_principal")];
	parties.extend(facts.controllers.iter().map(|party| of(party, "pii_controller")));
	parties.extend(facts.recipients.iter().map(|party| of(party, "recipient")));
	parties
}

fn event(change: &StateChange, period: Period) -> Event {
	let (event_type, event_state) = change.kind.words();
	let validity = Validity { start: period.start.map(moment), end: period.end.map(moment) };
	let is_limited = validity.start.is_some() || validity.end.is_some();
	let starts = !matches!(change.kind, StateChangeKind::Revoked | StateChangeKind::Expired);
	Event {
		event_time: moment(change.at),
		event_type,
		event_state,
		entity_id: change.by.clone(),
		validity_duration: (is_limited && starts).then_some(validity),
		block: change.block,
	}
}

fn hash(bytes: &[u8; 32]) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// RFC 3339; beyond the year 9999 there is no date, but there is still a number.
fn moment(moment: Milliseconds) -> String {
	time::write_moment(moment).unwrap_or_else(|| format!("{} ms after 1970", moment.0))
}
