//! Names of the chain, as the words that people type and read: `EthicsBoard` is `ethics-board`.

use std::fmt::Debug;

/// The word for a variant without fields.
pub fn of(variant: impl Debug) -> String {
	let mut word = String::new();
	for one in format!("{variant:?}").chars() {
		if one.is_ascii_uppercase() && !word.is_empty() {
			word.push('-');
		}
		word.push(one.to_ascii_lowercase());
	}
	word
}

#[cfg(test)]
mod tests {
	use hdx_sdk::chain::{CredentialKind, InstitutionKind};

	#[test]
	fn a_word_is_typed_without_capitals() {
		assert_eq!(super::of(InstitutionKind::EthicsBoard), "ethics-board");
		assert_eq!(super::of(CredentialKind::Licence), "licence");
	}
}
