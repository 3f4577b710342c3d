//! `Practitioner`.

use super::{
	element::{self, Builder},
	state::CredentialState,
	terms,
	view::{CredentialKind, CredentialView, DisclosedLicence, PractitionerView, Rendering},
};
use serde_json::{json, Value};

/// Renders a `Practitioner`, the same in R4 and R5. Without
/// [`disclosed`](PractitionerView::disclosed) claims nobody can tell from it who it is.
pub fn practitioner(rendering: &Rendering, view: &PractitionerView) -> Value {
	let disclosed = view.disclosed.as_ref();
	let npi = disclosed.and_then(|disclosed| disclosed.npi.as_ref());
	let name = disclosed.and_then(|disclosed| disclosed.name.as_ref()?.to_json());
	let mut identifiers = vec![json!(element::account(&view.account))];
	identifiers.extend(view.did.as_deref().map(|did| json!(element::did(did))));
	identifiers.extend(npi.map(|npi| json!(npi.identifier())));
	let enrolled_by = element::organization(&view.enrolled_by);
	let mut extensions = vec![
		element::extension(terms::ASSURANCE_LEVEL, "valueCode", view.level.code()),
		element::extension(terms::ENROLLED_BY, "valueReference", enrolled_by),
	];
	extensions.extend(view.suspension.as_ref().map(element::suspended_for));
	let qualifications = view.credentials.iter().filter(|one| is_qualification(one));
	Builder::resource("Practitioner")
		.list("extension", extensions)
		.list("identifier", identifiers)
		.with("active", view.active)
		.list("name", name.into_iter().collect())
		.list("qualification", qualifications.map(|one| qualification(rendering, one)).collect())
		.build()
}

/// Whether a credential is what FHIR calls a qualification. Employment is none.
pub(super) fn is_qualification(credential: &CredentialView) -> bool {
	match credential.kind {
		CredentialKind::Licence | CredentialKind::BoardCertification => true,
		CredentialKind::Employment => false,
	}
}

fn qualification(rendering: &Rendering, credential: &CredentialView) -> Value {
	let disclosed = credential.disclosed.as_ref();
	let mut identifiers = vec![json!(element::commitment(&credential.commitment))];
	identifiers.extend(disclosed.and_then(licence_number));
	let jurisdiction = disclosed.and_then(jurisdiction);
	let state = CredentialState::of(credential, rendering.at);
	Builder::element()
		.list("extension", jurisdiction.into_iter().collect())
		.list("modifierExtension", not_in_force(state))
		.list("identifier", identifiers)
		.with("code", element::concept(terms::CREDENTIAL_KIND, credential.kind.code()))
		.maybe("period", element::period(credential.valid))
		.with("issuer", element::organization(&credential.issuer))
		.build()
}

/// What keeps a reader from using a qualification that is not in force.
pub(super) fn not_in_force(state: CredentialState) -> Vec<Value> {
	match state {
		CredentialState::InForce => Vec::new(),
		_ => vec![element::extension(terms::NOT_IN_FORCE, "valueCode", state.code())],
	}
}

fn licence_number(disclosed: &DisclosedLicence) -> Option<Value> {
	let number = disclosed.number.as_deref()?;
	Some(json!({ "type": element::concept(terms::IDENTIFIER_TYPE, "LN"), "value": number }))
}

fn jurisdiction(disclosed: &DisclosedLicence) -> Option<Value> {
	let code = disclosed.jurisdiction.as_deref()?;
	let system = if code.contains('-') { terms::SUBDIVISION } else { terms::COUNTRY };
	let place = element::concept(system, code);
	Some(element::extension(terms::JURISDICTION, "valueCodeableConcept", place))
}
