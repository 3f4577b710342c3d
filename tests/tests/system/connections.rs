//! Connections to a node, of which it serves so many and no more.

use hdx_sdk::chain::Chain;
use hdx_tests::{node::Node, wait};
use std::time::Duration;

/// How many the node serves.
const MOST: usize = 2;
/// How long the node may take to notice that one was closed.
const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test]
async fn who_drops_a_connection_closes_it() {
	let most = MOST.to_string();
	let arguments = ["--dev", "--rpc-max-connections", most.as_str()];
	let node = Node::start("few-connections", "dev", &arguments);
	for number in 0..3 * MOST {
		let what = format!("connection {number}");
		wait::for_it(&what, LIMIT, || async { Chain::connect(&node.url()).await.ok().map(drop) })
			.await;
	}
}
