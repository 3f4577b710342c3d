//! Sets of authorities: which one finalizes, and how it came after those before.

use super::{at::unreadable, search::first_that, AtBlock, Chain, ChainError};
use crate::proof::{
	announced, authorities_key, AssembleError, AuthorityList, AuthoritySet, Finality, Handover,
	Header, HexBytes, ProofError, SetId,
};
use codec::{DecodeAll, Encode};
use sp_core::H256;
use sp_crypto_hashing::twox_128;
use std::{
	collections::BTreeMap,
	ops::RangeInclusive,
	sync::{Arc, Mutex, PoisonError},
};
use subxt::rpcs::rpc_params;

/// Ends of sets that were looked up, by the number of the set: the last block, and what it hands over with. They never
/// change, and whoever proves many entries needs them again and again.
#[derive(Clone, Default)]
pub(super) struct Ended(Arc<Mutex<BTreeMap<SetId, (u32, Handover)>>>);

impl Ended {
	fn get(&self, set_id: SetId) -> Option<(u32, Handover)> {
		self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&set_id).cloned()
	}

	fn keep(&self, set_id: SetId, end: (u32, Handover)) {
		self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(set_id, end);
	}
}

impl Chain {
	/// The set of authorities that finalizes what comes after the newest finalized block, and the number of that block.
	/// It is the node's word.
	///
	/// # Errors
	///
	/// [`ChainError::Transport`].
	pub async fn authorities(&self) -> Result<(u32, AuthoritySet), ChainError> {
		let head: H256 = self.request("chain_getFinalizedHead", rpc_params![]).await?;
		let header: Header = self.request("chain_getHeader", rpc_params![head]).await?;
		let block = AtBlock::Hash(head.0);
		let authorities: Option<AuthorityList> =
			self.stored(authorities_key(), head, block).await?;
		let set_id = self.stored(set_id_key(), head, block).await?;
		let set = AuthoritySet::new(set_id.unwrap_or_default(), &authorities.unwrap_or_default());
		Ok((header.number, set))
	}

	/// The number of the set that finalizes a block, which has to be finalized, and the changes to that set from the one
	/// with the number `first`.
	pub(super) async fn handovers(
		&self,
		first: SetId,
		block: u32,
	) -> Result<(SetId, Vec<Handover>), ChainError> {
		// The last block of a set has the next one in its state already, and is signed by the set that ends. So the
		// state before a block tells who signs it.
		let before = block.saturating_sub(1);
		let last = self.set_after(before).await?;
		let (mut from, mut handovers) = (0, Vec::new());
		for set_id in first..last {
			let (end, handover) = match self.ended.get(set_id) {
				Some(end) => end,
				None => self.end_of(set_id, from..=before).await?,
			};
			from = end.saturating_add(1);
			handovers.push(handover);
		}
		Ok((last, handovers))
	}

	/// The last block of a set, among some that are finalized, and what it hands over with.
	async fn end_of(
		&self,
		set_id: SetId,
		blocks: RangeInclusive<u32>,
	) -> Result<(u32, Handover), ChainError> {
		let is_over = |number| async move {
			match self.set_after(number).await {
				Ok(set) => Ok(set > set_id),
				// Nodes throw the oldest states away first: what is sought is newer, or gone, too.
				Err(ChainError::Discarded { .. }) => Ok(false),
				Err(error) => Err(error),
			}
		};
		let not_found = || ChainError::NotFound { what: format!("end of authority set {set_id}") };
		let number = first_that(blocks, is_over).await?.ok_or_else(not_found)?;
		let hash = self.hash_of(number).await?;
		let header: Header = self.request("chain_getHeader", rpc_params![hash]).await?;
		// A change that was forced has no justification to ask for.
		announced(&header).map_err(|link| {
			let link = Box::new(link);
			AssembleError::Unverifiable(ProofError::Handover { set_id, link })
		})?;
		let handover = Handover {
			header: header.encode().into(),
			justification: self.justification_of_last(number, hash).await?.into(),
		};
		self.ended.keep(set_id, (number, handover.clone()));
		Ok((number, handover))
	}

	/// The justification of a set's last block, which nodes keep.
	async fn justification_of_last(&self, number: u32, hash: H256) -> Result<Vec<u8>, ChainError> {
		let missing = || {
			ChainError::transport(format!(
				"the node has no justification of block {number}, with which a set of authorities ended"
			))
		};
		// Asked about the last block itself, for no headers come along then.
		let answer: Option<HexBytes> =
			self.request("grandpa_proveFinality", rpc_params![number]).await?;
		let finality = Finality::decode(&answer.ok_or_else(missing)?);
		let finality = finality.map_err(ChainError::transport)?;
		if finality.hash != hash {
			return Err(missing());
		}
		Ok(finality.justification)
	}

	/// The set that finalizes what comes after a block.
	async fn set_after(&self, number: u32) -> Result<SetId, ChainError> {
		let hash = self.hash_of(number).await?;
		let set_id = self.stored(set_id_key(), hash, AtBlock::Number(number)).await?;
		Ok(set_id.unwrap_or_default())
	}

	async fn hash_of(&self, number: u32) -> Result<H256, ChainError> {
		let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![number]).await?;
		hash.ok_or_else(|| ChainError::NotFound { what: AtBlock::Number(number).to_string() })
	}

	/// A value in the state of a block. Read as it is stored: blocks of any runtime have it in that form.
	async fn stored<T: DecodeAll>(
		&self,
		key: Vec<u8>,
		hash: H256,
		block: AtBlock,
	) -> Result<Option<T>, ChainError> {
		let value: Option<HexBytes> = self
			.rpc
			.request("state_getStorage", rpc_params![HexBytes::from(key), hash])
			.await
			.map_err(|error| unreadable(block, error))?;
		let value = value.map(|value| T::decode_all(&mut &value.0[..]));
		value.transpose().map_err(ChainError::transport)
	}
}

/// The storage key of the number of the set: item `CurrentSetId` of pallet `Grandpa`.
fn set_id_key() -> Vec<u8> {
	[twox_128(b"Grandpa"), twox_128(b"CurrentSetId")].concat()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn set_id_key_is_that_of_the_grandpa_pallet() {
		assert_eq!(
			hex::encode(set_id_key()),
			"5f9cc45b7a00c5899361e1c6099678dc8a2d09463effcc78a22d75b9cb87dffc"
		);
	}

	#[test]
	fn an_end_that_was_looked_up_is_kept() {
		let ended = Ended::default();
		let handover = Handover { header: HexBytes(vec![1]), justification: HexBytes(vec![2]) };
		ended.clone().keep(3, (40, handover.clone()));
		assert_eq!(ended.get(3), Some((40, handover)));
		assert_eq!(ended.get(2), None);
	}
}
