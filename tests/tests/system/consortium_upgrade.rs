//! Both chambers of a consortium upgrade the runtime of all its validators, under load, to one that migrates the log over several
//! blocks. `scripts/referenda.sh --upgrade` builds that runtime. What else is looked at in a migration is in upgrade.rs.

use crate::{
	referenda::{Consortium, INSTITUTIONS, LIMIT, PATIENTS},
	upgrade::{entries_are_kept, length, version},
};
use codec::Decode;
use hdx_tests::{
	report,
	rpc::{item, Rpc},
	wait,
};
use std::{env, fs};

/// The number of entries that were migrated, in the newest final state of a node. None: the migration is not over.
async fn migrated(rpc: &Rpc) -> Option<u64> {
	let head = rpc.block_hash(Some(rpc.finalized().await)).await?;
	let completed = rpc.value(&item("UpgradeRehearsal", "Completed"), Some(&head)).await?;
	Some(u64::decode(&mut &completed[..]).unwrap())
}

/// Patients approve it first. Anybody brings it in, and each validator runs it.
pub async fn it_is_upgraded_and_no_entry_is_lost(all: &Consortium, nodes: &[usize]) {
	let Some(next) = env::var_os("HDX_NEXT_RUNTIME") else {
		return report::say("no upgrade: scripts/referenda.sh --upgrade builds the next runtime");
	};
	let code = fs::read(next).expect("the next runtime is there");
	fs::write(all.file("next.wasm"), &code).unwrap();
	let rpc = all.validators.rpc(0).await;
	let old = version(&rpc).await;
	let permitted = all.carries(&PATIENTS, "authorize-upgrade next.wasm").await;
	let proposed = all.carries(&INSTITUTIONS, "authorize-upgrade next.wasm").await;
	assert_eq!(permitted["hash"], proposed["hash"]);
	let expected = sp_crypto_hashing::blake2_256(&code);
	wait::for_it("the authorization", LIMIT, || async {
		let found = rpc.value(&item("System", "AuthorizedUpgrade"), None).await?;
		(found[..32] == expected).then_some(())
	})
	.await;
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
