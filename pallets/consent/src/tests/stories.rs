//! Whole lives of consents, over simulated years.

use super::guardianship::{accounts, content, treatment_until};
use crate::{
	mock::*, types::ConsentState, ConsentAction, ConsentRequestTerms, ConsentTerms, DelegateTerms,
	Error, Event, FrequencyLimit, GrantedBy, GuardianAction, GuardianPowers, GuardianSet, Powers,
	Renewal,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{terminology::purpose, Actor, Basis, Outcome, Scope},
	AccountId, Commitment, ConsentDecider, ConsentId, Milliseconds, Period, ProposalId, RequestId,
	Role, UseRefusal,
};

fn child() -> AccountId {
	account(40)
}

fn outcome_of(who: &AccountId) -> Outcome {
	let query = crate::ConsentQuery {
		actors: vec![Actor::Organisation(HOSPITAL)].try_into().unwrap(),
		purposes: vec![purpose::TREAT].try_into().unwrap(),
		..Default::default()
	};
	Registry::decide_query(who.clone(), query).outcome
}

/// Two parents consent for their child. At majority their power ends by itself, and the young
/// adult decides alone.
#[test]
fn guardians_act_for_a_child_until_majority() {
	on_chain(|| {
		let majority = years(18);
		let parents = GuardianSet {
			guardians: accounts(&[1, 2]),
			threshold: 2,
			scope: Scope {
				purposes: vec![purpose::TREAT].try_into().unwrap(),
				period: Period { start: None, end: Some(majority) },
				..Scope::default()
			},
			powers: GuardianPowers {
				consents: Powers::ALL,
				emergency_override: false,
				object_to_replacement: true,
			},
			period: Period { start: None, end: Some(majority) },
			objection_delay: Milliseconds(7 * DAY),
		};
		// Birth: nobody holds the key of the child's account.
		assert_ok!(Registry::sponsor_ward(signed(operator()), child(), parents));
		let propose =
			|by, action| Registry::propose_as_guardian(signed(guardian(by)), child(), action);
		let approve = |by, proposal| Registry::approve_as_guardian(signed(guardian(by)), proposal);
		let grant =
			|end| GuardianAction::Consent(ConsentAction::Grant(content(treatment_until(end))));
		assert_ok!(propose(1, grant(majority)));
		assert_ok!(approve(2, ProposalId(0)));
		set_time(days(7));
		assert_ok!(Registry::execute_proposal(signed(guardian(1)), ProposalId(0)));
		assert_eq!(outcome_of(&child()), Outcome::Permit);
		assert_eq!(record(ConsentId(0)).granted_by, GrantedBy::Guardians);

		// No consent that would outlast the childhood.
		assert_noop!(propose(1, grant(later(18 * YEAR + 1))), Error::<Test>::WiderThanGuardianship);

		// At five, a grandparent takes a parent's place.
		set_time(years(5));
		let replacing =
			GuardianAction::ReplaceGuardians { guardians: accounts(&[2, 3]), threshold: 2 };
		assert_ok!(propose(1, replacing));
		assert_ok!(approve(2, ProposalId(1)));
		set_time(later(5 * YEAR + 7 * DAY));
		assert_ok!(Registry::execute_proposal(signed(guardian(1)), ProposalId(1)));
		assert_noop!(propose(1, grant(majority)), Error::<Test>::NotAGuardian);

		// At sixteen the child has a key, wants other guardians, and these object.
		set_time(years(16));
		let set = Registry::guardians(child()).unwrap().set;
		let other = GuardianSet { guardians: accounts(&[4]), threshold: 1, ..set };
		assert_ok!(Registry::set_guardians(signed(child()), Some(other)));
		assert_ok!(propose(2, GuardianAction::ObjectToReplacement));
		assert_ok!(approve(3, ProposalId(2)));
		assert_ok!(propose(2, grant(majority)));
		// The child objects to a consent in turn.
		assert_ok!(Registry::object_to_proposal(signed(child()), ProposalId(3)));

		// At eighteen the guardians' power and their consent have ended, without any transaction.
		set_time(majority);
		assert_eq!(outcome_of(&child()), Outcome::NoConsent);
		assert_noop!(propose(2, grant(majority)), Error::<Test>::GuardianshipOver);
		let policy = treatment_until(years(30));
		assert_ok!(Registry::grant(signed(child()), policy, signed_document(), NO_TERMS));
		assert_eq!(record(ConsentId(1)).granted_by, GrantedBy::Patient);
		assert_eq!(outcome_of(&child()), Outcome::Permit);
		assert_ok!(Registry::set_guardians(signed(child()), None));
		assert_eq!(Registry::guardians(child()), None);
	});
}

