//! Patients get guardians, replace them and release them.

use super::guardianship::*;
use crate::{
	mock::*, Accounts, Error, Event, GuardianAction, GuardianPowers, GuardianSet, Guardians,
	GuardiansToBe, Guardianship, PatientInfo, Patients, Powers,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{terminology::purpose, Scope, Values},
	AccountId, AuditAction, AuditEvent, Code, Milliseconds, PatientDirectory, Period,
	RepresentativeDirectory,
};
use sp_runtime::DispatchResult;

fn set_guardians(set: Option<GuardianSet>) -> DispatchResult {
	Registry::set_guardians(signed(patient()), set)
}

fn in_office() -> Option<GuardianSet> {
	Registry::guardians(patient()).map(|guardianship| guardianship.set)
}

#[test]
fn the_first_guardians_take_office_at_once() {
	with_patient(|| {
		assert_ok!(set_guardians(Some(two_of_three())));
		let expected = Guardianship { set: two_of_three(), since: START };
		assert_eq!(Registry::guardians(patient()), Some(expected));
		System::assert_last_event(
			Event::GuardiansInstalled { patient: patient(), count: 3, threshold: 2 }.into(),
		);
		let expected = AuditEvent {
			actor: Some(patient()),
			patient: Some(patient()),
			..AuditEvent::new(AuditAction::GuardiansChanged)
		};
		assert_eq!(log().last(), Some(&expected));
	});
}

#[test]
fn guardians_are_kept_sorted() {
	with_patient(|| {
		let unsorted = GuardianSet { guardians: accounts(&[3, 1, 2]), ..two_of_three() };
		assert_ok!(set_guardians(Some(unsorted)));
		assert_eq!(in_office(), Some(two_of_three()));
	});
}

#[test]
fn a_replacement_takes_effect_when_the_delay_is_over() {
	with_patient(|| {
		assert_ok!(set_guardians(Some(two_of_three())));
		set_time(days(1));
		assert_ok!(set_guardians(Some(others())));
		let takes_effect_at = days(15);
		System::assert_last_event(
			Event::GuardianReplacementPending { patient: patient(), takes_effect_at }.into(),
		);
		set_time(later(15 * DAY - 1));
		assert_eq!(in_office(), Some(two_of_three()));
		set_time(takes_effect_at);
		assert_eq!(in_office(), Some(others()));
		// Nobody has to do anything for it, and those replaced can do nothing.
		let refused = propose(1, GuardianAction::ObjectToReplacement);
		assert_noop!(refused, Error::<Test>::NotAGuardian);
		assert_ok!(propose(4, grant_within()));
		assert_eq!(Guardians::<Test>::get(patient()).unwrap().since, takes_effect_at);
	});
}

#[test]
fn guardians_are_released_when_the_delay_is_over() {
	with_patient(|| {
		assert_ok!(set_guardians(Some(two_of_three())));
		assert_ok!(set_guardians(None));
		assert_eq!(in_office(), Some(two_of_three()));
		set_time(days(14));
		assert_eq!(in_office(), None);
		assert_noop!(propose(1, grant_within()), Error::<Test>::NotAGuardian);
		assert_ok!(set_guardians(Some(others())));
		assert_eq!(in_office(), Some(others()));
	});
}

#[test]
fn a_patient_takes_a_replacement_back_by_naming_those_in_office() {
	with_patient(|| {
		assert_ok!(set_guardians(Some(two_of_three())));
		assert_ok!(set_guardians(Some(others())));
		assert_ok!(set_guardians(Some(two_of_three())));
		System::assert_last_event(
			Event::GuardianReplacementCancelled { patient: patient() }.into(),
		);
		set_time(years(1));
		assert_eq!(in_office(), Some(two_of_three()));
	});
}

#[test]
fn without_a_delay_a_replacement_takes_effect_at_once() {
	with_patient(|| {
		let at_once = GuardianSet { objection_delay: Milliseconds(0), ..two_of_three() };
		assert_ok!(set_guardians(Some(at_once)));
		assert_ok!(set_guardians(Some(others())));
		assert_eq!(in_office(), Some(others()));
		assert_eq!(GuardiansToBe::<Test>::iter().count(), 0);
	});
}

#[test]
fn guardians_whose_time_is_over_are_replaced_at_once() {
	with_patient(|| {
		let for_a_year = Period { start: None, end: Some(years(1)) };
		let set = GuardianSet { period: for_a_year, ..two_of_three() };
		assert_ok!(set_guardians(Some(set)));
		set_time(years(1));
		assert_ok!(set_guardians(None));
		assert_eq!(in_office(), None);
	});
}

