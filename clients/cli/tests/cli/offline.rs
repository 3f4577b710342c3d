//! `hdx audit verify` asks nobody.

use crate::{hdx_in, Watch};

/// A proof in form, about nothing.
fn hollow() -> String {
	let zero = format!("0x{}", "0".repeat(64));
	serde_json::json!({
		"version": 2,
		"entry": "0x",
		"entryPath": [],
		"blockHash": zero,
		"mmrLeaf": "0x",
		"genesisLeaf": "0x",
		"mmrProof": "0x",
		"finalizedHeader": "0x",
		"justification": "0x",
		"setId": 0,
		"genesisHeader": "0x",
		"authoritiesProof": [],
	})
	.to_string()
}

#[test]
fn a_proof_that_does_not_hold_is_refused_without_asking_a_node() {
	let directory = tempfile::tempdir().unwrap();
	let watch = Watch::new();
	let url = watch.url();
	std::fs::write(directory.path().join("entry.proof.json"), hollow()).unwrap();
	let genesis = format!("0x{}", "7".repeat(64));
	let arguments =
		["audit", "verify", "entry.proof.json", "--genesis", &genesis, "--json", "--url", &url];
	let ran = hdx_in(directory.path(), &arguments);
	assert_eq!(ran.exit, 1, "{}", ran.stderr);
	let error = ran.error();
	assert_eq!(error["code"], "proof");
	let message = error["message"].as_str().unwrap();
	assert!(message.contains("entry.proof.json") && message.contains("audit entry"), "{message}");
	assert!(watch.nobody_came(), "a node was asked");
}

#[test]
fn fails_when_the_genesis_hash_is_none() {
	let ran =
		hdx_in(std::path::Path::new("."), &["audit", "verify", "p.json", "--genesis", "0x12"]);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("64 hexadecimal digits"), "{}", ran.stderr);
}

#[test]
fn fails_unless_one_thing_is_trusted() {
	let zero = format!("0x{}", "0".repeat(64));
	for trusted in [&[][..], &["--genesis", &zero, "--authorities", "set.json"]] {
		let arguments = [&["audit", "verify", "p.json"][..], trusted].concat();
		let ran = hdx_in(std::path::Path::new("."), &arguments);
		assert_eq!(ran.exit, 2, "{}", ran.stderr);
	}
	// With nothing to be checked, nothing has to be trusted, and nothing is.
	for line in [
		"audit check-disclosure d.json --proof p.json",
		"audit check-disclosure d.json --authorities set.json",
	] {
		let arguments: Vec<_> = line.split(' ').collect();
		let ran = hdx_in(std::path::Path::new("."), &arguments);
		assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
	}
}

#[test]
fn a_proof_is_checked_by_a_set_of_authorities_without_asking_a_node() {
	let directory = tempfile::tempdir().unwrap();
	let watch = Watch::new();
	let url = watch.url();
	let id = "ab".repeat(32);
	let set = format!(r#"{{"setId":3,"authorities":[{{"id":"0x{id}","weight":1}}]}}"#);
	std::fs::write(directory.path().join("set.json"), set).unwrap();
	std::fs::write(directory.path().join("broken.json"), "{\"setId\":3}").unwrap();
	std::fs::write(directory.path().join("entry.proof.json"), hollow()).unwrap();
	for (file, code, word) in [
		("set.json", "proof", "audit entry"),
		("broken.json", "malformed", "broken.json"),
		("none.json", "unreadable", "none.json"),
	] {
		let arguments = ["audit", "verify", "entry.proof.json", "--authorities", file];
		let arguments = [&arguments[..], &["--json", "--url", &url]].concat();
		let ran = hdx_in(directory.path(), &arguments);
		assert_eq!(ran.exit, 1, "{}", ran.stderr);
		let error = ran.error();
		assert_eq!(error["code"], code);
		assert!(error["message"].as_str().unwrap().contains(word), "{error}");
	}
	// A proof that starts from a set is not begun without one.
	let prove = ["audit", "prove", "4", "-o", "new.json", "--authorities", "broken.json"];
	let ran = hdx_in(directory.path(), &[&prove[..], &["--url", &url]].concat());
	assert_eq!(ran.exit, 1, "{}", ran.stderr);
	assert!(!directory.path().join("new.json").exists());
	assert!(watch.nobody_came(), "a node was asked");
}
