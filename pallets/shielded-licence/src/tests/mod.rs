//! The rules of shielded licences, by topic.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects,
	clippy::panic
)]

mod auditors;
mod damage;
mod emergencies;
mod enter;
mod holders;
mod properties;
mod remove;
mod roots;
mod slots;
mod try_state;
