//! What the bits of a credential say of it, or why nobody can tell.

use crate::{evidence::Place, milliseconds};
use hdx_credentials::status::{ListError, Purpose, Unavailable};
use hdx_primitives::Milliseconds;
use hdx_sdk::chain::ReportedStatus;
use jiff::Timestamp;

/// Why it is not known what a list says. Whatever it is, nothing is reported.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Doubt {
	/// The list cannot be had.
	#[error(transparent)]
	Unavailable(#[from] Unavailable),
	/// The list is refused, or has no such entry.
	#[error("{url}: {error}")]
	List {
		/// Where it was.
		url: String,
		/// Why.
		error: ListError,
	},
	/// An older list than one that was there before: somebody could be undoing a revocation.
	#[error("{url} serves a list of {found}, and had one of {seen} before")]
	RolledBack {
		/// Where it is.
		url: String,
		/// Since when the list holds that is there now.
		found: Timestamp,
		/// Since when the newest holds that was there.
		seen: Timestamp,
	},
	/// Nobody looked yet.
	#[error("{url} was not looked at yet")]
	NotLookedAt {
		/// Where it is.
		url: String,
	},
	/// The credential has no entry in any list.
	#[error("the credential has no entry in any list")]
	NoEntry,
}

/// What one bit says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
	/// What it means when it is set.
	pub purpose: Purpose,
	/// Whether it is set.
	pub is_set: bool,
	/// When the list was asked for.
	pub at: Timestamp,
	/// Which bit it is.
	pub place: Place,
}

/// What all bits of a credential say together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
	/// The status.
	pub status: ReportedStatus,
	/// When it was seen: of several lists, the moment of the oldest look.
	pub at: Milliseconds,
	/// The bits that say so.
	pub places: Vec<Place>,
}

/// Tells what the entries of a credential say.
///
/// A bit that is set, in a list that was verified, is enough, whatever became of the other lists:
/// revoked before suspended. Good takes all of them.
///
/// # Errors
///
/// The first [`Doubt`] where no bit is set that could be read, and not all could be; also where there is
/// no entry.
pub fn of(said: &[Result<Said, Doubt>]) -> Result<Seen, Doubt> {
	let set = |purpose| said.iter().flatten().find(move |one| one.is_set && one.purpose == purpose);
	if let Some(one) = set(Purpose::Revocation) {
		return Ok(seen(ReportedStatus::Revoked, &[one]));
	}
	if let Some(one) = set(Purpose::Suspension) {
		return Ok(seen(ReportedStatus::Suspended, &[one]));
	}
	let clear: Vec<&Said> =
		said.iter().map(Result::as_ref).collect::<Result<_, _>>().map_err(Clone::clone)?;
	if clear.is_empty() {
		return Err(Doubt::NoEntry);
	}
	Ok(seen(ReportedStatus::Good, &clear))
}

fn seen(status: ReportedStatus, said: &[&Said]) -> Seen {
	let mut places: Vec<_> = said.iter().map(|one| one.place.clone()).collect();
	places.sort();
	let oldest = said.iter().map(|one| one.at).min().unwrap_or(Timestamp::UNIX_EPOCH);
	Seen { status, at: milliseconds(oldest), places }
}
