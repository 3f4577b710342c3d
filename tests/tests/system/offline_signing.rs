//! A machine without a network signs over the hash of the metadata (RFC 78), by which it was shown what it signs. A runtime
//! that was built with that hash takes it, and no other does.
//!
//! Built with the feature `metadata-hash`, the nodes of these tests have such a runtime; docs/operate/offline-signing.md has the
//! command. The hash is computed here from what the node says of itself, as wallets do, and not by the runtime's builder.

use codec::{Compact, Decode, Encode};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use hdx_tests::{
	node,
	rpc::{self, Rpc},
	wait,
};
use merkleized_metadata::{
	generate_metadata_digest, generate_proof_for_extrinsic, verify_proof, ExtraInfo,
};
use serde::Deserialize;
use sp_crypto_hashing::blake2_256;
use std::time::Duration;
use subxt::rpcs::rpc_params;
use subxt_signer::sr25519::{dev, Keypair};

/// The format of metadata that is hashed.
const FORMAT: u32 = 15;
/// `System.remark` with no text.
const REMARK: [u8; 3] = [0, 0, 0];
/// A transaction that is signed, in the fourth format.
const SIGNED: u8 = 0b1000_0000 | 4;
/// How long it may take until a block has a transaction.
const INCLUDED_LIMIT: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
	spec_name: String,
	spec_version: u32,
	transaction_version: u32,
}

/// What a specification says to wallets.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
	token_symbol: String,
	token_decimals: u8,
	ss58_format: u16,
}

/// What the machine with a network hands to the one without.
struct Told {
	metadata: RuntimeMetadata,
	version: Version,
	properties: Properties,
	genesis: Vec<u8>,
}

/// A transaction, and what was signed for it beside its bytes.
struct Transaction {
	bytes: Vec<u8>,
	implicit: Vec<u8>,
}

impl Told {
	async fn by(rpc: &Rpc) -> Self {
		let format = format!("0x{}", hex::encode(FORMAT.to_le_bytes()));
		let params = rpc_params!["Metadata_metadata_at_version", format];
		let answer: String = rpc.ask("state_call", params).await;
		let metadata = Option::<Vec<u8>>::decode(&mut &*rpc::bytes(&answer)).unwrap();
		let metadata = metadata.expect("the runtime writes this format");
		let genesis = rpc.block_hash(Some(0)).await.expect("there is a first block");
		Self {
			metadata: RuntimeMetadataPrefixed::decode(&mut &*metadata).unwrap().1,
			version: rpc.ask("state_getRuntimeVersion", rpc_params![]).await,
			properties: rpc.ask("system_properties", rpc_params![]).await,
			genesis: rpc::bytes(&genesis),
		}
	}

	fn hash(&self) -> [u8; 32] {
		let extra = ExtraInfo {
			spec_version: self.version.spec_version,
			spec_name: self.version.spec_name.clone(),
			base58_prefix: self.properties.ss58_format,
			decimals: self.properties.token_decimals,
			token_symbol: self.properties.token_symbol.clone(),
		};
		generate_metadata_digest(&self.metadata, extra).expect("each type can be hashed").hash()
	}

	/// The first transaction of an account: a remark, which never expires, signed over a hash or over none.
	fn sign(&self, key: &Keypair, hash: Option<[u8; 32]>) -> Transaction {
		let (immortal, nonce) = (0_u8, Compact(0_u32));
		let explicit = (immortal, nonce, u8::from(hash.is_some())).encode();
		// An immortal transaction names the first block for that from which it counts.
		let implicit = [
			self.version.spec_version.encode(),
			self.version.transaction_version.encode(),
			self.genesis.clone(),
			self.genesis.clone(),
			hash.encode(),
		]
		.concat();
		let payload = [&REMARK[..], &explicit, &implicit].concat();
		let signature =
			if payload.len() > 256 { key.sign(&blake2_256(&payload)) } else { key.sign(&payload) };
		// An address that is an account, and a signature of the kind sr25519, are told by a byte each.
		let account = key.public_key().0;
		let signed = [&[SIGNED, 0][..], &account, &[1], &signature.0, &explicit, &REMARK].concat();
		Transaction { bytes: signed.encode(), implicit }
	}
}

