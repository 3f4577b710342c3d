//! `hdx record`, as a shell sees it: what is wrong on the command line or in a file is found before a node
//! is asked, and nothing is destroyed.

use crate::{hdx, hdx_in, names, Watch};

#[test]
fn every_verb_of_rights_and_custody_shows_an_example() {
	for verb in [
		"offer",
		"withdraw-offer",
		"accept",
		"restrict",
		"lift-restriction",
		"restrictions",
		"dispute",
		"answer-dispute",
		"request-erasure",
		"refuse-erasure",
		"erasures",
		"erase",
	] {
		let ran = hdx(&["record", verb, "--help"]);
		assert_eq!(ran.exit, 0, "{verb}: {}", ran.stderr);
		assert!(ran.stdout.contains(&format!("  hdx record {verb} ")), "{verb}: {}", ran.stdout);
	}
}

#[test]
fn fails_when_it_is_not_clear_what_is_meant() {
	for line in [
		"record restrict --as //Charlie",
		"record restrict --as //Charlie --nothing --not-for TREAT",
		"record restrict --as //Charlie --not-for TREAT --only-for TREAT",
		"record restrict --as //Charlie --not-for FUN",
		"record answer-dispute --as //Alice 0 --outcome maybe --statement a",
		"record refuse-erasure --as //Alice 0 --exemption mood --statement a",
		"record erase --as //Alice 0 --data data",
		"record erasures",
		"record offer --as //Alice 0",
	] {
		let ran = hdx(&line.split(' ').collect::<Vec<_>>());
		assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
		assert!(ran.stdout.is_empty());
	}
}

#[test]
fn files_are_read_before_a_node_is_asked() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	std::fs::write(path.join("empty.pdf"), "").unwrap();
	let before = names(path);
	let watch = Watch::new();
	let url = watch.url();
	for (line, named) in [
		("record dispute --as //Charlie 0 --statement no.pdf", "no.pdf"),
		("record dispute --as //Charlie 0 --statement empty.pdf", "empty.pdf"),
		("record answer-dispute --as //Alice 0 --outcome denied --statement no.pdf", "no.pdf"),
		("record refuse-erasure --as //Alice 0 --exemption research --statement no.pdf", "no.pdf"),
		("record erase --as //Alice 0 --data nowhere --receipt empty.pdf", "nowhere"),
	] {
		let arguments: Vec<_> = line.split(' ').chain(["--url", &url]).collect();
		let ran = hdx_in(path, &arguments);
		assert_eq!(ran.exit, 1, "{line}: {}", ran.stderr);
		assert!(ran.stderr.contains(named), "{line}: {}", ran.stderr);
	}
	assert!(watch.nobody_came(), "a node was asked");
	assert_eq!(names(path), before, "something was written");
}
