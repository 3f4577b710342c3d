//! The life of a DID on a real chain, with `hdx`: created, rotated, changed by a controller, read at
//! any time, deactivated; and what it means for whom records are released to.

use crate::scene::{Scene, NO_NODE, REFUSED};
use hdx_sdk::chain::{AtBlock, Chain};
use hdx_tests::bundles;
use serde_json::{json, Value};
use std::fs;

impl Scene {
	/// The result of a resolution that has no document.
	async fn resolves_to_nothing(&self, line: &str) -> Value {
		let run = self.run(line).await;
		assert_eq!(run.code, Some(REFUSED), "{run}");
		let result: Value = serde_json::from_str(&run.stdout).unwrap();
		assert!(result["didDocument"].is_null(), "{run}");
		result["didResolutionMetadata"]["error"].clone()
	}

	/// The document of Dave's DID.
	async fn resolved(&self, more: &str) -> Value {
		self.does(&format!("did resolve //Dave {more}")).await
	}
}

/// The urls of the keys to which others encrypt.
fn key_agreement(resolved: &Value) -> &Value {
	&resolved["didDocument"]["keyAgreement"]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_did_is_created_rotated_released_to_and_deactivated() {
	let scene = Scene::new();
	a_record_and_a_grantee(&scene).await;
	the_registry_holds_without_a_did(&scene).await;
	let created = scene.does("did create --as //Dave --add-key old.pub").await;
	let did = created["did"].as_str().unwrap().to_owned();
	let key = |index: u32| format!("{did}#key-{index}");
	assert_eq!((&created["version"], &created["keys"]), (&1.into(), &json!([key(0)])));
	scene.is_refused("did create --as //Dave", "AlreadyCreated").await;

	let first = scene.resolved("").await;
	assert_eq!(first["didDocument"]["id"], did);
	assert_eq!(*key_agreement(&first), json!([key(0)]));
	let time = first["didResolutionMetadata"]["versionTime"].as_str().unwrap().to_owned();
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	let block = chain.block_time(AtBlock::Best).await.unwrap().number;
	assert_eq!(released(&scene, "before.json", "").await["key"], key(0));

	scene.is_refused("did rotate --as //Dave --new new.pub --key 7", "KeyUnknown").await;
	let rotated = scene.does("did rotate --as //Dave --new new.pub --key 0").await;
	assert_eq!((&rotated["version"], &rotated["keys"]), (&2.into(), &json!([key(1)])));
	let now = scene.resolved("--at-block finalized").await;
	assert_eq!(*key_agreement(&now), json!([key(1)]));
	assert!(now["didDocument"]["verificationMethod"][0]["revoked"].is_string(), "{now}");
	assert_eq!(now["didDocumentMetadata"]["versionId"], "2");
	for past in [format!("--at-block {block}"), format!("--version-time {time}")] {
		let then = scene.resolved(&past).await;
		assert_eq!(*key_agreement(&then), json!([key(0)]), "{past}");
		assert_eq!(then["didDocumentMetadata"]["versionId"], "1", "{past}");
		assert!(then["didDocument"]["verificationMethod"][0]["revoked"].is_null(), "{past}");
	}
	let url = format!("did resolve {did}?versionTime={time}#key-0");
	assert_eq!(scene.does(&url).await["contentStream"]["id"], key(0));

	only_the_new_key_is_released_to(&scene, &key(1)).await;
	changes_are_of_one_version_and_by_who_controls_it(&scene).await;
	a_deactivated_did_stays_readable(&scene, &time, &key(0)).await;
}

/// Charlie's record, and Dave, whom Charlie lets see it. The registry has the fingerprint of Dave's
/// old key.
async fn a_record_and_a_grantee(scene: &Scene) {
	let directory = scene.directory.path();
	for name in ["old", "new", "other"] {
		scene.does(&format!("key generate --encryption --out {name}")).await;
	}
	fs::write(directory.join("licence.pdf"), "a licence").unwrap();
	fs::write(directory.join("consent.pdf"), "a consent").unwrap();
	fs::copy(bundles::own(), directory.join("bundle.json")).unwrap();
	scene
		.does(
			"provider enrol --as //Bob --practitioner //Dave --role physician --taxonomy 207R00000X \
			 --credential licence.pdf --valid-until 2099-01-01 --key-agreement old.pub",
		)
		.await;
	scene.does("patient sponsor --as //Alice //Charlie").await;
	scene
		.does("record seal --as //Alice --patient //Charlie --bundle bundle.json --data data")
		.await;
	scene.does("consent grant --as //Charlie --organisation 1 --document consent.pdf").await;
}

async fn the_registry_holds_without_a_did(scene: &Scene) {
	let line = release(scene, "registry.json", "").await;
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "no-key");
	let run = scene.run(&format!("{line} --to other.pub")).await;
	run.expect_error(REFUSED, &["key-file"]);
	let released = scene.does(&format!("{line} --to old.pub")).await;
	assert!(released["key"].is_null() && released["fingerprint"].is_string(), "{released}");
}

