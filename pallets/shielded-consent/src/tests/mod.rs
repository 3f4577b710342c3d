//! The rules of shielded consents, by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod append;
mod damage;
mod properties;
mod revoke;
mod snapshots;
mod trees;
mod try_state;
