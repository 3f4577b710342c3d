//! Institutions and practitioners, as they are shown.

use crate::{advice, codes, output::block, time, words};
use hdx_sdk::{
	chain::{
		AccreditationView, CredentialIssuer, CredentialView, InstitutionDetails, InstitutionView,
		Observation, PractitionerView,
	},
	seal::Fingerprint,
};
use serde::Serialize;
use std::fmt;

/// Institutions and practitioners.
#[derive(Serialize)]
pub struct Everybody {
	/// All institutions.
	pub institutions: Vec<Institution>,
	/// All practitioners.
	pub practitioners: Vec<Practitioner>,
}

/// An institution.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Institution {
	institution: u32,
	kind: String,
	operator: String,
	active: bool,
	suspended: Option<String>,
	closed: bool,
}

/// An institution, what it is accredited for, and whether anybody can act for it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InstitutionShown {
	#[serde(flatten)]
	institution: Institution,
	profile: String,
	stands: bool,
	reason: Option<String>,
	#[serde(skip)]
	meaning: Option<&'static str>,
	practitioners: u32,
	required_scheme: Option<String>,
	required_level: Option<u8>,
	accreditations: Vec<Accreditation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Accreditation {
	scheme: String,
	level: u8,
	status: String,
	valid_from: Option<String>,
	valid_until: Option<String>,
}

/// A practitioner.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Practitioner {
	practitioner: String,
	enrolled_by: u32,
	affiliations: Vec<u32>,
	roles: Vec<String>,
	active: bool,
	suspended: Option<String>,
	credentials: Vec<CredentialShown>,
	key_agreement: Fingerprint,
}

/// A credential.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialShown {
	id: u64,
	kind: String,
	/// `institution:N` or `issuer:N`.
	issuer: String,
	status: String,
	valid_from: Option<String>,
	valid_until: Option<String>,
	commitment: String,
	check: Option<Observed>,
	finding: Option<Observed>,
}

/// What oracles saw.
#[derive(Serialize)]
struct Observed {
	status: String,
	at: String,
	evidence: String,
}

/// What became of a practitioner.
#[derive(Serialize)]
pub struct Changed {
	/// Who.
	pub practitioner: String,
	/// What holds now.
	pub now: &'static str,
}

impl From<InstitutionView> for Institution {
	fn from(view: InstitutionView) -> Self {
		Self {
			institution: view.institution.0,
			kind: words::of(view.kind),
			operator: view.operator.to_string(),
			active: view.is_active(),
			suspended: view.suspended().map(words::of),
			closed: view.is_closed(),
		}
	}
}

impl From<InstitutionDetails> for InstitutionShown {
	fn from(details: InstitutionDetails) -> Self {
		let reason = details.standing.err();
		Self {
			profile: format!("0x{}", hex::encode(details.institution.profile)),
			institution: details.institution.into(),
			stands: reason.is_none(),
			reason: reason.map(|reason| format!("{reason:?}")),
			meaning: reason.map(advice::standing),
			practitioners: details.practitioners,
			required_scheme: details.requirement.map(|needed| codes::token_of(&needed.scheme)),
			required_level: details.requirement.map(|needed| needed.level),
			accreditations: details.accreditations.iter().map(Into::into).collect(),
		}
	}
}

impl From<&AccreditationView> for Accreditation {
	fn from(view: &AccreditationView) -> Self {
		Self {
			scheme: codes::token_of(&view.scheme),
			level: view.level,
			status: words::of(view.status),
			valid_from: view.valid.start.map(time::show),
			valid_until: view.valid.end.map(time::show),
		}
	}
}

impl From<PractitionerView> for Practitioner {
	fn from(view: PractitionerView) -> Self {
		Self {
			practitioner: view.practitioner.to_string(),
			enrolled_by: view.enrolled_by.0,
			affiliations: view.affiliations.iter().map(|id| id.0).collect(),
			roles: view.roles.iter().map(|(role, _)| format!("{role:?}")).collect(),
			active: view.suspended.is_none(),
			suspended: view.suspended.map(words::of),
			credentials: view.credentials.iter().map(Into::into).collect(),
			key_agreement: view.key_agreement,
		}
	}
}

