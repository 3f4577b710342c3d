//! What the registry stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use hdx_primitives::{
	engine::{Policy, Status},
	AccountId, Commitment, InstitutionId, Milliseconds, TemplateId,
};
use scale_info::TypeInfo;

/// A consent document that patients are asked to sign, as governance published it.
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
pub struct DocumentTemplate {
	/// BLAKE2b-256 of the URI under which the document can be read (FHIR `Consent.policy.uri`).
	pub uri_hash: [u8; 32],
	/// The version of the document.
	pub version: u32,
	/// When it was published; zero for templates of the genesis block.
	pub published_at: Milliseconds,
}

/// The document that a patient signed (FHIR `Consent.source`).
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
pub struct SignedDocument {
	/// The template that was shown to the patient.
	pub template: TemplateId,
	/// Salted hash of the signed document.
	pub commitment: Commitment,
}

/// A consent, active or revoked.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ConsentRecord {
	/// Who gave it.
	pub patient: AccountId,
	/// Whether it is in force.
	pub status: Status,
	/// Its version, counted from one.
	pub version: u32,
	/// When it was given (FHIR `Consent.dateTime`).
	pub given_at: Milliseconds,
	/// When it was revoked; set exactly when the status is inactive.
	pub revoked_at: Option<Milliseconds>,
	/// What the patient signed.
	pub document: SignedDocument,
	/// What it permits and denies.
	pub policy: Policy,
}

/// What is known of a patient's account. Who the person is, is not.
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
pub struct PatientInfo {
	/// The institution that brought the account into existence.
	pub sponsor: InstitutionId,
	/// When it did.
	pub sponsored_at: Milliseconds,
}
