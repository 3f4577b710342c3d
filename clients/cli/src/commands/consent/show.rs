//! `hdx consent show` and `list`.

use super::{
	document::{self, Release},
	view::{
		given_by, provisions, state, write_provisions, ShownPeriod, ShownProvision, ShownTerms,
	},
};
use crate::{
	account,
	commands::{ensure_patient, Context},
	error::Error,
	output::block,
	time,
};
use hdx_primitives::{
	consent::{ConsentRecord, ConsentState, ConsentSummary, UsageWindow},
	AccountId, ConsentId, Milliseconds,
};
use hdx_sdk::chain::AtBlock;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// Which consent, and how it is shown.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Show {
	/// The consent.
	#[arg(value_name = "ID")]
	id: u64,
	/// As a FHIR Consent.
	#[arg(long, value_enum, value_name = "RELEASE")]
	fhir: Option<Release>,
	/// A file with the codes that the project does not know by name: system|code, one a line.
	#[arg(long, value_name = "FILE", requires = "fhir")]
	dictionary: Option<PathBuf>,
	/// As it was at a block: its number or hash.
	#[arg(long, value_name = "BLOCK", value_parser = super::block)]
	at: Option<AtBlock>,
}

/// Whose consents.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct List {
	/// The patient's account.
	#[arg(value_parser = account::parse)]
	patient: AccountId,
	/// Only those in force.
	#[arg(long)]
	in_force: bool,
	/// As they were at a block: its number or hash.
	#[arg(long, value_name = "BLOCK", value_parser = super::block)]
	at: Option<AtBlock>,
}

/// A consent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	consent: u64,
	patient: String,
	state: &'static str,
	active: bool,
	version: u32,
	given_at: String,
	granted_by: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	revoked_at: Option<String>,
	period: ShownPeriod,
	renewals: u32,
	renewal_is_stopped: bool,
	terms: ShownTerms,
	#[serde(skip_serializing_if = "Option::is_none")]
	used: Option<ShownUsage>,
	template: u32,
	document: String,
	hash: String,
	provisions: Vec<ShownProvision>,
}

/// The disclosures in the current window of a frequency limit.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownUsage {
	used: u32,
	of: u32,
}

/// The consents of a patient.
#[derive(Serialize)]
struct Listed {
	patient: String,
	consents: Vec<ShownSummary>,
}

/// A consent in a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownSummary {
	consent: u64,
	state: &'static str,
	version: u32,
	given_at: String,
	granted_by: String,
	#[serde(skip_serializing_if = "Option::is_none")]
	revoked_at: Option<String>,
	period: ShownPeriod,
	renewals: u32,
	renewal_is_stopped: bool,
	terms: ShownTerms,
	template: u32,
	hash: String,
}

impl Shown {
	fn of(
		id: ConsentId,
		record: &ConsentRecord,
		usage: Option<UsageWindow>,
		now: Milliseconds,
	) -> Self {
		let record_state = record.state_at(now);
		Self {
			consent: id.0,
			patient: record.patient.to_string(),
			state: state(record_state),
			active: record_state == ConsentState::InForce,
			version: record.version,
			given_at: time::show(record.given_at),
			granted_by: given_by(&record.granted_by),
			revoked_at: record.revoked_at.map(time::show),
			period: (&record.period_at(now)).into(),
			renewals: record.renewals_at(now),
			renewal_is_stopped: record.renewal_stopped_at.is_some(),
			terms: (&record.terms).into(),
			used: used(record, usage, now),
			template: record.document.template.0,
			document: format!("0x{}", hex::encode(record.document.commitment.0)),
			hash: format!("0x{}", hex::encode(record.hash)),
			provisions: provisions(&record.policy),
		}
	}
}

/// How much of a frequency limit is used up. What was counted in another window, or under another
/// version, does not count any more.
fn used(
	record: &ConsentRecord,
	usage: Option<UsageWindow>,
	now: Milliseconds,
) -> Option<ShownUsage> {
	let limit = record.terms.frequency?;
	let window = now.0.saturating_sub(record.given_at.0).checked_div(limit.per.0);
	let counted = usage
		.filter(|usage| usage.version == record.version && Some(usage.window) == window)
		.map_or(0, |usage| usage.used);
	Some(ShownUsage { used: counted, of: limit.accesses })
}

