//! Proofs over changes of the validators' keys, on a chain whose sessions are short.

use crate::session_keys;
use codec::Encode;
use hdx_primitives::AccountId;
use hdx_sdk::chain::{Chain, Signer, Until};
use hdx_tests::{
	chains,
	client::{self, Run},
	node::Node,
	rpc, wait,
};
use serde_json::{json, Value};
use std::{
	fs,
	path::{Path, PathBuf},
	time::Duration,
};
use subxt::rpcs::rpc_params;
use subxt_signer::sr25519::dev;

/// How long it may take until other keys finalize: two sessions of ten seconds, on a busy machine.
const CHANGE_LIMIT: Duration = Duration::from_secs(240);
/// A node that is not there: verifying must not even look for one.
const NOWHERE: &str = "ws://127.0.0.1:1";

/// The specification of a development chain with sessions of ten seconds, in which keys may change at once.
pub fn short_sessions() -> PathBuf {
	let short = json!({ "validatorSet": { "sessionPeriod": 5, "keyCooldown": 0 } });
	chains::changed_spec("dev", "dev-short-sessions", &short)
}

#[tokio::test(flavor = "multi_thread")]
async fn proofs_hold_over_changes_of_the_validators_keys() {
	let node = Node::start_from("dev-short-sessions", &short_sessions(), &["--dev"]);
	let data = tempfile::tempdir().unwrap();
	let genesis = node.rpc().await.block_hash(Some(0)).await.unwrap();
	let first = set_in_force(&node, data.path(), 0).await;
	let early = [new_entry(&node, "first").await, new_entry(&node, "second").await];
	for set_id in 1..=2 {
		change_keys(&node, set_id).await;
	}
	let last = set_in_force(&node, data.path(), 2).await;

	for entry in [early[0], new_entry(&node, "after").await] {
		let file = prove(&node, entry, data.path(), None).await;
		let proof: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
		assert_eq!(proof["setId"], 2);
		assert_eq!(proof["handovers"].as_array().unwrap().len(), 2);
		for trusted in [["--genesis", &genesis], trusting(&first), trusting(&last)] {
			holds(&file, trusted, entry).await;
		}
		no_changed_one_holds(&proof, &genesis, data.path()).await;

		// From the set in force the proof is short, and who trusts the genesis hash alone cannot check it.
		let file = prove(&node, entry, data.path(), Some(&last)).await;
		assert!(!fs::read_to_string(&file).unwrap().contains("handovers"));
		holds(&file, trusting(&last), entry).await;
		for trusted in [["--genesis", &genesis], trusting(&first)] {
			let run = verify(&file, trusted).await;
			run.expect_error(1, &["\"code\":\"proof\""]);
		}
	}
	a_bundle_has_the_handovers_once(&node, &genesis, &last, data.path()).await;
}

/// Has the validator, Alice, finalize with new keys, and waits until it does: with the authority set of this number.
pub async fn change_keys(node: &Node, set_id: u64) {
	let rpc = node.rpc().await;
	let made = session_keys::make(&rpc, &dev::alice()).await;
	session_keys::set(&node.url(), &made, &dev::alice()).await;

	let what = format!("authority set {set_id}");
	wait::for_it(&what, CHANGE_LIMIT, || async {
		let head: String = rpc.ask("chain_getFinalizedHead", rpc_params![]).await;
		let set = rpc.value(&rpc::item("Grandpa", "CurrentSetId"), Some(&head)).await;
		(set == Some(set_id.encode())).then_some(())
	})
	.await;
}

/// The set in force, in a file.
async fn set_in_force(node: &Node, directory: &Path, set_id: u64) -> PathBuf {
	let file = directory.join(format!("set-{set_id}.json"));
	let (out, url) = (file.to_str().unwrap(), node.url());
	let run = client::hdx(["audit", "authorities", "-o", out, "--json", "--url", &url]).await;
	run.expect_success();
	let shown: Value = serde_json::from_str(&run.stdout).unwrap();
	let written: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
	assert_eq!(written["setId"], set_id);
	assert_eq!(written["authorities"].as_array().unwrap().len(), 1);
	assert_eq!(
		(&shown["setId"], &shown["authorities"]),
		(&written["setId"], &written["authorities"])
	);
	file
}

/// The patient of this name.
pub fn patient(name: &str) -> AccountId {
	Signer::read(&format!("//patient of the authorities test//{name}")).unwrap().account()
}

/// A new entry of the log, about a patient of this name.
pub async fn new_entry(node: &Node, name: &str) -> u64 {
	let chain = Chain::connect(&node.url()).await.unwrap();
	let operator = Signer::read("//Alice").unwrap();
	let patient = patient(name);
	chain.sponsor_patient(&operator, patient.clone(), Until::Finalized).await.unwrap();
	chain.audit_of_patient(&patient).await.unwrap()[0].index.0
}

