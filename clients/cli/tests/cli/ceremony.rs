//! Four parties make the keys of a circuit with the real binary, and nobody is asked.

#![allow(clippy::arithmetic_side_effects)]

use crate::{hdx_in, names, Ran, Watch};
use std::{fs, path::Path};

/// A line of words.
fn run(directory: &Path, line: &str) -> Ran {
	let mut words: Vec<_> = line.split_whitespace().collect();
	words.push("--json");
	hdx_in(directory, &words)
}

/// The answer of a verb.
fn answer(directory: &Path, line: &str) -> serde_json::Value {
	let ran = run(directory, line);
	assert_eq!(ran.exit, 0, "{line}: {}", ran.stderr);
	serde_json::from_str(&ran.stdout).unwrap()
}

/// Fails, with this exit code and code.
fn fails(directory: &Path, line: &str, exit: i32, code: &str) -> serde_json::Value {
	let ran = run(directory, line);
	assert_eq!((ran.exit, &ran.error()["code"]), (exit, &code.into()), "{line}: {}", ran.stderr);
	ran.error()
}

const PARTIES: [&str; 4] = ["//Alice", "//Bob", "//Charlie", "//Dave"];

/// Everybody contributes, from the file of this number on; gives their contributions.
fn contribute(directory: &Path, first: usize) -> Vec<serde_json::Value> {
	let lines = PARTIES.iter().enumerate().map(|(number, party)| {
		let (from, to) = (first + number, first + number + 1);
		format!("ceremony contribute {from}.transcript --out {to}.transcript --as {party} --entropy dice")
	});
	lines.map(|line| answer(directory, &line)["contribution"].clone()).collect()
}

#[test]
fn four_parties_make_keys_that_anybody_verifies() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	let watch = Watch::new();
	let begun = answer(
		directory,
		&format!("ceremony new --circuit consent_grant --out 0.transcript --url {}", watch.url()),
	);
	let mut contributions = contribute(directory, 0);
	let beacon = "--beacon 0x00c0ffee --iterations 10";
	answer(directory, &format!("ceremony finalize 4.transcript {beacon} --out 5.transcript"));
	contributions.extend(contribute(directory, 5));
	let end =
		"ceremony finalize 9.transcript --beacon 0x0decaf --iterations 10 --out 10.transcript";
	let ended = answer(directory, &format!("{end} --keys keys"));
	assert_eq!(ended["stage"], "complete");

	let keys = "--key keys/consent_grant.vk --key keys/consent_grant.pk";
	let line = format!("ceremony verify 10.transcript --circuit consent_grant {keys}");
	let verified = answer(directory, &line);
	assert_eq!(verified["ceremony"], begun["ceremony"]);
	assert_eq!(verified["transcript"], ended["transcript"]);
	assert_eq!((&verified["parties"], &verified["stage"]), (&4.into(), &"complete".into()));
	assert_eq!(verified["keys"][0]["digest"], ended["verifyingKey"]["digest"]);
	assert_eq!(verified["keys"][1]["kind"], "proving");
	let records = verified["records"].as_array().unwrap();
	let parties = records.iter().filter(|record| record["account"].is_string());
	let hashes: Vec<_> = parties.map(|record| record["hash"].clone()).collect();
	assert_eq!(hashes, contributions);
	assert_eq!(records[4]["beacon"], "0x00c0ffee");

	// Whoever does the end again gets the same file and keys; without another end, the keys alone.
	let again = "ceremony finalize 9.transcript --beacon 0x0decaf --iterations 10 --out again";
	answer(directory, &format!("{again} --keys others"));
	answer(directory, "ceremony finalize 10.transcript --keys once-more");
	let read = |name: &str| fs::read(directory.join(name)).unwrap();
	assert_eq!(read("again"), read("10.transcript"));
	for kind in ["pk", "vk"] {
		let key = read(&format!("keys/consent_grant.{kind}"));
		assert_eq!(read(&format!("others/consent_grant.{kind}")), key);
		assert_eq!(read(&format!("once-more/consent_grant.{kind}")), key);
	}

	// A key of one party is not the ceremony's, whatever it is labelled.
	answer(directory, "zk setup-dev consent_grant --out one");
	let one = "one/consent_grant.development.vk";
	fails(directory, &format!("ceremony verify 10.transcript --key {one}"), 1, "other-key");
	let relabelled = [b"hdx-ceremony-v1\0", &read(one)[16..]].concat();
	fs::write(directory.join(one), relabelled).unwrap();
	fails(directory, &format!("ceremony verify 10.transcript --key {one}"), 1, "other-key");
	fails(directory, "ceremony verify 5.transcript --key keys/consent_grant.vk", 1, "other-key");

	let late = "ceremony contribute 10.transcript --out late --as //Eve";
	fails(directory, late, 1, "ceremony-phase");
	let closed = "ceremony finalize 10.transcript --beacon 0x01 --out late --keys late-keys";
	fails(directory, closed, 1, "ceremony-phase");
	assert!(!names(directory).contains(&"late".into()), "a refused contribution left a file");
	assert!(watch.nobody_came(), "a node was asked");
}

