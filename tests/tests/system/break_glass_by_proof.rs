//! Breaking the glass by proof on a real chain, with `hdx`: from the board's leaf to the opened record, the auditor who reads
//! who it was, and the review.

use crate::{
	circuits::a_third_institution,
	scene::{Scene, REFUSED, USAGE},
	shielded::is_activated,
};
use serde_json::{json, Value};
use std::fs;

/// The patient's record: one observation.
const BUNDLE: &str = r#"{
	"resourceType": "Bundle", "type": "collection", "entry": [
		{ "resource": { "resourceType": "Patient", "id": "q" } },
		{ "resource": { "resourceType": "Observation", "id": "o", "status": "final",
			"code": { "text": "Pulse" }, "subject": { "reference": "Patient/q" } } }
	]
}"#;

/// What the physician proves, but for slot, key and file.
const PROVE: &str = "access prove-emergency --operator //Bob --patient //Eve --whole-record --on-behalf-of 1 \
                     --role physician --reason emergency-treatment --licence held --secret clinician \
                     --proving-key keys/break_glass.development.pk --version 1";

#[tokio::test(flavor = "multi_thread")]
async fn the_auditor_alone_reads_who_broke_the_glass() {
	let scene = Scene::with_physician().await;
	a_third_institution(&scene).await;
	is_activated(&scene, "break_glass").await;
	let (licence, holder, leaf) = a_leaf(&scene).await;
	a_record_and_an_officer(&scene).await;
	scene.does("key generate --encryption --out drawn").await;

	// Nobody could read who it was.
	let prove = format!("{PROVE} --to drawn.pub --out emergency");
	let run = scene.run(&prove).await;
	assert_ne!(run.code, Some(0), "{run}");
	let made = scene.does("zk audit-new --out auditor").await;
	let key = made["key"].as_str().unwrap();
	scene.does(&format!("zk audit-appoint {key} --as //Ferdie")).await;
	let beyond = format!("{PROVE} --to drawn.pub --slot 200 --out beyond");
	assert_eq!(scene.fails(&beyond, REFUSED).await["code"], "no-slot");

	let broken = it_is_broken(&scene, &prove, [&holder, &leaf]).await;
	let (grant, entry) = (&broken["grant"], &broken["entry"]);
	let shown = scene.does(&format!("audit show {entry}")).await;
	assert_eq!(shown["action"], "EmergencyOverrideStarted");
	assert_eq!(shown["subject"]["kind"], "provenBreakGlass", "{shown}");
	assert!(!shown.to_string().contains(&format!("\"licence\":{licence}")), "{shown}");

	it_is_released_to_the_drawn_key_alone(&scene, grant).await;
	the_auditor_opens_it(&scene, entry, licence).await;
	an_auditor_of_the_institution_reviews_it(&scene, grant).await;
}

/// The physician's licence in the tree; gives its number, the physician's key and the leaf.
async fn a_leaf(scene: &Scene) -> (u64, String, String) {
	let licence = scene.licensed("licence.pdf", "2099-12-31").await;
	let made = scene.does("licence new --out clinician").await;
	let holder = made["key"].as_str().unwrap();
	let entered = scene
		.does(&format!(
			"licence enter //Dave --id {licence} --holder {holder} --until 2099-01-01 --out held --as //Board"
		))
		.await;
	let text = |value: &Value| value.as_str().unwrap().to_owned();
	(licence, text(&made["key"]), text(&entered["leaf"]))
}

async fn a_record_and_an_officer(scene: &Scene) {
	scene.file("bundle.json", BUNDLE);
	scene.file("officer.pdf", "a privacy officer");
	scene.does("key generate --encryption --out officer").await;
	let enrol =
		"provider enrol --as //Bob --practitioner //Officer --role auditor --taxonomy 207R00000X \
	             --kind employment --credential officer.pdf --valid-until 2099-12-31 --key-agreement officer.pub";
	scene.does(enrol).await;
	scene.does("patient sponsor --as //Alice //Eve").await;
	let seal = "record seal --as //Alice --patient //Eve --bundle bundle.json --data data";
	assert_eq!(scene.does(seal).await["record"], 0);
}

/// By the operator whom it was made for, and once.
async fn it_is_broken(scene: &Scene, prove: &str, [holder, leaf]: [&str; 2]) -> Value {
	scene.does(prove).await;
	let written = fs::read_to_string(scene.directory.path().join("emergency")).unwrap();
	for what in [holder, leaf] {
		assert!(!written.contains(what.trim_start_matches("0x")), "the file names the clinician");
	}
	let send = "access break-glass-by-proof emergency --as";
	assert_eq!(scene.fails(&format!("{send} //Alice"), USAGE).await["code"], "usage");
	let broken = scene.does(&format!("{send} //Bob")).await;
	assert_eq!(broken["granted"], true, "{broken}");
	scene.is_refused(&format!("{send} //Bob"), "RecipientUsed").await;
	broken
}

async fn it_is_released_to_the_drawn_key_alone(scene: &Scene, grant: &Value) {
	let release = format!(
		"record release --as //Alice --grant {grant} --record 0 --data data --out package.json"
	);
	assert_eq!(scene.fails(&release, REFUSED).await["code"], "drawn-key-needed");
	let run = scene.run(&format!("{release} --to dave.pub")).await;
	assert_ne!(run.code, Some(0), "{run}");
	scene.does(&format!("{release} --to drawn.pub")).await;
	let opened = scene.does("record open package.json --key drawn --data data").await;
	assert!(!opened["sections"].as_array().unwrap().is_empty(), "{opened}");
	let run = scene.run("record open package.json --key dave --data data").await;
	assert_ne!(run.code, Some(0), "{run}");
}

async fn the_auditor_opens_it(scene: &Scene, entry: &Value, licence: u64) {
	scene.does("zk audit-new --out other").await;
	let with_other = format!("zk audit-open {entry} --key other");
	assert_eq!(scene.fails(&with_other, USAGE).await["code"], "usage");
	let none = "zk audit-open 0 --key auditor";
	assert_eq!(scene.fails(none, USAGE).await["code"], "usage");
	let opened = scene.does(&format!("zk audit-open {entry} --key auditor --save evidence")).await;
	assert_eq!(opened["licence"], json!(licence), "{opened}");
	assert!(opened["practitioner"].is_string(), "{opened}");
	// The same without a node, of what was proven and kept.
	let proven = scene.does(&format!("audit prove {entry} --out proof")).await;
	let genesis = proven["genesis"].as_str().unwrap();
	let offline = format!("--evidence evidence --proof proof --genesis {genesis}");
	let opened = scene.does(&format!("zk audit-open {entry} --key auditor {offline}")).await;
	assert_eq!((&opened["licence"], &opened["practitioner"]), (&json!(licence), &Value::Null));
	let run = scene.run(&format!("zk audit-open {entry} --key other {offline}")).await;
	assert_ne!(run.code, Some(0), "{run}");
}

async fn an_auditor_of_the_institution_reviews_it(scene: &Scene, grant: &Value) {
	scene.file("finding.pdf", "the patient was unconscious");
	let review = format!("access review {grant} --outcome justified --finding finding.pdf");
	scene.is_refused(&format!("{review} --as //Bob"), "OwnReview").await;
	scene.is_refused(&format!("{review} --as //Dave"), "MayNotReview").await;
	let reviewed = scene.does(&format!("{review} --as //Officer")).await;
	assert_eq!(reviewed["outcome"], "justified");
}
