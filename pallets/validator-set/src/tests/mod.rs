//! The rules of the set, by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod adding;
mod genesis;
mod history;
mod keys;
mod offences;
mod planning;
mod properties;
mod removing;
mod reports;
mod sessions;
mod terms;
mod try_state;
mod views;
