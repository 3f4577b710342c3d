//! `hdx consent decide` asks nobody, and says what is wrong with a file.

use crate::{hdx_in, Ran, Watch};
use serde_json::{json, Value};
use std::path::Path;

fn request() -> Value {
	json!({
		"patientId": [{ "system": "urn:mrn", "value": "77" }],
		"purposeOfUse": "TREAT",
		"actor": [{ "system": "urn:npi", "value": "1" }],
	})
}

/// Permits until the end of 2024, except to Ann.
fn consent() -> Value {
	json!({
		"resourceType": "Consent", "id": "c", "status": "active",
		"patient": { "reference": "Patient/p" }, "dateTime": "2024-05-01",
		"provision": {
			"type": "permit", "period": { "end": "2024" },
			"provision": [{
				"type": "deny",
				"actor": [{ "reference": { "reference": "Practitioner/ann" } }],
			}],
		},
	})
}

fn people() -> Value {
	let ann = json!({
		"resourceType": "Practitioner", "id": "ann",
		"identifier": [{ "system": "urn:npi", "value": "2" }],
	});
	json!({ "resourceType": "Bundle", "entry": [{ "resource": ann }] })
}

/// Runs it on files of these contents, with a node's URL at which nobody may knock.
fn run(request: &[u8], consent: &[u8], more: &[&str]) -> Ran {
	let directory = tempfile::tempdir().unwrap();
	let path: &Path = directory.path();
	std::fs::write(path.join("request.json"), request).unwrap();
	std::fs::write(path.join("consent.json"), consent).unwrap();
	std::fs::write(path.join("people.json"), people().to_string()).unwrap();
	let watch = Watch::new();
	let url = watch.url();
	let line = "consent decide --request request.json --directory people.json --json --url";
	let arguments: Vec<_> = line
		.split_whitespace()
		.chain([url.as_str(), "--consent", "consent.json"])
		.chain(more.iter().copied())
		.collect();
	let ran = hdx_in(path, &arguments);
	assert!(watch.nobody_came(), "a node was asked");
	ran
}

fn decision(request: &Value, at: &str) -> String {
	let (request, consent) = (request.to_string(), consent().to_string());
	let ran = run(request.as_bytes(), consent.as_bytes(), &["--at", at]);
	assert_eq!(ran.exit, 0, "{}", ran.stderr);
	let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
	answer["decision"].as_str().unwrap().to_owned()
}

/// The message of a refusal.
fn refused(request: &[u8], consent: &[u8]) -> String {
	let ran = run(request, consent, &[]);
	assert_eq!(ran.exit, 1, "{}", ran.stderr);
	assert_eq!(ran.stdout, "");
	let error = ran.error();
	assert_eq!(error["code"], "fhir");
	error["message"].as_str().unwrap().to_owned()
}

#[test]
fn every_decision_exits_with_zero_and_no_node_is_asked() {
	let mut ann = request();
	ann["actor"][0]["value"] = json!("2");
	assert_eq!(decision(&request(), "2024-12-31T23:59:59Z"), "CONSENT_PERMIT");
	assert_eq!(decision(&ann, "2024-12-31T23:59:59Z"), "CONSENT_DENY");
	assert_eq!(decision(&request(), "2025-01-01T00:00:00Z"), "NO_CONSENT");
}

#[test]
fn the_rules_can_be_named() {
	let (request, consent) = (request().to_string(), consent().to_string());
	let more = ["--at", "2026-01-01", "--implicit", "all-normal", "--algorithm", "deny-overrides"];
	let ran = run(request.as_bytes(), consent.as_bytes(), &more);
	let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
	assert_eq!(answer["decision"], "CONSENT_PERMIT");
	assert_eq!(answer["basedOn"]["implicitPolicy"], "all-normal");
	assert_eq!(answer["basedOn"]["algorithm"], "deny-overrides");
	let ran = run(request.as_bytes(), consent.as_bytes(), &["--implicit", "everything"]);
	assert_eq!(ran.exit, 2);
}

#[test]
fn a_bad_file_is_named_with_the_element_and_what_was_expected() {
	let request = request().to_string();
	let mut bad = consent();
	bad["provision"]["provision"][0]["type"] = json!("forbid");
	let said = refused(request.as_bytes(), bad.to_string().as_bytes());
	assert!(said.contains("consent.json"), "{said}");
	assert!(said.contains("provision.provision[0].type"), "{said}");
	assert!(said.contains("`forbid`") && said.contains("expected permit or deny"), "{said}");
	let said = refused(b"{}", consent().to_string().as_bytes());
	assert!(said.contains("request.json") && said.contains("patientId"), "{said}");
	let said = refused(request.as_bytes(), &consent().to_string().as_bytes()[..40]);
	assert!(said.contains("truncated"), "{said}");
	assert!(refused(request.as_bytes(), b"\xff").contains("UTF-8"));
}

#[test]
fn a_file_over_the_limit_is_refused_by_name_before_it_is_read() {
	let ran = run(request().to_string().as_bytes(), &vec![b' '; 10 * 1024 * 1024 + 1], &[]);
	assert_eq!(ran.exit, 1);
	let error = ran.error();
	assert_eq!(error["code"], "too-large");
	assert!(error["message"].as_str().unwrap().contains("consent.json"));
}