impl From<&CredentialView> for CredentialShown {
	fn from(view: &CredentialView) -> Self {
		Self {
			id: view.id.0,
			kind: words::of(view.kind),
			issuer: show_issuer(view.issuer),
			status: words::of(view.status),
			valid_from: view.valid.start.map(time::show),
			valid_until: view.valid.end.map(time::show),
			commitment: format!("0x{}", hex::encode(view.commitment.0)),
			check: view.check.map(Into::into),
			finding: view.finding.map(Into::into),
		}
	}
}

impl From<Observation> for Observed {
	fn from(seen: Observation) -> Self {
		Self {
			status: words::of(seen.status),
			at: time::show(seen.at),
			evidence: format!("0x{}", hex::encode(seen.evidence.0)),
		}
	}
}

/// `institution:N` or `issuer:N`.
pub fn show_issuer(issuer: CredentialIssuer) -> String {
	match issuer {
		CredentialIssuer::Institution(id) => format!("institution:{}", id.0),
		CredentialIssuer::Issuer(id) => format!("issuer:{}", id.0),
	}
}

/// `active`, or that it is suspended and why.
fn status(suspended: Option<&String>) -> String {
	suspended.map_or_else(|| "active".to_owned(), |reason| format!("suspended ({reason})"))
}

/// From when until when.
fn period(from: Option<&String>, until: Option<&String>) -> String {
	let from = from.map(|at| format!(", from {at}")).unwrap_or_default();
	let until = until.map(|at| format!(", until {at}")).unwrap_or_default();
	format!("{from}{until}")
}

impl fmt::Display for Everybody {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.institutions.iter().try_for_each(|one| one.fmt(f))?;
		if self.practitioners.is_empty() {
			return writeln!(f, "no practitioners are enrolled");
		}
		self.practitioners.iter().try_for_each(|one| one.fmt(f))
	}
}

impl fmt::Display for Institution {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let status =
			if self.closed { "closed".to_owned() } else { status(self.suspended.as_ref()) };
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("kind", &self.kind), ("operator", &self.operator), ("status", &status)];
		block(f, format!("institution {}", self.institution), &fields)
	}
}

impl fmt::Display for InstitutionShown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.institution.fmt(f)?;
		match (&self.reason, self.meaning) {
			(Some(reason), Some(meaning)) => {
				writeln!(f, "  nobody can act for it: {meaning} ({reason})")?;
			},
			_ => writeln!(f, "  practitioners can act for it; it enrolled {}", self.practitioners)?,
		}
		if let (Some(scheme), Some(level)) = (&self.required_scheme, self.required_level) {
			writeln!(f, "  needs {scheme} at level {level}")?;
		}
		self.accreditations.iter().try_for_each(|one| {
			let when = period(one.valid_from.as_ref(), one.valid_until.as_ref());
			writeln!(f, "  accredited: {} at level {}, {}{when}", one.scheme, one.level, one.status)
		})
	}
}

impl fmt::Display for Practitioner {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let status = status(self.suspended.as_ref());
		let institutions: Vec<_> = self.affiliations.iter().map(u32::to_string).collect();
		let fields: [(&str, &dyn fmt::Display); 5] = [
			("status", &status),
			("roles", &self.roles.join(", ")),
			("enrolled by", &format!("institution {}", self.enrolled_by)),
			("acts for", &format!("institution {}", institutions.join(", "))),
			("key", &self.key_agreement),
		];
		block(f, format!("practitioner {}", self.practitioner), &fields)?;
		self.credentials.iter().try_for_each(|credential| writeln!(f, "  {credential}"))
	}
}

impl fmt::Display for CredentialShown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let when = period(self.valid_from.as_ref(), self.valid_until.as_ref());
		let Self { id, kind, issuer, status, .. } = self;
		write!(f, "credential {id}: {kind} by {issuer}, {status}{when}")?;
		for seen in self.check.iter().chain(&self.finding) {
			write!(f, "; found {} at {}", seen.status, seen.at)?;
		}
		Ok(())
	}
}

impl fmt::Display for Changed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} is {} now", self.practitioner, self.now)
	}
}
