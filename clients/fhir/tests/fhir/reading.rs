//! What is read, and as what.

use crate::support::*;
use hdx_consent_engine::{Code, DataMeaning, Milliseconds, Period, Rule};
use hdx_fhir::{ConsentStatus, FhirVersion, Reference};
use serde_json::{json, Value};

fn rules(consent: &Value) -> Vec<(u8, Rule)> {
	let policy = read(consent).unwrap().into_policy().unwrap();
	policy.provisions.iter().map(|provision| (provision.parent, provision.rule)).collect()
}

#[test]
fn r4_types_are_honoured_permit_inside_permit_included() {
	let consent = r4(json!({ "provision": [
		{ "type": "permit", "provision": [{ "type": "permit" }, { "type": "deny" }] },
		{ "type": "deny", "provision": [{ "type": "permit" }] },
	]}));
	use Rule::{Deny, Permit};
	let expected = [(0, Permit), (0, Permit), (1, Permit), (1, Deny), (0, Deny), (4, Permit)];
	assert_eq!(rules(&consent), expected);
}

#[test]
fn r5_types_alternate_from_the_decision() {
	let nested = json!([{ "provision": [{ "provision": [{}] }] }, {}]);
	use Rule::{Deny, Permit};
	let expected = [(0, Permit), (0, Deny), (1, Permit), (2, Deny), (0, Deny)];
	assert_eq!(rules(&r5("permit", nested.clone())), expected);
	let expected = [(0, Deny), (0, Permit), (1, Deny), (2, Permit), (0, Permit)];
	assert_eq!(rules(&r5("deny", nested)), expected);
}

#[test]
fn the_release_is_told_by_shape() {
	let version = |consent: &Value| read(consent).unwrap().version;
	assert_eq!(version(&r4(json!({}))), FhirVersion::R4);
	assert_eq!(version(&r5("deny", json!([]))), FhirVersion::R5);
	let mut undecided = r5("deny", json!([]));
	undecided.as_object_mut().unwrap().remove("decision");
	assert_eq!(version(&undecided), FhirVersion::R5);
	// A decision makes it R5, whatever the other names.
	let mixed = json!({
		"resourceType": "Consent", "status": "active", "patient": { "reference": "Patient/p1" },
		"dateTime": "2024-05-01", "decision": "permit", "provision": [{}],
	});
	assert_eq!(version(&mixed), FhirVersion::R5);
	assert_eq!(read(&mixed).unwrap().metadata.given_at, moment("2024-05-01T00:00:00Z"));
}

#[test]
fn a_root_without_a_type_takes_the_policy_rule() {
	for (code, rule) in [("OPTIN", Rule::Permit), ("OPTOUT", Rule::Deny)] {
		let consent =
			with(r4(json!({ "type": null })), json!({ "policyRule": concept(ACT, code) }));
		assert_eq!(rules(&consent), [(0, rule)]);
	}
	let consent =
		with(r4(json!({})), json!({ "provision": null, "policyRule": concept(ACT, "OPTIN") }));
	assert_eq!(rules(&consent), [(0, Rule::Permit)]);
}

#[test]
fn every_attribute_of_a_provision_is_read() {
	let about = json!({
		"period": { "start": "2024-01-01", "end": "2024-12-31" },
		"actor": [actor("Practitioner/ann")],
		"action": [concept("http://terminology.hl7.org/CodeSystem/consentaction", "access")],
		"securityLabel": [coding(CONFIDENTIALITY, "N")],
		"purpose": [coding(REASON, "TREAT")],
		"class": [coding(TYPES, "Observation")],
		"code": [concept("http://loinc.org", "2339-0")],
		"dataPeriod": { "start": "2020" },
		"data": [{ "meaning": "related", "reference": { "reference": "Encounter/e1/_history/3" } }],
	});
	let policy = read(&r4(about)).unwrap().into_policy().unwrap();
	let root = &policy.provisions[0];
	let code = |token: &str| [Code::of_token(token)];
	assert_eq!(root.period.start, Some(moment("2024-01-01T00:00:00Z")));
	assert_eq!(root.period.end, Some(moment("2025-01-01T00:00:00Z")));
	assert_eq!(root.actors.len(), 1);
	let access = "http://terminology.hl7.org/CodeSystem/consentaction|access";
	assert_eq!(root.actions[..], code(access));
	assert_eq!(root.labels[..], code(&format!("{CONFIDENTIALITY}|N")));
	assert_eq!(root.purposes[..], code(&format!("{REASON}|TREAT")));
	assert_eq!(root.classes[..], code(&format!("{TYPES}|Observation")));
	assert_eq!(root.codes[..], code("http://loinc.org|2339-0"));
	let since_2020 = Period { start: Some(moment("2020-01-01T00:00:00Z")), end: None };
	assert_eq!(root.data_period, since_2020);
	assert_eq!(root.data[0].meaning, DataMeaning::Related);
	assert_eq!(root.data[0].reference, Code::of_token("Encounter/e1"));
}

