//! Views have the shape that FHIR gives their resources, element by element.

use crate::support::conformance;
use crate::views::*;
use hdx_fhir::{
	provider::{
		bundle, organization, practitioner, practitioner_roles, verification_results, BundleKind,
		Rendering,
	},
	Directory, FhirVersion,
};
use serde_json::{json, Value};
use std::collections::BTreeSet;

const BOTH: [FhirVersion; 2] = [FhirVersion::R4, FhirVersion::R5];

/// Everything that is rendered of a practitioner and a hospital.
fn all(version: FhirVersion) -> Vec<Value> {
	let rendering = rendering(version);
	let mut resources = vec![organization(&rendering, &hospital())];
	for view in [pseudonymous(), complete()] {
		resources.push(practitioner(&rendering, &view));
		resources.extend(practitioner_roles(&view));
		resources.extend(verification_results(&rendering, &view));
	}
	resources
}

/// The elements of a type that views may have, and their types; `*` is a list. The two releases
/// differ in one of them. From the resource and datatype pages of FHIR 4.0.1 and 5.0.0.
fn elements(of: &str, version: FhirVersion) -> &'static [(&'static str, &'static str)] {
	match (of, version) {
		("Practitioner", _) => &[
			("extension", "Extension*"),
			("identifier", "Identifier*"),
			("active", "boolean"),
			("name", "HumanName*"),
			("qualification", "Qualification*"),
		],
		("Qualification", _) => &[
			("extension", "Extension*"),
			("modifierExtension", "Extension*"),
			("identifier", "Identifier*"),
			("code", "CodeableConcept"),
			("period", "Period"),
			("issuer", "Reference"),
		],
		("PractitionerRole", _) => &[
			("identifier", "Identifier*"),
			("active", "boolean"),
			("period", "Period"),
			("practitioner", "Reference"),
			("organization", "Reference"),
			("code", "CodeableConcept*"),
			("specialty", "CodeableConcept*"),
		],
		("Organization", FhirVersion::R4) => &[
			("extension", "Extension*"),
			("identifier", "Identifier*"),
			("active", "boolean"),
			("type", "CodeableConcept*"),
			("name", "string"),
		],
		("Organization", FhirVersion::R5) => &[
			("extension", "Extension*"),
			("identifier", "Identifier*"),
			("active", "boolean"),
			("type", "CodeableConcept*"),
			("name", "string"),
			("qualification", "Qualification*"),
		],
		("VerificationResult", _) => &[
			("target", "Reference*"),
			("targetLocation", "string*"),
			("need", "CodeableConcept"),
			("status", "code"),
			("statusDate", "dateTime"),
			("validationType", "CodeableConcept"),
			("validationProcess", "CodeableConcept*"),
			("frequency", "Timing"),
			("lastPerformed", "dateTime"),
			("nextScheduled", "date"),
			("failureAction", "CodeableConcept"),
			("primarySource", "PrimarySource*"),
			("attestation", "Attestation"),
			("validator", "Validator*"),
		],
		("PrimarySource", _) => &[
			("extension", "Extension*"),
			("who", "Reference"),
			("type", "CodeableConcept*"),
			("communicationMethod", "CodeableConcept*"),
			("validationStatus", "CodeableConcept"),
			("validationDate", "dateTime"),
			("canPushUpdates", "CodeableConcept"),
		],
		("Attestation", _) => &[
			("who", "Reference"),
			("onBehalfOf", "Reference"),
			("communicationMethod", "CodeableConcept"),
			("date", "date"),
		],
		("Validator", _) => &[("organization", "Reference")],
		("Timing", _) => &[("repeat", "Repeat")],
		("Repeat", _) => {
			&[("frequency", "positiveInt"), ("period", "decimal"), ("periodUnit", "code")]
		},
		("CodeableConcept", _) => &[("coding", "Coding*")],
		("Coding", _) => &[("system", "uri"), ("code", "code")],
		("Identifier", _) => &[("type", "CodeableConcept"), ("system", "uri"), ("value", "string")],
		("Reference", _) => &[
			("reference", "string"),
			("type", "uri"),
			("identifier", "Identifier"),
			("display", "string"),
		],
		("Period", _) => &[("start", "dateTime"), ("end", "dateTime")],
		("HumanName", _) => &[("family", "string"), ("given", "string*"), ("prefix", "string*")],
		("Extension", _) => &[
			("url", "uri"),
			("extension", "Extension*"),
			("valueCode", "code"),
			("valueString", "string"),
			("valueUnsignedInt", "unsignedInt"),
			("valueReference", "Reference"),
			("valuePeriod", "Period"),
			("valueCodeableConcept", "CodeableConcept"),
		],
		_ => panic!("no type {of}"),
	}
}

