//! The rules of the registry, by topic.

#![allow(
	clippy::unwrap_used,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects
)]

mod accreditation;
mod affiliation;
mod appeals;
mod attestation;
mod commitments;
mod credential;
mod enrolment;
mod genesis;
mod holds;
mod institution;
mod invariants;
mod issuers;
mod level_three;
mod levels;
mod licences;
mod limits;
mod migration;
mod moves;
mod oracles;
mod origins;
mod properties;
mod recovery;
mod removal;
mod replacement;
mod reports;
mod rotation;
mod scale;
mod second_key;
mod standing;
mod status;
mod take_over;
mod transfer;
mod views;
