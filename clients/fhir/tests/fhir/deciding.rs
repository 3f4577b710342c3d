//! Decisions, by the contract of the command line.

use crate::support::*;
use hdx_consent_engine::{Algorithm, ImplicitPolicy, Rules};
use hdx_fhir::DecideOptions;
use serde_json::{json, Value};

#[track_caller]
fn decides(request: &Value, consents: &[Value], decision: &str) {
	let answer = decide(request, consents);
	assert_eq!(answer.decision, decision, "{:?}", answer.based_on);
}

/// The warning that a decision comes with, where no consent applied.
#[track_caller]
fn warns(request: &Value, consent: Value, says: &str) {
	let answer = decide(request, &[consent]);
	assert_eq!(answer.decision, "NO_CONSENT");
	assert!(answer.based_on.warnings[0].contains(says), "{:?}", answer.based_on.warnings);
}

#[test]
fn without_a_consent_there_is_no_consent() {
	decides(&request("1"), &[], "NO_CONSENT");
	decides(&request("1"), &[json!({ "resourceType": "Bundle" })], "NO_CONSENT");
	assert_eq!(try_decide(&request("1"), &[], None, &options()).unwrap().decision, "NO_CONSENT");
}

#[test]
fn the_answer_has_the_form_of_the_contract() {
	let labels = [coding(CONFIDENTIALITY, "R")];
	let consent = with(
		r4(json!({ "provision": [{ "type": "deny", "securityLabel": labels }] })),
		json!({ "meta": { "versionId": "3" } }),
	);
	let answer = serde_json::to_value(decide(&request("1"), &[consent])).unwrap();
	let expected = json!({
		"decision": "CONSENT_PERMIT",
		"obligations": [{
			"id": { "system": ACT, "code": "REDACT" },
			"parameters": { "codes": [{ "system": CONFIDENTIALITY, "code": "R" }] },
		}],
		"basedOn": {
			"consent": "Consent/c1",
			"source": "consent",
			"version": "3",
			"dateTime": "2024-05-01",
			"algorithm": "most-recent-wins",
			"at": "2024-06-01T12:00:00.000Z",
			"warnings": [],
		},
	});
	assert_eq!(answer, expected);
}

#[test]
fn a_root_permit_of_labels_redacts_all_else() {
	let consent = r4(json!({ "securityLabel": [coding(CONFIDENTIALITY, "N")] }));
	let answer = decide(&request("1"), &[consent]);
	let except = json!({ "except_any_of_codes": [coding(CONFIDENTIALITY, "N")] });
	assert_eq!(obligations(&answer), json!([redact(except)]));
}

#[test]
fn codes_are_echoed_as_written_labels_then_classes_then_codes() {
	let consent = r4(json!({ "provision": [
		{ "type": "deny", "code": { "coding": [coding("http://loinc.org/", "42828-4")] } },
		{ "type": "deny", "class": [coding(TYPES, "Observation")] },
		{ "type": "deny", "securityLabel": [{ "code": "local" }, coding(ACT, "PSY")] },
	]}));
	let codes = json!([
		{ "code": "local" },
		coding(ACT, "PSY"),
		coding(TYPES, "Observation"),
		coding("http://loinc.org/", "42828-4"),
	]);
	let answer = decide(&request("1"), &[consent]);
	assert_eq!(obligations(&answer), json!([redact(json!({ "codes": codes }))]));
}

#[test]
fn a_nested_deny_of_an_actor_denies_that_actor() {
	let consent =
		r4(json!({ "provision": [{ "type": "deny", "actor": [actor("Practitioner/ann")] }] }));
	decides(&request("1"), std::slice::from_ref(&consent), "CONSENT_DENY");
	decides(&request("2"), std::slice::from_ref(&consent), "CONSENT_PERMIT");
	let several = json!([{ "system": NPI, "value": "9" }, { "system": NPI, "value": "1" }]);
	decides(
		&with(request("9"), json!({ "actor": several })),
		std::slice::from_ref(&consent),
		"CONSENT_DENY",
	);
	let one = json!({ "system": NPI, "value": "1" });
	decides(&with(request("9"), json!({ "actor": one })), &[consent], "CONSENT_DENY");
}

