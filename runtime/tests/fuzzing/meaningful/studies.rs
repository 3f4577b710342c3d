//! Studies, and what institutions attest of those who could take part. Enrolling takes a proof, and publishing results as many
//! enrolments as the study needs: neither works here.

use super::{element, one_of, operator, operator_of, recent, within_days};
use crate::fuzzing::{now, Make, Step, DAY};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{
	InstitutionId, Milliseconds, ShieldedConsents, StudyId, StudyTerms, ValueRange, H256,
};
use hdx_runtime::{Runtime, ShieldedConsent};
use pallet_study::{Call, NextStudy, Places, Studies, StudyStatus};

/// What there is here.
pub const ALL: &[Make] = &[register, close, attest, attest_the_same];

/// What a study asks for. `None`: there is no category of data that it could ask for.
fn terms(rng: &mut StdRng, sponsor: InstitutionId) -> Option<StudyTerms> {
	let in_use = <ShieldedConsent as ShieldedConsents>::categories_in_use();
	let all = u64::MAX.checked_shr(64u32.saturating_sub(in_use))?;
	let ranges = std::array::from_fn(|_| {
		let min = rng.gen_range(0..1_000u32);
		ValueRange { min, max: min + rng.gen_range(0..1_000u32) }
	});
	Some(StudyTerms {
		sponsor,
		protocol: H256(super::fresh(rng)),
		panel: rng.gen_range(0..8),
		ranges,
		attested_from: Milliseconds(now() - rng.gen_range(0..400 * DAY)),
		// The first category, where it would be none.
		categories: (rng.gen::<u64>() & all).max(1),
		minimum: rng.gen_range(11..40),
		from: Milliseconds(now()),
		until: within_days(rng, 400),
	})
}

/// Both chambers agree to a study. Not many: all of them are kept.
pub fn register(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.4).then_some(())?;
	let (sponsor, _) = operator(rng)?;
	Step::root(Call::register_study { terms: terms(rng, sponsor)? })
}

/// The sponsor closes one, or both chambers do.
pub fn close(rng: &mut StdRng) -> Option<Step> {
	let next = NextStudy::<Runtime>::get();
	let study = StudyId(u32::try_from(recent(rng, next.into())?).ok()?);
	let stored = Studies::<Runtime>::get(study)?;
	(stored.status == StudyStatus::Open).then_some(())?;
	let call = Call::close_study { study };
	match operator_of(stored.terms.sponsor).filter(|_| rng.gen_bool(0.5)) {
		Some(operator) => Step::signed(operator, call),
		None => Step::root(call),
	}
}

/// An institution attests values of somebody.
pub fn attest(rng: &mut StdRng) -> Option<Step> {
	let (_, operator) = operator(rng)?;
	Step::signed(operator, Call::attest { leaf: element(rng) })
}

/// An institution appends what was appended before: by another one, which it may, or by itself.
pub fn attest_the_same(rng: &mut StdRng) -> Option<Step> {
	let (_, operator) = operator(rng)?;
	let leaves: Vec<_> = Places::<Runtime>::iter_keys().take(8).map(|(leaf, _)| leaf).collect();
	Step::signed(operator, Call::attest { leaf: one_of(rng, &leaves)? })
}
