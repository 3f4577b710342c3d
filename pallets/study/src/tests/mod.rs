//! The rules of studies, by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod attest;
mod close;
mod enrol;
mod properties;
mod refused;
mod register;
mod results;
mod try_state;