#[test]
fn a_ceremony_is_refused_for_its_own_reason_and_nothing_is_written() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	answer(directory, "ceremony new --circuit consent_grant --out 0");
	answer(directory, "ceremony contribute 0 --out 1 --as //Alice");
	answer(directory, "ceremony contribute 1 --out 2 --as //Bob");
	let before = names(directory);

	fails(directory, "ceremony new --circuit consent_grant --out 0", 1, "exists");
	fails(directory, "ceremony new --circuit consent_gant --out 9", 2, "usage");
	fails(directory, "ceremony contribute 2 --out 1 --as //Charlie", 1, "exists");
	fails(directory, "ceremony verify 2 --circuit break_glass", 1, "other-circuit");
	let beacon = "--beacon 0x01 --iterations 10";
	let early = format!("ceremony finalize 0 {beacon} --out 9");
	fails(directory, &early, 1, "ceremony-phase");
	fails(directory, &format!("ceremony finalize 2 {beacon} --out 9 --keys keys"), 2, "usage");
	fails(directory, "ceremony finalize 2", 2, "usage");
	fails(directory, "ceremony finalize 2 --beacon c0ffee --out 9", 2, "usage");
	fails(directory, "ceremony finalize 2 --beacon 0x01 --iterations 9 --out 9", 2, "usage");
	assert_eq!(names(directory), before);

	let bytes = fs::read(directory.join("2")).unwrap();
	let damaged = |name: &str, bytes: &[u8]| fs::write(directory.join(name), bytes).unwrap();
	// Written by half.
	damaged("half", &bytes[..bytes.len() / 2]);
	damaged("longer", &[&bytes[..], &[0]].concat());
	damaged("other", b"hdx-ceremony-v1\0");
	for (name, code) in [("half", "truncated"), ("longer", "malformed"), ("other", "malformed")] {
		let error = fails(directory, &format!("ceremony verify {name}"), 1, code);
		assert!(error["help"].is_string(), "{error}");
		let line = format!("ceremony contribute {name} --out 9 --as //Charlie");
		fails(directory, &line, 1, code);
	}
	// The identifier of the ceremony stands before the number of records.
	let mut elsewhere = bytes.clone();
	elsewhere[95] ^= 1;
	damaged("elsewhere", &elsewhere);
	let error = fails(directory, "ceremony verify elsewhere", 1, "ceremony-refused");
	assert_eq!(error["refusal"], "OtherCeremony");
	assert!(error["help"].is_string(), "{error}");
	// The signature of the first contribution ends where the second one begins.
	let mut signed = bytes;
	let record = 1 + 64 + 3 * (96 + 192 + 96) + 32 + 32 + 64;
	signed[98 + record - 1] ^= 1;
	damaged("signed", &signed);
	let error = fails(directory, "ceremony verify signed", 1, "ceremony-refused");
	assert_eq!(error["refusal"], "WrongSignature");
	let line = "ceremony contribute signed --out 9 --as //Charlie";
	fails(directory, line, 1, "ceremony-refused");
	assert!(!names(directory).contains(&"9".into()));
}
