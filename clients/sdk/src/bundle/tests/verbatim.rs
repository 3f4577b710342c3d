//! Resources come out as they went in.

use super::*;

#[test]
fn a_resource_keeps_its_bytes() {
	let resource = r#"{ "resourceType" : "Patient",
		"unknownField": {"b": 1.10, "a": 1e2, "c": 3.14159265358979323846264338327950288419716939937510},
		"name": [ { "family": "\u00e9\u0041A\/", "text": "é" } ], "big": 123456789012345678901234567890,
		"\u0078": -0.0, "empty": [ ] }"#;
	let text = bundle_of(&[resource]);
	let bundle = read(&text).unwrap();
	assert_eq!(bundle.resources()[0].json(), resource);
	assert_eq!(bundle.resources()[0].entry(), format!(r#"{{"resource":{resource}}}"#));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
	let text = format!("\u{feff}{}", bundle_of(&[r#"{"resourceType":"Patient"}"#]));
	assert_eq!(read(&text).unwrap().resources().len(), 1);
}

#[test]
fn the_patient_is_found() {
	let bundle = read(&bundle_of(&[
		r#"{"resourceType":"Observation","id":"o"}"#,
		r#"{"resourceType":"Patient","id":"p"}"#,
	]));
	assert_eq!(bundle.unwrap().patient().unwrap().id(), Some("p"));
}

#[test]
fn sections_hold_each_resource_once() {
	let bundle = Bundle::read(demo_path()).unwrap();
	let sections = bundle.sections(&Labeller::default());
	let mut sectioned: Vec<&str> =
		sections.iter().flat_map(|section| section.resources()).map(|r| r.json()).collect();
	let mut all: Vec<&str> = bundle.resources().iter().map(Resource::json).collect();
	sectioned.sort_unstable();
	all.sort_unstable();
	assert_eq!(sectioned, all);
	for section in &sections {
		assert!(section.resources().iter().all(|resource| resource.kind() == section.class()));
	}
	let mut groups: Vec<_> = sections.iter().map(|s| (s.class(), s.labels())).collect();
	groups.dedup();
	assert_eq!(groups.len(), sections.len(), "a group makes one section");
}

#[test]
fn the_demo_bundle_is_rich_enough() {
	let bundle = Bundle::read(demo_path()).unwrap();
	assert!(bundle.resources().len() >= 40);
	let kinds: std::collections::BTreeSet<&str> =
		bundle.resources().iter().map(Resource::kind).collect();
	assert!(kinds.len() >= 8, "{kinds:?}");
	let sensitive: LabelSet = Labeller::default()
		.labels(&bundle)
		.into_iter()
		.flatten()
		.filter(Label::is_sensitivity)
		.collect();
	assert!(sensitive.len() >= 3, "{sensitive:?}");
	assert!(sensitive.contains(&Label::sensitivity("PSY")));
}
