//! Credentials of practitioners.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{
	Commitment, CredentialId, DenialReason, InstitutionId, IssuerId, Milliseconds, Period, H256,
};
use scale_info::TypeInfo;

/// What a credential attests.
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
pub enum CredentialKind {
	/// A licence to practise.
	Licence,
	/// A certification in a specialty.
	BoardCertification,
	/// Employment by the institution.
	Employment,
}

/// Who attests a credential.
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
pub enum CredentialIssuer {
	/// An institution of this registry, about those whom it enrolled.
	Institution(InstitutionId),
	/// A trusted issuer.
	Issuer(IssuerId),
}

/// What its issuer says of a credential.
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
pub enum CredentialStatus {
	/// It stands, inside its period.
	Valid,
	/// Its issuer took it back, for good.
	Revoked,
	/// Its issuer suspended it.
	Suspended,
}

/// What an oracle reads of a credential in its issuer's status list.
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
pub enum ReportedStatus {
	/// It stands.
	Good,
	/// It is suspended.
	Suspended,
	/// It is revoked.
	Revoked,
}

/// That enough oracles found a credential good.
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
pub struct Check {
	/// The oldest of the moments at which they looked.
	pub at: Milliseconds,
	/// That oracle's commitment to what it saw: see [`Report`](crate::Report).
	pub evidence: H256,
}

/// That enough oracles found a credential suspended or revoked.
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
pub struct Finding {
	/// What they found; never that it is good.
	pub status: ReportedStatus,
	/// The oldest of the moments at which they looked.
	pub at: Milliseconds,
	/// That oracle's commitment to what it saw: see [`Report`](crate::Report).
	pub evidence: H256,
}

/// An attestation about a practitioner. The document itself stays off chain.
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
pub struct Credential {
	/// Its number.
	pub id: CredentialId,
	/// What it attests.
	pub kind: CredentialKind,
	/// Who attests it.
	pub issuer: CredentialIssuer,
	/// Salted commitment to the credential document (a verifiable credential). No two credentials of
	/// one issuer ever have the same.
	pub commitment: Commitment,
	/// When it holds. It starts and ends without a transaction.
	pub valid: Period,
	/// What its issuer says of it here.
	pub status: CredentialStatus,
	/// When it was attested or last renewed.
	pub attested_at: Milliseconds,
	/// The last time that enough oracles found it good; `None` after a renewal, and after they
	/// found otherwise.
	pub check: Option<Check>,
	/// What is wrong with it, as enough oracles found. A suspension ends when they find it good
	/// later; a revocation ends only when the issuer renews the credential.
	pub finding: Option<Finding>,
}

impl Credential {
	/// Whether it stands at `at`, its issuer aside; a refusal says why.
	pub fn in_force(&self, at: Milliseconds) -> Result<(), DenialReason> {
		let found = self.finding.map(|finding| finding.status);
		if self.status == CredentialStatus::Revoked || found == Some(ReportedStatus::Revoked) {
			return Err(DenialReason::CredentialRevoked);
		}
		if self.status == CredentialStatus::Suspended || found.is_some() {
			return Err(DenialReason::CredentialSuspended);
		}
		if self.valid.start.is_some_and(|start| at < start) {
			return Err(DenialReason::CredentialNotYetValid);
		}
		if self.is_expired(at) {
			return Err(DenialReason::CredentialExpired);
		}
		Ok(())
	}

	/// Whether its time is over.
	pub fn is_expired(&self, at: Milliseconds) -> bool {
		self.valid.end.is_some_and(|end| end <= at)
	}

	/// Whether it can never stand again unless it is renewed, so that it may give way to another.
	pub fn is_spent(&self, at: Milliseconds) -> bool {
		let found = self.finding.map(|finding| finding.status);
		self.status == CredentialStatus::Revoked
			|| found == Some(ReportedStatus::Revoked)
			|| self.is_expired(at)
	}
}
