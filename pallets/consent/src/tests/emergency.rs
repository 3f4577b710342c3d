//! Patients opt out of the emergency override.

use super::guardianship::{accounts, with_guardians};
use crate::{mock::*, EmergencyOptOuts, Error, Event};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{terminology::purpose, Actor, Algorithm, ImplicitPolicy, Outcome, Request, Rules},
	AuditAction, AuditEvent, ConsentDecider, EmergencyDirectory, Milliseconds,
};

fn set(allowed: bool) -> sp_runtime::DispatchResult {
	Registry::set_emergency_override(signed(patient()), allowed)
}

fn breaking_the_glass() -> Outcome {
	let request = Request {
		actors: &[Actor::Organisation(HOSPITAL)],
		purposes: &[purpose::BTG],
		..Request::default()
	};
	<Registry as ConsentDecider>::decide(&patient(), &request, START).outcome
}

#[test]
fn a_patient_opts_out_and_in_again() {
	with_patient(|| {
		assert!(Registry::allows_emergency_override(patient()));
		assert_ok!(set(false));
		assert!(!Registry::allows_emergency_override(patient()));
		assert_eq!(EmergencyOptOuts::<Test>::get(patient()), Some(START));
		let event = |allowed| Event::EmergencyOverrideSet { patient: patient(), allowed };
		System::assert_last_event(event(false).into());
		let expected = AuditEvent {
			actor: Some(patient()),
			patient: Some(patient()),
			..AuditEvent::new(AuditAction::EmergencyOverrideChanged)
		};
		assert_eq!(log().last(), Some(&expected));
		assert_ok!(set(true));
		System::assert_last_event(event(true).into());
		assert!(Registry::allows_emergency_override(patient()));
	});
}

#[test]
fn breaking_the_glass_is_refused_where_the_patient_opted_out() {
	with_patient(|| {
		let rules = Rules {
			algorithm: Algorithm::MostRecentWins,
			implicit: ImplicitPolicy::BreakGlassOnly,
		};
		assert_ok!(Registry::set_decision_rules(RuntimeOrigin::root(), rules));
		assert_eq!(breaking_the_glass(), Outcome::Permit);
		assert_ok!(set(false));
		assert_eq!(breaking_the_glass(), Outcome::Deny);
		assert_ok!(set(true));
		assert_eq!(breaking_the_glass(), Outcome::Permit);
	});
}

#[test]
fn set_emergency_override_fails_when_it_is_set_like_that() {
	with_patient(|| {
		assert_noop!(set(true), Error::<Test>::EmergencyOverrideUnchanged);
		assert_ok!(set(false));
		assert_noop!(set(false), Error::<Test>::EmergencyOverrideUnchanged);
	});
}

#[test]
fn set_emergency_override_fails_when_the_signer_is_no_patient() {
	with_patient(|| {
		let refused = Registry::set_emergency_override(signed(stranger()), false);
		assert_noop!(refused, Error::<Test>::NotAPatient);
	});
}

#[test]
fn others_are_told_of_an_opt_out() {
	with_patient(|| {
		assert!(!<Registry as EmergencyDirectory>::has_opted_out(&patient()));
		assert_ok!(set(false));
		assert!(<Registry as EmergencyDirectory>::has_opted_out(&patient()));
		assert!(!<Registry as EmergencyDirectory>::has_opted_out(&stranger()));
	});
}

#[test]
fn others_are_told_of_the_guardians_while_they_are_in_office() {
	with_guardians(|| {
		let at = |at| <Registry as EmergencyDirectory>::guardians(&patient(), at);
		let end = years(10);
		assert_eq!(at(START), accounts(&[1, 2, 3]));
		assert_eq!(at(Milliseconds(end.0 - 1)), accounts(&[1, 2, 3]));
		assert_eq!(at(end), accounts(&[]));
		let none = <Registry as EmergencyDirectory>::guardians(&stranger(), START);
		assert_eq!(none, accounts(&[]));
	});
}
