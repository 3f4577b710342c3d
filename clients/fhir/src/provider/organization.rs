//! `Organization`.

use super::{
	element::{self, Builder},
	practitioner::not_in_force,
	state::CredentialState,
	terms,
	view::{AccreditationView, IssuedStatus, OrganizationView, Rendering},
};
use crate::{
	coding::Coding,
	consent::FhirVersion,
	institution::{InstitutionKind, KIND, ORGANIZATION_TYPE},
	naming::hash,
};
use serde_json::{json, Value};

/// Renders an `Organization`.
///
/// R5 has accreditations as `qualification`. R4 has no such element: there they are extensions,
/// each with its own status, since an extension can hold no `modifierExtension`.
pub fn organization(rendering: &Rendering, view: &OrganizationView) -> Value {
	let mut identifiers = vec![json!(element::identifier(&view.party.id))];
	identifiers.extend(view.party.did.as_deref().map(|did| json!(element::did(did))));
	let mut extensions = Vec::new();
	extensions.extend(view.suspension.as_ref().map(element::suspended_for));
	if let Some(profile) = &view.profile {
		extensions.push(element::extension(terms::PROFILE, "valueString", hash(profile)));
	}
	let accreditations = view.accreditations.iter();
	let mut qualifications = Vec::new();
	match rendering.version {
		FhirVersion::R4 => extensions.extend(accreditations.map(|one| in_r4(rendering, one))),
		FhirVersion::R5 => qualifications.extend(accreditations.map(|one| in_r5(rendering, one))),
	}
	Builder::resource("Organization")
		.list("extension", extensions)
		.list("identifier", identifiers)
		.with("active", view.active)
		.list("type", view.kind.map(kind).into_iter().collect())
		.maybe("name", view.party.name.as_deref())
		.list("qualification", qualifications)
		.build()
}

fn kind(kind: InstitutionKind) -> Value {
	let hl7 = Coding::new(ORGANIZATION_TYPE, kind.organization_type());
	element::codings(&[hl7, Coding::new(KIND, kind.code())])
}

fn state(rendering: &Rendering, accreditation: &AccreditationView) -> CredentialState {
	match accreditation.status {
		IssuedStatus::Valid => CredentialState::of_period(accreditation.valid, rendering.at),
		IssuedStatus::Suspended => CredentialState::Suspended,
		IssuedStatus::Revoked => CredentialState::Revoked,
	}
}

fn in_r5(rendering: &Rendering, accreditation: &AccreditationView) -> Value {
	let level =
		element::extension(terms::ACCREDITATION_LEVEL, "valueUnsignedInt", accreditation.level);
	Builder::element()
		.with("extension", vec![level])
		.list("modifierExtension", not_in_force(state(rendering, accreditation)))
		.with("code", element::codings(&[element::coding(&accreditation.scheme)]))
		.maybe("period", element::period(accreditation.valid))
		.maybe("issuer", accreditation.issuer.as_ref().map(element::organization))
		.build()
}

fn in_r4(rendering: &Rendering, accreditation: &AccreditationView) -> Value {
	let code = element::codings(&[element::coding(&accreditation.scheme)]);
	let period = element::period(accreditation.valid);
	let issuer = accreditation.issuer.as_ref().map(element::organization);
	let state = state(rendering, accreditation).code();
	let mut parts = vec![element::extension("code", "valueCodeableConcept", code)];
	parts.extend(period.map(|period| element::extension("period", "valuePeriod", period)));
	parts.extend(issuer.map(|issuer| element::extension("issuer", "valueReference", issuer)));
	parts.push(element::extension("level", "valueUnsignedInt", accreditation.level));
	parts.push(element::extension("status", "valueCode", state));
	Builder::element().with("extension", parts).with("url", terms::ACCREDITATION).build()
}
