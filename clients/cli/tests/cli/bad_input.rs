//! Files that are not what they should be. All are found before a node is asked, and named.

use crate::{hdx_in, names, Watch};

const PATIENT: &str = r#"{"resource":{"resourceType":"Patient","id":"p"}}"#;

/// Seals `content`, and returns what was said.
fn seal(content: &[u8]) -> String {
	let directory = tempfile::tempdir().unwrap();
	let watch = Watch::new();
	std::fs::write(directory.path().join("bundle.json"), content).unwrap();
	let url = watch.url();
	let line =
		"record seal --as //Alice --patient //Charlie --bundle bundle.json --data data --url";
	let arguments: Vec<_> = line.split_whitespace().chain([url.as_str()]).collect();
	let ran = hdx_in(directory.path(), &arguments);
	assert_eq!(ran.exit, 1, "{}", ran.stderr);
	assert!(ran.stderr.contains("bundle.json"), "{}", ran.stderr);
	assert!(watch.nobody_came(), "a node was asked");
	assert_eq!(names(directory.path()).len(), 1, "something was written");
	ran.stderr
}

fn bundle(entries: &[&str]) -> String {
	format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","))
}

#[test]
fn seal_fails_when_the_bundle_is_truncated() {
	let whole = bundle(&[PATIENT]);
	assert!(seal(&whole.as_bytes()[..whole.len() - 3]).contains("truncated"));
}

#[test]
fn seal_fails_when_the_bundle_is_empty() {
	assert!(seal(b"").contains("is empty"));
}

#[test]
fn seal_fails_when_it_is_not_fhir() {
	assert!(seal(br#"{"hello":"world"}"#).contains("resourceType"));
	assert!(seal(b"<Bundle/>").contains("not JSON"));
}

#[test]
fn seal_fails_when_there_is_no_patient() {
	let observation = r#"{"resource":{"resourceType":"Observation","id":"o"}}"#;
	assert!(seal(bundle(&[observation]).as_bytes()).contains("no Patient"));
}

#[test]
fn seal_fails_when_an_id_is_there_twice() {
	let twice = r#"{"resource":{"resourceType":"Observation","id":"o"}}"#;
	let said = seal(bundle(&[PATIENT, twice, twice]).as_bytes());
	assert!(said.contains("Observation/o") && said.contains("entry[2]"), "{said}");
}

#[test]
fn seal_fails_when_a_resource_type_is_unknown() {
	let said = seal(bundle(&[PATIENT, r#"{"resource":{"resourceType":"Horoscope"}}"#]).as_bytes());
	assert!(said.contains("Horoscope") && said.contains("entry[1]"), "{said}");
}

#[test]
fn seal_fails_when_the_bundle_is_larger_than_the_limit() {
	let said = seal(&vec![b' '; 100 * 1024 * 1024]);
	assert!(said.contains("64 MiB"), "{said}");
}

#[test]
fn missing_files_are_named() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	let watch = Watch::new();
	let url = watch.url();
	let run = |line: &str| {
		let arguments: Vec<_> = line.split_whitespace().chain(["--url", &url]).collect();
		hdx_in(path, &arguments)
	};
	assert_eq!(run("key generate --encryption --out grantee").exit, 0);
	std::fs::write(path.join("package.json"), "{}").unwrap();
	std::fs::write(path.join("document.pdf"), "signed").unwrap();
	for (line, missing) in [
		("record seal --as //Alice --patient //Charlie --bundle no-bundle.json --data data", "no-bundle.json"),
		("consent grant --as //Charlie --organisation 1 --document no-document.pdf", "no-document.pdf"),
		(
			"provider enrol --as //Bob --practitioner //Dave --role nurse --taxonomy 207R00000X \
			 --credential document.pdf --valid-until 2099-01-01 --key-agreement no-key.pub",
			"no-key.pub",
		),
		("record release --as //Alice --grant 0 --record 0 --data no-data --to grantee.pub --out p", "no-data"),
		("record release --as //Alice --grant 0 --record 0 --data . --to no-key.pub --out p", "no-key.pub"),
		("record open no-package.json --key grantee --data .", "no-package.json"),
		("access redeem no-package.json --key grantee --data .", "no-package.json"),
		("record open package.json --key grantee --data .", "package.json"),
		("audit verify no-proof.json --genesis", "no-proof.json"),
	] {
		let zero = format!("0x{}", "0".repeat(64));
		let line = if line.ends_with("--genesis") { format!("{line} {zero}") } else { line.to_owned() };
		let ran = run(&line);
		assert_eq!(ran.exit, 1, "{line}: {}", ran.stderr);
		assert!(ran.stderr.contains(missing), "{line}: {}", ran.stderr);
	}
	assert!(watch.nobody_came(), "a node was asked");
}

#[test]
fn fails_when_a_file_is_in_the_way() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	let watch = Watch::new();
	let url = watch.url();
	std::fs::write(path.join("proof.json"), "mine").unwrap();
	std::fs::write(path.join("document.pdf"), "signed").unwrap();
	std::fs::write(path.join("document.pdf.salt"), "mine").unwrap();
	for (line, there) in [
		("audit prove 0 -o proof.json", "proof.json"),
		(
			"consent grant --as //Charlie --organisation 1 --document document.pdf",
			"document.pdf.salt",
		),
	] {
		let arguments: Vec<_> = line.split_whitespace().chain(["--url", &url]).collect();
		let ran = hdx_in(path, &arguments);
		assert_eq!(ran.exit, 1, "{line}: {}", ran.stderr);
		assert_eq!(std::fs::read(path.join(there)).unwrap(), b"mine");
	}
	assert!(watch.nobody_came(), "a node was asked");
}
