//! A directory's practitioners and organisations, as candidates for enrolment.
//!
//! A hospital that joins has its staff in a directory, and exports it as a FHIR R4 Bundle
//! (`collection`, `searchset`, `transaction` or `batch`) of `Practitioner`s, and one of
//! `Organization`s. They are read here, checked, and put into an order that does not depend on the
//! Bundle's, so that an enrolment that was interrupted goes on where it stopped:
//! [`key`](PractitionerCandidate::key) says who is done.
//!
//! ## What is read
//!
//! | Element | Becomes |
//! |---|---|
//! | `identifier[]` with a value | [`identifiers`](PractitionerCandidate::identifiers); at least one |
//! | `identifier[]` of the NPI system | [`npi`](PractitionerCandidate::npi): the number, or why it is none |
//! | `active` | [`active`](PractitionerCandidate::active); true where it is missing, as FHIR has it |
//! | `name[]` | the official one, else the first that is not old |
//! | `address[]` | all that are neither of the home nor old |
//! | `Practitioner.qualification[]` | [`Qualification`]s |
//! | `Organization.type[]` | [`StatedKind`](crate::institution::StatedKind) |
//!
//! Other elements have no part in an enrolment. A `modifierExtension` could change the meaning of
//! all of them, and is refused.
//!
//! ## What is refused
//!
//! With the path of the element, such as `Bundle.entry[3].resource.identifier[0].value`: JSON that
//! is truncated, larger than [`MAX_DOCUMENT_BYTES`](crate::MAX_DOCUMENT_BYTES), or no Bundle; an
//! entry without a resource, or of another type (unless its `search.mode` says that it is no
//! match); a page that is not the last; an identifier, a resource's id or a `fullUrl` that two
//! entries share. An NPI with a wrong check digit is an error *of the candidate*: synthetic
//! directories have such numbers, so the caller decides, by [`invalid_npis`].
//!
//! ## Who works where
//!
//! R4's own way to say so is `PractitionerRole`. Directories without it may still give both parties
//! the same postal address; [`Workplaces`] finds it. That is a proposal, for people to confirm:
//! tenants of one building share an address.
//!
//! Synthea's sample directory (102 practitioners, 102 hospitals) is of this kind: one practitioner
//! at each hospital's address, each address once. Ids and identifiers have nothing in common, and
//! two hospital names occur twice, so that nothing else would tell. Both files also stand in the
//! same order and carry the same counts of encounters, which is an accident of their making and not
//! looked at. Of its 102 NPIs none is one: they are numbers of two to five digits, and `0`.

mod address;
mod bundle;
mod duplicates;
mod identity;
mod name;
mod organization;
mod practitioner;
mod qualification;

pub use crate::human_name::HumanName;
pub use address::{PostalAddress, Workplace, Workplaces};
pub use organization::{read_organizations, OrganizationCandidate};
pub use practitioner::{invalid_npis, read_practitioners, PractitionerCandidate};
pub use qualification::Qualification;
