//! What is a DID, and what is one of ours (W3C DID Core 1.0, section 3.1).

use super::problem::{ErrorCode, Problem};
use hdx_primitives::did::{Did, DidParseError};

/// Reads a `did:hdx`.
///
/// # Errors
///
/// [`ErrorCode::InvalidDid`], [`ErrorCode::MethodNotSupported`].
pub fn read(text: &str) -> Result<Did, Problem> {
	if !is_did(text) {
		let detail = format!("`{text}` is no DID: that is did:, a method, a colon, and a name");
		return Err(Problem::new(ErrorCode::InvalidDid, detail));
	}
	text.parse().map_err(|error| match error {
		DidParseError::OtherMethod => {
			let detail = format!("`{text}` is of another method than did:hdx");
			Problem::new(ErrorCode::MethodNotSupported, detail)
		},
		error => Problem::new(ErrorCode::InvalidDid, format!("`{text}` is no did:hdx: {error}")),
	})
}

/// Whether the text is a DID of any method.
fn is_did(text: &str) -> bool {
	let Some((method, name)) = text.strip_prefix("did:").and_then(|rest| rest.split_once(':'))
	else {
		return false;
	};
	let is_method = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
	!method.is_empty()
		&& method.bytes().all(is_method)
		&& name.split(':').all(is_name_part)
		&& !name.is_empty()
		&& !name.ends_with(':')
}

/// Whether the text is of `idchar`: letters, digits, `.`, `-`, `_` and percent-encoded bytes.
fn is_name_part(text: &str) -> bool {
	let mut rest = text.bytes();
	while let Some(byte) = rest.next() {
		let is_fine = match byte {
			b'%' => [rest.next(), rest.next()]
				.iter()
				.all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
			byte => byte.is_ascii_alphanumeric() || b".-_".contains(&byte),
		};
		if !is_fine {
			return false;
		}
	}
	true
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::{AccountId, H256};

	#[test]
	fn a_did_of_ours_is_read() {
		let did = Did::new(&H256::repeat_byte(7), AccountId::new([1; 32]));
		assert_eq!(read(&did.to_string()).unwrap(), did);
	}

	#[test]
	fn every_malformed_did_has_its_code() {
		let (chain, account) = ("07".repeat(8), "01".repeat(32));
		let did = format!("did:hdx:{chain}:{account}");
		for text in [
			String::new(),
			"did".into(),
			"did:".into(),
			"did:hdx".into(),
			"did:hdx:".into(),
			"did::x".into(),
			"did:Hdx:x".into(),
			"DID:hdx:x".into(),
			"did:key:".into(),
			"did:key:a:".into(),
			"did:key:a b".into(),
			"did:key:%zz".into(),
			"did:key:%a".into(),
			"did:key:é".into(),
			"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY".into(),
			format!(" {did}"),
			format!("{did} "),
			format!("{did}\n"),
			format!("{did}:"),
			format!("{did}0"),
			format!("{did}#key-0"),
			format!("{did}?versionTime=2027-06-30T12:00:00Z"),
			format!("{did}/path"),
			format!("did:hdx:{account}"),
			format!("did:hdx:{chain}"),
			format!("did:hdx:{chain}:"),
			format!("did:hdx:0x{chain}:{account}"),
			format!("did:hdx:{chain}:0x{account}"),
			format!("did:hdx:{}:{account}", "AB".repeat(8)),
			format!("did:hdx:{chain}:{}", "AB".repeat(32)),
			format!("did:hdx:{chain}:5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
		] {
			assert_eq!(read(&text).unwrap_err().code, ErrorCode::InvalidDid, "{text}");
		}
	}

	#[test]
	fn a_did_of_another_method_is_told_from_a_malformed_one() {
		for text in
			["did:key:z6Mk", "did:web:example.org:a", "did:hdx2:x", "did:web:a%3A8080", "did:x::y"]
		{
			assert_eq!(read(text).unwrap_err().code, ErrorCode::MethodNotSupported, "{text}");
		}
	}
}
