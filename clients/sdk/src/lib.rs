//! # HDX SDK
//!
//! What a client of HealthDataExchange needs: sealing a FHIR record and opening what was released
//! ([`bundle`], [`seal`], [`store`]), and the chain's calls.

#![deny(missing_docs)]

pub mod bundle;
pub mod chain;
pub mod commitment;
pub mod proof;
pub mod seal;
pub mod store;
#[cfg(test)]
mod test_material;
