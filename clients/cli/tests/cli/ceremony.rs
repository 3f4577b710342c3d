//! Four parties make the keys of a circuit with the real binary, and nobody is asked.

#![allow(clippy::arithmetic_side_effects)]

use crate::{hdx_in, names, nobody, Ran, Watch};
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
		&format!(
			"ceremony new --circuit consent_grant --iterations 10 --out 0.transcript --url {}",
			watch.url()
		),
	);
	let mut contributions = contribute(directory, 0);
	let beacon = "--beacon 0x00c0ffee";
	answer(directory, &format!("ceremony finalize 4.transcript {beacon} --out 5.transcript"));
	contributions.extend(contribute(directory, 5));
	let end = "ceremony finalize 9.transcript --beacon 0x0decaf --out 10.transcript";
	let ended = answer(directory, &format!("{end} --keys keys"));
	assert_eq!(ended["stage"], "complete");

	let keys = "--key keys/consent_grant.vk --key keys/consent_grant.pk";
	let named = "--party //Alice --party //Dave --beacon 0x00c0ffee --beacon 0x0decaf";
	let line = format!("ceremony verify 10.transcript --circuit consent_grant {keys} {named}");
	let verified = answer(directory, &line);
	assert_eq!(verified["ceremony"], begun["ceremony"]);
	assert_eq!(verified["transcript"], ended["transcript"]);
	assert_eq!((&verified["iterations"], &verified["stage"]), (&10.into(), &"complete".into()));
	let parties = &verified["parties"];
	assert_eq!((&parties["powers"], &parties["circuit"]), (&4.into(), &4.into()));
	assert_eq!(parties["both"].as_array().unwrap().len(), 4);
	assert_eq!(verified["keys"][0]["digest"], ended["verifyingKey"]["digest"]);
	assert_eq!(verified["keys"][1]["kind"], "proving");
	let records = verified["records"].as_array().unwrap();
	let parties = records.iter().filter(|record| record["account"].is_string());
	let hashes: Vec<_> = parties.map(|record| record["hash"].clone()).collect();
	assert_eq!(hashes, contributions);
	assert_eq!(records[4]["beacon"], "0x00c0ffee");

	// Whoever does the end again gets the same file and keys; without another end, the keys alone.
	let again = "ceremony finalize 9.transcript --beacon 0x0decaf --out again";
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

	what_was_not_agreed_on_is_refused(directory);
	a_key_is_attested_with_a_transcript_that_leads_to_it(directory, one);

	let late = "ceremony contribute 10.transcript --out late --as //Eve";
	fails(directory, late, 1, "ceremony-phase");
	let closed = "ceremony finalize 10.transcript --beacon 0x01 --out late --keys late-keys";
	fails(directory, closed, 1, "ceremony-phase");
	assert!(!names(directory).contains(&"late".into()), "a refused contribution left a file");
	assert!(watch.nobody_came(), "a node was asked");
}

/// Parties that are not there, and beacons of somebody's choice.
fn what_was_not_agreed_on_is_refused(directory: &Path) {
	for (line, code) in [
		("10.transcript --party //Alice --party //Eve", "party-missing"),
		// Bob's second contribution comes later.
		("6.transcript --party //Bob", "party-missing"),
		("10.transcript --beacon 0x0decaf", "other-beacon"),
		("10.transcript --beacon 0x00c0ffee --beacon 0x00c0ffee", "other-beacon"),
		("9.transcript --beacon 0x00c0ffee --beacon 0x0decaf", "other-beacon"),
	] {
		let error = fails(directory, &format!("ceremony verify {line}"), 1, code);
		assert!(error["help"].is_string(), "{error}");
	}
	let half =
		answer(directory, "ceremony verify 6.transcript --party //Alice --beacon 0x00c0ffee");
	let parties = &half["parties"];
	assert_eq!((&parties["powers"], &parties["circuit"]), (&4.into(), &1.into()));
	assert_eq!(parties["both"].as_array().unwrap().len(), 1);
	let thrice = "ceremony verify 10.transcript --beacon 0x01 --beacon 0x02 --beacon 0x03";
	fails(directory, thrice, 2, "usage");
}

