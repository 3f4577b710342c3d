//! Base64url without padding (RFC 4648 section 5), in its one canonical form.

use base64::{
	alphabet,
	engine::{general_purpose::NO_PAD, GeneralPurpose},
	Engine,
};

/// Refuses padding, and bits that no byte has: each value has one spelling, so what was signed or
/// hashed cannot be spelt another way.
const CANONICAL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, NO_PAD);

/// Writes bytes.
pub fn encode(bytes: &[u8]) -> String {
	CANONICAL.encode(bytes)
}

/// Reads bytes; none when it is another spelling or no base64url at all.
pub fn decode(text: &str) -> Option<Vec<u8>> {
	CANONICAL.decode(text).ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_value_has_one_spelling() {
		assert_eq!(decode("_-8"), Some(vec![0xff, 0xef]));
		for other in ["/+8", "_-8=", "_-9", "_-8 ", "_-8\n", "_"] {
			assert_eq!(decode(other), None, "{other:?}");
		}
	}
}
