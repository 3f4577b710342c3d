//! Proofs about a synthetic chain: each link holds, and each refuses what was tampered with.
#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod assemble;
mod authorities;
mod chain;
mod finality;
mod genesis;
mod handover;
mod inclusion;
mod json;
mod lineage;
mod proptests;
mod size;
