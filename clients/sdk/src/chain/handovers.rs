//! Sets of authorities: which one finalized, and how it came after those before.

use super::{authorities::set_id_key, search::first_that, AtBlock, Chain, ChainError};
use crate::proof::{
	announced, AssembleError, Finality, Handover, Header, HexBytes, ProofError, SetId,
};
use codec::Encode;
use sp_core::H256;
use std::{
	collections::BTreeMap,
	future::Future,
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
		let number = last_of(set_id, blocks, |number| self.set_after(number)).await?;
		let hash = self.hash_of(number).await?;
		let header: Header = self.request("chain_getHeader", rpc_params![hash]).await?;
		// A change that was forced has no justification to ask for.
		announced(&header).map_err(|link| {
			let link = Box::new(link);
			AssembleError::Unverifiable(ProofError::Handover { set_id, link })
		})?;
		let handover = Handover {
			header: header.encode().into(),
			justification: self.justification_of_last(set_id, number, hash).await?.into(),
		};
		self.ended.keep(set_id, (number, handover.clone()));
		Ok((number, handover))
	}

	/// The justification of a set's last block, which nodes keep that keep all blocks.
	async fn justification_of_last(
		&self,
		set_id: SetId,
		number: u32,
		hash: H256,
	) -> Result<Vec<u8>, ChainError> {
		let missing = || ChainError::NoJustification { block: number, set_id };
		// Asked about the last block itself, for no headers come along then.
		let answer: Result<Option<HexBytes>, _> =
			self.request("grandpa_proveFinality", rpc_params![number]).await;
		let answer = answer.map_err(|error| match is_not_covered(&error) {
			true => missing(),
			false => error,
		})?;
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
}

/// The last block of a set, among some of which the state of the last one has a later set. `set_after` tells the set that
/// finalizes what comes after a block.
///
/// Nodes throw the oldest states away first. Where those around the end of the set are gone, the oldest state that is left
/// has a later set as well, of a block that ends another set or none: so that the set was in force until this very block
/// is asked, and not concluded.
///
/// # Errors
///
/// [`ChainError::Discarded`] where the node cannot tell; [`ChainError::NotFound`] where the set did not end there, and
/// those of `set_after`.
async fn last_of<F: Future<Output = Result<SetId, ChainError>>>(
	set_id: SetId,
	blocks: RangeInclusive<u32>,
	set_after: impl Fn(u32) -> F,
) -> Result<u32, ChainError> {
	let is_over = |number| {
		let set = set_after(number);
		async move {
			match set.await {
				Ok(set) => Ok(set > set_id),
				// What is sought is newer, or gone, too.
				Err(ChainError::Discarded { .. }) => Ok(false),
				Err(error) => Err(error),
			}
		}
	};
	let not_found = || ChainError::NotFound { what: format!("end of authority set {set_id}") };
	let number = first_that(blocks, is_over).await?.ok_or_else(not_found)?;
	let before = number.checked_sub(1).ok_or_else(not_found)?;
	match set_after(before).await? {
		set if set == set_id => Ok(number),
		_ => Err(not_found()),
	}
}

/// Whether a node says that it does not know with which block the set ended: one that took the state from others instead
/// of the blocks. Nodes say it in words only.
fn is_not_covered(error: &ChainError) -> bool {
	error.to_string().contains("not covered by authority set changes")
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

	use super::*;

	/// The last block of a set on a chain whose sets end with blocks 5 and 20, by a node that has no state before `oldest`.
	async fn end(set_id: SetId, from: u32, oldest: u32) -> Result<u32, ChainError> {
		let set_after = |number: u32| async move {
			match number {
				_ if number < oldest => {
					Err(ChainError::Discarded { block: AtBlock::Number(number) })
				},
				0..5 => Ok(0),
				5..20 => Ok(1),
				_ => Ok(2),
			}
		};
		last_of(set_id, from..=30, set_after).await
	}

	#[tokio::test]
	async fn the_end_of_each_set_is_found() {
		assert_eq!(end(0, 0, 0).await.unwrap(), 5);
		assert_eq!(end(1, 6, 0).await.unwrap(), 20);
		// The state before is all that is needed.
		assert_eq!(end(0, 0, 4).await.unwrap(), 5);
		assert_eq!(end(1, 6, 19).await.unwrap(), 20);
	}

	#[tokio::test]
	async fn a_block_is_the_end_of_a_set_only_if_the_set_was_in_force_before_it() {
		// Where 20 is the oldest state, it looks like the end of set 0, and is that of set 1.
		for (set_id, from, oldest) in [(0, 0, 5), (0, 0, 9), (0, 0, 20), (1, 6, 20), (1, 6, 25)] {
			let error = end(set_id, from, oldest).await.unwrap_err();
			let expected = AtBlock::Number(oldest - 1);
			assert!(
				matches!(error, ChainError::Discarded { block } if block == expected),
				"set {set_id}, oldest state {oldest}: {error}"
			);
		}
		// With the states there, and the sets in no order.
		let error = last_of(0, 6..=9, |_| async { Ok(1) }).await.unwrap_err();
		assert!(matches!(error, ChainError::NotFound { .. }), "{error}");
	}

	#[tokio::test]
	async fn a_broken_connection_is_no_discarded_state() {
		let broken = |_| async { Err(ChainError::Transport("gone".to_owned())) };
		let error = last_of(0, 0..=9, broken).await.unwrap_err();
		assert!(matches!(error, ChainError::Transport(_)), "{error}");
	}

	#[test]
	fn a_node_that_does_not_know_the_ends_of_sets_is_told_from_a_broken_connection() {
		let said = "grandpa_proveFinality: Block not covered by authority set changes";
		assert!(is_not_covered(&ChainError::Transport(said.to_owned())));
		assert!(!is_not_covered(&ChainError::Transport("connection reset".to_owned())));
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
