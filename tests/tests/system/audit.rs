//! What a patient, a privacy officer or a court takes out of the log.

use crate::scene::{Scene, REFUSED};
use codec::Encode;
use hdx_sdk::chain::{AtBlock, Chain, Signer, Until};
use hdx_tests::{client, rpc, wait};
use serde_json::Value;
use std::{fs, time::Duration};

/// For how long a chain keeps entries in state that prunes them at once, in milliseconds.
const SHORT_RETENTION: u64 = 4_000;
/// How long it may take until they are gone: some blocks, on a busy machine.
const PRUNING_LIMIT: Duration = Duration::from_secs(120);

impl Scene {
	/// Has the main flow happen, and gives the patient's account.
	async fn after_demo(&self) -> String {
		let demo = client::demo(&self.node.url(), &self.directory.path().join("demo"), None).await;
		demo.expect_success();
		// There is a second patient, for whom nothing is released.
		for account in demo.accounts() {
			let run = self.run(&format!("audit disclosures {account}")).await;
			if run.stdout.contains("\"recipient\":") {
				return account.to_string();
			}
		}
		panic!("the demo names no patient whose record was released: {demo}");
	}

	fn read(&self, name: &str) -> String {
		fs::read_to_string(self.directory.path().join(name)).unwrap()
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_about_a_patient_is_exported_proven_and_accounted_for() {
	let scene = Scene::new();
	let patient = scene.after_demo().await;
	as_fhir(&scene, &patient).await;
	with_proofs(&scene, &patient).await;
	accounted_for(&scene, &patient).await;
	beyond_the_end(&scene).await;
	scene.fails(&format!("audit export {patient} -o log.json"), REFUSED).await;
	let stranger = scene.run("audit export //Alice -o other.json").await;
	stranger.expect_error(REFUSED, &["not-found", "patient"]);
	assert!(!scene.directory.path().join("other.json").exists());
}

/// As AuditEvents: one for each entry, and nothing in them that is no pseudonym.
async fn as_fhir(scene: &Scene, patient: &str) {
	let listed = scene.does(&format!("audit list {patient} --limit 1000")).await;
	let listed = listed["entries"].as_array().unwrap().clone();
	let exported = scene.does(&format!("audit export {patient} -o log.json")).await;
	assert_eq!(exported["entries"], listed.len());
	// Nothing was pruned, and it says so.
	assert_eq!(exported["log"], serde_json::json!({ "from": 0, "pruned": 0 }));
	let bundle: Value = serde_json::from_str(&scene.read("log.json")).unwrap();
	let events = bundle["entry"].as_array().unwrap();
	assert_eq!(events.len(), listed.len());
	for (event, entry) in events.iter().zip(&listed) {
		let event = &event["resource"];
		assert_eq!(event["resourceType"], "AuditEvent");
		let is_denied = entry["outcome"] == "denied";
		assert_eq!(event["outcome"] == "8", is_denied, "{event}");
		let profile = event["meta"]["profile"][0].as_str().unwrap_or_default();
		let of_action = match entry["action"].as_str().unwrap() {
			// In the demo the custodian releases to another institution.
			"Disclosed" => "PrivacyDisclosure.Source",
			"AccessDecided" if entry["consent"].is_number() => "AuthZconsent",
			_ => continue,
		};
		assert!(profile.ends_with(of_action), "{profile}: {entry}");
	}
}

/// As lines, each proven on its own, and checked without a node.
async fn with_proofs(scene: &Scene, patient: &str) {
	let export = format!("audit export {patient} --format jsonl -o log.jsonl --proofs proofs");
	let exported = scene.does(&export).await;
	let genesis = exported["genesis"].as_str().unwrap();
	for line in scene.read("log.jsonl").lines() {
		let entry: Value = serde_json::from_str(line).unwrap();
		let proof = format!("proofs/entry-{}.proof.json", entry["index"]);
		let verified = scene.does(&format!("audit verify {proof} --genesis {genesis}")).await;
		assert_eq!(verified["entry"], entry);
	}
}

async fn accounted_for(scene: &Scene, patient: &str) {
	let all = scene.does(&format!("audit disclosures {patient}")).await;
	let disclosed = all["disclosures"].as_array().unwrap();
	assert!(!disclosed.is_empty());
	for row in disclosed {
		assert!(row["recipient"].is_string() && row["recipientInstitution"].is_number(), "{row}");
		assert!(row["record"].is_number() && row["custodian"].is_number(), "{row}");
		assert_eq!((&row["purpose"], &row["exempt"]), (&"TREAT".into(), &true.into()));
	}
	let mut csv = client::command(["audit", "disclosures", patient, "--csv", "--url"]);
	csv.arg(scene.node.url());
	let csv = client::run(csv).await;
	csv.expect_success();
	assert_eq!(csv.stdout.lines().count(), disclosed.len() + 1, "{csv}");
	let past = scene.does(&format!("audit disclosures {patient} --until 2020-01-01")).await;
	assert_eq!(past["disclosures"], Value::Array(Vec::new()));
}

/// There is no page and no range there, and the error says how long the log is.
async fn beyond_the_end(scene: &Scene) {
	for line in ["audit list --from 999999", "audit export --range 0-999999 -o beyond.json"] {
		let error = scene.fails(line, REFUSED).await;
		assert_eq!(error["code"], "beyond-the-end", "{line}: {error}");
		assert!(error["message"].as_str().unwrap().contains("the log has"), "{line}: {error}");
	}
	assert!(!scene.directory.path().join("beyond.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_pruned_is_exported_from_its_proofs() {
	let retention = (rpc::item("Audit", "RetentionPeriod"), SHORT_RETENTION.encode());
	let scene = Scene::with_state("dev-short-retention", &[retention]);
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	let operator = Signer::read("//Alice").unwrap();
	let patient = Signer::read("//patient of the pruning test").unwrap().account();
	chain.sponsor_patient(&operator, patient.clone(), Until::Finalized).await.unwrap();
	let window = wait::for_it("pruning", PRUNING_LIMIT, || async {
		let window = chain.log_window(AtBlock::Best).await.unwrap();
		(window.is_pruned() && window.oldest == window.length).then_some(window)
	})
	.await;
	let last = window.length.0 - 1;

	// A patient's export has none of it, and says what gives it.
	let partial = scene.does(&format!("audit export {patient} -o partial.json")).await;
	assert_eq!(
		(&partial["entries"], &partial["log"]["from"]),
		(&0.into(), &window.length.0.into())
	);
	let older = partial["log"]["older"].as_str().unwrap();
	assert!(older.contains(&format!("--range 0-{last} ")), "{older}");

	let range = format!("audit export --range {last}-{last} -o range.json");
	let exported = scene.does(&range).await;
	assert_eq!((&exported["entries"], &exported["fromProofs"]), (&1.into(), &1.into()));
	let bundle: Value = serde_json::from_str(&scene.read("range.json")).unwrap();
	assert!(bundle["entry"][0].to_string().contains("PatientSponsored"), "{bundle}");

	// What genesis recorded is among the first ones, and the state of its block has not the log of it.
	let few = last.min(1);
	let range = format!("audit export --range 0-{few} --format forensic -o range.bundle");
	assert_eq!(scene.does(&range).await["fromProofs"], few + 1);
	let genesis = hex::encode(chain.genesis());
	let verified = scene.does(&format!("audit verify range.bundle --genesis 0x{genesis}")).await;
	assert_eq!((&verified["contiguous"], &verified["last"]), (&true.into(), &few.into()));
}
