//! # The ceremony that makes keys of circuits
//!
//! ## Overview
//!
//! Whoever knows the numbers that a key was made of proves what is false. So a key for production is made by
//! many: each party multiplies what it was given by numbers of its own, and forgets them. The key is sound as
//! long as one of them did in each phase. There are two phases, over BLS12-381: powers of tau, and the second phase of
//! Groth16 for one circuit. `docs/ceremony.md` says who does what; `docs/adr/0016-the-ceremony.md` has the
//! protocol, its sources and the file format.
//!
//! ## Terminology
//!
//! - **Transcript**: the file that goes from party to party ([`Transcript`]): a chain of records, and the state
//!   that they lead to.
//! - **Record**: one contribution, or the end of a phase ([`Record`]). It holds a [`Step`] for each secret.
//! - **Secret**: tau, alpha and beta in the first phase, delta in the second ([`Secret`]).
//! - **Beacon**: a public value that nobody knew beforehand; it ends a phase as one more contribution that
//!   everybody can do again ([`Beacon`]).
//! - **Shape**: the circuit as matrices ([`Shape`]).
//! - **Link**: the hash of a record, which the next one names.
//!
//! ## Who computes what
//!
//! [`contribute()`], [`close`] and [`keys()`] make; [`verify()`] and [`verify_key`] judge. What judges shares with
//! what makes only the format, the challenges and the beacon's delay, which both must have alike. It never
//! divides by delta, transforms no points and evaluates no query: it compares random combinations by pairings.
//!
//! Nothing here reads a file or a clock. Random numbers come in as [`Entropy`] or as a generator.

#![deny(missing_docs)]
#![cfg_attr(
	test,
	allow(
		clippy::unwrap_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::panic
	)
)]

mod beacon;
mod challenge;
mod contribute;
mod entropy;
mod fault;
mod format_error;
mod keys;
mod powers;
mod prepare;
mod reader;
mod record;
mod scaled;
mod shape;
#[cfg(test)]
mod tests;
mod transcript;
mod verify;

pub use beacon::{Beacon, BeaconError, Iterations};
pub use contribute::{close, contribute, ContributeError};
pub use entropy::Entropy;
pub use fault::{Fault, KeyFault};
pub use format_error::{FormatError, Place};
pub use keys::{keys, KeysError};
pub use powers::Powers;
pub use record::{By, Phase, Record, Secret, Step};
pub use scaled::Scaled;
pub use shape::{Shape, ShapeError, MAX_DOMAIN};
pub use transcript::{Header, Transcript, MAX_BYTES, MAX_RECORDS};
pub use verify::{verify, verify_key, Entry, KeyKind, Report};

/// What is being done, for whoever waits: a few words, without an end.
pub type Progress<'a> = dyn FnMut(&'static str) + 'a;
