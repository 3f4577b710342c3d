//! # FHIR Consent as policies, and back
#![deny(missing_docs)]

mod coding;
mod consent;
mod decide;
mod dictionary;
mod directory;
mod error;
mod json;
mod members;
pub mod naming;
mod read;
pub mod receipt;
mod request;
mod resolve;
mod time;
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
pub use json::MAX_DOCUMENT_BYTES;
pub use read::{read_consent, read_consents, ReadOptions};
pub use request::{Asked, ConsultRequest};
pub use resolve::{Mapping, Origin, Resolved, Resolver, Unresolvable};
pub use write::{write_consent, WriteError};
