//! The readers of the oracle on anything: its configuration, and the credentials that it watches.
//!
//! The first byte says which reader, the rest is what it gets: see `hdx_fuzz::oracle`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hdx_fuzz::oracle::read(bytes));
