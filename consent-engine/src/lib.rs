//! # Consent engine
//!
//! `decide(choices, request, rules, at) -> Decision`: a pure function, without storage, clock or
//! unbounded allocation. The consent pallet, the gateway, the command line and the tests all call
//! this one.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod allowed;
mod attribute;
mod code;
mod decide;
mod decision;
mod distinct;
mod implicit;
mod matching;
mod nodes;
mod obligation;
mod policy;
mod residual;
mod scope;
mod spared;
mod survey;
pub mod terminology;
mod tree;
mod validate;

pub use code::Code;
pub use decide::decide;
pub use decision::{
	Algorithm, Basis, Choices, Consent, ConsentId, Decision, ImplicitPolicy, Outcome, Request,
	Rules, Status,
};
pub use obligation::{
	DataFacts, DataFilter, Obligation, ObligationCodes, ObligationData, ObligationPeriods,
	Obligations, MAX_OBLIGATIONS, MAX_OBLIGATION_CODES, MAX_OBLIGATION_DATA,
	MAX_OBLIGATION_PERIODS,
};
pub use policy::{
	Actor, DataMeaning, DataReference, InstitutionId, Milliseconds, Period, Policy, Provision,
	Rule, Values, MAX_DEPTH, MAX_PROVISIONS, MAX_VALUES,
};
pub use scope::{Excess, Scope, ScopedAttribute};
pub use validate::{validate, PolicyError};
