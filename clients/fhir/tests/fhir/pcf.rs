//! The 23 example consents of IHE PCF, decided as their notes say.
//!
//! The notes describe tokens: `residual` entries `forbid` (all) then `permit X` are a redaction of
//! all except X; a `forbid X` is a redaction of X; no residual is no obligation; no token is no
//! permit.

use crate::fsh::Instances;
use crate::support::*;
use hdx_fhir::Answer;
use serde_json::{json, Value};

const MODERN: &str = "2022-07-01T12:00:00Z";
const DOCTOR: &str = "Practitioner/ex-practitioner";
const CLERK: &str = "Practitioner/ex-clerk";
const RESEARCHER: &str = "Organization/ex-org-researcher";

struct Examples {
	instances: Instances,
	directory: Value,
}

impl Examples {
	fn load() -> Option<Self> {
		let folder = conformance("ihe-pcf")?;
		let mut instances = Instances::default();
		for file in ["consent.fsh", "ex-patient.fsh", "ex-sensitive.fsh"] {
			instances.add(&std::fs::read_to_string(folder.join(file)).unwrap());
		}
		let actors = ["Practitioner", "Organization", "Group", "Patient"];
		let resources: Vec<_> = actors.iter().flat_map(|kind| instances.of_type(kind)).collect();
		Some(Self { directory: bundle(&resources), instances })
	}

	fn ask(&self, consent: &str, purposes: Value, actor: &str, at: &str) -> Answer {
		let consent = self.instances.get(consent);
		let request = json!({
			"patientId": [{ "value": "Patient/ex-patient" }],
			"category": [coding("http://loinc.org", "59284-0")],
			"purposeOfUse": purposes,
			"actor": [{ "value": actor }],
		});
		let options = hdx_fhir::DecideOptions { at: moment(at), ..options() };
		let answer = try_decide(&request, &[consent], Some(&self.directory), &options).unwrap();
		assert_eq!(answer.based_on.warnings, Vec::<String>::new());
		answer
	}

	/// A token without residual, for each of the purposes and for nobody with another one.
	fn permits(&self, consent: &str, purposes: &[&str], obligations_expected: Value) {
		for purpose in purposes {
			let answer = self.ask(consent, json!(purpose), CLERK, MODERN);
			assert_eq!(answer.decision, "CONSENT_PERMIT", "{consent} {purpose}");
			assert_eq!(obligations(&answer), obligations_expected, "{consent} {purpose}");
		}
		let answer = self.ask(consent, json!("HMARKT"), CLERK, MODERN);
		assert_eq!(answer.decision, "NO_CONSENT", "{consent} HMARKT");
	}
}

const TPO: [&str; 3] = ["TREAT", "HPAYMT", "HOPERAT"];

fn except(codes: &[(&str, &str)]) -> Value {
	let codes: Vec<_> = codes.iter().map(|(system, code)| coding(system, code)).collect();
	json!([redact(json!({ "except_any_of_codes": codes }))])
}

fn reference(meaning: &str, reference: &str) -> Value {
	json!({ "meaning": meaning, "reference": { "reference": reference } })
}

#[test]
fn there_are_23_consents() {
	let Some(examples) = Examples::load() else { return };
	assert_eq!(examples.instances.of_type("Consent").len(), 23);
}

#[test]
fn basic_treat_permits_treatment_payment_and_operations_without_residual() {
	let Some(examples) = Examples::load() else { return };
	for consent in
		["ex-consent-basic-treat", "ex-consent-basic-treat-infant", "ex-consent-basic-ink"]
	{
		let purposes = if consent.ends_with("infant") { &TPO[..2] } else { &TPO[..] };
		examples.permits(consent, purposes, json!([]));
	}
}

#[test]
fn expired_treat_permits_until_its_last_day_is_over() {
	let Some(examples) = Examples::load() else { return };
	let ask = |at| examples.ask("ex-consent-expired-treat", json!("TREAT"), CLERK, at).decision;
	assert_eq!(ask("2022-12-31T23:59:59.999Z"), "CONSENT_PERMIT");
	assert_eq!(ask("2023-01-01T00:00:00Z"), "NO_CONSENT");
}

#[test]
fn basic_reject_gives_no_token() {
	let Some(examples) = Examples::load() else { return };
	let answer = examples.ask("ex-consent-basic-reject", json!("TREAT"), CLERK, MODERN);
	assert_eq!(answer.decision, "CONSENT_DENY");
}

#[test]
fn basic_research_permits_research_alone() {
	let Some(examples) = Examples::load() else { return };
	examples.permits("ex-consent-basic-research", &["HRESCH"], json!([]));
	let answer = examples.ask("ex-consent-basic-research", json!("TREAT"), CLERK, MODERN);
	assert_eq!(answer.decision, "NO_CONSENT");
}

#[test]
fn intermediate_purpose_permits_the_researcher_for_the_named_purpose() {
	let Some(examples) = Examples::load() else { return };
	let ask = |purpose: Value, actor| {
		examples.ask("ex-consent-intermediate-purpose", purpose, actor, MODERN)
	};
	let foobar = || coding("http://example.org/policies/purposeOfUse", "FooBar");
	for purpose in [json!("FooBar"), json!([foobar()])] {
		let answer = ask(purpose, RESEARCHER);
		assert_eq!(answer.decision, "CONSENT_PERMIT");
		assert_eq!(obligations(&answer), json!([]));
	}
	assert_eq!(ask(json!([foobar()]), DOCTOR).decision, "NO_CONSENT");
	assert_eq!(ask(json!("TREAT"), RESEARCHER).decision, "NO_CONSENT");
}

