//! # Bundles
//!
//! Reads a FHIR R4 Bundle of one patient and splits it into the [`Section`]s that are sealed, and
//! later released or withheld, each as one.
//!
//! Nothing is interpreted that need not be: a resource is kept as the bytes it came in, so unknown
//! elements, the digits of decimals, the order of members and every escape survive. Only what
//! labelling and withholding need is read from it (codes, references, times, `meta.security`).
//!
//! A Bundle that could be read in two ways, or that belongs to no single patient, is refused with
//! the file, the place in it and what to do ([`BundleError`]).
//!
//! The envelope of the Bundle (its id, timestamp, signature, links) is transport and is not kept,
//! except for its type.

mod builtin_rules;
mod dated;
mod error;
mod facts;
mod label;
mod labelling;
mod read;
mod resource_types;
mod rules;
mod section;
#[cfg(test)]
mod tests;
mod unique_keys;

pub use error::BundleError;
pub use label::{Label, LabelSet};
pub use labelling::Labeller;
pub use read::{Bundle, Resource, MAX_BUNDLE_BYTES};
pub use resource_types::{is_resource_type, resource_types};
pub use rules::{RuleError, RuleTable, DEFAULT_MIN_CONFIDENCE};
pub use section::{class_code, ResourceFacts, Section, CLASS_SYSTEM};
