//! # Consent engine
//!
//! `decide(consents, request, rules, at) -> Decision`: a pure function, without storage, clock or
//! unbounded allocation. The consent pallet, the gateway, the command line and the tests all call
//! this one.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod allowed;
mod code;
mod codeset;
mod decide;
mod decision;
mod implicit;
mod matching;
mod policy;
pub mod terminology;
mod tree;
mod validate;

pub use code::Code;
pub use decide::decide;
pub use decision::{
	Algorithm, Basis, Consent, ConsentId, Decision, ImplicitPolicy, Obligation, ObligationCodes,
	Obligations, Outcome, Request, Rules, Status, MAX_OBLIGATIONS, MAX_OBLIGATION_CODES,
};
pub use policy::{
	Actor, DataMeaning, DataReference, InstitutionId, Milliseconds, Period, Policy, Provision,
	Rule, Values, MAX_DEPTH, MAX_PROVISIONS, MAX_VALUES,
};
pub use validate::{validate, PolicyError};