#[test]
fn an_institution_sponsors_a_ward() {
	on_chain(|| {
		let sponsor = |who| Registry::sponsor_ward(signed(who), patient(), two_of_three());
		assert_noop!(sponsor(stranger()), Error::<Test>::NotAnOperator);
		assert_ok!(sponsor(operator()));
		assert!(Registry::is_patient(&patient()));
		let info = PatientInfo { sponsor: HOSPITAL, sponsored_at: START };
		assert_eq!(Patients::<Test>::get(patient()), Some(info));
		assert_eq!(in_office(), Some(two_of_three()));
		let actions: Vec<_> = log().iter().map(|entry| entry.action).collect();
		assert_eq!(actions, [AuditAction::PatientSponsored, AuditAction::GuardiansChanged]);
		assert_eq!(log()[1].on_behalf_of, Some(HOSPITAL));
		assert_noop!(sponsor(operator()), Error::<Test>::AlreadyPatient);
	});
}

#[test]
fn sponsor_ward_fails_when_the_guardians_are_refused_and_leaves_no_patient() {
	on_chain(|| {
		let set = GuardianSet { threshold: 4, ..two_of_three() };
		let refused = Registry::sponsor_ward(signed(operator()), patient(), set);
		assert_noop!(refused, Error::<Test>::ThresholdAboveGuardians);
		assert!(!Registry::is_patient(&patient()));
	});
}

#[test]
fn set_guardians_fails_when_the_signer_is_no_patient() {
	with_patient(|| {
		let refused = Registry::set_guardians(signed(stranger()), Some(two_of_three()));
		assert_noop!(refused, Error::<Test>::NotAPatient);
	});
}

#[test]
fn set_guardians_fails_when_nobody_is_named() {
	with_patient(|| {
		let set = GuardianSet { guardians: accounts(&[]), ..two_of_three() };
		assert_noop!(set_guardians(Some(set)), Error::<Test>::NoGuardians);
	});
}

#[test]
fn set_guardians_fails_when_there_are_too_many() {
	with_patient(|| {
		let set = GuardianSet { guardians: accounts(&[1, 2, 3, 4, 5, 6]), ..two_of_three() };
		assert_noop!(set_guardians(Some(set)), Error::<Test>::TooManyGuardians);
	});
}

#[test]
fn set_guardians_fails_when_the_threshold_is_zero() {
	with_patient(|| {
		let set = GuardianSet { threshold: 0, ..two_of_three() };
		assert_noop!(set_guardians(Some(set)), Error::<Test>::ThresholdZero);
	});
}

#[test]
fn set_guardians_fails_when_the_threshold_is_above_the_guardians() {
	with_patient(|| {
		let set = GuardianSet { threshold: 4, ..two_of_three() };
		assert_noop!(set_guardians(Some(set)), Error::<Test>::ThresholdAboveGuardians);
	});
}

#[test]
fn set_guardians_fails_when_one_is_named_twice() {
	with_patient(|| {
		let set = GuardianSet { guardians: accounts(&[1, 2, 1]), ..two_of_three() };
		assert_noop!(set_guardians(Some(set)), Error::<Test>::DuplicateGuardian);
	});
}

fn with_guardian(who: AccountId) -> GuardianSet {
	let guardians = Accounts::truncate_from(vec![guardian(1), who]);
	GuardianSet { guardians, ..two_of_three() }
}

#[test]
fn set_guardians_fails_when_the_patient_is_one() {
	with_patient(|| {
		let refused = set_guardians(Some(with_guardian(patient())));
		assert_noop!(refused, Error::<Test>::PatientAsGuardian);
	});
}

#[test]
fn set_guardians_fails_when_an_operator_is_one() {
	with_patient(|| {
		let refused = set_guardians(Some(with_guardian(operator())));
		assert_noop!(refused, Error::<Test>::GuardianIsOperator);
	});
}

#[test]
fn set_guardians_fails_when_the_time_is_none() {
	with_patient(|| {
		let during = |start, end| {
			let period = Period { start: Some(start), end: Some(end) };
			set_guardians(Some(GuardianSet { period, ..two_of_three() }))
		};
		assert_noop!(during(days(2), days(1)), Error::<Test>::PeriodNotOrdered);
		set_time(days(1));
		assert_noop!(during(START, days(1)), Error::<Test>::GuardianshipOver);
		let mut set = two_of_three();
		set.scope.period = Period { start: Some(days(2)), end: Some(days(1)) };
		assert_noop!(set_guardians(Some(set)), Error::<Test>::PeriodNotOrdered);
	});
}

#[test]
fn set_guardians_fails_when_the_delay_is_too_long() {
	with_patient(|| {
		let set = GuardianSet { objection_delay: Milliseconds(91 * DAY), ..two_of_three() };
		assert_noop!(set_guardians(Some(set)), Error::<Test>::ObjectionDelayTooLong);
	});
}

#[test]
fn set_guardians_fails_when_nothing_changes() {
	with_patient(|| {
		assert_noop!(set_guardians(None), Error::<Test>::GuardiansUnchanged);
		assert_ok!(set_guardians(Some(two_of_three())));
		let refused = set_guardians(Some(two_of_three()));
		assert_noop!(refused, Error::<Test>::GuardiansUnchanged);
	});
}

#[test]
fn guardians_replace_themselves_and_keep_their_mandate() {
	with_guardians(|| {
		let action =
			GuardianAction::ReplaceGuardians { guardians: accounts(&[2, 5]), threshold: 1 };
		let proposal = agreed(action);
		set_time(days(14));
		assert_ok!(execute(2, proposal));
		let expected = GuardianSet { guardians: accounts(&[2, 5]), threshold: 1, ..two_of_three() };
		assert_eq!(in_office(), Some(expected));
	});
}

