//! The readers of zero knowledge on anything: points, proofs, keys, transcripts of ceremonies, what is for an auditor.
//!
//! The first byte says which reader, the rest is what it gets: see `hdx_fuzz::circuit`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hdx_fuzz::circuit::read(bytes));
