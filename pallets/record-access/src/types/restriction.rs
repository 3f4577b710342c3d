//! What a patient restricts, beyond consents.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use hdx_primitives::{AccountId, Code, Milliseconds};
use scale_info::TypeInfo;

/// Most purposes that a restriction may name.
pub const MAX_RESTRICTED_PURPOSES: u32 = 16;

/// Purposes of use (v3-ActReason), sorted, each once.
pub type RestrictedPurposes = BoundedVec<Code, ConstU32<MAX_RESTRICTED_PURPOSES>>;

/// For which purposes nothing is disclosed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum RestrictionTerms {
	/// For none of these: to a health plan for payment (`HPAYMT`), for one.
	NotFor(RestrictedPurposes),
	/// For all but these. Empty: for none at all.
	OnlyFor(RestrictedPurposes),
}

impl RestrictionTerms {
	/// Whether disclosures for this purpose are left.
	pub fn permit(&self, purpose: Code) -> bool {
		match self {
			Self::NotFor(purposes) => !purposes.contains(&purpose),
			Self::OnlyFor(purposes) => purposes.contains(&purpose),
		}
	}

	/// The purposes that are named.
	pub fn purposes(&self) -> &RestrictedPurposes {
		match self {
			Self::NotFor(purposes) | Self::OnlyFor(purposes) => purposes,
		}
	}

	/// Whether nothing is left that `other` does not leave.
	pub fn is_within(&self, other: &Self) -> bool {
		match (self, other) {
			(Self::OnlyFor(left), _) => left.iter().all(|purpose| other.permit(*purpose)),
			(Self::NotFor(taken), Self::NotFor(before)) => {
				before.iter().all(|purpose| taken.contains(purpose))
			},
			// There are purposes that neither names.
			(Self::NotFor(_), Self::OnlyFor(_)) => false,
		}
	}
}

/// A restriction in force.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Restriction {
	/// For which purposes.
	pub terms: RestrictionTerms,
	/// Who set it: the patient, or a guardian.
	pub by: AccountId,
	/// Since when.
	pub since: Milliseconds,
}
