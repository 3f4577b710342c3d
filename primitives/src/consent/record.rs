//! Consents and their versions.

use crate::consent::{ConsentTerms, SignedDocument};
use crate::{
	engine::{Policy, Status},
	AccountId, Milliseconds, H256,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What is consented to.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ConsentContent {
	/// What is permitted and denied.
	pub policy: Policy,
	/// What was signed.
	pub document: SignedDocument,
	/// How often, until erased when, renewed how.
	pub terms: ConsentTerms,
}

/// Who gave a version of a consent (FHIR `Consent.performer`, R5 `Consent.grantor`).
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum GrantedBy {
	/// The patient.
	Patient,
	/// The patient's guardians, by their threshold.
	Guardians,
	/// A delegate of the patient.
	Delegate(AccountId),
}

/// A consent, in its current version.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ConsentRecord {
	/// Whose it is.
	pub patient: AccountId,
	/// Inactive when it was revoked. That its time is over is read from the period and the terms,
	/// and never written.
	pub status: Status,
	/// Its version, counted from one.
	pub version: u32,
	/// When this version was given (FHIR `Consent.dateTime`).
	pub given_at: Milliseconds,
	/// Who gave this version.
	pub granted_by: GrantedBy,
	/// When it was revoked; set exactly when the status is inactive.
	pub revoked_at: Option<Milliseconds>,
	/// What was signed.
	pub document: SignedDocument,
	/// What it permits and denies.
	pub policy: Policy,
	/// How often, until erased when, renewed how.
	pub terms: ConsentTerms,
	/// When the renewal of this version was stopped.
	pub renewal_stopped_at: Option<Milliseconds>,
	/// Hash of the version before; zero for the first.
	pub previous: H256,
	/// Hash of this version, see [`VersionRecord::hash_of`].
	pub hash: H256,
}

impl ConsentRecord {
	/// What this version consents to.
	pub fn content(&self) -> ConsentContent {
		ConsentContent { policy: self.policy.clone(), document: self.document, terms: self.terms }
	}
}

/// One version of a consent, as its history keeps it.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct VersionRecord {
	/// Which, counted from one.
	pub version: u32,
	/// When it was given.
	pub given_at: Milliseconds,
	/// Who gave it.
	pub granted_by: GrantedBy,
	/// What was signed.
	pub document: SignedDocument,
	/// What it permitted and denied.
	pub policy: Policy,
	/// How often, until erased when, renewed how.
	pub terms: ConsentTerms,
	/// When its renewal was stopped.
	pub renewal_stopped_at: Option<Milliseconds>,
	/// When the next version took its place. `None`: it is the current one.
	pub superseded_at: Option<Milliseconds>,
	/// Hash of the version before; zero for the first.
	pub previous: H256,
	/// Hash of this version, see [`VersionRecord::hash_of`].
	pub hash: H256,
}
