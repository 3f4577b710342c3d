//! The nodes of one chain.

use crate::{
	connection::Connection,
	error::BenchError,
	node::{Node, Program},
};
use subxt::rpcs::rpc_params;

/// Who validates, by the development names of the keys.
const VALIDATORS: [&str; 4] = ["alice", "bob", "charlie", "dave"];
/// How many connections send at once.
const CONNECTIONS: usize = 4;

/// The validators of a chain, connected to each other over loopback.
#[derive(Debug)]
pub struct Network {
	nodes: Vec<Node>,
}

impl Network {
	/// Starts the one validator of a development chain, or the four of a local one.
	pub async fn start(program: Program<'_>, validators: usize) -> Result<Self, BenchError> {
		if validators == 1 {
			return Ok(Self { nodes: vec![Node::start(program, "dev", &["--dev"]).await?] });
		}
		let mut nodes = Vec::with_capacity(VALIDATORS.len());
		let mut known: Option<String> = None;
		for (number, name) in VALIDATORS.iter().enumerate() {
			// A fixed network identity: a validator refuses to make one up.
			let (role, key) = (format!("--{name}"), format!("{:064x}", number.saturating_add(1)));
			let mut arguments = vec![role.as_str(), "--node-key", &key];
			if let Some(address) = &known {
				arguments.extend(["--bootnodes", address.as_str()]);
			}
			let node = Node::start(program, name, &arguments).await?;
			if known.is_none() {
				known = Some(address(&node).await?);
			}
			nodes.push(node);
		}
		Ok(Self { nodes })
	}

	/// Connections over which is sent, to all nodes in turn.
	pub async fn connections(&self) -> Result<Vec<Connection>, BenchError> {
		let mut connections = Vec::with_capacity(CONNECTIONS);
		for node in self.nodes.iter().cycle().take(CONNECTIONS) {
			connections.push(Connection::open(&node.url()).await?);
		}
		Ok(connections)
	}

	/// What the nodes have logged.
	pub fn logs(&self) -> Vec<String> {
		self.nodes.iter().map(Node::log).collect()
	}

	/// Where the first node listens.
	pub fn url(&self) -> String {
		self.nodes.first().map(Node::url).unwrap_or_default()
	}
}

/// Where a node listens for others.
async fn address(node: &Node) -> Result<String, BenchError> {
	let connection = Connection::open(&node.url()).await?;
	let all: Vec<String> = connection.ask("system_localListenAddresses", rpc_params![]).await?;
	let own = all.into_iter().find(|one| one.starts_with("/ip4/127.0.0.1/tcp/"));
	own.ok_or_else(|| BenchError::because("the first validator", "it does not listen on loopback"))
}