fn check(value: &Value, kind: &str, version: FhirVersion, path: &str) {
	if let Some(item) = kind.strip_suffix('*') {
		let list = value.as_array().unwrap_or_else(|| panic!("{path} is no list"));
		assert!(!list.is_empty(), "{path} is empty");
		list.iter().for_each(|value| check(value, item, version, path));
		return;
	}
	let text = || value.as_str().unwrap_or_else(|| panic!("{path} is no text"));
	let shape = |pattern: &str| {
		let fits = |(one, like): (char, char)| match like {
			'0' => one.is_ascii_digit(),
			_ => one == like,
		};
		text().len() == pattern.len() && text().chars().zip(pattern.chars()).all(fits)
	};
	match kind {
		"boolean" => assert!(value.is_boolean(), "{path}"),
		"unsignedInt" => assert!(value.is_u64(), "{path}"),
		"positiveInt" => assert!(value.as_u64().is_some_and(|number| number > 0), "{path}"),
		"decimal" => assert!(value.is_number(), "{path}"),
		"string" => assert!(!text().trim().is_empty(), "{path}"),
		"code" => assert!(!text().is_empty() && !text().contains(char::is_whitespace), "{path}"),
		"uri" => assert!(!text().is_empty() && !text().contains(char::is_whitespace), "{path}"),
		"date" => assert!(shape("0000-00-00"), "{path}"),
		"dateTime" => {
			assert!(shape("0000-00-00") || shape("0000-00-00T00:00:00.000Z"), "{path}");
		},
		_ => {
			let object = value.as_object().unwrap_or_else(|| panic!("{path} is no object"));
			assert!(!object.is_empty(), "{path} is empty");
			let known = elements(kind, version);
			for (name, value) in object.iter().filter(|(name, _)| *name != "resourceType") {
				let path = format!("{path}.{name}");
				let found = known.iter().find(|(known, _)| known == name);
				let (_, kind) = found.unwrap_or_else(|| panic!("{path} is no element"));
				check(value, kind, version, &path);
			}
		},
	}
}

#[test]
fn every_element_is_one_of_its_resource_and_of_its_type() {
	for version in BOTH {
		for resource in all(version) {
			let kind = resource["resourceType"].as_str().unwrap();
			check(&resource, kind, version, kind);
		}
	}
}

#[test]
fn an_extension_has_a_value_or_extensions_and_not_both() {
	fn walk(value: &Value, count: &mut usize) {
		if let Some(url) = value.get("url") {
			let values = value.as_object().unwrap().keys().filter(|name| name.starts_with("value"));
			let parts = usize::from(value.get("extension").is_some());
			assert_eq!(values.count() + parts, 1, "{url}");
			*count += 1;
		}
		match value {
			Value::Array(list) => list.iter().for_each(|value| walk(value, count)),
			Value::Object(members) => members.values().for_each(|value| walk(value, count)),
			_ => {},
		}
	}
	for version in BOTH {
		let mut count = 0;
		all(version).iter().for_each(|resource| walk(resource, &mut count));
		assert!(count > 10);
	}
}

#[test]
fn what_is_written_is_read_back_the_same() {
	for version in BOTH {
		let whole = bundle(&rendering(version), BundleKind::Searchset, all(version));
		let read: Value = serde_json::from_str(&whole.to_string()).unwrap();
		assert_eq!(read, whole);
	}
}

