//! docs/operate/keys.md: a validator signs with other keys, and a node has another identity in the network.

use super::{
	hospitals::{
		keys_in, keystore, make_session_keys, node_key, send_session_keys, takes_part, Hospitals,
		Pace,
	},
	Book,
};
use hdx_tests::rpc::Rpc;
use std::fs;
use subxt::rpcs::rpc_params;

/// How others call a node.
async fn identity(rpc: &Rpc) -> String {
	rpc.ask("system_localPeerId", rpc_params![]).await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: scripts/runbooks.sh"]
async fn session_keys_and_identity_are_changed_by_the_runbook_and_the_old_ones_destroyed() {
	let book = Book::open(module_path!(), "docs/operate/keys.md");
	let mut all = Hospitals::found(1, Pace::Days).await;
	all.start().await;
	let directory = keystore(&all.machines[0]);
	let old = keys_in(&directory);
	assert_eq!(old.len(), 2, "{old:?}");

	// Session keys, 1 and 2.
	let home = all.machines[0].home();
	let made = make_session_keys(&mut all.machines[0], &home, book.block("curl ")).await;
	let new = [made.aura(), made.grandpa()].map(hex::encode);
	let both = keys_in(&directory);
	assert_eq!(both.len(), 4, "3. the old ones are left there: {both:?}");
	assert!(new.iter().all(|key| both.iter().any(|file| file.ends_with(key.as_str()))), "{both:?}");
	send_session_keys(&all.machines[0], &home, &made).await;
	// 3 and 4.
	takes_part(&all.rpc(0).await, made.aura(), 1).await;
	all.finalize_more(&[0], 2).await;
	assert!(all.has_logged(0, "SessionKeysChanged").await);
	for file in old {
		fs::remove_file(directory.join(file)).unwrap();
	}

	// Identity in the network. When the node has started again, it has no old key in its memory either.
	let before = identity(&all.rpc(0).await).await;
	let file = fs::read(node_key(&all.machines[0])).unwrap();
	let made = book.block("sudo -u hdx hdx-node key generate-node-key");
	let shown = all.machines[0].runs(made).await;
	let shown = shown.trim();
	all.machines[0].runs(book.block("sudo -u hdx mv")).await;
	let after = identity(&all.rpc(0).await).await;
	assert_eq!(after, shown);
	assert_ne!(after, before);
	assert_ne!(fs::read(node_key(&all.machines[0])).unwrap(), file);

	// Nobody else makes blocks, or votes.
	all.finalize_more(&[0], 5).await;
	assert_eq!(all.rpc(0).await.block_hash(Some(0)).await, Some(all.genesis.clone()));
	book.was_followed();
}
