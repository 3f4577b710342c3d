//! # HDX zero-knowledge circuits
//!
//! Poseidon over the scalar field of BLS12-381, and its twin in circuits.

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

pub mod domain;
pub mod field;
pub mod poseidon;

/// An element of the scalar field of BLS12-381, in which circuits compute.
pub type Fr = ark_bls12_381::Fr;

/// An element in a circuit.
pub type FrVar = ark_r1cs_std::fields::fp::FpVar<Fr>;
