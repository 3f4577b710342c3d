//! Secrets of clinicians and auditors are made without a node, and never shown.

use crate::{hdx_in, names, nobody, Ran, Watch};
use std::{fs, path::Path};

fn run(directory: &Path, line: &str, url: &str) -> Ran {
	let mut words: Vec<_> = line.split_whitespace().collect();
	words.extend(["--json", "--url", url]);
	hdx_in(directory, &words)
}

#[test]
fn secrets_are_made_without_a_node_and_never_shown() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	let watch = Watch::new();
	let url = watch.url();
	for (line, file) in [("licence new --out", "clinician"), ("zk audit-new --out", "auditor")] {
		let line = format!("{line} {file}");
		let made = run(directory, &line, &url);
		assert_eq!(made.exit, 0, "{}", made.stderr);
		let answer: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
		let text = fs::read_to_string(directory.join(file)).unwrap();
		let kept: serde_json::Value = serde_json::from_str(&text).unwrap();
		assert_eq!(answer["key"], kept["content"]["key"]);
		let secret = kept["content"]["secret"].as_str().unwrap();
		assert_eq!(secret.len(), 66);
		assert!(!made.stdout.contains(secret) && !made.stderr.contains(secret), "{}", made.stdout);

		let again = run(directory, &line, &url);
		assert_eq!((again.exit, &again.error()["code"]), (1, &"exists".into()));
		assert_eq!(fs::read_to_string(directory.join(file)).unwrap(), text);
	}
	assert_eq!(names(directory), [Path::new("auditor"), Path::new("clinician")]);
	assert!(watch.nobody_came(), "a node was asked");
}

#[test]
fn a_licence_fails_when_its_file_is_another() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	assert_eq!(run(directory, "licence new --out clinician", &nobody()).exit, 0);
	let ran = run(directory, "licence check clinician --secret clinician", &nobody());
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"other-kind".into()));
}

#[test]
fn a_key_fails_when_anybody_could_read_what_is_encrypted_with_it() {
	let directory = tempfile::tempdir().unwrap();
	let neutral = format!("0x01{}", "00".repeat(31));
	let line = format!("zk audit-appoint {neutral} --as //Ferdie");
	let ran = run(directory.path(), &line, &nobody());
	assert_eq!(ran.exit, 2, "{}", ran.stderr);
	assert!(ran.stderr.contains("neutral"), "{}", ran.stderr);
}
