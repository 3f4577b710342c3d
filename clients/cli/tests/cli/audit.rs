//! `hdx audit`, as a shell sees it: what is wrong on the command line or in a file is found before a node
//! is asked.

use crate::{hdx, hdx_in, names, Watch};

#[test]
fn every_verb_of_oversight_shows_an_example() {
	for verb in [
		"review request",
		"review answer",
		"review escalate",
		"review withdraw",
		"review decide",
		"review show",
		"review list",
		"review terms",
		"hold place",
		"hold release",
		"hold list",
		"retention",
		"monitoring",
	] {
		let line = format!("audit {verb} --help");
		let ran = hdx(&line.split(' ').collect::<Vec<_>>());
		assert_eq!(ran.exit, 0, "{line}: {}", ran.stderr);
		assert!(ran.stdout.contains(&format!("  hdx audit {verb}")), "{line}: {}", ran.stdout);
	}
}

#[test]
fn fails_when_it_is_not_clear_what_is_meant() {
	for line in [
		"audit review request --as //Charlie 4",
		"audit review request --as //Charlie 4 --reason mood",
		"audit review answer --as //Bob 4 --finding perhaps --statement a",
		"audit review list",
		"audit review terms --answer-within 30d",
		"audit review terms --as //Ferdie --answer-within 30d",
		"audit hold place --as //Ferdie --reason litigation",
		"audit hold place --as //Ferdie --patient //Charlie --entry 1 --reason litigation",
		"audit hold place --as //Ferdie --entry 1",
		"audit hold release --as //Ferdie",
		"audit retention --period 3650d",
		"audit retention --as //Ferdie",
		"audit monitoring --actor-denials 2",
		"audit monitoring --as //Ferdie --actor-denials 2",
	] {
		let ran = hdx(&line.split(' ').collect::<Vec<_>>());
		assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
		assert!(ran.stdout.is_empty());
	}
}

#[test]
fn statements_of_reviews_are_read_before_a_node_is_asked() {
	let directory = tempfile::tempdir().unwrap();
	let path = directory.path();
	std::fs::write(path.join("empty.pdf"), "").unwrap();
	let before = names(path);
	let watch = Watch::new();
	let url = watch.url();
	for (verb, file) in [("answer", "no.pdf"), ("answer", "empty.pdf"), ("decide", "no.pdf")] {
		let line = format!("audit review {verb} --as //Bob 4 --finding error --statement {file}");
		let arguments: Vec<_> = line.split(' ').chain(["--url", &url]).collect();
		let ran = hdx_in(path, &arguments);
		assert_eq!(ran.exit, 1, "{line}: {}", ran.stderr);
		assert!(ran.stderr.contains(file), "{line}: {}", ran.stderr);
	}
	assert!(watch.nobody_came(), "a node was asked");
	assert_eq!(names(path), before, "something was written");
}
