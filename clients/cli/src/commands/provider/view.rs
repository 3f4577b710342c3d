//! Institutions and practitioners, as they are shown.

use crate::{output::block, time};
use hdx_primitives::Milliseconds;
use hdx_sdk::{
	chain::{InstitutionView, PractitionerView},
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
	credential_valid: bool,
	valid_from: Option<String>,
	valid_until: Option<String>,
	key_agreement: Fingerprint,
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
		let InstitutionView { institution, operator, kind, active } = view;
		Self { institution, kind, operator, active }
	}
}

impl From<PractitionerView> for Practitioner {
	fn from(view: PractitionerView) -> Self {
		let moment = |at: Option<u64>| at.map(|at| time::show(Milliseconds(at)));
		Self {
			practitioner: view.practitioner,
			enrolled_by: view.enrolled_by,
			affiliations: view.affiliations,
			roles: view.roles,
			active: view.active,
			credential_valid: view.credential_valid,
			valid_from: moment(view.valid_from),
			valid_until: moment(view.valid_until),
			key_agreement: view.key_agreement,
		}
	}
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
		let status = if self.active { "active" } else { "suspended" };
		let fields: [(&str, &dyn fmt::Display); 3] =
			[("kind", &self.kind), ("operator", &self.operator), ("status", &status)];
		block(f, format!("institution {}", self.institution), &fields)
	}
}

impl fmt::Display for Practitioner {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let status = if self.active { "active" } else { "suspended" };
		let institutions: Vec<_> = self.affiliations.iter().map(u32::to_string).collect();
		let credential = if self.credential_valid { "stands" } else { "revoked" };
		let from = self.valid_from.as_ref().map(|at| format!(", from {at}")).unwrap_or_default();
		let until = self.valid_until.as_ref().map(|at| format!(", until {at}")).unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 6] = [
			("status", &status),
			("roles", &self.roles.join(", ")),
			("enrolled by", &format!("institution {}", self.enrolled_by)),
			("acts for", &format!("institution {}", institutions.join(", "))),
			("credential", &format!("{credential}{from}{until}")),
			("key", &self.key_agreement),
		];
		block(f, format!("practitioner {}", self.practitioner), &fields)
	}
}

impl fmt::Display for Changed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} is {} now", self.practitioner, self.now)
	}
}
