//! Breaking the glass, and the reviews of it.

use super::{access::request_by, commitment, one_of};
use crate::{
	chain,
	fuzzing::{
		accounts::{DEVICE, DOCTORS, OFFICER},
		now, scene, Make, Step, DAY, HOUR,
	},
};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{
	break_glass_operation, engine::terminology::purpose, second_factor_payload, AccessRequest,
	AccountId, Action, Milliseconds, OverrideReason, ReviewOutcome, SecondFactor, H256,
};
use hdx_runtime::{ProviderRegistry, Runtime, System};
use pallet_record_access::{Call, EmergencyTerms, PendingReviews};

/// What there is here.
pub const ALL: &[Make] = &[check_licence, break_glass, break_glass, review, review, set_terms];

/// An oracle checks a doctor's licence again.
pub fn check_licence(rng: &mut StdRng) -> Option<Step> {
	scene::check_licence(one_of(rng, &DOCTORS)?)
}

/// A signature of the second key.
fn confirm(who: &AccountId, operation: H256) -> SecondFactor {
	let valid_until = Milliseconds(now() + 60_000);
	let count = ProviderRegistry::second_factor_count(who.clone());
	let payload = second_factor_payload(&System::block_hash(0), who, count, operation, valid_until);
	SecondFactor { signature: chain::sign(DEVICE, &payload).into(), valid_until }
}

/// A doctor breaks the glass.
pub fn break_glass(rng: &mut StdRng) -> Option<Step> {
	let who = one_of(rng, &DOCTORS)?.to_account_id();
	let asked = request_by(rng, &who)?;
	let request = AccessRequest {
		purpose: purpose::BTG,
		action: Action::Read,
		duration: Milliseconds(rng.gen_range(1..=HOUR)),
		..asked
	};
	let reason = one_of(rng, &OverrideReason::ALL)?;
	let second_factor = Some(confirm(&who, break_glass_operation(&request, reason)));
	Step::signed(who, Call::break_glass { request, reason, second_factor })
}

/// The privacy officer reviews one, or who operates the institution.
pub fn review(rng: &mut StdRng) -> Option<Step> {
	let (institution, key) = PendingReviews::<Runtime>::iter_keys().next()?;
	let operator = super::operator_of(institution).filter(|_| rng.gen_bool(0.5));
	let reviewer = operator.unwrap_or_else(|| OFFICER.to_account_id());
	let outcomes = [ReviewOutcome::Justified, ReviewOutcome::Error, ReviewOutcome::Violation];
	let (grant, outcome, finding) = (key.grant(), one_of(rng, &outcomes)?, commitment(rng));
	Step::signed(reviewer, Call::review_break_glass { grant, outcome, finding })
}

/// Governance sets how long an emergency lasts and until when it is reviewed.
pub fn set_terms(rng: &mut StdRng) -> Option<Step> {
	let terms = EmergencyTerms {
		max_duration: Milliseconds(rng.gen_range(1..=4) * HOUR),
		uses: rng.gen_range(1..=10),
		review_within: Milliseconds(rng.gen_range(1..=7) * DAY),
		max_overdue: rng.gen_range(1..=100),
		proofs_a_day: rng.gen(),
	};
	Step::root(Call::set_emergency_terms { terms })
}
