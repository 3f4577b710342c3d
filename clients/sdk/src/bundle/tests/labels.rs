//! Which labels a resource gets.

use super::*;
use proptest::prelude::*;

/// The label codes of the last resource, without the systems.
fn labels_of_last(resources: &[&str]) -> Vec<String> {
	let mut all = vec![r#"{"resourceType":"Patient","id":"p"}"#];
	all.extend(resources);
	let bundle = read(&bundle_of(&all)).unwrap();
	let labels = Labeller::default().labels(&bundle).pop().unwrap();
	labels.into_iter().map(|label| label.code).collect()
}

fn coded(kind: &str, id: &str, system: &str, code: &str) -> String {
	format!(
		r#"{{"resourceType":"{kind}","id":"{id}","code":{{"coding":[{{"system":"{system}","code":"{code}"}}]}}}}"#
	)
}

const SNOMED: &str = "http://snomed.info/sct";
const DEPRESSION: &str = r#"{"resourceType":"Condition","id":"c","code":{"coding":[
	{"system":"http://snomed.info/sct","code":"370143000"}]}}"#;

#[test]
fn data_without_labels_is_normal() {
	assert_eq!(labels_of_last(&[]), ["N"]);
	assert_eq!(labels_of_last(&[&coded("Condition", "c", SNOMED, "59621000")]), ["N"]);
}

#[test]
fn a_sensitive_code_gives_its_label_what_that_implies_and_restricted() {
	assert_eq!(labels_of_last(&[DEPRESSION]), ["BH", "PSY", "R"]);
	let alcohol = coded("Condition", "c", SNOMED, "66590003");
	assert_eq!(labels_of_last(&[&alcohol]), ["BH", "ETH", "ETHUD", "SUD", "R"]);
}

#[test]
fn a_code_counts_wherever_it_stands() {
	let deep = r#"{"resourceType":"Observation","id":"o","contained":[{"resourceType":"Condition",
		"code":{"coding":[{"system":"http://snomed.info/sct","code":"86406008"}]}}]}"#;
	assert_eq!(labels_of_last(&[deep]), ["HIV", "R"]);
	let in_extension = r#"{"resourceType":"Observation","extension":[{"url":"x","valueCoding":
		{"system":"http://loinc.org","code":"20447-9"}}]}"#;
	assert_eq!(labels_of_last(&[in_extension]), ["HIV", "R"]);
}

#[test]
fn hierarchical_codes_count_with_and_without_their_dot() {
	for code in ["F33.1", "F331", "F33"] {
		let condition = coded("Condition", "c", "http://hl7.org/fhir/sid/icd-10-cm", code);
		assert_eq!(labels_of_last(&[&condition]), ["BH", "PSY", "R"], "{code}");
	}
	let tobacco = coded("Condition", "c", "http://hl7.org/fhir/sid/icd-10-cm", "F17.210");
	assert_eq!(labels_of_last(&[&tobacco]), ["N"]);
}

#[test]
fn a_unit_of_measure_is_no_code() {
	let quantity = r#"{"resourceType":"Observation","valueQuantity":
		{"value":1,"system":"http://snomed.info/sct","code":"370143000"}}"#;
	assert_eq!(labels_of_last(&[quantity]), ["N"]);
}

#[test]
fn explicit_labels_are_kept_whatever_their_system() {
	let vip = r#"{"resourceType":"Observation","meta":{"security":[
		{"system":"https://hospital.example/labels","code":"VIP"},
		{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]}}"#;
	assert_eq!(labels_of_last(&[vip]), ["V", "VIP"]);
}

#[test]
fn one_label_may_stand_where_a_list_belongs() {
	let single = r#"{"resourceType":"Observation","meta":{"security":
		{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"SDV"}}}"#;
	assert_eq!(labels_of_last(&[single]), ["SDV", "R"]);
}

#[test]
fn a_label_under_an_older_name_counts() {
	let old = r#"{"resourceType":"Observation","meta":{"security":
		[{"system":"http://hl7.org/fhir/v3/ActCode","code":"HIV"}]}}"#;
	assert_eq!(labels_of_last(&[old]), ["HIV", "HIV", "R"]);
}

#[test]
fn a_sensitive_resource_is_never_below_restricted() {
	let understated = r#"{"resourceType":"Observation","meta":{"security":[
		{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"},
		{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"N"}]}}"#;
	assert_eq!(labels_of_last(&[understated]), ["BH", "PSY", "R"]);
}

