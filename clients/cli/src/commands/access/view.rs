//! Answers and grants, as they are shown.

use crate::{
	codes,
	commands::obligation::{withheld, ShownObligation},
	output::block,
	time,
};
use hdx_primitives::{Code, Milliseconds, Target};
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

/// What people want to know of a grant.
fn lines(view: &GrantView) -> Vec<(&'static str, String)> {
	let withheld = withheld(&view.obligations);
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
				|| {
					"no visible consent: the proof of a hidden one, or the chain's implicit policy"
						.to_owned()
				},
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
