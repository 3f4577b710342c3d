//! Tests by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod attempts;
mod buckets;
mod emergencies;
mod genesis;
mod governance;
mod nesting;
mod pool;
mod properties;
mod protected;
mod sponsors;
mod sweep;
mod try_state;
mod weighing;
