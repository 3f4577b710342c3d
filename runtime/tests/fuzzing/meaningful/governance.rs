//! The chambers: seats, referenda and votes; validators; what lets everybody act again.

use super::{anybody, institution, one_of};
use crate::fuzzing::{accounts, By, Make, Step};
use ark_std::rand::{rngs::StdRng, Rng};
use frame_support::traits::{schedule::DispatchTime, StorePreimage};
use hdx_primitives::AccountId;
use hdx_runtime::{Preimage, Runtime, RuntimeCall};
use pallet_governance::{Call, Origin, Seats};
use pallet_ranked_collective::Members;
use pallet_referenda::{Instance2, ReferendumCount};
use pallet_validator_set::{Members as Validators, Terms, ValidatorTerms};

/// What there is here.
pub const ALL: &[Make] = &[
	seat,
	unseat,
	appoint,
	dismiss,
	submit,
	submit_of_patients,
	place_deposit,
	place_deposit_of_patients,
	vote,
	vote,
	vote_of_patients,
	vote_of_patients,
	add_validator,
	remove_validator,
	set_terms,
	leave_safe_mode,
	leave_safe_mode,
	unpause,
];

/// An institution gets a seat.
pub fn seat(rng: &mut StdRng) -> Option<Step> {
	let institution = institution(rng)?;
	let call = Call::seat_institution { institution };
	Some(Step { by: By::Chamber(Origin::Membership), call: call.into() })
}

/// And loses it. Three stay.
pub fn unseat(rng: &mut StdRng) -> Option<Step> {
	let seats = Seats::<Runtime>::get();
	(seats.len() > 2).then_some(())?;
	let institution = one_of(rng, &seats)?.institution;
	let call = Call::unseat_institution { institution };
	Some(Step { by: By::Chamber(Origin::Membership), call: call.into() })
}

/// Somebody represents patients.
pub fn appoint(rng: &mut StdRng) -> Option<Step> {
	let call = Call::appoint_representative { representative: anybody(rng)? };
	Some(Step { by: By::Chamber(Origin::Representation), call: call.into() })
}

fn member(rng: &mut StdRng) -> Option<AccountId> {
	let members: Vec<_> = Members::<Runtime>::iter_keys().take(16).collect();
	one_of(rng, &members)
}

fn representative(rng: &mut StdRng) -> Option<AccountId> {
	let members: Vec<_> = Members::<Runtime, Instance2>::iter_keys().take(16).collect();
	one_of(rng, &members)
}

/// And no longer. Three stay.
pub fn dismiss(rng: &mut StdRng) -> Option<Step> {
	(Members::<Runtime, Instance2>::iter_keys().count() > 3).then_some(())?;
	let call = Call::dismiss_representative { representative: representative(rng)? };
	Some(Step { by: By::Chamber(Origin::Representation), call: call.into() })
}

/// What referenda here are about.
fn proposal(rng: &mut StdRng) -> Option<RuntimeCall> {
	let call = Call::appoint_representative { representative: anybody(rng)? };
	Some(call.into())
}

/// An institution proposes.
pub fn submit(rng: &mut StdRng) -> Option<Step> {
	let origin = one_of(rng, &[Origin::Membership, Origin::Parameters, Origin::Emergency])?;
	let call = pallet_referenda::Call::<Runtime>::submit {
		proposal_origin: Box::new(origin.into()),
		proposal: Preimage::bound(proposal(rng)?).ok()?,
		enactment_moment: DispatchTime::After(0),
	};
	Step::signed(member(rng)?, call)
}

/// A representative of patients does.
pub fn submit_of_patients(rng: &mut StdRng) -> Option<Step> {
	let origin = one_of(rng, &[Origin::Representation, Origin::PatientsRights])?;
	let call = pallet_referenda::Call::<Runtime, Instance2>::submit {
		proposal_origin: Box::new(origin.into()),
		proposal: Preimage::bound(proposal(rng)?).ok()?,
		enactment_moment: DispatchTime::After(0),
	};
	Step::signed(representative(rng)?, call)
}

/// One of the last referenda.
fn poll(rng: &mut StdRng, count: u32) -> Option<u32> {
	(count > 0).then(|| rng.gen_range(count.saturating_sub(4)..count))
}

/// Has a referendum decided about.
pub fn place_deposit(rng: &mut StdRng) -> Option<Step> {
	let index = poll(rng, ReferendumCount::<Runtime>::get())?;
	let call = pallet_referenda::Call::<Runtime>::place_decision_deposit { index };
	Step::signed(member(rng)?, call)
}

/// And in the other chamber.
pub fn place_deposit_of_patients(rng: &mut StdRng) -> Option<Step> {
	let index = poll(rng, ReferendumCount::<Runtime, Instance2>::get())?;
	let call = pallet_referenda::Call::<Runtime, Instance2>::place_decision_deposit { index };
	Step::signed(representative(rng)?, call)
}

/// An institution votes.
pub fn vote(rng: &mut StdRng) -> Option<Step> {
	let poll = poll(rng, ReferendumCount::<Runtime>::get())?;
	let aye = rng.gen_bool(0.7);
	let call = pallet_ranked_collective::Call::<Runtime>::vote { poll, aye };
	Step::signed(member(rng)?, call)
}

/// A representative of patients does.
pub fn vote_of_patients(rng: &mut StdRng) -> Option<Step> {
	let poll = poll(rng, ReferendumCount::<Runtime, Instance2>::get())?;
	let aye = rng.gen_bool(0.7);
	let call = pallet_ranked_collective::Call::<Runtime, Instance2>::vote { poll, aye };
	Step::signed(representative(rng)?, call)
}

/// A validator is added; it has no keys yet.
pub fn add_validator(rng: &mut StdRng) -> Option<Step> {
	rng.gen_bool(0.2).then_some(())?;
	let validator = accounts::nameless(rng.gen_range(16..24));
	let institution = institution(rng)?;
	Step::root(pallet_validator_set::Call::add_validator { validator, institution })
}

/// And removed. The one that makes the blocks is refused.
pub fn remove_validator(rng: &mut StdRng) -> Option<Step> {
	let validators = Validators::<Runtime>::get();
	let validator = one_of(rng, &validators)?.account;
	Step::root(pallet_validator_set::Call::remove_validator { validator })
}

/// Governance sets the terms of validators.
pub fn set_terms(rng: &mut StdRng) -> Option<Step> {
	Terms::<Runtime>::get()?;
	let terms = ValidatorTerms { minimum: 1, key_cooldown: rng.gen_range(0..48) };
	Step::root(pallet_validator_set::Call::set_terms { terms })
}

/// Safe mode ends, where something arbitrary began it.
pub fn leave_safe_mode(_: &mut StdRng) -> Option<Step> {
	pallet_safe_mode::EnteredUntil::<Runtime>::get()?;
	Step::root(pallet_safe_mode::Call::<Runtime>::force_exit {})
}

/// A call that was paused goes on.
pub fn unpause(_: &mut StdRng) -> Option<Step> {
	let ident = pallet_tx_pause::PausedCalls::<Runtime>::iter_keys().next()?;
	Step::root(pallet_tx_pause::Call::<Runtime>::unpause { ident })
}
