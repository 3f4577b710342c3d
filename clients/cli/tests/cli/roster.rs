//! Rosters that are not what they should be, and views that cannot be rendered. All are found before
//! a node is asked, and leave nothing behind.

use crate::{hdx_in, names, Ran, Watch};
use serde_json::{json, Value};

const REST: &str = "--as //Bob --state state --role physician --taxonomy 207R00000X \
                    --valid-until 2099-12-31";

fn person(npi: &str) -> Value {
	json!({ "resource": {
		"resourceType": "Practitioner",
		"identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": npi }],
	} })
}

fn house(identifier: &str) -> Value {
	json!({ "resource": {
		"resourceType": "Organization",
		"identifier": [{ "system": "urn:house", "value": identifier }],
	} })
}

fn bundle(entries: &[Value]) -> String {
	json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }).to_string()
}

/// Runs what must be refused before anybody is asked, with this roster.
fn refused(practitioners: &str, organizations: &str, line: &str) -> Ran {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	std::fs::write(path.join("people.json"), practitioners).unwrap();
	std::fs::write(path.join("houses.json"), organizations).unwrap();
	let watch = Watch::new();
	let url = watch.url();
	let arguments: Vec<_> = line.split_whitespace().chain(["--url", &url]).collect();
	let ran = hdx_in(path, &arguments);
	assert_ne!(ran.exit, 0, "{}", ran.stdout);
	assert!(ran.stdout.is_empty(), "{}", ran.stdout);
	assert!(watch.nobody_came(), "a node was asked");
	assert_eq!(names(path).len(), 2, "something was written");
	ran
}

/// The refusal of a roster of practitioners.
fn enrol(practitioners: &str) -> String {
	let line = format!("provider enrol-all --practitioners people.json {REST}");
	let ran = refused(practitioners, "", &line);
	assert_eq!(ran.exit, 1, "{}", ran.stderr);
	assert!(ran.stderr.contains("people.json"), "{}", ran.stderr);
	ran.stderr
}

#[test]
fn enrol_all_fails_when_an_npi_is_none_and_names_entry_and_element() {
	let said = enrol(&bundle(&[person("1234567893"), person("1245319590")]));
	assert!(said.contains("Bundle.entry[1].resource.identifier[0].value"), "{said}");
	assert!(said.contains("check digit") && said.contains("1245319590"), "{said}");
	assert!(said.contains("--accept-invalid-npi"), "{said}");
	assert!(!said.contains("entry[0]"), "{said}");
}

#[test]
fn enrol_all_fails_when_somebody_is_in_the_roster_twice() {
	let said = enrol(&bundle(&[person("1234567893"), person("1234567893")]));
	assert!(said.contains("Bundle.entry[1].resource.identifier[0].value"), "{said}");
	assert!(said.contains("stands at Bundle.entry[0]"), "{said}");
}

#[test]
fn enrol_all_fails_when_the_roster_is_truncated() {
	let whole = bundle(&[person("1234567893")]);
	assert!(enrol(&whole[..whole.len() - 4]).contains("truncated"));
}

#[test]
fn enrol_all_fails_when_the_roster_is_of_something_else() {
	assert!(enrol(&bundle(&[house("a")])).contains("expected the resourceType Practitioner"));
	assert!(enrol(r#"{"resourceType":"Patient"}"#).contains("expected the resourceType Bundle"));
}

#[test]
fn enrol_all_fails_when_an_organisation_is_in_the_roster_twice() {
	let line = format!(
		"provider enrol-all --practitioners people.json --organizations houses.json \
		 --institutions-as hospital --governance //Ferdie {REST}"
	);
	let ran = refused(&bundle(&[person("1234567893")]), &bundle(&[house("a"), house("a")]), &line);
	assert_eq!(ran.exit, 1);
	assert!(ran.stderr.contains("houses.json"), "{}", ran.stderr);
	assert!(ran.stderr.contains("Bundle.entry[1]"), "{}", ran.stderr);
}

#[test]
fn enrol_all_fails_when_nobody_governs_or_the_kind_is_not_said() {
	let roster = bundle(&[person("1234567893")]);
	let line = "provider enrol-all --practitioners people.json --organizations houses.json";
	for (more, missing) in [
		("--governance //Ferdie", "--institutions-as"),
		("--institutions-as hospital", "--governance"),
	] {
		let ran = refused(&roster, "", &format!("{line} {more} {REST}"));
		assert_eq!(ran.exit, 2);
		assert!(ran.stderr.contains(missing), "{}", ran.stderr);
	}
}

#[test]
fn enrol_all_fails_when_the_credentials_end_before_they_begin() {
	let line = format!("provider enrol-all --practitioners people.json {REST}");
	let line = format!("{line} --valid-from 2100-01-01");
	let ran = refused(&bundle(&[person("1234567893")]), "", &line);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("--valid-until"), "{}", ran.stderr);
}

#[test]
fn fhir_fails_when_it_is_asked_of_an_institution_what_practitioners_have() {
	for more in ["--roles", "--practitioner", "--verification"] {
		let ran = refused("", "", &format!("provider fhir institution:1 {more}"));
		assert_eq!(ran.exit, 2);
		assert!(ran.stderr.contains("practitioners"), "{}", ran.stderr);
	}
}

#[test]
fn fhir_fails_when_nobody_is_asked_for_or_two_parts_are() {
	let ran = refused("", "", "provider fhir role:207R00000X");
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("institution:N"), "{}", ran.stderr);
	assert_eq!(refused("", "", "provider fhir //Dave --roles --verification").exit, 2);
	assert_eq!(refused("", "", "provider fhir //Dave --fhir-version R3").exit, 2);
}

#[test]
fn fhir_fails_when_a_credential_comes_without_its_issuer_or_salts_do_not_match() {
	let ran = refused("", "", "provider fhir //Dave --credential people.json");
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("--issuer"), "{}", ran.stderr);
	let line = "provider fhir //Dave --credential people.json --salt a --salt b \
	            --issuer did:web:board.example --issuer-key key";
	let ran = refused("", "", line);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("one for each"), "{}", ran.stderr);
}

#[test]
fn fhir_fails_when_the_credential_is_none() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	let made = hdx_in(path, &["key", "generate", "--signing", "ed25519", "--out", "board.key"]);
	assert_eq!(made.exit, 0, "{}", made.stderr);
	std::fs::write(path.join("licence.sd-jwt"), "no credential").unwrap();
	let watch = Watch::new();
	let line = "provider fhir //Dave --credential licence.sd-jwt --issuer did:web:board.example \
	            --issuer-key board.key.pub --url";
	let url = watch.url();
	let arguments: Vec<_> = line.split_whitespace().chain([url.as_str()]).collect();
	let ran = hdx_in(path, &arguments);
	assert_eq!(ran.exit, 1, "{}", ran.stderr);
	assert!(ran.stderr.contains("licence.sd-jwt"), "{}", ran.stderr);
	assert!(watch.nobody_came(), "a node was asked");
}
