//! Storage by its keys, read without types that this program was built for.

use crate::chain::{Chain, ChainError};
use codec::Decode;
use sp_core::H256;
use sp_crypto_hashing::{blake2_128, twox_128, twox_64};
use subxt::rpcs::rpc_params;

/// Keys of a map that are asked for at a time.
const PAGE: u32 = 256;

/// Where a pallet has a value, or where the keys of a map begin.
pub(super) fn prefix(pallet: &str, item: &str) -> Vec<u8> {
	[twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat()
}

/// A key, hashed with `Blake2_128Concat`.
pub(super) fn blake2(key: &[u8]) -> Vec<u8> {
	[&blake2_128(key)[..], key].concat()
}

/// A key, hashed with `Twox64Concat`.
pub(super) fn twox(key: &[u8]) -> Vec<u8> {
	[&twox_64(key)[..], key].concat()
}

fn hexadecimal(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn bytes(text: &str) -> Result<Vec<u8>, ChainError> {
	hex::decode(text.trim_start_matches("0x")).map_err(ChainError::transport)
}

/// A value, as a node answers it.
pub(in crate::chain) fn read_value<T: Decode>(answer: &str) -> Result<T, ChainError> {
	T::decode(&mut &bytes(answer)?[..])
		.map_err(|_| ChainError::transport("a value of the chain cannot be read"))
}

impl Chain {
	/// A value, in the state of a block. `None`: there is none.
	pub(super) async fn raw_value<T: Decode>(
		&self,
		key: Vec<u8>,
		block: H256,
	) -> Result<Option<T>, ChainError> {
		let params = rpc_params![hexadecimal(&key), block];
		let found: Option<String> = self.request("state_getStorage", params).await?;
		found.map(|found| read_value(&found)).transpose()
	}

	/// What follows a prefix in the keys that have it.
	pub(super) async fn raw_keys(
		&self,
		prefix: &[u8],
		block: H256,
	) -> Result<Vec<Vec<u8>>, ChainError> {
		let (start, mut found) = (hexadecimal(prefix), Vec::new());
		let mut after: Option<String> = None;
		loop {
			let params = rpc_params![&start, PAGE, &after, block];
			let page: Vec<String> = self.request("state_getKeysPaged", params).await?;
			for key in &page {
				let key = bytes(key)?;
				found.push(key.get(prefix.len()..).unwrap_or_default().to_vec());
			}
			match page.into_iter().last() {
				Some(last) => after = Some(last),
				None => return Ok(found),
			}
		}
	}
}
