//! # HDX SDK
//!
//! What a client of HealthDataExchange needs: sealing a FHIR record and opening what was released
//! ([`bundle`], [`seal`], [`store`]), the chain's calls ([`chain`]), proofs of its log ([`proof`]), its DIDs as W3C
//! documents ([`did`]), and what a chain starts with ([`session`] keys, the hash of its [`genesis`]).

#![deny(missing_docs)]

pub mod bundle;
pub mod chain;
pub mod commitment;
pub mod did;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
pub mod genesis;
pub mod proof;
pub mod seal;
pub mod session;
pub mod store;
#[cfg(test)]
mod test_material;
