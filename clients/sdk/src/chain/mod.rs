//! # The chain
//!
//! A connection to a node ([`Chain`]), the keys that sign ([`Signer`]), and one method for each
//! thing that people do: enrol, sponsor, consent, register, ask, disclose, revoke, read the log,
//! prove an entry.

mod audit;
mod connect;
mod consent;
mod error;
pub mod interface;
mod provider;
mod record;
mod signer;
mod submit;

pub use connect::Chain;
pub use consent::{ConsentView, TemplateView};
pub use error::ChainError;
pub use provider::{CredentialKind, Enrolment, InstitutionView, PractitionerView};
pub use record::{AccessAnswer, GrantView, RecordView};
pub use signer::Signer;
pub use submit::{Included, Until};
