//! Breaking the glass: why, over what, and what a review finds.

use crate::{
	engine::{terminology::override_reason, Obligations, Outcome},
	Code,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Why somebody breaks the glass: the value set ActConsentInformationAccessOverrideReason of HL7 v3
/// (codes of v3-ActReason).
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
pub enum OverrideReason {
	/// Emergency treatment (`OVRER`): the patient cannot consent, and needs care at once. Who is
	/// unconscious, or whose life is in danger.
	EmergencyTreatment,
	/// Incompetency (`OVRINCOMP`): the patient is deemed unable to decide, and nobody who could
	/// decide for them is at hand.
	Incompetency,
	/// Professional judgement (`OVRPJ`): the patient could consent and has not, and the provider
	/// believes that their care demands it.
	ProfessionalJudgment,
	/// Public safety (`OVRPS`).
	PublicSafety,
	/// The health or safety of somebody else (`OVRTPS`).
	ThirdPartySafety,
}

impl OverrideReason {
	/// All of them.
	pub const ALL: [Self; 5] = [
		Self::EmergencyTreatment,
		Self::Incompetency,
		Self::ProfessionalJudgment,
		Self::PublicSafety,
		Self::ThirdPartySafety,
	];

	/// The code of v3-ActReason.
	pub const fn code(self) -> Code {
		match self {
			Self::EmergencyTreatment => override_reason::OVRER,
			Self::Incompetency => override_reason::OVRINCOMP,
			Self::ProfessionalJudgment => override_reason::OVRPJ,
			Self::PublicSafety => override_reason::OVRPS,
			Self::ThirdPartySafety => override_reason::OVRTPS,
		}
	}
}

/// What the patient's consents said when the glass was broken, and did not decide.
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
pub enum Overridden {
	/// No consent spoke of it.
	NoConsent,
	/// They denied.
	Denial,
	/// They permitted a part, and something had to be withheld.
	Redaction,
	/// They permitted all of it: nothing was overridden.
	Nothing,
	/// The patient had restricted disclosures, whatever the consents said (45 CFR 164.522(a)(1)(iii)).
	Restriction,
}

impl Overridden {
	/// What a decision with this outcome and these obligations would have been.
	pub fn of(outcome: Outcome, obligations: &Obligations) -> Self {
		match outcome {
			Outcome::NoConsent => Self::NoConsent,
			Outcome::Deny => Self::Denial,
			Outcome::Permit if obligations.is_empty() => Self::Nothing,
			Outcome::Permit => Self::Redaction,
		}
	}
}

/// What the review of a break-glass found.
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
pub enum ReviewOutcome {
	/// There was an emergency, and the access was needed.
	Justified,
	/// It was a mistake: the wrong patient, or no emergency after all.
	Error,
	/// The emergency was a pretext.
	Violation,
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::engine::{DataFilter, Obligation};

	#[test]
	fn the_reasons_are_the_value_set_in_its_order() {
		let codes = OverrideReason::ALL.map(OverrideReason::code);
		let terms: alloc::vec::Vec<_> = override_reason::ALL.iter().map(|term| term.code).collect();
		assert_eq!(codes.as_slice(), terms);
	}

	#[test]
	fn a_permit_overrides_nothing_unless_something_had_to_be_withheld() {
		let none = Obligations::default();
		let filter = DataFilter::of_codes(Default::default());
		let some = Obligations::truncate_from(alloc::vec![Obligation::Redact(filter)]);
		assert_eq!(Overridden::of(Outcome::Permit, &none), Overridden::Nothing);
		assert_eq!(Overridden::of(Outcome::Permit, &some), Overridden::Redaction);
		assert_eq!(Overridden::of(Outcome::Deny, &none), Overridden::Denial);
		assert_eq!(Overridden::of(Outcome::NoConsent, &none), Overridden::NoConsent);
	}
}
