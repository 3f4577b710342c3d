//! The readers of records on anything: Bundles, manifests, packages, keys, and what was decrypted.
//!
//! The first byte says which reader, the rest is what it gets: see `hdx_fuzz::record`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hdx_fuzz::record::read(bytes));
