//! Readers of what was decrypted: a custodian chooses it, and a grantee reads it.

use super::{cipher, open, OpenError, OpenedResource, SectionId};

/// The text of a padded one.
pub fn unpad(padded: &[u8]) -> Option<&[u8]> {
	cipher::unpad(padded)
}

/// A text, padded.
pub fn pad(text: &[u8]) -> Option<Vec<u8>> {
	cipher::pad(text).map(|padded| padded.to_vec())
}

/// The resources of a section's text.
///
/// # Errors
///
/// [`OpenError::NotASection`].
pub fn read_section(text: &[u8]) -> Result<Vec<OpenedResource>, OpenError> {
	open::read(SectionId(0), text)
}
