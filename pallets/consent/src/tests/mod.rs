//! Tests by topic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod all_calls;
mod amend;
mod decisions;
mod delegates;
mod emergency;
mod ended;
mod erasure;
mod frequency;
mod governance;
mod grant;
mod guardians;
mod guardianship;
mod migration;
mod properties;
mod proposals;
mod queries;
mod renewal;
mod requests;
mod revoke;
mod sponsor;
mod stories;
mod templates;
mod terms;
mod try_state;