#[test]
fn no_name_stands_where_none_was_disclosed() {
	for version in BOTH {
		let resource = practitioner(&rendering(version), &pseudonymous());
		assert!(resource.get("name").is_none());
		let roles = practitioner_roles(&pseudonymous());
		for resource in roles.iter().chain([&resource]) {
			for word in ["Bee", "1234567893", "L-1", "US-MA"] {
				assert!(!resource.to_string().contains(word), "{word}");
			}
		}
	}
}

#[test]
fn every_element_that_hl7s_example_has_too_is_of_the_same_json_type() {
	let Some(folder) = conformance("hl7-fhir-r4") else { return };
	let text = std::fs::read(folder.join("VerificationResult-example.json")).unwrap();
	let example: Value = serde_json::from_slice(&text).unwrap();
	let mut shared = BTreeSet::new();
	for resource in verification_results(&rendering(FhirVersion::R4), &complete()) {
		for (name, value) in resource.as_object().unwrap() {
			let Some(theirs) = example.get(name) else { continue };
			assert_eq!(std::mem::discriminant(value), std::mem::discriminant(theirs), "{name}");
			shared.insert(name.clone());
		}
	}
	assert_eq!(shared.into_iter().collect::<Vec<_>>(), ["resourceType", "status"]);
}

#[test]
fn a_bundle_names_each_entry_once_and_links_them() {
	let rendering = rendering(FhirVersion::R4);
	let doctor = practitioner(&rendering, &pseudonymous());
	let mut resources = vec![doctor.clone(), organization(&rendering, &hospital()), doctor];
	resources.extend(practitioner_roles(&pseudonymous()));
	let whole = bundle(&rendering, BundleKind::Searchset, resources);
	assert_eq!(whole["type"], "searchset");
	assert_eq!(whole["timestamp"], "2026-06-01T12:00:00.000Z");
	assert_eq!(whole["total"], 6);
	let entries = whole["entry"].as_array().unwrap();
	let urls: BTreeSet<_> =
		entries.iter().map(|entry| entry["fullUrl"].as_str().unwrap()).collect();
	assert_eq!(urls.len(), 6);
	for url in urls {
		let uuid = url.strip_prefix("urn:uuid:").unwrap();
		let groups: Vec<_> = uuid.split('-').map(str::len).collect();
		assert_eq!(groups, [8, 4, 4, 4, 12]);
		assert_eq!(&uuid[14..15], "8");
		assert!("89ab".contains(&uuid[19..20]));
	}
	assert!(entries.iter().all(|entry| entry["search"] == json!({ "mode": "match" })));
	let role = &entries[2]["resource"];
	assert_eq!(role["practitioner"]["reference"], entries[0]["fullUrl"]);
	assert_eq!(role["organization"]["reference"], entries[1]["fullUrl"]);
	// Institution 5 is not in the Bundle.
	let elsewhere = &entries[4]["resource"]["organization"];
	assert!(elsewhere.get("reference").is_none() && elsewhere.get("identifier").is_some());
	for entry in entries {
		let kind = entry["resource"]["resourceType"].as_str().unwrap();
		check(&entry["resource"], kind, FhirVersion::R4, kind);
	}
	Directory::from_value(&whole).unwrap();
}

#[test]
fn the_name_of_an_entry_is_the_chains_and_stays() {
	let here = rendering(FhirVersion::R4);
	let elsewhere = Rendering { genesis: [8; 32], ..here };
	let url = |rendering: &Rendering, view| {
		let one = vec![practitioner(rendering, &view)];
		bundle(rendering, BundleKind::Collection, one)["entry"][0]["fullUrl"].clone()
	};
	assert_eq!(url(&here, pseudonymous()), url(&here, complete()));
	assert_ne!(url(&here, pseudonymous()), url(&elsewhere, pseudonymous()));
}

#[test]
fn a_collection_counts_nothing_and_may_be_empty() {
	let empty = bundle(&rendering(FhirVersion::R5), BundleKind::Collection, Vec::new());
	let expected = json!({
		"resourceType": "Bundle", "type": "collection", "timestamp": "2026-06-01T12:00:00.000Z",
	});
	assert_eq!(empty, expected);
}
