//! Practitioners, their roles and organisations as FHIR.

use crate::support::concept;
use crate::views::*;
use hdx_consent_engine::{Code, Milliseconds, Period};
use hdx_fhir::{
	institution::{InstitutionKind, KIND, ORGANIZATION_TYPE, TAXONOMY},
	provider::{
		organization, practitioner, practitioner_roles, terms, CredentialView, IssuedStatus,
		IssuerStanding, OrganizationView, PartyId, PractitionerView, Rendering, ReportedStatus,
		Role, Term,
	},
	FhirVersion,
};
use serde_json::{json, Value};

const BOTH: [FhirVersion; 2] = [FhirVersion::R4, FhirVersion::R5];

fn of(view: &PractitionerView) -> Value {
	practitioner(&rendering(FhirVersion::R4), view)
}

fn institution(number: u32) -> Value {
	let value = number.to_string();
	json!({
		"type": "Organization", "identifier": { "system": "urn:hdx:institution", "value": value },
	})
}

fn issuer() -> Value {
	json!({
		"type": "Organization", "display": "Board of Registration",
		"identifier": { "system": "urn:hdx:issuer", "value": "4" },
	})
}

fn who() -> Value {
	json!({ "system": "urn:hdx:account", "value": hex(0xaa) })
}

#[test]
fn without_disclosure_a_practitioner_is_a_pseudonym() {
	let expected = json!({
		"resourceType": "Practitioner",
		"extension": [
			{ "url": terms::ASSURANCE_LEVEL, "valueCode": "attested" },
			{ "url": terms::ENROLLED_BY, "valueReference": institution(3) },
		],
		"identifier": [who(), { "system": "urn:ietf:rfc:3986", "value": "did:hdx:07:aa" }],
		"active": true,
		"qualification": [{
			"identifier": [{ "system": "urn:hdx:credential", "value": hex(0x11) }],
			"code": concept(terms::CREDENTIAL_KIND, "licence"),
			"period": { "start": "2025-01-01", "end": "2026-12-31" },
			"issuer": issuer(),
		}],
	});
	assert_eq!(of(&pseudonymous()), expected);
}

#[test]
fn what_the_holder_disclosed_is_in_its_place() {
	let resource = of(&complete());
	let name = json!([{ "family": "Bee", "given": ["Ann"], "prefix": ["Dr."] }]);
	assert_eq!(resource["name"], name);
	let npi = json!({ "system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893" });
	assert_eq!(resource["identifier"][2], npi);
	let licence = &resource["qualification"][0];
	let number = json!({
		"type": concept("http://terminology.hl7.org/CodeSystem/v2-0203", "LN"), "value": "L-1",
	});
	assert_eq!(licence["identifier"][1], number);
	let place = concept("urn:iso:std:iso:3166:-2", "US-MA");
	let jurisdiction = json!([{ "url": terms::JURISDICTION, "valueCodeableConcept": place }]);
	assert_eq!(licence["extension"], jurisdiction);
}

#[test]
fn a_country_is_no_subdivision() {
	let mut view = complete();
	view.credentials[0].disclosed.as_mut().unwrap().jurisdiction = Some("DE".to_owned());
	let extension = &of(&view)["qualification"][0]["extension"][0];
	assert_eq!(extension["valueCodeableConcept"], concept("urn:iso:std:iso:3166", "DE"));
}

#[test]
fn whoever_is_suspended_is_not_active_and_the_reason_is_said() {
	let resource = of(&complete());
	assert_eq!(resource["active"], false);
	let reason = concept(terms::SUSPENSION_REASON, "under-investigation");
	let extension = json!({ "url": terms::SUSPENDED_FOR, "valueCodeableConcept": reason });
	assert_eq!(resource["extension"][2], extension);
}

