//! # HDX zero-knowledge circuits

#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![deny(missing_docs)]
#![cfg_attr(
	test,
	allow(
		clippy::unwrap_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::panic
	)
)]

extern crate alloc;

pub mod auditor;
pub mod circuits;
mod claims;
pub mod domain;
pub mod field;
mod gadgets;
mod jubjub;
pub mod merkle;
pub mod note;
pub mod poseidon;
pub mod prove;
mod relation;
mod statement;

pub use relation::Relation;
pub use statement::Statement;

/// An element of the scalar field of BLS12-381, in which circuits compute.
pub type Fr = ark_bls12_381::Fr;

/// An element in a circuit.
pub type FrVar = ark_r1cs_std::fields::fp::FpVar<Fr>;
