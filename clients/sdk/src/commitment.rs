//! Salted commitments to documents: what the chain has of a credential or of a signed consent.

use codec::Encode;
use hdx_primitives::Commitment;
use sp_crypto_hashing::blake2_256;

/// Says what is hashed, so that no other hash of the project can be passed off for it.
const DOCUMENT_TAG: &[u8; 14] = b"hdx/document/1";

/// The commitment to a document: BLAKE2-256 of a tag, the salt and the document. Keep the salt
/// beside the document and secret: who has both can show what was committed to, who has neither
/// learns nothing.
pub fn document(salt: &[u8; 32], document: &[u8]) -> Commitment {
	Commitment(blake2_256(&(DOCUMENT_TAG, salt, document).encode()))
}

/// The hash of a document that is public, such as the description of an institution: BLAKE2-256 of
/// its bytes.
pub fn public(document: &[u8]) -> [u8; 32] {
	blake2_256(document)
}

#[cfg(test)]
mod tests {
	#[test]
	fn another_salt_or_another_document_gives_another_commitment() {
		let one = super::document(&[1; 32], b"licence");
		assert_eq!(one, super::document(&[1; 32], b"licence"));
		assert_ne!(one, super::document(&[2; 32], b"licence"));
		assert_ne!(one, super::document(&[1; 32], b"licences"));
	}
}
