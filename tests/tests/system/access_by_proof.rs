//! Access by the proof of a consent that nobody sees, on a real chain, with `hdx`: from the patient's wallet to the opened
//! record, and until the patient takes it back.

use crate::{
	circuits::a_third_institution,
	scene::{Scene, REFUSED},
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

/// What is asked with a proof.
const ASK: &str =
	"access request-by-proof --as //Dave --patient //Eve --record 0 --class Observation \
                   --on-behalf-of 1 --role physician --purpose TREAT --action read";

/// With what it is proven.
const PROVEN: &str = "--consent note --provider doctor --subject subject \
                      --proving-key keys/consent_access.development.pk --version 1 --revoked-by 1";

#[tokio::test(flavor = "multi_thread")]
async fn a_doctor_reads_what_a_consent_that_nobody_sees_permits() {
	let scene = Scene::new();
	a_third_institution(&scene).await;
	for circuit in ["consent_grant", "consent_revoke", "consent_access"] {
		is_activated(&scene, circuit).await;
	}
	a_record_and_a_doctor(&scene).await;
	let leaf = a_consent(&scene).await;
	what_does_not_belong_together_is_not_sent(&scene).await;

	let missing = asks(&scene).await;
	assert_eq!(missing["reason"], "SubjectTagMissing", "{missing}");
	the_record_gets_its_subject(&scene).await;
	let missing = asks(&scene).await;
	assert_eq!(missing["reason"], "ProviderTagMissing", "{missing}");
	scene.does("shielded register doctor --on-behalf-of 1 --role physician --as //Dave").await;
	let again = "shielded register doctor --on-behalf-of 1 --role physician --as //Dave";
	scene.is_refused(again, "TagUnchanged").await;

	let grant = a_grant(&scene).await;
	it_is_used(&scene, grant).await;
	the_log_has_class_and_nullifier_and_no_consent(&scene, grant).await;
	after_the_revocation_nothing_is_proven(&scene, &leaf).await;
	the_subject_is_withdrawn_for_this_version(&scene).await;
}

/// A record of Eve's, who consents to nothing that can be seen, and Dave, who would read it.
async fn a_record_and_a_doctor(scene: &Scene) {
	let directory = scene.directory.path();
	scene.does("key generate --encryption --out dave").await;
	fs::write(directory.join("licence.pdf"), "a licence").unwrap();
	fs::write(directory.join("bundle.json"), BUNDLE).unwrap();
	let enrol =
		"provider enrol --as //Bob --practitioner //Dave --role physician --taxonomy 207R00000X \
	             --credential licence.pdf --valid-until 2099-01-01 --key-agreement dave.pub";
	scene.does(enrol).await;
	scene.does("patient sponsor --as //Alice //Eve").await;
	let seal = "record seal --as //Alice --patient //Eve --bundle bundle.json --data data";
	assert_eq!(scene.does(seal).await["record"], 0);
}

/// Eve gives Dave a consent for observations, through Alice, and shares it with him. Tells its leaf.
async fn a_consent(scene: &Scene) -> String {
	let listed = scene.does("shielded categories").await;
	let token = "http://hl7.org/fhir/resource-types|Observation";
	let found = listed["categories"].as_array().unwrap().iter().find(|one| one["class"] == token);
	let category = &found.unwrap()["category"];
	scene.does("shielded new --out wallet").await;
	let provider = scene.does("shielded provider --out doctor").await;
	let tag = provider["tag"].as_str().unwrap();
	let granted = scene
		.does(&format!(
			"shielded grant --wallet wallet --to {tag} --purpose TREAT --category {category} \
			 --until 2099-12-31 --proving-key keys/consent_grant.development.pk --version 1 --as //Alice"
		))
		.await;
	let leaf = granted["leaf"].as_str().unwrap().to_owned();
	let shared = scene.does(&format!("shielded share {leaf} --wallet wallet --out note")).await;
	assert_eq!((&shared["leaf"], &shared["to"]), (&json!(leaf), &json!(tag)));
	leaf
}

async fn the_record_gets_its_subject(scene: &Scene) {
	let patient = scene.does("shielded tag wallet").await;
	let key = patient["patient"].as_str().unwrap();
	fs::remove_file(scene.directory.path().join("subject")).unwrap();
	let line = format!("shielded subject 0 --patient-key {key} --out subject");
	scene.is_refused(&format!("{line} --as //Bob"), "NotTheCustodian").await;
	fs::remove_file(scene.directory.path().join("subject")).unwrap();
	let set = scene.does(&format!("{line} --as //Alice")).await;
	assert_eq!((&set["record"], &set["version"]), (&json!(0), &json!(1)));
	let again = format!("shielded subject 0 --patient-key {key} --out second --as //Alice");
	scene.is_refused(&again, "SubjectTagSet").await;
}

async fn the_subject_is_withdrawn_for_this_version(scene: &Scene) {
	let line = "shielded subject 0 --withdraw";
	scene.is_refused(&format!("{line} --as //Bob"), "NotTheCustodian").await;
	let done = scene.does(&format!("{line} --as //Alice")).await;
	assert_eq!((&done["record"], &done["tag"]), (&json!(0), &Value::Null));
	scene.is_refused(&format!("{line} --as //Alice"), "SubjectTagMissing").await;
	let patient = scene.does("shielded tag wallet").await;
	let key = patient["patient"].as_str().unwrap();
	let again = format!("shielded subject 0 --patient-key {key} --out third --as //Alice");
	scene.is_refused(&again, "SubjectTagWithdrawn").await;
}

/// Files that do not belong together are noticed before anything is proven. Leaves the subject of a patient who has no
/// tag on the chain.
async fn what_does_not_belong_together_is_not_sent(scene: &Scene) {
	scene.does("shielded provider --out other").await;
	scene.does("shielded new --out other-wallet").await;
	let other = scene.does("shielded tag other-wallet").await;
	let tagged = |file: &str, key: &Value| {
		let key = key.as_str().unwrap();
		format!("shielded subject 0 --patient-key {key} --out {file} --as //Bob")
	};
	// The chain refuses both, as Bob does not keep the record; the files are there.
	scene.is_refused(&tagged("other-subject", &other["patient"]), "NotTheCustodian").await;
	let patient = scene.does("shielded tag wallet").await;
	scene.is_refused(&tagged("subject", &patient["patient"]), "NotTheCustodian").await;

	for (from, to, code) in [
		("--provider doctor", "--provider other", "other-provider"),
		("--subject subject", "--subject other-subject", "other-subject"),
		("--subject subject", "--subject doctor", "other-kind"),
	] {
		let line = format!("{ASK} {}", PROVEN.replace(from, to));
		assert_eq!(scene.fails(&line, REFUSED).await["code"], code, "{line}");
	}
	let line = format!("{} {PROVEN}", ASK.replace("--class Observation", "--class Condition"));
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "not-covered");
	let line = format!("{} {PROVEN}", ASK.replace("--class Observation", ""));
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "not-provable");
}

