//! A referendum upgrades the runtime while transactions go on, and the next one migrates the log over several blocks.
//!
//! That runtime takes minutes to build, so the test is not among the others: `scripts/upgrade.sh` builds it and runs this.
//! What is the same without another runtime is tested on this one (runtime/tests/migrations.rs), and that a node goes on with
//! code that was brought in (governance.rs).

use crate::{governance::REPRESENTATIVES, scene::Scene};
use codec::Decode;
use hdx_primitives::AuditAction;
use hdx_sdk::chain::{AtBlock, Chain, Signer, Until};
use hdx_tests::{
	report,
	rpc::{bytes, item, Rpc},
	wait,
};
use serde::Deserialize;
use std::{
	collections::BTreeMap,
	env, fs,
	sync::atomic::{AtomicBool, Ordering},
	time::Duration,
};
use subxt::rpcs::rpc_params;

/// How long each part may take: a node compiles the next runtime meanwhile.
const LIMIT: Duration = Duration::from_secs(300);
/// Entries of the log before the upgrade, at least: the migration looks at eight a block.
const BEFORE: u64 = 30;
/// And after it.
const AFTER: u64 = 6;
/// How many keys a node is asked for at a time.
const PAGE: u32 = 256;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
	spec_version: u32,
}

/// Which runtime a node says that its chain has.
pub async fn version(rpc: &Rpc) -> u32 {
	let version: Version = rpc.ask("state_getRuntimeVersion", rpc_params![]).await;
	version.spec_version
}

/// What is stored under a prefix, in the state of a block.
async fn stored(rpc: &Rpc, prefix: &[u8], block: &str) -> BTreeMap<String, Vec<u8>> {
	let prefix = format!("0x{}", hex::encode(prefix));
	let mut found = BTreeMap::new();
	let mut after = prefix.clone();
	loop {
		let keys: Vec<String> =
			rpc.ask("state_getKeysPaged", rpc_params![&prefix, PAGE, &after, block]).await;
		let Some(last) = keys.last().cloned() else { return found };
		for key in keys {
			let value = rpc.value(&bytes(&key), Some(block)).await;
			found.insert(key, value.expect("the key was listed"));
		}
		after = last;
	}
}

/// The length of the log, in the state of a block.
pub async fn length(rpc: &Rpc, block: &str) -> u64 {
	let value = rpc.value(&item("Audit", "NextEntryIndex"), Some(block)).await;
	u64::decode(&mut &value.expect("there are entries")[..]).unwrap()
}

/// A patient who changes their mind about emergencies over and over. Tells how often the chain said that it was done, and
/// how often it cannot be known: what was signed for one runtime is refused by the next.
struct Patient {
	signer: Signer,
	done: usize,
	unclear: usize,
}

impl Patient {
	/// Sponsored by the first hospital.
	async fn new(scene: &Scene, number: u32) -> Self {
		let signer = Signer::read(&format!("//patient of the upgrade//{number}")).unwrap();
		scene.does(&format!("patient sponsor --as //Alice {}", signer.account())).await;
		Self { signer, done: 0, unclear: 0 }
	}

	async fn changes_their_mind(mut self, url: &str, is_over: &AtomicBool) -> Self {
		let mut allowed = false;
		while !is_over.load(Ordering::Relaxed) {
			// Connected anew, as a command is: the runtime may be another one.
			let Ok(chain) = Chain::connect(url).await else { continue };
			match chain.set_emergency_override(&self.signer, allowed, Until::Finalized).await {
				Ok(()) => self.done += 1,
				Err(_) => self.unclear += 1,
			}
			let account = self.signer.account();
			let now = chain.allows_emergency_override(&account, AtBlock::Best).await;
			allowed = !now.unwrap_or(!allowed);
		}
		self
	}

	/// How many changes of their mind the log has.
	async fn logged(&self, chain: &Chain) -> usize {
		let entries = chain.audit_of_patient(&self.signer.account()).await.unwrap();
		let change = AuditAction::EmergencyOverrideChanged;
		entries.iter().filter(|entry| entry.event.action == change).count()
	}
}

/// Both chambers authorize the code.
async fn both_chambers_authorize(scene: &Scene, code: &[u8]) {
	let upgrade = "gov propose authorize-upgrade next.wasm";
	let [first, _] = REPRESENTATIVES;
	let permitted = scene.does(&format!("{upgrade} --patients --as {first}")).await;
	scene.ayes(&permitted["poll"], REPRESENTATIVES, "--patients").await;
	scene.approved(&permitted["poll"], "--patients").await;
	let proposed = scene.does(&format!("{upgrade} --as //Alice")).await;
	scene.ayes(&proposed["poll"], ["//Alice", "//Bob"], "").await;
	scene.approved(&proposed["poll"], "").await;
	let expected = sp_crypto_hashing::blake2_256(code).to_vec();
	wait::for_it("the authorization", LIMIT, || async {
		(scene.authorized().await.as_ref() == Some(&expected)).then_some(())
	})
	.await;
}

/// Anyone brings in the code of this file. Tells the block in which it was.
pub async fn apply(scene: &Scene, file: &str) -> String {
	let applied = scene.does(&format!("gov apply {file}")).await;
	applied["block"].as_str().unwrap().to_owned()
}

/// Waits until the log has so many entries.
async fn entries(rpc: &Rpc, least: u64) {
	wait::for_it(&format!("{least} entries"), LIMIT, || async {
		let head = rpc.block_hash(None).await?;
		(length(rpc, &head).await >= least).then_some(())
	})
	.await;
}

/// The upgrade: the block that brought the code in, the one after which the migration was done, and how many entries it
/// counted.
struct Upgrade {
	applied_in: String,
	migrated_in: String,
	migrated: u64,
}