#[test]
fn a_group_may_have_more_members_than_a_policy_has_values() {
	let members: Vec<_> =
		(0..100).map(|n| person("Practitioner", &n.to_string(), &n.to_string())).collect();
	let entities: Vec<_> = (0..100)
		.map(|n| json!({ "entity": { "reference": format!("Practitioner/{n}") } }))
		.collect();
	let group = json!({ "resourceType": "Group", "id": "g", "member": entities });
	let directory = bundle(&[members, vec![group]].concat());
	let consent = r4(json!({ "provision": [{ "type": "deny", "actor": [actor("Group/g")] }] }));
	let ask = |npi| {
		try_decide(&request(npi), std::slice::from_ref(&consent), Some(&directory), &options())
			.unwrap()
			.decision
	};
	assert_eq!(ask("99"), "CONSENT_DENY");
	assert_eq!(ask("100"), "CONSENT_PERMIT");
}

#[test]
fn whoever_asks_by_reference_is_whom_the_directory_says() {
	let consent = r4(json!({ "actor": [actor("Practitioner/ann")] }));
	let by = |value: &str| with(request("9"), json!({ "actor": [{ "value": value }] }));
	decides(&by("Practitioner/ann"), std::slice::from_ref(&consent), "CONSENT_PERMIT");
	decides(&by("Practitioner/bob"), &[consent], "NO_CONSENT");
}

#[test]
fn an_actor_that_cannot_be_told_makes_the_consent_not_apply() {
	let consent = |rule: &str| {
		let nested = json!([{ "type": rule, "actor": [actor("Practitioner/who")] }]);
		r4(json!({ "provision": nested }))
	};
	for rule in ["deny", "permit"] {
		warns(&request("1"), consent(rule), "`Practitioner/who` is not in the directory");
	}
	let older = with(r4(json!({})), json!({ "dateTime": "2020", "id": "older" }));
	let answer = decide(&request("1"), &[consent("deny"), older]);
	assert_eq!(answer.decision, "CONSENT_PERMIT");
	assert_eq!(answer.based_on.consent.as_deref(), Some("Consent/older"));
	assert_eq!(answer.based_on.warnings.len(), 1);
}

#[test]
fn a_deny_of_whoever_has_no_identifier_makes_the_consent_not_apply() {
	let directory = bundle(&[json!({ "resourceType": "Practitioner", "id": "x" })]);
	let ask = |rule: &str| {
		let nested = json!([{ "type": rule, "actor": [actor("Practitioner/x")] }]);
		let consent = r4(json!({ "type": "deny", "provision": nested }));
		try_decide(&request("1"), &[consent], Some(&directory), &options()).unwrap()
	};
	let answer = ask("deny");
	assert_eq!(answer.decision, "NO_CONSENT");
	assert!(answer.based_on.warnings[0].contains("has no identifier"));
	assert_eq!(ask("permit").decision, "CONSENT_DENY");
}

#[test]
fn a_consent_without_a_base_rule_does_not_apply() {
	warns(&request("1"), r4(json!({ "type": null })), "neither permits nor denies");
	let mut undecided = r5("permit", json!([]));
	undecided.as_object_mut().unwrap().remove("decision");
	warns(&request("1"), undecided, "neither permits nor denies");
}

#[test]
fn a_consent_that_is_not_active_does_not_apply() {
	for status in
		["draft", "proposed", "rejected", "inactive", "not-done", "entered-in-error", "unknown"]
	{
		let consent = with(r4(json!({})), json!({ "status": status }));
		decides(&request("1"), &[consent], "NO_CONSENT");
	}
}

#[test]
fn a_consent_that_is_over_or_has_not_begun_does_not_apply() {
	let lasting = |start: &str, end: &str| r4(json!({ "period": { "start": start, "end": end } }));
	decides(&request("1"), &[lasting("2024-06-01", "2024-06-01")], "CONSENT_PERMIT");
	decides(&request("1"), &[lasting("2024-05-01", "2024-05-31")], "NO_CONSENT");
	decides(&request("1"), &[lasting("2024-06-02", "2025-01-01")], "NO_CONSENT");
}

