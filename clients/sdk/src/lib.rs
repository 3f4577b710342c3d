//! # HDX SDK
//!
//! What a client of HealthDataExchange needs: sealing a FHIR record and opening what was released
//! ([`bundle`], [`seal`], [`store`]), the chain's calls ([`chain`]), proofs of its log ([`proof`]), and
//! its DIDs as W3C documents ([`did`]).

#![deny(missing_docs)]

pub mod bundle;
pub mod chain;
pub mod commitment;
pub mod did;
pub mod proof;
pub mod seal;
pub mod store;
#[cfg(test)]
mod test_material;
