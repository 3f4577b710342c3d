//! Who is asking, and are they allowed to practise.

use crate::{AccountId, Code, DenialReason, InstitutionId, Milliseconds, SecondFactor, H256};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::serde::{Deserialize, Serialize};

/// What somebody is allowed to do at an institution (the rows of the role matrix).
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
	Serialize,
	Deserialize,
)]
#[serde(crate = "sp_runtime::serde")]
pub enum Role {
	/// Physicians.
	Physician,
	/// Nurses.
	Nurse,
	/// Pharmacists.
	Pharmacist,
	/// Laboratory staff.
	Laboratory,
	/// Emergency staff.
	Emergency,
	/// Billing staff and insurers' claim handlers.
	Billing,
	/// Researchers.
	Researcher,
	/// Auditors and privacy officers.
	Auditor,
}

impl Role {
	/// Every role, in the order of the matrix.
	pub const ALL: [Role; 8] = [
		Role::Physician,
		Role::Nurse,
		Role::Pharmacist,
		Role::Laboratory,
		Role::Emergency,
		Role::Billing,
		Role::Researcher,
		Role::Auditor,
	];
}

/// How sure the chain is of a practitioner. Operations name the level they need.
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
	Serialize,
	Deserialize,
)]
#[serde(crate = "sp_runtime::serde")]
pub enum AssuranceLevel {
	/// Enrolled by an institution.
	Enrolled,
	/// A licence attested by an issuer trusted for it.
	Attested,
	/// Attested, checked within its time to live, and confirmed with a second key.
	Verified,
}

/// A practitioner who may act now.
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
pub struct Standing {
	/// The highest level that holds. [`AssuranceLevel::Verified`] stands for all of it but the
	/// second key's signature, which [`ProviderDirectory::confirm`] asks for.
	pub level: AssuranceLevel,
	/// The NUCC taxonomy code under which the practitioner holds the role.
	pub taxonomy: Code,
}

/// The provider registry, as other pallets see it.
pub trait ProviderDirectory {
	/// Whether `who` may act for `institution` in `role` at `at`, at the `required` level at least,
	/// the second key's signature aside; a refusal says why.
	fn standing(
		who: &AccountId,
		institution: InstitutionId,
		role: Role,
		required: AssuranceLevel,
		at: Milliseconds,
	) -> Result<Standing, DenialReason>;

	/// How many credentials of `who` the standing may look at. Unless a directory says it, as many as there can be.
	fn credentials(_who: &AccountId) -> u32 {
		Self::max_credentials()
	}

	/// The most that anybody can have.
	fn max_credentials() -> u32;

	/// Whether `who` signed this very operation with the second key. `operation` is the BLAKE2-256
	/// hash of the encoded operation. A signature is accepted once: success writes that it was used.
	fn confirm(
		who: &AccountId,
		operation: H256,
		factor: Option<&SecondFactor>,
		at: Milliseconds,
	) -> Result<(), DenialReason>;

	/// The institution that `who` operates. `None` where there is none, or it is suspended.
	fn operated_by(who: &AccountId) -> Option<InstitutionId>;

	/// Whether `who` operates the institution, and anybody can act for it at `at`; a refusal says why not:
	/// [`DenialReason::NotAffiliated`] where somebody else operates it.
	///
	/// A directory that keeps more of institutions than whether they are active looks at all of it.
	fn operates(
		who: &AccountId,
		institution: InstitutionId,
		_at: Milliseconds,
	) -> Result<(), DenialReason> {
		let does = Self::operated_by(who) == Some(institution);
		does.then_some(()).ok_or(DenialReason::NotAffiliated)
	}

	/// Whether two accounts are, or were, of the same practitioner: the same account, or one that
	/// the other was rotated from, however often.
	fn are_same_practitioner(one: &AccountId, other: &AccountId) -> bool;

	/// Whether the institution is registered and active.
	fn is_active(institution: InstitutionId) -> bool;
}
