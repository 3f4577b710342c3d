//! Receipts.

use crate::support::moment;
use hdx_consent_engine::Period;
use hdx_fhir::receipt::{
	receipt, Notice, Party, ReceiptFacts, StateChange, StateChangeKind, SCHEMA_VERSION,
};
use serde_json::{json, Value};

fn facts() -> ReceiptFacts {
	let change =
		|kind, at, block| StateChange { kind, at: moment(at), block, by: "5Patient".into() };
	ReceiptFacts {
		genesis: [0xab; 32],
		consent: 7,
		version: 2,
		patient: "5Patient".into(),
		controllers: vec![Party { id: "institution 3".into(), name: Some("Clinic".into()) }],
		recipients: vec![Party { id: "5Doctor".into(), name: None }],
		notice: Notice { template: 1, version: 4, uri_hash: [1; 32], document: [2; 32] },
		purposes: vec!["TREAT".into(), "HPAYMT".into()],
		categories: Vec::new(),
		withheld: vec!["PSY".into()],
		period: Period { start: None, end: Some(moment("2025-01-01T00:00:00Z")) },
		erase_by: Some(moment("2026-01-01T00:00:00Z")),
		jurisdiction: None,
		events: vec![
			change(StateChangeKind::Given, "2024-05-01T10:00:00Z", 100),
			change(StateChangeKind::Revoked, "2024-07-01T10:00:00Z", 900),
		],
	}
}

fn render(facts: &ReceiptFacts) -> Value {
	serde_json::to_value(receipt(facts)).unwrap()
}

#[test]
fn the_header_names_the_record_and_the_principal() {
	let receipt = render(&facts());
	assert_eq!(receipt["schema_version"], SCHEMA_VERSION);
	assert_eq!(receipt["record_id"], format!("urn:hdx:{}:consent:7:2", "ab".repeat(32)));
	assert_eq!(receipt["pii_principal_id"], "5Patient");
}

#[test]
fn each_purpose_says_which_data_to_whom_and_how_to_withdraw() {
	let receipt = render(&facts());
	let purposes = receipt["pii_processing"][0]["purposes"].as_array().unwrap();
	assert_eq!(purposes.len(), 2);
	for (purpose, name) in purposes.iter().zip(["TREAT", "HPAYMT"]) {
		assert_eq!(purpose["purpose"], name);
		assert_eq!(purpose["lawful_basis"], "consent");
		assert_eq!(purpose["pii_controllers"], json!(["institution 3"]));
		assert_eq!(purpose["recipient_third_parties"], json!(["5Doctor"]));
		assert_eq!(purpose["retention_period"], "2026-01-01T00:00:00.000Z");
		let information = purpose["pii_information"].as_array().unwrap();
		let excluded: Vec<_> = information.iter().map(|one| &one["pii_excluded"]).collect();
		assert_eq!(excluded, [&json!(false), &json!(true)]);
		assert_eq!(information[1]["pii_type"], "PSY");
	}
}

#[test]
fn every_party_that_is_named_is_identified() {
	let receipt = render(&facts());
	let roles: Vec<_> = receipt["party_identification"]
		.as_array()
		.unwrap()
		.iter()
		.map(|party| (party["party_id"].as_str().unwrap(), party["party_role"].as_str().unwrap()))
		.collect();
	let expected = [
		("5Patient", "pii_principal"),
		("institution 3", "pii_controller"),
		("5Doctor", "recipient"),
	];
	assert_eq!(roles, expected);
}

#[test]
fn events_say_what_when_and_in_which_block() {
	let receipt = render(&facts());
	let expected = json!([
		{
			"event_time": "2024-05-01T10:00:00.000Z", "event_type": "explicit",
			"event_state": "consent given", "entity_id": "5Patient", "block": 100,
			"validity_duration": { "end": "2025-01-01T00:00:00.000Z" },
		},
		{
			"event_time": "2024-07-01T10:00:00.000Z", "event_type": "explicit",
			"event_state": "consent withdrawn", "entity_id": "5Patient", "block": 900,
		},
	]);
	assert_eq!(receipt["event"], expected);
}

#[test]
fn what_is_not_known_is_left_out() {
	let purpose = render(&facts())["pii_processing"][0]["purposes"][0].clone();
	assert!(purpose.get("jurisdictions").is_none());
	let known = ReceiptFacts { jurisdiction: Some("DE".into()), ..facts() };
	assert_eq!(render(&known)["pii_processing"][0]["purposes"][0]["jurisdictions"], json!(["DE"]));
	let forever = ReceiptFacts { period: Period::default(), erase_by: None, ..facts() };
	let receipt = render(&forever);
	assert!(receipt["event"][0].get("validity_duration").is_none());
	assert!(receipt["pii_processing"][0]["purposes"][0].get("retention_period").is_none());
}

#[test]
fn a_consent_to_any_purpose_says_so() {
	let any = ReceiptFacts { purposes: Vec::new(), ..facts() };
	assert_eq!(render(&any)["pii_processing"][0]["purposes"][0]["purpose"], "any purpose of use");
}