#[test]
fn intermediate_timeframe_permits_data_of_the_timeframe_alone() {
	let Some(examples) = Examples::load() else { return };
	let residual = json!([redact(json!({
		"except_any_of_codes": [],
		"except_any_of_periods": [{ "start": "2022-01-01", "end": "2022-12-31" }],
	}))]);
	examples.permits("ex-consent-intermediate-timeframe", &TPO, residual);
}

#[test]
fn intermediate_not_timeframe_forbids_data_of_the_timeframe() {
	let Some(examples) = Examples::load() else { return };
	let residual = json!([redact(json!({
		"codes": [], "dataPeriods": [{ "start": "2022-01-01", "end": "2022-12-31" }],
	}))]);
	examples.permits("ex-consent-intermediate-not-timeframe", &TPO, residual);
}

#[test]
fn intermediate_references_permit_the_named_data_alone() {
	let Some(examples) = Examples::load() else { return };
	let instances = [
		"Encounter/ex-encounter",
		"Observation/ex-weight-2",
		"Observation/ex-weight",
		"Observation/ex-bloodPressure",
		"Observation/ex-bloodSugar",
		"Observation/ex-alcoholUse",
	];
	let instances: Vec<_> = instances.iter().map(|one| reference("instance", one)).collect();
	for (consent, data) in [
		("ex-consent-intermediate-authoredby", json!([reference("authoredby", DOCTOR)])),
		(
			"ex-consent-intermediate-encounter",
			json!([reference("related", "Encounter/ex-encounter")]),
		),
		("ex-consent-intermediate-data", json!(instances)),
	] {
		let residual =
			json!([redact(json!({ "except_any_of_codes": [], "except_any_of_data": data }))]);
		examples.permits(consent, &TPO, residual);
	}
}

#[test]
fn intermediate_references_forbid_the_named_data() {
	let Some(examples) = Examples::load() else { return };
	for (consent, data) in [
		("ex-consent-intermediate-not-authoredby", reference("authoredby", DOCTOR)),
		("ex-consent-intermediate-not-encounter", reference("related", "Encounter/ex-encounter")),
		("ex-consent-intermediate-not-data", reference("instance", "Observation/ex-alcoholUse")),
	] {
		let residual = json!([redact(json!({ "codes": [], "data": [data] }))]);
		examples.permits(consent, &TPO, residual);
	}
}

#[test]
fn dissent_permits_break_glass_by_privileged_users_alone() {
	let Some(examples) = Examples::load() else { return };
	let ask = |purpose: &str, actor| {
		examples.ask("ex-dissent-intermediate-break-glass", json!(purpose), actor, MODERN)
	};
	let answer = ask("BTG", DOCTOR);
	assert_eq!(answer.decision, "CONSENT_PERMIT");
	assert_eq!(obligations(&answer), json!([]));
	assert_eq!(ask("BTG", CLERK).decision, "CONSENT_DENY");
	assert_eq!(ask("TREAT", DOCTOR).decision, "CONSENT_DENY");
}

#[test]
fn advanced_normal_permits_normal_data_alone() {
	let Some(examples) = Examples::load() else { return };
	examples.permits("ex-consent-advanced-normal", &TPO, except(&[(CONFIDENTIALITY, "N")]));
	let both = except(&[(CONFIDENTIALITY, "N"), (CONFIDENTIALITY, "R")]);
	examples.permits("ex-consent-advanced-normal-restricted", &TPO, both);
}

#[test]
fn advanced_not_restricted_forbids_restricted_data_besides() {
	let Some(examples) = Examples::load() else { return };
	let answer =
		examples.ask("ex-consent-advanced-normal-not-restricted", json!("TREAT"), CLERK, MODERN);
	assert_eq!(answer.decision, "CONSENT_PERMIT");
	let found = obligations(&answer);
	let found = found.as_array().unwrap();
	assert_eq!(found.len(), 2);
	let normal = except(&[(CONFIDENTIALITY, "N")])[0].clone();
	let restricted = redact(json!({ "codes": [coding(CONFIDENTIALITY, "R")] }));
	assert!(found.contains(&normal) && found.contains(&restricted), "{found:?}");
}

#[test]
fn advanced_focused_permits_the_named_practitioner_more() {
	let Some(examples) = Examples::load() else { return };
	let normal = (CONFIDENTIALITY, "N");
	for (consent, more) in [
		("ex-consent-advanced-normal-focused-restricted", vec![(CONFIDENTIALITY, "R")]),
		("ex-consent-advanced-normal-focused-psy", vec![(ACT, "PSY")]),
		("ex-consent-advanced-normal-focused-psy-or-sdv", vec![(ACT, "PSY"), (ACT, "SDV")]),
	] {
		examples.permits(consent, &TPO, except(&[normal]));
		let answer = examples.ask(consent, json!("TREAT"), DOCTOR, MODERN);
		assert_eq!(answer.decision, "CONSENT_PERMIT");
		let all: Vec<_> = [normal].into_iter().chain(more).collect();
		assert_eq!(obligations(&answer), except(&all), "{consent}");
	}
}

#[test]
fn advanced_break_glass_permits_restricted_data_to_privileged_users_who_declare_it() {
	let Some(examples) = Examples::load() else { return };
	let consent = "ex-consent-advanced-normal-break-glass-restricted";
	let normal = (CONFIDENTIALITY, "N");
	examples.permits(consent, &TPO, except(&[normal]));
	for (actor, codes) in [(DOCTOR, vec![normal, (CONFIDENTIALITY, "R")]), (CLERK, vec![normal])] {
		let answer = examples.ask(consent, json!(["TREAT", "BTG"]), actor, MODERN);
		assert_eq!(answer.decision, "CONSENT_PERMIT", "{actor}");
		assert_eq!(obligations(&answer), except(&codes), "{actor}");
	}
}
