//! # HDX oracle
//!
//! ## Overview
//!
//! A program that an institution or an independent body runs: it fetches the status lists of
//! licensing boards (W3C Bitstring Status List 1.0), verifies them, and reports to the chain what
//! they say of the credentials that it watches. What as many oracles as needed agree on takes hold.
//!
//! It never guesses. A credential is reported good only where every list that it names was had,
//! verified and found without its bit. Where there is doubt nothing is reported, and the chain's time
//! to live makes the last check lapse.
//!
//! ## Modules
//!
//! [`config`] reads what is watched and on whose word, [`watched`] is one credential of it. In a
//! round, [`lists`] has the lists, [`verdict`] tells what they say, [`matching`] finds the credential on
//! chain, [`due`] tells whether there is something to report, and [`evidence`] is the hash that
//! stands for what was seen. [`Oracle`] does a round, [`run`](run()) repeats it until it is told to stop;
//! [`event`] is what they tell about it.

#![deny(missing_docs)]

mod backoff;
pub mod config;
pub mod due;
pub mod event;
pub mod evidence;
pub mod lists;
pub mod matching;
mod oracle;
mod questions;
mod random;
pub mod refusal;
mod run;
pub mod verdict;
pub mod watched;

pub use backoff::Backoff;
pub use config::{Config, ConfigError};
pub use event::Event;
pub use oracle::{Finding, Oracle, Round};
pub use run::{connect, run};

use hdx_primitives::Milliseconds;
use jiff::Timestamp;

/// A moment, as the chain counts it. Moments before 1970 are its beginning.
pub fn milliseconds(moment: Timestamp) -> Milliseconds {
	Milliseconds(u64::try_from(moment.as_millisecond()).unwrap_or_default())
}
