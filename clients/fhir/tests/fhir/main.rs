//! Everything that reads or writes FHIR, from outside: one program, a file a subject.
//!
//! [`support`], [`fsh`], [`profile`] and [`views`] hold the material, the other files the tests.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::arithmetic_side_effects
)]

mod audit;
mod deciding;
mod directory;
mod fsh;
mod hl7;
mod npi;
mod pcf;
mod profile;
mod provider;
mod provider_shape;
mod reading;
mod receipts;
mod refusals;
mod requests;
mod roster;
mod roster_order;
mod round_trip;
mod support;
mod synthea;
mod verification;
mod views;
