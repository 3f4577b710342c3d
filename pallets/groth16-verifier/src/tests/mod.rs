//! The rules of circuits, keys and proofs, by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod batch;
mod genesis;
mod keys;
mod lifecycle;
mod mutants;
mod points;
mod proofs;
mod properties;
mod real;
mod try_state;
