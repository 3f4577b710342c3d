//! Everything that a chain gives away to whoever runs a node or asks one.

use crate::rpc::{bytes, item, Rpc};
use serde::Deserialize;
use std::fmt;
use subxt::rpcs::rpc_params;

/// How many keys are asked for at a time.
const PAGE: u32 = 500;

/// The runtime's code. It is the program that runs on every such chain, written before there was
/// any patient; it has the names of storage items and errors in it, which are words of the
/// language. Nothing of it comes from a Bundle: whatever is written under this key on a chain is
/// what the binary's genesis holds, which [`Exposure::fetch`] checks.
const CODE: &[u8] = b":code";

/// A place on the chain.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
	/// An item of the digest in the header of a block.
	Digest(u32),
	/// A transaction in a block.
	Transaction(u32, usize),
	/// What proves a block final.
	Justification(u32),
	/// The events of a block.
	Events(u32),
	/// A key of the state.
	Key(String),
	/// The value under a key of the state.
	Value(String),
}

impl fmt::Display for Place {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Digest(block) => write!(f, "digest of block {block}"),
			Self::Transaction(block, nth) => write!(f, "transaction {nth} of block {block}"),
			Self::Justification(block) => write!(f, "justification of block {block}"),
			Self::Events(block) => write!(f, "events of block {block}"),
			Self::Key(key) => write!(f, "key {key}"),
			Self::Value(key) => write!(f, "value of {key}"),
		}
	}
}

/// What was fetched.
pub struct Exposure {
	/// The bytes at each place.
	pub places: Vec<(Place, Vec<u8>)>,
	/// The newest block.
	pub head: u32,
}

#[derive(Deserialize)]
struct Changes {
	changes: Vec<(String, Option<String>)>,
}

impl Exposure {
	/// Fetches every block up to the head, the events of each, and the whole state at the head.
	///
	/// What was in the state for a while and is gone at the head came from the transactions, which
	/// are all here.
	pub async fn fetch(rpc: &Rpc) -> Self {
		let head = rpc.block_hash(None).await.expect("a chain has a head");
		let mut exposure = Self { places: Vec::new(), head: rpc.header(&head).await.number() };
		let genesis = rpc.block_hash(Some(0)).await.expect("a chain has a genesis");
		// From the head by parent, so that all of it is one chain.
		let mut hash = head.clone();
		loop {
			let parent = exposure.fetch_block(rpc, &hash).await;
			if hash == genesis {
				break;
			}
			hash = parent;
		}
		exposure.fetch_state(rpc, &head).await;
		let code = rpc.value(CODE, Some(&head)).await.expect("a chain has a runtime");
		let first = rpc.value(CODE, Some(&genesis)).await.expect("a chain has a runtime");
		assert!(code == first, "the runtime is another than at genesis");
		exposure
	}

	async fn fetch_block(&mut self, rpc: &Rpc, hash: &str) -> String {
		let fetched = rpc.block(hash).await;
		let header = &fetched.block.header;
		let number = header.number();
		for log in &header.digest.logs {
			self.places.push((Place::Digest(number), bytes(log)));
		}
		for (nth, transaction) in fetched.block.extrinsics.iter().enumerate() {
			self.places.push((Place::Transaction(number, nth), bytes(transaction)));
		}
		for (_, justification) in fetched.justifications.iter().flatten() {
			self.places.push((Place::Justification(number), justification.clone()));
		}
		if let Some(events) = rpc.value(&item("System", "Events"), Some(hash)).await {
			self.places.push((Place::Events(number), events));
		}
		header.parent_hash.clone()
	}

	async fn fetch_state(&mut self, rpc: &Rpc, block: &str) {
		let code = format!("0x{}", hex::encode(CODE));
		let mut after: Option<String> = None;
		loop {
			let keys: Vec<String> =
				rpc.ask("state_getKeysPaged", rpc_params!["0x", PAGE, after, block]).await;
			let Some(last) = keys.last() else { return };
			after = Some(last.clone());
			let asked: Vec<_> = keys.iter().filter(|key| **key != code).collect();
			let answer: Vec<Changes> =
				rpc.ask("state_queryStorageAt", rpc_params![asked.clone(), block]).await;
			let values: Vec<_> = answer.into_iter().flat_map(|one| one.changes).collect();
			assert_eq!(values.len(), asked.len(), "a node has a value for each key");
			for (key, value) in values {
				let value = value.expect("a key that was listed has a value");
				self.places.push((Place::Key(key.clone()), bytes(&key)));
				self.places.push((Place::Value(key), bytes(&value)));
			}
		}
	}
}
