//! The readers of `hdx-credentials` on anything: what issuers, holders and servers of lists send.
//!
//! The first byte says which reader, the rest is what it gets: see `hdx_fuzz::credential`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hdx_fuzz::credential::read(bytes));
