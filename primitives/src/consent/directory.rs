//! Whether a patient permits.

use super::Accounts;
use crate::{
	engine::{Basis, Decision, Request, MAX_PROVISIONS},
	AccountId, Code, Milliseconds,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The consent pallet, as other pallets see it.
pub trait ConsentDecider {
	/// Decides a request about `patient` with the consents in force at `at`, and says how much of them was
	/// looked at.
	fn decide_counted(
		patient: &AccountId,
		request: &Request<'_>,
		at: Milliseconds,
	) -> (Decision, LookedAt);

	/// As [`ConsentDecider::decide_counted`], for whoever does not charge for it.
	fn decide(patient: &AccountId, request: &Request<'_>, at: Milliseconds) -> Decision {
		Self::decide_counted(patient, request, at).0
	}

	/// How many consents of the patient a decision looks at.
	fn consents(patient: &AccountId) -> u32;

	/// The most that a patient can have.
	fn max_consents() -> u32;

	/// Whether the patient gave this version of the consent, whatever became of it since.
	fn was_given(basis: Basis, patient: &AccountId) -> bool;

	/// Whether the terms of the consent limit how often it is used.
	fn limits_uses(basis: Basis) -> bool;

	/// Whether the terms of the consent that permits leave room for a disclosure at `at`.
	///
	/// # Errors
	///
	/// Why not, see [`UseRefusal`].
	fn check_use(basis: Basis, at: Milliseconds) -> Result<(), UseRefusal>;

	/// Counts a disclosure that is made at `at` under the consent that permits it.
	///
	/// # Errors
	///
	/// As [`ConsentDecider::check_use`]; nothing is counted then.
	fn record_use(basis: Basis, at: Milliseconds) -> Result<(), UseRefusal> {
		Self::record_uses(basis, 1, at)
	}

	/// Counts so many disclosures at once, for what one of them costs.
	///
	/// # Errors
	///
	/// As if each were counted after the other; nothing is counted where one would be refused.
	fn record_uses(basis: Basis, uses: u32, at: Milliseconds) -> Result<(), UseRefusal>;
}

/// How much a decision looked at: what was read and decoded, whether it applied or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LookedAt {
	/// Consents.
	pub consents: u32,
	/// Provisions of all of them together, their roots included.
	pub provisions: u32,
}

impl LookedAt {
	/// This, and one of the consents once more: whichever it is, it has no more provisions than all have
	/// together, and none than a consent can have.
	#[must_use]
	pub fn and_one_again(self) -> Self {
		Self {
			consents: self.consents.saturating_add(1),
			provisions: self.provisions.saturating_add(self.provisions.min(MAX_PROVISIONS)),
		}
	}

	/// So many consents, each of the most provisions.
	pub fn full(consents: u32) -> Self {
		Self { consents, provisions: consents.saturating_mul(MAX_PROVISIONS) }
	}
}

/// Why a consent that permits cannot be used now.
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
pub enum UseRefusal {
	/// That version of the consent is not in force.
	NotInForce,
	/// As many disclosures as the consent allows in one window of time were made in this one.
	FrequencyExceeded,
}

/// Which accounts are patients.
pub trait PatientDirectory {
	/// Whether the account was sponsored into existence as a patient.
	fn is_patient(who: &AccountId) -> bool;
}

/// What patients decided about emergencies, and who speaks for those who cannot.
pub trait EmergencyDirectory {
	/// Whether the patient opted out of the emergency override (Regulation (EU) 2025/327, recital
	/// 18).
	fn has_opted_out(patient: &AccountId) -> bool;

	/// The patient's guardians who are in office at `at`. Empty: none.
	fn guardians(patient: &AccountId, at: Milliseconds) -> Accounts;
}

/// Who stands in for a patient.
pub trait RepresentativeDirectory {
	/// Whether `who` is a guardian of the patient, in office now, whose scope includes `purpose`.
	/// Without a purpose: any scope does.
	fn is_guardian(who: &AccountId, patient: &AccountId, purpose: Option<Code>) -> bool;

	/// Whether `who` is a guardian of the patient, in office now, whose scope includes each of these purposes. It is looked
	/// up once, however many there are.
	fn is_guardian_for_each(who: &AccountId, patient: &AccountId, purposes: &[Code]) -> bool;

	/// Whether `who` is a guardian of the patient, in office now, whose scope includes every purpose.
	fn is_guardian_for_all(who: &AccountId, patient: &AccountId) -> bool;
}
