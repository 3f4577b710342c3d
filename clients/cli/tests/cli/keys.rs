//! Keys are made and shown without a node.

use crate::{hdx_in, Watch};

#[test]
fn a_signing_key_is_made_for_its_owner_alone() {
	let directory = tempfile::tempdir().unwrap();
	let watch = Watch::new();
	let url = watch.url();
	let made = hdx_in(
		directory.path(),
		&["key", "generate", "--out", "operator.key", "--json", "--url", &url],
	);
	assert_eq!(made.exit, 0, "{}", made.stderr);
	let made: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
	#[cfg(unix)]
	{
		use std::os::unix::fs::PermissionsExt;
		let file = directory.path().join("operator.key");
		assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
	}
	let shown = hdx_in(directory.path(), &["key", "show", "operator.key", "--json", "--url", &url]);
	let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
	assert_eq!(made["account"], shown["account"]);
	assert_eq!(shown["kind"], "signing");
	assert!(watch.nobody_came(), "a node was asked");
}

#[test]
fn an_encryption_key_has_a_secret_and_a_public_half() {
	let directory = tempfile::tempdir().unwrap();
	let made =
		hdx_in(directory.path(), &["key", "generate", "--encryption", "--out", "k", "--json"]);
	assert_eq!(made.exit, 0, "{}", made.stderr);
	let made: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
	for (file, secret) in [("k", true), ("k.pub", false)] {
		let shown = hdx_in(directory.path(), &["key", "show", file, "--json"]);
		let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
		assert_eq!(shown["fingerprint"], made["fingerprint"], "{file}");
		assert_eq!(shown["secret"], secret, "{file}");
	}
}

#[test]
fn a_key_is_never_overwritten() {
	let directory = tempfile::tempdir().unwrap();
	for more in [&[][..], &["--encryption"]] {
		std::fs::write(directory.path().join("k"), "mine").unwrap();
		let ran = hdx_in(directory.path(), &[&["key", "generate", "--out", "k"], more].concat());
		assert_eq!(ran.exit, 1);
		assert!(ran.stderr.contains("`k` exists"), "{}", ran.stderr);
		assert_eq!(std::fs::read(directory.path().join("k")).unwrap(), b"mine");
	}
}

#[test]
fn a_development_key_is_shown_by_its_name() {
	let ran = hdx_in(std::path::Path::new("."), &["key", "show", "//Alice"]);
	assert_eq!(ran.exit, 0);
	let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	assert!(ran.stdout.contains(alice), "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn fails_when_others_may_read_a_key() {
	use std::os::unix::fs::PermissionsExt;
	let directory = tempfile::tempdir().unwrap();
	let file = directory.path().join("k");
	hdx_in(directory.path(), &["key", "generate", "--out", "k"]);
	std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
	let ran = hdx_in(directory.path(), &["key", "show", "k"]);
	assert_eq!(ran.exit, 1);
	assert!(ran.stderr.contains("chmod 600"), "{}", ran.stderr);
}
