//! Tests by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod amend;
mod decisions;
mod emergency;
mod ended;
mod erasure;
mod frequency;
mod governance;
mod grant;
mod migration;
mod properties;
mod renewal;
mod requests;
mod revoke;
mod sponsor;
mod templates;
mod terms;
mod try_state;
