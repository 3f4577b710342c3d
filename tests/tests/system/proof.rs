//! Audit proofs are checked by who has nothing but the proof and the genesis hash.

use hdx_sdk::proof::{AuditProof, TrustRoot};
use hdx_tests::{
	binaries, chains,
	client::{self, Run},
	isolation,
	node::{Kept, Node, DATA},
	report,
};
use serde_json::Value;
use std::{
	fs,
	os::unix::fs::symlink,
	path::{Path, PathBuf},
};

/// Every how many digits of a proof one is changed.
const STEP: usize = 7;

/// A proof in a file, and the chain that it is about.
struct Evidence {
	file: PathBuf,
	text: String,
	genesis: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_holds_offline_and_no_changed_one_does() {
	let node = Node::development();
	let data = tempfile::tempdir().unwrap();
	client::demo(&node.url(), data.path(), None).await.expect_success();
	let written_by_demo = proofs_in(data.path());
	assert_eq!(written_by_demo.len(), 2, "{written_by_demo:?}");
	for file in written_by_demo {
		let shown: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
		assert_eq!(shown["version"], 2);
		let evidence = prove(&node, entry_of(&file), data.path(), &[]).await;
		holds_without_a_network(&evidence).await;
		fails_for_another_chain(&evidence).await;
		fails_when_a_field_is_changed(&evidence, data.path()).await;
		fails_when_any_digit_is_changed(&evidence);
		// As it is done for an entry that was pruned.
		let archive = tempfile::tempdir().unwrap();
		let archived = prove(&node, entry_of(&file), archive.path(), &["--archived"]).await;
		holds_without_a_network(&archived).await;
	}
	proving_fails_when_there_is_no_such_entry(&node, data.path()).await;
	a_bundle_holds_offline_and_no_changed_one_does(&node, data.path()).await;
	a_node_on_imported_blocks_proves_what_is_in_them(&node, entry_of(&proofs_in(data.path())[0]))
		.await;
}

/// The blocks are taken out of a node that is stopped, into an empty base path, and a node is started there. It keeps
/// all states, and has what proofs of those blocks need. Ends the node that is given.
async fn a_node_on_imported_blocks_proves_what_is_in_them(node: &Node, entry: u64) {
	let chain = chains::spec("dev");
	let restored = tempfile::tempdir().unwrap();
	let (file, data) = (restored.path().join("blocks.bin"), restored.path().join(DATA));
	node.stop();
	blocks("export-blocks", &chain, &node.base_path(), &file).await;
	blocks("import-blocks", &chain, &data, &file).await;

	let arguments = ["--dev".to_owned()];
	let (directory, under) = (restored.path(), Default::default());
	let kept = Kept { name: "restored", chain: &chain, arguments: &arguments, directory, under };
	let restored_node = Node::start_kept(&kept);
	let rpc = restored_node.rpc().await;
	let best = rpc.block_hash(None).await.unwrap();
	let imported = rpc.header(&best).await.number();
	rpc.wait_for_finality(imported).await;
	let evidence = prove(&restored_node, entry, directory, &[]).await;
	holds_without_a_network(&evidence).await;
}

/// Runs a subcommand of the node that reads or writes a file of blocks.
async fn blocks(subcommand: &str, chain: &Path, base_path: &Path, file: &Path) {
	fs::create_dir_all(base_path).unwrap();
	// It has no option for that; compiling takes some ten seconds.
	symlink(chains::compiled_runtimes(), base_path.join("compiled-runtimes")).unwrap();
	let mut command = tokio::process::Command::new(binaries::node());
	command.arg(subcommand).args(["--binary", "--chain"]).arg(chain);
	command.arg("--base-path").arg(base_path).arg(file);
	client::run(command).await.expect_success();
}

/// Entries and proofs in one file; what is cut, left out or changed is found.
async fn a_bundle_holds_offline_and_no_changed_one_does(node: &Node, directory: &Path) {
	let (file, url) = (directory.join("case.bundle"), node.url());
	let out = file.to_str().unwrap();
	let export = ["audit", "export", "--range", "0-5", "--format", "forensic", "-o", out];
	let run = client::hdx(export.iter().chain(&["--json", "--url", &url])).await;
	run.expect_success();
	let genesis = node.rpc().await.block_hash(Some(0)).await.unwrap();
	let run = verify(&file, &genesis).await;
	run.expect_success();
	let verified: Value = serde_json::from_str(&run.stdout).unwrap();
	assert_eq!((&verified["verified"], &verified["contiguous"]), (&true.into(), &true.into()));
	assert_eq!(verified["entries"].as_array().unwrap().len(), 6);
	fails_for_another_chain(&Evidence {
		file: file.clone(),
		text: String::new(),
		genesis: genesis.clone(),
	})
	.await;

	let text = fs::read_to_string(&file).unwrap();
	let lines: Vec<&str> = text.lines().collect();
	let without = |left_out: usize| {
		let kept = lines.iter().enumerate().filter(|(line, _)| *line != left_out);
		kept.map(|(_, line)| format!("{line}\n")).collect::<String>()
	};
	let swapped = [&lines[..2], &[lines[3], lines[2]], &lines[4..]].concat().join("\n");
	let twice = [&lines[..], &lines[6..]].concat().join("\n");
	let honest = without(3).replacen("\"entries\":6", "\"entries\":5", 1);
	let shorter = without(6).replacen("\"entries\":6", "\"entries\":5", 1);
	let empty = lines[0].replacen("\"entries\":6", "\"entries\":0", 1);
	let entry = lines[2].find("\"entry\":\"").unwrap() + lines[0].len() + lines[1].len() + 2 + 14;
	let mut changed = text.clone().into_bytes();
	changed[entry] = if changed[entry] == b'0' { b'1' } else { b'0' };
	let changed = String::from_utf8(changed).unwrap();
	let forged = directory.join("forged.bundle");
	for (what, text, code) in [
		("the last line is cut", without(6), "malformed"),
		("a line is left out", without(3), "malformed"),
		("the last line is cut, and the others counted anew", shorter, "malformed"),
		("there are no entries", empty, "malformed"),
		("lines are swapped", swapped, "malformed"),
		("a line is there twice", twice, "malformed"),
		("a digit is changed", changed, "proof"),
	] {
		fs::write(&forged, text).unwrap();
		let run = verify(&forged, &genesis).await;
		assert!(run.stderr.contains(&format!("\"code\":\"{code}\"")), "{what}: {run}");
	}
	// Whoever counts anew cannot hide that one is missing.
	fs::write(&forged, honest).unwrap();
	let run = verify(&forged, &genesis).await;
	run.expect_success();
	assert!(run.stdout.contains("\"contiguous\":false"), "{run}");
}

/// The proofs that the demo left.
fn proofs_in(directory: &Path) -> Vec<PathBuf> {
	let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
	files.filter(|path| path.to_string_lossy().ends_with(".proof.json")).collect()
}

/// The number in `entry-N.proof.json`.
fn entry_of(file: &Path) -> u64 {
	let name = file.file_name().unwrap().to_string_lossy().into_owned();
	name.trim_start_matches("entry-").trim_end_matches(".proof.json").parse().unwrap()
}

/// Has the command line prove an entry.
async fn prove(node: &Node, entry: u64, directory: &Path, options: &[&str]) -> Evidence {
	let file = directory.join(format!("{entry}.json"));
	let (entry, out) = (entry.to_string(), file.to_str().unwrap());
	let url = node.url();
	let arguments = ["audit", "prove", &entry, "--out", out, "--json", "--url", &url];
	let run = client::hdx(arguments.iter().chain(options)).await;
	run.expect_success();
	let answer: Value = serde_json::from_str(&run.stdout).unwrap();
	let genesis = node.rpc().await.block_hash(Some(0)).await.unwrap();
	assert_eq!(answer["genesis"], genesis.as_str());
	assert!(answer["bytes"].as_u64().unwrap() <= 4_096, "{answer}");
	let text = fs::read_to_string(&file).unwrap();
	Evidence { file, text, genesis }
}

async fn verify(file: &Path, genesis: &str) -> Run {
	client::run(verifier(file, genesis)).await
}

fn verifier(file: &Path, genesis: &str) -> tokio::process::Command {
	// A node that is not there: verifying must not even look for one.
	let url = "ws://127.0.0.1:1";
	let arguments =
		["audit", "verify", file.to_str().unwrap(), "--genesis", genesis, "--json", "--url", url];
	client::command(arguments)
}

async fn holds_without_a_network(evidence: &Evidence) {
	let verifier = verifier(&evidence.file, &evidence.genesis);
	let run = match isolation::without_network(&verifier) {
		Some(isolated) => client::run(isolated).await,
		None => {
			report::say("no namespaces here: verified without a node, but with a network");
			client::run(verifier).await
		},
	};
	run.expect_success();
	let answer: Value = serde_json::from_str(&run.stdout).unwrap();
	assert_eq!(answer["verified"], true, "{run}");
	assert_eq!(answer["entry"]["index"], entry_of(&evidence.file.with_extension("")), "{run}");
}

async fn fails_for_another_chain(evidence: &Evidence) {
	let another = flip(&evidence.genesis, evidence.genesis.len() - 1);
	let run = verify(&evidence.file, &another).await;
	run.expect_error(1, &[evidence.file.to_str().unwrap(), "genesis", &another[2..]]);
}

/// One digit in each field.
async fn fails_when_a_field_is_changed(evidence: &Evidence, directory: &Path) {
	let proof: Value = serde_json::from_str(&evidence.text).unwrap();
	let file = directory.join("changed.json");
	for (name, field) in proof.as_object().unwrap() {
		let changed = match field {
			Value::String(digits) => Value::String(flip(digits, digits.len() / 2)),
			Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
			Value::Array(items) => match items.first() {
				Some(Value::String(digits)) => {
					let mut items = items.clone();
					items[0] = Value::String(flip(digits, digits.len() / 2));
					Value::Array(items)
				},
				// The only entry of its block has no siblings; then one too many is the change.
				_ => vec![format!("0x{}", "00".repeat(32))].into(),
			},
			other => panic!("{name}: {other}"),
		};
		let mut altered = proof.clone();
		altered[name] = changed;
		fs::write(&file, altered.to_string()).unwrap();
		let run = verify(&file, &evidence.genesis).await;
		assert_eq!(run.code, Some(1), "{name} was changed: {run}");
		run.expect_error(1, &[file.to_str().unwrap()]);
	}
}

/// Many digits, by the library that the command line uses.
fn fails_when_any_digit_is_changed(evidence: &Evidence) {
	let genesis: [u8; 32] = hex::decode(&evidence.genesis[2..]).unwrap().try_into().unwrap();
	let trust = TrustRoot::Genesis(genesis.into());
	AuditProof::from_json(&evidence.text).unwrap().verify(&trust).unwrap();
	let digits = hexadecimal_digits(&evidence.text);
	assert!(digits.len() > 1_000, "only {} digits", digits.len());
	for place in digits.into_iter().step_by(STEP) {
		let altered = flip(&evidence.text, place);
		if let Ok(proof) = AuditProof::from_json(&altered) {
			let result = proof.verify(&trust);
			assert!(result.is_err(), "digit {place} was changed, and the proof holds: {altered}");
		}
	}
}

/// Where the digits after each `0x` are.
fn hexadecimal_digits(text: &str) -> Vec<usize> {
	let mut places = Vec::new();
	for (start, _) in text.match_indices("\"0x") {
		let digits = text[start + 3..].bytes().take_while(u8::is_ascii_hexdigit);
		places.extend((start + 3..).take(digits.count()));
	}
	places
}

/// The text with another hexadecimal digit at a place.
fn flip(text: &str, place: usize) -> String {
	let digit = text[place..=place].chars().next().and_then(|one| one.to_digit(16)).unwrap();
	format!("{}{:x}{}", &text[..place], digit ^ 1, &text[place + 1..])
}

async fn proving_fails_when_there_is_no_such_entry(node: &Node, directory: &Path) {
	let file = directory.join("nothing.json");
	let out = file.to_str().unwrap();
	let url = node.url();
	let run = client::hdx(["audit", "prove", "999999", "--out", out, "--url", &url]).await;
	run.expect_error(1, &["999999"]);
	assert!(!file.exists(), "a proof of nothing was written");
}
