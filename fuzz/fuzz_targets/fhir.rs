//! The readers of FHIR that the target `consent_json` does not reach on anything: rosters, Bundles of consents, NPIs.
//!
//! The first byte says which reader, the rest is what it gets: see `hdx_fuzz::fhir`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| hdx_fuzz::fhir::read(bytes));
