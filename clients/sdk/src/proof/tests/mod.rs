//! Proofs about a synthetic chain: each link holds, and each refuses what was tampered with.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod assemble;
mod chain;
mod finality;
mod genesis;
mod inclusion;
mod json;
mod proptests;
mod size;
