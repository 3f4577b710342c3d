//! Which block's state is asked.

use super::{connect::At, interface, Chain, ChainError};
use hdx_primitives::Milliseconds;
use sp_core::H256;
use std::fmt;
use subxt::rpcs::rpc_params;

/// A block. The state of one that is older than some hundred blocks is kept by
/// archive nodes only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AtBlock {
	/// The newest.
	#[default]
	Best,
	/// The newest that nothing undoes.
	Finalized,
	/// By its number.
	Number(u32),
	/// By its hash.
	Hash([u8; 32]),
}

/// A block, and the time that it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockTime {
	/// Its number.
	pub number: u64,
	/// Its hash.
	pub hash: [u8; 32],
	/// Its time. Zero for the genesis block, which has none.
	pub time: Milliseconds,
}

impl fmt::Display for AtBlock {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Best => f.write_str("the newest block"),
			Self::Finalized => f.write_str("the newest finalized block"),
			Self::Number(number) => write!(f, "block {number}"),
			Self::Hash(hash) => write!(f, "block 0x{}", hex::encode(hash)),
		}
	}
}

impl Chain {
	/// The number, hash and time of a block.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`], [`ChainError::Discarded`], [`ChainError::Transport`].
	pub async fn block_time(&self, block: AtBlock) -> Result<BlockTime, ChainError> {
		let at = self.state(block).await?;
		let address = interface::storage().timestamp().now();
		let value = at.storage().try_fetch(address, ()).await;
		let value = value.map_err(|error| unreadable(block, error))?;
		let time = value.map(|value| value.decode()).transpose().map_err(ChainError::transport)?;
		Ok(BlockTime {
			number: at.block_number(),
			hash: at.block_hash().0,
			time: Milliseconds(time.unwrap_or_default()),
		})
	}

	/// The state of a block.
	pub(super) async fn state(&self, block: AtBlock) -> Result<At, ChainError> {
		let not_found = || ChainError::NotFound { what: block.to_string() };
		let hash = match block {
			AtBlock::Best => return self.best().await,
			AtBlock::Finalized => {
				return self.client.at_current_block().await.map_err(ChainError::transport);
			},
			AtBlock::Hash(hash) => {
				let hash = H256(hash);
				let header: Option<serde_json::Value> =
					self.request("chain_getHeader", rpc_params![hash]).await?;
				header.map(|_| hash).ok_or_else(not_found)?
			},
			AtBlock::Number(number) => {
				let hash: Option<H256> =
					self.request("chain_getBlockHash", rpc_params![number]).await?;
				hash.ok_or_else(not_found)?
			},
		};
		self.client.at_block(hash).await.map_err(|error| unreadable(block, error))
	}
}

/// Why the state of a block cannot be read. Nodes say that they have thrown it away in words only.
pub(super) fn unreadable(block: AtBlock, error: impl fmt::Display) -> ChainError {
	let text = error.to_string();
	if text.contains("State already discarded") {
		return ChainError::Discarded { block };
	}
	ChainError::Transport(text)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_state_that_was_thrown_away_is_told_from_a_broken_connection() {
		let error = "Client error: UnknownBlock: State already discarded for 0x12";
		let block = AtBlock::Number(7);
		assert!(matches!(unreadable(block, error), ChainError::Discarded { .. }));
		assert!(unreadable(block, error).to_string().contains("archive node"));
		assert!(matches!(unreadable(block, "connection reset"), ChainError::Transport(_)));
	}
}
