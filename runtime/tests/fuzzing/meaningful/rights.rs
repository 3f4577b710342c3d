//! What patients ask of custodians: restrictions, disputes, erasure.

use super::{commitment, kept_record, one_of, patient, record};
use crate::fuzzing::{Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use hdx_primitives::{engine::terminology::purpose, Commitment, DisputeOutcome, ErasureExemption};
use hdx_runtime::Runtime;
use pallet_record_access::{
	Call, Disputes, ErasureRequests, Records, RestrictedPurposes, RestrictionTerms, Restrictions,
};

/// What there is here.
pub const ALL: &[Make] =
	&[restrict, lift, lift, dispute, answer_dispute, request_erasure, refuse_erasure, erase];

/// A patient restricts for what records are disclosed.
pub fn restrict(rng: &mut StdRng) -> Option<Step> {
	let (id, stored) = record(rng)?;
	let of_record = rng.gen_bool(0.7);
	let mut purposes = vec![purpose::HRESCH, purpose::HMARKT];
	purposes.sort();
	let purposes = RestrictedPurposes::truncate_from(purposes);
	let terms = if rng.gen_bool(0.9) {
		RestrictionTerms::NotFor(purposes)
	} else {
		RestrictionTerms::OnlyFor(purposes)
	};
	let (patient, record) = (stored.patient.clone(), of_record.then_some(id));
	Step::signed(stored.patient, Call::restrict { patient, record, terms })
}

/// And lifts it.
pub fn lift(rng: &mut StdRng) -> Option<Step> {
	let patient = patient(rng)?;
	let standing: Vec<_> =
		Restrictions::<Runtime>::iter_prefix(&patient).map(|(record, _)| record).collect();
	let record = one_of(rng, &standing)?;
	Step::signed(patient.clone(), Call::lift_restriction { patient, record })
}

/// A patient disputes a record.
pub fn dispute(rng: &mut StdRng) -> Option<Step> {
	let (record, stored) = record(rng)?;
	let statement = commitment(rng);
	Step::signed(stored.patient, Call::dispute_record { record, statement })
}

/// The custodian answers.
pub fn answer_dispute(rng: &mut StdRng) -> Option<Step> {
	let open =
		|(id, dispute): (_, pallet_record_access::Dispute)| dispute.answer.is_none().then_some(id);
	let record = Disputes::<Runtime>::iter().find_map(open)?;
	let operator = super::operator_of(Records::<Runtime>::get(record)?.custodian)?;
	let outcome = one_of(rng, &[DisputeOutcome::Accepted, DisputeOutcome::Denied])?;
	let statement = commitment(rng);
	Step::signed(operator, Call::answer_dispute { record, outcome, statement })
}

/// A patient asks for the erasure of a record.
pub fn request_erasure(rng: &mut StdRng) -> Option<Step> {
	let (record, stored) = record(rng)?;
	Step::signed(stored.patient, Call::request_erasure { record })
}

/// The custodian refuses.
pub fn refuse_erasure(rng: &mut StdRng) -> Option<Step> {
	let record = ErasureRequests::<Runtime>::iter_keys().next()?;
	let operator = super::operator_of(Records::<Runtime>::get(record)?.custodian)?;
	let (exemption, statement) = (ErasureExemption::LegalObligation, commitment(rng));
	Step::signed(operator, Call::refuse_erasure { record, exemption, statement })
}

/// The custodian erases.
pub fn erase(rng: &mut StdRng) -> Option<Step> {
	let (record, _, operator) = kept_record(rng)?;
	// Few, or nothing is left to ask for.
	let is_wanted = ErasureRequests::<Runtime>::contains_key(record) || rng.gen_bool(0.05);
	is_wanted.then_some(())?;
	let receipt = Commitment(super::fresh(rng));
	Step::signed(operator, Call::record_erasure { record, receipt })
}
