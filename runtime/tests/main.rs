//! The runtime's own tests, a module for each subject. In one program: each program of tests compiles the whole runtime
//! anew, and tests of all subjects run side by side. What a fuzzer calls is a program of its own (fuzz.rs), as it is
//! also run for hours, optimised.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used,
	missing_docs
)]
// Calls are nested in calls.
#![recursion_limit = "256"]

// What tests share. The fuzzer uses the rest of the first.
#[allow(dead_code)]
mod arbitrary_calls;
mod chain;
mod chambers;
// Benchmarks run on it too, which not every build has.
#[allow(dead_code)]
mod watched;
mod world;

mod access_by_proof;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
mod break_glass;
mod break_glass_by_proof;
mod break_glass_quota;
mod charges;
mod consent;
mod custody;
mod dearest_callers;
mod did;
mod disclosure_batches;
mod enacting;
mod entry_of_each_call;
mod equivocations;
mod erasure;
mod flow;
mod forgetting;
mod governance;
mod governed_entries;
mod imported_blocks;
mod log_is_kept;
mod metadata_hash;
mod metrics;
#[cfg(feature = "runtime-benchmarks")]
mod migrations;
mod on_behalf;
mod patients_rights;
mod prices;
mod proofs;
mod provider_quota;
mod providers;
mod proxy_kinds;
mod purposes;
mod quota;
mod quota_weights;
mod rehearsal;
mod safe_mode;
mod shielded;
mod shielded_licences;
mod studies;
mod tracks;
mod two_chambers;
mod validators;
mod versions;
mod weight_sources;
mod weights;