/// A qualification that is not in force carries a modifier, which no reader may overlook.
#[test]
fn a_qualification_that_is_not_in_force_cannot_be_taken_for_one() {
	let valid = licence().valid;
	let before = Period { start: Some(Milliseconds(now().0 + 1)), end: None };
	let ended = Period { start: None, end: Some(now()) };
	let from_now = Period { start: Some(now()), end: Some(Milliseconds(now().0 + 1)) };
	use IssuedStatus as Status;
	use IssuerStanding as Standing;
	use ReportedStatus as Found;
	for (status, finding, standing, valid, code) in [
		(Status::Valid, None, Standing::Trusted, valid, None),
		(Status::Valid, None, Standing::Trusted, from_now, None),
		(Status::Valid, None, Standing::Trusted, Period::default(), None),
		(Status::Revoked, None, Standing::Trusted, valid, Some("revoked")),
		(Status::Suspended, None, Standing::Trusted, valid, Some("suspended")),
		(Status::Valid, Some(Found::Revoked), Standing::Trusted, valid, Some("reported-revoked")),
		(
			Status::Valid,
			Some(Found::Suspended),
			Standing::Trusted,
			valid,
			Some("reported-suspended"),
		),
		(Status::Valid, None, Standing::NotTrusted, valid, Some("issuer-not-trusted")),
		(Status::Valid, None, Standing::Suspended, valid, Some("issuer-suspended")),
		(Status::Valid, None, Standing::Trusted, before, Some("not-yet-valid")),
		(Status::Valid, None, Standing::Trusted, ended, Some("expired")),
		// What is more final counts.
		(
			Status::Suspended,
			Some(Found::Revoked),
			Standing::Trusted,
			valid,
			Some("reported-revoked"),
		),
		(Status::Suspended, Some(Found::Suspended), Standing::Suspended, valid, Some("suspended")),
		(Status::Revoked, Some(Found::Revoked), Standing::NotTrusted, ended, Some("revoked")),
		(
			Status::Valid,
			Some(Found::Revoked),
			Standing::NotTrusted,
			ended,
			Some("reported-revoked"),
		),
		(Status::Valid, None, Standing::NotTrusted, ended, Some("issuer-not-trusted")),
	] {
		let credential = CredentialView {
			status,
			finding: finding.map(crate::views::finding),
			issuer_standing: standing,
			valid,
			..licence()
		};
		let view = PractitionerView { credentials: vec![credential], ..pseudonymous() };
		let qualification = &of(&view)["qualification"][0];
		let expected = code.map(|code| json!([{ "url": terms::NOT_IN_FORCE, "valueCode": code }]));
		assert_eq!(qualification.get("modifierExtension"), expected.as_ref(), "{code:?}");
	}
}

#[test]
fn a_practitioner_is_the_same_in_both_releases() {
	let [r4, r5] = BOTH.map(|version| practitioner(&rendering(version), &complete()));
	assert_eq!(r4, r5);
}

#[test]
fn periods_that_no_date_can_say_end_on_the_last_day() {
	let valid = Period { start: Some(Milliseconds(1)), end: Some(Milliseconds(u64::MAX)) };
	let never = Period { start: Some(Milliseconds(u64::MAX)), end: None };
	let over = Period { start: None, end: Some(Milliseconds(0)) };
	for (valid, expected) in [
		(valid, json!({ "start": "1970-01-01T00:00:00.001Z", "end": "9999-12-31" })),
		(never, json!({ "start": "9999-12-31" })),
		(over, json!({ "end": "1969-12-31" })),
	] {
		let credentials = vec![CredentialView { valid, ..licence() }];
		let view = PractitionerView { credentials, ..pseudonymous() };
		assert_eq!(of(&view)["qualification"][0]["period"], expected);
	}
}

#[test]
fn there_is_a_role_for_each_role_at_each_institution() {
	let roles = practitioner_roles(&pseudonymous());
	let physician = json!({ "coding": [
		{ "system": terms::ROLE, "code": "physician" },
		{ "system": "http://terminology.hl7.org/CodeSystem/practitioner-role", "code": "doctor" },
	] });
	let expected = json!({
		"resourceType": "PractitionerRole",
		"identifier": [{ "system": "urn:hdx:credential", "value": hex(0x22) }],
		"active": true,
		"period": { "start": "2025-01-02T10:00:00.000Z" },
		"practitioner": { "type": "Practitioner", "identifier": who() },
		"organization": institution(3),
		"code": [physician],
		"specialty": [concept(TAXONOMY, "207R00000X")],
	});
	assert_eq!(roles[0], expected);
	let at: Vec<_> = roles
		.iter()
		.map(|role| {
			let code = role["code"][0]["coding"][0]["code"].as_str().unwrap();
			(role["organization"]["identifier"]["value"].as_str().unwrap(), code)
		})
		.collect();
	assert_eq!(at, [("3", "physician"), ("3", "auditor"), ("5", "physician"), ("5", "auditor")]);
}

#[test]
fn a_role_of_which_only_the_hash_is_known_is_written_as_the_hash() {
	let roles = practitioner_roles(&pseudonymous());
	let hash = format!("0x{}", "cd".repeat(16));
	assert_eq!(roles[1]["specialty"], json!([concept("urn:hdx:code", &hash)]));
	assert_eq!(roles[1]["code"], json!([concept(terms::ROLE, "auditor")]));
}

#[test]
fn an_employment_is_told_at_the_institution_that_employs() {
	let roles = practitioner_roles(&pseudonymous());
	assert!(roles[0].get("identifier").is_some());
	assert!(roles[2].get("identifier").is_none());
}

