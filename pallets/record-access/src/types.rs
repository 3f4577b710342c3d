//! What the pallet stores.

mod batch;
mod break_glass;
mod custody;
mod dispute;
mod erasure;
mod proof;
mod restriction;

pub use batch::{GrantUse, GrantUses, MAX_GRANT_USES};
pub use break_glass::{
	EmergencyOverride, EmergencyTerms, OverrideView, Review, ReviewCounts, ReviewKey,
	ReviewStanding,
};
pub use custody::{CustodyOffer, NewManifest};
pub use dispute::{Dispute, DisputeAnswer};
pub use erasure::{ErasureCounts, ErasureKey, ErasureRequest, ErasureStanding, Tombstone};
pub use proof::SubjectTag;
pub use restriction::{RestrictedPurposes, Restriction, RestrictionTerms, MAX_RESTRICTED_PURPOSES};

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use hdx_primitives::{
	engine::{Basis, Obligations},
	AccessRequest, AccountId, Action, Code, Commitment, ContextHash, DenialReason, InstitutionId,
	Milliseconds, RecordId, RequestedCodes, Role, Target, UseRefusal,
};
use scale_info::TypeInfo;

/// How many actions there are, so the most that a cell of the role matrix can hold.
pub const MAX_ACTIONS: u32 = 4;

/// The actions of one cell of the role matrix. No action appears twice.
pub type PermittedActions = BoundedVec<Action, ConstU32<MAX_ACTIONS>>;

/// A registered record: where it is and what it is bound to, nothing of what it says.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Record {
	/// Whose record.
	pub patient: AccountId,
	/// The institution that keeps the sealed sections.
	pub custodian: InstitutionId,
	/// Salted commitment to the manifest, which lists the sections.
	pub manifest: Commitment,
	/// How many sections the manifest lists.
	pub sections: u32,
	/// The generation of section keys that the manifest names.
	pub epoch: u32,
	/// When it was registered.
	pub registered_at: Milliseconds,
}

impl Record {
	/// The same record with another manifest.
	pub(crate) fn in_version(self, new: NewManifest) -> Self {
		let NewManifest { manifest, sections, epoch } = new;
		Self { manifest, sections, epoch, ..self }
	}
}

/// The part of a request that is decided again whenever its grant is used.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct GrantedRequest {
	/// The institution on whose behalf the grantee acts.
	pub on_behalf_of: InstitutionId,
	/// The role in which the grantee acts.
	pub role: Role,
	/// For what purpose of use (v3-ActReason).
	pub purpose: Code,
	/// To do what.
	pub action: Action,
	/// In which context.
	pub context: ContextHash,
	/// Only data with one of these security labels. Empty: any.
	pub labels: RequestedCodes,
	/// Only data of one of these classes. Empty: any.
	pub classes: RequestedCodes,
}

impl From<&AccessRequest> for GrantedRequest {
	fn from(request: &AccessRequest) -> Self {
		Self {
			on_behalf_of: request.on_behalf_of,
			role: request.role,
			purpose: request.purpose,
			action: request.action,
			context: request.context,
			labels: request.labels.clone(),
			classes: request.classes.clone(),
		}
	}
}

/// Whether somebody withdrew a grant. That time or uses ran out is read from the grant's other
/// fields and never written.
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
pub enum GrantStatus {
	/// Not withdrawn.
	Active,
	/// Withdrawn, for ever.
	Revoked,
}

/// A revocable permission to be given the sections of a record, or of all records of a patient.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Grant {
	/// Who may use it.
	pub grantee: AccountId,
	/// What was asked for.
	pub request: GrantedRequest,
	/// About whom.
	pub patient: AccountId,
	/// Which of the patient's records.
	pub target: Target,
	/// What has to be withheld.
	pub obligations: Obligations,
	/// When it was issued.
	pub issued_at: Milliseconds,
	/// The first moment at which it no longer holds.
	pub expires_at: Milliseconds,
	/// How many disclosures may still be made under it. For a whole record: how many each institution may
	/// make, of which those made are in [`UsesAt`](crate::UsesAt).
	pub uses_left: u32,
	/// The consent it was issued under; `None` where an implicit policy permitted.
	pub basis: Option<Basis>,
	/// Whether it was withdrawn.
	pub status: GrantStatus,
}

impl Grant {
	/// Whether the grant is about this record.
	pub fn covers(&self, id: RecordId, record: &Record) -> bool {
		record.patient == self.patient
			&& match self.target {
				Target::Record(target) => target == id,
				Target::WholeRecord => true,
			}
	}

	/// The record it is about; `None` for the whole record.
	pub fn record(&self) -> Option<RecordId> {
		record_of(self.target)
	}
}

/// The record that a target names; `None` for the whole record.
pub(crate) fn record_of(target: Target) -> Option<RecordId> {
	match target {
		Target::Record(id) => Some(id),
		Target::WholeRecord => None,
	}
}

/// Why a grant cannot be used now.
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
pub enum GrantRefusal {
	/// There is no such grant.
	Unknown,
	/// It was withdrawn.
	Revoked,
	/// Its time is over.
	Expired,
	/// No uses are left.
	UsedUp,
	/// The same request would be denied now.
	Denied(DenialReason),
	/// The same request would be permitted now, but under other obligations. Ask again.
	Outdated,
	/// The consent permits, but its terms leave no room for a disclosure now.
	Terms(UseRefusal),
}
