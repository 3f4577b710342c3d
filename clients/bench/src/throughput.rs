//! Transactions a second, as the method of standard transactions per second (sTPS) counts them: by the events of
//! finalized blocks, over the time between the timestamps of blocks.

use serde::Serialize;

/// A finalized block, and what was counted in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CountedBlock {
	/// Its number.
	pub number: u64,
	/// The time that the block has, in milliseconds since 1970.
	pub time: u64,
	/// How many of the wanted events it has.
	pub counted: u64,
}

impl CountedBlock {
	/// Whether it has at least nine tenths of the most that a block has. What a block costs by itself is as little of
	/// each of its transactions then as of those of the fullest.
	pub fn is_full(&self, most: u64) -> bool {
		self.counted > 0 && self.counted.saturating_mul(10) >= most.saturating_mul(9)
	}
}

/// What one round of a load came to.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Throughput {
	/// How many transactions were counted.
	pub counted: u64,
	/// From the first block that has one to the last: how many blocks.
	pub blocks: usize,
	/// The time of those blocks: from the timestamp of the one before the first to that of the last.
	pub seconds: f64,
	/// Transactions a second of that time.
	pub per_second: f64,
	/// The most that one block has.
	pub most_in_block: u64,
	/// The blocks that are as full as that one or nearly, the oldest first.
	pub full: Vec<CountedBlock>,
}

impl Throughput {
	/// Of consecutive blocks, the oldest first. `None` where nothing was counted, where the block before the first that
	/// was is missing or has no time (the genesis block), or where no time went by.
	pub fn of(blocks: &[CountedBlock]) -> Option<Self> {
		let first = blocks.iter().position(|block| block.counted > 0)?;
		let last = blocks.iter().rposition(|block| block.counted > 0)?;
		let begin = blocks.get(first.checked_sub(1)?)?.time;
		let span = blocks.get(first..=last)?;
		let end = span.last()?.time;
		if begin == 0 || end <= begin {
			return None;
		}
		let counted = span.iter().map(|block| block.counted).sum();
		let most_in_block = span.iter().map(|block| block.counted).max()?;
		let full = span.iter().filter(|block| block.is_full(most_in_block)).copied().collect();
		let seconds = end.abs_diff(begin) as f64 / 1_000.0;
		Some(Self {
			counted,
			blocks: span.len(),
			seconds,
			per_second: counted as f64 / seconds,
			most_in_block,
			full,
		})
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	fn blocks(counted: &[(u64, u64)]) -> Vec<CountedBlock> {
		(7..)
			.zip(counted)
			.map(|(number, (time, counted))| CountedBlock {
				number,
				time: *time,
				counted: *counted,
			})
			.collect()
	}

	#[test]
	fn time_runs_from_the_block_before_the_first_to_the_last() {
		// Blocks without any, before and after, do not count; those between do.
		let found = Throughput::of(&blocks(&[
			(8_000, 0),
			(10_000, 0),
			(12_000, 30),
			(14_000, 0),
			(16_000, 60),
			(18_000, 0),
		]));
		let found = found.unwrap();
		assert_eq!((found.counted, found.blocks, found.most_in_block), (90, 3, 60));
		assert_eq!((found.seconds, found.per_second), (6.0, 15.0));
	}

	#[test]
	fn blocks_are_full_that_have_nine_tenths_of_the_most() {
		let found = Throughput::of(&blocks(&[
			(2_000, 0),
			(4_000, 90),
			(6_000, 89),
			(8_000, 100),
			(10_000, 0),
			(12_000, 20),
		]));
		let full: Vec<_> = found.unwrap().full.iter().map(|block| block.number).collect();
		assert_eq!(full, [8, 10]);
		let empty = CountedBlock { number: 1, time: 1, counted: 0 };
		assert!(!empty.is_full(0));
	}

	#[test]
	fn a_late_block_takes_the_time_that_it_took() {
		let found = Throughput::of(&blocks(&[(2_000, 0), (4_000, 10), (10_000, 10)])).unwrap();
		assert_eq!((found.seconds, found.per_second), (8.0, 2.5));
	}

	#[test]
	fn no_rate_without_a_beginning_or_an_end() {
		assert_eq!(Throughput::of(&[]), None);
		assert_eq!(Throughput::of(&blocks(&[(2_000, 0), (4_000, 0)])), None);
		// The block before is missing, is the genesis block, or is no older.
		assert_eq!(Throughput::of(&blocks(&[(2_000, 5)])), None);
		assert_eq!(Throughput::of(&blocks(&[(0, 0), (2_000, 5)])), None);
		assert_eq!(Throughput::of(&blocks(&[(2_000, 0), (2_000, 5)])), None);
	}
}
