//! `hdx provider`, as a shell sees it: what is wrong on the command line or in a file is found before
//! a node is asked.

use crate::{hdx, hdx_in, names, Watch};

fn words(line: &str) -> Vec<&str> {
	line.split_whitespace().collect()
}

#[test]
fn every_verb_of_providers_shows_an_example() {
	for verb in [
		"accredit",
		"renew-accreditation",
		"set-accreditation",
		"require-accreditation",
		"register-institution",
		"suspend-institution",
		"close-institution",
		"reinstate-institution",
		"replace-account",
		"issuer register",
		"issuer kinds",
		"attest",
		"renew-credential",
		"second-key register",
		"second-key replace",
		"second-key reset",
		"oracle register",
		"oracle terms",
		"oracle report",
		"leave",
		"transfer offer",
		"transfer accept",
		"agree rotate",
		"agree take-over",
		"rotate",
		"take-over",
		"appeal",
		"appeals",
		"withdraw-appeal",
		"decide-appeal",
		"status",
		"members",
		"verify",
	] {
		let line = format!("provider {verb} --help");
		let ran = hdx(&words(&line));
		assert_eq!(ran.exit, 0, "{line}: {}", ran.stderr);
		assert!(ran.stdout.contains(&format!("  hdx provider {verb} ")), "{line}: {}", ran.stdout);
	}
}

#[test]
fn reasons_and_kinds_are_words() {
	for (line, known) in [
		("provider suspend --as //Bob //Dave --reason mood", "investigation"),
		("provider suspend-institution --as //Ferdie 1 --reason 3", "fitness-to-practise"),
		("provider issuer kinds --as //Ferdie 0 --kind diploma", "board-certification"),
		(
			"provider register-institution --as //Ferdie --operator //Eve --kind spa --profile x",
			"ethics-board",
		),
		("provider status //Dave --institution 1 --role wizard", "physician"),
		("provider decide-appeal --as //Ferdie 1 --outcome maybe", "dismissed"),
	] {
		let ran = hdx(&words(line));
		assert_eq!(ran.exit, 2, "{line}");
		assert!(ran.stderr.contains(known), "{line}: {}", ran.stderr);
	}
}

#[test]
fn fails_when_it_is_not_clear_what_is_meant() {
	for line in [
		"provider suspend --as //Bob //Dave",
		"provider issuer kinds --as //Ferdie 0",
		"provider issuer kinds --as //Ferdie 0 --kind licence --none",
		"provider require-accreditation --as //Ferdie --kind hospital",
		"provider require-accreditation --as //Ferdie --kind hospital --scheme urn:x|1",
		"provider require-accreditation --as //Ferdie --kind hospital --scheme urn:x|1 --level 1 --none",
		"provider decide-appeal --as //Ferdie --outcome upheld",
		"provider decide-appeal --as //Ferdie //Dave --outcome upheld",
		"provider verify --document a --salt b --issuer board:1",
		"provider rotate --as //Dave //Dave --new //Dave2",
		"provider rotate --as //Dave //Dave --new //Dave2 --key-agreement a --same-key-agreement",
		"provider rotate --as //Dave //Dave --new //Dave2 --key-agreement a --agreement b",
		"provider rotate --as //Dave //Dave --agreement b --key-agreement a",
		"provider members 1 --limit 0",
		"provider members 1 --limit 1001",
		"provider members 1 --at-block newest",
		"provider status //Dave --role nurse",
		"provider oracle terms --as //Ferdie --quorum 0 --ttl 1d --report-lifetime 1h --max-misbehaviour 1",
		"provider oracle terms --as //Ferdie --quorum 2 --ttl 0d --report-lifetime 1h --max-misbehaviour 1",
		"provider oracle report --as //Oracle //Dave --id 1 --status good --evidence 0x07",
		"provider revoke-credential --as //Bob //Dave",
		"access require-level --as //Ferdie --purpose TREAT --action read --level sure",
	] {
		let ran = hdx(&words(line));
		assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
		assert!(ran.stdout.is_empty());
	}
}

