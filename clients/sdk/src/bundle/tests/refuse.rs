//! Each bad input has its own error, which names the place.

use super::*;
use std::io::Write;

const PATIENT: &str = r#"{"resourceType":"Patient","id":"p"}"#;

#[test]
fn read_fails_when_the_file_is_not_there() {
	let error = Bundle::read("/nowhere/bundle.json").unwrap_err();
	assert!(matches!(error, BundleError::Unreadable { .. }), "{error}");
	assert!(error.to_string().contains("/nowhere/bundle.json"));
}

#[test]
fn read_fails_when_the_file_is_too_large_and_does_not_read_it() {
	// Sparse: reading a terabyte would not end.
	let mut file = tempfile::NamedTempFile::new().unwrap();
	file.write_all(b"{").unwrap();
	file.as_file().set_len(1 << 40).unwrap();
	let error = Bundle::read(file.path()).unwrap_err();
	assert!(matches!(error, BundleError::TooLarge { size, .. } if size == 1 << 40), "{error}");
	assert!(error.to_string().contains(file.path().to_str().unwrap()));
	assert!(error.to_string().contains("64 MiB"));
}

#[cfg(unix)]
#[test]
fn read_fails_when_a_file_without_size_has_too_much() {
	let error = Bundle::read("/dev/zero").unwrap_err();
	assert!(matches!(error, BundleError::TooLarge { .. }), "{error}");
}

#[test]
fn from_slice_fails_when_there_is_too_much() {
	let bytes = vec![b' '; usize::try_from(MAX_BUNDLE_BYTES).unwrap() + 1];
	let error = Bundle::from_slice("test.json", &bytes).unwrap_err();
	assert!(matches!(error, BundleError::TooLarge { .. }), "{error}");
}

#[test]
fn read_fails_when_there_is_nothing() {
	for text in ["", " \n\t ", "\u{feff}"] {
		assert!(matches!(refused(text), BundleError::Empty { .. }));
	}
}

#[test]
fn read_fails_when_the_bytes_are_not_text() {
	let error = Bundle::from_slice("test.json", b"{\"a\":\"\xff\"}").unwrap_err();
	assert!(matches!(error, BundleError::NotUtf8 { offset: 6, .. }), "{error}");
}

#[test]
fn read_fails_when_the_json_is_truncated_and_says_where() {
	let whole = bundle_of(&[PATIENT]);
	for end in 1..whole.len() {
		assert!(matches!(refused(&whole[..end]), BundleError::Truncated { line: 1, .. }));
	}
	let error = refused("{\n  \"resourceType\": \"Bund");
	assert!(matches!(error, BundleError::Truncated { line: 2, column: 23, .. }), "{error}");
}

#[test]
fn read_fails_when_the_text_is_not_json_and_says_where() {
	let error = refused("{\n  \"a\": 1,,\n}");
	assert!(matches!(error, BundleError::NotJson { line: 2, column: 10, .. }), "{error}");
	let two = format!("{0}\n{0}", bundle_of(&[PATIENT]));
	assert!(matches!(refused(&two), BundleError::NotJson { line: 2, .. }));
	assert!(matches!(refused(&"[".repeat(100_000)), BundleError::NotJson { .. }));
	assert!(matches!(refused("<Bundle/>"), BundleError::NotJson { .. }));
}

#[test]
fn read_fails_when_a_member_is_named_twice() {
	for resource in [
		r#"{"resourceType":"Patient","id":"a","id":"b"}"#,
		r#"{"resourceType":"Patient","meta":{"security":[1],"security":[]}}"#,
		// The same name once its escape is resolved.
		r#"{"resourceType":"Patient","id":"a","\u0069d":"b"}"#,
	] {
		let error = refused(&bundle_of(&[resource]));
		assert!(matches!(error, BundleError::DuplicateKey { line: 1, .. }), "{error}");
	}
}