/// What is taken goes on to a node, and there is none. The key at `other` is labelled as one of a ceremony and is
/// none.
fn a_key_is_attested_with_a_transcript_that_leads_to_it(directory: &Path, other: &str) {
	let (key, hash, url) = ("keys/consent_grant.vk", format!("0x{}", "07".repeat(32)), nobody());
	for verb in ["register", "attest"] {
		let line = |key: &str, transcript: &str| {
			format!(
				"zk {verb} consent_grant --version 1 --key {key} --transcript {transcript} \
				 --as //Alice --url {url}"
			)
		};
		fails(directory, &line(key, "10.transcript"), 3, "unreachable");
		fails(directory, &line(key, &format!("{hash} --unverified")), 3, "unreachable");
		let error = fails(directory, &line(key, &hash), 1, "unverified");
		assert!(error["help"].as_str().unwrap().contains("--unverified"), "{error}");
		// Another key; one of a ceremony that goes on; no transcript.
		fails(directory, &line(other, "10.transcript"), 1, "other-key");
		fails(directory, &line(key, "9.transcript"), 1, "other-key");
		fails(directory, &line(key, key), 1, "malformed");
		fails(directory, &line(key, "10.transcript --unverified"), 2, "usage");
	}
	// A key for development has no ceremony behind it.
	answer(directory, "zk setup-dev consent_grant --out development");
	let development = "--version 1 --key development/consent_grant.development.vk";
	let line = format!("zk register consent_grant {development} --as //Alice --url {url}");
	for transcript in [&*hash, key] {
		fails(directory, &format!("{line} --transcript {transcript}"), 3, "unreachable");
	}
}

#[test]
fn a_ceremony_is_refused_for_its_own_reason_and_nothing_is_written() {
	let directory = tempfile::tempdir().unwrap();
	let directory = directory.path();
	let begun = answer(directory, "ceremony new --circuit consent_grant --out 0");
	assert_eq!(begun["iterations"], 24);
	answer(directory, "ceremony contribute 0 --out 1 --as //Alice");
	answer(directory, "ceremony contribute 1 --out 2 --as //Bob");
	let before = names(directory);

	fails(directory, "ceremony new --circuit consent_grant --out 0", 1, "exists");
	fails(directory, "ceremony new --circuit consent_gant --out 9", 2, "usage");
	fails(directory, "ceremony contribute 2 --out 1 --as //Charlie", 1, "exists");
	fails(directory, "ceremony verify 2 --circuit break_glass", 1, "other-circuit");
	let beacon = "--beacon 0x01";
	let early = format!("ceremony finalize 0 {beacon} --out 9");
	fails(directory, &early, 1, "ceremony-phase");
	fails(directory, &format!("ceremony finalize 2 {beacon} --out 9 --keys keys"), 2, "usage");
	fails(directory, "ceremony finalize 2", 2, "usage");
	fails(directory, "ceremony finalize 2 --beacon c0ffee --out 9", 2, "usage");
	// How often beacons are hashed is said in the beginning, and bounded.
	fails(directory, "ceremony finalize 2 --beacon 0x01 --iterations 10 --out 9", 2, "usage");
	for iterations in ["9", "31"] {
		let new = "ceremony new --circuit consent_grant --out 9 --iterations";
		fails(directory, &format!("{new} {iterations}"), 2, "usage");
	}
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
	// The identifier of the ceremony, how often beacons are hashed, the number of records.
	let mut elsewhere = bytes.clone();
	elsewhere[95] ^= 1;
	damaged("elsewhere", &elsewhere);
	let error = fails(directory, "ceremony verify elsewhere", 1, "ceremony-refused");
	assert_eq!(error["refusal"], "OtherCeremony");
	assert!(error["help"].is_string(), "{error}");
	// The signature of the first contribution ends where the second one begins.
	let mut signed = bytes;
	let record = 1 + 64 + 3 * (96 + 192 + 96) + 32 + 32 + 64;
	signed[99 + record - 1] ^= 1;
	damaged("signed", &signed);
	let error = fails(directory, "ceremony verify signed", 1, "ceremony-refused");
	assert_eq!(error["refusal"], "WrongSignature");
	let line = "ceremony contribute signed --out 9 --as //Charlie";
	fails(directory, line, 1, "ceremony-refused");
	assert!(!names(directory).contains(&"9".into()));
}