/// Has the command line prove an entry, from the genesis block or from a set.
async fn prove(node: &Node, entry: u64, directory: &Path, from: Option<&Path>) -> PathBuf {
	let start = if from.is_some() { "set" } else { "genesis" };
	let file = directory.join(format!("{entry}-from-{start}.json"));
	let (entry, out, url) = (entry.to_string(), file.to_str().unwrap(), node.url());
	let mut arguments = vec!["audit", "prove", &entry, "--out", out, "--json", "--url", &url];
	if let Some(set) = from {
		arguments.extend(trusting(set));
	}
	let run = client::hdx(arguments).await;
	run.expect_success();
	let answer: Value = serde_json::from_str(&run.stdout).unwrap();
	assert_eq!(answer["handovers"], if from.is_some() { 0 } else { 2 });
	file
}

fn trusting(set: &Path) -> [&str; 2] {
	["--authorities", set.to_str().unwrap()]
}

async fn verify(file: &Path, trusted: [&str; 2]) -> Run {
	let arguments = ["audit", "verify", file.to_str().unwrap(), "--json", "--url", NOWHERE];
	client::hdx(arguments.iter().chain(&trusted)).await
}

async fn holds(file: &Path, trusted: [&str; 2], entry: u64) {
	let run = verify(file, trusted).await;
	run.expect_success();
	let answer: Value = serde_json::from_str(&run.stdout).unwrap();
	assert_eq!((&answer["verified"], &answer["entry"]["index"]), (&true.into(), &entry.into()));
}

/// Each handover is needed, in its place, as it is.
async fn no_changed_one_holds(proof: &Value, genesis: &str, directory: &Path) {
	let handovers = proof["handovers"].as_array().unwrap();
	let [one, other] = [handovers[0].clone(), handovers[1].clone()];
	let mut altered = vec![
		("none", json!([])),
		("the first is missing", json!([other])),
		("the second is missing", json!([one])),
		("they are swapped", json!([other, one])),
		("the first is there twice", json!([one, one])),
		("there is one too many", json!([one, other, other])),
	];
	for nth in 0..2 {
		for part in ["header", "justification"] {
			let mut changed = proof["handovers"].clone();
			let digits = changed[nth][part].as_str().unwrap().to_owned();
			let middle = digits.len() / 2;
			let digit = if digits[middle..].starts_with('0') { "1" } else { "0" };
			changed[nth][part] =
				format!("{}{digit}{}", &digits[..middle], &digits[middle + 1..]).into();
			altered.push(("a digit is changed", changed));
		}
	}
	let file = directory.join("altered.json");
	for (what, handovers) in altered {
		let mut altered = proof.clone();
		altered["handovers"] = handovers;
		fs::write(&file, altered.to_string()).unwrap();
		let run = verify(&file, ["--genesis", genesis]).await;
		assert_eq!(run.code, Some(1), "{what}: {run}");
		assert!(run.stderr.contains("\"code\":\"proof\""), "{what}: {run}");
	}
}

/// The first line of a bundle has them for all its proofs.
async fn a_bundle_has_the_handovers_once(
	node: &Node,
	genesis: &str,
	last: &Path,
	directory: &Path,
) {
	let file = directory.join("case.bundle");
	let (out, url) = (file.to_str().unwrap(), node.url());
	let run = client::hdx([
		"audit", "export", "--range", "0-2", "--format", "forensic", "-o", out, "--url", &url,
	])
	.await;
	run.expect_success();
	let text = fs::read_to_string(&file).unwrap();
	let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
	assert_eq!(lines[0]["handovers"].as_array().unwrap().len(), 2);
	assert!(lines[1..].iter().all(|proof| proof.get("handovers").is_none()));
	for trusted in [["--genesis", genesis], trusting(last)] {
		let run = verify(&file, trusted).await;
		run.expect_success();
		let answer: Value = serde_json::from_str(&run.stdout).unwrap();
		assert_eq!(answer["entries"].as_array().unwrap().len(), 3);
	}

	let mut head = lines[0].clone();
	head["handovers"].as_array_mut().unwrap().swap(0, 1);
	let rest = text.split_once('\n').unwrap().1;
	let forged = directory.join("forged.bundle");
	fs::write(&forged, format!("{head}\n{rest}")).unwrap();
	let run = verify(&forged, ["--genesis", genesis]).await;
	run.expect_error(1, &["\"code\":\"proof\"", "line 1"]);
}