#[test]
fn files_of_providers_are_read_before_a_node_is_asked() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	std::fs::write(path.join("empty.pdf"), "").unwrap();
	std::fs::write(path.join("licence.pdf"), "a licence").unwrap();
	std::fs::write(path.join("bad.salt"), "not a salt").unwrap();
	std::fs::write(path.join("old.pdf"), "an old licence").unwrap();
	std::fs::write(path.join("old.pdf.salt"), "mine").unwrap();
	let before = names(path);
	let watch = Watch::new();
	let url = watch.url();
	let until = "--valid-until 2099-12-31";
	for (line, named, exit) in [
		(format!("provider attest --as //Board //Dave --kind licence --credential no.pdf {until}"), "no.pdf", 1),
		(format!("provider attest --as //Board //Dave --kind licence --credential empty.pdf {until}"), "empty.pdf", 1),
		(format!("provider attest --as //Board //Dave --kind licence --credential old.pdf {until}"), "old.pdf.salt", 1),
		(
			format!("provider attest --as //Board //Dave --kind licence --credential licence.pdf {until} --valid-from 2100-01-01"),
			"--valid-until",
			2,
		),
		(format!("provider renew-credential --as //Board //Dave --id 0 --credential no.pdf {until}"), "no.pdf", 1),
		(format!("provider transfer accept --as //Bob //Dave --credential no.pdf {until}"), "no.pdf", 1),
		("provider appeal --as //Dave --statement empty.pdf".to_owned(), "empty.pdf", 1),
		("provider verify --document licence.pdf --salt no.salt".to_owned(), "no.salt", 1),
		("provider verify --document licence.pdf --salt bad.salt".to_owned(), "bad.salt", 1),
		("provider verify --document no.pdf --salt bad.salt".to_owned(), "no.pdf", 1),
		(
			"provider issuer register --as //Ferdie --account //Board --kind licence --profile no.json".to_owned(),
			"no.json",
			1,
		),
		("provider rotate --as //Dave //Dave --new ./no.key --key-agreement new.pub".to_owned(), "./no.key", 2),
		("provider rotate --as //Dave //Dave --new //New --key-agreement no.pub".to_owned(), "no.pub", 1),
		("provider rotate --as //Bob //Dave --agreement no.json".to_owned(), "no.json", 1),
		("provider rotate --as //Bob //Dave --agreement bad.salt".to_owned(), "bad.salt", 1),
		(
			format!("provider take-over --as //Bob //Dave --agreement bad.salt --credential licence.pdf {until}"),
			"bad.salt",
			1,
		),
		("provider agree take-over --as //Dave --to 1 --out old.pdf".to_owned(), "old.pdf", 1),
		("provider agree rotate --as //New --practitioner //Dave --key-agreement no.pub --out a.json".to_owned(), "no.pub", 1),
		("provider second-key replace --as //Dave --old ./no.key --key //Phone".to_owned(), "./no.key", 2),
	] {
		let arguments: Vec<_> = line.split_whitespace().chain(["--url", &url]).collect();
		let ran = hdx_in(path, &arguments);
		assert_eq!(ran.exit, exit, "{line}: {}", ran.stderr);
		assert!(ran.stderr.contains(named), "{line}: {}", ran.stderr);
	}
	assert!(watch.nobody_came(), "a node was asked");
	assert_eq!(names(path), before, "something was written");
}

#[test]
fn a_second_key_that_cannot_be_read_is_not_repeated() {
	let words = "bottom drive obey lake curtain smoke basket hold race lonely fit wok";
	let line = "access request --as //Dave --patient //Charlie --whole-record --on-behalf-of 1 \
	            --role physician --purpose ETREAT --action read --second-key";
	let arguments: Vec<_> = line.split_whitespace().chain([words]).collect();
	let ran = hdx(&arguments);
	assert_eq!(ran.exit, 2);
	assert!(!ran.stderr.contains("curtain"), "{}", ran.stderr);
}
