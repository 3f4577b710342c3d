//! From a DID to its document.

use super::{
	problem::{ErrorCode, Problem},
	result::DidResolutionResult,
	syntax,
};
use crate::chain::{AtBlock, Chain, ChainError};
use hdx_primitives::{
	did::{Did, DidResolution},
	Milliseconds,
};

/// Which version of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
	/// The one in the state of a block.
	At(AtBlock),
	/// The one that held at a time (`versionTime`).
	Time(Milliseconds),
}

impl Default for Version {
	fn default() -> Self {
		Self::At(AtBlock::Best)
	}
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ResolutionOptions {
	/// Which version. The newest, unless another is asked for.
	pub version: Version,
	/// Whether the document is to be returned although the DID was deactivated: all its keys have
	/// ended, and what was signed while they were in force can be verified.
	pub return_deactivated: bool,
}

/// Resolves a DID. Whatever goes wrong is told in the metadata of the result.
pub async fn resolve(chain: &Chain, did: &str, options: ResolutionOptions) -> DidResolutionResult {
	let found = async {
		let did = syntax::read(did)?;
		version(chain, &did, options.version).await
	};
	match found.await {
		Ok((found, at)) => DidResolutionResult::found(&found, at, options.return_deactivated),
		Err(problem) => DidResolutionResult::problem(problem),
	}
}

/// What the chain knows of a DID in the state of a block, in the chain's own words.
///
/// # Errors
///
/// A [`Problem`] when it is no `did:hdx`, is of another chain, was not created, or cannot be looked up.
pub async fn look_up(chain: &Chain, did: &str, block: AtBlock) -> Result<DidResolution, Problem> {
	let did = syntax::read(did)?;
	let (found, _) = version(chain, &did, Version::At(block)).await?;
	Ok(found)
}

/// What the chain knew of a DID, and for which time to look at it.
pub(super) async fn version(
	chain: &Chain,
	did: &Did,
	version: Version,
) -> Result<(DidResolution, Milliseconds), Problem> {
	let missing = |why: &str| Problem::new(ErrorCode::NotFound, format!("`{did}` {why}"));
	if !chain.is_home_of(did) {
		let genesis = hex::encode(chain.genesis());
		return Err(missing(&format!("is of another chain than the node's, 0x{genesis}")));
	}
	let at_block = |block| async move {
		let found = chain.resolve_did(&did.account, block).await;
		let found = found.map_err(unavailable)?;
		found.ok_or_else(|| missing(&format!("was not created by {block}")))
	};
	match version {
		Version::At(block) => {
			let found = at_block(block).await?;
			let at = found.at;
			Ok((found, at))
		},
		Version::Time(time) => {
			let newest = at_block(AtBlock::Best).await?;
			if newest.document.created_at > time {
				return Err(missing("was created later"));
			}
			// Nothing has changed since; no old state is needed, which most nodes do not keep.
			if newest.document.updated_at <= time {
				return Ok((newest, time));
			}
			let block = chain.block_at_time(time).await.map_err(unavailable)?;
			Ok((at_block(AtBlock::Hash(block.hash)).await?, time))
		},
	}
}

fn unavailable(error: ChainError) -> Problem {
	let code = match error {
		ChainError::NotFound { .. } => ErrorCode::NotFound,
		_ => ErrorCode::InternalError,
	};
	Problem::new(code, error.to_string())
}
