//! A study on a real chain, with `hdx`: registered, consented to, attested for, and counted.

use crate::{
	circuits::a_third_institution,
	scene::{Scene, REFUSED},
	shielded::is_activated,
};
use serde_json::{json, Value};
use std::fs;

/// Taking part, by a proof that an operator sends.
const ENROL: &str =
	"study enrol 0 --wallet wallet --attestation attestation --version 1 --revoked-by 1 \
                     --proving-key keys/study_enrolment.development.pk --as //Bob";

/// Consenting to it.
const CONSENT: &str = "study consent 0 --protocol protocol.pdf --wallet wallet --version 1 \
                       --proving-key keys/consent_grant.development.pk --as //Bob";

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_is_counted_in_a_study_by_proof() {
	let scene = Scene::new();
	a_third_institution(&scene).await;
	for circuit in ["consent_grant", "consent_revoke", "study_enrolment"] {
		is_activated(&scene, circuit).await;
	}
	it_is_registered_by_governance(&scene).await;
	let key = scene.does("shielded new --out wallet").await["patient"].clone();
	attested(&scene, &key, "attestation", "52,180,1,0").await;
	attested(&scene, &key, "outside", "61,180,1,0").await;

	// Without a consent, nothing is sent.
	assert_eq!(scene.fails(ENROL, REFUSED).await["code"], "no-study-consent");
	it_is_not_consented_to_by_another_protocol(&scene).await;
	let leaf = scene.does(CONSENT).await["leaf"].clone();
	let listed = scene.does("shielded list --wallet wallet").await;
	let consent = &listed["consents"][0];
	assert_eq!((&consent["leaf"], &consent["study"]), (&leaf, &json!(true)));
	let shared = format!("shielded share {} --wallet wallet --out note", leaf.as_str().unwrap());
	assert_eq!(scene.fails(&shared, REFUSED).await["code"], "not-for-provider");

	let outside = ENROL.replace("--attestation attestation", "--attestation outside");
	assert_eq!(scene.fails(&outside, REFUSED).await["code"], "other-attestation");
	assert_eq!(scene.does(ENROL).await["count"], 1);
	scene.is_refused(ENROL, "AlreadyCounted").await;
	let other = ENROL.replace("//Bob", "//Charlie");
	scene.is_refused(&other, "AlreadyCounted").await;
	the_log_names_nobody(&scene).await;
	it_has_no_results_without_its_cohort(&scene).await;
}

/// Whoever read another protocol than the one that is registered consents to nothing, and the wallet keeps nothing.
async fn it_is_not_consented_to_by_another_protocol(scene: &Scene) {
	fs::write(scene.directory.path().join("other.pdf"), "what is not done").unwrap();
	let other = CONSENT.replace("protocol.pdf", "other.pdf");
	assert_eq!(scene.fails(&other, REFUSED).await["code"], "other-protocol");
	let listed = scene.does("shielded list --wallet wallet").await;
	assert_eq!(listed["consents"], json!([]));
}

async fn it_is_registered_by_governance(scene: &Scene) {
	let directory = scene.directory.path();
	fs::write(directory.join("protocol.pdf"), "what is done").unwrap();
	let register =
		"study register --sponsor 1 --protocol protocol.pdf --panel 2 --range 40-60 --range 0-200 --range 0-1 \
		 --range 0-9 --attested-from 2020-01-01 --category 3,4 --from 2020-01-01 --until 2099-12-31";
	scene.is_refused(&format!("{register} --minimum 10 --as //Ferdie"), "MinimumTooSmall").await;
	let registered = scene.does(&format!("{register} --minimum 11 --as //Ferdie")).await;
	assert_eq!(registered["study"], 0);
	let shown = scene.does("study show 0").await;
	assert_eq!((&shown["state"], &shown["count"]), (&json!("open"), &json!(0)));
	assert_eq!(shown["protocol"], registered["protocol"]);
	assert_eq!(shown["categories"], json!([3, 4]));
	let listed = scene.does("study list").await;
	assert_eq!(listed["studies"].as_array().unwrap().len(), 1);
}

/// A laboratory attests values of the patient, and the patient gets the file.
async fn attested(scene: &Scene, key: &Value, file: &str, values: &str) {
	let line = format!(
		"study attest --patient-key {} --panel 2 --values {values} --out {file} --as //Alice",
		key.as_str().unwrap()
	);
	let done = scene.does(&line).await;
	assert_eq!(done["tree"], 0);
}

async fn the_log_names_nobody(scene: &Scene) {
	let listed = scene.does("audit list --limit 1000").await;
	let entries = listed["entries"].as_array().unwrap();
	let counted: Vec<_> =
		entries.iter().filter(|entry| entry["action"] == "EnrolmentCounted").collect();
	assert_eq!(counted.len(), 1, "{listed}");
	assert_eq!((&counted[0]["actor"], &counted[0]["patient"]), (&Value::Null, &Value::Null));
}

async fn it_has_no_results_without_its_cohort(scene: &Scene) {
	fs::write(scene.directory.path().join("results.pdf"), "what was found").unwrap();
	let results = "study results 0 results.pdf --as //Bob";
	scene.is_refused(results, "StudyStillOpen").await;
	scene.is_refused("study close 0 --as //Alice", "NotTheSponsor").await;
	assert_eq!(scene.does("study close 0 --as //Bob").await["count"], 1);
	scene.is_refused(results, "CohortNotReached").await;
	let shown = scene.does("study show 0").await;
	assert_eq!((&shown["state"], &shown["cohortReached"]), (&json!("closed"), &json!(false)));
}
