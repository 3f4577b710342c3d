//! Warp sync: a node that comes late follows proofs of finality from the first block on, and fetches the state of one block,
//! instead of executing all of them.

use crate::authorities::{change_keys, new_entry, patient, short_sessions};
use hdx_sdk::chain::Chain;
use hdx_tests::{
	binaries, chains, client,
	node::Node,
	rpc::{item, Rpc},
	wait,
};
use std::{path::Path, time::Duration};
use subxt::rpcs::rpc_params;

/// How long the node may take: until it has found three others, proofs, state, and the blocks of before.
const LIMIT: Duration = Duration::from_secs(240);
/// How a node is told to do it: it says of how many blocks it keeps the states.
const WARP: [&str; 4] = ["--sync", "warp", "--state-pruning", "256"];
/// The patient of whom the state says something.
const NAME: &str = "warp";

/// Starts a node that is no validator.
fn follower(name: &str, chain: &Path, options: &[&str], known: &[&String]) -> Node {
	let mut arguments = options.to_vec();
	for address in known {
		arguments.extend(["--bootnodes", address.as_str()]);
	}
	Node::start_from(name, chain, &arguments)
}

/// Waits until a node has a final block of this number or a higher one, and gives the hash and the number. It may not know
/// the hashes of numbers yet.
async fn final_head(rpc: &Rpc, number: u32) -> (String, u32) {
	wait::for_it("the finalized head", LIMIT, || async {
		let hash: String = rpc.ask("chain_getFinalizedHead", rpc_params![]).await;
		let reached = rpc.header(&hash).await.number();
		(reached >= number).then_some((hash, reached))
	})
	.await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_warps_reaches_the_finalized_head_and_serves_its_state() {
	let chain = short_sessions();
	let validator = Node::start_from("validator", &chain, &["--dev"]);
	let there = validator.rpc().await;
	let entry = new_entry(&validator, NAME).await;
	// With other keys than those of the first block: the proofs show the change.
	change_keys(&validator, 1).await;
	let height = there.finalized().await;

	// Three others are what the SDK waits for.
	let known = there.address().await;
	let full = ["second", "third"].map(|name| follower(name, &chain, &[], &[&known]));
	let [second, third] = [full[0].rpc().await, full[1].rpc().await];
	for rpc in [&second, &third] {
		final_head(rpc, height).await;
	}
	let addresses = [known, second.address().await, third.address().await];
	let late = follower("late", &chain, &WARP, &addresses.each_ref());
	let here = late.rpc().await;
	let (head, number) = final_head(&here, height).await;
	assert_eq!(there.block_hash(Some(number)).await, Some(head.clone()));
	assert!(late.log().contains("Warp sync is complete"), "it came there another way");

	// The state is that of the block, and the chain goes on from it.
	let set = item("Grandpa", "CurrentSetId");
	assert_eq!(here.value(&set, Some(&head)).await, Some(1_u64.to_le_bytes().to_vec()));
	let entries = item("Audit", "NextEntryIndex");
	let value = here.value(&entries, Some(&head)).await;
	assert!(value.is_some());
	assert_eq!(value, there.value(&entries, Some(&head)).await);
	let (later, number) = final_head(&here, number + 2).await;
	assert_eq!(there.block_hash(Some(number)).await, Some(later));

	the_blocks_of_before_come_without_their_states(&here, &second).await;
	let read = async {
		let chain = Chain::connect(&late.url()).await.unwrap();
		chain.audit_of_patient(&patient(NAME)).await.unwrap()
	};
	let read = tokio::time::timeout(LIMIT, read).await.expect("a client is answered");
	assert!(read.iter().any(|one| one.index.0 == entry), "{read:?}");
}

/// Nothing of them was executed here; a node that did it answers.
async fn the_blocks_of_before_come_without_their_states(late: &Rpc, full: &Rpc) {
	let first = full.block_hash(Some(1)).await.expect("the first block");
	wait::for_it("the first block", LIMIT, || async {
		(late.block_hash(Some(1)).await.as_ref() == Some(&first)).then_some(())
	})
	.await;
	let key = format!("0x{}", hex::encode(item("Grandpa", "CurrentSetId")));
	let params = || rpc_params![&key, &first];
	let there = full.try_ask::<Option<String>>("state_getStorage", params()).await;
	assert!(matches!(there, Ok(Some(_))), "{there:?}");
	let here = late.try_ask::<Option<String>>("state_getStorage", params()).await;
	assert!(here.is_err(), "{here:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_would_keep_all_states_does_not_fetch_one() {
	for sync in ["warp", "fast", "fast-unsafe"] {
		let data = tempfile::tempdir().unwrap();
		let mut node = tokio::process::Command::new(binaries::node());
		node.args(["--sync", sync, "--rpc-port", "0", "--no-prometheus", "--no-mdns"]);
		node.args(["--listen-addr", "/ip4/127.0.0.1/tcp/0", "--base-path"]).arg(data.path());
		node.arg("--chain").arg(chains::spec("dev"));
		client::run(node).await.expect_error(1, &["--state-pruning NUMBER"]);
	}
}
