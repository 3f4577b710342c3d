//! Tests of the oracle that need neither a node nor a network.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod backoff;
mod board;
mod config;
mod due;
mod evidence;
mod lists;
mod matching;
mod verdict;
