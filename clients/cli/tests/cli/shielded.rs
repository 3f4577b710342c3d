//! Wallets and providers' secrets are made and shown without a node, and no secret is ever shown.

use crate::{hdx_in, names, nobody, Ran, Watch};
use std::{fs, path::Path};

/// The answer of a verb.
fn answer(ran: &Ran) -> serde_json::Value {
	assert_eq!(ran.exit, 0, "{}", ran.stderr);
	serde_json::from_str(&ran.stdout).unwrap()
}

/// A line of words.
fn run(directory: &Path, line: &str, url: &str) -> Ran {
	let mut words: Vec<_> = line.split_whitespace().collect();
	words.extend(["--json", "--url", url]);
	hdx_in(directory, &words)
}

#[test]
fn who_takes_part_is_made_and_shown_without_a_node() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	let watch = Watch::new();
	let url = watch.url();
	for (verb, file, name) in [("new", "wallet", "patient"), ("provider", "doctor", "tag")] {
		let made = run(directory, &format!("shielded {verb} --out {file}"), &url);
		let key = answer(&made)[name].as_str().unwrap().to_owned();
		assert_eq!((key.len(), &key[..2]), (66, "0x"));
		let shown = run(directory, &format!("shielded tag {file}"), &url);
		assert_eq!(answer(&shown)[name], key);
		let text = fs::read_to_string(directory.join(file)).unwrap();
		let kept: serde_json::Value = serde_json::from_str(&text).unwrap();
		let secret = kept["content"]["secret"].as_str().unwrap();
		for ran in [&made, &shown] {
			assert!(!ran.stdout.contains(secret) && !ran.stderr.contains(secret), "{}", ran.stdout);
		}

		let again = run(directory, &format!("shielded {verb} --out {file}"), &url);
		assert_eq!((again.exit, &again.error()["code"]), (1, &"exists".into()));
		assert_eq!(fs::read_to_string(directory.join(file)).unwrap(), text);
	}
	assert_eq!(names(directory), [Path::new("doctor"), Path::new("wallet")]);
	assert!(watch.nobody_came(), "a node was asked");
}

#[test]
fn a_patient_and_a_guardian_name_each_other_without_a_node() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	let does = |line: &str| answer(&run(directory, line, &nobody()));
	let key = |shown: &serde_json::Value, name: &str| shown[name].as_str().unwrap().to_owned();
	let own = key(&does("shielded new --out mine"), "own");
	let child = does(&format!("shielded new --out child --guardian {own}"));
	let guard = |patient: &str, out: &str| {
		format!("shielded guardian mine --patient {patient} --out {out}")
	};
	let ward = does(&guard(&key(&child, "own"), "ward"));
	assert_eq!((&ward["patient"], &ward["guardian"]), (&child["patient"], &true.into()));
	assert_eq!(key(&ward, "own"), own);
	assert_eq!(does("shielded tag ward")["patient"], child["patient"]);
	let ran = run(directory, &guard(&own, "self"), &nobody());
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"own-guardian".into()), "{}", ran.stderr);
	let nobodys = format!("shielded new --out other --guardian 0x{}", "00".repeat(32));
	assert_eq!(run(directory, &nobodys, &nobody()).exit, 2);
	assert_eq!(names(directory), [Path::new("child"), Path::new("mine"), Path::new("ward")]);
}

#[cfg(unix)]
#[test]
fn a_wallet_is_for_its_owner_and_fails_when_others_may_read_it() {
	use std::os::unix::fs::PermissionsExt;
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	answer(&run(directory, "shielded new --out wallet", &nobody()));
	let wallet = directory.join("wallet");
	assert_eq!(wallet.metadata().unwrap().permissions().mode() & 0o777, 0o600);
	fs::set_permissions(&wallet, fs::Permissions::from_mode(0o604)).unwrap();
	for line in ["shielded tag wallet", "shielded list --wallet wallet"] {
		let ran = run(directory, line, &nobody());
		assert_eq!(ran.exit, 1, "{line}");
		assert!(ran.stderr.contains("chmod 600"), "{}", ran.stderr);
	}
}

#[test]
fn a_file_fails_when_it_is_another_or_was_altered() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	answer(&run(directory, "shielded new --out wallet", &nobody()));
	answer(&run(directory, "shielded provider --out doctor", &nobody()));
	let other = run(directory, "shielded list --wallet doctor", &nobody());
	assert_eq!((other.exit, &other.error()["code"]), (1, &"other-kind".into()));

	let wallet = directory.join("wallet");
	let text = fs::read_to_string(&wallet).unwrap();
	for (written, code) in [
		(text.replace("\"version\": 1", "\"version\": 9"), "later-version"),
		(text.replace("\"notes\": []", "\"notes\": [1]"), "damaged-file"),
		(text.replace("patient", "patent"), "damaged-file"),
	] {
		fs::write(&wallet, written).unwrap();
		let ran = run(directory, "shielded tag wallet", &nobody());
		assert_eq!((ran.exit, &ran.error()["code"]), (1, &code.into()));
		assert!(ran.error()["help"].is_string(), "{}", ran.stderr);
	}
}

#[test]
fn nothing_is_changed_when_a_consent_makes_no_sense_or_no_node_answers() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	answer(&run(directory, "shielded new --out wallet", &nobody()));
	let tag = answer(&run(directory, "shielded provider --out doctor", &nobody()));
	let tag = tag["tag"].as_str().unwrap();
	answer(&run(directory, "zk setup-dev consent_grant --out keys", &nobody()));
	let before = fs::read_to_string(directory.join("wallet")).unwrap();

	let grant = format!("shielded grant --wallet wallet --to {tag} --version 1 --as //Alice");
	let key = "--proving-key keys/consent_grant.development.pk";
	let covers = "--purpose TREAT --category all --until 2099-12-31";
	let digest = format!("--digest 0x{}", "07".repeat(32));
	for (more, exit, code) in [
		(format!("{key} {covers}"), 3, "unreachable"),
		(format!("{key} {covers} {digest}"), 1, "proving-key"),
		(format!("--proving-key keys/consent_grant.development.vk {covers}"), 1, "proving-key"),
		(format!("{key} --purpose TREAT --category 64 --until 2099-12-31"), 2, "usage"),
		(format!("{key} --purpose PLAY --category 1 --until 2099-12-31"), 2, "usage"),
		(format!("{key} --category 1 --until 2099-12-31"), 2, "usage"),
		(format!("{key} --purpose TREAT --category 1"), 2, "usage"),
	] {
		let ran = run(directory, &format!("{grant} {more}"), &nobody());
		assert_eq!((ran.exit, &ran.error()["code"]), (exit, &code.into()), "{}", ran.stderr);
		assert_eq!(fs::read_to_string(directory.join("wallet")).unwrap(), before);
	}
	let revoke = "shielded revoke 0/0 --wallet wallet --version 1 --as //Alice";
	let ran = run(directory, &format!("{revoke} {key}"), &nobody());
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"other-circuit".into()), "{}", ran.stderr);
	let leaf = format!("0x01{}", "00".repeat(31));
	let send = format!("shielded send {leaf} --wallet wallet --version 1 --as //Alice {key}");
	let ran = run(directory, &send, &nobody());
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"not-in-wallet".into()), "{}", ran.stderr);
}