#[test]
fn r5_resource_and_document_types_are_classes() {
	let consent = r5(
		"permit",
		json!([{
			"resourceType": [coding(TYPES, "Observation")],
			"documentType": [coding("http://loinc.org", "34133-9")],
		}]),
	);
	let policy = read(&consent).unwrap().into_policy().unwrap();
	let expected = [format!("{TYPES}|Observation"), "http://loinc.org|34133-9".to_owned()];
	let expected = expected.map(|token| Code::of_token(&token));
	assert_eq!(policy.provisions[1].classes[..], expected);
}

#[test]
fn the_period_of_r5_is_the_roots() {
	let consent = with(r5("permit", json!([])), json!({ "period": { "end": "2024-06" } }));
	let policy = read(&consent).unwrap().into_policy().unwrap();
	assert_eq!(policy.provisions[0].period.end, Some(moment("2024-07-01T00:00:00Z")));
}

#[test]
fn one_object_may_stand_for_a_list_and_a_coding_for_a_concept() {
	let plain = r4(json!({
		"code": [concept("http://loinc.org", "2339-0")],
		"purpose": [coding(REASON, "TREAT")],
		"provision": [{ "type": "deny" }],
	}));
	let liberal = with(
		r4(json!({
			"code": coding("http://loinc.org", "2339-0"),
			"purpose": concept(REASON, "TREAT"),
			"provision": { "type": "deny" },
		})),
		json!({ "category": concept("http://loinc.org", "59284-0") }),
	);
	let policy = |consent| read(consent).unwrap().into_policy().unwrap();
	assert_eq!(policy(&plain), policy(&liberal));
}

#[test]
fn a_value_that_stands_twice_is_one_value() {
	let twice = [coding(REASON, "TREAT"), with(coding(REASON, "TREAT"), json!({ "display": "x" }))];
	let policy = read(&r4(json!({ "purpose": twice }))).unwrap().into_policy().unwrap();
	assert_eq!(policy.provisions[0].purposes.len(), 1);
}

#[test]
fn scope_and_category_are_the_categories() {
	let consent = read(&r4(json!({}))).unwrap();
	assert_eq!(consent.metadata.scope.len(), 1);
	assert_eq!(consent.into_policy().unwrap().categories.len(), 2);
	for scope in [json!(null), json!([])] {
		let consent = with(r4(json!({})), json!({ "scope": scope }));
		assert_eq!(read(&consent).unwrap().into_policy().unwrap().categories.len(), 1);
	}
}

#[test]
fn a_start_before_1970_is_in_force_from_the_beginning() {
	let policy = read(&r4(json!({ "period": { "start": "1964-01-01" } }))).unwrap();
	assert_eq!(policy.into_policy().unwrap().provisions[0].period.start, Some(Milliseconds(0)));
}

#[test]
fn what_else_it_says_is_kept() {
	let consent = with(
		r4(json!({})),
		json!({
			"meta": { "versionId": "7" },
			"identifier": [{ "system": "urn:x", "value": "9" }],
			"performer": [{ "reference": "RelatedPerson/mother" }, { "display": "somebody" }],
			"organization": [{ "reference": "Organization/clinic" }],
			"policy": [{ "uri": "https://example.org/policy" }],
			"sourceReference": { "reference": "DocumentReference/signed" },
			"text": { "status": "generated" }, "language": "en",
			"verification": [{ "verified": true }],
			"extension": [{ "url": "https://example.org/note", "valueString": "x" }],
		}),
	);
	let metadata = read(&consent).unwrap().metadata;
	assert_eq!(metadata.status, ConsentStatus::Active);
	assert_eq!(metadata.version_id.as_deref(), Some("7"));
	assert_eq!(metadata.date.as_deref(), Some("2024-05-01"));
	assert_eq!(metadata.patient, Some(Reference::literal("Patient/p1")));
	assert_eq!(metadata.grantors, [Reference::literal("RelatedPerson/mother")]);
	assert_eq!(metadata.organizations, [Reference::literal("Organization/clinic")]);
	assert_eq!(metadata.policy_uris, ["https://example.org/policy"]);
	assert_eq!(metadata.sources, [Reference::literal("DocumentReference/signed")]);
	assert_eq!(metadata.name().as_deref(), Some("Consent/c1"));
}

#[test]
fn a_bundle_holds_any_number_of_consents() {
	let directory = hdx_fhir::Directory::default();
	let read = |value: Value| {
		hdx_fhir::read_consents(value.to_string().as_bytes(), Default::default(), &directory)
	};
	let included = json!({ "resourceType": "Patient", "id": "p1" });
	let found = read(bundle(&[r4(json!({})), included, r5("deny", json!([]))])).unwrap();
	assert_eq!(found.len(), 2);
	assert!(read(json!({ "resourceType": "Bundle" })).unwrap().is_empty());
	assert!(read(json!({ "resourceType": "Bundle", "entry": [] })).unwrap().is_empty());
}
