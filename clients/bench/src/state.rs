//! How large a chain's state is.

use crate::{connection::Connection, error::BenchError};
use subxt::rpcs::rpc_params;

/// How many keys a node gives at once.
const PAGE: usize = 1_000;
/// The key of `System.Events`. What it has are those of the last block alone, which may be full or empty.
const EVENTS: &str = "0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7";

/// Bytes of all keys and values of the newest finalized state, without the events of its block. The trie's own nodes are
/// not among them.
pub async fn bytes(connection: &Connection) -> Result<u64, BenchError> {
	let at = connection.finalized().await?.block_hash();
	let params = rpc_params!["0x", at];
	let values: Option<u64> = connection.ask("state_getStorageSize", params).await?;
	let events: Option<u64> =
		connection.ask("state_getStorageSize", rpc_params![EVENTS, at]).await?;
	let values = values.unwrap_or_default().saturating_sub(events.unwrap_or_default());
	let (mut keys, mut last) = (0u64, None::<String>);
	loop {
		let params = rpc_params!["0x", PAGE, &last, at];
		let page: Vec<String> = connection.ask("state_getKeysPaged", params).await?;
		keys = page.iter().fold(keys, |sum, key| sum.saturating_add(key_bytes(key)));
		if page.len() < PAGE {
			return Ok(values.saturating_add(keys));
		}
		last = page.last().cloned();
	}
}

/// How many bytes a key has that is written in hexadecimal digits.
fn key_bytes(key: &str) -> u64 {
	key.trim_start_matches("0x").len() as u64 / 2
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn two_digits_are_a_byte() {
		assert_eq!([key_bytes("0x"), key_bytes("0x00ff"), key_bytes("0011aa")], [0, 2, 3]);
	}
}
