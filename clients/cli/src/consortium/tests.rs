//! Each thing that can be wrong with a file is told, once, with its line.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod parameters;

use super::{check::check, fault::Wrong, Consortium, Fault, Note, Read, TEMPLATE};
use hdx_sdk::commitment;
use std::path::Path;

/// What the documentation shows. Its keys and proofs were made by nodes.
const EXAMPLE: &str = include_str!("../../../../docs/operate/consortium.toml");

fn read(text: &str) -> Read {
	check(text, Path::new("/nothing/here"))
}

/// The example, with one thing changed.
fn changed(from: &str, to: &str) -> Read {
	assert!(EXAMPLE.contains(from), "{from}");
	read(&EXAMPLE.replacen(from, to, 1))
}

/// The example without lines that begin so.
fn without(begin: &str) -> Read {
	let lines: Vec<_> = EXAMPLE.lines().filter(|line| !line.starts_with(begin)).collect();
	assert!(lines.len() < EXAMPLE.lines().count(), "{begin}");
	read(&lines.join("\n"))
}

/// The one fault that there is.
fn the_fault(read: Read) -> Fault {
	assert!(read.consortium.is_none(), "it has faults, and is a chain all the same");
	assert_eq!(read.faults.len(), 1, "{:?}", read.faults);
	read.faults[0].clone()
}

/// The number of the first line that has this.
fn line_of(part: &str) -> usize {
	EXAMPLE.lines().position(|line| line.contains(part)).unwrap() + 1
}

/// What the example has under a key for the first time.
fn value(key: &str) -> &'static str {
	let line = EXAMPLE.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
	line.split('"').nth(1).unwrap()
}

fn example() -> Consortium {
	let read = read(EXAMPLE);
	assert_eq!((read.faults, read.notes), (vec![], vec![]));
	read.consortium.unwrap()
}

#[test]
fn the_example_of_the_documentation_is_a_chain() {
	let chain = example();
	assert_eq!(
		(chain.name.as_str(), chain.id.as_str()),
		("Hospitals on the Rhine", "rhine_hospitals")
	);
	assert_eq!((chain.session_period, chain.key_cooldown), (Some(1_800), Some(24)));
	assert_eq!((chain.minimum_validators, chain.boot_nodes.len()), (4, 2));
	let kinds: Vec<_> = chain.institutions.iter().map(|one| one.kind).collect();
	assert_eq!(kinds, ["Hospital", "Hospital", "Hospital", "Clinic"]);
	let institutions: Vec<_> = chain.validators.iter().map(|one| one.institution).collect();
	assert_eq!((institutions, chain.seats), (vec![0, 1, 2, 3], vec![0, 1, 2, 3]));
	assert_eq!(chain.representatives.len(), 3);
	let template = commitment::public(b"urn:hdx:consent-template:treatment");
	assert_eq!(chain.templates, [(template, 1)]);
}

#[test]
fn addresses_and_digits_are_the_same_key() {
	let address = value("account");
	let account: hdx_primitives::AccountId = address.parse().unwrap();
	let bytes: &[u8; 32] = account.as_ref();
	let written = changed(address, &format!("0x{}", hex::encode(bytes)));
	assert_eq!(written.consortium, Some(example()));
}

#[test]
fn the_template_wants_nothing_but_to_be_filled_in() {
	let read = read(TEMPLATE);
	assert!(read.consortium.is_none());
	for fault in &read.faults {
		let is_expected = matches!(
			fault.wrong,
			Wrong::Missing
				| Wrong::NoSeat
				| Wrong::NoRepresentative
				| Wrong::TooFewValidators { found: 1, minimum: 4 }
		);
		assert!(is_expected, "{fault}");
		assert!(!fault.wrong.advice().is_empty());
	}
	assert!(read.faults.iter().any(|fault| fault.key == "validator[1].aura"), "{:?}", read.faults);
}

