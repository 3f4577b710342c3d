//! The methods of version 2 of the JSON-RPC specification, by which clients follow a chain: `chainHead_v1_*` and
//! `chainSpec_v1_*`. They are called by their names, as any client may.

use hdx_tests::{
	node,
	rpc::{bytes, item},
};
use serde_json::{json, Value};
use std::time::Duration;
use subxt::rpcs::{client::RpcSubscription, rpc_params};

/// How long each event may take: blocks come every two seconds, and become final soon after.
const LIMIT: Duration = Duration::from_secs(120);

/// The next event.
async fn next(head: &mut RpcSubscription<Value>) -> Value {
	let next = tokio::time::timeout(LIMIT, head.next()).await;
	next.expect("an event in time").expect("the subscription goes on").expect("an event")
}

/// The next event of this name, whatever comes before.
async fn event(head: &mut RpcSubscription<Value>, name: &str) -> Value {
	let wanted = async {
		loop {
			let event = next(head).await;
			assert_ne!(event["event"], "stop", "no more events");
			if event["event"] == name {
				return event;
			}
		}
	};
	let found = tokio::time::timeout(LIMIT, wanted).await;
	found.unwrap_or_else(|_| panic!("no event `{name}` within {} s", LIMIT.as_secs()))
}

/// What an event says of blocks that are final.
fn finalized(event: &Value) -> Vec<String> {
	serde_json::from_value(event["finalizedBlockHashes"].clone()).expect("hashes of blocks")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_follows_the_head_and_reads_the_state_of_a_block_that_becomes_final() {
	let node = node::shared();
	let rpc = node.rpc().await;
	let genesis: String = rpc.ask("chainSpec_v1_genesisHash", rpc_params![]).await;
	assert_eq!(Some(genesis), rpc.block_hash(Some(0)).await);

	let (follow, end) = ("chainHead_v1_follow", "chainHead_v1_unfollow");
	let mut head = rpc.subscribe(follow, rpc_params![false], end).await;
	let id = head.subscription_id().expect("a subscription is named").to_owned();
	let first = next(&mut head).await;
	assert_eq!(first["event"], "initialized", "{first}");
	let known = finalized(&first);
	let newest = known.last().expect("a chain has a final block");

	// Each block is told of when it comes, and again when it is final; none is left out.
	let new = finalized(&event(&mut head, "finalized").await);
	assert_eq!(&rpc.header(&new[0]).await.parent_hash, newest);
	let block = new.last().expect("some block became final");
	assert!(!known.contains(block), "{block} was final before");

	// The number that the state of the block says is the one of its header.
	let key = format!("0x{}", hex::encode(item("System", "Number")));
	let asked = json!([{ "key": key, "type": "value" }]);
	let params = rpc_params![&id, block, asked, Value::Null];
	let started: Value = rpc.ask("chainHead_v1_storage", params).await;
	assert_eq!(started["result"], "started", "{started}");
	let told = event(&mut head, "operationStorageItems").await;
	assert_eq!(told["operationId"], started["operationId"]);
	assert_eq!(told["items"][0]["key"], key.as_str());
	let value = bytes(told["items"][0]["value"].as_str().expect("the item has a value"));
	assert_eq!(value, rpc.header(block).await.number().to_le_bytes());
	let done = event(&mut head, "operationStorageDone").await;
	assert_eq!(done["operationId"], started["operationId"]);

	// Who gives a block back is told no more of it.
	rpc.ask::<()>("chainHead_v1_unpin", rpc_params![&id, block]).await;
	let params = rpc_params![&id, block];
	let refused = rpc.try_ask::<Option<String>>("chainHead_v1_header", params).await;
	assert!(refused.is_err(), "{refused:?}");
}
