//! Guardians: who they are, what they may do, what they propose.

use crate::consent::{ConsentAction, Powers};
use crate::{engine::Scope, AccountId, Milliseconds, Period};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Most accounts that a list of guardians or approvals can hold. A runtime allows as many or fewer.
pub const MAX_ACCOUNTS: u32 = 16;

/// Guardians, or those of them who approved.
pub type Accounts = BoundedVec<AccountId, ConstU32<MAX_ACCOUNTS>>;

/// What guardians may do.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct GuardianPowers {
	/// With consents, within the scope.
	pub consents: Powers,
	/// Allow the emergency override, or opt out of it.
	pub emergency_override: bool,
	/// Object when the patient wants to replace or release them.
	pub object_to_replacement: bool,
}

/// Those who act for a patient who cannot, or not alone: `threshold` of the guardians together.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct GuardianSet {
	/// Who they are, sorted, each once.
	pub guardians: Accounts,
	/// How many must agree: at least one, at most all.
	pub threshold: u32,
	/// How far the consents that they give may go.
	pub scope: Scope,
	/// What they may do.
	pub powers: GuardianPowers,
	/// From when until when, the age of majority for one.
	pub period: Period,
	/// How long the patient can object before what they agreed on is carried out, and they before
	/// the patient replaces them.
	pub objection_delay: Milliseconds,
}

/// The guardians of a patient.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Guardianship {
	/// Who, and for what.
	pub set: GuardianSet,
	/// Since when.
	pub since: Milliseconds,
}

/// What the patient wants in the place of the guardians.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PendingGuardians {
	/// Who instead. `None`: nobody.
	pub set: Option<GuardianSet>,
	/// The moment at which it is so, unless they object.
	pub takes_effect_at: Milliseconds,
}

/// What guardians can propose to each other.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum GuardianAction {
	/// Something about the patient's consents.
	Consent(ConsentAction),
	/// Allow the emergency override, or opt out of it.
	SetEmergencyOverride {
		/// Whether it is allowed.
		allowed: bool,
	},
	/// Other guardians in their place. Scope, powers, period and delay stay as they are.
	ReplaceGuardians {
		/// Who.
		guardians: Accounts,
		/// How many of them must agree.
		threshold: u32,
	},
	/// Stop the patient from replacing or releasing them.
	ObjectToReplacement,
}

impl GuardianAction {
	/// Whether these powers allow it.
	pub fn is_allowed_by(&self, powers: &GuardianPowers) -> bool {
		match self {
			Self::Consent(action) => action.is_allowed_by(&powers.consents),
			Self::SetEmergencyOverride { .. } => powers.emergency_override,
			Self::ReplaceGuardians { .. } => true,
			Self::ObjectToReplacement => powers.object_to_replacement,
		}
	}

	/// Whether it waits for the patient's objection. What only takes permissions back, or keeps
	/// things as they are, does not.
	pub fn waits(&self) -> bool {
		match self {
			Self::Consent(action) => action.content().is_some(),
			Self::SetEmergencyOverride { .. } | Self::ReplaceGuardians { .. } => true,
			Self::ObjectToReplacement => false,
		}
	}
}

/// Something that a guardian proposed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Proposal {
	/// About which patient.
	pub patient: AccountId,
	/// What.
	pub action: GuardianAction,
	/// Which guardians approved, the one who proposed included; sorted.
	pub approvals: Accounts,
	/// From when on it can be carried out; set when enough guardians approved.
	pub ready_at: Option<Milliseconds>,
	/// The first moment at which it is void.
	pub expires_at: Milliseconds,
}