#[test]
fn only_a_consent_of_the_category_asked_for_applies() {
	let scope = "http://terminology.hl7.org/CodeSystem/consentscope";
	let asking = |category: Value| with(request("1"), json!({ "category": category }));
	let consents = [r4(json!({}))];
	decides(&asking(json!([coding(scope, "patient-privacy")])), &consents, "CONSENT_PERMIT");
	decides(&asking(json!([coding("http://loinc.org", "59284-0")])), &consents, "CONSENT_PERMIT");
	decides(&asking(json!([coding(scope, "research")])), &consents, "NO_CONSENT");
	decides(&asking(json!([coding("urn:x", "59284-0")])), &consents, "NO_CONSENT");
	decides(&asking(json!([])), &consents, "CONSENT_PERMIT");
	decides(&asking(json!(null)), &consents, "CONSENT_PERMIT");
	let scoped = |scope: &str| with(request("1"), json!({ "scope": scope }));
	decides(&scoped("patient-privacy"), &consents, "CONSENT_PERMIT");
	decides(&scoped("research"), &consents, "NO_CONSENT");
}

#[test]
fn a_class_that_is_asked_for_is_denied_redacted_or_none_of_its_business() {
	let consent = r4(json!({ "provision": [
		{ "type": "deny", "class": [coding(TYPES, "MedicationStatement")] },
		{ "type": "deny", "securityLabel": [coding(CONFIDENTIALITY, "R")] },
	]}));
	let asking = |class: Value| {
		decide(&with(request("1"), json!({ "class": class })), std::slice::from_ref(&consent))
	};
	for class in [
		json!([coding(TYPES, "MedicationStatement")]),
		json!([{ "system": TYPES, "value": "MedicationStatement" }]),
		json!("MedicationStatement"),
	] {
		let answer = asking(class);
		assert_eq!((answer.decision, answer.obligations.len()), ("CONSENT_DENY", 0));
	}
	let restricted = json!([redact(json!({ "codes": [coding(CONFIDENTIALITY, "R")] }))]);
	assert_eq!(obligations(&asking(json!([coding(TYPES, "Immunization")]))), restricted);
}

#[test]
fn the_most_recent_consent_wins() {
	let dated = |date: &str, rule: &str| {
		with(r4(json!({ "type": rule })), json!({ "dateTime": date, "id": rule }))
	};
	let (permit, deny) = (dated("2024-05-02", "permit"), dated("2024-05-01", "deny"));
	decides(&request("1"), &[permit.clone(), deny.clone()], "CONSENT_PERMIT");
	decides(&request("1"), &[deny, permit.clone()], "CONSENT_PERMIT");
	let later = dated("2024-05-02T00:00:01Z", "deny");
	decides(&request("1"), &[later.clone(), permit.clone()], "CONSENT_DENY");
	// Of two at the same time, the one that comes later.
	let same = dated("2024-05-02", "deny");
	decides(&request("1"), &[permit.clone(), same.clone()], "CONSENT_DENY");
	decides(&request("1"), &[same, permit], "CONSENT_PERMIT");
}

#[test]
fn a_consent_without_a_date_is_older_than_any() {
	let undated = with(r4(json!({ "type": "deny" })), json!({ "dateTime": null }));
	let answer = decide(&request("1"), &[r4(json!({})), undated]);
	assert_eq!(answer.decision, "CONSENT_PERMIT");
	assert!(answer.based_on.warnings[0].contains("no date"));
}

#[test]
fn deny_overrides_where_that_is_the_algorithm() {
	let deny = with(r4(json!({ "type": "deny" })), json!({ "dateTime": "2020", "id": "old" }));
	let rules = Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() };
	let options = DecideOptions { rules, ..options() };
	let answer = try_decide(&request("1"), &[deny, r4(json!({}))], None, &options).unwrap();
	assert_eq!(answer.decision, "CONSENT_DENY");
	assert_eq!(answer.based_on.consent.as_deref(), Some("Consent/old"));
	assert_eq!(answer.based_on.algorithm, "deny-overrides");
}

