//! # HDX zero-knowledge circuits
//!
//! ## Overview
//!
//! A provider proves "I hold a valid, unrevoked consent that covers this category for this purpose
//! now", and the chain learns neither the patient nor the consent. Here are the statements, what
//! patients, providers and chains compute natively for them, and the prover and verifier.
//! `docs/zero-knowledge.md` gives every format, and who learns what.
//!
//! ## Terminology
//!
//! - **Note**: a consent, a delegation or a consent to take part in a study; the chain has its hash,
//!   a *leaf* of the consent tree ([`note`], [`merkle`]).
//! - **Circuit**: a statement with public inputs and a witness ([`circuits`]). Its sentences are
//!   *groups* of constraints.
//! - **Witness**: what makes a statement true and stays with the prover.
//! - **Any circuit**: one that is named while a program runs ([`AnyCircuit`]).
//! - **Relation**: a circuit as its matrices; a key fits one ([`Relation`]).
//! - **Nullifier**: a number that is the same whenever the same thing is used in the same scope, and
//!   tells nothing else.
//! - **Context**: where a proof counts, and for what ([`Binding`]).
//! - **Domain**: what a hash is of ([`domain`], [`poseidon`]).
//!
//! ## Scenario
//!
//! A patient lets a provider see everything for treatment, and proves that the consent is theirs to
//! give.
//!
//! ```
//! # fn scenario() -> Result<(), Box<dyn std::error::Error>> {
//! use ark_std::rand::{rngs::StdRng, SeedableRng};
//! use hdx_zk_circuits::{
//!     circuits::{Circuit, ConsentGrant, ConsentGrantPublic, ConsentGrantWitness},
//!     note::{Authority, Note, Policy, ProviderTag, Purpose, Recipient, Secret},
//!     prove::{setup_dev, Prover},
//!     Binding, Context, Fr,
//! };
//!
//! // Secrets and nonces come from a cryptographic generator; here they are small to be read.
//! let patient = Authority::patient(Secret::new(Fr::from(11u64)));
//! let provider = ProviderTag::of(&Secret::new(Fr::from(22u64)));
//! let note = Note {
//!     granter: patient.patient_key(),
//!     recipient: Recipient::provider(provider, patient.patient_key()),
//!     policy: Policy::new(u64::MAX, Purpose::TREATMENT.mask(), 0, 1_900_000_000_000)?,
//!     nonce: Fr::from(33u64),
//! };
//!
//! // Development keys: production takes those of a ceremony.
//! let mut rng = StdRng::seed_from_u64(0);
//! let prover = Prover::<ConsentGrant, _>::new(setup_dev(&mut rng)?)?;
//! let binding = Binding {
//!     genesis: [1; 32],
//!     circuit: ConsentGrant::NUMBER,
//!     version: 1,
//!     signer: [2; 32],
//!     request: [3; 32],
//! };
//! let public = ConsentGrantPublic { leaf: note.leaf(), context: Context::new(&binding) };
//! let witness = ConsentGrantWitness { note, authority: patient };
//! let proof = prover.prove(&public, &witness, &mut rng, &mut |_stage| ())?;
//! assert_eq!(prover.verifier().verify(&public, &proof), Ok(()));
//!
//! // It is of no use to somebody else, who would send it in another context.
//! let thief = Binding { signer: [4; 32], ..binding };
//! let stolen = ConsentGrantPublic { context: Context::new(&thief), ..public };
//! assert!(prover.verifier().verify(&stolen, &proof).is_err());
//! # Ok(())
//! # }
//! # scenario().unwrap();
//! ```
//!
//! ## Features
//!
//! - `std` (default): nothing here needs it. Without it the crate compiles for WebAssembly.
//! - `examples`: honest statements of made-up people, for benchmarks, tools and tests.
//! - `parallel`: proving uses the threads of the rayon pool that it is called in. Whoever bounds that
//!   pool bounds the threads.

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

mod any;
mod asked;
pub mod auditor;
pub mod circuits;
mod claims;
mod context;
pub mod domain;
#[cfg(any(test, feature = "examples"))]
pub mod examples;
pub mod field;
mod gadgets;
mod jubjub;
pub mod merkle;
pub mod note;
pub mod poseidon;
pub mod prove;
mod relation;
mod statement;

pub use any::{AnyCircuit, CeremonyKeys, DevelopmentKeys, Disbelief, KeyOrigin, Matrices};
pub use asked::Asked;
pub use context::{Binding, Context};
pub use relation::Relation;
pub use statement::Statement;

/// An element of the scalar field of BLS12-381, in which circuits compute.
pub type Fr = ark_bls12_381::Fr;

/// An element in a circuit.
pub type FrVar = ark_r1cs_std::fields::fp::FpVar<Fr>;