impl From<&ConsentSummary> for ShownSummary {
	fn from(summary: &ConsentSummary) -> Self {
		Self {
			consent: summary.consent.0,
			state: state(summary.state),
			version: summary.version,
			given_at: time::show(summary.given_at),
			granted_by: given_by(&summary.granted_by),
			revoked_at: summary.revoked_at.map(time::show),
			period: (&summary.period).into(),
			renewals: summary.renewals,
			renewal_is_stopped: summary.renewal_is_stopped,
			terms: (&summary.terms).into(),
			template: summary.document.template.0,
			hash: format!("0x{}", hex::encode(summary.hash)),
		}
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let revoked = self.revoked_at.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
		let given = format!("{} by {}", self.given_at, self.granted_by);
		let used = self.used.as_ref().map(|usage| format!("{} of {}", usage.used, usage.of));
		let renewed = renewed(self.renewals, self.renewal_is_stopped);
		let terms = self.terms.lines();
		let state = format!("{}{revoked}", self.state);
		let used = used.unwrap_or_default();
		let mut fields: Vec<(&str, &dyn fmt::Display)> = vec![
			("patient", &self.patient),
			("state", &state),
			("given", &given),
			("period", &self.period),
		];
		fields.extend(terms.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)));
		fields.extend([
			("used now", &used as &dyn fmt::Display),
			("renewed", &renewed),
			("template", &self.template),
			("hash", &self.hash),
		]);
		block(f, format!("consent {}, version {}", self.consent, self.version), &fields)?;
		write_provisions(f, &self.provisions)
	}
}

fn renewed(renewals: u32, is_stopped: bool) -> String {
	match (renewals, is_stopped) {
		(0, false) => String::new(),
		(0, true) => "not yet, and not any more: it was stopped".to_owned(),
		(renewals, false) => format!("{renewals} times"),
		(renewals, true) => format!("{renewals} times, and not any more: it was stopped"),
	}
}

impl fmt::Display for ShownSummary {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let given = format!("{} by {}", self.given_at, self.granted_by);
		let revoked = self.revoked_at.clone().unwrap_or_default();
		let renewed = renewed(self.renewals, self.renewal_is_stopped);
		let terms = self.terms.lines();
		let mut fields: Vec<(&str, &dyn fmt::Display)> =
			vec![("given", &given), ("revoked", &revoked), ("period", &self.period)];
		fields.extend(terms.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)));
		fields.push(("renewed", &renewed));
		let title = format!("consent {}, version {}: {}", self.consent, self.version, self.state);
		block(f, title, &fields)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.consents.is_empty() {
			return writeln!(f, "{} has no such consent", self.patient);
		}
		self.consents.iter().try_for_each(|consent| consent.fmt(f))
	}
}

/// Shows a consent.
pub async fn show(options: Show, context: &Context) -> Result<(), Error> {
	let words = document::words(options.dictionary.as_deref())?;
	let id = ConsentId(options.id);
	let block = options.at.unwrap_or_default();
	let chain = context.connect().await?;
	let record = chain.consent_at(id, block).await?;
	let now = chain.block_time(block).await?.time;
	match options.fhir {
		Some(release) => {
			let document = document::write(id, &record, now, release, &words)?;
			context.output.show(&document)
		},
		None => {
			// How much was used is kept for the newest block only.
			let usage = match block {
				AtBlock::Best => chain.consent_usage(id).await?,
				_ => None,
			};
			context.output.show(&Shown::of(id, &record, usage, now))
		},
	}
}

/// Lists the consents of a patient.
pub async fn list(options: List, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	ensure_patient(&chain, &options.patient).await?;
	let found = chain.consents_of(&options.patient, options.at.unwrap_or_default()).await?;
	let wanted = found.iter().filter(|one| !options.in_force || one.state == ConsentState::InForce);
	let consents = wanted.map(ShownSummary::from).collect();
	context.output.show(&Listed { patient: options.patient.to_string(), consents })
}
