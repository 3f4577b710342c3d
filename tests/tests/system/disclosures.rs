//! Releases under many grants: the chain gets one root, patients and auditors check their own.

use crate::scene::{Scene, REFUSED, USAGE};
use hdx_primitives::{GrantId, Milliseconds, RecordId, H256};
use hdx_sdk::chain::{Chain, DisclosureReport, GrantUse, Signer, Until};
use hdx_tests::client::{self, Run};
use serde_json::{json, Value};
use std::fs;

/// How a physician of the clinic asks for a record.
const ASK: &str = "access request --as //Dave --on-behalf-of 1 --role physician --purpose TREAT \
                   --action read --patient";

/// How the hospital releases what a list says.
const RELEASE: &str = "record release-many --as //Alice night.jsonl --data data --out packages";

/// The record of a second patient.
const BUNDLE: &str = r#"{
	"resourceType": "Bundle", "type": "collection", "entry": [
		{ "resource": { "resourceType": "Patient", "id": "q" } },
		{ "resource": { "resourceType": "Observation", "id": "o", "status": "final",
			"code": { "text": "Pulse" }, "subject": { "reference": "Patient/q" } } }
	]
}"#;

impl Scene {
	/// Two patients with a record each, the first of Charlie, the second of Eve.
	async fn with_two_records() -> Self {
		let scene = Self::with_record().await;
		scene.file("second.json", BUNDLE);
		scene.does("patient sponsor --as //Alice //Eve").await;
		let consent = scene.signed("second.pdf");
		let grant = "consent grant --as //Eve --organisation 1 --purpose TREAT";
		scene.does(&format!("{grant} {consent}")).await;
		let seal = "record seal --as //Alice --patient //Eve --bundle second.json --data data";
		assert_eq!(scene.does(seal).await["record"], 1);
		scene
	}

	async fn granted(&self, patient: &str, record: u64) -> u64 {
		let answer = self.does(&format!("{ASK} {patient} --record {record}")).await;
		answer["grant"].as_u64().unwrap()
	}

	async fn uses_left(&self, grant: u64) -> u64 {
		let shown = self.does(&format!("access show {grant}")).await;
		shown["usesLeft"].as_u64().unwrap()
	}

	/// What a verb answers that leaves some of it undone.
	async fn does_in_part(&self, line: &str) -> Value {
		let run = self.run(line).await;
		assert_eq!(run.code, Some(REFUSED), "{run}");
		serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
	}

	/// Runs `hdx` where no node answers.
	async fn run_without_node(&self, line: &str) -> Run {
		let mut command = client::command(line.split_whitespace());
		command.args(["--json", "--url", "ws://127.0.0.1:1"]).current_dir(self.directory.path());
		client::run(command).await
	}

	/// The disclosures about a patient, as the hospital accounts for them.
	async fn accounted(&self, patient: &str, data: &str) -> Vec<Value> {
		let accounting = self.does(&format!("audit disclosures {patient} {data}")).await;
		accounting["disclosures"].as_array().unwrap().clone()
	}
}