#[test]
fn fails_when_it_is_no_toml_a_key_is_unknown_or_there_twice() {
	let faults = [
		(changed("session_period", "session_length"), line_of("session_period")),
		(changed("kind = ", "sort = "), line_of("kind = ")),
		(changed("session_period = 1800", "session_period = \"long\""), line_of("session_period")),
		(changed("session_period = 1800", "session_period = -1"), line_of("session_period")),
	];
	for (read, line) in faults {
		let fault = the_fault(read);
		assert!(matches!(fault.wrong, Wrong::Form(_)), "{fault}");
		assert_eq!(fault.line, Some(line), "{fault}");
	}
	for read in [changed("[chain]", "[chain"), changed("key_cooldown = 24", "id = \"other\"")] {
		let fault = the_fault(read);
		assert!(matches!(fault.wrong, Wrong::Form(_)) && fault.line.is_some(), "{fault}");
	}
	assert!(matches!(the_fault(read("[sudo]\nkey = \"x\"")).wrong, Wrong::Form(_)));
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_lines() {
	let text = EXAMPLE
		.replacen("Hospitals on the Rhine", "", 1)
		.replacen("kind = \"hospital\"", "kind = \"barber\"", 1)
		.replacen("/tcp/30333", "/udp/30333", 1);
	let faults = read(&text).faults;
	let keys: Vec<_> = faults.iter().map(|fault| fault.key.as_str()).collect();
	assert_eq!(keys, ["chain.name", "chain.boot_nodes[1]", "institution[1].kind"]);
	let shown = faults[2].to_string();
	assert!(
		shown.starts_with(&format!("line {}: institution[1].kind: ", line_of("kind = "))),
		"{shown}"
	);
}

#[test]
fn fails_when_something_is_missing() {
	for (key, at) in [("name", "chain.name"), ("id", "chain.id")] {
		let line = EXAMPLE.lines().find(|line| line.starts_with(key)).unwrap();
		let fault = the_fault(changed(&format!("{line}\n"), "\n"));
		assert_eq!((fault.key.as_str(), fault.wrong), (at, Wrong::Missing));
	}
	for (key, at) in [
		("kind", "institution[1].kind"),
		("profile", "institution[1].profile"),
		("aura", "validator[1].aura"),
		("grandpa", "validator[1].grandpa"),
		("uri", "template[1].uri"),
	] {
		let line = EXAMPLE.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
		let fault = the_fault(changed(&format!("\n{line}\n"), "\n"));
		assert_eq!((fault.key.as_str(), &fault.wrong), (at, &Wrong::Missing), "{fault}");
		assert!(fault.line.is_some(), "{fault}");
	}
}

#[test]
fn fails_when_the_chain_has_no_name_or_id_of_its_own() {
	let long = "x".repeat(65);
	let fault = the_fault(changed("Hospitals on the Rhine", &long));
	assert!(matches!(fault.wrong, Wrong::Name { .. }), "{fault}");
	for other in ["Rhine", "rhine hospitals", "../rhine", "rhine/1", &long] {
		let fault = the_fault(changed("rhine_hospitals", other));
		assert!(matches!(fault.wrong, Wrong::Id { .. }), "{fault}");
		assert_eq!(fault.line, Some(line_of("rhine_hospitals")));
	}
	for reserved in ["dev", "hdx_local"] {
		let fault = the_fault(changed("rhine_hospitals", reserved));
		assert_eq!(fault.wrong, Wrong::ReservedId { found: reserved.to_owned() });
	}
}

#[test]
fn fails_when_a_number_is_out_of_range() {
	for (from, to, found, least, most) in [
		("session_period = 1800", "session_period = 4", 4, 5, 43_200),
		("session_period = 1800", "session_period = 43201", 43_201, 5, 43_200),
		("key_cooldown = 24", "key_cooldown = 169", 169, 0, 168),
		("minimum_validators = 4", "minimum_validators = 0", 0, 1, 100),
	] {
		let fault = the_fault(changed(from, to));
		assert_eq!(fault.wrong, Wrong::OutOfRange { found, least, most });
		assert_eq!(fault.line, Some(line_of(from)));
	}
}

#[test]
fn fails_when_an_account_or_a_key_is_none() {
	let account = value("account");
	let mistyped = account.replace('5', "6");
	for other in ["//Alice", "0x12", "Alice", &account[1..], &mistyped] {
		let fault = the_fault(changed(account, other));
		assert_eq!(fault.wrong, Wrong::NotAnAccount { found: other.to_owned() });
		assert_eq!(
			(fault.line, fault.key.as_str()),
			(Some(line_of(account)), "institution[1].account")
		);
	}
	let aura = value("aura");
	let fault = the_fault(changed(aura, &aura[..64]));
	assert_eq!(fault.key, "validator[1].aura");
	assert!(matches!(fault.wrong, Wrong::NotAKey { .. }), "{fault}");
}

#[test]
fn a_secret_that_was_put_in_the_wrong_place_is_not_repeated() {
	let words = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
	for key in ["account", "aura"] {
		let fault = the_fault(changed(value(key), words));
		assert!(!fault.to_string().contains("obey"), "{fault}");
	}
}

#[test]
fn fails_when_everybody_has_the_key() {
	let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	for address in [value("account"), "5FNrecvdnJAygUWdGVB1AA1LrcUyisyfcCJNTpQhdZQbxMQ9"] {
		let fault = the_fault(changed(address, alice));
		assert_eq!(fault.wrong, Wrong::DevelopmentKey { name: "//Alice".to_owned() });
	}
	// Her account with ECDSA, and keys of other paths of the same phrase.
	for (key, name) in hdx_sdk::session::development_keys() {
		if ["//Alice", "//Board", "//Alice//1"].contains(&name.as_str()) {
			let key = format!("0x{}", hex::encode(key));
			let fault = the_fault(changed(value("account"), &key));
			assert_eq!(fault.wrong, Wrong::DevelopmentKey { name });
		}
	}
	let alice_by_ecdsa = "0x01e552298e47454041ea31273b4b630c64c104e4514aa3643490b8aaca9cf8ed";
	let fault = the_fault(changed(value("account"), alice_by_ecdsa));
	assert_eq!(fault.wrong, Wrong::DevelopmentKey { name: "//Alice".to_owned() });
	// The Ed25519 key with which she finalizes; the proof is then none of hers either.
	let finalizes = "0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee";
	let faults = changed(value("grandpa"), finalizes).faults;
	assert_eq!(faults[0].wrong, Wrong::DevelopmentKey { name: "//Alice".to_owned() });
	assert_eq!(faults[0].key, "validator[1].grandpa");
}

#[test]
fn fails_without_a_proof() {
	for name in ["aura_proof", "grandpa_proof"] {
		let line = EXAMPLE.lines().find(|line| line.starts_with(name)).unwrap();
		for to in ["\n", &format!("\n{name} = \" \"\n")] {
			let fault = the_fault(changed(&format!("\n{line}\n"), to));
			assert_eq!(fault.wrong, Wrong::NoProof);
			assert_eq!(fault.key, format!("validator[1].{name}"));
		}
		let proof = value(name);
		for other in [&proof[2..], &proof[..100], "0x"] {
			let fault = the_fault(changed(proof, other));
			assert_eq!((fault.wrong, fault.line), (Wrong::NotAProof, Some(line_of(proof))));
		}
	}
}

#[test]
fn fails_when_a_proof_is_of_another_key_or_owner() {
	let (aura, grandpa) = (value("aura_proof"), value("grandpa_proof"));
	let mut flipped = grandpa.to_owned();
	flipped.replace_range(2..3, if grandpa[2..].starts_with('0') { "1" } else { "0" });
	for (from, to, key) in [
		(grandpa, aura, "validator[1].grandpa_proof"),
		(aura, grandpa, "validator[1].aura_proof"),
		(grandpa, flipped.as_str(), "validator[1].grandpa_proof"),
	] {
		let fault = the_fault(changed(from, to));
		assert!(matches!(fault.wrong, Wrong::AnothersProof { .. }), "{fault}");
		assert_eq!(fault.key, key);
	}
	// The keys are theirs, and were made for somebody else.
	let owner = EXAMPLE.split("[[validator]]").nth(1).unwrap().split('"').nth(3).unwrap();
	let other = "5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM";
	let faults = changed(owner, other).faults;
	let keys: Vec<_> = faults.iter().map(|fault| fault.key.as_str()).collect();
	assert_eq!(keys, ["validator[1].aura_proof", "validator[1].grandpa_proof"]);
	assert!(faults[0].to_string().contains(other), "{}", faults[0]);
}

#[test]
fn fails_when_an_account_or_a_key_is_there_twice() {
	let operators: Vec<_> = EXAMPLE.lines().filter(|line| line.starts_with("account")).collect();
	let account = |line: &str| line.split('"').nth(1).unwrap().to_owned();
	// An operator twice; and one that represents patients too.
	let representative = "5FjMfyaWoivA1y4agu8Ye8UxvcooiRAUBimzfZiHVDGw4pKQ";
	for from in [account(operators[1]).as_str(), representative] {
		let fault = the_fault(changed(from, &account(operators[0])));
		let key = "institution[1].account".to_owned();
		assert_eq!(fault.wrong, Wrong::Twice { line: line_of(operators[0]), key });
	}
	// A validator has another one's keys, with the proof that was made for the other.
	let second = |key: &str| {
		let line = EXAMPLE.lines().filter(|line| line.starts_with(&format!("{key} = "))).nth(1);
		line.unwrap().split('"').nth(1).unwrap()
	};
	let faults = changed(second("aura"), value("aura")).faults;
	let key = "validator[1].aura".to_owned();
	assert_eq!(faults[0].wrong, Wrong::Twice { line: line_of(value("aura")), key });
	// A validator is none of two institutions.
	let validators: Vec<_> = operators[4..].iter().map(|line| account(line)).collect();
	let faults = changed(&validators[1], &validators[0]).faults;
	assert!(faults.iter().any(
		|fault| matches!(&fault.wrong, Wrong::Twice { key, .. } if key == "validator[1].account")
	));
}

#[test]
fn fails_when_an_institution_is_there_twice_or_of_no_kind() {
	let fault = the_fault(changed("kind = \"hospital\"", "kind = \"Hospital\""));
	assert!(
		matches!(&fault.wrong, Wrong::UnknownKind { kinds, .. } if kinds.contains("hospital, clinic"))
	);
	let faults = changed("id = \"rheinklinik\"", "id = \"st-marien\"").faults;
	let key = "institution[1].id".to_owned();
	let twice = Wrong::Twice { line: line_of("id = \"st-marien\""), key };
	assert!(faults.iter().any(|fault| fault.wrong == twice), "{faults:?}");
	assert_eq!(
		changed("id = \"st-marien\"", "id = \"St Marien\"").faults[0].key,
		"institution[1].id"
	);
}

#[test]
fn a_description_is_a_file_or_its_hash() {
	let directory = tempfile::tempdir().unwrap();
	std::fs::write(directory.path().join("a.json"), "{}").unwrap();
	std::fs::write(directory.path().join("empty.json"), "").unwrap();
	let read = |name: &str| check(&EXAMPLE.replacen(value("profile"), name, 1), directory.path());
	let chain = read("a.json").consortium.unwrap();
	assert_eq!(chain.institutions[0].profile, commitment::public(b"{}"));
	for other in ["b.json", "empty.json", "0x12"] {
		let fault = the_fault(read(other));
		assert!(matches!(fault.wrong, Wrong::Profile { .. }), "{fault}");
	}
}

#[test]
fn fails_when_there_are_fewer_validators_than_the_minimum() {
	let fault = the_fault(changed("minimum_validators = 4", "minimum_validators = 5"));
	assert_eq!(fault.wrong, Wrong::TooFewValidators { found: 4, minimum: 5 });
	// Left out, there have to be as many as are shipped.
	let three = EXAMPLE.replacen("minimum_validators = 4", "", 1);
	let start = three.rfind("[[validator]]").unwrap();
	let end = three.find("[chambers]").unwrap();
	let three = format!("{}{}", &three[..start], &three[end..]);
	let fault = the_fault(read(&three));
	assert_eq!(fault.wrong, Wrong::TooFewValidators { found: 3, minimum: 4 });
	let few = three.replacen("key_cooldown = 24", "minimum_validators = 3", 1);
	assert_eq!(read(&few).notes, [Note::FewValidators(3)]);
	// An institution without one is nothing wrong.
	assert_eq!(read(&few).consortium.unwrap().institutions.len(), 4);
}

#[test]
fn fails_when_there_are_no_institutions_or_an_unknown_one_is_named() {
	let start = EXAMPLE.find("[[institution]]").unwrap();
	let end = EXAMPLE.find("[[validator]]").unwrap();
	let faults = read(&format!("{}{}", &EXAMPLE[..start], &EXAMPLE[end..])).faults;
	assert!(faults.iter().any(|fault| fault.wrong == Wrong::NoInstitution), "{faults:?}");
	let unknown = || Wrong::UnknownInstitution { found: "nobody".to_owned() };
	let fault = the_fault(changed("institution = \"st-marien\"", "institution = \"nobody\""));
	assert_eq!((fault.key.as_str(), fault.wrong), ("validator[1].institution", unknown()));
	let fault = the_fault(changed("[\"st-marien\",", "[\"nobody\","));
	assert_eq!((fault.key.as_str(), fault.wrong), ("chambers.institutions[1]", unknown()));
}

#[test]
fn fails_when_an_institution_has_more_validators_than_it_may() {
	let all = EXAMPLE
		.replace("institution = \"rheinklinik\"", "institution = \"st-marien\"")
		.replace("institution = \"cantonal-hospital\"", "institution = \"st-marien\"");
	assert!(read(&all).faults.is_empty(), "{:?}", read(&all).faults);
	assert_eq!(read(&all).notes, [Note::Third("st-marien".to_owned())]);
	let all = all.replace("institution = \"university-clinic\"", "institution = \"st-marien\"");
	let fault = the_fault(read(&all));
	let institution = "st-marien".to_owned();
	assert_eq!(fault.wrong, Wrong::TooManyOfInstitution { institution, found: 4, most: 3 });
}

#[test]
fn fails_when_nobody_would_decide() {
	assert_eq!(the_fault(without("institutions = [")).wrong, Wrong::NoSeat);
	let start = EXAMPLE.find("representatives = [").unwrap();
	let end = EXAMPLE.find("[[template]]").unwrap();
	for with in ["", "representatives = []\n"] {
		let fault = the_fault(read(&format!("{}{with}{}", &EXAMPLE[..start], &EXAMPLE[end..])));
		assert_eq!(fault.wrong, Wrong::NoRepresentative);
	}
	let seated = changed("\"st-marien\", \"rheinklinik\"", "\"st-marien\", \"st-marien\"");
	let key = "chambers.institutions[1]".to_owned();
	assert_eq!(the_fault(seated).wrong, Wrong::Twice { line: line_of("institutions = ["), key });
}

#[test]
fn fails_when_a_chamber_has_more_members_than_seats() {
	let start = EXAMPLE.find("representatives = [").unwrap();
	let end = EXAMPLE.find("[[template]]").unwrap();
	let many: String = (1..=65u8).map(|one| format!("\"0x{}\",", hex::encode([one; 32]))).collect();
	let text = format!("{}representatives = [{many}]\n{}", &EXAMPLE[..start], &EXAMPLE[end..]);
	assert_eq!(the_fault(read(&text)).wrong, Wrong::TooMany { found: 65, most: 64 });
}

#[test]
fn fails_when_a_boot_node_has_no_address() {
	let fault = the_fault(changed(
		"/dns4/node.st-marien.example/tcp/30333",
		"node.st-marien.example:30333",
	));
	assert!(matches!(fault.wrong, Wrong::Address { .. }), "{fault}");
	assert_eq!((fault.key.as_str(), fault.line), ("chain.boot_nodes[1]", Some(line_of("/dns4/"))));
}

#[test]
fn fails_when_a_template_is_there_twice_or_without_a_version() {
	let fault = the_fault(without("version = "));
	assert_eq!((fault.key.as_str(), fault.wrong), ("template[1].version", Wrong::Missing));
	let template = &EXAMPLE[EXAMPLE.find("[[template]]").unwrap()..];
	let fault = the_fault(read(&format!("{EXAMPLE}\n{template}")));
	assert!(matches!(fault.wrong, Wrong::Twice { .. }), "{fault}");
	let next = template.replace("version = 1", "version = 2");
	assert_eq!(read(&format!("{EXAMPLE}\n{next}")).consortium.unwrap().templates.len(), 2);
}

#[test]
fn what_is_better_otherwise_is_a_note() {
	let start = EXAMPLE.find("boot_nodes = [").unwrap();
	let end = EXAMPLE.find("[[institution]]").unwrap();
	let lonely = format!("{}{}", &EXAMPLE[..start], &EXAMPLE[end..]);
	let lonely = &lonely[..lonely.find("[[template]]").unwrap()];
	let read =
		read(&lonely.replacen("\t\"5FNrecvdnJAygUWdGVB1AA1LrcUyisyfcCJNTpQhdZQbxMQ9\",\n", "", 1));
	assert!(read.consortium.is_some(), "{:?}", read.faults);
	assert_eq!(read.notes, [Note::FewRepresentatives(2), Note::NoBootNode, Note::NoTemplate]);
}
