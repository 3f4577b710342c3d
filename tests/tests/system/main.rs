//! The whole system: real nodes, the real `hdx`, a file a subject.
//!
//! One program, since most of the time goes into waiting for blocks: tests of all subjects wait beside
//! each other, and it is linked once. Tests that only read, or are refused, share a node; whoever changes a
//! chain has one of its own.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::panic,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod access_by_proof;
mod audit;
mod authorities;
mod bad_input;
mod break_glass;
mod break_glass_by_proof;
mod bundles;
mod chain_head;
mod circuits;
mod compiled_runtimes;
mod connections;
mod consent;
mod consortium;
mod consortium_parameters;
mod consortium_upgrade;
mod credential;
mod did;
mod disclosures;
mod faults;
mod fifth;
mod finality;
mod flood;
mod governance;
mod licences;
mod listening;
mod metadata;
mod network;
mod next_version;
mod offline_signing;
mod operate;
mod operators_calls;
mod oracle;
mod oversight;
mod privacy;
mod proof;
mod providers;
mod referenda;
mod rights;
mod roster;
mod runbooks;
mod scene;
mod session_keys;
mod shielded;
mod shielded_flow;
mod studies;
mod upgrade;
mod warp_sync;
