//! What is refused: each by its path, with what was found and what was expected.

use crate::support::*;
use hdx_fhir::{read_consent, Directory, Refusal, MAX_DOCUMENT_BYTES};
use serde_json::{json, Value};

fn refused_bytes(bytes: &[u8]) -> Refusal {
	read_consent(bytes, Default::default(), &Directory::default()).unwrap_err().refusal
}

#[track_caller]
fn refused(consent: Value, path: &str, says: &str) {
	let (at, text) = refusal(&consent);
	assert_eq!(at, path, "{text}");
	assert!(text.contains(says), "{text}");
	assert!(text.contains("expected"), "{text}");
}

/// A refusal inside a nested provision.
#[track_caller]
fn nested(provision: Value, path: &str, says: &str) {
	let provision = with(json!({ "type": "deny" }), provision);
	let path = format!("provision.provision[0].{path}");
	refused(r4(json!({ "provision": [provision] })), &path, says);
}

#[test]
fn fails_when_it_is_too_large() {
	let bytes = vec![b' '; MAX_DOCUMENT_BYTES + 1];
	assert!(matches!(refused_bytes(&bytes), Refusal::TooLarge { .. }));
}

#[test]
fn fails_when_it_is_not_utf8() {
	assert_eq!(refused_bytes(b"{\"a\":\"\xff\"}"), Refusal::NotUtf8 { at: 6 });
}

#[test]
fn fails_when_it_is_truncated_wherever_it_is_cut() {
	let whole = r4(json!({ "purpose": [coding(REASON, "TREAT")] })).to_string();
	for length in 0..whole.len() {
		let refusal = refused_bytes(&whole.as_bytes()[..length]);
		assert!(matches!(refusal, Refusal::Truncated { .. }), "{length}: {refusal:?}");
	}
}

#[test]
fn fails_when_it_is_not_json() {
	assert!(matches!(refused_bytes(b"<Consent/>"), Refusal::NotJson { line: 1, .. }));
	assert!(matches!(refused_bytes(b"{} {}"), Refusal::NotJson { .. }));
}

#[test]
fn fails_when_it_is_nested_without_end_and_does_not_overflow() {
	for open in ["[", "{\"a\":"] {
		let deep = open.repeat(1_000_000);
		assert!(matches!(refused_bytes(deep.as_bytes()), Refusal::NotJson { .. }));
	}
}

#[test]
fn fails_when_a_name_stands_twice() {
	let text = r#"{"resourceType":"Consent","provision":{"type":"deny","type":"permit"}}"#;
	let refusal = refused_bytes(text.as_bytes());
	assert!(matches!(refusal, Refusal::NamedTwice { .. }), "{refusal:?}");
	assert!(refusal.to_string().contains("`type` is there twice"), "{refusal}");
}

#[test]
fn fails_when_it_is_no_consent() {
	refused(json!([]), "", "found a list of 0");
	refused(json!({ "status": "active" }), "resourceType", "missing");
	refused(json!({ "resourceType": "Patient" }), "resourceType", "`Patient`");
}

#[test]
fn fails_when_the_status_is_missing_or_unknown() {
	refused(with(r4(json!({})), json!({ "status": null })), "status", "missing");
	refused(with(r4(json!({})), json!({ "status": "actve" })), "status", "`actve`");
}

#[test]
fn fails_when_an_element_is_unknown() {
	refused(with(r4(json!({})), json!({ "except": [] })), "except", "no such element");
	nested(json!({ "excpet": true }), "excpet", "a provision");
	nested(
		json!({ "actor": [with(actor("Practitioner/ann"), json!({ "not": true }))] }),
		"actor[0].not",
		"an actor",
	);
	nested(json!({ "period": { "begin": "2024" } }), "period.begin", "a Period");
	let purpose = with(coding(REASON, "TREAT"), json!({ "negated": true }));
	nested(json!({ "purpose": [purpose] }), "purpose[0].negated", "a Coding");
}

