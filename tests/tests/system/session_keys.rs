//! Session keys, as a node makes them and the account of a validator sends them: steps 3 and 4 of docs/validators.md.

use codec::Encode;
use hdx_tests::{
	encoded::Encoded,
	rpc::{bytes, Rpc},
};
use serde::Deserialize;
use serde_json::Value;
use subxt::{dynamic, rpcs::rpc_params, OnlineClient, PolkadotConfig};
use subxt_signer::sr25519::Keypair;

/// Bytes of the key with which blocks are made. It is the first of a validator's keys.
const AURA: usize = 32;

/// What a node answers that made keys.
#[derive(Deserialize)]
struct Answer {
	keys: String,
	proof: Option<String>,
}

/// Keys that a node made, and has in its keystore.
pub struct Made {
	keys: Vec<u8>,
	proof: Vec<u8>,
}

impl Made {
	/// What a node answered that was asked with another program.
	pub fn of(answer: Value) -> Self {
		Self::from(serde_json::from_value::<Answer>(answer).unwrap())
	}

	/// The key with which blocks are made.
	pub fn aura(&self) -> &[u8] {
		&self.keys[..AURA]
	}

	/// The key with which they are finalized.
	pub fn grandpa(&self) -> &[u8] {
		&self.keys[AURA..]
	}
}

impl From<Answer> for Made {
	fn from(answer: Answer) -> Self {
		let proof = answer.proof.expect("a node of this runtime proves that it has the keys");
		Self { keys: bytes(&answer.keys), proof: bytes(&proof) }
	}
}

/// Has a node make keys for a validator with this account.
pub async fn make(rpc: &Rpc, validator: &Keypair) -> Made {
	let owner = format!("0x{}", hex::encode(validator.public_key().0));
	let answer: Answer = rpc.ask("author_rotateKeysWithOwner", rpc_params![owner]).await;
	answer.into()
}

/// Sends keys, signed by the account of the validator, and waits until that is final.
pub async fn set(url: &str, made: &Made, validator: &Keypair) {
	let arguments = [made.keys.clone(), made.proof.encode()].concat();
	let client = OnlineClient::<PolkadotConfig>::from_insecure_url(url).await.unwrap();
	let call = dynamic::tx("Session", "set_keys", Encoded(arguments));
	let mut transactions = client.at_current_block().await.unwrap().transactions();
	let progress = transactions.sign_and_submit_then_watch_default(&call, validator).await;
	progress.unwrap().wait_for_finalized_success().await.unwrap();
}
