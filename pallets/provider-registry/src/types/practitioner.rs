//! Practitioners.

use super::{Credential, SuspensionReason};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use hdx_primitives::{AccountId, Code, InstitutionId, Milliseconds, Role};
use scale_info::TypeInfo;

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
	Suspended(SuspensionReason),
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
#[scale_info(skip_type_params(MaxAffiliations, MaxRoles, MaxCredentials))]
pub struct Practitioner<MaxAffiliations: Get<u32>, MaxRoles: Get<u32>, MaxCredentials: Get<u32>> {
	/// The institution that enrolled them and answers for them.
	pub enrolled_by: InstitutionId,
	/// Whether they may act.
	pub status: PractitionerStatus,
	/// For whom they may act; the enrolling institution comes first.
	pub affiliations: BoundedVec<InstitutionId, MaxAffiliations>,
	/// In which roles, each at most once.
	pub roles: BoundedVec<RoleAssignment, MaxRoles>,
	/// By which attestations, in the order in which they were added.
	pub credentials: BoundedVec<Credential, MaxCredentials>,
	/// BLAKE2-256 of the X-Wing public key to which record keys are wrapped.
	pub key_agreement: [u8; 32],
	/// When they were enrolled.
	pub enrolled_at: Milliseconds,
}

/// The offer to answer for a practitioner.
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
pub struct TransferOffer {
	/// The institution that answers for them now.
	pub from: InstitutionId,
	/// The institution that may take over.
	pub to: InstitutionId,
	/// When it was offered.
	pub offered_at: Milliseconds,
}

/// Why an account is no longer a practitioner's, operator's, issuer's or oracle's. It keeps existing,
/// so that its nonce never starts again and no old transaction can be replayed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Retirement {
	/// They were removed. The account may be enrolled again.
	Removed,
	/// They go on under another account. This one is never enrolled again.
	Rotated {
		/// The account that followed.
		to: AccountId,
		/// The institution that answered for them then, and for what this account still asks.
		home: InstitutionId,
	},
	/// Governance gave the offices that it held to another account. This one never holds any again.
	Replaced {
		/// The account that followed.
		to: AccountId,
	},
}
