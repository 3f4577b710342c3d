//! DIDs: what is told before a node is asked.

use crate::{hdx_in, nobody, Ran, Watch};

const ED25519: &str = "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6";

/// Runs a line where nobody may be asked.
fn alone(line: &str) -> Ran {
	let directory = tempfile::tempdir().unwrap();
	std::fs::write(directory.path().join("short.mldsa65"), [1; 1_951]).unwrap();
	std::fs::write(directory.path().join("zeros.mldsa65"), [0; 1_952]).unwrap();
	std::fs::write(directory.path().join("not-a-key.pub"), "{}").unwrap();
	let watch = Watch::new();
	let url = watch.url();
	let arguments: Vec<_> = line.split_whitespace().chain(["--json", "--url", &url]).collect();
	let ran = hdx_in(directory.path(), &arguments);
	assert!(watch.nobody_came(), "a node was asked: {line}");
	ran
}

#[test]
fn every_malformed_did_is_resolved_to_its_code() {
	let (chain, account) = ("07".repeat(8), "01".repeat(32));
	for (text, code) in [
		("did:", "invalidDid"),
		("did:hdx:", "invalidDid"),
		("did:hdx:x", "invalidDid"),
		(&format!("did:hdx:{chain}"), "invalidDid"),
		(&format!("did:hdx:{chain}:{}", "AB".repeat(32)), "invalidDid"),
		(&format!("did:hdx:{chain}:{account}0"), "invalidDid"),
		("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "methodNotSupported"),
	] {
		let ran = alone(&format!("did resolve {text}"));
		assert_eq!(ran.exit, 1, "{text}: {}", ran.stderr);
		let result: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
		assert_eq!(result["didResolutionMetadata"]["error"], code, "{text}");
		assert!(result["didDocument"].is_null());
		assert_eq!(result["didDocumentMetadata"], serde_json::json!({}));
	}
}

#[test]
fn every_malformed_url_is_dereferenced_to_its_code() {
	let did = format!("did:hdx:{}:{}", "07".repeat(8), "01".repeat(32));
	for (rest, code) in [
		("#", "invalidDidUrl"),
		("?versionTime=yesterday", "invalidDidUrl"),
		("?versionId=3#key-0", "featureNotSupported"),
		("/path", "featureNotSupported"),
		("0#key-0", "invalidDid"),
	] {
		let ran = alone(&format!("did resolve {did}{rest}"));
		assert_eq!(ran.exit, 1, "{rest}: {}", ran.stderr);
		let result: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
		assert_eq!(result["dereferencingMetadata"]["error"], code, "{rest}");
		assert!(result["contentStream"].is_null());
	}
}

#[test]
fn fails_when_it_is_neither_an_account_nor_a_did() {
	for line in ["did resolve Dave", "did show Dave", "did show did:key:z6Mk"] {
		let ran = alone(line);
		assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
		assert!(ran.error()["message"].as_str().unwrap().contains("did:hdx:"), "{}", ran.stderr);
	}
}

#[test]
fn fails_when_a_key_cannot_be_one() {
	let zeros = "00".repeat(32);
	for (key, exit, word) in [
		("ed25519:00".to_owned(), 2, "32 bytes"),
		(format!("ed25519:{ED25519}00"), 2, "32 bytes"),
		(format!("x25519:{zeros}"), 2, "low order"),
		(format!("rsa:{zeros}"), 2, "no scheme"),
		("ed25519:nonsense".to_owned(), 2, "hexadecimal"),
		("z6Mk".to_owned(), 2, "public key"),
		("mldsa65:short.mldsa65".to_owned(), 1, "1952 bytes"),
		("mldsa65:zeros.mldsa65".to_owned(), 1, "all zero"),
		("not-a-key.pub".to_owned(), 1, "not-a-key.pub"),
		("no-such-key.pub".to_owned(), 1, "no-such-key.pub"),
	] {
		for verb in [
			"create --as //Dave --add-key",
			"update --as //Dave --add-key",
			"rotate --as //Dave --new",
		] {
			let ran = alone(&format!("did {verb} {key}"));
			assert_eq!(ran.exit, exit, "{verb} {key}: {}", ran.stderr);
			let message = ran.error()["message"].to_string();
			assert!(message.contains(word), "{verb} {key}: {message}");
		}
	}
}

#[test]
fn fails_when_a_key_cannot_do_what_it_is_for() {
	let line =
		format!("did create --as //Dave --add-key ed25519:{ED25519} --relationship keyAgreement");
	let ran = alone(&line);
	assert_eq!(ran.exit, 2);
	assert!(ran.stderr.contains("assertionMethod"), "{}", ran.stderr);
	let twice =
		format!("did create --as //Dave --add-key ed25519:{ED25519} --add-key ed25519:0x{ED25519}");
	assert!(alone(&twice).stderr.contains("twice"));
}

#[test]
fn fails_when_a_service_is_malformed_or_too_long() {
	for (service, word) in [
		("inbox", "ID,TYPE,ENDPOINT".to_owned()),
		("key-0,LinkedDomains,https://clinic.example/", "key-".to_owned()),
		("inbox,LinkedDomains,clinic.example", "no URI".to_owned()),
		(&format!("inbox,LinkedDomains,https://{}", "a".repeat(256)), "256 bytes".to_owned()),
	] {
		let ran = alone(&format!("did update --as //Dave --service {service}"));
		assert_eq!(ran.exit, 2, "{service}: {}", ran.stderr);
		assert!(ran.stderr.contains(&word), "{service}: {}", ran.stderr);
	}
}

#[test]
fn fails_when_nothing_or_more_than_one_thing_is_to_be_changed() {
	assert_eq!(alone("did update --as //Dave").exit, 2);
	assert_eq!(alone("did update --as //Dave --end-key 0 --remove-service inbox").exit, 2);
	let both = "did resolve //Dave --at-block 3 --version-time 2027-06-30";
	assert_eq!(alone(both).exit, 2);
}

#[test]
fn a_node_is_needed_for_what_is_well_formed() {
	let url = nobody();
	let create = format!("did create --as //Dave --add-key ed25519:{ED25519} --url {url}");
	let did = format!("did:hdx:{}:{}", "07".repeat(8), "01".repeat(32));
	let resolve = format!("did resolve {did} --url {url}");
	for line in [create, resolve, format!("did deactivate --as //Dave --url {url}")] {
		let directory = tempfile::tempdir().unwrap();
		let arguments: Vec<_> = line.split_whitespace().collect();
		let ran = hdx_in(directory.path(), &arguments);
		assert_eq!(ran.exit, 3, "{line}: {}", ran.stderr);
	}
}
