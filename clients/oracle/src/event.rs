//! What an oracle tells about its work: one line an event.

use crate::evidence::{Place, Salt};
use hdx_sdk::chain::ReportedStatus;
use serde::Serialize;
use std::fmt;

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Event {
	/// It begins.
	Started {
		/// The oracle's account.
		account: String,
		/// How many credentials it watches.
		credentials: usize,
		/// How often it looks, in milliseconds.
		interval: u64,
	},
	/// There is a node.
	Connected {
		/// Where.
		node: String,
		/// The chain's genesis hash.
		genesis: String,
	},
	/// There is no node, or no more.
	NodeLost {
		/// Why.
		reason: String,
		/// Milliseconds until the next attempt.
		retry_in: u64,
	},
	/// The chain would take no report.
	Inactive {
		/// Why.
		reason: String,
	},
	/// The chain takes reports again.
	Active,
	/// A file of the configuration is refused; what it says is not watched.
	ConfigurationRefused {
		/// Which and why.
		reason: String,
	},
	/// A list cannot be had or is refused; nothing is reported by it.
	ListRefused {
		/// Which.
		list: String,
		/// Why.
		reason: String,
		/// When it is fetched again, at the earliest.
		next: String,
	},
	/// A list is there again.
	ListBack {
		/// Which.
		list: String,
	},
	/// A credential is not to be reported on.
	NotReported {
		/// Whose.
		practitioner: String,
		/// Which, as the configuration says.
		credential: String,
		/// Why.
		reason: String,
	},
	/// A report is on chain.
	Reported {
		/// Whose.
		practitioner: String,
		/// The credential's number.
		credential: u64,
		/// What was reported.
		status: &'static str,
		/// When the list was asked for.
		checked_at: String,
		/// The evidence, in hexadecimal digits.
		evidence: String,
		/// What opens it.
		opening: Opening,
		/// Whether enough oracles agree with it.
		decided: bool,
	},
	/// The chain refused a report.
	ReportRefused {
		/// Whose.
		practitioner: String,
		/// The credential's number.
		credential: u64,
		/// What was to be reported.
		status: &'static str,
		/// Why.
		reason: String,
		/// What to do.
		help: Option<&'static str>,
	},
	/// A round is over that was not like the one before, or ten minutes are.
	Round(Counts),
	/// It ends, as it was told to.
	Stopped,
}

/// What opens evidence: with it, whoever audits the oracle can compute the evidence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Opening {
	/// The salt, in hexadecimal digits.
	pub salt: String,
	/// The bits that were read.
	pub places: Vec<ShownPlace>,
}

/// One bit that was read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ShownPlace {
	/// The URL of the list.
	pub list: String,
	/// Which bit of it.
	pub index: u64,
	/// SHA-256 of the list, in hexadecimal digits.
	pub sha256: String,
}

impl Opening {
	/// What opens the evidence of these bits.
	pub fn new(salt: &Salt, places: &[Place]) -> Self {
		Self {
			salt: format!("0x{}", hex::encode(salt.0)),
			places: places.iter().map(Into::into).collect(),
		}
	}
}

impl From<&Place> for ShownPlace {
	fn from(place: &Place) -> Self {
		Self { list: place.list.clone(), index: place.index, sha256: hex::encode(place.digest) }
	}
}

impl fmt::Display for Opening {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "salt {}", self.salt)?;
		self.places.iter().try_for_each(|place| write!(f, ", {place}"))
	}
}

impl fmt::Display for ShownPlace {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "place {} of {} (SHA-256 {})", self.index, self.list, self.sha256)
	}
}

/// What a round came to.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
	/// Credentials that are watched.
	pub credentials: usize,
	/// Of these, good.
	pub good: usize,
	/// Suspended.
	pub suspended: usize,
	/// Revoked.
	pub revoked: usize,
	/// Of which nothing is known.
	pub doubtful: usize,
	/// Reports that the chain took.
	pub reported: usize,
	/// Reports that it refused.
	pub refused: usize,
	/// Reports that wait for the next round, since this one took too long.
	pub postponed: usize,
}

/// The word for a status.
pub fn word(status: ReportedStatus) -> &'static str {
	match status {
		ReportedStatus::Good => "good",
		ReportedStatus::Suspended => "suspended",
		ReportedStatus::Revoked => "revoked",
	}
}

impl fmt::Display for Event {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Started { account, credentials, interval } => {
				write!(f, "oracle {account} watches {credentials} credentials, every {interval} ms")
			},
			Self::Connected { node, genesis } => {
				write!(f, "connected to {node}, genesis {genesis}")
			},
			Self::NodeLost { reason, retry_in } => {
				write!(f, "no node: {reason}; again in {retry_in} ms")
			},
			Self::Inactive { reason } => write!(f, "no report is taken: {reason}"),
			Self::Active => f.write_str("reports are taken"),
			Self::ConfigurationRefused { reason } => write!(f, "not watched: {reason}"),
			Self::ListRefused { list, reason, next } => {
				write!(
					f,
					"list {list} refused, nothing is reported by it: {reason}; again at {next}"
				)
			},
			Self::ListBack { list } => write!(f, "list {list} is there again"),
			Self::NotReported { practitioner, credential, reason } => {
				write!(f, "nothing reported on credential {credential} of {practitioner}: {reason}")
			},
			Self::Reported {
				practitioner,
				credential,
				status,
				checked_at,
				evidence,
				opening,
				decided,
			} => {
				let decided = if *decided { ", and enough agree" } else { "" };
				write!(
					f,
					"reported {status}{decided}: credential {credential} of {practitioner}, seen at \
					 {checked_at}, evidence {evidence}, {opening}"
				)
			},
			Self::ReportRefused { practitioner, credential, status, reason, help } => {
				write!(
					f,
					"not taken: {status}, credential {credential} of {practitioner}: {reason}"
				)?;
				help.map_or(Ok(()), |help| write!(f, " ({help})"))
			},
			Self::Round(counts) => write!(f, "{counts}"),
			Self::Stopped => f.write_str("stopped"),
		}
	}
}

impl fmt::Display for Counts {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"{} credentials: {} good, {} suspended, {} revoked, {} in doubt; reports: {} taken, {} \
			 refused, {} postponed",
			self.credentials,
			self.good,
			self.suspended,
			self.revoked,
			self.doubtful,
			self.reported,
			self.refused,
			self.postponed,
		)
	}
}
