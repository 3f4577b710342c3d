//! Which block was the newest at some time.

use super::{search::first_that, AtBlock, BlockTime, Chain, ChainError};
use hdx_primitives::Milliseconds;
use std::future::Future;

impl Chain {
	/// The newest block that is no later than `time`: the one whose state held then. Asks the node
	/// for the times of some thirty blocks at most.
	///
	/// # Errors
	///
	/// [`ChainError::NotFound`] where the chain began later, [`ChainError::Discarded`],
	/// [`ChainError::Transport`].
	pub async fn block_at_time(&self, time: Milliseconds) -> Result<BlockTime, ChainError> {
		let best = self.block_time(AtBlock::Best).await?;
		let newest = u32::try_from(best.number).map_err(ChainError::transport)?;
		let found = last_not_after(newest, time, |number| async move {
			match self.block_time(AtBlock::Number(number)).await {
				Ok(block) => Ok(block.time),
				// Nodes throw the oldest states away first: what is sought is newer, or gone, too.
				Err(ChainError::Discarded { .. }) => Ok(Milliseconds(0)),
				Err(error) => Err(error),
			}
		})
		.await?;
		match found {
			Some(number) => self.block_time(AtBlock::Number(number)).await,
			None => Err(ChainError::NotFound { what: "block that is so old".to_owned() }),
		}
	}
}

/// The last of the blocks 1 to `newest` whose time is not after `time`; times never decrease.
async fn last_not_after<F: Future<Output = Result<Milliseconds, ChainError>>>(
	newest: u32,
	time: Milliseconds,
	time_of: impl Fn(u32) -> F,
) -> Result<Option<u32>, ChainError> {
	let first_after = first_that(1..=newest, |number| {
		let at = time_of(number);
		async move { Ok(at.await? > time) }
	})
	.await?;
	let last = first_after.map_or(newest, |number| number.saturating_sub(1));
	Ok((last > 0).then_some(last))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

	use super::*;
	use proptest::prelude::*;

	/// The last block not after `time`, of blocks with these times.
	fn search(times: &[u64], time: u64) -> Option<u32> {
		let newest = u32::try_from(times.len()).unwrap();
		let time_of = |number: u32| {
			let found = times.get(number as usize - 1).copied().map(Milliseconds);
			async move { Ok(found.unwrap()) }
		};
		let search = last_not_after(newest, Milliseconds(time), time_of);
		futures::executor::block_on(search).unwrap()
	}

	#[test]
	fn a_block_holds_from_its_time_until_the_next() {
		let times = [10, 16, 22];
		for (time, block) in [(10, 1), (15, 1), (16, 2), (21, 2), (22, 3), (1_000, 3)] {
			assert_eq!(search(&times, time), Some(block), "{time}");
		}
	}

	#[test]
	fn nothing_held_before_the_first_block() {
		assert_eq!(search(&[10, 16], 9), None);
		assert_eq!(search(&[], 9), None);
	}

	proptest! {
		#[test]
		fn the_search_finds_what_looking_at_every_block_finds(
			mut times in proptest::collection::vec(1_u64..100, 0..40),
			time in 0_u64..110,
		) {
			times.sort_unstable();
			let found = times.iter().rposition(|one| *one <= time);
			prop_assert_eq!(search(&times, time), found.map(|at| u32::try_from(at).unwrap() + 1));
		}
	}
}
