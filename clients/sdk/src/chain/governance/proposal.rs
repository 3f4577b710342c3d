//! What a referendum proposes, as the chain stores it.

use super::raw::prefix;
use crate::chain::{Chain, ChainError};
use codec::{Decode, Encode};
use sp_core::H256;

/// Longest call that stands in the referendum itself, in bytes. A longer one is stored apart, found by its hash.
pub(super) const LONGEST_INLINE: usize = 128;

/// The call of a referendum.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Proposal {
	/// By its hash. Nobody makes such any more.
	Legacy {
		/// The hash.
		hash: H256,
	},
	/// The call itself.
	Inline(Vec<u8>),
	/// By its hash, and its length in bytes.
	Lookup {
		/// BLAKE2-256 of the call.
		hash: H256,
		/// Its length.
		len: u32,
	},
}

/// Longest text that the chain carries out, in bytes.
const LONGEST_TEXT: usize = 8 * 1_024;

/// Whether the chain finds the text by the length that its proposal states, and carries it out.
fn is_looked_up(text: &[u8], stated: u32) -> bool {
	usize::try_from(stated) == Ok(text.len()) && text.len() <= LONGEST_TEXT
}

/// The hash by which a call is known, and the code of a runtime: BLAKE2-256.
pub fn hash_of(bytes: &[u8]) -> H256 {
	H256(sp_crypto_hashing::blake2_256(bytes))
}

impl Proposal {
	/// BLAKE2-256 of the call.
	pub fn hash(&self) -> H256 {
		match self {
			Self::Legacy { hash } | Self::Lookup { hash, .. } => *hash,
			Self::Inline(call) => hash_of(call),
		}
	}
}

impl Chain {
	/// The text of a proposal, as the chain would look it up. `None`: nobody stored it, and nobody can know what it would do;
	/// or the proposal states another length than the text has, or none, and it is never carried out.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn proposed(&self, proposal: &Proposal) -> Result<Option<Vec<u8>>, ChainError> {
		match proposal {
			Proposal::Inline(call) => Ok(Some(call.clone())),
			Proposal::Legacy { .. } => Ok(None),
			Proposal::Lookup { hash, len } => {
				let stored = self.noted_text(*hash).await?;
				Ok(stored.filter(|call| is_looked_up(call, *len)))
			},
		}
	}

	/// The call with this hash, where somebody stored it.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn noted_text(&self, hash: H256) -> Result<Option<Vec<u8>>, ChainError> {
		let block = self.best().await?.block_hash();
		// The key is the hash and the length, as they are.
		let start = [prefix("Preimage", "PreimageFor"), hash.0.to_vec()].concat();
		let Some(length) = self.raw_keys(&start, block).await?.into_iter().next() else {
			return Ok(None);
		};
		let found: Option<Vec<u8>> = self.raw_value([start, length].concat(), block).await?;
		// Whatever a node says, what is shown is what has that hash.
		Ok(found.filter(|call| sp_crypto_hashing::blake2_256(call) == hash.0))
	}

	/// The calls that institutions approved and that wait for patients, or for somebody to carry them out, by their hashes;
	/// with whether patients approved as well.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn agreed_on(&self) -> Result<Vec<(H256, bool)>, ChainError> {
		let block = self.best().await?.block_hash();
		let deferred = self.raw_keys(&prefix("Whitelist", "DeferredDispatch"), block).await?;
		let approved = self.raw_keys(&prefix("Whitelist", "WhitelistedCall"), block).await?;
		let hash = |key: &Vec<u8>| key.get(8..).and_then(|rest| H256::decode(&mut &*rest).ok());
		Ok(deferred
			.iter()
			.filter_map(|key| hash(key).map(|found| (found, approved.contains(key))))
			.collect())
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	#[test]
	fn a_text_of_another_length_than_stated_or_one_too_long_is_not_what_is_carried_out() {
		assert!(is_looked_up(&[0; 300], 300));
		for stated in [0, 299, 301, u32::MAX] {
			assert!(!is_looked_up(&[0; 300], stated), "{stated}");
		}
		assert!(is_looked_up(&[0; LONGEST_TEXT], 8_192));
		assert!(!is_looked_up(&[0; LONGEST_TEXT + 1], 8_193));
	}

	#[test]
	fn a_proposal_is_encoded_as_the_chain_has_it() {
		assert_eq!(Proposal::Inline(vec![7, 8]).encode(), [1, 8, 7, 8]);
		let lookup = Proposal::Lookup { hash: H256([3; 32]), len: 5 };
		let bytes = lookup.encode();
		assert_eq!((bytes[0], bytes.len()), (2, 37));
		assert_eq!(Proposal::decode(&mut &*bytes).unwrap(), lookup);
	}
}
