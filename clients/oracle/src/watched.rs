//! A credential that is watched.

use hdx_credentials::{
	fetch::{self, FetchError},
	status::{Entry, EntryError, Purpose, MAX_ENTRIES},
};
use hdx_primitives::{AccountId, Commitment, CredentialId};
use hdx_sdk::chain::Signer;
use serde::Deserialize;
use std::{collections::BTreeSet, fmt, str::FromStr};

/// Which credential of a practitioner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
	/// By its number. It stays the same when the credential is renewed.
	Number(CredentialId),
	/// By its commitment, which a renewal changes: the entries then have to be given anew, which is
	/// safer where a renewed credential has another place in the list.
	Commitment(Commitment),
}

impl fmt::Display for Which {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Number(id) => write!(f, "{}", id.0),
			Self::Commitment(commitment) => write!(f, "0x{}", hex::encode(commitment.0)),
		}
	}
}

/// A credential, and where its issuer tells its status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
	/// Whose it is.
	pub practitioner: AccountId,
	/// Which of theirs.
	pub which: Which,
	/// The DID of its issuer, which must have signed the lists.
	pub issuer: String,
	/// Its places in lists: at least one, at most one a purpose.
	pub entries: Vec<Entry>,
}

/// A credential as it is written: in the configuration, or in a file of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
	practitioner: String,
	number: Option<u64>,
	commitment: Option<String>,
	issuer: String,
	#[serde(default)]
	status: Vec<WrittenEntry>,
	#[serde(rename = "credentialStatus")]
	credential_status: Option<serde_json::Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
	purpose: String,
	list: String,
	index: u64,
}

/// Why a credential cannot be watched.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WatchError {
	/// The practitioner is not named by an account.
	#[error(
		"`{found}` is no account: give an SS58 address, 0x with 64 hexadecimal digits, or //Name"
	)]
	NotAnAccount {
		/// What was given.
		found: String,
	},
	/// It is not said which credential.
	#[error("`number` or `commitment` has to say which credential it is")]
	WhichOne,
	/// It is said twice.
	#[error("`number` and `commitment` both say which credential it is: give one of them")]
	Twice,
	/// The commitment is no hash.
	#[error("`{found}` is no commitment: give 0x and 64 hexadecimal digits")]
	NotACommitment {
		/// What was given.
		found: String,
	},
	/// Nobody said which key such an issuer signs with.
	#[error("`{found}` is not among the issuers: give an [[issuer]] with that DID and its keys")]
	UnknownIssuer {
		/// The DID.
		found: String,
	},
	/// There is no place to look at.
	#[error("it has no place in any list: without one nothing can be told of it")]
	NoStatus,
	/// Both ways to give the places.
	#[error("`status` and `credentialStatus` both say where to look: give one of them")]
	TwoStatuses,
	/// Two entries of one purpose.
	#[error("it has two places for {purpose}: give one")]
	PurposeTwice {
		/// The purpose.
		purpose: Purpose,
	},
	/// A purpose that is not understood.
	#[error("`{found}` is no purpose: revocation and suspension are understood")]
	UnknownPurpose {
		/// What was given.
		found: String,
	},
	/// No list has so many entries.
	#[error("there is no entry {index}: the largest list has {MAX_ENTRIES}")]
	IndexTooLarge {
		/// The index.
		index: u64,
	},
	/// An entry of `credentialStatus` is not understood.
	#[error(transparent)]
	Entry(#[from] EntryError),
	/// The list would not be fetched.
	#[error(transparent)]
	List(#[from] FetchError),
}

impl Written {
	/// Checks what is written. `issuers` are the DIDs of which keys are known.
	///
	/// # Errors
	///
	/// [`WatchError`].
	pub fn check(self, issuers: &BTreeSet<&str>) -> Result<Watched, WatchError> {
		let practitioner = account(&self.practitioner)?;
		let which = match (self.number, self.commitment) {
			(Some(number), None) => Which::Number(CredentialId(number)),
			(None, Some(text)) => Which::Commitment(commitment(&text)?),
			(None, None) => return Err(WatchError::WhichOne),
			(Some(_), Some(_)) => return Err(WatchError::Twice),
		};
		if !issuers.contains(self.issuer.as_str()) {
			return Err(WatchError::UnknownIssuer { found: self.issuer });
		}
		let entries = match (self.status, self.credential_status) {
			(written, None) => {
				written.into_iter().map(WrittenEntry::read).collect::<Result<Vec<_>, _>>()?
			},
			(written, Some(_)) if !written.is_empty() => return Err(WatchError::TwoStatuses),
			(_, Some(serde_json::Value::Array(list))) => {
				list.iter().map(Entry::read).collect::<Result<_, _>>()?
			},
			(_, Some(one)) => vec![Entry::read(&one)?],
		};
		check_entries(&entries)?;
		Ok(Watched { practitioner, which, issuer: self.issuer, entries })
	}
}

impl WrittenEntry {
	fn read(self) -> Result<Entry, WatchError> {
		let purpose = Purpose::from_name(&self.purpose)
			.ok_or(WatchError::UnknownPurpose { found: self.purpose })?;
		Ok(Entry { id: None, purpose, index: self.index, list: self.list })
	}
}

fn check_entries(entries: &[Entry]) -> Result<(), WatchError> {
	if entries.is_empty() {
		return Err(WatchError::NoStatus);
	}
	let mut purposes = BTreeSet::new();
	for entry in entries {
		if !purposes.insert(entry.purpose) {
			return Err(WatchError::PurposeTwice { purpose: entry.purpose });
		}
		if entry.index >= MAX_ENTRIES {
			return Err(WatchError::IndexTooLarge { index: entry.index });
		}
		fetch::check_url(&entry.list)?;
	}
	Ok(())
}

/// Reads an account: SS58, `0x` and 64 hexadecimal digits, or a development name (`//Dave`).
fn account(text: &str) -> Result<AccountId, WatchError> {
	let not_one = || WatchError::NotAnAccount { found: text.to_owned() };
	if text.starts_with("//") {
		return Signer::read(text).map(|signer| signer.account()).map_err(|_| not_one());
	}
	// Sixty-four digits alone could be any hash.
	if text.len() == 64 {
		return Err(not_one());
	}
	AccountId::from_str(text).map_err(|_| not_one())
}

fn commitment(text: &str) -> Result<Commitment, WatchError> {
	let digits = text.strip_prefix("0x").unwrap_or_default();
	let bytes = hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok());
	bytes.map(Commitment).ok_or_else(|| WatchError::NotACommitment { found: text.to_owned() })
}
