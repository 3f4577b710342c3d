//! The rules of the registry, by topic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

mod affiliation;
mod credential;
mod enrolment;
mod genesis;
mod institution;
mod invariants;
mod limits;
mod properties;
mod removal;
mod standing;
mod status;