fn list(grants: &[(u64, u64)]) -> String {
	let line = |(grant, record): &(u64, u64)| {
		format!("{{\"grant\":{grant},\"record\":{record},\"to\":\"dave.pub\"}}\n")
	};
	grants.iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hospital_releases_a_list_and_each_patient_can_check_their_own() {
	let scene = Scene::with_two_records().await;
	let charlies = scene.granted("//Charlie", 0).await;
	let eves = scene.granted("//Eve", 1).await;
	let revoked = scene.granted("//Eve", 1).await;
	scene.does(&format!("access revoke --as //Eve {revoked}")).await;
	scene.file(
		"night.jsonl",
		&list(&[(charlies, 0), (eves, 1), (revoked, 1), (99, 0), (charlies, 1), (charlies, 0)]),
	);
	let uses = scene.uses_left(charlies).await;
	// A run was killed before it had written a package.
	let packages = scene.directory.path().join("packages");
	let part = packages.join(format!("grant-{charlies}-record-0.json.part"));
	fs::create_dir(&packages).unwrap();
	fs::write(&part, "{").unwrap();

	let released = scene.does_in_part(RELEASE).await;
	assert!(!part.exists(), "half a package was left");
	assert_eq!(released["batches"].as_array().unwrap().len(), 1);
	let batch = &released["batches"][0];
	assert_eq!(batch["disclosures"], 3);
	let why = |line: u64| {
		let refused = released["refused"].as_array().unwrap();
		refused.iter().find(|one| one["line"] == line).unwrap()["code"].clone()
	};
	assert_eq!(released["refused"].as_array().unwrap().len(), 3);
	assert_eq!([why(3), why(4), why(5)], ["grant-dead", "not-found", "not-covered"]);
	assert_eq!(scene.uses_left(charlies).await, uses - 2);

	// The physician opens what was released.
	for one in released["released"].as_array().unwrap() {
		let package = one["package"].as_str().unwrap();
		let opened = scene.does(&format!("record open {package} --key dave --data data")).await;
		assert_eq!(opened["withheld"], 0);
	}
	checked(&scene, &released).await;

	// What was released is not released again.
	let again = scene.does_in_part(RELEASE).await;
	assert_eq!((&again["already"], &again["batches"]), (&json!(3), &json!([])));
	assert_eq!(scene.uses_left(charlies).await, uses - 2);

	// The chain names no patient of a batch; the custodian accounts for them.
	assert_eq!(scene.accounted("//Charlie", "").await, Vec::<Value>::new());
	let accounted = scene.accounted("//Charlie", "--data data").await;
	assert_eq!(accounted.len(), 2);
	assert!(accounted.iter().all(|row| row["batch"] == batch["batch"] && row["record"] == 0));
	assert_eq!(scene.accounted("//Eve", "--data data --data ./data").await.len(), 1);
	// … and goes on to when the record is erased.
	scene.file("receipt.pdf", "Erased.");
	scene.does("record erase --as //Alice 0 --data data --receipt receipt.pdf").await;
	assert_eq!(scene.accounted("//Charlie", "--data data").await, accounted);
}

/// With a node, and without.
async fn checked(scene: &Scene, released: &Value) {
	let file = |index: usize| released["released"][index]["disclosure"].as_str().unwrap();
	let check = format!("audit check-disclosure {}", file(0));
	let found = scene.does(&check).await;
	assert_eq!((&found["verified"], &found["grantChecked"]), (&json!(true), &json!(true)));
	assert_eq!(found["record"], released["released"][0]["record"]);

	let entry = released["batches"][0]["entry"].as_u64().unwrap();
	let proven = scene.does(&format!("audit prove {entry} --out batch.proof.json")).await;
	let genesis = proven["genesis"].as_str().unwrap();
	let offline = format!("--genesis {genesis} --proof");
	for index in 0..3 {
		let check = format!("audit check-disclosure {} {offline}", file(index));
		let run = scene.run_without_node(&format!("{check} batch.proof.json")).await;
		run.expect_success();
		assert!(run.stdout.contains("\"grantChecked\":false"), "{run}");
	}
	// The entry of something else holds no disclosure.
	scene.does("audit prove 0 --out other.proof.json").await;
	let other = scene.run_without_node(&format!("{check} {offline} other.proof.json")).await;
	other.expect_error(REFUSED, &["not-in-batch"]);
	// Nor does another batch, or none.
	let error = scene.fails(&format!("{check} --batch 7"), REFUSED).await;
	assert_eq!(error["code"], "not-in-batch");
	// What was changed contradicts itself.
	let path = scene.directory.path().join(file(0));
	let text = fs::read_to_string(&path).unwrap();
	scene.file("forged.json", &text.replace("\"index\":0", "\"index\":1"));
	let error = scene.fails("audit check-disclosure forged.json", REFUSED).await;
	assert_eq!(error["code"], "malformed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_read_changes_nothing() {
	let scene = Scene::with_record().await;
	for (text, named) in [("", "no lines"), ("{\"grant\":1}", "line 1"), ("[]", "line 1")] {
		scene.file("night.jsonl", text);
		let error = scene.fails(RELEASE, REFUSED).await;
		assert_eq!(error["code"], "malformed");
		assert!(error["message"].as_str().unwrap().contains(named), "{error}");
	}
	assert!(!scene.directory.path().join("packages").exists());
	let line = "audit check-disclosure a.json --proof b.json";
	assert_eq!(scene.run(line).await.code, Some(USAGE));
}

/// The place of what was refused reaches whoever reported it.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_batch_says_which_and_why() {
	let scene = Scene::with_two_records().await;
	let charlies = scene.granted("//Charlie", 0).await;
	let eves = scene.granted("//Eve", 1).await;
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	let at = chain.now().await.unwrap();
	let used =
		|grant, record, uses| GrantUse { grant: GrantId(grant), record: RecordId(record), uses };
	let report = DisclosureReport {
		root: H256::repeat_byte(1),
		count: 1_001,
		first_at: at,
		last_at: Milliseconds(at.0),
		uses: vec![used(charlies, 0, 1), used(eves, 1, 1_000)],
	};
	let alice = Signer::read("//Alice").unwrap();
	let error = chain.record_disclosures(&alice, &report, Until::InBlock).await.unwrap_err();
	let message = error.to_string();
	assert_eq!(error.refusal(), Some("GrantUsedUp"), "{message}");
	assert!(message.contains("number 1 of its list"), "{message}");
	assert!(error.is_refusal());
	assert_eq!(scene.uses_left(charlies).await, 100);
}
