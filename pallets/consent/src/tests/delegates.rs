//! Delegates of a patient.

use super::guardianship::{content, treatment_until};
use crate::{
	mock::*, ConsentAction, ConsentContent, ConsentTerms, DelegateTerms, DelegatesOf, Delegation,
	Error, Event, GrantedBy, Powers, Renewal,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{terminology::purpose, Outcome, Scope},
	AccountId, AuditAction, AuditEvent, ConsentId, Milliseconds, Period, Subject,
};
use sp_runtime::DispatchResult;

/// Treatment, for two years at most; everything that can be done.
fn treatment_only() -> DelegateTerms {
	DelegateTerms {
		scope: Scope {
			purposes: vec![purpose::TREAT].try_into().unwrap(),
			period: Period { start: None, end: Some(years(2)) },
			..Scope::default()
		},
		powers: Powers::ALL,
		period: Period { start: None, end: Some(years(1)) },
	}
}

fn delegate(who: AccountId, terms: DelegateTerms) -> DispatchResult {
	Registry::delegate(signed(patient()), who, terms)
}

fn act(action: ConsentAction) -> DispatchResult {
	Registry::act_as_delegate(signed(daughter()), patient(), action)
}

fn grant_until(end: Milliseconds) -> ConsentAction {
	ConsentAction::Grant(content(treatment_until(end)))
}

fn with_daughter(test: impl FnOnce()) {
	with_patient(|| {
		assert_ok!(delegate(daughter(), treatment_only()));
		test();
	});
}

#[test]
fn a_patient_names_a_delegate() {
	with_daughter(|| {
		let expected =
			Delegation { delegate: daughter(), terms: treatment_only(), named_at: START };
		assert_eq!(Registry::delegates(patient()), [expected]);
		System::assert_last_event(
			Event::DelegateNamed { patient: patient(), delegate: daughter() }.into(),
		);
		let expected = AuditEvent {
			actor: Some(patient()),
			patient: Some(patient()),
			subject: Subject::Representative([30; 32]),
			..AuditEvent::new(AuditAction::DelegateNamed)
		};
		assert_eq!(log().last(), Some(&expected));
	});
}

#[test]
fn a_delegate_grants_and_the_patient_sees_who_did() {
	with_daughter(|| {
		assert_ok!(act(grant_until(years(1))));
		let id = ConsentId(0);
		assert_eq!(record(id).granted_by, GrantedBy::Delegate(daughter()));
		assert_eq!(record(id).patient, patient());
		assert_eq!(Registry::list(patient(), 0, 1)[0].granted_by, GrantedBy::Delegate(daughter()));
		assert_eq!(outcome_at(START), Outcome::Permit);
		let entry = log().pop().unwrap();
		assert_eq!((entry.actor, entry.patient), (Some(daughter()), Some(patient())));
	});
}

#[test]
fn a_delegate_does_not_override_what_the_patient_said_before() {
	with_daughter(|| {
		grant(deny_all());
		set_time(days(1));
		assert_ok!(act(grant_until(years(1))));
		assert_eq!(outcome_at(days(1)), Outcome::Deny);
		revoke(ConsentId(0));
		assert_eq!(outcome_at(days(1)), Outcome::Permit);
	});
}

#[test]
fn a_delegate_changes_and_revokes_what_the_delegate_gave() {
	with_daughter(|| {
		let consent = ConsentId(0);
		let renewal =
			Renewal { extends_by: Milliseconds(30 * DAY), times: 1, notice: Milliseconds(DAY) };
		let renewing = ConsentContent {
			terms: ConsentTerms { renewal: Some(renewal), ..NO_TERMS },
			..content(treatment_until(years(1)))
		};
		assert_ok!(act(ConsentAction::Grant(renewing)));
		assert_ok!(act(ConsentAction::StopRenewal { consent }));
		let amended = content(treatment_until(days(9)));
		assert_ok!(act(ConsentAction::Amend { consent, content: amended }));
		assert_eq!(record(consent).version, 2);
		assert_ok!(act(ConsentAction::Revoke { consent }));
		assert_eq!(outcome_at(START), Outcome::NoConsent);
	});
}

#[test]
fn a_delegate_cannot_touch_what_others_gave() {
	with_daughter(|| {
		let consent = grant(deny_all());
		let amended = content(treatment_until(years(1)));
		for action in [
			ConsentAction::Amend { consent, content: amended },
			ConsentAction::Revoke { consent },
			ConsentAction::StopRenewal { consent },
		] {
			assert_noop!(act(action), Error::<Test>::NotGivenByDelegate);
		}
		// Nor what the patient amended since.
		assert_ok!(act(grant_until(years(1))));
		let given = ConsentId(1);
		assert_ok!(amend(given, permit_until(days(1)), NO_TERMS));
		let refused = act(ConsentAction::Revoke { consent: given });
		assert_noop!(refused, Error::<Test>::NotGivenByDelegate);
		let refused = act(ConsentAction::Revoke { consent: ConsentId(9) });
		assert_noop!(refused, Error::<Test>::ConsentUnknown);
	});
}

#[test]
fn a_delegate_consents_within_the_scope_only() {
	with_daughter(|| {
		let renewal =
			Renewal { extends_by: Milliseconds(YEAR), times: 2, notice: Milliseconds(DAY) };
		let renewing = ConsentContent {
			terms: ConsentTerms { renewal: Some(renewal), ..NO_TERMS },
			..content(treatment_until(years(1)))
		};
		let wider =
			[content(permit_all()), content(treatment_until(later(2 * YEAR + 1))), renewing];
		for content in wider {
			let refused = act(ConsentAction::Grant(content));
			assert_noop!(refused, Error::<Test>::WiderThanDelegation);
		}
	});
}