#[test]
fn fails_when_an_extension_modifies() {
	let modifier = json!({ "modifierExtension": [{ "url": "urn:not", "valueBoolean": true }] });
	refused(with(r4(json!({})), modifier.clone()), "modifierExtension", "modifierExtension");
	refused(r4(modifier.clone()), "provision.modifierExtension", "modifierExtension");
	nested(modifier, "modifierExtension", "modifierExtension");
}

#[test]
fn fails_when_rules_stand_elsewhere() {
	let consent = with(r4(json!({})), json!({ "implicitRules": "https://example.org/rules" }));
	refused(consent, "implicitRules", "implicitRules");
	let expression = json!([{ "expression": { "language": "text/cql", "expression": "true" } }]);
	refused(r5("permit", expression), "provision[0].expression", "expression");
}

#[test]
fn fails_when_a_value_is_withheld_and_only_its_extension_is_there() {
	let period = json!({ "start": "2024", "_end": { "extension": [{ "url": "x" }] } });
	nested(json!({ "period": period }), "period.end", "no value");
}

#[test]
fn fails_when_the_meaning_of_data_is_unknown_or_missing() {
	let data = |meaning: Value| {
		json!({ "data": [
			{ "meaning": meaning, "reference": { "reference": "Observation/1" } },
		]})
	};
	nested(data(json!("instances")), "data[0].meaning", "`instances`");
	nested(data(json!(null)), "data[0].meaning", "missing");
	let contained = json!([{ "meaning": "instance", "reference": { "reference": "#1" } }]);
	nested(json!({ "data": contained }), "data[0].reference", "`#1`");
}

#[test]
fn fails_when_a_time_is_none_or_turned_around() {
	nested(json!({ "period": { "start": "soon" } }), "period.start", "`soon`");
	nested(json!({ "period": { "end": 2024 } }), "period.end", "the number 2024");
	let period = json!({ "start": "2024-02-01", "end": "2024-01-31" });
	nested(json!({ "period": period.clone() }), "period", "`2024-01-31` is before");
	nested(json!({ "dataPeriod": period }), "dataPeriod", "before");
	nested(json!({ "period": {} }), "period", "start or end");
	nested(json!({ "period": "2024" }), "period", "the text `2024`");
}

#[test]
fn fails_when_data_would_be_limited_before_1970() {
	nested(json!({ "dataPeriod": { "start": "1964-01-01" } }), "dataPeriod.start", "1970");
	nested(json!({ "dataPeriod": { "end": "1964" } }), "dataPeriod.end", "1970");
}

#[test]
fn fails_when_a_list_is_empty_that_limits() {
	for name in ["actor", "purpose", "action", "securityLabel", "class", "code", "data"] {
		nested(json!({ name: [] }), name, "the list is empty");
	}
	nested(json!({ "code": [{ "coding": [] }] }), "code[0].coding", "the list is empty");
}

#[test]
fn fails_when_a_concept_is_only_text() {
	nested(json!({ "code": [{ "text": "diabetes" }] }), "code[0].coding", "text alone");
	nested(json!({ "purpose": [{ "system": REASON }] }), "purpose[0].code", "missing");
	nested(json!({ "purpose": ["TREAT"] }), "purpose[0]", "the text `TREAT`");
}

#[test]
fn fails_when_a_type_is_missing_unknown_or_no_text() {
	refused(r4(json!({ "provision": [{}] })), "provision.provision[0].type", "missing");
	nested(json!({ "type": "forbid" }), "type", "`forbid`");
	nested(json!({ "type": true }), "type", "found true");
	refused(r5("maybe", json!([])), "decision", "`maybe`");
}

#[test]
fn fails_when_a_type_of_r5_does_not_alternate() {
	refused(r5("permit", json!([{ "type": "permit" }])), "provision[0].type", "alternate");
	assert!(read(&r5("permit", json!([{ "type": "deny" }]))).is_ok());
}

#[test]
fn fails_when_it_is_opted_in_and_out() {
	let rules = json!({ "coding": [coding(ACT, "OPTIN"), coding(ACT, "OPTOUT")] });
	refused(with(r4(json!({})), json!({ "policyRule": rules })), "policyRule", "both");
}