async fn upgrade(scene: &Scene, rpc: &Rpc, code: &[u8]) -> Upgrade {
	let old = version(rpc).await;
	both_chambers_authorize(scene, code).await;
	entries(rpc, BEFORE).await;
	let applied_in = apply(scene, "next.wasm").await;
	let (migrated_in, migrated) = wait::for_it("the end of the migration", LIMIT, || async {
		let head: String = rpc.ask("chain_getFinalizedHead", rpc_params![]).await;
		let completed = rpc.value(&item("UpgradeRehearsal", "Completed"), Some(&head)).await?;
		Some((head, u64::decode(&mut &completed[..]).unwrap()))
	})
	.await;
	assert_eq!(version(rpc).await, old + 1);
	let more = length(rpc, &migrated_in).await + AFTER;
	entries(rpc, more).await;
	Upgrade { applied_in, migrated_in, migrated }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes the next runtime: scripts/upgrade.sh builds it"]
async fn a_referendum_upgrades_the_runtime_under_load_and_no_entry_is_lost() {
	let code = env::var_os("HDX_NEXT_RUNTIME").expect("scripts/upgrade.sh names the next runtime");
	let code = fs::read(code).expect("the next runtime is there");
	let scene = Scene::new();
	fs::write(scene.directory.path().join("next.wasm"), &code).unwrap();
	let (rpc, url) = (scene.node.rpc().await, scene.node.url());
	let [one, two, three] = [
		Patient::new(&scene, 1).await,
		Patient::new(&scene, 2).await,
		Patient::new(&scene, 3).await,
	];

	let is_over = AtomicBool::new(false);
	let upgraded = async {
		let upgraded = upgrade(&scene, &rpc, &code).await;
		is_over.store(true, Ordering::Relaxed);
		upgraded
	};
	let (done, one, two, three) = tokio::join!(
		upgraded,
		one.changes_their_mind(&url, &is_over),
		two.changes_their_mind(&url, &is_over),
		three.changes_their_mind(&url, &is_over),
	);

	let waited = blocks_that_held_inherents_alone(&rpc, &done).await;
	nothing_was_lost(&rpc, &done).await;
	let patients = [one, two, three];
	what_was_said_to_be_done_is_in_the_log(&scene, &patients).await;
	an_entry_of_before_is_proven(&scene).await;
	report::say(format!(
		"{} entries migrated, in {waited} blocks and one; {} transactions beside it, {} unclear",
		done.migrated,
		patients.iter().map(|patient| patient.done).sum::<usize>(),
		patients.iter().map(|patient| patient.unclear).sum::<usize>(),
	));
}

/// After how many blocks the migration went on. They hold nothing but the time.
async fn blocks_that_held_inherents_alone(rpc: &Rpc, upgrade: &Upgrade) -> usize {
	let first = rpc.header(&upgrade.applied_in).await.number() + 1;
	let mut waited = 0;
	for number in first..=rpc.header(&upgrade.migrated_in).await.number() {
		let hash = rpc.block_hash(Some(number)).await.unwrap();
		let cursor = item("MultiBlockMigrations", "Cursor");
		if rpc.value(&cursor, Some(&hash)).await.is_none() {
			break;
		}
		let extrinsics = rpc.block(&hash).await.block.extrinsics.len();
		assert_eq!(extrinsics, 1, "block {number} holds more than the time");
		waited += 1;
	}
	assert!(waited > 1, "the migration took {waited} blocks and one");
	waited
}

/// Each entry of the log as of a block is as it was then, and none is missing since. Tells how many there were.
pub async fn entries_are_kept(rpc: &Rpc, since: &str) -> usize {
	let prefix = item("Audit", "Entries");
	let before = stored(rpc, &prefix, since).await;
	assert_eq!(before.len(), usize::try_from(length(rpc, since).await).unwrap());
	let head: String = rpc.ask("chain_getFinalizedHead", rpc_params![]).await;
	let after = stored(rpc, &prefix, &head).await;
	assert_eq!(after.len(), usize::try_from(length(rpc, &head).await).unwrap());
	for (key, entry) in &before {
		assert_eq!(after.get(key), Some(entry), "an entry changed, or is gone: {key}");
	}
	before.len()
}

/// Each entry of before is there, and each that was migrated has its digest.
async fn nothing_was_lost(rpc: &Rpc, upgrade: &Upgrade) {
	let before = entries_are_kept(rpc, &upgrade.applied_in).await;
	let head: String = rpc.ask("chain_getFinalizedHead", rpc_params![]).await;
	let digests = stored(rpc, &item("UpgradeRehearsal", "Digests"), &head).await;
	assert_eq!(digests.len(), usize::try_from(upgrade.migrated).unwrap());
	assert!(digests.len() >= before, "{} of {before}", digests.len());
}

/// What a patient was told is done is there, and nothing that was never sent.
async fn what_was_said_to_be_done_is_in_the_log(scene: &Scene, patients: &[Patient]) {
	let chain = Chain::connect(&scene.node.url()).await.unwrap();
	for patient in patients {
		let logged = patient.logged(&chain).await;
		let sent = patient.done + patient.unclear;
		assert!((patient.done..=sent).contains(&logged), "{} of {sent}: {logged}", patient.done);
		assert!(patient.done > 3, "hardly any load: {}", patient.done);
	}
}

/// The proof that an entry of the old runtime's was logged holds against the genesis alone.
async fn an_entry_of_before_is_proven(scene: &Scene) {
	let proven = scene.does("audit prove 0 --out before.json").await;
	let genesis = proven["genesis"].as_str().unwrap();
	let verified = scene.does(&format!("audit verify before.json --genesis {genesis}")).await;
	assert_eq!(verified["verified"], true);
}
