//! What the long test of the log's state printed (`state_size` of pallet-audit).

use crate::error::BenchError;
use serde::Serialize;
use std::{fs, path::Path};

/// How large the log is in the state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogState {
	/// Bytes of an entry within the window, its keys, all indexes and its share of the block's log included.
	pub bytes_per_entry: u64,
	/// How many entries were written through many windows of a thousand each.
	pub entries: u64,
	/// The least bytes of state after the first window.
	pub least: u64,
	/// The most bytes of state after the first window.
	pub most: u64,
}

/// Reads what the test printed.
pub fn read(path: &Path) -> Result<LogState, BenchError> {
	let file = |reason: String| BenchError::File { path: path.to_owned(), reason };
	let text = fs::read_to_string(path).map_err(|error| file(error.to_string()))?;
	parse(&text).ok_or_else(|| file("the long test of the log's state did not print".to_owned()))
}

fn parse(text: &str) -> Option<LogState> {
	let each = text.lines().find_map(|line| after(line, "a disclosure: "))?;
	// The longest run counts.
	let runs = text.lines().filter_map(|line| {
		let (before, rest) = line.split_once(" entries: from ")?;
		let entries = before.rsplit(' ').next()?.parse().ok()?;
		let (least, most) = (number(rest)?, after(rest, " to ")?);
		Some(LogState { bytes_per_entry: each, entries, least, most })
	});
	runs.max_by_key(|run| run.entries)
}

/// The number that follows the first occurrence of some words.
fn after(text: &str, words: &str) -> Option<u64> {
	number(text.split_once(words)?.1)
}

/// The number with which a text begins.
fn number(text: &str) -> Option<u64> {
	text.split(|one: char| !one.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_longest_run_of_the_test_is_read() {
		let text = "running 3 tests\n\
			a disclosure: 452 bytes of state, keys and all indexes included\n\
			a million of them: 452 MB\n\
			10000 entries: from 407000 to 407900 bytes of state after the first window\n\
			test one ... 1000000 entries: from 407672 to 407673 bytes of state after the first window\n";
		let expected =
			LogState { bytes_per_entry: 452, entries: 1_000_000, least: 407_672, most: 407_673 };
		assert_eq!(parse(text), Some(expected));
	}

	#[test]
	fn a_test_that_printed_nothing_gives_nothing() {
		assert_eq!(parse("running 0 tests"), None);
		assert_eq!(parse("a disclosure: 452 bytes of state"), None);
		assert!(read(Path::new("/nothing/here")).is_err());
	}
}