#[test]
fn fails_when_there_are_two_periods() {
	let consent =
		with(r4(json!({ "period": { "end": "2025" } })), json!({ "period": { "end": "2026" } }));
	refused(consent, "provision.period", "two periods");
}

#[test]
fn fails_when_an_actor_is_the_origin_of_data() {
	let with_role = |system: &str, code: &str| json!({ "actor": [with(actor("Practitioner/ann"), json!({ "role": concept(system, code) }))] });
	let participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
	for (system, code) in [
		(participation, "CST"),
		(participation, "AUT"),
		("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian"),
		("urn:oid:2.16.840.1.113883.5.90", "INF"),
	] {
		nested(with_role(system, code), "actor[0].role", "custodian");
	}
	// Who gets it, and what other people's letters mean.
	for (system, code) in [(participation, "IRCP"), (participation, "PRCP"), ("urn:x", "INF")] {
		assert!(read(&r4(with_role(system, code))).is_ok(), "{system}|{code}");
	}
}

#[test]
fn fails_when_an_actor_names_nobody() {
	nested(json!({ "actor": [{}] }), "actor[0].reference", "missing");
	let display = json!({ "reference": { "display": "Dr Who" } });
	nested(json!({ "actor": [display] }), "actor[0].reference.reference", "display alone");
}

#[test]
fn fails_when_there_are_too_many_values() {
	let many: Vec<_> = (0..17).map(|code| coding(REASON, &format!("P{code}"))).collect();
	nested(json!({ "purpose": many }), "purpose", "17 values");
	let concepts: Vec<_> = (0..17).map(|code| concept("urn:x", &format!("C{code}"))).collect();
	refused(with(r4(json!({})), json!({ "category": concepts })), "category", "18 values");
}

#[test]
fn fails_when_there_are_too_many_provisions() {
	let fit: Vec<_> = (0..31).map(|_| json!({ "type": "deny" })).collect();
	assert!(read(&r4(json!({ "provision": fit }))).is_ok());
	let many: Vec<_> = (0..32).map(|_| json!({ "type": "deny" })).collect();
	refused(r4(json!({ "provision": many })), "provision.provision[31]", "too many");
}

#[test]
fn fails_when_it_is_nested_too_deep() {
	let mut provision = json!({ "type": "deny" });
	for _ in 0..2 {
		provision = json!({ "type": "deny", "provision": [provision] });
	}
	assert!(read(&r4(json!({ "provision": [provision.clone()] }))).is_ok());
	provision = json!({ "type": "deny", "provision": [provision] });
	let path = "provision.provision[0].provision[0].provision[0].provision[0]";
	refused(r4(json!({ "provision": [provision] })), path, "too deep");
}

#[test]
fn fails_when_r4_has_several_roots() {
	let consent =
		with(r4(json!({})), json!({ "provision": [{ "type": "permit" }, { "type": "deny" }] }));
	refused(consent, "provision", "a list of 2");
}

#[test]
fn a_grant_fails_without_a_base_rule() {
	let error = read(&r4(json!({ "type": null }))).unwrap().into_policy().unwrap_err();
	assert_eq!((error.path.as_str(), error.refusal), ("provision.type", Refusal::NoBaseRule));
}

#[test]
fn a_grant_fails_with_an_actor_that_nobody_can_tell() {
	let consent = read(&r4(json!({ "actor": [actor("Practitioner/who")] }))).unwrap();
	let error = consent.into_policy().unwrap_err();
	assert_eq!(error.path, "provision.actor[0].reference");
	assert!(error.to_string().contains("`Practitioner/who` is not in the directory"), "{error}");
}

#[test]
fn an_error_in_a_bundle_names_the_entry() {
	let text = bundle(&[r4(json!({})), r4(json!({ "purpose": [] }))]).to_string();
	let directory = Directory::default();
	let error = hdx_fhir::read_consents(text.as_bytes(), Default::default(), &directory);
	assert_eq!(error.unwrap_err().path, "entry[1].resource.provision.purpose");
}
