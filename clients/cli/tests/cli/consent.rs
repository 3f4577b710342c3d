//! `hdx consent`: what cannot be understood is told before any node is asked.

use crate::{hdx_in, names, nobody, Ran, Watch};
use std::path::Path;

/// Runs a verb in a directory that has a signed document, with the URL of a node at which nobody
/// may knock.
fn run(line: &str) -> Ran {
	let directory = tempfile::tempdir().unwrap();
	run_in(directory.path(), line)
}

fn run_in(directory: &Path, line: &str) -> Ran {
	std::fs::write(directory.join("signed.pdf"), "signed").unwrap();
	let before = names(directory);
	let watch = Watch::new();
	let url = watch.url();
	let arguments: Vec<_> = line.split_whitespace().chain(["--json", "--url", &url]).collect();
	let ran = hdx_in(directory, &arguments);
	assert!(watch.nobody_came(), "a node was asked: {line}");
	assert_eq!(names(directory), before, "something was written: {line}");
	ran
}

/// Refused as bad usage, with these words.
fn is_bad_usage(line: &str, words: &[&str]) {
	let ran = run(line);
	assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
	let error = ran.error();
	assert_eq!(error["code"], "usage", "{line}");
	let message = error["message"].as_str().unwrap();
	for word in words {
		assert!(message.contains(word), "{line}: {message}");
	}
}

#[test]
fn grant_fails_when_it_is_not_said_whom_or_what() {
	is_bad_usage(
		"consent grant --as //Charlie --document signed.pdf",
		&["--organisation", "--fhir"],
	);
	is_bad_usage("consent grant --as //Charlie --organisation 1", &["--document"]);
}

#[test]
fn grant_fails_when_a_term_means_nothing() {
	let grant = "consent grant --as //Charlie --organisation 1 --document signed.pdf";
	for (term, word) in [
		("--frequency 10", "10/30d"),
		("--frequency 0/30d", "at least 1"),
		("--renew-by 1y", "--renew-times"),
		("--renew-by 1mo --renew-times 2 --notice 30d", "1y"),
		("--erase-by soon", "RFC 3339"),
	] {
		is_bad_usage(&format!("{grant} {term}"), &[word]);
	}
}

#[test]
fn amend_needs_the_consent_and_all_of_its_content() {
	is_bad_usage("consent amend --as //Charlie --organisation 1 --document signed.pdf", &["ID"]);
	is_bad_usage("consent amend --as //Charlie 0 --document signed.pdf", &["--organisation"]);
}

#[test]
fn approve_fails_when_it_is_not_said_how_much() {
	is_bad_usage("consent approve --as //Charlie 0 --document signed.pdf", &["--all"]);
	let both = "consent approve --as //Charlie 0 --all --class Observation --document signed.pdf";
	is_bad_usage(both, &["leave it out"]);
	is_bad_usage("consent approve --as //Charlie 0 --all", &["--document"]);
}

#[test]
fn request_fails_when_the_purpose_is_missing() {
	let request =
		"consent request --as //Dave --patient //Charlie --on-behalf-of 1 --role physician";
	is_bad_usage(request, &["--purpose"]);
}

#[test]
fn requests_are_of_a_patient_or_by_somebody() {
	is_bad_usage("consent requests", &["PATIENT"]);
	is_bad_usage("consent requests //Charlie --by //Dave", &["--by"]);
}

#[test]
fn guardians_fail_when_nobody_could_act() {
	let set = "consent guardians set --as //Charlie";
	is_bad_usage(set, &["--guardian"]);
	is_bad_usage(&format!("{set} --guardian //Dave"), &["--power"]);
	is_bad_usage(&format!("{set} --guardian //Dave --power all --threshold 2"), &["only 1"]);
	is_bad_usage(&format!("{set} --none --guardian //Dave"), &["--none"]);
}

#[test]
fn a_proposal_is_checked_like_what_it_proposes() {
	let propose = "consent guardians propose grant --as //Dave --for //Charlie";
	is_bad_usage(&format!("{propose} --document signed.pdf"), &["--organisation"]);
	is_bad_usage("consent guardians propose revoke --as //Dave 0", &["--for"]);
}

#[test]
fn a_delegate_is_limited() {
	let add = "consent delegate add --as //Charlie //Eve --power all";
	is_bad_usage(add, &["narrower"]);
}

#[test]
fn check_fails_when_an_actor_or_a_block_is_none() {
	is_bad_usage("consent check //Charlie --as-actor person:1", &["institution:N"]);
	is_bad_usage("consent check //Charlie --as-actor //Dave --at 0x12", &["64 hexadecimal"]);
}

#[test]
fn show_fails_when_a_dictionary_is_given_without_a_release() {
	is_bad_usage("consent show 0 --dictionary codes.txt", &["--fhir"]);
	is_bad_usage("consent show 0 --fhir r6", &["r4", "r5"]);
}

#[test]
fn a_fhir_consent_that_names_somebody_unknown_is_refused_by_name() {
	let directory = tempfile::tempdir().unwrap();
	let consent = serde_json::json!({
		"resourceType": "Consent", "status": "active",
		"provision": { "type": "permit", "actor": [
			{ "reference": { "reference": "Organization/clinic" } },
		] },
	});
	std::fs::write(directory.path().join("consent.json"), consent.to_string()).unwrap();
	let grant = "consent grant --as //Charlie --fhir consent.json --document signed.pdf";
	let ran = run_in(directory.path(), grant);
	assert_eq!(ran.exit, 1, "{}", ran.stderr);
	let error = ran.error();
	assert_eq!(error["code"], "fhir");
	let message = error["message"].as_str().unwrap();
	assert!(message.contains("consent.json"), "{message}");
	assert!(message.contains("provision.actor[0].reference"), "{message}");
	assert!(error["help"].as_str().unwrap().contains("--map"), "{error}");
}

#[test]
fn every_verb_that_needs_a_node_says_that_there_is_none_and_leaves_nothing_behind() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	std::fs::write(path.join("signed.pdf"), "signed").unwrap();
	let before = names(path);
	let url = nobody();
	for line in [
		"consent amend --as //Charlie 0 --organisation 1 --document signed.pdf",
		"consent approve --as //Charlie 0 --all --document signed.pdf",
		"consent check //Charlie --as-actor institution:1",
		"consent delegate list //Charlie",
		"consent deny --as //Charlie 0",
		"consent emergency show //Charlie",
		"consent erasure confirm --as //Bob 0 --record signed.pdf",
		"consent guardians propose grant --as //Dave --for //Charlie --organisation 1 \
		 --document signed.pdf",
		"consent guardians show //Charlie",
		"consent history 0",
		"consent list //Charlie",
		"consent receipt 0",
		"consent renew --as //Charlie 0 --until 2099-01-01",
		"consent requests //Charlie",
		"consent show 0 --fhir r4",
		"consent stop-renewal --as //Charlie 0",
		"consent withdraw --as //Dave 0",
	] {
		let arguments: Vec<_> = line.split_whitespace().chain(["--url", &url]).collect();
		let ran = hdx_in(path, &arguments);
		assert_eq!(ran.exit, 3, "{line}: {}", ran.stderr);
		assert_eq!(names(path), before, "{line}");
	}
}
