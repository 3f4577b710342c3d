//! Tests, by topic.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod batches;
mod batches_properties;
mod break_glass;
mod break_glass_attacks;
mod break_glass_charges;
mod break_glass_properties;
mod by_proof;
mod by_proof_properties;
mod by_proof_use;
mod check_grant;
mod custody;
mod custody_properties;
mod decision;
mod disclosure;
mod disputes;
mod emergency;
mod emergency_by_proof;
mod emergency_by_proof_review;
mod emergency_by_proof_use;
mod emergency_terms;
mod erasure;
mod erasure_properties;
mod erasure_requests;
mod frequency;
mod genesis;
mod matrix;
mod migration;
mod migration_v3;
mod migration_v4;
mod properties;
mod register;
mod request;
mod required_level;
mod restrictions;
mod restrictions_properties;
mod retirement;
mod review;
mod review_queries;
mod revoke;
mod subject_tags;
#[cfg(feature = "try-runtime")]
mod try_state;
#[cfg(feature = "try-runtime")]
mod try_state_bases;
#[cfg(feature = "try-runtime")]
mod try_state_overrides;
#[cfg(feature = "try-runtime")]
mod try_state_proven;
#[cfg(feature = "try-runtime")]
mod try_state_proven_overrides;
mod uses;
mod uses_properties;
mod versions;
mod versions_properties;
mod versions_under_grants;
