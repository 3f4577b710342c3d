//! Deciding about the chain, as far as it needs no chain: what makes no sense, and what is told when no node answers.

use crate::{hdx, nobody};

fn run(line: &str) -> crate::Ran {
	let url = nobody();
	let arguments: Vec<_> = line.split_whitespace().chain(["--url", &url, "--json"]).collect();
	hdx(&arguments)
}

#[test]
fn fails_when_no_node_answers() {
	for line in [
		"gov members",
		"gov list --patients",
		"gov status 0",
		"gov explain 0",
		"gov explain --call 0x0000",
		"gov vote 0 --aye --as //Alice",
		"gov propose seat --institution 2 --as //Alice",
		"gov propose register-institution --operator //Eve --kind clinic --profile x --as //Alice",
		"gov enact --call 0x0000 --as //Alice",
		"gov apply /dev/null",
	] {
		let ran = run(line);
		assert_eq!(ran.exit, 3, "{line}: {}", ran.stderr);
		assert_eq!(ran.error()["code"], "unreachable", "{line}");
	}
}

#[test]
fn fails_when_it_is_not_said_what_is_voted() {
	for line in ["gov vote 0 --as //Alice", "gov vote 0 --aye --nay --as //Alice"] {
		let ran = run(line);
		assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
	}
}

#[test]
fn fails_when_a_call_or_a_hash_is_none() {
	for line in [
		"gov explain",
		"gov explain --call transfer",
		"gov propose call 0x --as //Alice",
		"gov enact 0x12 --as //Alice",
		"gov enact --as //Alice",
	] {
		let ran = run(line);
		assert_eq!(ran.exit, 2, "{line}: {}", ran.stderr);
	}
}