/// What the chain answers to a request that is well formed, granted or not.
async fn asks(scene: &Scene) -> Value {
	let run = scene.run(&format!("{ASK} {PROVEN}")).await;
	serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

async fn a_grant(scene: &Scene) -> u64 {
	let answer = asks(scene).await;
	assert_eq!(answer["granted"], true, "{answer}");
	let grant = answer["grant"].as_u64().unwrap();
	let shown = scene.does(&format!("access show {grant}")).await;
	assert_eq!((&shown["consent"], &shown["record"]), (&Value::Null, &json!(0)));
	assert!(!shown["obligations"].as_array().unwrap().is_empty(), "{shown}");
	grant
}

async fn it_is_used(scene: &Scene, grant: u64) {
	let release = format!(
		"record release --as //Alice --grant {grant} --record 0 --data data --out package.json --to dave.pub"
	);
	let released = scene.does(&release).await;
	let classes: Vec<_> = released["released"].as_array().unwrap().iter().collect();
	assert_eq!(classes.len(), 1, "{released}");
	let opened = scene.does("record open package.json --key dave --data data").await;
	assert_eq!(opened["sections"].as_array().unwrap().len(), 1, "{opened}");
}

async fn the_log_has_class_and_nullifier_and_no_consent(scene: &Scene, grant: u64) {
	let listed = scene.does("audit list --limit 1000").await;
	let entries = listed["entries"].as_array().unwrap();
	let proven: Vec<_> =
		entries.iter().filter(|entry| entry["subject"]["kind"] == "provenAccess").collect();
	let [entry] = proven.as_slice() else { panic!("one access by proof: {listed}") };
	let subject = &entry["subject"];
	assert_eq!((&subject["grant"], &subject["record"]), (&json!(grant), &json!(0)));
	assert!(subject["class"].as_str().unwrap().ends_with("|Observation"), "{entry}");
	assert_eq!(subject["nullifier"].as_str().unwrap().len(), 66);
	assert_eq!((&entry["action"], &entry["consent"]), (&json!("AccessDecided"), &Value::Null));
	let disclosed = entries.iter().any(|entry| entry["action"] == "Disclosed");
	assert!(disclosed, "{listed}");
}

/// Until the next snapshot, what is proven still counts, once; then there is no proof any more.
async fn after_the_revocation_nothing_is_proven(scene: &Scene, leaf: &str) {
	let revoke = format!(
		"shielded revoke {leaf} --wallet wallet --proving-key keys/consent_revoke.development.pk --version 1 --as //Alice"
	);
	scene.does(&revoke).await;
	for _ in 0..60 {
		let run = scene.run(&format!("{ASK} {PROVEN}")).await;
		if run.stderr.is_empty() {
			continue;
		}
		let error: Value = serde_json::from_str(&run.stderr).unwrap();
		assert_eq!(error["error"]["code"], "already-revoked", "{run}");
		return;
	}
	panic!("a minute of proofs after the revocation");
}
