//! # FHIR Consent as policies, and back
//!
//! Hospitals keep what patients permit as FHIR `Consent` documents, R4 or R5; the consent engine
//! decides by policies. This crate reads the one as the other, writes it back, and answers requests
//! from files alone. It asks nobody: references are resolved in a Bundle that the caller gives.
//!
//! It also reads a hospital's directory for enrolment ([`roster`]), and renders what the provider
//! registry says of practitioners and institutions ([`provider`]).
//!
//! ## Terminology
//!
//! - **Document**: JSON of at most [`MAX_DOCUMENT_BYTES`], from anywhere.
//! - **Policy**: the engine's tree of provisions. Its codes are 128-bit hashes.
//! - **Dictionary**: the words behind a policy's hashes, as a document wrote them.
//! - **Directory**: a Bundle with the practitioners, organisations and groups that documents name.
//! - **Resolver**: tells who and what a reference is: a [`Directory`] by identifiers, for decisions
//!   off chain; a [`Mapping`] by accounts and institutions, for grants on chain.
//!
//! ## Scenario
//!
//! A clinic is asked for a patient's record. It has the patient's consent, the request and its
//! directory as files, and decides:
//!
//! ```
//! use hdx_consent_engine::{Milliseconds, Rules};
//! use hdx_fhir::{decide_request, DecideOptions, Source};
//!
//! let request = br#"{
//!     "patientId": [{ "system": "urn:mrn", "value": "77" }], "purposeOfUse": "TREAT"
//! }"#;
//! let consent = br#"{
//!     "resourceType": "Consent", "id": "1", "status": "active",
//!     "subject": { "reference": "Patient/77" }, "date": "2024-05-01",
//!     "decision": "permit",
//!     "provision": [{ "securityLabel": [{
//!         "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"
//!     }] }]
//! }"#;
//! let options = DecideOptions {
//!     at: Milliseconds(1_717_243_200_000),
//!     rules: Rules::default(),
//!     emergency_opt_out: false,
//! };
//! let answer = decide_request(
//!     Source { name: "request.json", bytes: request },
//!     &[Source { name: "consent.json", bytes: consent }],
//!     None,
//!     &options,
//! )?;
//! assert_eq!(answer.decision, "CONSENT_PERMIT");
//! let redacted = answer.obligations[0].parameters.codes.as_ref().unwrap();
//! assert_eq!(redacted[0].code, "R");
//! # Ok::<(), hdx_fhir::SourceError>(())
//! ```
//!
//! ## API
//!
//! | For | Use |
//! |---|---|
//! | reading a Consent | [`read_consent`], [`read_consents`]; [`Consent::into_policy`] for a grant |
//! | writing a policy | [`write_consent`] |
//! | deciding from files | [`decide_request`] |
//! | a receipt | [`receipt::receipt`] |
//! | what the provider registry says of somebody | [`provider::practitioner()`] and its neighbours |
//! | whom a directory names, for enrolment | [`roster::read_practitioners`], [`roster::read_organizations`] |
//!
//! ## What is read
//!
//! Both releases have the same attributes of a provision; they differ in the root and in the types.
//!
//! | | R4 | R5 |
//! |---|---|---|
//! | told by | anything else | a root `decision`; or no root `provision` that is one object, and more elements that only R5 has |
//! | base rule | root `provision.type`; else `policyRule` OPTIN or OPTOUT of v3-ActCode | `decision` |
//! | root attributes | those of the root `provision` | none: a decision is about everything |
//! | nested types | each provision's `type`, a permit inside a permit included | alternate from the decision |
//! | in force | root `provision.period` | `period` |
//!
//! A document is refused, with the JSON path of the element, what stands there and what was expected,
//! where a policy cannot hold what it says: see [`Refusal`] for every cause. Ignored, since they have
//! no part in a decision, are `text`, `language`, `verification`, `policyText` and `extension` (which
//! by FHIR's own rule may be ignored; `modifierExtension` may not, and is refused), and of a coding its
//! `version` and `display`.
#![deny(missing_docs)]

pub mod audit;
mod coding;
mod consent;
mod decide;
mod dictionary;
mod directory;
mod error;
mod human_name;
pub mod institution;
mod json;
mod members;
pub mod naming;
pub mod npi;
pub mod provider;
mod read;
pub mod receipt;
mod request;
mod resolve;
pub mod roster;
mod time;
pub mod unambiguous;
mod write;

pub use coding::{Coding, Identifier, Reference};
pub use consent::{Consent, ConsentStatus, FhirVersion, Metadata, UnresolvedActor};
pub use decide::{
	decide_request, Answer, AnsweredObligation, BasedOn, DatePeriod, DecideOptions, Parameters,
	Source, SourceError, WrittenData,
};
pub use dictionary::Dictionary;
pub use directory::Directory;
pub use error::{ReadError, Refusal};
pub use human_name::HumanName;
pub use json::MAX_DOCUMENT_BYTES;
pub use read::{read_consent, read_consents, ReadOptions};
pub use request::{Asked, ConsultRequest};
pub use resolve::{Mapping, Origin, Resolved, Resolver, Unresolvable};
pub use time::covered;
pub use write::{write_consent, WriteError};
