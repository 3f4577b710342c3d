//! Nobody escapes a suspension by governance by moving first.

use crate::{mock::*, Error, Event, GovernanceHolds, PractitionerStatus};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{AccountId, DenialReason, Role};
use sp_core::Pair;
use sp_runtime::DispatchResult;

const SUSPENDED: PractitionerStatus = PractitionerStatus::Suspended(REASON);

fn next(seed: u8) -> AccountId {
	pair(seed).public().into()
}

/// The home's operator moves a practitioner to the account of this seed.
fn rotate(from: &AccountId, seed: u8) -> DispatchResult {
	rotate_to(hospital_operator(), from.clone(), &pair(seed), None)
}

fn set(who: AccountId, status: PractitionerStatus) -> DispatchResult {
	ProviderRegistry::set_practitioner_status(RuntimeOrigin::root(), who, status)
}

fn remove(who: AccountId) {
	assert_ok!(ProviderRegistry::remove_practitioner(signed(hospital_operator()), who));
}

#[test]
fn a_hold_follows_every_rotation_to_the_account_of_now() {
	test(|| {
		enrol_dana();
		assert_ok!(rotate(&dana(), 30));
		for seed in 31..50 {
			assert_ok!(rotate(&next(seed - 1), seed));
		}
		assert_ok!(set(next(35), SUSPENDED));
		let practitioner = next(49);
		let changed =
			Event::PractitionerStatusChanged { practitioner, status: SUSPENDED, by: None };
		System::assert_last_event(changed.into());
		assert_eq!(enrolled(&next(49)), Err(DenialReason::PractitionerSuspended));
		assert_noop!(set(dana(), SUSPENDED), Error::<Test>::StatusUnchanged);
		assert_ok!(set(dana(), PractitionerStatus::Active));
		assert_ok!(enrolled(&next(49)));
	});
}

#[test]
fn a_hold_keeps_a_removed_account_from_being_enrolled_anew() {
	test(|| {
		enrol_dana();
		remove(dana());
		assert_noop!(set(dana(), PractitionerStatus::Active), Error::<Test>::StatusUnchanged);
		assert_ok!(set(dana(), SUSPENDED));
		assert_noop!(set(dana(), SUSPENDED), Error::<Test>::StatusUnchanged);
		let held = || Error::<Test>::HeldByGovernance;
		assert_noop!(enrol(clinic_operator(), dana(), &[Role::Nurse], current()), held());
		let root = RuntimeOrigin::root;
		assert_noop!(ProviderRegistry::register_oracle(root(), dana(), None), held());
		assert_ok!(set(dana(), PractitionerStatus::Active));
		assert!(!GovernanceHolds::<Test>::contains_key(dana()));
		enrol_dana();
	});
}

#[test]
fn a_hold_follows_a_rotation_before_a_removal() {
	test(|| {
		enrol_dana();
		assert_ok!(rotate(&dana(), 30));
		remove(next(30));
		assert_ok!(set(dana(), SUSPENDED));
		assert_noop!(
			enrol(hospital_operator(), next(30), &[Role::Physician], current()),
			Error::<Test>::HeldByGovernance
		);
		assert_ok!(enrol(hospital_operator(), account(9), &[Role::Physician], current()));
		assert_noop!(rotate(&account(9), 30), Error::<Test>::HeldByGovernance);
	});
}

#[test]
fn rotate_fails_when_the_new_account_was_somebodys_who_was_rotated() {
	test(|| {
		enrol_dana();
		assert_ok!(rotate(&dana(), 30));
		remove(next(30));
		assert_ok!(enrol(hospital_operator(), account(9), &[Role::Physician], current()));
		assert_noop!(rotate(&account(9), 30), Error::<Test>::AccountHasPast);
	});
}
