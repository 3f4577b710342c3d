//! The set of authorities in force, as a node tells it.

use super::{at::unreadable, AtBlock, Chain, ChainError};
use crate::proof::{authorities_key, AuthorityList, AuthoritySet, Header, HexBytes};
use codec::DecodeAll;
use sp_core::H256;
use sp_crypto_hashing::twox_128;
use subxt::rpcs::rpc_params;

/// A change that waits, as pallet `Grandpa` has it in item `PendingChange`: the block that announced it, for how many
/// blocks it waits, who comes next, and, where it was forced, the block from which they go on.
type PendingChange = (u32, u32, AuthorityList, Option<u32>);

/// What the state after a block says of changes that are not in force yet.
#[derive(Default)]
struct Changes {
	/// The number of the block.
	number: u32,
	/// The change that waits.
	pending: Option<PendingChange>,
	/// Item `NextForced`: another one with each change that is forced, and never removed.
	next_forced: Option<u32>,
}

impl Changes {
	/// The block with which the change that waits comes into force.
	fn ends(&self) -> Option<u32> {
		self.pending.as_ref().map(|(announced, delay, ..)| announced.saturating_add(*delay))
	}

	/// The block that has to be final before the number of a set and its members, as the state after this finalized
	/// block has them, are those of one set that finalizes what follows. `None`: they are.
	///
	/// The pallet counts a set when its change is announced, and has its members when it comes into force: in between
	/// they do not belong together. A change that is forced comes into force without being final, because nothing is:
	/// then the state of the newest finalized block tells of those who finalize no more. Any other change waits until
	/// the set before has signed it.
	fn until(&self, best: &Self) -> Option<u32> {
		let is_forced = best.next_forced != self.next_forced;
		self.ends().or_else(|| is_forced.then(|| best.ends().unwrap_or(best.number)))
	}
}

impl Chain {
	/// The set of authorities that finalizes what comes after the newest finalized block, and the number of that block.
	/// It is the node's word.
	///
	/// # Errors
	///
	/// [`ChainError::AuthoritiesChanging`] while a change was announced that is not in force, and where one that was forced is not
	/// final; [`ChainError::Transport`].
	pub async fn authorities(&self) -> Result<(u32, AuthoritySet), ChainError> {
		let head: H256 = self.request("chain_getFinalizedHead", rpc_params![]).await?;
		let changes = self.changes(head).await?;
		let best: H256 = self.request("chain_getBlockHash", rpc_params![]).await?;
		if let Some(until) = changes.until(&self.changes(best).await?) {
			return Err(ChainError::AuthoritiesChanging { block: changes.number, until });
		}
		let block = AtBlock::Hash(head.0);
		let authorities: Option<AuthorityList> =
			self.stored(authorities_key(), head, block).await?;
		let set_id = self.stored(set_id_key(), head, block).await?;
		let set = AuthoritySet::new(set_id.unwrap_or_default(), &authorities.unwrap_or_default());
		Ok((changes.number, set))
	}

	/// What the state after a block says of changes to come.
	async fn changes(&self, hash: H256) -> Result<Changes, ChainError> {
		let header: Header = self.request("chain_getHeader", rpc_params![hash]).await?;
		let block = AtBlock::Hash(hash.0);
		Ok(Changes {
			number: header.number,
			pending: self.stored(grandpa_key(b"PendingChange"), hash, block).await?,
			next_forced: self.stored(grandpa_key(b"NextForced"), hash, block).await?,
		})
	}

	/// A value in the state of a block. Read as it is stored: blocks of any runtime have it in that form.
	pub(super) async fn stored<T: DecodeAll>(
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

/// The storage key of the number of the set.
pub(super) fn set_id_key() -> Vec<u8> {
	grandpa_key(b"CurrentSetId")
}

/// The storage key of an item of pallet `Grandpa` that is a single value.
fn grandpa_key(item: &[u8]) -> Vec<u8> {
	[twox_128(b"Grandpa"), twox_128(item)].concat()
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use codec::Encode;

	fn change(announced: u32, delay: u32, forced: Option<u32>) -> Option<PendingChange> {
		Some((announced, delay, AuthorityList::new(), forced))
	}

	#[test]
	fn keys_are_those_of_the_grandpa_pallet() {
		for (key, expected) in [
			(set_id_key(), "5f9cc45b7a00c5899361e1c6099678dc8a2d09463effcc78a22d75b9cb87dffc"),
			(
				grandpa_key(b"PendingChange"),
				"5f9cc45b7a00c5899361e1c6099678dc2ff65991b1c915dd6cc8d4825eacfcb4",
			),
			(
				grandpa_key(b"NextForced"),
				"5f9cc45b7a00c5899361e1c6099678dc01d7818126bd9b3074803e91f4c91b59",
			),
		] {
			assert_eq!(hex::encode(key), expected);
		}
	}

	#[test]
	fn a_change_that_waits_is_read_as_the_pallet_writes_it() {
		let stored = [9u32.encode(), 5u32.encode(), vec![0], Some(7u32).encode()].concat();
		let read = PendingChange::decode_all(&mut &stored[..]).unwrap();
		assert_eq!(read, (9, 5, AuthorityList::new(), Some(7)));
	}

	#[test]
	fn the_set_is_told_where_nothing_changes() {
		let finalized = Changes { number: 20, ..Changes::default() };
		let best = Changes { number: 23, ..Changes::default() };
		assert_eq!(finalized.until(&best), None);
		// One that was forced long ago is over.
		let finalized = Changes { next_forced: Some(12), ..finalized };
		let best = Changes { next_forced: Some(12), ..best };
		assert_eq!(finalized.until(&best), None);
	}

	#[test]
	fn the_set_is_refused_while_an_announced_change_waits() {
		for forced in [None, Some(3)] {
			let finalized = Changes {
				number: 20,
				pending: change(18, 10, forced),
				next_forced: forced.map(|_| 38),
			};
			let best = Changes {
				number: 22,
				pending: change(18, 10, forced),
				next_forced: forced.map(|_| 38),
			};
			assert_eq!(finalized.until(&best), Some(28));
		}
	}

	#[test]
	fn a_change_that_is_not_forced_and_not_final_changes_nothing_yet() {
		let finalized = Changes { number: 20, ..Changes::default() };
		let best = Changes { number: 22, pending: change(21, 10, None), next_forced: None };
		assert_eq!(finalized.until(&best), None);
	}

	#[test]
	fn the_set_is_refused_where_a_forced_change_is_not_final() {
		let finalized = Changes { number: 20, next_forced: Some(12), ..Changes::default() };
		let waits =
			Changes { number: 60, pending: change(55, 10, Some(20)), next_forced: Some(75) };
		assert_eq!(finalized.until(&waits), Some(65));
		// In force, and no block of it is final.
		let in_force = Changes { number: 70, pending: None, next_forced: Some(75) };
		assert_eq!(finalized.until(&in_force), Some(70));
	}
}
