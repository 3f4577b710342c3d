//! Consents that nobody sees, on a real chain, with `hdx`: given through others, kept in a wallet whatever happens on the
//! way, appended once, revoked once, and by nobody else.

use crate::{
	circuits::a_third_institution,
	scene::{Scene, REFUSED, USAGE},
};
use hdx_primitives::{Proof, ShieldedIndex, PROOF_BYTES};
use hdx_sdk::chain::{Chain, ChainError, Signer, Until};
use serde_json::{json, Value};
use std::fs;

/// With which key a consent is given.
const GRANT_KEY: &str = "--proving-key keys/consent_grant.development.pk --version 1";
/// With which key one is revoked.
const REVOKE_KEY: &str = "--proving-key keys/consent_revoke.development.pk --version 1";
/// What a consent covers that holds.
const COVERS: &str = "--purpose TREAT --category 0,3 --until 2099-12-31";

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_nobody_sees_is_given_and_revoked() {
	let scene = Scene::new();
	a_third_institution(&scene).await;
	for circuit in ["consent_grant", "consent_revoke"] {
		is_activated(&scene, circuit).await;
	}
	scene.does("shielded new --out wallet").await;
	let provider = scene.does("shielded provider --out doctor").await;
	let tag = provider["tag"].as_str().unwrap();
	assert_eq!(scene.does("shielded tag doctor").await["tag"], tag);

	what_makes_no_sense_changes_nothing(&scene, tag).await;
	let leaf = it_is_kept_although_nobody_took_it(&scene, tag).await;
	it_is_appended_once(&scene, &leaf).await;
	another_is_given(&scene, tag).await;
	nobody_else_revokes_it(&scene, &leaf).await;
	it_is_revoked_once(&scene).await;
	governance_revokes_without_a_proof(&scene).await;
	the_log_has_places_and_senders_alone(&scene).await;

	scene.does("zk suspend consent_grant --version 1 --as //Ferdie").await;
	refused_and_nothing_kept(&scene, &grant(tag, COVERS, GRANT_KEY), "CircuitNotActive").await;
}

/// A circuit with keys for development, of which proofs are accepted.
pub async fn is_activated(scene: &Scene, circuit: &str) {
	fs::write(scene.directory.path().join("transcript"), "none").unwrap();
	scene.does(&format!("zk setup-dev {circuit} --out keys")).await;
	let given = format!(
		"{circuit} --version 1 --key keys/{circuit}.development.vk --transcript transcript"
	);
	scene.does(&format!("zk register {given} --as //Ferdie")).await;
	for by in ["//Alice", "//Bob", "//Charlie"] {
		scene.does(&format!("zk attest {given} --as {by}")).await;
	}
	scene.does(&format!("zk activate {circuit} --version 1 --as //Ferdie")).await;
}

/// The line that gives a consent, sent by an operator.
fn grant(tag: &str, covers: &str, key: &str) -> String {
	format!("shielded grant --wallet wallet --to {tag} {covers} {key} --as //Alice")
}

/// The line that revokes one.
fn revoke(which: &str, wallet: &str, key: &str) -> String {
	format!("shielded revoke {which} --wallet {wallet} {key} --as //Bob")
}

/// What is in a wallet.
fn text(scene: &Scene, wallet: &str) -> String {
	fs::read_to_string(scene.directory.path().join(wallet)).unwrap()
}

/// Puts other notes into a wallet.
fn set_notes(scene: &Scene, wallet: &str, notes: &Value) {
	let mut content: Value = serde_json::from_str(&text(scene, wallet)).unwrap();
	content["content"]["notes"] = notes.clone();
	fs::write(scene.directory.path().join(wallet), content.to_string()).unwrap();
}

/// The notes of the patient's wallet.
fn notes(scene: &Scene) -> Value {
	let content: Value = serde_json::from_str(&text(scene, "wallet")).unwrap();
	content["content"]["notes"].clone()
}

/// How the consents of the wallet stand.
async fn states(scene: &Scene) -> Vec<String> {
	let listed = scene.does("shielded list --wallet wallet").await;
	let consents = listed["consents"].as_array().unwrap();
	consents.iter().map(|one| one["state"].as_str().unwrap().to_owned()).collect()
}

