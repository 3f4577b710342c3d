//! Which block's state is asked.

use crate::{commands::consent, error::Error};
use hdx_primitives::Milliseconds;
use hdx_sdk::chain::{AtBlock, Chain, ChainError};

/// A block, as it is typed.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Block {
	/// With the state of which block: `latest`, `finalized`, its number or its hash.
	#[arg(long, value_name = "BLOCK", default_value = "latest", value_parser = parse)]
	at_block: AtBlock,
}

impl Block {
	/// The block, so that all questions are about the same one, and its time.
	pub async fn fixed(self, chain: &Chain) -> Result<(AtBlock, Milliseconds), Error> {
		let found = chain.block_time(self.at_block).await?;
		Ok((AtBlock::Hash(found.hash), found.time))
	}
}

/// Reads which block is meant.
fn parse(text: &str) -> Result<AtBlock, String> {
	match text {
		"latest" => Ok(AtBlock::Best),
		"finalized" => Ok(AtBlock::Finalized),
		_ => consent::block(text).map_err(|error| format!("{error}; or latest, or finalized")),
	}
}

/// Whether something is there, where its absence is no error.
pub fn optional<T>(found: Result<T, ChainError>) -> Result<Option<T>, Error> {
	match found {
		Ok(found) => Ok(Some(found)),
		Err(ChainError::NotFound { .. }) => Ok(None),
		Err(error) => Err(error.into()),
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn reads_blocks() {
		assert_eq!(parse("latest").unwrap(), AtBlock::Best);
		assert_eq!(parse("finalized").unwrap(), AtBlock::Finalized);
		assert_eq!(parse("7").unwrap(), AtBlock::Number(7));
		assert!(parse("newest").unwrap_err().contains("finalized"));
	}
}
