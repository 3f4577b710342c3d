//! Tests, by topic.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::arithmetic_side_effects
)]

mod genesis;
mod holds;
mod migration;
mod mmr;
mod monitoring;
mod oversight_properties;
mod proptests;
mod pruning;
mod query;
mod record;
mod retention;
mod reviews;
mod seal;
mod state_size;
mod try_state;
