//! `hdx audit verify` asks nobody.

use crate::{hdx_in, Watch};

/// A proof in form, about nothing.
fn hollow() -> String {
	let zero = format!("0x{}", "0".repeat(64));
	serde_json::json!({
		"version": 1,
		"entry": "0x",
		"entryPath": [],
		"blockHash": zero,
		"mmrLeaf": "0x",
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
