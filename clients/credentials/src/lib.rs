//! # HDX credentials
//!
//! ## Overview
//!
//! Verifiable credentials (W3C Verifiable Credentials Data Model 2.0) that say that a practitioner
//! is licensed or certified by a board, or an institution accredited. They stay with their holders;
//! the chain has salted commitments. A holder shows of a credential only what is asked for.
//!
//! ## Terminology
//!
//! - **Issuer**: who attests, such as a licensing board; named by a DID.
//! - **Holder**: who the credential is about and who keeps it.
//! - **Verifier**: to whom the holder shows it.
//! - **SD-JWT** (RFC 9901): a signed token that holds digests of claims, and beside it the
//!   *disclosures* that open them. A holder leaves out those that are nobody's business.
//! - **Key binding**: a token that the holder signs for one verifier, so that a presentation that
//!   was overheard is worth nothing.
//! - **Status list** (W3C Bitstring Status List 1.0): a compressed list of bits that the issuer
//!   publishes and signs; one bit tells whether a credential is revoked or suspended.
//!
//! ## Scenario
//!
//! ```
//! # fn scenario() -> Result<(), Box<dyn std::error::Error>> {
//! use hdx_credentials::{
//!     jose::{Algorithm, SigningKey},
//!     sd_jwt::{Binding, Checks, Expected, IssueOptions, SdJwt, SystemSalts},
//!     status::NoLists, Credential, KnownKeys,
//! };
//!
//! // A board issues a licence to a holder of whom it knows the public key.
//! let (board, nurse) = (SigningKey::generate(Algorithm::MlDsa65)?, SigningKey::generate(Algorithm::EdDsa)?);
//! let licence = Credential::from_json(br#"{
//!     "type": ["VerifiableCredential", "ProfessionalLicenceCredential"],
//!     "issuer": "did:web:board.example", "validFrom": "2026-01-01T00:00:00Z",
//!     "validUntil": "2030-01-01T00:00:00Z",
//!     "credentialSubject": {
//!         "id": "did:hdx:0123:nurse", "name": "Ada Lovelace", "npi": "1234567893",
//!         "licenceNumber": "RN-1", "jurisdiction": "US-MA", "taxonomy": "163W00000X"
//!     }
//! }"#)?;
//! let now = jiff::Timestamp::now();
//! let options = IssueOptions { holder: Some(nurse.public()), decoys: 3, now };
//! let issued = hdx_credentials::sd_jwt::issue(&licence, &board, &options, &mut SystemSalts)?;
//!
//! // The nurse shows a hospital that there is a licence, and which number it has.
//! let binding = Binding { key: &nurse, audience: "did:web:hospital.example", nonce: "n-1", now };
//! let shown = issued.present(&["licenceNumber"], Some(binding))?;
//!
//! // The hospital knows the board's key, and asks about that number alone.
//! let mut keys = KnownKeys::default();
//! keys.insert("did:web:board.example", board.public(), ..)?;
//! let checks = Checks {
//!     keys: &keys,
//!     status: &NoLists,
//!     now,
//!     binding: Some(Expected::new("did:web:hospital.example", "n-1")),
//! };
//! let verified = SdJwt::parse(&shown)?.verify(&checks)?;
//! assert_eq!(verified.disclosed, ["licenceNumber"]);
//! # Ok(())
//! # }
//! # scenario().unwrap();
//! ```
//!
//! ## Modules
//!
//! [`credential`] says what is attested, [`sd_jwt`] issues, presents and verifies it, [`status`]
//! revokes it, [`jose`] signs, [`fetch`] gets lists over HTTP, [`commitment`] is what the chain has.
//! Nothing here talks to the chain: keys come through [`KeyResolver`], lists through
//! [`status::StatusSource`].

#![deny(missing_docs)]

mod base64url;
pub mod commitment;
pub mod credential;
mod did_keys;
pub mod fetch;
pub mod jose;
mod json;
mod resolver;
pub mod sd_jwt;
pub mod status;

pub use credential::Credential;
pub use resolver::{KeyResolver, KnownKeys, NotADidUrl, ResolveError};
