//! Whether there is something to report.
//!
//! The chain is asked first: where it already has what was seen, and not for too long, nobody needs
//! another report. So an oracle that starts anew, or whose report was lost, does the right thing by
//! itself, and a quorum of three in five does not cost five reports.

use crate::verdict::Seen;
use hdx_primitives::Milliseconds;
use hdx_sdk::chain::{CredentialStatus, CredentialView, Observation, OracleTerms, ReportedStatus};

/// A report that the chain took.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sent {
	/// What was reported.
	pub status: ReportedStatus,
	/// The look that was reported.
	pub at: Milliseconds,
	/// Whether enough oracles agreed with it at once.
	pub decided: bool,
	/// What the chain knew before: another check or finding since then means that enough agreed.
	pub before: (Option<Observation>, Option<Observation>),
}

/// What to do about a credential.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
	/// Report what was seen.
	Report,
	/// The chain has it, and will for more than half of the time to live.
	Known,
	/// Reported; the others have not agreed yet.
	Waiting,
	/// No report changes anything: it is revoked or expired on chain.
	Over,
	/// The look is too old to be reported, or was reported before: fetch the list again.
	LookAgain,
}

/// Tells what to do. `last` is the last report that the chain took from this oracle, `now` the time.
pub fn of(
	seen: &Seen,
	credential: &CredentialView,
	last: Option<&Sent>,
	terms: &OracleTerms,
	now: Milliseconds,
) -> Due {
	let found = credential.finding.map(|finding| finding.status);
	let is_over = credential.status == CredentialStatus::Revoked
		|| credential.valid.end.is_some_and(|end| end <= now)
		// Only the issuer brings a revoked credential back, by attesting it anew.
		|| found == Some(ReportedStatus::Revoked);
	if is_over {
		return Due::Over;
	}
	let is_known = match seen.status {
		ReportedStatus::Good => {
			found.is_none() && credential.check.is_some_and(|check| !half(check.at, terms.ttl, now))
		},
		status => found == Some(status),
	};
	if is_known {
		return Due::Known;
	}
	// Reports of an attestation that was renewed since are gone.
	let last = last.filter(|last| last.at >= credential.attested_at);
	if let Some(last) = last {
		let is_counted = last.decided || last.before != (credential.check, credential.finding);
		let is_same = last.status == seen.status;
		if is_same && !is_counted && !half(last.at, terms.report_lifetime, now) {
			return Due::Waiting;
		}
	}
	let is_told = last.is_some_and(|last| last.at >= seen.at);
	let is_too_old = seen.at.saturating_add(terms.report_lifetime) <= now;
	if is_told || is_too_old || seen.at < credential.attested_at {
		return Due::LookAgain;
	}
	Due::Report
}

/// Whether half of a lifetime that began at `from` is over.
fn half(from: Milliseconds, lifetime: Milliseconds, now: Milliseconds) -> bool {
	from.saturating_add(Milliseconds(lifetime.0 >> 1)) <= now
}
