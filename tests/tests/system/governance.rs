//! Both chambers decide on a real chain, with `hdx`: proposed, understood, voted, and carried out, which the state shows.

use crate::{
	next_version::next_version,
	scene::{Scene, USAGE},
	upgrade::{apply, entries_are_kept, version},
};
use hdx_tests::{rpc::item, wait};
use serde_json::Value;
use std::{fs, time::Duration};

/// How long a referendum may take at the pace of a development chain.
const LIMIT: Duration = Duration::from_secs(180);
/// Who represents patients there.
pub const REPRESENTATIVES: [&str; 2] = ["//Dave//stash", "//Eve//stash"];

impl Scene {
	/// Two members vote for it.
	pub async fn ayes(&self, poll: &Value, voters: [&str; 2], chamber: &str) {
		for voter in voters {
			let voted = self.does(&format!("gov vote {poll} --aye {chamber} --as {voter}")).await;
			assert_eq!(voted["aye"], true);
			assert!(voted["would"]["meaning"].is_string(), "{voted}");
		}
	}

	/// Waits until a referendum was approved.
	pub async fn approved(&self, poll: &Value, chamber: &str) {
		let line = format!("gov status {poll} {chamber}");
		wait::for_it(&line, LIMIT, || async {
			let status = self.does(&line).await["standing"].clone();
			assert_ne!(status, "rejected", "{line}");
			(status == "approved").then_some(())
		})
		.await;
	}

	/// Waits until this holds of who has a vote.
	async fn members_are(&self, what: &str, holds: impl Fn(&Value) -> bool) {
		wait::for_it(what, LIMIT, || async {
			holds(&self.does("gov members").await).then_some(())
		})
		.await;
	}

	/// The hash of the runtime that was authorized.
	pub async fn authorized(&self) -> Option<Vec<u8>> {
		let rpc = self.node.rpc().await;
		let found = rpc.value(&item("System", "AuthorizedUpgrade"), None).await;
		found.map(|value| value[..32].to_vec())
	}
}

fn count(members: &Value, chamber: &str) -> usize {
	members[chamber].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn chambers_propose_vote_and_enact_and_the_state_shows_it() {
	let scene = Scene::new();
	let members = scene.does("gov members").await;
	assert_eq!((count(&members, "institutions"), count(&members, "patients")), (2, 3));

	let code = next_version(&scene.node.rpc().await).await;
	an_upgrade_takes_both_chambers(&scene, &code).await;
	patients_appoint_a_representative(&scene).await;
	institutions_take_a_seat(&scene).await;
	anybody_brings_the_code_in_and_the_chain_goes_on(&scene).await;
}

async fn an_upgrade_takes_both_chambers(scene: &Scene, code: &[u8]) {
	fs::write(scene.directory.path().join("runtime.wasm"), code).unwrap();
	let upgrade = "gov propose authorize-upgrade runtime.wasm";
	let proposed = scene.does(&format!("{upgrade} --as //Alice")).await;
	assert_eq!(
		(&proposed["track"], &proposed["needed"]),
		(&"both chambers".into(), &"two thirds".into())
	);
	let call = proposed["call"].as_str().unwrap();
	let explained = scene.does(&format!("gov explain --call {call}")).await;
	assert_eq!(explained["would"]["call"], "System.authorize_upgrade");
	scene.ayes(&proposed["poll"], ["//Alice", "//Bob"], "").await;
	scene.approved(&proposed["poll"], "").await;
	assert_eq!(scene.authorized().await, None);

	let [first, _] = REPRESENTATIVES;
	let answer = scene.does(&format!("{upgrade} --patients --as {first}")).await;
	assert_eq!(answer["hash"], proposed["hash"]);
	let explained = scene.does(&format!("gov explain {} --patients", answer["poll"])).await;
	assert_eq!(explained["would"]["carries"]["call"], "System.authorize_upgrade");
	scene.ayes(&answer["poll"], REPRESENTATIVES, "--patients").await;
	scene.approved(&answer["poll"], "--patients").await;
	let hash = proposed["hash"].as_str().unwrap();
	wait::for_it("both chambers approved", LIMIT, || async {
		let waits = scene.does("gov list").await["approvedByInstitutions"].clone();
		let agreed = waits
			.as_array()
			.unwrap()
			.iter()
			.any(|one| one["hash"] == hash && one["patientsApproved"] == true);
		agreed.then_some(())
	})
	.await;
	scene.does(&format!("gov enact {hash} --as //Bob")).await;
	let expected = sp_crypto_hashing::blake2_256(code).to_vec();
	assert_eq!(scene.authorized().await, Some(expected));
	assert_eq!(scene.run(&format!("gov enact {hash} --as //Bob")).await.code, Some(USAGE));
}

async fn patients_appoint_a_representative(scene: &Scene) {
	let [first, _] = REPRESENTATIVES;
	let line = "gov propose appoint --representative //One --as";
	assert_eq!(scene.run(&format!("{line} //Alice")).await.code, Some(USAGE));
	let proposed = scene.does(&format!("{line} {first} --patients")).await;
	scene.ayes(&proposed["poll"], REPRESENTATIVES, "--patients").await;
	scene.members_are("four representatives", |members| count(members, "patients") == 4).await;
}

async fn institutions_take_a_seat(scene: &Scene) {
	let path = scene.directory.path().join("call.json");
	fs::write(&path, r#"{"Origins":{"unseat_institution":{"institutoin":1}}}"#).unwrap();
	let misspelt = scene.run("gov propose call call.json --as //Alice").await;
	assert_eq!(misspelt.code, Some(USAGE));
	assert!(misspelt.stderr.contains("institutoin"), "{misspelt}");
	fs::write(&path, r#"{"Origins":{"unseat_institution":{"institution":1}}}"#).unwrap();
	let outsider = scene.run("gov propose unseat --institution 1 --as //Ferdie").await;
	assert_eq!(outsider.code, Some(USAGE));
	let proposed = scene.does("gov propose call call.json --as //Alice").await;
	assert_eq!(proposed["track"], "membership");
	scene.ayes(&proposed["poll"], ["//Alice", "//Bob"], "").await;
	scene.members_are("one seat", |members| count(members, "institutions") == 1).await;
}

/// Blocks that are final after the upgrade.
const AFTERWARDS: u32 = 3;

async fn anybody_brings_the_code_in_and_the_chain_goes_on(scene: &Scene) {
	let rpc = scene.node.rpc().await;
	let old = version(&rpc).await;
	fs::write(scene.directory.path().join("other.wasm"), "another runtime").unwrap();
	assert_eq!(scene.run("gov apply other.wasm").await.code, Some(USAGE));
	let applied_in = apply(scene, "runtime.wasm").await;
	let number = rpc.header(&applied_in).await.number();
	rpc.wait_for_finality(number + AFTERWARDS).await;
	assert_eq!(version(&rpc).await, old + 1);
	assert_eq!(scene.authorized().await, None);
	assert!(entries_are_kept(&rpc, &applied_in).await > 0);
	let listed = scene.does("audit list --limit 1000").await;
	let entries = listed["entries"].as_array().unwrap();
	assert!(entries.iter().any(|entry| entry["action"] == "RuntimeUpgraded"), "{listed}");
}
