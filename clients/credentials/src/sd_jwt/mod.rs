//! Credentials as SD-JWT (RFC 9901), secured as "Securing Verifiable Credentials using JOSE and
//! COSE" section 3.2 has it (`vc+sd-jwt`).
//!
//! Every claim of `credentialSubject` is disclosable by itself, and nothing else is: what decides
//! whether a credential holds (issuer, dates, status, the holder's key) is always shown.

mod disclosure;
mod issue;
mod key_binding;
mod open;
mod parse;
mod present;
mod salt;
#[cfg(test)]
mod tests;
mod verify;

pub use disclosure::{Disclosure, DisclosureError};
pub use issue::{issue, IssueError, IssueOptions, MAX_DECOYS};
pub use key_binding::{Binding, Expected, KeyBindingError};
pub use open::OpenError;
pub use parse::{ParseError, SdJwt, MAX_DISCLOSURES, MAX_SD_JWT_BYTES};
pub use present::PresentError;
pub use salt::{SaltSource, SystemSalts, SALT_BYTES};
pub use verify::{Checks, Verified, VerifyError};

use jiff::SignedDuration;

/// How far the clocks of two honest machines may be apart.
pub const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);

const MEDIA_TYPE: &str = "vc+sd-jwt";
const DIGEST_ALGORITHM: &str = "sha-256";

/// The digest of a disclosure, or of a whole presentation (RFC 9901 section 4.2.3): over the text
/// as it is sent.
fn digest(text: &str) -> String {
	crate::base64url::encode(&sp_crypto_hashing::sha2_256(text.as_bytes()))
}
