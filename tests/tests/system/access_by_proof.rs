//! Access by the proof of a consent that nobody sees, on a real chain, with `hdx`: from the patient's wallet, or that of the
//! patient's delegate, to the opened record, and until the patient takes it back.

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
	for circuit in ["consent_grant", "consent_revoke", "consent_access", "delegated_access"] {
		is_activated(&scene, circuit).await;
	}
	a_record_and_a_doctor(&scene).await;
	let leaf = a_consent(&scene).await;
	let delegation = a_delegates_consent(&scene).await;
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
	a_delegates_consent_permits_it_too(&scene).await;
	is_revoked(&scene, &delegation).await;
	after_the_revocation_nothing_is_proven(&scene, &leaf).await;
	nor_is_what_a_delegate_gave(&scene).await;
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

/// The category of observations.
async fn observations(scene: &Scene) -> Value {
	let listed = scene.does("shielded categories").await;
	let token = "http://hl7.org/fhir/resource-types|Observation";
	let found = listed["categories"].as_array().unwrap().iter().find(|one| one["class"] == token);
	found.unwrap()["category"].clone()
}

/// Eve gives Dave a consent for observations, through Alice, and shares it with him. Tells its leaf.
async fn a_consent(scene: &Scene) -> String {
	let category = observations(scene).await;
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

/// What an owner of a wallet gives, through Alice.
fn giving(verb: &str, wallet: &str, category: &Value, until: &str) -> String {
	format!(
		"shielded {verb} --wallet {wallet} --purpose TREAT --category {category} --until {until} \
		 --proving-key keys/consent_grant.development.pk --version 1 --as //Alice"
	)
}

/// Eve lets somebody give consents for observations, and that one gives Dave one and shares it. Tells the leaf of the
/// delegation.
async fn a_delegates_consent(scene: &Scene) -> String {
	let category = observations(scene).await;
	let delegate = scene.does("shielded new --out delegate").await;
	let key = delegate["patient"].as_str().unwrap();
	let delegate_to =
		format!("{} --to {key}", giving("delegate", "wallet", &category, "2098-12-31"));
	let delegated = scene.does(&delegate_to).await;
	let delegation = delegated["leaf"].as_str().unwrap().to_owned();
	let shared = format!("shielded share {delegation} --wallet wallet --out delegation");
	assert_eq!(scene.does(&shared).await["to"], key);

	let provider = scene.does("shielded tag doctor").await;
	let tag = provider["tag"].as_str().unwrap();
	let under = |wallet, category: &Value, until| {
		let given = giving("grant", wallet, category, until);
		format!("{given} --to {tag} --under delegation")
	};
	let others = under("wallet", &category, "2098-12-31");
	assert_eq!(scene.fails(&others, REFUSED).await["code"], "other-delegate");
	let longer = under("delegate", &category, "2099-12-31");
	assert_eq!(scene.fails(&longer, REFUSED).await["code"], "not-delegated");
	let granted = scene.does(&under("delegate", &category, "2097-12-31")).await;
	let leaf = granted["leaf"].as_str().unwrap();
	scene.does(&format!("shielded share {leaf} --wallet delegate --out delegated-note")).await;
	delegation
}

/// The request with what the delegate gave, and with the proving key of this circuit.
fn asked_as_delegated(circuit: &str) -> String {
	let proven = PROVEN.replace("--consent note", "--consent delegated-note");
	format!("{ASK} {}", proven.replace("consent_access", circuit))
}

async fn a_delegates_consent_permits_it_too(scene: &Scene) {
	let other = asked_as_delegated("consent_access");
	assert_eq!(scene.fails(&other, REFUSED).await["code"], "other-circuit");
	let answer = scene.does(&asked_as_delegated("delegated_access")).await;
	assert_eq!(answer["granted"], true, "{answer}");
}

/// After the delegation was revoked, and a snapshot knows it.
async fn nor_is_what_a_delegate_gave(scene: &Scene) {
	let line = asked_as_delegated("delegated_access");
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "already-revoked");
	// Nor is anything given under it any more.
	let (category, provider) = (observations(scene).await, scene.does("shielded tag doctor").await);
	let given = giving("grant", "delegate", &category, "2097-12-31");
	let again = format!("{given} --to {} --under delegation", provider["tag"].as_str().unwrap());
	assert_eq!(scene.fails(&again, REFUSED).await["code"], "already-revoked");
}

/// Eve revokes something of her wallet.
async fn is_revoked(scene: &Scene, leaf: &str) {
	let revoke = format!(
		"shielded revoke {leaf} --wallet wallet --proving-key keys/consent_revoke.development.pk --version 1 --as //Alice"
	);
	scene.does(&revoke).await;
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
	is_revoked(scene, leaf).await;
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
