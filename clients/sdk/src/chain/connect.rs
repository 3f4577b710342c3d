//! Connecting to a node.

use super::{handovers::Ended, ChainError};
use futures::StreamExt;
use hdx_primitives::Milliseconds;
use sp_core::H256;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use subxt::{
	backend::CombinedBackend,
	client::{ClientAtBlock, OnlineClientAtBlockImpl},
	rpcs::{rpc_params, RpcClient},
	OnlineClient, PolkadotConfig,
};
use tokio::task::JoinHandle;

/// The name by which a runtime says that it is one of HealthDataExchange.
const SPEC_NAME: &str = "hdx";

/// How long the first block of a chain may take.
const FIRST_BLOCK_LIMIT: Duration = Duration::from_secs(60);
/// How often it is looked for.
const FIRST_BLOCK_POLL: Duration = Duration::from_millis(250);

/// The chain's configuration, as clients see it: that of every Substrate chain with 32-byte
/// accounts, addressed by `MultiAddress`.
pub(super) type Config = PolkadotConfig;
/// The state of one block.
pub(super) type At = ClientAtBlock<Config, OnlineClientAtBlockImpl<Config>>;

/// A connection to a node.
#[derive(Clone)]
pub struct Chain {
	pub(super) client: OnlineClient<Config>,
	pub(super) rpc: RpcClient,
	/// Ends of authority sets that were looked up.
	pub(super) ended: Ended,
	url: String,
	_following: Arc<Following>,
}

/// What follows the chain in the background. It holds the connection, so it ends with the last who use it: a node serves so many
/// connections and no more.
struct Following(JoinHandle<()>);

impl Drop for Following {
	fn drop(&mut self) {
		self.0.abort();
	}
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
	spec_name: String,
	spec_version: u32,
}

impl Chain {
	/// Connects to a node (`ws://…` or `wss://…`), and checks that its chain is one of ours.
	///
	/// # Errors
	///
	/// [`ChainError::Unreachable`], [`ChainError::AnotherChain`], [`ChainError::AnotherRuntime`].
	pub async fn connect(url: &str) -> Result<Self, ChainError> {
		let unreachable = |error: &dyn std::fmt::Display| ChainError::Unreachable {
			url: url.to_owned(),
			reason: error.to_string(),
		};
		let rpc = RpcClient::from_insecure_url(url).await.map_err(|error| unreachable(&error))?;
		let version: Version = rpc
			.request("state_getRuntimeVersion", rpc_params![])
			.await
			.map_err(|error| unreachable(&error))?;
		if version.spec_name != SPEC_NAME {
			return Err(ChainError::AnotherChain { url: url.to_owned(), found: version.spec_name });
		}
		let backend = CombinedBackend::builder().build(rpc.clone()).await;
		let (backend, mut driver) = backend.map_err(|error| unreachable(&error))?;
		let following = Following(tokio::spawn(async move {
			// What it says goes to those who asked.
			while driver.next().await.is_some() {}
		}));
		let client = OnlineClient::from_backend(Arc::new(backend))
			.await
			.map_err(|error| unreachable(&error))?;
		let chain = Self {
			client,
			rpc,
			ended: Ended::default(),
			url: url.to_owned(),
			_following: Arc::new(following),
		};
		let metadata = chain.best().await?.metadata();
		if !super::interface::is_codegen_valid_for(&metadata) {
			return Err(ChainError::AnotherRuntime {
				found: version.spec_version,
				reason: "its calls or storage differ".to_owned(),
			});
		}
		Ok(chain)
	}

	/// Where the node is.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// Hash of the chain's first block: which chain this is.
	pub fn genesis(&self) -> [u8; 32] {
		self.client.genesis_hash().0
	}

	/// The state of the best block.
	pub(super) async fn best(&self) -> Result<At, ChainError> {
		let hash: H256 = self.request("chain_getBlockHash", rpc_params![]).await?;
		self.at(hash).await
	}

	/// The state of a block.
	pub(super) async fn at(&self, block: H256) -> Result<At, ChainError> {
		self.client.at_block(block).await.map_err(ChainError::transport)
	}

	/// The time of the best block. The genesis block has none: on a chain that has just begun, this
	/// waits for the first block.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`], also where no block comes.
	pub async fn now(&self) -> Result<Milliseconds, ChainError> {
		let since = Instant::now();
		loop {
			let at = self.best().await?;
			let address = super::interface::storage().timestamp().now();
			let value = at.storage().fetch(address, ()).await.map_err(ChainError::transport)?;
			let now: u64 = value.decode().map_err(ChainError::transport)?;
			if now > 0 {
				return Ok(Milliseconds(now));
			}
			if since.elapsed() > FIRST_BLOCK_LIMIT {
				return Err(ChainError::transport("the chain has no block yet, and none comes"));
			}
			tokio::time::sleep(FIRST_BLOCK_POLL).await;
		}
	}

	/// Calls a method of the node.
	pub(super) async fn request<T: serde::de::DeserializeOwned>(
		&self,
		method: &str,
		params: subxt::rpcs::client::RpcParams,
	) -> Result<T, ChainError> {
		self.rpc
			.request(method, params)
			.await
			.map_err(|error| ChainError::Transport(format!("{method}: {error}")))
	}
}
