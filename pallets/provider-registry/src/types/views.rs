//! What the view functions answer.

use super::{Accreditation, Credential, Institution, Requirement};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use hdx_primitives::{AccountId, DenialReason, Standing};
use scale_info::TypeInfo;

/// At which levels a practitioner may act, each with its refusal.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PractitionerView {
	/// At the first level: enrolled by an institution.
	pub enrolled: Result<Standing, DenialReason>,
	/// At the second: with a licence that a trusted issuer attests.
	pub attested: Result<Standing, DenialReason>,
	/// At the third, once the second key signs: with a fresh check of that licence.
	pub verified: Result<Standing, DenialReason>,
}

/// A credential, found by its commitment.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CredentialView {
	/// Whom it is about.
	pub practitioner: AccountId,
	/// What is stored of it.
	pub credential: Credential,
	/// Whether it stands at the time of the block, its issuer included.
	pub standing: Result<(), DenialReason>,
}

/// An institution, with what it is accredited for.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct InstitutionView {
	/// What is stored of it.
	pub institution: Institution,
	/// Its accreditations, those that do not stand included.
	pub accreditations: Vec<Accreditation>,
	/// What its kind has to be accredited for.
	pub requirement: Option<Requirement>,
	/// Whether anybody can act for it at the time of the block.
	pub standing: Result<(), DenialReason>,
	/// How many practitioners it enrolled.
	pub practitioners: u32,
}