/// What `hdx` does not let anybody do.
async fn is_stopped(scene: &Scene, line: &str, code: &str) {
	assert_eq!(scene.fails(line, REFUSED).await["code"], code, "{line}");
}

/// A grant is refused, and the wallet is as it was.
async fn refused_and_nothing_kept(scene: &Scene, line: &str, refusal: &str) {
	let before = text(scene, "wallet");
	scene.is_refused(line, refusal).await;
	assert_eq!(text(scene, "wallet"), before, "{line}");
}

async fn what_makes_no_sense_changes_nothing(scene: &Scene, tag: &str) {
	let before = text(scene, "wallet");
	is_stopped(scene, &grant(tag, COVERS, REVOKE_KEY), "other-circuit").await;
	scene.does("zk setup-dev consent_grant --out other").await;
	let other_key = "--proving-key other/consent_grant.development.pk --version 1";
	is_stopped(scene, &grant(tag, COVERS, other_key), "other-key").await;
	let over = "--purpose TREAT --category 1 --until 2020-01-01";
	assert_eq!(scene.fails(&grant(tag, over, GRANT_KEY), USAGE).await["code"], "over");
	assert_eq!(text(scene, "wallet"), before);
	let other_version = GRANT_KEY.replace("--version 1", "--version 2");
	let line = grant(tag, COVERS, &other_version);
	refused_and_nothing_kept(scene, &line, "CircuitUnknown").await;
	assert_eq!(states(scene).await, Vec::<String>::new());
}

/// Whoever sends it first is nobody whom the chain knows, so it waits in the wallet; then somebody else sends it.
async fn it_is_kept_although_nobody_took_it(scene: &Scene, tag: &str) -> String {
	let by_nobody = grant(tag, COVERS, GRANT_KEY).replace("//Alice", "//Mallory");
	let error = scene.fails(&by_nobody, REFUSED).await;
	assert_eq!(error["code"], "pending", "{error}");
	assert!(error["help"].as_str().unwrap().contains("hdx shielded send"), "{error}");
	let kept = notes(scene);
	let leaf = kept[0]["leaf"].as_str().unwrap();
	assert_eq!(states(scene).await, ["pending"]);
	is_stopped(scene, &revoke(leaf, "wallet", REVOKE_KEY), "not-appended").await;

	let send = format!("shielded send {leaf} --wallet wallet {GRANT_KEY} --as //Alice");
	let sent = scene.does(&send).await;
	assert_eq!((&sent["tree"], &sent["index"]), (&json!(0), &json!(0)));
	assert!(sent["warning"].as_str().unwrap().contains("can prove what is false"), "{sent}");
	let listed = scene.does("shielded list --wallet wallet").await;
	let one = &listed["consents"][0];
	assert_eq!((&one["leaf"], &one["to"]), (&json!(leaf), &json!(tag)));
	assert_eq!((&one["tree"], &one["index"]), (&json!(0), &json!(0)));
	assert_eq!((&one["state"], &one["categories"]), (&json!("active"), &json!([0, 3])));
	assert_eq!(one["purposes"], json!(["TREAT"]));
	leaf.to_owned()
}

async fn it_is_appended_once(scene: &Scene, leaf: &str) {
	let send = format!("shielded send {leaf} --wallet wallet {GRANT_KEY} --as //Bob");
	scene.is_refused(&send, "AlreadyAppended").await;

	// The chain itself does not take it again either, whatever comes with it.
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	let bytes = hex::decode(leaf.trim_start_matches("0x")).unwrap().try_into().unwrap();
	let (alice, proof) = (Signer::read("//Alice").unwrap(), Proof([0; PROOF_BYTES]));
	let again = chain.append_shielded_consent(&alice, bytes, 1, proof, Until::Finalized).await;
	assert_eq!(again.unwrap_err().refusal(), Some("AlreadyAppended"));

	// As after a crash between the transaction and the wallet: the place is found again.
	let before = notes(scene);
	let mut forgotten = before.clone();
	forgotten[0]["place"] = Value::Null;
	set_notes(scene, "wallet", &forgotten);
	assert_eq!(states(scene).await, ["active"]);
	let found = scene.does(&send).await;
	assert_eq!((&found["tree"], &found["index"]), (&json!(0), &json!(0)));
	assert_eq!(notes(scene), before);
}

