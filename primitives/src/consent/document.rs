//! The documents that patients are shown and sign.

use crate::{Commitment, Milliseconds, TemplateId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
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
	/// When it was retired. No consent is given under it from then on.
	pub retired_at: Option<Milliseconds>,
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
