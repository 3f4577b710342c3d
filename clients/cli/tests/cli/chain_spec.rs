//! A consortium's file, as far as no node is needed.

use crate::{hdx_in, names, Ran};
use std::{fs, path::Path};

fn run_in(directory: &Path, line: &str) -> Ran {
	hdx_in(directory, &line.split_whitespace().collect::<Vec<_>>())
}

/// Copies the example of the documentation, changed.
fn example(directory: &Path, from: &str, to: &str) {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operate/consortium.toml");
	let text = fs::read_to_string(path).unwrap();
	assert!(text.contains(from), "{from}");
	fs::write(directory.join("c.toml"), text.replacen(from, to, 1)).unwrap();
}

fn json(ran: &Ran) -> serde_json::Value {
	serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout))
}

#[test]
fn a_new_file_is_written_once_and_wants_to_be_filled_in() {
	let directory = tempfile::tempdir().unwrap();
	let ran = run_in(directory.path(), "chain-spec new c.toml");
	assert_eq!(ran.exit, 0, "{}", ran.stderr);
	let text = fs::read_to_string(directory.path().join("c.toml")).unwrap();
	assert!(text.contains("[[validator]]"));
	let again = run_in(directory.path(), "chain-spec new c.toml");
	assert_eq!(again.exit, 1);
	assert!(again.stderr.contains("`c.toml` exists"), "{}", again.stderr);
	let checked = run_in(directory.path(), "chain-spec check c.toml");
	assert_eq!(checked.exit, 1);
	assert!(checked.stdout.contains("chain.name: it is missing"), "{}", checked.stdout);
}

#[test]
fn a_sound_file_is_outlined() {
	let directory = tempfile::tempdir().unwrap();
	example(directory.path(), "", "");
	let ran = run_in(directory.path(), "chain-spec check c.toml --json");
	assert_eq!(ran.exit, 0, "{}", ran.stdout);
	let checked = json(&ran);
	assert_eq!(checked["faults"], serde_json::json!([]));
	assert_eq!(checked["chain"]["id"], "rhine_hospitals");
	assert_eq!(checked["chain"]["institutions"][1], "rheinklinik");
	let ran = run_in(directory.path(), "chain-spec check c.toml");
	assert!(ran.stdout.contains("Hospitals on the Rhine"), "{}", ran.stdout);
}

#[test]
fn faults_have_their_line_their_key_and_what_to_do() {
	let directory = tempfile::tempdir().unwrap();
	example(directory.path(), "kind = \"hospital\"", "kind = \"barber\"");
	let ran = run_in(directory.path(), "chain-spec check c.toml --json");
	assert_eq!(ran.exit, 1);
	let checked = json(&ran);
	let fault = &checked["faults"][0];
	assert_eq!((&fault["key"], &fault["line"]), (&"institution[1].kind".into(), &18.into()));
	assert!(fault["advice"].is_string() && checked["chain"].is_null(), "{checked}");
	let ran = run_in(directory.path(), "chain-spec check c.toml");
	assert!(ran.stdout.contains("line 18: institution[1].kind: `barber`"), "{}", ran.stdout);
}

#[test]
fn nothing_is_built_of_a_file_with_faults_or_without_a_node() {
	let directory = tempfile::tempdir().unwrap();
	example(directory.path(), "kind = \"hospital\"", "kind = \"barber\"");
	let build = "chain-spec build c.toml --out c.json --node /nothing/here --json";
	let ran = run_in(directory.path(), build);
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"faults".into()));
	example(directory.path(), "", "");
	let ran = run_in(directory.path(), build);
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"no-node-program".into()));
	fs::write(directory.path().join("not.wasm"), "text").unwrap();
	let ran = run_in(directory.path(), &format!("{build} --runtime not.wasm"));
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"not-a-runtime".into()));
	assert_eq!(names(directory.path()).len(), 2, "a specification is left");
	fs::write(directory.path().join("c.json"), "mine").unwrap();
	let ran = run_in(directory.path(), build);
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"exists".into()));
	assert_eq!(fs::read(directory.path().join("c.json")).unwrap(), b"mine");
}

#[test]
fn fails_when_a_file_is_missing_or_no_specification() {
	let directory = tempfile::tempdir().unwrap();
	for line in ["chain-spec check c.toml", "chain-spec show c.json"] {
		assert_eq!(run_in(directory.path(), line).exit, 1, "{line}");
	}
	for text in ["", "{}", "[]", "{\"name\":\"n\",\"id\":\"i\"}"] {
		fs::write(directory.path().join("c.json"), text).unwrap();
		let ran = run_in(directory.path(), "chain-spec show c.json --json");
		assert_eq!((ran.exit, &ran.error()["code"]), (1, &"malformed".into()), "{text}");
	}
}

#[test]
fn session_keys_are_made_for_the_file_and_never_shown() {
	let directory = tempfile::tempdir().unwrap();
	let owner = "5E9bxGkzD9eniuYi47bzmGFGU3cx2m5zhRPpQoc35KaoBfi6";
	let line = format!("key session-new --keystore store --owner {owner}");
	let ran = run_in(directory.path(), &line);
	assert_eq!(ran.exit, 0, "{}", ran.stderr);
	let table: Vec<_> = ran.stdout.lines().filter(|line| line.contains(" = ")).collect();
	assert_eq!(table.len(), 5);

	// In the place of the example's own, they are keys of the same validator.
	let made = json(&run_in(directory.path(), &format!("{line} --json")));
	example(directory.path(), "", "");
	let file = directory.path().join("c.toml");
	let mut text = fs::read_to_string(&file).unwrap();
	for key in ["aura", "aura_proof", "grandpa", "grandpa_proof"] {
		let line = text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
		text = text.replacen(line, &format!("{key} = {}", made[key]), 1);
	}
	fs::write(&file, text).unwrap();
	let checked = run_in(directory.path(), "chain-spec check c.toml");
	assert_eq!(checked.exit, 0, "{}", checked.stdout);

	let store = directory.path().join("store");
	assert_eq!(names(&store).len(), 4);
	for file in names(&store) {
		let words: String = serde_json::from_slice(&fs::read(store.join(file)).unwrap()).unwrap();
		assert!(!ran.stdout.contains(&words) && !made.to_string().contains(&words));
	}
}

#[test]
fn session_keys_are_for_no_account_that_everybody_has() {
	let directory = tempfile::tempdir().unwrap();
	let ran = run_in(directory.path(), "key session-new --keystore s --owner //Alice --json");
	assert_eq!((ran.exit, &ran.error()["code"]), (1, &"development-key".into()));
	assert!(names(directory.path()).is_empty());
}
