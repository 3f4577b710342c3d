//! The answer, as JSON: the decision of LEAP's hook, with what it is based on.

use super::DecideOptions;
use crate::{
	coding::{Coding, Reference},
	consent::Metadata,
	dictionary::Dictionary,
	naming,
	read::provision::MEANINGS,
	time,
};
use hdx_consent_engine::{
	terminology, Algorithm, Code, DataFilter, DataReference, Decision, ImplicitPolicy, Obligation,
	Outcome, Period,
};
use serde::Serialize;
use serde_json::Value;

/// A decision, in the words of the documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
	/// `CONSENT_PERMIT`, `CONSENT_DENY` or `NO_CONSENT`.
	pub decision: &'static str,
	/// What must be withheld under a permit. All of them bind.
	pub obligations: Vec<AnsweredObligation>,
	/// What it is based on.
	#[serde(rename = "basedOn")]
	pub based_on: BasedOn,
}

/// An obligation: `REDACT` of v3-ActCode.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnsweredObligation {
	/// Which obligation.
	pub id: Coding,
	/// What to redact.
	pub parameters: Parameters,
}

/// What to redact: all that one of the values is about, or with `except_any_of_…` all that none of
/// them is about. `codes` is always there, so that who knows nothing else redacts too much and not
/// too little; the others are there where they say something.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Parameters {
	/// Redact what carries one of these codes.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub codes: Option<Vec<Coding>>,
	/// Redact what one of these references covers.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub data: Vec<WrittenData>,
	/// Redact what is from one of these periods.
	#[serde(rename = "dataPeriods", skip_serializing_if = "Vec::is_empty")]
	pub data_periods: Vec<DatePeriod>,
	/// Redact all but what carries one of these codes …
	#[serde(skip_serializing_if = "Option::is_none")]
	pub except_any_of_codes: Option<Vec<Coding>>,
	/// … or is covered by one of these references …
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub except_any_of_data: Vec<WrittenData>,
	/// … or is from one of these periods.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub except_any_of_periods: Vec<DatePeriod>,
}

/// FHIR `Consent.provision.data`, as it was written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WrittenData {
	/// The meaning.
	pub meaning: &'static str,
	/// The FHIR Reference.
	pub reference: Value,
}

/// A FHIR `Period`, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DatePeriod {
	/// The first day or moment inside.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub start: Option<String>,
	/// The last day or moment inside.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub end: Option<String>,
}

/// What a decision is based on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BasedOn {
	/// The consent that decided: its full URL, `Consent/id`, or an identifier.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub consent: Option<String>,
	/// The document that it is in.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub source: Option<String>,
	/// Its version (`meta.versionId`).
	#[serde(skip_serializing_if = "Option::is_none")]
	pub version: Option<String>,
	/// When it was given, as it says.
	#[serde(rename = "dateTime", skip_serializing_if = "Option::is_none")]
	pub date_time: Option<String>,
	/// The implicit policy that permitted, where no consent applied.
	#[serde(rename = "implicitPolicy", skip_serializing_if = "Option::is_none")]
	pub implicit_policy: Option<&'static str>,
	/// How several consents were combined: `most-recent-wins` or `deny-overrides`.
	pub algorithm: &'static str,
	/// The moment that the decision is about.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub at: Option<String>,
	/// Which consents were passed over and why, and what is odd.
	pub warnings: Vec<String>,
}

pub(super) fn based_on(
	options: &DecideOptions,
	basis: Option<(&str, &str, &Metadata)>,
	implicit: Option<ImplicitPolicy>,
	warnings: Vec<String>,
) -> BasedOn {
	BasedOn {
		consent: basis.map(|(name, _, _)| name.to_owned()),
		source: basis.map(|(_, source, _)| source.to_owned()),
		version: basis.and_then(|(_, _, metadata)| metadata.version_id.clone()),
		date_time: basis.and_then(|(_, _, metadata)| metadata.date.clone()),
		implicit_policy: implicit.map(|policy| match policy {
			ImplicitPolicy::Deny => "deny",
			ImplicitPolicy::BasicNormal => "basic-normal",
			ImplicitPolicy::AllNormal => "all-normal",
			ImplicitPolicy::BreakGlassOnly => "break-glass-only",
		}),
		algorithm: match options.rules.algorithm {
			Algorithm::MostRecentWins => "most-recent-wins",
			Algorithm::DenyOverrides => "deny-overrides",
		},
		at: time::write_moment(options.at),
		warnings,
	}
}

pub(super) fn of(decision: &Decision, dictionary: &Dictionary, based_on: BasedOn) -> Answer {
	Answer {
		decision: match decision.outcome {
			Outcome::Permit => "CONSENT_PERMIT",
			Outcome::Deny => "CONSENT_DENY",
			Outcome::NoConsent => "NO_CONSENT",
		},
		obligations: decision.obligations.iter().map(|one| obligation(one, dictionary)).collect(),
		based_on,
	}
}

fn obligation(obligation: &Obligation, dictionary: &Dictionary) -> AnsweredObligation {
	let parameters = match obligation {
		Obligation::Redact(filter) => Parameters {
			codes: Some(codes(filter, dictionary)),
			data: data(filter, dictionary),
			data_periods: periods(filter, dictionary),
			..Parameters::default()
		},
		Obligation::RedactExcept(filter) => Parameters {
			except_any_of_codes: Some(codes(filter, dictionary)),
			except_any_of_data: data(filter, dictionary),
			except_any_of_periods: periods(filter, dictionary),
			..Parameters::default()
		},
	};
	AnsweredObligation { id: Coding::new(terminology::sensitivity::SYSTEM, "REDACT"), parameters }
}

fn codes(filter: &DataFilter, dictionary: &Dictionary) -> Vec<Coding> {
	let mut found = Vec::new();
	for code in &filter.codes {
		let coding = coding(code, dictionary);
		if !found.contains(&coding) {
			found.push(coding);
		}
	}
	found
}

fn coding(code: &Code, dictionary: &Dictionary) -> Coding {
	dictionary.coding(code).cloned().unwrap_or_else(|| naming::coding(code))
}

fn data(filter: &DataFilter, dictionary: &Dictionary) -> Vec<WrittenData> {
	filter.data.iter().map(|data| written(data, dictionary)).collect()
}

fn written(data: &DataReference, dictionary: &Dictionary) -> WrittenData {
	let by_hash = || Reference::logical(naming::data_identifier(&data.reference)).to_json();
	let reference = dictionary.reference(&data.reference).map_or_else(by_hash, Reference::to_json);
	let meaning = MEANINGS.iter().find(|(_, meaning)| *meaning == data.meaning);
	WrittenData { meaning: meaning.map_or("instance", |(code, _)| *code), reference }
}

fn periods(filter: &DataFilter, dictionary: &Dictionary) -> Vec<DatePeriod> {
	filter.periods.iter().map(|period| date_period(*period, dictionary)).collect()
}

fn date_period(period: Period, dictionary: &Dictionary) -> DatePeriod {
	match dictionary.written_period(period) {
		Some((start, end)) => {
			DatePeriod { start: start.map(str::to_owned), end: end.map(str::to_owned) }
		},
		None => DatePeriod {
			start: period.start.and_then(time::write_start),
			end: period.end.and_then(time::write_end),
		},
	}
}
