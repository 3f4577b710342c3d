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
		assert!((1..=VALIDATORS.len()).contains(&count), "the chain has {VALIDATORS:?}");
		let first = validator(0, None);
		let listening = first.rpc().await.listen_addresses().await;
		let known = listening.iter().find(|one| one.starts_with("/ip4/127.0.0.1/tcp/"));
		let known = known.expect("a validator listens on loopback").as_str();
		let mut nodes = vec![first];
		// The others together: a node is busy with itself for seconds when it starts.
		std::thread::scope(|scope| {
			let starting: Vec<_> = (1..count)
				.map(|number| scope.spawn(move || validator(number, Some(known))))
				.collect();
			for node in starting {
				nodes.push(node.join().expect("the validator starts"));
			}
		});
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

/// Starts a validator that knows where another is.
fn validator(number: usize, known: Option<&str>) -> Node {
	let name = VALIDATORS[number];
	let role = format!("--{name}");
	// A fixed network identity: a validator refuses to make one up.
	let key = format!("{:064x}", number + 1);
	let mut arguments = vec![role.as_str(), "--node-key", &key];
	if let Some(address) = known {
		arguments.extend(["--bootnodes", address]);
	}
	Node::start(name, "local", &arguments)
}
