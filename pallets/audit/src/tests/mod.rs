//! Tests, by topic.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod mmr;
mod proptests;
mod record;
mod seal;
mod try_state;
