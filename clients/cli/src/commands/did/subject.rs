//! Whose DID.

use crate::{account, error::Error};
use hdx_primitives::{did::Did, AccountId};
use hdx_sdk::chain::Chain;

/// An account, or its DID.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
	/// As an account.
	Account(AccountId),
	/// As a DID, which may be one of another chain.
	Did(Did),
}

/// Reads an account or a DID.
pub fn parse(text: &str) -> Result<Subject, String> {
	if text.starts_with("did:") {
		let did = text.parse().map_err(|error| format!("`{text}` is no did:hdx: {error}"))?;
		return Ok(Subject::Did(did));
	}
	account::parse(text)
		.map(Subject::Account)
		.map_err(|error| format!("{error}, or a DID (did:hdx:…)"))
}

impl Subject {
	/// The account, on this chain.
	pub fn on(self, chain: &Chain) -> Result<AccountId, Error> {
		match self {
			Self::Account(account) => Ok(account),
			Self::Did(did) if chain.is_home_of(&did) => Ok(did.account),
			Self::Did(did) => Err(Error::ForeignDid {
				did: did.to_string(),
				url: chain.url().to_owned(),
				genesis: hex::encode(chain.genesis()),
			}),
		}
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use hdx_primitives::H256;

	#[test]
	fn an_account_and_its_did_are_read() {
		let alice = account::parse("//Alice").unwrap();
		assert_eq!(parse("//Alice").unwrap(), Subject::Account(alice.clone()));
		let did = Did::new(&H256::repeat_byte(7), alice);
		assert_eq!(parse(&did.to_string()).unwrap(), Subject::Did(did));
	}

	#[test]
	fn fails_when_it_is_neither() {
		for text in ["did:hdx:07", "did:key:z6Mk", "did:", "Alice", ""] {
			assert!(parse(text).is_err(), "{text}");
		}
		assert!(parse("did:key:z6Mk").unwrap_err().contains("did:hdx:"));
		assert!(parse("Alice").unwrap_err().contains("DID"));
	}
}
