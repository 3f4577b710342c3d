//! Where lists come from, and what they say of a credential.

use super::{Entry, ListError, Purpose, StatusList};
use crate::KeyResolver;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A list that cannot be had. Its credentials are refused: no news is no good news.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the status list {url} cannot be had: {reason}")]
pub struct Unavailable {
	/// The list.
	pub url: String,
	/// Why.
	pub reason: String,
}

/// Whoever gets lists: from the network, a cache or a file.
pub trait StatusSource {
	/// The token at `url`. It is verified by whoever asks.
	///
	/// # Errors
	///
	/// [`Unavailable`].
	fn list(&self, url: &str) -> Result<String, Unavailable>;
}

/// A source that has nothing: for credentials without a status.
#[derive(Clone, Copy, Default, Debug)]
pub struct NoLists;

impl StatusSource for NoLists {
	fn list(&self, url: &str) -> Result<String, Unavailable> {
		Err(Unavailable { url: url.to_owned(), reason: "there is no source of lists".to_owned() })
	}
}

/// Lists that were had before.
#[derive(Clone, Default, Debug)]
pub struct KnownLists(BTreeMap<String, String>);

impl KnownLists {
	/// Adds the list that is published at `url`.
	pub fn insert(&mut self, url: impl Into<String>, token: impl Into<String>) {
		self.0.insert(url.into(), token.into());
	}

	/// Adds a list under the URL that it says is its own. It is verified when it is used.
	///
	/// # Errors
	///
	/// [`ListError`] when it cannot be read.
	pub fn add(&mut self, token: &str) -> Result<(), ListError> {
		let (list, _) = StatusList::read(token)?;
		self.insert(list.id, token);
		Ok(())
	}
}

impl StatusSource for KnownLists {
	fn list(&self, url: &str) -> Result<String, Unavailable> {
		self.0.get(url).cloned().ok_or_else(|| Unavailable {
			url: url.to_owned(),
			reason: "it is not among the lists that were given".to_owned(),
		})
	}
}

/// A status that was looked up, and is good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
	/// The list.
	pub list: String,
	/// The bit that is not set.
	pub index: u64,
	/// What it would mean.
	pub purpose: Purpose,
	/// Until when the list itself holds.
	pub valid_until: Timestamp,
}

/// Why a credential does not stand, or nobody knows.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StatusError {
	/// The issuer took it back for good.
	#[error("the credential is revoked: entry {index} of {list}")]
	Revoked {
		/// The list.
		list: String,
		/// The bit.
		index: u64,
	},
	/// The issuer took it back until further notice.
	#[error("the credential is suspended: entry {index} of {list}")]
	Suspended {
		/// The list.
		list: String,
		/// The bit.
		index: u64,
	},
	/// The list cannot be had.
	#[error(transparent)]
	Unavailable(#[from] Unavailable),
	/// The list is refused.
	#[error("{url}: {error}")]
	List {
		/// Where it was.
		url: String,
		/// Why.
		error: ListError,
	},
}

/// Looks up an entry of a credential of `issuer`.
///
/// # Errors
///
/// [`StatusError`], also when the credential is good and its list cannot be had or trusted.
pub fn check(
	entry: &Entry,
	issuer: &str,
	source: &dyn StatusSource,
	keys: &dyn KeyResolver,
	now: Timestamp,
) -> Result<Checked, StatusError> {
	let refuse = |error| StatusError::List { url: entry.list.clone(), error };
	let token = source.list(&entry.list)?;
	let list = StatusList::verify(token.trim(), keys, now).map_err(refuse)?;
	let (url, index) = (entry.list.clone(), entry.index);
	match (list.is_set(entry, issuer).map_err(refuse)?, entry.purpose) {
		(true, Purpose::Revocation) => Err(StatusError::Revoked { list: url, index }),
		(true, Purpose::Suspension) => Err(StatusError::Suspended { list: url, index }),
		(false, purpose) => {
			Ok(Checked { list: url, index, purpose, valid_until: list.valid_until })
		},
	}
}
