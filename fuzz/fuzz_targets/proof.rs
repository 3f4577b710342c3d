//! The readers of proofs of the log, and of what a node answers on anything: the authorities and the finality that they rest on with them.
//!
//! The first byte says which reader, the rest is what it gets: see `hdx_fuzz::proof`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hdx_fuzz::proof::read(bytes));
