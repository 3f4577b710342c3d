//! The check of invariants notices each way in which break-glasses and reviews can be wrong.

use super::emergency::*;
use crate::{
	mock::*, ConfirmedGrants, EmergencyOverride, EmergencyOverrides, EmergencyTerms,
	EmergencyTermsInForce, Grant, GrantStatus, Grants, OverrideCountOf, OverridesOf,
	PendingReviews, ReviewCounts, ReviewCountsOf, ReviewKey,
};
use frame_support::assert_ok;
use hdx_primitives::{engine::terminology::purpose, Action, AssuranceLevel, GrantId, Milliseconds};
use sp_runtime::TryRuntimeError;

/// Breaks a state that holds a pending review, a closed one and an ordinary grant, in this order.
fn assert_noticed(spoil: impl FnOnce(GrantId, GrantId, GrantId), complaint: &'static str) {
	genesis().execute_with(|| {
		set_standing(AssuranceLevel::Verified);
		let pending = broken(emergency());
		let closed = broken(another_emergency());
		assert_ok!(review(OFFICER, closed));
		let ordinary = granted(request());
		assert_eq!(RecordAccess::check_invariants(), Ok(()));
		spoil(pending, closed, ordinary);
		assert_eq!(RecordAccess::check_invariants(), Err(TryRuntimeError::Other(complaint)));
	});
}

fn change(id: GrantId, change: impl FnOnce(&mut Grant)) {
	Grants::<Test>::mutate(id, |grant| change(grant.as_mut().unwrap()));
}

fn spoil(id: GrantId, spoil: impl FnOnce(&mut EmergencyOverride)) {
	EmergencyOverrides::<Test>::mutate(id, |emergency| spoil(emergency.as_mut().unwrap()));
}

#[test]
fn try_state_fails_when_a_break_glass_is_not_one() {
	assert_noticed(
		|pending, _, _| {
			let emergency = EmergencyOverrides::<Test>::get(pending).unwrap();
			EmergencyOverrides::<Test>::insert(GrantId(77), emergency);
		},
		"a break-glass has no grant",
	);
	assert_noticed(
		|pending, _, _| change(pending, |grant| grant.request.purpose = purpose::TREAT),
		"a break-glass is no emergency, or more than reading",
	);
	assert_noticed(
		|pending, _, _| change(pending, |grant| grant.request.action = Action::Append),
		"a break-glass is no emergency, or more than reading",
	);
	assert_noticed(
		|pending, _, _| change(pending, |grant| grant.basis = Some(BASIS)),
		"a break-glass rests on consents",
	);
	assert_noticed(
		|pending, _, _| change(pending, |grant| grant.obligations = redact(1)),
		"a break-glass rests on consents",
	);
	assert_noticed(
		|pending, _, _| ConfirmedGrants::<Test>::remove(pending),
		"a break-glass was not signed with the second key",
	);
	assert_noticed(
		|pending, _, _| change(pending, |grant| grant.expires_at = Milliseconds(u64::MAX)),
		"a break-glass holds too long",
	);
	assert_noticed(
		|_, _, ordinary| change(ordinary, |grant| grant.request.purpose = purpose::BTG),
		"a grant breaks the glass without a review",
	);
}

#[test]
fn try_state_fails_when_a_review_makes_no_sense() {
	assert_noticed(
		|pending, _, _| spoil(pending, |emergency| emergency.deadline = START),
		"a review was overdue from the beginning",
	);
	assert_noticed(
		|_, closed, _| spoil(closed, |it| it.review.as_mut().unwrap().reviewer = PHYSICIAN),
		"somebody reviewed themselves",
	);
	assert_noticed(
		|_, closed, _| spoil(closed, |it| it.review.as_mut().unwrap().is_late = true),
		"a review is late without being so, or the other way round",
	);
	assert_noticed(
		|_, closed, _| change(closed, |grant| grant.status = GrantStatus::Active),
		"a break-glass holds after its review",
	);
}

#[test]
fn try_state_fails_when_a_patients_list_and_the_break_glasses_disagree() {
	assert_noticed(
		|_, _, _| OverrideCountOf::<Test>::insert(PATIENT, 1),
		"a patient's list of break-glasses is longer than its count",
	);
	assert_noticed(
		|_, _, _| OverrideCountOf::<Test>::insert(PATIENT, 3),
		"a patient's count of break-glasses is wrong",
	);
	assert_noticed(
		|_, _, ordinary| OverridesOf::<Test>::insert(PATIENT, 1, ordinary),
		"a patient's list names no break-glass",
	);
	assert_noticed(
		|pending, _, _| {
			OverrideCountOf::<Test>::insert(SILENT_PATIENT, 1);
			OverridesOf::<Test>::insert(SILENT_PATIENT, 0, pending);
		},
		"a break-glass is in another patient's list",
	);
	assert_noticed(
		|pending, _, _| OverridesOf::<Test>::insert(PATIENT, 1, pending),
		"a break-glass is listed twice",
	);
	assert_noticed(
		|_, _, _| {
			OverridesOf::<Test>::remove(PATIENT, 1);
			OverrideCountOf::<Test>::insert(PATIENT, 1);
		},
		"a break-glass is in no patient's list",
	);
}

#[test]
fn try_state_fails_when_queue_counts_and_reviews_disagree() {
	let key = ReviewKey::new;
	let deadline = START.saturating_add(TERMS.review_within);
	assert_noticed(
		|pending, _, _| PendingReviews::<Test>::remove(CLINIC, key(deadline, pending)),
		"the queue of reviews and the reviews disagree",
	);
	assert_noticed(
		|_, closed, _| PendingReviews::<Test>::insert(CLINIC, key(deadline, closed), ()),
		"the queue of reviews and the reviews disagree",
	);
	assert_noticed(
		|pending, _, _| PendingReviews::<Test>::insert(CLINIC, key(START, pending), ()),
		"a queue holds what is not pending",
	);
	assert_noticed(
		|pending, _, _| PendingReviews::<Test>::insert(HOSPITAL, key(deadline, pending), ()),
		"a queue holds what is not pending",
	);
	assert_noticed(
		|_, _, _| {
			let counts = ReviewCounts { pending: 1, closed: 1, late: 1 };
			ReviewCountsOf::<Test>::insert(CLINIC, counts);
		},
		"an institution's count of reviews is wrong",
	);
}

#[test]
fn try_state_fails_when_the_terms_are_out_of_bounds() {
	assert_noticed(
		|_, _, _| EmergencyTermsInForce::<Test>::put(EmergencyTerms { uses: 0, ..TERMS }),
		"the terms of emergencies are out of bounds",
	);
}
