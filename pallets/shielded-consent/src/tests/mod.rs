//! The rules of shielded consents, by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod access;
mod append;
mod categories;
mod damage;
mod delegated;
mod properties;
mod revoke;
mod snapshots;
mod tags;
mod trees;
mod try_state;
