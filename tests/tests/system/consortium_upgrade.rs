//! Both chambers of a consortium upgrade the runtime of all its validators, under load, to one that migrates the log over several
//! blocks. `scripts/referenda.sh --upgrade` builds that runtime. What else is looked at in a migration is in upgrade.rs.

use crate::{
	referenda::{Consortium, INSTITUTIONS, LIMIT, PATIENTS},
	scene::USAGE,
	upgrade::{entries_are_kept, length, version},
};
use codec::Decode;
use hdx_sdk::chain::{Chain, Signer, Until};
use hdx_tests::{
	report,
	rpc::{bytes, item, Rpc},
	wait,
};
use sp_crypto_hashing::twox_64;
use std::{env, fs};

/// The number of entries that were migrated, in the newest final state of a node. None: the migration is not over.
async fn migrated(rpc: &Rpc) -> Option<u64> {
	let head = rpc.block_hash(Some(rpc.finalized().await)).await?;
	let completed = rpc.value(&item("UpgradeRehearsal", "Completed"), Some(&head)).await?;
	Some(u64::decode(&mut &completed[..]).unwrap())
}

/// The hash of the runtime that was authorized.
async fn authorized(rpc: &Rpc) -> Option<Vec<u8>> {
	let found = rpc.value(&item("System", "AuthorizedUpgrade"), None).await?;
	Some(found[..32].to_vec())
}

/// Institutions approve it first. Nothing comes of that, and nobody can make something of it; when patients approve it as
/// well, anybody carries it out.
async fn both_chambers_authorize(all: &Consortium, code: &[u8]) {
	let rpc = all.validators.rpc(0).await;
	let proposed = all.carries(&INSTITUTIONS, "authorize-upgrade next.wasm").await;
	assert_eq!(proposed["track"], "both chambers");
	let (hash, call) = (proposed["hash"].as_str().unwrap(), proposed["call"].as_str().unwrap());
	let digest = bytes(hash);
	let of_call =
		|name| [item("Whitelist", name), twox_64(&digest).to_vec(), digest.clone()].concat();
	let (waits, permitted) = (of_call("DeferredDispatch"), of_call("WhitelistedCall"));
	wait::for_it("it waits for patients", LIMIT, || async {
		rpc.value(&waits, None).await.map(drop)
	})
	.await;
	let early = all.run(0, &format!("gov enact --call {call} --as //Bob")).await;
	early.expect_error(USAGE, &["both chambers have not agreed"]);
	let chain = Chain::connect(&all.validators.node(0).url()).await.unwrap();
	let bob = Signer::read("//Bob").unwrap();
	let early = chain.enact(&bob, &bytes(call), Until::Finalized).await.unwrap_err();
	assert_eq!(early.refusal(), Some("CallIsNotWhitelisted"), "{early}");
	assert_eq!(authorized(&rpc).await, None);

	let answer = all.carries(&PATIENTS, "authorize-upgrade next.wasm").await;
	assert_eq!(answer["hash"], proposed["hash"]);
	wait::for_it("the patients permit it", LIMIT, || async {
		rpc.value(&permitted, None).await.map(drop)
	})
	.await;
	assert_eq!(authorized(&rpc).await, None, "nobody has carried it out yet");
	all.does(0, &format!("gov enact {hash} --as //Bob")).await;
	let expected = sp_crypto_hashing::blake2_256(code).to_vec();
	assert_eq!(authorized(&rpc).await, Some(expected));
}

/// Both chambers authorize it. Anybody brings it in, and each validator runs it.
pub async fn it_is_upgraded_and_no_entry_is_lost(all: &Consortium, nodes: &[usize]) {
	let Some(next) = env::var_os("HDX_NEXT_RUNTIME") else {
		return report::say("no upgrade: scripts/referenda.sh --upgrade builds the next runtime");
	};
	let code = fs::read(next).expect("the next runtime is there");
	fs::write(all.file("next.wasm"), &code).unwrap();
	let rpc = all.validators.rpc(0).await;
	let old = version(&rpc).await;
	both_chambers_authorize(all, &code).await;
	assert_eq!(version(&rpc).await, old);

	let applied = all.does(0, "gov apply next.wasm").await;
	let applied_in = applied["block"].as_str().unwrap();
	let before = length(&rpc, applied_in).await;
	for node in nodes {
		let rpc = all.validators.rpc(*node).await;
		let migrated = wait::for_it("the end of the migration", LIMIT, || migrated(&rpc)).await;
		assert!(migrated >= before, "node {node}: {migrated} of {before}");
		assert_eq!(version(&rpc).await, old + 1, "node {node}");
	}
	all.validators.finalize_more(nodes, 3).await;
	let kept = entries_are_kept(&rpc, applied_in).await;
	report::say(format!("upgraded at {} validators, with {kept} entries kept", nodes.len()));
}
