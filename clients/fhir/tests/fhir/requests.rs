//! Requests: which forms are understood, and what is refused.

use crate::support::*;
use serde_json::{json, Value};

#[track_caller]
fn decides(request: &Value, consents: &[Value], decision: &str) {
	let answer = decide(request, consents);
	assert_eq!(answer.decision, decision, "{:?}", answer.based_on);
}

#[test]
fn the_whole_hook_may_be_given() {
	let hook =
		json!({ "hook": "patient-consent-consult", "hookInstance": "1", "context": request("1") });
	decides(&hook, &[r4(json!({}))], "CONSENT_PERMIT");
	let unnamed = json!({ "context": with(request("1"), json!({ "unknown": 1 })) });
	let answer = decide(&unnamed, &[r4(json!({}))]);
	assert_eq!(answer.based_on.warnings, ["context.unknown of the request is not looked at"]);
}

#[test]
fn a_bad_request_is_refused_by_name() {
	let refused = |request: Value| {
		let error = try_decide(&request, &[], None, &options()).unwrap_err();
		assert_eq!(error.name, "request");
		(error.error.path.clone(), error.to_string())
	};
	let path = |request: Value| refused(request).0;
	assert_eq!(path(json!({})), "patientId");
	assert_eq!(path(json!({ "hook": "other", "context": request("1") })), "hook");
	assert_eq!(path(json!({ "hook": "patient-consent-consult" })), "context");
	assert_eq!(
		path(json!({ "context": { "patientId": [{ "system": "1", "code": "2" }] } })),
		"context.patientId[0].value"
	);
	assert_eq!(path(with(request("1"), json!({ "purposeOfUse": 1 }))), "purposeOfUse");
	assert_eq!(path(with(request("1"), json!({ "purposeOfUse": [""] }))), "purposeOfUse[0]");
	assert_eq!(path(with(request("1"), json!({ "class": [{ "system": "x" }] }))), "class[0].code");
	assert_eq!(path(with(request("1"), json!({ "actor": ["ann"] }))), "actor[0]");
	let content = json!({ "resourceType": "Bundle", "entry": [{}] });
	assert_eq!(
		path(with(request("1"), json!({ "content": content }))),
		"content.entry[0].resource"
	);
	for name in ["purpose", "purposeofuse", "actors", "Class"] {
		let (path, text) = refused(with(request("1"), json!({ name: "x" })));
		assert_eq!(path, name);
		assert!(text.contains("expected `"), "{text}");
	}
}

#[test]
fn a_bad_consent_or_directory_is_refused_by_name() {
	let error = try_decide(&request("1"), &[r4(json!({ "purpose": [] }))], None, &options());
	let error = error.unwrap_err();
	assert_eq!((error.name.as_str(), error.error.path.as_str()), ("consent", "provision.purpose"));
	let error =
		try_decide(&request("1"), &[], Some(&json!({ "resourceType": "Group" })), &options());
	assert_eq!(error.unwrap_err().name, "directory");
}

#[test]
fn a_purpose_may_be_absent_a_code_codes_or_codings() {
	let consent = r4(json!({ "purpose": [coding(REASON, "TREAT"), coding(REASON, "HPAYMT")] }));
	let asking = |purpose: Value| with(request("1"), json!({ "purposeOfUse": purpose }));
	for purpose in [
		json!("TREAT"),
		json!(["HPAYMT"]),
		json!(["HMARKT", "TREAT"]),
		json!([coding(REASON, "TREAT")]),
		json!(coding(REASON, "TREAT")),
		json!([]),
		json!(null),
	] {
		decides(&asking(purpose), std::slice::from_ref(&consent), "CONSENT_PERMIT");
	}
	for purpose in [json!("HMARKT"), json!([coding("urn:x", "TREAT")])] {
		decides(&asking(purpose), std::slice::from_ref(&consent), "NO_CONSENT");
	}
}

#[test]
fn a_bare_purpose_is_of_whatever_system_the_consents_use() {
	let value_set = "http://terminology.hl7.org/ValueSet/v3-PurposeOfUse";
	for system in [REASON, value_set, "urn:oid:2.16.840.1.113883.5.8"] {
		let deny = json!([{ "type": "deny", "purpose": [coding(system, "TREAT")] }]);
		decides(&request("1"), &[r4(json!({ "provision": deny }))], "CONSENT_DENY");
	}
}

#[test]
fn a_label_an_action_and_a_code_may_be_asked_for() {
	let action = |code: &str| concept("http://terminology.hl7.org/CodeSystem/consentaction", code);
	let consent = r4(json!({ "provision": [
		{ "type": "deny", "securityLabel": [coding(ACT, "PSY")] },
		{ "type": "deny", "action": [action("disclose")] },
		{ "type": "deny", "code": [concept("http://loinc.org", "2339-0")] },
	]}));
	let asking = |more: Value| with(with(request("1"), json!({ "action": "access" })), more);
	let decides =
		|more: Value, decision| decides(&asking(more), std::slice::from_ref(&consent), decision);
	decides(json!({}), "CONSENT_PERMIT");
	decides(json!({ "action": "disclose" }), "CONSENT_DENY");
	decides(json!({ "action": [action("disclose")] }), "CONSENT_DENY");
	decides(json!({ "securityLabel": "PSY" }), "CONSENT_DENY");
	decides(json!({ "code": [concept("http://loinc.org", "2339-0")] }), "CONSENT_DENY");
}
