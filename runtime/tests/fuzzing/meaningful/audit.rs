//! Reviews of entries, legal holds, and what governance sets of the log.

use super::{commitment, one_of, operator_of, patient, recent};
use crate::fuzzing::{Make, Step, DAY, HOUR};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{EntryIndex, HoldId, HoldReason, Milliseconds, ReviewFinding, ReviewReason};
use hdx_runtime::Runtime;
use pallet_audit::{
	Call, Entries, HoldScope, Holds, MonitoringTerms, NextEntryIndex, Review, ReviewStatus,
	ReviewTerms, Reviews, Thresholds,
};

/// What there is here.
pub const ALL: &[Make] = &[
	ask,
	ask,
	ask,
	answer,
	escalate,
	withdraw,
	decide,
	hold,
	release,
	release,
	set_terms,
	set_monitoring,
];

/// A patient has an entry reviewed that an institution's act left.
pub fn ask(rng: &mut StdRng) -> Option<Step> {
	let entry = EntryIndex(recent(rng, NextEntryIndex::<Runtime>::get().0)?);
	let who = Entries::<Runtime>::get(entry)?.event.patient?;
	let reasons = [ReviewReason::NotTreating, ReviewReason::BeyondConsent];
	let reason = one_of(rng, &reasons)?;
	Step::signed(who, Call::request_review { entry, reason })
}

/// A review that is open.
fn open(rng: &mut StdRng) -> Option<(EntryIndex, Review)> {
	let skip = rng.gen_range(0..8);
	Reviews::<Runtime>::iter().filter(|(_, review)| review.is_open()).nth(skip)
}

/// The institution answers.
pub fn answer(rng: &mut StdRng) -> Option<Step> {
	let (entry, review) = open(rng)?;
	let operator = operator_of(review.institution)?;
	let findings = [ReviewFinding::Justified, ReviewFinding::Error, ReviewFinding::Violation];
	let (finding, statement) = (one_of(rng, &findings)?, commitment(rng));
	Step::signed(operator, Call::answer_review { entry, finding, statement })
}

/// The patient is not content with it, or waited too long.
pub fn escalate(rng: &mut StdRng) -> Option<Step> {
	let (entry, review) = open(rng)?;
	Step::signed(review.patient, Call::escalate_review { entry })
}

/// The patient lets it be.
pub fn withdraw(rng: &mut StdRng) -> Option<Step> {
	let (entry, review) = open(rng)?;
	Step::signed(review.patient, Call::withdraw_review { entry })
}

/// Governance decides about one that was escalated.
pub fn decide(rng: &mut StdRng) -> Option<Step> {
	let is_escalated = |review: &Review| matches!(review.status, ReviewStatus::Escalated { .. });
	let (entry, _) = Reviews::<Runtime>::iter().find(|(_, review)| is_escalated(review))?;
	let (finding, statement) = (ReviewFinding::Violation, commitment(rng));
	Step::root(Call::decide_review { entry, finding, statement })
}

/// An authority has the entries about a patient kept. Few at a time.
pub fn hold(rng: &mut StdRng) -> Option<Step> {
	(Holds::<Runtime>::count() < 4).then_some(())?;
	let scope = HoldScope::Patient(patient(rng)?);
	Step::root(Call::place_hold { scope, reason: HoldReason::Litigation })
}

/// And no longer.
pub fn release(rng: &mut StdRng) -> Option<Step> {
	let holds: Vec<HoldId> = Holds::<Runtime>::iter_keys().take(8).collect();
	let hold = one_of(rng, &holds)?;
	Step::root(Call::release_hold { hold })
}

/// Governance sets the deadlines of reviews.
pub fn set_terms(rng: &mut StdRng) -> Option<Step> {
	let terms = ReviewTerms {
		answer_within: Milliseconds(rng.gen_range(3..=90) * DAY),
		escalate_within: Milliseconds(rng.gen_range(3..=90) * DAY),
	};
	Step::root(Call::set_review_terms { terms })
}

/// Governance sets when the log raises an alarm.
pub fn set_monitoring(rng: &mut StdRng) -> Option<Step> {
	let mut thresholds = || Thresholds {
		denials: Some(rng.gen_range(1..50)),
		overrides: Some(rng.gen_range(1..10)),
		patients: Some(rng.gen_range(1..50)),
	};
	let (actor, institution) = (thresholds(), thresholds());
	let window = Milliseconds(rng.gen_range(1..=48) * HOUR);
	Step::root(Call::set_monitoring { terms: MonitoringTerms { window, actor, institution } })
}