#[test]
fn read_fails_when_the_json_is_not_a_bundle() {
	for (text, found) in [
		("[]", "no object"),
		("12", "no object"),
		("{}", "no `resourceType`"),
		(r#"{"resourceType":null}"#, "no `resourceType`"),
		(r#"{"resourceType":7}"#, "no string"),
		(PATIENT, "\"Patient\""),
	] {
		let error = refused(text);
		assert!(matches!(error, BundleError::NotABundle { .. }), "{error}");
		assert!(error.to_string().contains(found), "{error}");
	}
}

#[test]
fn read_fails_when_an_element_has_another_type() {
	for (text, at) in [
		(r#"{"resourceType":"Bundle","entry":{}}"#.to_owned(), "entry:"),
		(r#"{"resourceType":"Bundle","type":1}"#.to_owned(), "type:"),
		(r#"{"resourceType":"Bundle","entry":[[]]}"#.to_owned(), "entry[0]:"),
		(bundle_of(&[PATIENT, "[]"]), "entry[1].resource:"),
		(bundle_of(&[PATIENT, r#"{"id":"x"}"#]), "entry[1].resource.resourceType:"),
		(
			bundle_of(&[PATIENT, r#"{"resourceType":["Patient"]}"#]),
			"entry[1].resource.resourceType:",
		),
		(bundle_of(&[r#"{"resourceType":"Patient","id":7}"#]), "entry[0].resource.id:"),
		(
			format!(
				r#"{{"resourceType":"Bundle","entry":[{{"fullUrl":1,"resource":{PATIENT}}}]}}"#
			),
			"entry[0].fullUrl:",
		),
	] {
		let error = refused(&text);
		assert!(matches!(error, BundleError::WrongShape { .. }), "{error}");
		assert!(error.to_string().contains(at), "{error}");
	}
}

#[test]
fn read_fails_when_an_entry_has_no_resource() {
	for entry in ["{}", r#"{"resource":null}"#, r#"{"fullUrl":"urn:uuid:1"}"#] {
		let text =
			format!(r#"{{"resourceType":"Bundle","entry":[{{"resource":{PATIENT}}},{entry}]}}"#);
		let error = refused(&text);
		assert!(matches!(error, BundleError::EntryWithoutResource { .. }), "{error}");
		assert!(error.to_string().contains("entry[1].resource"), "{error}");
	}
}

#[test]
fn read_fails_when_a_resource_type_is_unknown() {
	for kind in ["Unicorn", "patient", "", "Resource", "DomainResource", "BodySite"] {
		let error = refused(&bundle_of(&[PATIENT, &format!(r#"{{"resourceType":"{kind}"}}"#)]));
		assert!(matches!(error, BundleError::UnknownResourceType { .. }), "{error}");
		assert!(error.to_string().contains("entry[1].resource.resourceType"), "{error}");
	}
}

#[test]
fn read_fails_when_two_resources_have_the_same_type_and_id() {
	let a = r#"{"resourceType":"Observation","id":"A"}"#;
	let escaped = r#"{"resourceType":"Observation","id":"\u0041"}"#;
	for second in [a, escaped] {
		let error = refused(&bundle_of(&[a, PATIENT, second]));
		assert!(matches!(error, BundleError::DuplicateResource { .. }), "{error}");
		let message = error.to_string();
		assert!(message.contains("Observation/A"), "{message}");
		assert!(message.contains("entry[0]") && message.contains("entry[2]"), "{message}");
	}
}

#[test]
fn equal_ids_of_different_types_and_missing_ids_are_no_duplicates() {
	let bundle = read(&bundle_of(&[
		r#"{"resourceType":"Observation","id":"p"}"#,
		PATIENT,
		r#"{"resourceType":"Observation"}"#,
		r#"{"resourceType":"Observation"}"#,
	]));
	assert_eq!(bundle.unwrap().resources().len(), 4);
}

#[test]
fn read_fails_when_there_is_no_patient() {
	for text in [
		r#"{"resourceType":"Bundle"}"#.to_owned(),
		r#"{"resourceType":"Bundle","entry":null}"#.to_owned(),
		bundle_of(&[]),
		bundle_of(&[r#"{"resourceType":"Observation","id":"o"}"#]),
	] {
		assert!(matches!(refused(&text), BundleError::NoPatient { .. }));
	}
}

#[test]
fn read_fails_when_there_are_several_patients() {
	let error = refused(&bundle_of(&[PATIENT, r#"{"resourceType":"Patient","id":"q"}"#]));
	assert!(matches!(error, BundleError::SeveralPatients { .. }), "{error}");
	let message = error.to_string();
	assert!(message.contains("entry[0]") && message.contains("entry[1]"), "{message}");
}

#[test]
fn rule_tables_that_label_nothing_are_refused() {
	let error = RuleTable::from_slice("rules.json", b"{}", 0.5).unwrap_err();
	assert!(matches!(error, RuleError::Malformed { .. }), "{error}");
	let error = RuleTable::from_slice("rules.json", br#"{"rules":[]}"#, 0.5).unwrap_err();
	assert!(matches!(error, RuleError::NoRules { .. }), "{error}");
	let error = RuleTable::read("/nowhere/rules.json", 0.5).unwrap_err();
	assert!(matches!(error, RuleError::Unreadable { .. }), "{error}");
}
