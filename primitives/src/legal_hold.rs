//! What keeps entries of the log from being pruned.

use crate::AccountId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A legal hold on entries of the audit log. Counts from zero; none is ever given out again.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct HoldId(pub u32);

/// Why entries are held. FHIR has the acts (ISO 21089 lifecycle events `hold` and `unhold`) and no
/// list of reasons; these are the occasions on which the duty to preserve arises.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum HoldReason {
	/// A lawsuit is pending or to be expected (Federal Rules of Civil Procedure, rule 37(e)).
	Litigation,
	/// An authority investigates or reviews compliance (45 CFR 160.310).
	Investigation,
	/// A breach of unsecured health information is being looked into (45 CFR 164.400 to 164.414).
	Breach,
	/// A court or an authority ordered it, and said no more.
	Order,
}

/// The legal holds, as other pallets see them.
pub trait LegalHolds {
	/// Whether all that is about the patient is held.
	fn is_held(patient: &AccountId) -> bool;
}
