//! What a credential is worth at a moment.

use super::view::{Check, CredentialView, IssuedStatus, IssuerStanding, ReportedStatus};
use hdx_consent_engine::{Milliseconds, Period};

/// Whether a credential is in force; else the first reason, in this order, why it is not: what is
/// more final comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialState {
	/// It is in force.
	InForce,
	/// Its issuer took it back.
	Revoked,
	/// Oracles report that its source revoked it.
	ReportedRevoked,
	/// Its issuer suspended it.
	Suspended,
	/// Oracles report that its source suspended it.
	ReportedSuspended,
	/// Its issuer is not trusted with this kind of credential.
	IssuerNotTrusted,
	/// Its issuer is suspended.
	IssuerSuspended,
	/// Its period has not begun.
	NotYetValid,
	/// Its period is over.
	Expired,
}

impl CredentialState {
	/// The state of a credential at a moment.
	pub fn of(credential: &CredentialView, at: Milliseconds) -> Self {
		let found = credential.finding.as_ref().map(|finding| finding.status);
		match (credential.status, found) {
			(IssuedStatus::Revoked, _) => return Self::Revoked,
			(_, Some(ReportedStatus::Revoked)) => return Self::ReportedRevoked,
			(IssuedStatus::Suspended, _) => return Self::Suspended,
			(_, Some(ReportedStatus::Suspended)) => return Self::ReportedSuspended,
			(IssuedStatus::Valid, None) => {},
		}
		match credential.issuer_standing {
			IssuerStanding::NotTrusted => Self::IssuerNotTrusted,
			IssuerStanding::Suspended => Self::IssuerSuspended,
			IssuerStanding::Trusted => Self::of_period(credential.valid, at),
		}
	}

	/// The state by the period alone.
	pub(super) fn of_period(period: Period, at: Milliseconds) -> Self {
		if period.end.is_some_and(|end| at >= end) {
			Self::Expired
		} else if period.start.is_some_and(|start| at < start) {
			Self::NotYetValid
		} else {
			Self::InForce
		}
	}

	/// The code in [`NOT_IN_FORCE`](super::terms::NOT_IN_FORCE), where it has one.
	pub const fn code(self) -> &'static str {
		match self {
			Self::InForce => "in-force",
			Self::Revoked => "revoked",
			Self::Suspended => "suspended",
			Self::ReportedRevoked => "reported-revoked",
			Self::ReportedSuspended => "reported-suspended",
			Self::IssuerNotTrusted => "issuer-not-trusted",
			Self::IssuerSuspended => "issuer-suspended",
			Self::NotYetValid => "not-yet-valid",
			Self::Expired => "expired",
		}
	}
}

/// FHIR `VerificationResult.status`, as far as the registry's facts lead to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerificationStatus {
	/// Somebody said so; nobody looked.
	Attested,
	/// A check found it good, and still counts.
	Validated,
	/// It was good, and has to be looked at again before it counts.
	RequiresRevalidation,
	/// The first look at its source failed.
	ValidationFailed,
	/// It was good, and is no longer.
	RevalidationFailed,
}

impl VerificationStatus {
	/// The code that FHIR has for it.
	pub const fn code(self) -> &'static str {
		match self {
			Self::Attested => "attested",
			Self::Validated => "validated",
			Self::RequiresRevalidation => "req-revalid",
			Self::ValidationFailed => "val-fail",
			Self::RevalidationFailed => "reval-fail",
		}
	}

	/// The status of a credential at a moment, and since when it has it, as far as that is known.
	pub fn of(credential: &CredentialView, at: Milliseconds) -> (Self, Option<Milliseconds>) {
		use CredentialState as State;
		match (CredentialState::of(credential, at), &credential.check) {
			(State::Revoked | State::Suspended, _) => {
				(Self::RevalidationFailed, credential.status_since)
			},
			(State::ReportedRevoked | State::ReportedSuspended, check) => {
				let since = credential.finding.as_ref().map(|finding| finding.at);
				let status = match check {
					Some(_) => Self::RevalidationFailed,
					None => Self::ValidationFailed,
				};
				(status, since)
			},
			(State::IssuerNotTrusted | State::IssuerSuspended, _) => {
				(Self::RequiresRevalidation, None)
			},
			(State::Expired, _) => (Self::RequiresRevalidation, credential.valid.end),
			(State::NotYetValid, _) | (State::InForce, None) => {
				(Self::Attested, Some(credential.attested_at))
			},
			(State::InForce, Some(check)) if counts(check, at) => (Self::Validated, Some(check.at)),
			(State::InForce, Some(check)) => (Self::RequiresRevalidation, Some(check.ends())),
		}
	}
}

/// Whether a check still counts.
fn counts(check: &Check, at: Milliseconds) -> bool {
	at < check.ends()
}
