//! The 12 example consents of HL7 FHIR R4: read, or refused by the element that a policy cannot hold.

use crate::support::*;
use hdx_consent_engine::Rule;
use hdx_fhir::{read_consent, Consent, Directory, FhirVersion, ReadError};
use serde_json::json;

/// Everybody whom the examples name as recipients.
fn directory() -> Directory {
	Directory::from_value(&bundle(&[
		person("Organization", "f001", "1"),
		person("Practitioner", "f204", "2"),
		person("Practitioner", "13", "3"),
		person("Patient", "example", "4"),
	]))
	.unwrap()
}

fn example(name: &str) -> Option<Result<Consent, ReadError>> {
	let file = conformance("hl7-fhir-r4")?.join(format!("Consent-consent-example-{name}.json"));
	Some(read_consent(&std::fs::read(file).unwrap(), Default::default(), &directory()))
}

#[test]
fn there_are_12_and_each_is_read_or_refused_by_name() {
	let Some(folder) = conformance("hl7-fhir-r4") else { return };
	let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
	let names = names.filter(|name| name.to_string_lossy().starts_with("Consent-"));
	assert_eq!(names.count(), 12);
}

#[test]
fn the_base_rule_is_what_the_policy_rule_says() {
	for (name, rule) in [
		("basic", Rule::Permit),
		("notThem", Rule::Permit),
		("notThis", Rule::Permit),
		("notTime", Rule::Permit),
		("smartonfhir", Rule::Permit),
	] {
		let Some(read) = example(name) else { return };
		let consent = read.unwrap();
		assert_eq!(consent.version, FhirVersion::R4, "{name}");
		assert_eq!(consent.into_policy().unwrap().provisions[0].rule, rule, "{name}");
	}
}

#[test]
fn an_explicit_root_type_counts_more_than_the_policy_rule() {
	let Some(read) = example("notOrg") else { return };
	let consent = read.unwrap();
	assert!(consent.warnings[0].contains("policyRule"), "{:?}", consent.warnings);
	let policy = consent.into_policy().unwrap();
	assert_eq!(policy.provisions[0].rule, Rule::Deny);
	assert_eq!(policy.provisions[0].actions.len(), 2);
}

#[test]
fn actors_that_are_the_origin_of_data_are_refused() {
	for (name, path) in [
		("Emergency", "provision.actor[0].role"),
		("Out", "provision.actor[0].role"),
		("grantor", "provision.actor[0].role"),
		("notAuthor", "provision.actor[0].role"),
		("signature", "provision.provision[0].actor[0].role"),
	] {
		let Some(read) = example(name) else { return };
		let error = read.unwrap_err();
		assert_eq!(error.path, path, "{name}");
		assert!(error.to_string().contains("custodian"), "{error}");
	}
}

#[test]
fn nested_provisions_without_a_type_are_refused() {
	let Some(read) = example("pkb") else { return };
	let error = read.unwrap_err();
	assert_eq!(error.path, "provision.provision[0].type");
	assert!(error.to_string().contains("R4 requires"), "{error}");
}

#[test]
fn they_are_decided_inside_and_outside_of_their_periods() {
	let Some(folder) = conformance("hl7-fhir-r4") else { return };
	let load = |name: &str| -> serde_json::Value {
		let file = folder.join(format!("Consent-consent-example-{name}.json"));
		serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
	};
	let request = json!({ "patientId": { "value": "Patient/f001" }, "purposeOfUse": "TREAT" });
	for (name, at, decision) in [
		("basic", "2016-01-01T23:00:00Z", "CONSENT_PERMIT"),
		("basic", "2016-01-02T00:00:00Z", "NO_CONSENT"),
		("notTime", "2015-02-01T23:59:59Z", "CONSENT_PERMIT"),
		("notTime", "2015-02-02T00:00:00Z", "NO_CONSENT"),
		("smartonfhir", "2016-06-23T07:32:33.999Z", "CONSENT_PERMIT"),
		("smartonfhir", "2016-06-23T07:32:34Z", "NO_CONSENT"),
	] {
		let options = hdx_fhir::DecideOptions { at: moment(at), ..options() };
		let answer = try_decide(&request, &[load(name)], None, &options).unwrap();
		assert_eq!(answer.decision, decision, "{name} at {at}");
	}
}
