//! A connection to a node: questions, signing, sending.

use crate::error::BenchError;
use serde::de::DeserializeOwned;
use subxt::{
	client::{ClientAtBlock, OnlineClientAtBlockImpl},
	config::DefaultExtrinsicParamsBuilder,
	rpcs::{client::RpcParams, rpc_params, RpcClient},
	transactions::Payload,
	utils::AccountId32,
	OnlineClient, PolkadotConfig,
};
use subxt_signer::sr25519::Keypair;

/// The state of one block.
pub type At = ClientAtBlock<PolkadotConfig, OnlineClientAtBlockImpl<PolkadotConfig>>;
/// Transactions of one signer, signed, in the order of their nonces.
pub type Lane = Vec<Vec<u8>>;

/// How often a connection is tried: a node that has just started is busy with itself.
const ATTEMPTS: usize = 6;

/// A connection to a node.
#[derive(Clone)]
pub struct Connection {
	client: OnlineClient<PolkadotConfig>,
	rpc: RpcClient,
}

impl Connection {
	/// Connects. The client ends each attempt itself after ten seconds.
	pub async fn open(url: &str) -> Result<Self, BenchError> {
		let mut attempt = 1;
		let rpc = loop {
			match RpcClient::from_insecure_url(url).await {
				Ok(rpc) => break rpc,
				Err(error) if attempt >= ATTEMPTS => return Err(BenchError::rpc(url, error)),
				Err(_) => attempt = attempt.saturating_add(1),
			}
		};
		let client = OnlineClient::from_rpc_client(rpc.clone())
			.await
			.map_err(|error| BenchError::rpc(url, error))?;
		Ok(Self { client, rpc })
	}

	/// Calls a method.
	pub async fn ask<T: DeserializeOwned>(
		&self,
		method: &str,
		params: RpcParams,
	) -> Result<T, BenchError> {
		let answer = self.rpc.request(method, params).await;
		answer.map_err(|error| BenchError::rpc(method, error))
	}

	/// The connection below.
	pub fn rpc(&self) -> &RpcClient {
		&self.rpc
	}

	/// The state of the newest finalized block.
	pub async fn finalized(&self) -> Result<At, BenchError> {
		self.client.at_current_block().await.map_err(BenchError::failed("the finalized block"))
	}

	/// The state of a finalized block.
	pub async fn at(&self, number: u64) -> Result<At, BenchError> {
		self.client.at_block(number).await.map_err(BenchError::failed("a finalized block"))
	}

	/// Signs each signer's calls, with the nonces that follow those of the finalized state. Immortal: what is signed
	/// before a load may wait longer than the usual minute.
	pub async fn sign<C: Payload>(
		&self,
		calls: Vec<(&Keypair, Vec<C>)>,
	) -> Result<Vec<Lane>, BenchError> {
		let at = self.finalized().await?;
		let transactions = at.transactions();
		let mut lanes = Vec::with_capacity(calls.len());
		for (pair, calls) in calls {
			let account = AccountId32::from(pair.public_key().0);
			let first = transactions.account_nonce(&account).await;
			let first = first.map_err(BenchError::failed("the nonce of an account"))?;
			let mut lane = Lane::with_capacity(calls.len());
			for (nonce, call) in (first..).zip(&calls) {
				let params = DefaultExtrinsicParamsBuilder::<PolkadotConfig>::new()
					.nonce(nonce)
					.immortal()
					.build();
				let signing = BenchError::failed("signing");
				let mut signable =
					transactions.create_signable_offline(call, params).map_err(signing)?;
				let signed = signable.sign(pair).map_err(BenchError::failed("signing"))?;
				lane.push(signed.into_encoded());
			}
			lanes.push(lane);
		}
		Ok(lanes)
	}

	/// Sends a signed transaction.
	pub async fn send(&self, transaction: &[u8]) -> Result<(), BenchError> {
		let params = rpc_params![hexadecimal(transaction)];
		let _hash: String = self.ask("author_submitExtrinsic", params).await?;
		Ok(())
	}
}

/// Bytes, as nodes read them.
pub fn hexadecimal(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}
