//! Help, and what cannot be understood.

use crate::{hdx, nobody};

#[test]
fn help_documents_the_exit_codes() {
	let ran = hdx(&["--help"]);
	assert_eq!(ran.exit, 0);
	for line in ["0  done", "1  refused or failed", "2  bad usage", "3  no node answers"] {
		assert!(ran.stdout.contains(line), "{}", ran.stdout);
	}
	assert!(ran.stderr.is_empty());
}

#[test]
fn the_help_of_a_verb_has_an_example() {
	let ran = hdx(&["consent", "grant", "--help"]);
	assert_eq!(ran.exit, 0);
	assert!(ran.stdout.contains("hdx consent grant --as //Charlie"), "{}", ran.stdout);
}

#[test]
fn fails_when_nothing_is_asked() {
	assert_eq!(hdx(&[]).exit, 2);
	assert_eq!(hdx(&["provider"]).exit, 2);
}

#[test]
fn fails_when_a_verb_is_unknown() {
	let ran = hdx(&["patient", "cure"]);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("cure"), "{}", ran.stderr);
	let ran = hdx(&["patient", "cure", "--json"]);
	assert_eq!(ran.exit, 2);
	assert_eq!(ran.error()["code"], "usage");
	assert!(ran.stdout.is_empty());
}

#[test]
fn fails_when_an_account_is_none() {
	let ran = hdx(&["patient", "show", "Charlie"]);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("`Charlie` is no account"), "{}", ran.stderr);
}

#[test]
fn fails_when_a_url_is_no_websocket() {
	let ran = hdx(&["provider", "list", "--url", "http://127.0.0.1:9944"]);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("ws://127.0.0.1:9944"), "{}", ran.stderr);
}

#[test]
fn fails_when_a_purpose_is_unknown_and_lists_the_known() {
	let request = "access request --as //Dave --patient //Charlie --record 0 --on-behalf-of 1 \
	               --role physician --action read --purpose CURIOSITY --json";
	let ran = hdx(&request.split_whitespace().collect::<Vec<_>>());
	assert_eq!(ran.exit, 2);
	let message = ran.error()["message"].as_str().unwrap().to_owned();
	assert!(message.contains("CURIOSITY") && message.contains("TREAT"), "{message}");
}

#[test]
fn fails_when_a_key_file_is_missing_and_names_it() {
	let ran = hdx(&["consent", "revoke", "--as", "./patient.key", "0", "--url", &nobody()]);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("./patient.key"), "{}", ran.stderr);
}

#[test]
fn a_mistyped_mnemonic_is_not_repeated() {
	let words = "bottom drive obey lake curtain smoke basket hold race lonely fit wok";
	for json in [&["--json"][..], &[]] {
		let ran = hdx(&[&["consent", "revoke", "--as", words, "0"], json].concat());
		assert_eq!(ran.exit, 2);
		assert!(!ran.stderr.contains("curtain") && !ran.stdout.contains("curtain"));
	}
}