#[test]
fn a_delegate_does_what_the_patient_allowed_only() {
	with_daughter(|| {
		assert_ok!(act(grant_until(years(1))));
		let powers = Powers { revoke: true, ..Powers::default() };
		assert_ok!(delegate(daughter(), DelegateTerms { powers, ..treatment_only() }));
		assert_noop!(act(grant_until(years(1))), Error::<Test>::NotWithinPowers);
		assert_ok!(act(ConsentAction::Revoke { consent: ConsentId(0) }));
	});
}

#[test]
fn a_delegate_acts_in_their_time_only() {
	with_patient(|| {
		let period = Period { start: Some(days(1)), end: Some(days(2)) };
		assert_ok!(delegate(daughter(), DelegateTerms { period, ..treatment_only() }));
		assert_noop!(act(grant_until(years(1))), Error::<Test>::DelegationNotBegun);
		set_time(days(2));
		assert_noop!(act(grant_until(years(1))), Error::<Test>::DelegationOver);
	});
}

#[test]
fn act_as_delegate_fails_when_the_signer_is_none() {
	with_daughter(|| {
		for other in [stranger(), patient(), operator()] {
			let refused =
				Registry::act_as_delegate(signed(other), patient(), grant_until(years(1)));
			assert_noop!(refused, Error::<Test>::NotADelegate);
		}
		assert_ok!(Registry::sponsor_patient(signed(operator()), stranger()));
		let refused =
			Registry::act_as_delegate(signed(daughter()), stranger(), grant_until(years(1)));
		assert_noop!(refused, Error::<Test>::NotADelegate);
	});
}

#[test]
fn a_delegate_names_nobody_and_leaves_the_override_alone() {
	with_daughter(|| {
		let origin = || signed(daughter());
		let refused = Registry::delegate(origin(), stranger(), treatment_only());
		assert_noop!(refused, Error::<Test>::NotAPatient);
		let refused = Registry::set_emergency_override(origin(), false);
		assert_noop!(refused, Error::<Test>::NotAPatient);
		assert_noop!(Registry::set_guardians(origin(), None), Error::<Test>::NotAPatient);
	});
}

#[test]
fn a_delegate_is_revoked_and_what_was_granted_stays_until_revoked() {
	with_daughter(|| {
		assert_ok!(act(grant_until(years(1))));
		assert_ok!(Registry::revoke_delegate(signed(patient()), daughter()));
		System::assert_last_event(
			Event::DelegateRevoked { patient: patient(), delegate: daughter() }.into(),
		);
		assert_eq!(log().pop().unwrap().action, AuditAction::DelegateRevoked);
		assert!(!DelegatesOf::<Test>::contains_key(patient()));
		assert_noop!(act(grant_until(years(1))), Error::<Test>::NotADelegate);
		assert_eq!(outcome_at(START), Outcome::Permit);
		revoke(ConsentId(0));
		assert_eq!(outcome_at(START), Outcome::NoConsent);
		let refused = Registry::revoke_delegate(signed(patient()), daughter());
		assert_noop!(refused, Error::<Test>::NotADelegate);
	});
}

#[test]
fn delegate_fails_when_the_delegate_cannot_be_one() {
	with_patient(|| {
		let terms = treatment_only;
		assert_noop!(delegate(patient(), terms()), Error::<Test>::PatientAsDelegate);
		assert_noop!(delegate(operator(), terms()), Error::<Test>::DelegateIsOperator);
		let refused = Registry::delegate(signed(stranger()), daughter(), terms());
		assert_noop!(refused, Error::<Test>::NotAPatient);
	});
}

#[test]
fn delegate_fails_when_the_terms_are_no_narrower_or_mean_nothing() {
	with_patient(|| {
		let unlimited = DelegateTerms { scope: Scope::default(), ..treatment_only() };
		assert_noop!(delegate(daughter(), unlimited), Error::<Test>::DelegationUnlimited);
		let backwards = Period { start: Some(days(2)), end: Some(days(1)) };
		let terms = DelegateTerms { period: backwards, ..treatment_only() };
		assert_noop!(delegate(daughter(), terms), Error::<Test>::PeriodNotOrdered);
		let mut terms = treatment_only();
		terms.scope.data_period = backwards;
		assert_noop!(delegate(daughter(), terms), Error::<Test>::PeriodNotOrdered);
		let period = Period { start: None, end: Some(START) };
		let terms = DelegateTerms { period, ..treatment_only() };
		assert_noop!(delegate(daughter(), terms), Error::<Test>::DelegationOver);
	});
}

#[test]
fn delegate_fails_when_nothing_changes() {
	with_daughter(|| {
		let refused = delegate(daughter(), treatment_only());
		assert_noop!(refused, Error::<Test>::DelegationUnchanged);
	});
}

#[test]
fn delegate_fails_when_there_are_too_many_and_ended_ones_make_room() {
	with_daughter(|| {
		let for_good = DelegateTerms { period: Period::default(), ..treatment_only() };
		for number in 1..MAX_DELEGATES {
			assert_ok!(delegate(guardian(number as u8), for_good.clone()));
		}
		let refused = delegate(stranger(), for_good.clone());
		assert_noop!(refused, Error::<Test>::TooManyDelegates);
		// Another look at one who is there needs no room.
		assert_ok!(delegate(guardian(1), treatment_only()));
		assert_ok!(delegate(guardian(1), for_good.clone()));
		set_time(years(1));
		assert_ok!(delegate(stranger(), for_good));
		assert!(Registry::delegates(patient()).iter().all(|it| it.delegate != daughter()));
	});
}