async fn another_is_given(scene: &Scene, tag: &str) {
	let later =
		"--purpose TREAT --purpose HRESCH --category all --from 2098-01-01 --until 2099-12-31";
	let granted = scene.does(&grant(tag, later, GRANT_KEY)).await;
	assert_eq!((&granted["tree"], &granted["index"]), (&json!(0), &json!(1)));
	assert_eq!(states(scene).await, ["active", "not-begun"]);
}

async fn nobody_else_revokes_it(scene: &Scene, leaf: &str) {
	scene.does("shielded new --out other-wallet").await;
	for which in [leaf, "0/0"] {
		is_stopped(scene, &revoke(which, "other-wallet", REVOKE_KEY), "not-in-wallet").await;
	}
	// Who got hold of the note still does not have the secret.
	set_notes(scene, "other-wallet", &notes(scene));
	is_stopped(scene, &revoke("0/0", "other-wallet", REVOKE_KEY), "damaged-file").await;

	is_stopped(scene, &revoke("0/0", "wallet", GRANT_KEY), "other-circuit").await;
	let other_version = REVOKE_KEY.replace("--version 1", "--version 2");
	scene.is_refused(&revoke("0/0", "wallet", &other_version), "CircuitUnknown").await;
	assert_eq!(states(scene).await, ["active", "not-begun"]);
}

async fn it_is_revoked_once(scene: &Scene) {
	let line = revoke("0/0", "wallet", REVOKE_KEY);
	let revoked = scene.does(&line).await;
	assert_eq!((&revoked["revoked"], &revoked["index"]), (&json!(true), &json!(0)));
	assert_eq!(states(scene).await, ["revoked", "not-begun"]);
	scene.is_refused(&line, "AlreadyRevoked").await;
}

/// Revokes a consent of the first tree as governance, with this key.
async fn revoke_as(chain: &Chain, by: &str, leaf: u32) -> Result<(), ChainError> {
	let by = Signer::read(by).unwrap();
	let index = ShieldedIndex { tree: 0, leaf };
	chain.revoke_shielded_by_governance(&by, index, Until::Finalized).await
}

async fn governance_revokes_without_a_proof(scene: &Scene) {
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	let error = revoke_as(&chain, "//Alice", 1).await.unwrap_err();
	assert!(matches!(error, ChainError::GovernanceDecides { .. }), "{error}");
	let error = revoke_as(&chain, "//Ferdie", 2).await.unwrap_err();
	assert_eq!(error.refusal(), Some("ConsentUnknown"));
	revoke_as(&chain, "//Ferdie", 1).await.unwrap();
	let error = revoke_as(&chain, "//Ferdie", 1).await.unwrap_err();
	assert_eq!(error.refusal(), Some("AlreadyRevoked"));
	assert_eq!(states(scene).await, ["revoked", "revoked"]);
}

async fn the_log_has_places_and_senders_alone(scene: &Scene) {
	let listed = scene.does("audit list --limit 1000").await;
	let account = |name: &str| json!(Signer::read(name).unwrap().account().to_string());
	let found: Vec<_> = listed["entries"]
		.as_array()
		.unwrap()
		.iter()
		.filter(|entry| entry["action"].as_str().unwrap().starts_with("ShieldedConsent"))
		.map(|entry| {
			assert_eq!((&entry["patient"], &entry["purpose"]), (&Value::Null, &Value::Null));
			json!([entry["action"], entry["actor"], entry["subject"]])
		})
		.collect();
	let subject = |index: u32| json!({ "kind": "shieldedConsent", "tree": 0, "index": index });
	let (appended, revoked) = ("ShieldedConsentAppended", "ShieldedConsentRevoked");
	let expected = [
		json!([appended, account("//Alice"), subject(0)]),
		json!([appended, account("//Alice"), subject(1)]),
		json!([revoked, account("//Bob"), subject(0)]),
		json!([revoked, null, subject(1)]),
	];
	assert_eq!(found, expected);
}
