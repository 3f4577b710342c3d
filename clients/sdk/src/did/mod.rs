//! # DIDs as W3C documents
//!
//! What the chain knows of a `did:hdx`, in the words of W3C DID Core 1.0 and DID Resolution:
//! [`resolve()`] turns a DID into a document, [`dereference()`] a DID URL (`did:hdx:…#key-0`,
//! `did:hdx:…?versionTime=2027-06-30T12:00:00Z#key-0`) into a document or a part of one.
//!
//! ## How the chain's words are told
//!
//! | On the chain | In the document |
//! |---|---|
//! | a key | `verificationMethod`, also where it has ended |
//! | its end | `revoked`; `expires` where the end is known and later than what is asked about (Controlled Identifiers 1.0, section 2.2) |
//! | what it may be used for | `authentication` and its like refer to it, while it is in force only |
//! | Ed25519, X25519, sr25519, ML-DSA-65 | `Multikey`, by the multicodec table (0xed, 0xec, 0xef, 0x1211) |
//! | X-Wing | `JsonWebKey` with `kty` `AKP` and `alg` `X-Wing`: the multicodec table has no code for it |
//! | subject and controllers | `controller`, as DIDs, the subject first |
//! | services | `service`; a client sets only endpoints that are URIs |
//! | creation, last change, version | `created`, `updated`, `versionId` of the metadata |
//! | deactivation | `deactivated` of the metadata, and no document, unless it is [asked for](ResolutionOptions::return_deactivated) |
//!
//! What is asked about a time later than the newest block is answered as if nothing changed until
//! then, as the chain's own queries do.
//!
//! Errors are told twice in the metadata of a result: `error` holds the code of DID Core 1.0
//! (`notFound`), `problemDetails` the object of RFC 9457 that later drafts of DID Resolution have.

mod dereference;
mod document;
mod method;
mod problem;
mod resolve;
mod result;
mod syntax;
#[cfg(test)]
mod tests;
mod url;

pub use dereference::{dereference, Content, DereferencingMetadata, DereferencingResult};
pub use document::{DidDocument, Service, CONTEXTS};
pub use method::{multikey, read_multikey, NotAMultikey, PublicJwk, PublicKey, VerificationMethod};
pub use problem::{ErrorCode, Problem};
pub use resolve::{look_up, resolve, ResolutionOptions, Version};
pub use result::{DidDocumentMetadata, DidResolutionMetadata, DidResolutionResult};
pub use url::DidUrl;