/// An observation with these labels.
fn labelled(labels: &[(&str, &str)]) -> String {
	let labels: Vec<String> = labels
		.iter()
		.map(|(system, code)| format!(r#"{{"system":"{system}","code":"{code}"}}"#))
		.collect();
	format!(r#"{{"resourceType":"Observation","meta":{{"security":[{}]}}}}"#, labels.join(","))
}

const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

#[test]
fn of_several_levels_the_highest_stays_alone() {
	for (given, kept) in [
		(&["N", "R"][..], "R"),
		(&["N", "V"][..], "V"),
		(&["R", "V", "U"][..], "V"),
		(&["U", "L"][..], "L"),
		(&["M", "N"][..], "N"),
	] {
		let labels: Vec<_> = given.iter().map(|code| (CONFIDENTIALITY, *code)).collect();
		assert_eq!(labels_of_last(&[&labelled(&labels)]), [kept], "{given:?}");
	}
	// Under an older name too.
	let older =
		labelled(&[("http://hl7.org/fhir/v3/Confidentiality", "V"), (CONFIDENTIALITY, "N")]);
	assert_eq!(labels_of_last(&[&older]), ["V", "V"]);
	let older = labelled(&[("http://hl7.org/fhir/v3/Confidentiality", "L")]);
	assert_eq!(labels_of_last(&[&older]), ["L", "L"]);
}

#[test]
fn a_level_that_nobody_knows_restricts() {
	let unknown = labelled(&[(CONFIDENTIALITY, "X"), (CONFIDENTIALITY, "N")]);
	assert_eq!(labels_of_last(&[&unknown]), ["R", "X"]);
}

#[test]
fn a_label_of_a_system_that_is_not_known_restricts() {
	let national = "https://health.example/labels";
	assert_eq!(labels_of_last(&[&labelled(&[(national, "GUM")])]), ["R", "GUM"]);
	let understated = labelled(&[(national, "GUM"), (CONFIDENTIALITY, "N")]);
	assert_eq!(labels_of_last(&[&understated]), ["R", "GUM"]);
}

#[test]
fn a_label_of_how_data_is_handled_or_came_about_restricts_nothing() {
	let handling = labelled(&[
		("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST"),
		("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED"),
	]);
	assert_eq!(labels_of_last(&[&handling]), ["HTEST", "N", "SUBSETTED"]);
}

#[test]
fn a_label_that_cannot_be_read_restricts() {
	for label in
		[r#"{"code":"PSY"}"#, r#"{"display":"psychiatry"}"#, "7", r#"{"system":"x","code":1}"#]
	{
		let resource =
			format!(r#"{{"resourceType":"Observation","meta":{{"security":[{label}]}}}}"#);
		assert_eq!(labels_of_last(&[&resource]), ["R"], "{label}");
	}
}

#[test]
fn labels_of_the_bundle_hold_for_all_of_it() {
	let text = r#"{"resourceType":"Bundle","meta":{"security":[
		{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]},
		"entry":[{"resource":{"resourceType":"Patient"}}]}"#;
	let labels = Labeller::default().labels(&read(text).unwrap());
	assert!(labels[0].contains(&Label::sensitivity("HIV")));
}

#[test]
fn what_refers_to_sensitive_data_inherits_its_labels() {
	for reference in [
		"Condition/c",
		"Condition/c/_history/2",
		"https://fhir.example/r4/Condition/c",
		"urn:uuid:c",
	] {
		let prescription = format!(
			r#"{{"resourceType":"MedicationRequest","reasonReference":[{{"reference":"{reference}"}}]}}"#
		);
		let labels = labels_of_last(&[DEPRESSION, &prescription]);
		assert_eq!(labels, ["BH", "PSY", "R"], "{reference}");
	}
	let other =
		r#"{"resourceType":"MedicationRequest","reasonReference":[{"reference":"Condition/d"}]}"#;
	assert_eq!(labels_of_last(&[DEPRESSION, other]), ["N"]);
}

#[test]
fn references_by_full_url_inherit() {
	let text = format!(
		r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Patient"}}}},
		{{"fullUrl":"urn:uuid:0a","resource":{DEPRESSION}}},
		{{"resource":{{"resourceType":"Procedure","reasonReference":[{{"reference":"urn:uuid:0a"}}]}}}}]}}"#
	);
	let labels = Labeller::default().labels(&read(&text).unwrap());
	assert!(labels[2].contains(&Label::sensitivity("PSY")));
}

#[test]
fn labels_pass_on_through_chains_and_rings() {
	let link = |id: usize, next: usize| {
		format!(
			r#"{{"resourceType":"Observation","id":"{id}","derivedFrom":[{{"reference":"Observation/{next}"}}]}}"#
		)
	};
	// 0 → 1 → … → 19 → 0 and 19 → the condition.
	let mut chain: Vec<String> = (0..19).map(|id| link(id, id + 1)).collect();
	chain.push(
		r#"{"resourceType":"Observation","id":"19","derivedFrom":[{"reference":"Observation/0"}],
		"focus":[{"reference":"Condition/c"}]}"#
			.to_owned(),
	);
	chain.rotate_left(1);
	let mut resources: Vec<&str> = vec![DEPRESSION];
	resources.extend(chain.iter().map(String::as_str));
	assert_eq!(labels_of_last(&resources), ["BH", "PSY", "R"]);
}