async fn submit(rpc: &Rpc, transaction: &Transaction) -> Result<String, String> {
	let bytes = format!("0x{}", hex::encode(&transaction.bytes));
	rpc.try_ask("author_submitExtrinsic", rpc_params![bytes]).await
}

/// Submits, and waits until a block has it.
async fn assert_included(rpc: &Rpc, key: &Keypair, transaction: &Transaction) {
	submit(rpc, transaction).await.unwrap_or_else(|error| panic!("it is not taken: {error}"));
	let account = format!("0x{}", hex::encode(key.public_key().0));
	wait::for_it("the transaction in a block", INCLUDED_LIMIT, || async {
		let params = rpc_params!["AccountNonceApi_account_nonce", account.clone()];
		let nonce: String = rpc.ask("state_call", params).await;
		(rpc::bytes(&nonce) == 1_u32.encode()).then_some(())
	})
	.await;
}

async fn assert_not_taken(rpc: &Rpc, transaction: &Transaction, reason: &str) {
	let error = submit(rpc, transaction).await.expect_err("it is refused");
	assert!(error.contains(reason), "{error}");
}

/// A hash over other properties: what a wallet computes that was told another token.
fn other(hash: [u8; 32]) -> [u8; 32] {
	hash.map(|byte| !byte)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metadata_proves_to_a_signer_what_it_signs() {
	let node = node::shared();
	let rpc = node.rpc().await;
	let told = Told::by(&rpc).await;
	let transaction = told.sign(&dev::alice(), Some(told.hash()));
	let Transaction { bytes, implicit } = &transaction;
	let proof = generate_proof_for_extrinsic(bytes, Some(implicit), &told.metadata).unwrap();
	verify_proof(bytes, Some(implicit), &told.metadata, &proof).unwrap();
	assert!(!proof.leaves.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hash_covers_the_metadata_the_version_and_the_properties() {
	let node = node::shared();
	let rpc = node.rpc().await;
	let hash = Told::by(&rpc).await.hash();
	let changes: [fn(&mut Told); 5] = [
		|told| told.version.spec_version += 1,
		|told| told.version.spec_name.push('x'),
		|told| told.properties.token_symbol.push('x'),
		|told| told.properties.token_decimals += 1,
		|told| told.properties.ss58_format += 1,
	];
	for (number, change) in changes.iter().enumerate() {
		let mut told = Told::by(&rpc).await;
		assert_eq!(told.hash(), hash);
		change(&mut told);
		assert_ne!(told.hash(), hash, "change {number}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_over_no_hash_is_taken() {
	let node = node::of_its_own();
	let (rpc, key) = (node.rpc().await, dev::alice());
	let told = Told::by(&rpc).await;
	assert_included(&rpc, &key, &told.sign(&key, None)).await;
}

/// That it is not for another reason shows the test before: the two differ by the hash alone.
#[cfg(not(feature = "metadata-hash"))]
#[tokio::test(flavor = "multi_thread")]
async fn a_runtime_that_was_built_without_a_hash_takes_nothing_over_one() {
	let node = node::shared();
	let rpc = node.rpc().await;
	let told = Told::by(&rpc).await;
	for hash in [told.hash(), other(told.hash())] {
		let transaction = told.sign(&dev::alice(), Some(hash));
		assert_not_taken(&rpc, &transaction, "Unknown Transaction Validity").await;
	}
}

#[cfg(feature = "metadata-hash")]
#[tokio::test(flavor = "multi_thread")]
async fn a_runtime_that_was_built_with_its_hash_takes_what_is_signed_over_it_and_no_other() {
	let node = node::of_its_own();
	let (rpc, key) = (node.rpc().await, dev::alice());
	let told = Told::by(&rpc).await;
	let wrong = told.sign(&key, Some(other(told.hash())));
	assert_not_taken(&rpc, &wrong, "Invalid Transaction").await;
	assert_included(&rpc, &key, &told.sign(&key, Some(told.hash()))).await;
}