/// A new grant for Dave, as a line that releases under it.
async fn release(scene: &Scene, out: &str, more: &str) -> String {
	let asked = scene
		.does(
			"access request --as //Dave --patient //Charlie --record 0 --on-behalf-of 1 \
			 --role physician --purpose TREAT --action read",
		)
		.await;
	let grant = &asked["grant"];
	format!("record release --as //Alice --grant {grant} --record 0 --data data --out {out} {more}")
}

/// What comes of a release under a new grant.
async fn released(scene: &Scene, out: &str, more: &str) -> Value {
	let line = release(scene, out, more).await;
	scene.does(&line).await
}

/// The registry still has the fingerprint of the old key.
async fn only_the_new_key_is_released_to(scene: &Scene, key: &str) {
	let line = release(scene, "old.json", "--to old.pub").await;
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "key-ended");
	let line = line.replace("old.pub", "other.pub");
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "key-not-listed");
	assert!(!scene.directory.path().join("old.json").exists());

	assert_eq!(released(scene, "taken.json", "").await["key"], key);
	assert_eq!(released(scene, "given.json", "--to new.pub").await["key"], key);
	for package in ["taken.json", "given.json"] {
		let opened = scene.does(&format!("record open {package} --key new --data data")).await;
		assert!(!opened["sections"].as_array().unwrap().is_empty());
		let run = scene.run(&format!("record open {package} --key old --data data")).await;
		run.expect_error(REFUSED, &["wrong-key"]);
	}
	// What was released before the rotation still opens.
	scene.does("record open before.json --key old --data data").await;
}

async fn changes_are_of_one_version_and_by_who_controls_it(scene: &Scene) {
	let service = "--service inbox,LinkedDomains,https://clinic.example/";
	let stale = format!("did update --as //Dave {service} --expect-version 1");
	scene.is_refused(&stale, "VersionMismatch").await;
	let by_bob = format!("did update --as //Bob --subject //Dave {service}");
	scene.is_refused(&by_bob, "NotInControl").await;

	let done = scene.does("did update --as //Dave --add-controller //Bob").await;
	assert_eq!(done["version"], 3);
	assert_eq!(scene.does(&by_bob).await["version"], 4);
	let more = "did update --as //Bob --subject //Dave --add-controller //Alice";
	scene.is_refused(more, "OnlyTheSubject").await;
	let back = "did update --as //Dave --add-key old.pub";
	scene.is_refused(back, "KeyAlreadyListed").await;

	let document = &scene.resolved("").await["didDocument"];
	assert_eq!(document["service"][0]["serviceEndpoint"], "https://clinic.example/");
	let shown = scene.does("did show //Dave").await;
	assert_eq!(shown["version"], 4);
	let states: Vec<_> =
		shown["keys"].as_array().unwrap().iter().map(|key| &key["state"]).collect();
	assert_eq!(states, ["ended", "in force"]);
}

async fn a_deactivated_did_stays_readable(scene: &Scene, time: &str, key: &str) {
	scene.does("did deactivate --as //Bob --subject //Dave").await;
	let ended = scene.resolved("").await;
	assert!(ended["didDocument"].is_null(), "{ended}");
	assert_eq!(ended["didDocumentMetadata"]["deactivated"], true);
	let shown = scene.resolved("--return-deactivated").await;
	let methods = shown["didDocument"]["verificationMethod"].as_array().unwrap();
	assert_eq!(methods.len(), 2);
	assert!(methods.iter().all(|method| method["revoked"].is_string()), "{shown}");
	assert!(key_agreement(&shown).is_null(), "{shown}");
	assert_eq!(
		*key_agreement(&scene.resolved(&format!("--version-time {time}")).await),
		json!([key])
	);

	let change = scene.fails("did update --as //Dave --end-key 1", REFUSED).await;
	assert_eq!(change["refusal"], "DidIsDeactivated");
	let line = release(scene, "late.json", "").await;
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "no-key");
	let line = format!("{line} --to new.pub");
	assert_eq!(scene.fails(&line, REFUSED).await["code"], "key-ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_did_that_is_not_on_the_chain_is_not_found() {
	let scene = Scene::shared();
	let foreign = format!("did:hdx:{}:{}", "07".repeat(8), "01".repeat(32));
	assert_eq!(scene.resolves_to_nothing(&format!("did resolve {foreign}")).await, "notFound");
	let error = scene.fails(&format!("did show {foreign}"), NO_NODE).await;
	assert_eq!(error["code"], "another-chain");
	let change = format!("did update --as //Alice --subject {foreign} --end-key 0");
	assert_eq!(scene.fails(&change, NO_NODE).await["code"], "another-chain");

	assert_eq!(scene.resolves_to_nothing("did resolve //Alice").await, "notFound");
	let past = "did resolve //Alice --at-block 4000000000";
	assert_eq!(scene.resolves_to_nothing(past).await, "notFound");
	let run = scene.run("did update --as //Alice --end-key 0").await;
	run.expect_error(REFUSED, &["DID of", "not-found"]);
}