/// A consent for a year goes on for another, with a notice a month before; in the second notice
/// window the patient stops it.
#[test]
fn a_consent_is_renewed_with_notice_until_the_patient_stops_it() {
	with_patient(|| {
		let renewal =
			Renewal { extends_by: Milliseconds(YEAR), times: 9, notice: Milliseconds(30 * DAY) };
		let terms = ConsentTerms { renewal: Some(renewal), ..NO_TERMS };
		let id = grant_with(permit_until(years(1)), terms);
		let mut heard = Vec::new();
		let mut day = 0;
		while day < 1_200 {
			idle_at(days(day));
			for event in new_events() {
				match event {
					Event::RenewalNoticeOpened { renewal, .. } => heard.push((day, 'n', renewal)),
					Event::ConsentRenewed { renewal, .. } => heard.push((day, 'r', renewal)),
					_ => {},
				}
			}
			if day == 710 {
				assert_ok!(Registry::stop_renewal(signed(patient()), id));
			}
			let expected = if day < 730 { Outcome::Permit } else { Outcome::NoConsent };
			assert_eq!(outcome_at(days(day)), expected, "day {day}");
			day += 5;
		}
		assert_eq!(heard, [(335, 'n', 1), (365, 'r', 1), (700, 'n', 2)]);
		assert_eq!(record(id).state_at(days(1_200)), ConsentState::Ended);
	});
}

/// A patient lets the daughter consent to treatment, later to less, and then no more.
#[test]
fn a_delegation_is_narrowed_and_revoked() {
	with_patient(|| {
		let terms = |end| DelegateTerms {
			scope: Scope {
				purposes: vec![purpose::TREAT].try_into().unwrap(),
				period: Period { start: None, end: Some(end) },
				..Scope::default()
			},
			powers: Powers::ALL,
			period: Period::default(),
		};
		let act = |action| Registry::act_as_delegate(signed(daughter()), patient(), action);
		let grant = |end| ConsentAction::Grant(content(treatment_until(end)));
		assert_ok!(Registry::delegate(signed(patient()), daughter(), terms(years(20))));
		assert_ok!(act(grant(years(20))));
		assert_eq!(outcome_at(years(19)), Outcome::Permit);

		set_time(years(2));
		assert_ok!(Registry::delegate(signed(patient()), daughter(), terms(years(3))));
		assert_noop!(act(grant(years(4))), Error::<Test>::WiderThanDelegation);
		assert_ok!(act(grant(years(3))));
		// What was given before stays; the patient sees it, and takes it back.
		let listed = Registry::list(patient(), 0, 9);
		let by_daughter =
			|summary: &crate::ConsentSummary| summary.granted_by == GrantedBy::Delegate(daughter());
		assert!(listed.len() == 2 && listed.iter().all(by_daughter));
		revoke(ConsentId(0));
		assert_eq!(outcome_at(years(2)), Outcome::Permit);
		assert_eq!(outcome_at(years(3)), Outcome::NoConsent);

		assert_ok!(Registry::revoke_delegate(signed(patient()), daughter()));
		assert_noop!(act(grant(years(3))), Error::<Test>::NotADelegate);
	});
}

/// A physician asks; the patient permits less; it is used as often as it may be; what was given is
/// erased.
#[test]
fn a_request_is_approved_narrower_used_up_and_erased() {
	with_patient(|| {
		let daily = FrequencyLimit { accesses: 4, per: Milliseconds(DAY) };
		let asked = ConsentRequestTerms {
			on_behalf_of: HOSPITAL,
			role: Role::Physician,
			purposes: vec![purpose::TREAT, purpose::HOPERAT].try_into().unwrap(),
			classes: Default::default(),
			labels: Default::default(),
			data_period: Period::default(),
			period: Period { start: None, end: Some(years(1)) },
			frequency: Some(daily),
			erase_by: Some(years(2)),
			renewal: None,
			template: TEMPLATE,
		};
		assert_ok!(Registry::request_consent(signed(doctor()), patient(), asked));
		set_time(days(3));
		let mut policy = treatment_until(days(90));
		policy.provisions[0].actors = vec![Actor::Organisation(HOSPITAL)].try_into().unwrap();
		let terms = ConsentTerms {
			frequency: Some(FrequencyLimit { accesses: 2, per: Milliseconds(7 * DAY) }),
			erase_by: Some(days(100)),
			renewal: None,
		};
		assert_ok!(Registry::approve_request(
			signed(patient()),
			RequestId(0),
			policy,
			signed_document(),
			terms,
		));

		let basis = Basis { consent: ConsentId(0), version: 1 };
		let use_at = |at| <Registry as ConsentDecider>::record_use(basis, at);
		assert_eq!(outcome_at(days(3)), Outcome::Permit);
		assert_eq!([use_at(days(3)), use_at(days(9))], [Ok(()), Ok(())]);
		assert_eq!(use_at(later(10 * DAY - 1)), Err(UseRefusal::FrequencyExceeded));
		assert_eq!([use_at(days(10)), use_at(days(10))], [Ok(()), Ok(())]);
		assert_eq!(use_at(days(11)), Err(UseRefusal::FrequencyExceeded));
		assert_eq!(use_at(days(90)), Err(UseRefusal::NotInForce));
		assert_eq!(outcome_at(days(90)), Outcome::NoConsent);

		set_time(days(101));
		new_events();
		let erased = Commitment([1; 32]);
		assert_ok!(Registry::confirm_erasure(signed(operator()), ConsentId(0), 1, erased));
		assert!(matches!(
			new_events().as_slice(),
			[Event::ErasureConfirmed { institution: HOSPITAL, is_late: true, .. }]
		));
	});
}
