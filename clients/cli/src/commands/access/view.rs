//! Answers and grants, as they are shown.

use crate::{codes, output::block, time};
use hdx_primitives::{
	engine::{DataFilter, DataReference, Obligation},
	Code, Milliseconds, Target,
};
use hdx_sdk::chain::GrantView;
use serde::Serialize;
use std::fmt;

/// How a request was decided.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
	/// Whether access is granted.
	pub granted: bool,
	/// The grant.
	pub grant: Option<u64>,
	/// Why it is denied.
	pub reason: Option<String>,
	/// What that means.
	pub meaning: Option<&'static str>,
	/// The entry of the log.
	pub entry: u64,
	/// The salt of the context.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub context_salt: Option<String>,
}

/// A grant.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
	grant: u64,
	/// `live`, `revoked`, `expired` or `used up`.
	state: &'static str,
	grantee: String,
	on_behalf_of: u32,
	role: String,
	patient: String,
	record: Option<u64>,
	whole_record: bool,
	purpose: String,
	action: String,
	labels: Vec<String>,
	classes: Vec<String>,
	obligations: Vec<ShownObligation>,
	issued_at: String,
	expires_at: String,
	uses_left: u32,
	consent: Option<u64>,
	/// For people.
	#[serde(skip)]
	lines: Vec<(&'static str, String)>,
}

/// What must be withheld.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum ShownObligation {
	/// What matches.
	Redact(ShownFilter),
	/// What does not match.
	RedactExcept(ShownFilter),
}

/// Data that has any of these.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownFilter {
	/// Labels, classes and clinical codes.
	codes: Vec<String>,
	/// Commitments to particular data, in hexadecimal.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	data: Vec<String>,
	/// When the data is from.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	periods: Vec<ShownPeriod>,
}

/// From the start until before the end; a missing bound is open.
#[derive(Serialize)]
struct ShownPeriod {
	#[serde(skip_serializing_if = "Option::is_none")]
	start: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	end: Option<String>,
}

/// A grant that was withdrawn.
#[derive(Serialize)]
pub struct Revoked {
	/// Which.
	pub grant: u64,
}

impl Shown {
	/// A grant as it stands at `now`.
	pub fn new(view: &GrantView, now: Milliseconds) -> Self {
		Self {
			grant: view.id.0,
			state: state(view, now),
			grantee: view.grantee.to_string(),
			on_behalf_of: view.on_behalf_of.0,
			role: format!("{:?}", view.role),
			patient: view.patient.to_string(),
			record: match view.target {
				Target::Record(record) => Some(record.0),
				Target::WholeRecord => None,
			},
			whole_record: view.target == Target::WholeRecord,
			purpose: codes::token_of(&view.purpose),
			action: format!("{:?}", view.action).to_lowercase(),
			labels: codes::tokens(&view.labels),
			classes: codes::tokens(&view.classes),
			obligations: view.obligations.iter().map(ShownObligation::from).collect(),
			issued_at: time::show(view.issued_at),
			expires_at: time::show(view.expires_at),
			uses_left: view.uses_left,
			consent: view.basis.map(|basis| basis.consent.0),
			lines: lines(view),
		}
	}
}

/// Whether a grant can still be used, and if not, why.
pub fn state(view: &GrantView, now: Milliseconds) -> &'static str {
	if view.revoked {
		"revoked"
	} else if view.expires_at <= now {
		"expired"
	} else if view.uses_left == 0 {
		"used up"
	} else {
		"live"
	}
}

impl From<&Obligation> for ShownObligation {
	fn from(obligation: &Obligation) -> Self {
		match obligation {
			Obligation::Redact(filter) => Self::Redact(filter.into()),
			Obligation::RedactExcept(filter) => Self::RedactExcept(filter.into()),
		}
	}
}

impl From<&DataFilter> for ShownFilter {
	fn from(filter: &DataFilter) -> Self {
		let data = |one: &DataReference| {
			format!("{:?} 0x{}", one.meaning, hex::encode(one.reference.0)).to_lowercase()
		};
		Self {
			codes: codes::tokens(&filter.codes),
			data: filter.data.iter().map(data).collect(),
			periods: filter
				.periods
				.iter()
				.map(|period| ShownPeriod {
					start: period.start.map(time::show),
					end: period.end.map(time::show),
				})
				.collect(),
		}
	}
}

impl ShownFilter {
	/// In one line.
	fn line(&self, filter: &DataFilter) -> String {
		let open = |moment: &Option<String>| moment.clone().unwrap_or_else(|| "…".to_owned());
		let codes = Some(codes::symbols(&filter.codes)).filter(|codes| !codes.is_empty());
		let periods = self
			.periods
			.iter()
			.map(|period| format!("data from {} to {}", open(&period.start), open(&period.end)));
		let parts: Vec<String> =
			codes.into_iter().chain(self.data.iter().cloned()).chain(periods).collect();
		parts.join(", ")
	}
}

/// What people want to know of a grant.
fn lines(view: &GrantView) -> Vec<(&'static str, String)> {
	let withheld: Vec<_> = view
		.obligations
		.iter()
		.map(|obligation| match obligation {
			Obligation::Redact(filter) => ShownFilter::from(filter).line(filter),
			Obligation::RedactExcept(filter) => {
				format!("all but {}", ShownFilter::from(filter).line(filter))
			},
		})
		.collect();
	let only = |codes: &[Code]| codes::symbols(codes);
	vec![
		("grantee", view.grantee.to_string()),
		("acts for", format!("institution {}, as {:?}", view.on_behalf_of.0, view.role)),
		("patient", view.patient.to_string()),
		(
			"covers",
			match view.target {
				Target::Record(record) => format!("record {}", record.0),
				Target::WholeRecord => "every record of the patient".to_owned(),
			},
		),
		("purpose", codes::symbol(&view.purpose)),
		("action", format!("{:?}", view.action).to_lowercase()),
		("only labels", only(&view.labels)),
		("only classes", only(&view.classes)),
		("withheld", withheld.join("; ")),
		("expires", time::show(view.expires_at)),
		("uses left", view.uses_left.to_string()),
		(
			"rests on",
			view.basis.map_or_else(
				|| "no consent (the chain's implicit policy)".to_owned(),
				|basis| format!("consent {}, version {}", basis.consent.0, basis.version),
			),
		),
	]
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: Vec<(&str, &dyn fmt::Display)> =
			self.lines.iter().map(|(name, value)| (*name, value as &dyn fmt::Display)).collect();
		block(f, format!("grant {}: {}", self.grant, self.state), &fields)
	}
}

impl fmt::Display for Answer {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match (self.grant, &self.reason, self.meaning) {
			(Some(grant), _, _) => writeln!(f, "granted: grant {grant}, entry {}", self.entry)?,
			(None, Some(reason), Some(meaning)) => {
				writeln!(f, "denied: {meaning} ({reason}), entry {}", self.entry)?;
			},
			_ => writeln!(f, "denied, entry {}", self.entry)?,
		}
		match &self.context_salt {
			Some(salt) => writeln!(f, "  salt of the context (keep): {salt}"),
			None => Ok(()),
		}
	}
}

impl fmt::Display for Revoked {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "grant {} is withdrawn", self.grant)
	}
}
