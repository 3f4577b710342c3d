//! Where a node listens for others if it is told a port alone, or how. All other nodes of these tests are told an address.

use hdx_tests::{node::Node, wait};
use std::time::Duration;

/// How long nodes may take to find each other.
const LIMIT: Duration = Duration::from_secs(120);
/// A port that the system chooses, and nothing about the address.
const ANY_PORT: [&str; 2] = ["--port", "0"];

/// Where a node with these arguments that is no validator listens.
async fn listening(name: &str, arguments: &[&str]) -> Vec<String> {
	Node::start(name, "dev", arguments).rpc().await.listen_addresses().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_no_validator_listens_on_no_extra_udp_port() {
	let node = Node::start("no validator", "dev", &ANY_PORT);
	let rpc = node.rpc().await;
	let listening = rpc.listen_addresses().await;
	assert!(listening.iter().all(|one| !one.contains("/udp/")), "{listening:?}");

	// It listens on TCP, and is reached at the address that docs/operate/running.md says.
	let address = rpc.address().await;
	assert!(address.contains("/ws/p2p/"), "{address}");
	let other = Node::start("another", "dev", &["--bootnodes", &address]);
	let other = other.rpc().await;
	wait::for_it("they find each other", LIMIT, || async {
		(other.peers().await == 1).then_some(())
	})
	.await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_webrtc_gets_a_udp_port() {
	let named = ["--listen-addr", "/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/udp/0/webrtc-direct"];
	let forced = [ANY_PORT[0], ANY_PORT[1], "--force-enable-webrtc"];
	for arguments in [named, forced] {
		let listening = listening("for browsers", &arguments).await;
		for protocol in ["/tcp/", "/webrtc-direct"] {
			let is_there = listening.iter().any(|one| one.contains(protocol));
			assert!(is_there, "{arguments:?}: no {protocol} in {listening:?}");
		}
	}
}
