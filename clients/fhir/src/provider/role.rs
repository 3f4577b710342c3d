//! `PractitionerRole`.

use super::{
	element::{self, Builder},
	terms,
	view::{Affiliation, CredentialKind, HeldRole, PractitionerView},
};
use crate::coding::Coding;
use hdx_consent_engine::Period;
use serde_json::{json, Value};

/// Renders a `PractitionerRole` for each role at each institution, the same in R4 and R5:
/// institutions in the order of the affiliations, the roles of each in their order.
///
/// `active` says whether the practitioner may act *for this institution*: neither of them is
/// suspended.
pub fn practitioner_roles(view: &PractitionerView) -> Vec<Value> {
	let of = |affiliation| view.roles.iter().map(move |role| render(view, affiliation, role));
	view.affiliations.iter().flat_map(of).collect()
}

fn render(view: &PractitionerView, affiliation: &Affiliation, held: &HeldRole) -> Value {
	let mut codings = vec![Coding::new(terms::ROLE, held.role.code())];
	codings.extend(held.role.hl7().map(|code| Coding::new(terms::PRACTITIONER_ROLE, code)));
	// By its employment a practitioner is at an institution: there its commitment belongs.
	let employments = view.credentials.iter().filter(|credential| {
		credential.kind == CredentialKind::Employment
			&& credential.issuer.id == affiliation.institution.id
	});
	let since = Period { start: affiliation.since, end: None };
	Builder::resource("PractitionerRole")
		.list(
			"identifier",
			employments.map(|one| json!(element::commitment(&one.commitment))).collect(),
		)
		.with("active", view.active && affiliation.active)
		.maybe("period", element::period(since))
		.with("practitioner", element::practitioner(&view.account))
		.with("organization", element::organization(&affiliation.institution))
		.with("code", vec![element::codings(&codings)])
		.with("specialty", vec![element::codings(&[element::coding(&held.taxonomy)])])
		.build()
}
