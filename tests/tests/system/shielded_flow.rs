//! `hdx demo --shielded`: the main flow with a consent that nobody sees, on a real chain, from the keys of the circuits to
//! the proof that counts no more.
//!
//! The flow checks each of its steps itself. Here it is looked at from outside: what it told, what the chain's log says
//! of it, and that no secret of it is anywhere on the chain.

use crate::scene::Scene;
use hdx_sdk::chain::Signer;
use hdx_tests::{
	client::{self, Run},
	exposure::Exposure,
	report,
	search::Needles,
};
use serde_json::{json, Value};
use std::{fs, path::Path};

/// The refusals that the flow has to meet, as it tells them.
const REFUSALS: [&str; 9] = [
	"denied (no consent)",
	"(NotProven)",
	"(ProofNamesNoLabels)",
	"(ProvenTooLong)",
	"(not-covered)",
	"(ProofUsed)",
	"(GrantRevoked)",
	"(already-revoked)",
	"(SnapshotTooOld)",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_flow_with_a_consent_that_nobody_sees_goes_as_it_tells() {
	let scene = Scene::new();
	let (url, data) = (scene.node.url(), scene.directory.path().join("demo"));
	let run = client::demo_shielded(&url, &data).await;
	report::say(format!("with a consent that nobody sees: {:.1} s", run.took.as_secs_f64()));
	run.expect_success();
	it_told_every_refusal(&run);
	the_log_has_every_decision_and_no_consent(&scene).await;
	no_secret_of_it_is_on_the_chain(&scene, &data).await;
	proofs_of_the_grant_and_of_a_denial_were_written(&data);
	another_run_makes_no_keys_and_activates_nothing(&scene, &data).await;
}

/// What the flow told, a line a step.
fn steps(run: &Run) -> Vec<Value> {
	let read = |line: &str| -> Value {
		serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{run}"))
	};
	run.stdout.lines().map(read).collect()
}

fn it_told_every_refusal(run: &Run) {
	let told = steps(run);
	for refusal in REFUSALS {
		let has = |step: &Value| step["text"].as_str().is_some_and(|text| text.contains(refusal));
		assert!(told.iter().any(has), "nothing of {refusal}: {run}");
	}
	let last = told.last().unwrap();
	assert_eq!((&last["done"], &last["steps"]), (&json!(true), &json!(told.len() - 1)), "{run}");
}

async fn the_log_has_every_decision_and_no_consent(scene: &Scene) {
	let listed = scene.does("audit list --limit 1000").await;
	let entries = listed["entries"].as_array().unwrap();
	let of_kind = |kind: &str| -> Vec<&Value> {
		entries.iter().filter(|entry| entry["subject"]["kind"] == kind).collect()
	};
	let proven = of_kind("provenAccess");
	let [access] = proven.as_slice() else { panic!("one access by proof: {listed}") };
	assert_eq!((&access["consent"], &access["outcome"]), (&Value::Null, &json!("success")));
	assert_eq!(access["subject"]["nullifier"].as_str().unwrap().len(), 66);

	let sender = json!(Signer::read("//Alice").unwrap().account().to_string());
	let consents = of_kind("shieldedConsent");
	let actions: Vec<_> = consents.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
	assert_eq!(actions, ["ShieldedConsentAppended", "ShieldedConsentRevoked"]);
	for entry in consents {
		assert_eq!((&entry["actor"], &entry["patient"]), (&sender, &Value::Null), "{entry}");
	}

	// Another class, another record, a colleague, and a later snapshot.
	let denied = |reason: &str| entries.iter().filter(|one| one["reason"] == reason).count();
	let found = ["NoConsent", "NotProven", "ProofUsed"].map(denied);
	assert_eq!(found, [1, 4, 1], "{listed}");
}

/// What a file of the flow has at a place, in bytes.
fn kept(directory: &Path, file: &str, pointer: &str) -> Vec<u8> {
	let text = fs::read_to_string(directory.join(file)).unwrap();
	let content: Value = serde_json::from_str(&text).unwrap();
	let digits = content.pointer(pointer).and_then(Value::as_str);
	let digits = digits.unwrap_or_else(|| panic!("{file} has nothing at {pointer}"));
	hex::decode(digits.trim_start_matches("0x")).unwrap()
}

async fn no_secret_of_it_is_on_the_chain(scene: &Scene, data: &Path) {
	let directory = data.join("shielded-record-0");
	let public = [
		("the leaf", kept(&directory, "wallet", "/content/notes/0/leaf")),
		("the physician's tag", kept(&directory, "physician", "/content/tag")),
		("the subject tag", kept(&directory, "subject", "/content/tag")),
	];
	let hidden = [
		("the patient's key", kept(&directory, "wallet", "/content/patient")),
		("the patient's secret", kept(&directory, "wallet", "/content/secret")),
		("the note's nonce", kept(&directory, "wallet", "/content/notes/0/nonce")),
		("the physician's secret", kept(&directory, "physician", "/content/secret")),
		("the subject's salt", kept(&directory, "subject", "/content/salt")),
	];
	let mut needles = Needles::default();
	for (name, bytes) in public.iter().chain(&hidden) {
		needles.add_bytes(name, bytes);
	}
	let exposure = Exposure::fetch(&scene.node.rpc().await).await;
	let found = needles.find_in(&exposure.places);
	for (name, _) in &public {
		assert!(found.contains_key(*name), "{name} is on the chain, and was not found");
	}
	for (name, _) in &hidden {
		assert!(!found.contains_key(*name), "{name} is on the chain: {:?}", found.get(*name));
	}
}

fn proofs_of_the_grant_and_of_a_denial_were_written(data: &Path) {
	let names = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().file_name());
	let proofs = names.filter(|name| name.to_string_lossy().ends_with(".proof.json"));
	assert_eq!(proofs.count(), 2);
}

/// Ended when it comes to the consent: all else would be as before.
async fn another_run_makes_no_keys_and_activates_nothing(scene: &Scene, data: &Path) {
	let chapter = |line: &str| {
		let step: Value = serde_json::from_str(line).unwrap();
		step["chapter"].as_str().unwrap().to_owned()
	};
	let before = scene.does("zk list").await;
	let url = scene.node.url();
	let told = client::demo_shielded_until(&url, data, |line| chapter(line) == "5").await;
	let about_circuits: Vec<_> = told.iter().filter(|line| chapter(line) == "4").collect();
	let [grant, access, revoke, active] = about_circuits.as_slice() else {
		panic!("three keys, and that their circuits are active: {told:?}")
	};
	for key in [grant, access, revoke] {
		assert!(key.contains("that an earlier run made"), "{key}");
	}
	assert!(active.contains("since an earlier run"), "{active}");
	assert_eq!(scene.does("zk list").await, before);
}
