//! Institutions.

use super::SuspensionReason;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{Deserialize, Serialize};
use hdx_primitives::{AccountId, Milliseconds};
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
	/// Neither it, nor anybody on its behalf, nor anybody whom it enrolled, may act.
	Suspended(SuspensionReason),
	/// It has closed, or lost its membership. The same holds as for a suspended one; besides,
	/// another institution may take over whoever it enrolled, if they agree.
	Closed,
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
