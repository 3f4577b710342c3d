//! What a node does over JSON-RPC for its operator alone: calls with which somebody could act as it, or steer it.

use hdx_tests::{node::Node, rpc::Rpc};
use serde_json::Value;
use subxt::rpcs::{client::RpcParams, rpc_params};

/// What the node says to a stranger.
const REFUSED: &str = "unsafe to be called externally";

/// A key, its phrase, and who would be another peer.
const PHRASE: &str = "//Mallory";
const KEY: &str = "0x0909090909090909090909090909090909090909090909090909090909090909";
const PEER: &str = "/ip4/127.0.0.1/tcp/1/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

fn for_the_operator() -> [(&'static str, RpcParams); 5] {
	[
		("author_insertKey", rpc_params!["aura", PHRASE, KEY]),
		("author_hasKey", rpc_params![KEY, "aura"]),
		("author_rotateKeys", rpc_params![]),
		("system_addReservedPeer", rpc_params![PEER]),
		("system_addLogFilter", rpc_params!["trace"]),
	]
}

async fn are_refused_and_the_rest_is_answered(rpc: &Rpc) {
	for (method, params) in for_the_operator() {
		let refusal = rpc.try_ask::<Value>(method, params).await.unwrap_err();
		assert!(refusal.contains(REFUSED), "{method}: {refusal}");
	}
	assert!(rpc.block_hash(None).await.is_some());
}

/// The node goes by the address on which it listens, so it takes everybody for a stranger who comes in by one that is open
/// to other machines.
#[tokio::test]
async fn strangers_are_refused_what_is_for_the_operator() {
	let node = Node::start("open", "local", &["--rpc-external"]);
	are_refused_and_the_rest_is_answered(&node.rpc().await).await;
}

/// As behind a proxy on the same machine, whom everybody comes in by.
#[tokio::test]
async fn with_safe_methods_this_machine_is_refused_as_well() {
	let node = Node::start("safe", "local", &["--rpc-methods", "safe"]);
	are_refused_and_the_rest_is_answered(&node.rpc().await).await;
}

#[tokio::test]
async fn the_operator_is_let_in_on_the_own_machine() {
	let node = Node::start("own", "local", &[]);
	let rpc = node.rpc().await;
	let _: Value = rpc.ask("author_insertKey", rpc_params!["aura", PHRASE, KEY]).await;
	let has: bool = rpc.ask("author_hasKey", rpc_params![KEY, "aura"]).await;
	assert!(has);
}
