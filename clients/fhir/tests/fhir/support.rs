//! Documents, requests and answers, in few words.

use hdx_consent_engine::{Milliseconds, Rules};
use hdx_fhir::{decide_request, Answer, DecideOptions, ReadError, Source, SourceError};
use serde_json::{json, Value};
use std::path::PathBuf;

pub const REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
pub const ACT: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
pub const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
pub const TYPES: &str = "http://hl7.org/fhir/resource-types";
pub const NPI: &str = "http://hl7.org/fhir/sid/us-npi";

pub fn coding(system: &str, code: &str) -> Value {
	json!({ "system": system, "code": code })
}

pub fn concept(system: &str, code: &str) -> Value {
	json!({ "coding": [coding(system, code)] })
}

pub fn actor(reference: &str) -> Value {
	json!({ "reference": { "reference": reference } })
}

/// An R4 consent that permits, with what `provision` adds to its root provision.
pub fn r4(provision: Value) -> Value {
	let mut root = json!({ "type": "permit" });
	merge(&mut root, provision);
	json!({
		"resourceType": "Consent", "id": "c1", "status": "active",
		"scope": concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
		"category": [concept("http://loinc.org", "59284-0")],
		"patient": { "reference": "Patient/p1" },
		"dateTime": "2024-05-01",
		"provision": root,
	})
}

/// An R5 consent with a decision and its exceptions.
pub fn r5(decision: &str, provision: Value) -> Value {
	json!({
		"resourceType": "Consent", "id": "c5", "status": "active",
		"category": [concept("http://loinc.org", "59284-0")],
		"subject": { "reference": "Patient/p1" },
		"date": "2024-05-01",
		"decision": decision,
		"provision": provision,
	})
}

pub fn merge(into: &mut Value, more: Value) {
	for (name, value) in more.as_object().unwrap() {
		into[name.as_str()] = value.clone();
	}
}

/// The same with something added.
pub fn with(mut value: Value, more: Value) -> Value {
	merge(&mut value, more);
	value
}

pub fn bundle(resources: &[Value]) -> Value {
	let entries: Vec<_> = resources.iter().map(|one| json!({ "resource": one })).collect();
	json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

pub fn person(kind: &str, id: &str, npi: &str) -> Value {
	json!({ "resourceType": kind, "id": id, "identifier": [{ "system": NPI, "value": npi }] })
}

/// Two practitioners and an organisation.
pub fn people() -> Value {
	bundle(&[
		person("Practitioner", "ann", "1"),
		person("Practitioner", "bob", "2"),
		person("Organization", "clinic", "3"),
	])
}

/// A request for treatment by whoever has this NPI.
pub fn request(npi: &str) -> Value {
	json!({
		"patientId": [{ "system": "urn:mrn", "value": "77" }],
		"purposeOfUse": "TREAT",
		"actor": [{ "system": NPI, "value": npi }],
	})
}

pub fn moment(text: &str) -> Milliseconds {
	let timestamp: jiff::Timestamp = text.parse().unwrap();
	Milliseconds(u64::try_from(timestamp.as_millisecond()).unwrap())
}

pub fn options() -> DecideOptions {
	DecideOptions {
		at: moment("2024-06-01T12:00:00Z"),
		rules: Rules::default(),
		emergency_opt_out: false,
	}
}

pub fn try_decide(
	request: &Value,
	consents: &[Value],
	directory: Option<&Value>,
	options: &DecideOptions,
) -> Result<Answer, SourceError> {
	let request = request.to_string();
	let consents: Vec<_> = consents.iter().map(Value::to_string).collect();
	let sources: Vec<_> =
		consents.iter().map(|text| Source { name: "consent", bytes: text.as_bytes() }).collect();
	let directory = directory.map(Value::to_string);
	decide_request(
		Source { name: "request", bytes: request.as_bytes() },
		&sources,
		directory.as_ref().map(|text| Source { name: "directory", bytes: text.as_bytes() }),
		options,
	)
}

/// Decides among [`people`].
pub fn decide(request: &Value, consents: &[Value]) -> Answer {
	try_decide(request, consents, Some(&people()), &options()).unwrap()
}

/// The obligations as JSON.
pub fn obligations(answer: &Answer) -> Value {
	serde_json::to_value(&answer.obligations).unwrap()
}

pub fn redact(parameters: Value) -> Value {
	json!({ "id": coding(ACT, "REDACT"), "parameters": parameters })
}

pub fn read(consent: &Value) -> Result<hdx_fhir::Consent, ReadError> {
	let directory = hdx_fhir::Directory::from_value(&people()).unwrap();
	hdx_fhir::read_consent(consent.to_string().as_bytes(), Default::default(), &directory)
}

/// The path and the text of the refusal of a consent.
pub fn refusal(consent: &Value) -> (String, String) {
	match read(consent) {
		Ok(read) => panic!("was read: {read:?}"),
		Err(error) => (error.path, error.refusal.to_string()),
	}
}

/// A folder of other people's material, or `None` with a word about it.
pub fn conformance(folder: &str) -> Option<PathBuf> {
	// Asked for when the tests run: checkouts can share a target directory, and its test programs.
	let here = std::env::var_os("CARGO_MANIFEST_DIR")
		.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
	let beside = here.join("../../../shared/conformance");
	let root = std::env::var_os("HDX_CONFORMANCE").map_or(beside, PathBuf::from);
	let folder = root.join(folder);
	if !folder.is_dir() {
		println!("skipped: no conformance material");
		return None;
	}
	Some(folder)
}