#[test]
fn people_and_places_pass_nothing_on() {
	let labelled_patient = r#"{"resourceType":"Practitioner","id":"d","meta":{"security":[
		{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]}}"#;
	let seen = r#"{"resourceType":"Observation","performer":[{"reference":"Practitioner/d"}]}"#;
	assert_eq!(labels_of_last(&[labelled_patient, seen]), ["N"]);
}

#[test]
fn an_encounter_passes_on_what_it_was_for_and_not_what_was_noted_there() {
	let reading = r#"{"resourceType":"Observation","encounter":{"reference":"Encounter/e"}}"#;
	let noted = r#"{"resourceType":"Encounter","id":"e",
		"diagnosis":[{"condition":{"reference":"Condition/c"}}]}"#;
	assert_eq!(labels_of_last(&[DEPRESSION, noted]), ["BH", "PSY", "R"], "the encounter itself");
	assert_eq!(labels_of_last(&[DEPRESSION, noted, reading]), ["N"]);
	let psychiatric = r#"{"resourceType":"Encounter","id":"e","reasonCode":[{"coding":[
		{"system":"http://snomed.info/sct","code":"370143000"}]}]}"#;
	assert_eq!(labels_of_last(&[psychiatric, reading]), ["BH", "PSY", "R"]);
}

#[test]
fn confidentiality_does_not_pass_on() {
	let restricted = r#"{"resourceType":"Condition","id":"c","meta":{"security":[
		{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]}}"#;
	let request =
		r#"{"resourceType":"ServiceRequest","reasonReference":[{"reference":"Condition/c"}]}"#;
	assert_eq!(labels_of_last(&[restricted, request]), ["N"]);
}

#[test]
fn tables_add_up_and_uncertain_rules_are_left_out() {
	let table = br#"{"rules":[{"id":"r","labels":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode",
		"code":"SUD","display":"x"}],"codeSets":[{"groupID":"g","codes":[
		{"system":"s","code":"sure","confidence":1},{"system":"s","code":"half","confidence":0.5},
		{"system":"s","code":"hardly","confidence":0.0},{"system":"s","code":"unrated"}]}]}]}"#;
	let loaded = RuleTable::from_slice("t", table, DEFAULT_MIN_CONFIDENCE).unwrap();
	let both = RuleTable::builtin().with(loaded);
	for code in ["sure", "half", "unrated"] {
		assert_eq!(both.labels_of("s", code).len(), 1, "{code}");
	}
	assert!(both.labels_of("s", "hardly").is_empty());
	assert!(!both.labels_of(SNOMED, "370143000").is_empty());
}

#[test]
fn class_codes_are_those_that_consents_name() {
	assert_eq!(
		class_code("Observation"),
		hdx_consent_engine::Code::of_token("http://hl7.org/fhir/resource-types|Observation")
	);
	assert_eq!(Label::sensitivity("PSY").code(), hdx_consent_engine::terminology::sensitivity::PSY);
	assert_eq!(
		Label::confidentiality("R").code(),
		hdx_consent_engine::terminology::confidentiality::R
	);
}

proptest! {
	/// Whatever the references between them: whoever can reach sensitive data over references
	/// (none of them administrative here) carries its label, and nobody else.
	#[test]
	fn labels_are_the_closure_over_references(
		edges in prop::collection::vec((0usize..12, 0usize..12), 0..40),
		sensitive in prop::collection::btree_set(0usize..12, 0..3),
	) {
		let resources: Vec<String> = (0..12).map(|id| {
			let references: Vec<String> = edges.iter().filter(|(from, _)| *from == id)
				.map(|(_, to)| format!(r#"{{"reference":"Observation/{to}"}}"#)).collect();
			let code = if sensitive.contains(&id) { "370143000" } else { "1" };
			format!(
				r#"{{"resourceType":"Observation","id":"{id}","focus":[{}],"code":{{"coding":[{{"system":"{SNOMED}","code":"{code}"}}]}}}}"#,
				references.join(",")
			)
		}).collect();
		let mut all: Vec<&str> = resources.iter().map(String::as_str).collect();
		all.push(r#"{"resourceType":"Patient"}"#);
		let labels = Labeller::default().labels(&read(&bundle_of(&all)).unwrap());
		let mut reach: Vec<bool> = (0..12).map(|id| sensitive.contains(&id)).collect();
		for _ in 0..12 {
			for (from, to) in &edges {
				reach[*from] |= reach[*to];
			}
		}
		for (id, reached) in reach.into_iter().enumerate() {
			prop_assert_eq!(labels[id].contains(&Label::sensitivity("PSY")), reached, "{}", id);
		}
	}
}