#[test]
fn nobody_is_active_for_a_suspended_institution_or_while_suspended() {
	let active = |view: &PractitionerView| -> Vec<_> {
		practitioner_roles(view).iter().map(|role| role["active"].as_bool().unwrap()).collect()
	};
	assert_eq!(active(&pseudonymous()), [true, true, false, false]);
	assert_eq!(active(&complete()), [false; 4]);
}

#[test]
fn every_role_of_the_matrix_has_a_code_of_its_own() {
	let mut codes: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
	codes.sort_unstable();
	codes.dedup();
	assert_eq!(codes.len(), Role::ALL.len());
}

fn parts(status: &str) -> Value {
	json!({ "url": terms::ACCREDITATION, "extension": [
		{ "url": "code", "valueCodeableConcept": concept("urn:scheme", "JCI") },
		{ "url": "period", "valuePeriod": { "start": "2025-01-01", "end": "2027-12-31" } },
		{ "url": "issuer", "valueReference": institution(1) },
		{ "url": "level", "valueUnsignedInt": 2 },
		{ "url": "status", "valueCode": status },
	] })
}

#[test]
fn accreditations_are_extensions_in_r4() {
	let reason = concept(terms::SUSPENSION_REASON, "accreditation-lapsed");
	let expected = json!({
		"resourceType": "Organization",
		"extension": [
			{ "url": terms::SUSPENDED_FOR, "valueCodeableConcept": reason },
			{ "url": terms::PROFILE, "valueString": hex(0x44) },
			parts("in-force"),
			parts("revoked"),
		],
		"identifier": [
			{ "system": "urn:hdx:institution", "value": "3" },
			{ "system": "urn:ietf:rfc:3986", "value": "did:hdx:07:dd" },
		],
		"active": false,
		"type": [{ "coding": [
			{ "system": ORGANIZATION_TYPE, "code": "prov" }, { "system": KIND, "code": "hospital" },
		] }],
		"name": "Hospital",
	});
	assert_eq!(organization(&rendering(FhirVersion::R4), &hospital()), expected);
}

#[test]
fn accreditations_are_qualifications_in_r5() {
	let resource = organization(&rendering(FhirVersion::R5), &hospital());
	let in_force = json!({
		"extension": [{ "url": terms::ACCREDITATION_LEVEL, "valueUnsignedInt": 2 }],
		"code": concept("urn:scheme", "JCI"),
		"period": { "start": "2025-01-01", "end": "2027-12-31" },
		"issuer": institution(1),
	});
	assert_eq!(resource["qualification"][0], in_force);
	let revoked = json!([{ "url": terms::NOT_IN_FORCE, "valueCode": "revoked" }]);
	assert_eq!(resource["qualification"][1]["modifierExtension"], revoked);
	assert_eq!(resource["extension"].as_array().unwrap().len(), 2);
}

#[test]
fn a_scheme_of_which_only_the_hash_is_known_is_written_as_the_hash() {
	let mut view = hospital();
	view.accreditations[0].scheme = Term::Hash(Code([0xcd; 16]));
	let resource = organization(&rendering(FhirVersion::R5), &view);
	let hash = format!("0x{}", "cd".repeat(16));
	assert_eq!(resource["qualification"][0]["code"], concept("urn:hdx:code", &hash));
}

#[test]
fn an_accreditation_ends_by_time_alone() {
	let at = hospital().accreditations[0].valid.end.unwrap();
	let later = Rendering { at, ..rendering(FhirVersion::R4) };
	assert_eq!(organization(&later, &hospital())["extension"][2], parts("expired"));
}

#[test]
fn an_issuer_is_an_organization_without_a_type() {
	let view = OrganizationView {
		party: board(),
		kind: None,
		active: true,
		suspension: None,
		profile: None,
		accreditations: Vec::new(),
	};
	assert_eq!(board().id, PartyId::Issuer(4));
	let expected = json!({
		"resourceType": "Organization",
		"identifier": [
			{ "system": "urn:hdx:issuer", "value": "4" },
			{ "system": "urn:ietf:rfc:3986", "value": "did:hdx:07:board" },
		],
		"active": true,
		"name": "Board of Registration",
	});
	for version in BOTH {
		assert_eq!(organization(&rendering(version), &view), expected);
	}
}

#[test]
fn a_kind_that_is_written_is_read_as_the_same_kind() {
	use hdx_fhir::{institution::StatedKind, roster::read_organizations};
	for kind in InstitutionKind::ALL {
		let view = OrganizationView { kind: Some(kind), ..hospital() };
		let resource = organization(&rendering(FhirVersion::R4), &view);
		let text = crate::support::bundle(&[resource]).to_string();
		let read = read_organizations(text.as_bytes()).unwrap();
		assert_eq!(read[0].kind, StatedKind::One(kind));
	}
}
