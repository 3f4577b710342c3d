//! # Consent engine
//!
//! May this requester, for this purpose, do this, now, and what must be withheld? [`decide`] answers
//! that from a patient's consents: a pure function, without storage, clock or unbounded allocation.
//! The consent pallet, the gateway, the command line and the tests all call this one.
//!
//! `docs/consent.md` gives the semantics rule by rule, with examples.
//!
//! ## Terminology
//!
//! - **Consent**: a [`Policy`] with a version, a status and the time when it was given.
//! - **Policy**: a tree of [`Provision`]s. The root is the base rule, the others are exceptions.
//! - **Request**: who asks, for which purposes, to do what, and which data ([`Request`]).
//! - **Choices**: what the patient decided: consents, and whether they opted out of emergency
//!   override ([`Choices`]).
//! - **Obligation**: what a permit demands to withhold ([`Obligation`]), by a [`DataFilter`].
//! - **Implicit policy**: what holds where no consent applies ([`ImplicitPolicy`]).
//!
//! ## Example
//!
//! A patient lets everybody read for treatment, except what is labelled PSY.
//!
//! ```
//! use hdx_consent_engine::{
//!     decide,
//!     terminology::{purpose::TREAT, sensitivity::{HIV, PSY}},
//!     Choices, Consent, ConsentId, DataFacts, Milliseconds, Outcome, Policy, Provision, Request, Rule,
//!     Rules, Status,
//! };
//!
//! let mut everybody = Provision::new(0, Rule::Permit);
//! everybody.purposes.try_push(TREAT).unwrap();
//! let mut psychiatry = Provision::new(0, Rule::Deny);
//! psychiatry.labels.try_push(PSY).unwrap();
//! let policy = Policy {
//!     categories: Default::default(),
//!     provisions: vec![everybody, psychiatry].try_into().unwrap(),
//! };
//! let consent = Consent {
//!     id: ConsentId(1),
//!     version: 1,
//!     status: Status::Active,
//!     given_at: Milliseconds(0),
//!     policy: &policy,
//! };
//!
//! let request = Request { purposes: &[TREAT], ..Request::default() };
//! let decision =
//!     decide(&Choices::from(&[consent]), &request, &Rules::default(), Milliseconds(1_000));
//!
//! assert_eq!(decision.outcome, Outcome::Permit);
//! let withholds = |codes: &[_]| {
//!     let facts = DataFacts { codes, ..DataFacts::default() };
//!     decision.obligations.iter().any(|obligation| obligation.withholds(&facts))
//! };
//! assert!(withholds(&[PSY, HIV]));
//! assert!(!withholds(&[HIV]));
//! ```
//!
//! ## Break-glass
//!
//! Break-glass (BTG) is declared besides the purpose: an emergency physician asks for {TREAT, BTG}.
//! A root that names purposes is about requests for those purposes only, and a permit inside it that
//! names BTG does not change that. With {TREAT, BTG} the root matches by TREAT and the permit for
//! BTG matches too, so the physician gets what both permit. A request for BTG alone is about none
//! of the root's purposes: that consent does not apply to it, and the jurisdiction's implicit policy
//! decides. Where the root names no purpose, BTG alone is enough.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

mod allowed;
mod attribute;
mod code;
mod coded;
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
