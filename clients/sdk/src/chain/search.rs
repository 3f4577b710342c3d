//! Searching the blocks for the one where something began.

use super::ChainError;
use std::{future::Future, ops::RangeInclusive};

/// The first of some blocks of which something holds that never ceases to hold. Asks about thirty of them
/// at most.
pub(super) async fn first_that<F: Future<Output = Result<bool, ChainError>>>(
	blocks: RangeInclusive<u32>,
	holds: impl Fn(u32) -> F,
) -> Result<Option<u32>, ChainError> {
	let newest = *blocks.end();
	// It holds of none before `from`, and of all from `until` on.
	let (mut from, mut until) = (*blocks.start(), newest.saturating_add(1));
	while from < until {
		let middle = from.midpoint(until);
		if holds(middle).await? {
			until = middle;
		} else {
			from = middle.saturating_add(1);
		}
	}
	Ok((until <= newest).then_some(until))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects)]

	use super::*;
	use crate::chain::AtBlock;

	#[tokio::test]
	async fn the_first_block_is_found_in_any_chain() {
		for start in 0..2 {
			for newest in 0..40 {
				for first in start..=newest + 1 {
					let holds = |block| async move { Ok(block >= first) };
					let found = first_that(start..=newest, holds).await;
					assert_eq!(found.unwrap(), (first <= newest).then_some(first));
				}
			}
		}
	}

	#[tokio::test]
	async fn what_cannot_be_asked_ends_the_search() {
		let discarded =
			|number| async move { Err(ChainError::Discarded { block: AtBlock::Number(number) }) };
		let found = first_that(0..=9, discarded).await;
		assert!(matches!(found, Err(ChainError::Discarded { .. })));
	}
}