#[test]
fn guardians_cannot_name_a_set_that_could_not_be() {
	with_guardians(|| {
		let replace = |guardians: &[u8], threshold| GuardianAction::ReplaceGuardians {
			guardians: accounts(guardians),
			threshold,
		};
		assert_noop!(propose(1, replace(&[], 1)), Error::<Test>::NoGuardians);
		assert_noop!(propose(1, replace(&[1], 0)), Error::<Test>::ThresholdZero);
		assert_noop!(propose(1, replace(&[1], 2)), Error::<Test>::ThresholdAboveGuardians);
		assert_noop!(propose(1, replace(&[1, 1], 1)), Error::<Test>::DuplicateGuardian);
	});
}

#[test]
fn guardians_object_to_being_replaced() {
	with_guardians(|| {
		let object = GuardianAction::ObjectToReplacement;
		assert_noop!(propose(1, object.clone()), Error::<Test>::NoReplacementPending);
		assert_ok!(set_guardians(Some(others())));
		let proposal = proposed(1, object);
		assert_ok!(approve(2, proposal));
		assert_eq!(GuardiansToBe::<Test>::get(patient()), None);
		set_time(years(1));
		assert_eq!(in_office(), Some(two_of_three()));
	});
}

#[test]
fn guardians_object_only_where_they_may() {
	with_patient(|| {
		let powers = GuardianPowers { consents: Powers::ALL, ..Default::default() };
		assert_ok!(set_guardians(Some(GuardianSet { powers, ..two_of_three() })));
		assert_ok!(set_guardians(None));
		let refused = propose(1, GuardianAction::ObjectToReplacement);
		assert_noop!(refused, Error::<Test>::NotWithinPowers);
	});
}

#[test]
fn a_guardian_stands_in_while_in_office_and_within_the_scope() {
	with_patient(|| {
		let period = Period { start: Some(days(2)), end: Some(days(9)) };
		assert_ok!(set_guardians(Some(GuardianSet { period, ..two_of_three() })));
		let stands_in = |who: &AccountId, code| Registry::is_guardian(who, &patient(), code);
		let first = guardian(1);
		set_time(days(1));
		assert!(!stands_in(&first, None), "before the period");
		set_time(days(2));
		assert!(stands_in(&first, None));
		assert!(stands_in(&first, Some(purpose::TREAT)));
		assert!(!stands_in(&first, Some(purpose::HPAYMT)), "beyond the scope");
		assert!(!stands_in(&guardian(4), None), "not a guardian");
		assert!(!stands_in(&patient(), None), "the patient is no guardian");
		set_time(days(9));
		assert!(!stands_in(&first, None), "after the period");
	});
}

#[test]
fn a_guardian_stands_in_for_several_purposes_where_the_scope_has_each() {
	let for_each = |who: &AccountId, purposes: &[Code]| {
		Registry::is_guardian_for_each(who, &patient(), purposes)
	};
	with_patient(|| {
		let purposes = [purpose::TREAT, purpose::HPAYMT];
		let within = |purposes: &[Code]| Scope {
			purposes: Values::truncate_from(purposes.to_vec()),
			..two_of_three().scope
		};
		let set = GuardianSet { scope: within(&purposes), ..two_of_three() };
		assert_ok!(set_guardians(Some(set)));
		assert!(for_each(&guardian(1), &purposes));
		assert!(for_each(&guardian(1), &purposes[..1]) && for_each(&guardian(1), &[]));
		assert!(!for_each(&guardian(1), &[purpose::TREAT, purpose::HMARKT]), "beyond the scope");
		assert!(!for_each(&guardian(4), &[]), "not a guardian");
	});
	with_patient(|| {
		let scope = Scope { purposes: Default::default(), ..two_of_three().scope };
		assert_ok!(set_guardians(Some(GuardianSet { scope, ..two_of_three() })));
		assert!(for_each(&guardian(1), &[purpose::TREAT, purpose::HMARKT]), "for all");
	});
}

#[test]
fn a_guardian_stands_in_for_all_purposes_where_the_scope_names_none() {
	let for_all = |who: &AccountId| Registry::is_guardian_for_all(who, &patient());
	with_patient(|| {
		assert!(!for_all(&guardian(1)), "there are none");
		assert_ok!(set_guardians(Some(two_of_three())));
		assert!(!for_all(&guardian(1)), "the scope names purposes");
	});
	with_patient(|| {
		let scope = Scope { purposes: Default::default(), ..two_of_three().scope };
		let period = Period { start: Some(days(2)), end: Some(days(9)) };
		assert_ok!(set_guardians(Some(GuardianSet { scope, period, ..two_of_three() })));
		set_time(days(2));
		assert!(for_all(&guardian(1)));
		assert!(!for_all(&guardian(4)), "not a guardian");
		set_time(days(9));
		assert!(!for_all(&guardian(1)), "after the period");
	});
}
