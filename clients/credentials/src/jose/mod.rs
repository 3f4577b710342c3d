//! Signing: JSON Web Signatures (RFC 7515) and keys (RFC 7517), with Ed25519 (RFC 8037) and
//! ML-DSA-65 (RFC 9964).

mod algorithm;
mod jwk;
mod jws;
mod key;
mod key_file;
mod scheme;

pub use algorithm::Algorithm;
pub use jwk::JwkError;
pub use jws::JwsError;
pub(crate) use jws::{sign, Jws};
pub(crate) use key::is_of;
pub use key::{Named, PublicKey, Signer, SigningKey};
pub use key_file::read_public;
