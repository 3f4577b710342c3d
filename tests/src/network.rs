//! Several nodes of one chain.

use crate::node::Node;

/// Who validates, by the development names of the keys.
const VALIDATORS: [&str; 4] = ["alice", "bob", "charlie", "dave"];

/// The validators of the `local` chain, connected to each other over loopback.
pub struct Network {
	nodes: Vec<Node>,
}

impl Network {
	/// Starts the first `count` validators.
	pub async fn start(count: usize) -> Self {
		assert!(count <= VALIDATORS.len(), "the chain has {} validators", VALIDATORS.len());
		let mut nodes: Vec<Node> = Vec::new();
		let mut addresses: Vec<String> = Vec::new();
		for (number, validator) in VALIDATORS.iter().enumerate().take(count) {
			let role = format!("--{validator}");
			// A fixed network identity: a validator refuses to make one up.
			let key = format!("{:064x}", number + 1);
			let mut arguments = vec!["--chain", "local", &role, "--node-key", &key];
			// Each knows those before it, so that the loss of one leaves the others connected.
			for address in &addresses {
				arguments.extend(["--bootnodes", address]);
			}
			let node = Node::start(validator, &arguments);
			let listening = node.rpc().await.listen_addresses().await;
			let address = listening.iter().find(|one| one.starts_with("/ip4/127.0.0.1/tcp/"));
			addresses.push(address.expect("a validator listens on loopback").clone());
			nodes.push(node);
		}
		Self { nodes }
	}

	/// A node.
	pub fn node(&self, number: usize) -> &Node {
		&self.nodes[number]
	}

	/// All nodes.
	pub fn nodes(&self) -> &[Node] {
		&self.nodes
	}
}
