//! Tests by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod decisions;
mod governance;
mod grant;
mod properties;
mod revoke;
mod sponsor;
mod try_state;
