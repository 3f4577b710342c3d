//! What the registry stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::Get, BoundedVec, CloneNoBound, DebugNoBound, Deserialize, EqNoBound, PartialEqNoBound,
	Serialize,
};
use hdx_primitives::{
	AccountId, AssuranceLevel, Code, Commitment, InstitutionId, Milliseconds, Period, Role,
};
use scale_info::TypeInfo;

/// What an institution is.
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
	Serialize,
	Deserialize,
)]
#[serde(crate = "sp_runtime::serde")]
pub enum InstitutionKind {
	/// A hospital.
	Hospital,
	/// A clinic or a practice.
	Clinic,
	/// A laboratory.
	Laboratory,
	/// A pharmacy.
	Pharmacy,
	/// An insurer.
	Insurer,
	/// A research institute.
	Research,
	/// An ethics board.
	EthicsBoard,
	/// A public authority.
	Authority,
}

/// Whether an institution may act.
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
pub enum InstitutionStatus {
	/// It may act.
	Active,
	/// Neither it, nor anybody on its behalf, nor anybody by a credential it issued, may act.
	Suspended,
}

/// A member of the consortium or a body accredited by it. Institutions are public.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Institution {
	/// The account that acts for the institution itself.
	pub operator: AccountId,
	/// What it is.
	pub kind: InstitutionKind,
	/// Whether it may act.
	pub status: InstitutionStatus,
	/// BLAKE2-256 of its public description (a FHIR `Organization` document).
	pub profile: [u8; 32],
	/// When it was registered. Zero for an institution of the genesis.
	pub registered_at: Milliseconds,
}

/// Whether a practitioner may act.
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
pub enum PractitionerStatus {
	/// They may act.
	Active,
	/// They may not act, for any institution.
	Suspended,
}

/// A role, and the occupation in which it is held.
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
pub struct RoleAssignment {
	/// The row of the role matrix.
	pub role: Role,
	/// The NUCC taxonomy code that consents name.
	pub taxonomy: Code,
}

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
	/// An institution of this registry.
	Institution(InstitutionId),
}

impl CredentialIssuer {
	/// How sure the chain is of somebody whom this issuer attests.
	pub const fn level(self) -> AssuranceLevel {
		match self {
			Self::Institution(_) => AssuranceLevel::Enrolled,
		}
	}
}

/// Whether a credential stands.
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
	/// What it attests.
	pub kind: CredentialKind,
	/// Who attests it.
	pub issuer: CredentialIssuer,
	/// Salted commitment to the credential document (a verifiable credential).
	pub commitment: Commitment,
	/// When it holds. It starts and ends without a transaction.
	pub valid: Period,
	/// Whether its issuer took it back.
	pub status: CredentialStatus,
}

/// Somebody who may act for institutions. Pseudonymous: who it is stays off chain.
#[derive(
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[codec(mel_bound())]
#[scale_info(skip_type_params(MaxAffiliations, MaxRoles))]
pub struct Practitioner<MaxAffiliations: Get<u32>, MaxRoles: Get<u32>> {
	/// The institution that enrolled them and answers for them.
	pub enrolled_by: InstitutionId,
	/// Whether they may act.
	pub status: PractitionerStatus,
	/// For whom they may act; the enrolling institution comes first.
	pub affiliations: BoundedVec<InstitutionId, MaxAffiliations>,
	/// In which roles, each at most once.
	pub roles: BoundedVec<RoleAssignment, MaxRoles>,
	/// By which attestation.
	pub credential: Credential,
	/// BLAKE2-256 of the X-Wing public key to which record keys are wrapped.
	pub key_agreement: [u8; 32],
	/// When they were enrolled.
	pub enrolled_at: Milliseconds,
}
