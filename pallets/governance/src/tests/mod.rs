//! Tests of the chambers, by subject.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod proposals;
mod seats;
