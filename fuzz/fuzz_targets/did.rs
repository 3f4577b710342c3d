//! The readers of DIDs on anything: their URLs and the keys in their documents.
//!
//! The first byte says which reader, the rest is what it gets: see `hdx_fuzz::did`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hdx_fuzz::did::read(bytes));
