//! Oracles, their terms and their reports.

use super::{RegistrationStatus, ReportedStatus};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{AccountId, InstitutionId, Milliseconds, H256};
use scale_info::TypeInfo;

/// Somebody who reads issuers' status lists and reports what they say.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Oracle {
	/// The institution that runs it and answers for its transactions; `None` for an independent
	/// body.
	pub institution: Option<InstitutionId>,
	/// Whether its reports count.
	pub status: RegistrationStatus,
	/// How often it contradicted a quorum since it was registered or reinstated.
	pub misbehaviour: u32,
	/// When it was registered, or last reinstated. What it saw before does not count.
	pub registered_at: Milliseconds,
}

/// What governance asks of oracles.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct OracleTerms {
	/// How many oracles have to agree. At least one.
	pub quorum: u32,
	/// How long a check counts, from the oldest look of those who agreed.
	pub ttl: Milliseconds,
	/// How long a report counts, from the moment at which the oracle looked.
	pub report_lifetime: Milliseconds,
	/// With how many contradictions an oracle is suspended. At least one.
	pub max_misbehaviour: u32,
}

/// The last report of one oracle about one credential.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Report {
	/// Who reported.
	pub oracle: AccountId,
	/// What it read.
	pub status: ReportedStatus,
	/// The oracle's commitment to what it saw: the list's address, the index and the hash of the list.
	///
	/// The chain compares none and keeps it for disputes only. It has to be salted, by a salt that the
	/// oracle keeps and shows to who audits it. Lists are public and have few places, so that without a
	/// salt anybody finds the place by trying all; and whoever was shown the document knows from it whose
	/// place that is, and would know the name to this account and to all that it ever asked for.
	pub evidence: H256,
	/// When it looked.
	pub checked_at: Milliseconds,
	/// Whether the report was counted in an outcome already. It is kept so that the same look is
	/// not reported twice.
	pub counted: bool,
}

impl Report {
	/// Whether it still counts at `now`.
	pub fn is_live(&self, terms: &OracleTerms, now: Milliseconds) -> bool {
		!self.counted && !self.is_too_old(terms, now)
	}

	/// Whether it is too old to be told.
	pub fn is_too_old(&self, terms: &OracleTerms, now: Milliseconds) -> bool {
		self.checked_at.saturating_add(terms.report_lifetime) <= now
	}
}