#[test]
fn no_consent_falls_to_the_implicit_policy() {
	let by = |implicit, request: &Value, consents: &[Value]| {
		let rules = Rules { implicit, ..Rules::default() };
		let options = DecideOptions { rules, ..options() };
		try_decide(request, consents, None, &options).unwrap()
	};
	let answer = by(ImplicitPolicy::AllNormal, &request("1"), &[]);
	assert_eq!(answer.decision, "CONSENT_PERMIT");
	assert_eq!(answer.based_on.implicit_policy, Some("all-normal"));
	let expected = ["U", "L", "M", "N"].map(|code| coding(CONFIDENTIALITY, code));
	assert_eq!(obligations(&answer)[0]["parameters"]["except_any_of_codes"], json!(expected));
	// An explicit consent overrides it.
	let deny = r4(json!({ "type": "deny" }));
	assert_eq!(by(ImplicitPolicy::AllNormal, &request("1"), &[deny]).decision, "CONSENT_DENY");
	// What consents that do not apply call a purpose does not matter.
	let other = r4(json!({ "purpose": [coding("urn:x", "TREAT")], "period": { "end": "2020" } }));
	let answer = by(ImplicitPolicy::AllNormal, &request("1"), &[other]);
	assert_eq!(answer.decision, "CONSENT_PERMIT");
	let marketing = with(request("1"), json!({ "purposeOfUse": "HMARKT" }));
	assert_eq!(by(ImplicitPolicy::AllNormal, &marketing, &[]).decision, "NO_CONSENT");
}

#[test]
fn an_emergency_opt_out_holds_under_whatever_name_of_break_glass() {
	let consent = r4(json!({}));
	let ask = |purpose: Value, emergency_opt_out| {
		let request = with(request("1"), json!({ "purposeOfUse": purpose }));
		let options = DecideOptions { emergency_opt_out, ..options() };
		try_decide(&request, std::slice::from_ref(&consent), None, &options).unwrap().decision
	};
	for purpose in [json!("BTG"), json!([coding(REASON, "BTG")]), json!([coding("urn:x", "BTG")])] {
		assert_eq!(ask(purpose.clone(), false), "CONSENT_PERMIT");
		assert_eq!(ask(purpose, true), "CONSENT_DENY");
	}
	assert_eq!(ask(json!("TREAT"), true), "CONSENT_PERMIT");
}

/// A patient of the directory, with a record number.
fn patients() -> Value {
	let patient = |id: &str, number: &str| json!({ "resourceType": "Patient", "id": id, "identifier": [{ "system": "urn:mrn", "value": number }] });
	bundle(&[patient("p1", "77"), patient("p2", "78")])
}

#[test]
fn a_consent_of_another_patient_does_not_apply_where_the_directory_can_tell() {
	let ask = |patient: Value, directory: Option<&Value>| {
		let request = with(request("1"), json!({ "patientId": patient }));
		try_decide(&request, &[r4(json!({}))], directory, &options()).unwrap()
	};
	let number = |system: &str, value: &str| json!([{ "system": system, "value": value }]);
	let directory = patients();
	let decision = |patient| ask(patient, Some(&directory)).decision;
	assert_eq!(decision(number("urn:mrn", "77")), "CONSENT_PERMIT");
	assert_eq!(decision(number("urn:mrn", "78")), "NO_CONSENT");
	assert_eq!(decision(number("urn:mrn", "79")), "NO_CONSENT");
	let answer = ask(number("urn:mrn", "78"), Some(&directory));
	assert!(answer.based_on.warnings[0].contains("a consent of Patient/p1"));
	// It cannot tell: another system, or no directory.
	assert_eq!(decision(number("urn:medicare", "1")), "CONSENT_PERMIT");
	assert_eq!(ask(number("urn:mrn", "78"), None).decision, "CONSENT_PERMIT");
}

#[test]
fn data_and_its_dates_may_be_asked_for() {
	let data = json!([{ "meaning": "instance", "reference": { "reference": "Observation/1" } }]);
	let consent = r4(json!({ "provision": [
		{ "type": "deny", "data": data },
		{ "type": "deny", "dataPeriod": { "start": "2020", "end": "2020" } },
	]}));
	let asking = |reference: Value, year: &str| {
		let more = json!({
			"data": [{ "meaning": "instance", "reference": reference }],
			"dataPeriod": { "start": year, "end": year },
		});
		decide(&with(request("1"), more), std::slice::from_ref(&consent))
	};
	let other = asking(json!({ "reference": "Observation/2" }), "2021");
	assert_eq!((other.decision, other.obligations.len()), ("CONSENT_PERMIT", 0));
	for reference in [json!({ "reference": "Observation/1" }), json!("Observation/1")] {
		assert_eq!(asking(reference, "2021").decision, "CONSENT_DENY");
	}
	assert_eq!(asking(json!("Observation/2"), "2020").decision, "CONSENT_DENY");
}
