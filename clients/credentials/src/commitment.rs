//! What the chain has of a credential.

use crate::sd_jwt::SdJwt;
use hdx_primitives::Commitment;

/// The commitment to a credential: the project's commitment to a document
/// ([`hdx_sdk::commitment::document`]), taken over the issuer-signed token alone.
///
/// The disclosures are left out, so the holder can show what was committed to with any of them or
/// none: the token is the same in every presentation.
pub fn of(salt: &[u8; 32], credential: &SdJwt) -> Commitment {
	hdx_sdk::commitment::document(salt, credential.issuer_signed().as_bytes())
}
