//! Asking a node.

use crate::wait;
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::Value;
use sp_crypto_hashing::twox_128;
use std::time::Duration;
use subxt::rpcs::{
	client::{RpcParams, RpcSubscription},
	rpc_params, RpcClient,
};

/// How long finality may take.
const FINALITY_LIMIT: Duration = Duration::from_secs(120);

/// How often a connection is tried.
const ATTEMPTS: u32 = 6;

/// A connection to a node.
pub struct Rpc {
	client: RpcClient,
}

/// What is read of a header.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
	number: String,
	/// Hash of the block before.
	pub parent_hash: String,
	/// What the digest holds, in hexadecimal digits.
	pub digest: Digest,
}

/// What consensus adds to a header.
#[derive(Deserialize)]
pub struct Digest {
	/// The items, in hexadecimal digits.
	pub logs: Vec<String>,
}

/// What is read of a block.
#[derive(Deserialize)]
pub struct Block {
	/// Its header.
	pub header: Header,
	/// The transactions, in hexadecimal digits.
	pub extrinsics: Vec<String>,
}

/// A block, and what proves it final, by kind.
#[derive(Deserialize)]
pub struct SignedBlock {
	/// The block.
	pub block: Block,
	/// The justifications.
	pub justifications: Option<Vec<(Vec<u8>, Vec<u8>)>>,
}

impl Header {
	/// The number of the block.
	pub fn number(&self) -> u32 {
		u32::from_str_radix(self.number.trim_start_matches("0x"), 16).expect("a number")
	}
}

impl Rpc {
	/// Connects. A node that starts beside others on a busy machine may need more than one attempt, each of
	/// which the client ends after ten seconds.
	pub async fn connect(url: &str) -> Self {
		let mut attempts = 0;
		loop {
			attempts += 1;
			match RpcClient::from_insecure_url(url).await {
				Ok(client) => return Self { client },
				Err(error) => assert!(attempts < ATTEMPTS, "{url}: {error}"),
			}
		}
	}

	/// Calls a method.
	pub async fn ask<T: DeserializeOwned>(&self, method: &str, params: RpcParams) -> T {
		let answer = self.try_ask(method, params).await;
		answer.unwrap_or_else(|error| panic!("{method}: {error}"))
	}

	/// Calls a method that may be refused, and tells why it was.
	pub async fn try_ask<T: DeserializeOwned>(
		&self,
		method: &str,
		params: RpcParams,
	) -> Result<T, String> {
		self.client.request(method, params).await.map_err(|error| error.to_string())
	}

	/// Subscribes to what a node tells from now on, until the subscription is dropped (`end`). What is asked about it has to come
	/// over this connection.
	pub async fn subscribe(
		&self,
		method: &str,
		params: RpcParams,
		end: &str,
	) -> RpcSubscription<Value> {
		let subscription = self.client.subscribe(method, params, end).await;
		subscription.unwrap_or_else(|error| panic!("{method}: {error}"))
	}

	/// How many other nodes it synchronizes with.
	pub async fn peers(&self) -> u64 {
		let health: Value = self.ask("system_health", rpc_params![]).await;
		health["peers"].as_u64().expect("a number of peers")
	}

	/// Where the node listens for others.
	pub async fn listen_addresses(&self) -> Vec<String> {
		self.ask("system_localListenAddresses", rpc_params![]).await
	}

	/// Where other nodes on this machine find it.
	pub async fn address(&self) -> String {
		let listening = self.listen_addresses().await;
		let own = listening.iter().find(|one| one.starts_with("/ip4/127.0.0.1/tcp/"));
		own.unwrap_or_else(|| panic!("not on loopback: {listening:?}")).clone()
	}

	/// The hash of a block of the best chain; without a number, of its head.
	pub async fn block_hash(&self, number: Option<u32>) -> Option<String> {
		match number {
			Some(number) => self.ask("chain_getBlockHash", rpc_params![number]).await,
			None => self.ask("chain_getBlockHash", rpc_params![]).await,
		}
	}

	/// The header of a block.
	pub async fn header(&self, hash: &str) -> Header {
		self.ask("chain_getHeader", rpc_params![hash]).await
	}

	/// A block.
	pub async fn block(&self, hash: &str) -> SignedBlock {
		self.ask("chain_getBlock", rpc_params![hash]).await
	}

	/// The number of the newest finalized block.
	pub async fn finalized(&self) -> u32 {
		let hash: String = self.ask("chain_getFinalizedHead", rpc_params![]).await;
		self.header(&hash).await.number()
	}

	/// Waits until a block of this number is finalized, and gives its hash.
	pub async fn wait_for_finality(&self, number: u32) -> String {
		let what = format!("finality of block {number}");
		wait::for_it(&what, FINALITY_LIMIT, || async {
			(self.finalized().await >= number).then_some(())
		})
		.await;
		self.block_hash(Some(number)).await.expect("a finalized block has a hash")
	}

	/// A value of the state of a block; without one, of the head.
	pub async fn value(&self, key: &[u8], block: Option<&str>) -> Option<Vec<u8>> {
		let key = format!("0x{}", hex::encode(key));
		let value: Option<String> = match block {
			Some(block) => self.ask("state_getStorage", rpc_params![key, block]).await,
			None => self.ask("state_getStorage", rpc_params![key]).await,
		};
		value.as_deref().map(bytes)
	}

	/// How many records were registered so far, as the chain writes it.
	pub async fn records(&self) -> Option<Vec<u8>> {
		self.value(&item("RecordAccess", "NextRecordId"), None).await
	}
}

/// The key of a storage item that is a single value, or what all keys of a map begin with.
pub fn item(pallet: &str, name: &str) -> Vec<u8> {
	[twox_128(pallet.as_bytes()), twox_128(name.as_bytes())].concat()
}

/// The bytes that a node writes in hexadecimal digits.
pub fn bytes(text: &str) -> Vec<u8> {
	hex::decode(text.trim_start_matches("0x")).expect("hexadecimal digits")
}
