//! Licences of which the chain has a hash alone, and the auditor for whom identities are encrypted, on a real chain, with
//! `hdx`: as boards, clinicians and governance live it.

use crate::scene::{Scene, REFUSED};
use serde_json::{json, Value};

#[tokio::test(flavor = "multi_thread")]
async fn a_board_enters_a_licence_its_clinician_finds_it_and_anybody_removes_it_once_it_lapsed() {
	let scene = Scene::with_physician().await;
	let licence = scene.licensed("licence.pdf", "2099-12-31").await;
	let made = scene.does("licence new --out clinician").await;
	let key = made["key"].as_str().unwrap();
	let enter = |out: &str, by: &str| {
		format!(
			"licence enter //Dave --id {licence} --holder {key} --until 2099-01-01 --out {out} --as {by}"
		)
	};
	scene.is_refused(&enter("hospitals", "//Alice"), "NotItsIssuer").await;
	assert!(!scene.directory.path().join("hospitals").exists(), "it is of no use to anybody");

	let entered = scene.does(&enter("held", "//Board")).await;
	assert_eq!(entered["place"], 0, "{entered}");
	let found = scene.does("licence check held --secret clinician").await;
	assert_eq!((&found["leaf"], &found["place"]), (&entered["leaf"], &json!(0)));
	scene.does("licence new --out somebodys").await;
	let other = "licence check held --secret somebodys";
	assert_eq!(scene.fails(other, REFUSED).await["code"], "other-secret");

	// Another leaf takes its place a day later, and not before.
	scene.is_refused(&enter("anew", "//Board"), "EnteredLately").await;
	assert!(!scene.directory.path().join("anew").exists(), "it is of no use to anybody");

	let lapsed = scene.does("licence lapsed").await;
	assert_eq!(lapsed["lapsed"], json!([]));
	let remove = format!("licence remove {licence} --as //Alice");
	scene.is_refused(&remove, "LicenceStands").await;
	scene.does(&format!("provider revoke-credential --as //Board //Dave --id {licence}")).await;
	let lapsed = scene.does("licence lapsed").await;
	assert_eq!(lapsed["lapsed"][0]["licence"], licence, "{lapsed}");
	scene.does(&remove).await;
	// What the clinician was given is of no use any more.
	let run = scene.run("licence check held --secret clinician").await;
	assert_ne!(run.code, Some(0), "{run}");
	scene.is_refused(&remove, "LicenceNotEntered").await;
	scene.is_refused(&enter("again", "//Board"), "LicenceDoesNotStand").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn governance_appoints_an_auditor_by_key_and_dismisses_them() {
	let scene = Scene::new();
	assert_eq!(scene.does("zk audit-show").await["number"], Value::Null);
	let made = scene.does("zk audit-new --out auditor").await;
	let key = made["key"].as_str().unwrap();
	let by_an_operator = format!("zk audit-appoint {key} --as //Alice");
	assert_eq!(scene.fails(&by_an_operator, REFUSED).await["code"], "governance-decides");
	let appoint = format!("zk audit-appoint {key} --as //Ferdie");
	assert_eq!(scene.does(&appoint).await["number"], 0);
	let shown = scene.does("zk audit-show").await;
	assert_eq!((&shown["number"], &shown["key"]), (&json!(0), &json!(key)));
	scene.is_refused(&appoint, "AuditorKeyUsed").await;
	scene.does("zk audit-dismiss --as //Ferdie").await;
	assert_eq!(scene.does("zk audit-show").await["number"], Value::Null);
	scene.is_refused("zk audit-dismiss --as //Ferdie", "NoAuditor").await;
}
