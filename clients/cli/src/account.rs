//! Accounts and signing keys, as people write them.

use crate::{error::Error, files};
use hdx_primitives::AccountId;
use hdx_sdk::chain::Signer;
use std::{path::Path, str::FromStr};

/// Reads an account: SS58, `0x` and 64 hexadecimal digits, or a development name (`//Alice`).
pub fn parse(text: &str) -> Result<AccountId, String> {
	let not_one = || {
		format!("`{text}` is no account: give an SS58 address, 0x with 64 hexadecimal digits, or //Name")
	};
	if text.starts_with("//") {
		return Signer::read(text).map(|signer| signer.account()).map_err(|_| not_one());
	}
	// Sixty-four digits alone could be any hash.
	if text.len() == 64 {
		return Err(not_one());
	}
	AccountId::from_str(text).map_err(|_| not_one())
}

/// Reads the key that signs: a file, or a development key (`//Alice`).
///
/// Not clap's business: clap repeats what it cannot parse, and this may be a secret.
pub fn signer(text: &str) -> Result<Signer, Error> {
	let path = Path::new(text);
	if !text.starts_with("//") && path.is_file() {
		files::ensure_private(path)?;
	}
	Ok(Signer::read(text)?)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const ALICE_HEX: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

	#[test]
	fn reads_three_spellings_of_one_account() {
		for text in [ALICE, ALICE_HEX, "//Alice"] {
			assert_eq!(parse(text).unwrap().to_string(), ALICE);
		}
	}

	#[test]
	fn fails_when_it_is_no_account() {
		let mistyped = ALICE.replace('Q', "P");
		for text in ["", "Alice", "0x12", "//", &ALICE_HEX[2..], &mistyped] {
			let error = parse(text).unwrap_err();
			assert!(error.contains("SS58"), "{text}: {error}");
		}
	}

	#[test]
	fn signer_fails_when_the_file_is_missing_or_no_key() {
		let error = signer("./no-such.key").unwrap_err();
		assert!(error.to_string().contains("./no-such.key"), "{error}");
		assert_eq!(error.exit(), crate::exit::Exit::Usage);
	}

	#[cfg(unix)]
	#[test]
	fn signer_fails_when_others_may_read_the_file() {
		use std::os::unix::fs::PermissionsExt;
		let directory = tempfile::tempdir().unwrap();
		let file = directory.path().join("key");
		std::fs::write(&file, "//Alice").unwrap();
		std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
		let error = signer(file.to_str().unwrap()).unwrap_err();
		assert!(error.to_string().contains("chmod 600"), "{error}");
	}
}
