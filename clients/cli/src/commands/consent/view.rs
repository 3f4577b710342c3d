//! Consents, as they are shown.

use crate::{codes, output::block, time};
use hdx_primitives::{
	consent::ConsentRecord,
	engine::{Actor, Period, Policy, Provision, Rule, Status},
	ConsentId,
};
use serde::Serialize;
use std::fmt;

/// A consent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
	consent: u64,
	patient: String,
	active: bool,
	version: u32,
	given_at: String,
	revoked_at: Option<String>,
	template: u32,
	provisions: Vec<ShownProvision>,
}

/// A provision. Codes are tokens for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownProvision {
	parent: Option<u8>,
	rule: &'static str,
	from: Option<String>,
	until: Option<String>,
	actors: Vec<String>,
	purposes: Vec<String>,
	actions: Vec<String>,
	labels: Vec<String>,
	classes: Vec<String>,
	codes: Vec<String>,
	/// For people.
	#[serde(skip)]
	text: String,
}

/// The consents of a patient.
#[derive(Serialize)]
pub struct Listed {
	/// Whose.
	pub patient: String,
	/// Those in force.
	pub consents: Vec<Shown>,
}

/// A consent that is no more in force.
#[derive(Serialize)]
pub struct Revoked {
	/// Which.
	pub consent: u64,
}

impl Shown {
	/// Of a consent with this number.
	pub fn of(id: ConsentId, view: &ConsentRecord) -> Self {
		Self {
			consent: id.0,
			patient: view.patient.to_string(),
			active: view.status == Status::Active,
			version: view.version,
			given_at: time::show(view.given_at),
			revoked_at: view.revoked_at.map(time::show),
			template: view.document.template.0,
			provisions: provisions(&view.policy),
		}
	}
}

fn provisions(policy: &Policy) -> Vec<ShownProvision> {
	let shown = |(index, provision): (usize, &Provision)| ShownProvision {
		parent: (index > 0).then_some(provision.parent),
		rule: rule(provision.rule),
		from: provision.period.start.map(time::show),
		until: provision.period.end.map(time::show),
		actors: provision.actors.iter().map(actor).collect(),
		purposes: codes::tokens(&provision.purposes),
		actions: codes::tokens(&provision.actions),
		labels: codes::tokens(&provision.labels),
		classes: codes::tokens(&provision.classes),
		codes: codes::tokens(&provision.codes),
		text: sentence(provision),
	};
	policy.provisions.iter().enumerate().map(shown).collect()
}

fn rule(rule: Rule) -> &'static str {
	match rule {
		Rule::Permit => "permit",
		Rule::Deny => "deny",
	}
}

fn actor(actor: &Actor) -> String {
	match actor {
		Actor::Account(account) => hdx_primitives::AccountId::new(*account).to_string(),
		Actor::Organisation(institution) => format!("institution {}", institution.0),
		Actor::Role(code) => format!("role {}", codes::symbol(code)),
		Actor::Group(code) => format!("group {}", codes::symbol(code)),
		Actor::Identifier(code) => format!("identifier {}", codes::symbol(code)),
	}
}

/// A provision in a line.
fn sentence(provision: &Provision) -> String {
	let actors: Vec<_> = provision.actors.iter().map(actor).collect();
	let parts = [
		("to", actors.join(", ")),
		("for", codes::symbols(&provision.purposes)),
		("to do", codes::symbols(&provision.actions)),
		("labels", codes::symbols(&provision.labels)),
		("classes", codes::symbols(&provision.classes)),
		("codes", codes::symbols(&provision.codes)),
		("", period(&provision.period)),
	];
	parts.into_iter().filter(|(_, value)| !value.is_empty()).fold(
		rule(provision.rule).to_owned(),
		|sentence, (name, value)| match name {
			"" => format!("{sentence}; {value}"),
			_ => format!("{sentence}; {name} {value}"),
		},
	)
}

fn period(period: &Period) -> String {
	match (period.start, period.end) {
		(None, None) => String::new(),
		(Some(start), None) => format!("from {}", time::show(start)),
		(None, Some(end)) => format!("until {}", time::show(end)),
		(Some(start), Some(end)) => format!("from {} until {}", time::show(start), time::show(end)),
	}
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let revoked =
			self.revoked_at.as_ref().map(|at| format!(", revoked {at}")).unwrap_or_default();
		let status = if self.active { "active" } else { "not in force" };
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("patient", &self.patient),
			("status", &format!("{status}{revoked}")),
			("given", &self.given_at),
			("template", &self.template),
		];
		block(f, format!("consent {}, version {}", self.consent, self.version), &fields)?;
		for (index, provision) in self.provisions.iter().enumerate() {
			let below =
				provision.parent.map(|parent| format!(" (below {parent})")).unwrap_or_default();
			writeln!(f, "  {index}{below}: {}", provision.text)?;
		}
		Ok(())
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.consents.is_empty() {
			return writeln!(f, "{} has no consent in force", self.patient);
		}
		self.consents.iter().try_for_each(|consent| consent.fmt(f))
	}
}

impl fmt::Display for Revoked {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "consent {} is revoked", self.consent)
	}
}
