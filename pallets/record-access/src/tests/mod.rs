//! Tests, by topic.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod check_grant;
mod decision;
mod disclosure;
mod frequency;
mod matrix;
mod migration;
mod properties;
mod register;
mod request;
mod required_level;
mod revoke;
#[cfg(feature = "try-runtime")]
mod try_state;
