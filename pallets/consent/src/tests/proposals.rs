//! Guardians propose, approve and carry out; patients object.

use super::guardianship::*;
use crate::{
	mock::*, ConsentAction, ConsentContent, ConsentTerms, Error, Event, GrantedBy, GuardianAction,
	GuardianPowers, GuardianSet, Powers, Proposal, Proposals, ProposalsOf, Renewal,
};
use frame_support::{assert_noop, assert_ok};
use hdx_primitives::{
	engine::{terminology::purpose, Outcome},
	AuditAction, AuditEvent, ConsentId, Milliseconds, Period, ProposalId, Subject,
};

fn revoke_of(consent: ConsentId) -> GuardianAction {
	GuardianAction::Consent(ConsentAction::Revoke { consent })
}

fn entry(by: u8, action: AuditAction, proposal: ProposalId) -> AuditEvent {
	AuditEvent {
		actor: Some(guardian(by)),
		patient: Some(patient()),
		subject: Subject::Proposal(proposal),
		..AuditEvent::new(action)
	}
}

#[test]
fn a_guardian_proposes_and_has_approved() {
	with_guardians(|| {
		let proposal = proposed(2, grant_within());
		let expected = Proposal {
			patient: patient(),
			action: grant_within(),
			approvals: accounts(&[2]),
			ready_at: None,
			expires_at: days(60),
		};
		assert_eq!(Proposals::<Test>::get(proposal), Some(expected.clone()));
		assert_eq!(Registry::proposals(patient()), [(proposal, expected)]);
		System::assert_last_event(
			Event::ProposalMade { proposal, patient: patient(), guardian: guardian(2) }.into(),
		);
		assert_eq!(log().last(), Some(&entry(2, AuditAction::ProposalMade, proposal)));
	});
}

#[test]
fn a_grant_of_the_guardians_waits_for_the_patients_objection() {
	with_guardians(|| {
		let proposal = proposed(1, grant_within());
		assert_noop!(execute(1, proposal), Error::<Test>::ThresholdNotReached);
		set_time(days(1));
		assert_ok!(approve(3, proposal));
		System::assert_last_event(Event::ProposalAgreed { proposal, ready_at: days(15) }.into());
		assert_eq!(log().last(), Some(&entry(3, AuditAction::ProposalApproved, proposal)));
		set_time(later(15 * DAY - 1));
		assert_noop!(execute(2, proposal), Error::<Test>::ObjectionDelayRunning);
		assert_eq!(outcome_at(days(14)), Outcome::NoConsent);
		set_time(days(15));
		assert_ok!(execute(2, proposal));
		assert_eq!(outcome_at(days(15)), Outcome::Permit);
		assert_eq!(record(ConsentId(0)).granted_by, GrantedBy::Guardians);
		System::assert_last_event(Event::ProposalExecuted { proposal, patient: patient() }.into());
		let executed = entry(2, AuditAction::ProposalExecuted, proposal);
		assert!(log().contains(&executed));
		let granted = log().pop().unwrap();
		assert_eq!(
			(granted.action, granted.actor),
			(AuditAction::ConsentGranted, Some(guardian(2)))
		);
		assert_eq!(Proposals::<Test>::iter().count() + ProposalsOf::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_revocation_by_the_guardians_takes_effect_at_once() {
	with_guardians(|| {
		let consent = grant(permit_all());
		let proposal = proposed(1, revoke_of(consent));
		assert_eq!(outcome_at(START), Outcome::Permit);
		assert_ok!(approve(2, proposal));
		assert_eq!(outcome_at(START), Outcome::NoConsent);
		assert!(new_events().contains(&Event::ConsentRevoked {
			consent,
			patient: patient(),
			by: guardian(2),
		}));
	});
}

#[test]
fn a_revocation_of_what_the_patient_denied_waits_for_the_patients_objection() {
	with_guardians(|| {
		let proposal = proposed(1, revoke_of(grant(deny_all())));
		assert_ok!(approve(2, proposal));
		System::assert_last_event(Event::ProposalAgreed { proposal, ready_at: days(14) }.into());
		assert_eq!(outcome_at(START), Outcome::Deny);
		assert_noop!(execute(2, proposal), Error::<Test>::ObjectionDelayRunning);
		assert_ok!(object(proposal));
		assert_eq!(outcome_at(days(20)), Outcome::Deny);
	});
}

#[test]
fn one_guardian_is_enough_where_the_threshold_is_one() {
	with_patient(|| {
		let set = GuardianSet { objection_delay: Milliseconds(0), ..others() };
		assert_ok!(Registry::set_guardians(signed(patient()), Some(set)));
		assert_ok!(propose(4, grant_within()));
		assert_eq!(outcome_at(START), Outcome::Permit);
		assert_ok!(propose(4, revoke_of(ConsentId(0))));
		assert_eq!(outcome_at(START), Outcome::NoConsent);
		assert_eq!(Proposals::<Test>::iter().count(), 0);
	});
}

#[test]
fn guardians_amend_and_stop_and_set_the_override() {
	with_guardians(|| {
		let renewal =
			Renewal { extends_by: Milliseconds(YEAR), times: 2, notice: Milliseconds(DAY) };
		let terms = ConsentTerms { renewal: Some(renewal), ..NO_TERMS };
		let consent = grant_with(treatment_until(years(1)), terms);
		let amendment = ConsentAction::Amend {
			consent,
			content: ConsentContent { terms, ..content(treatment_until(years(2))) },
		};
		let proposal = agreed(GuardianAction::Consent(amendment));
		set_time(days(14));
		assert_ok!(execute(1, proposal));
		assert_eq!(
			(record(consent).version, record(consent).granted_by),
			(2, GrantedBy::Guardians)
		);
		agreed(GuardianAction::Consent(ConsentAction::StopRenewal { consent }));
		assert_eq!(record(consent).renewal_stopped_at, Some(days(14)));
		let proposal = agreed(GuardianAction::SetEmergencyOverride { allowed: false });
		set_time(days(28));
		assert_ok!(execute(1, proposal));
		assert!(!Registry::allows_emergency_override(patient()));
	});
}

#[test]
fn the_patient_objects_before_and_after_the_guardians_agreed() {
	with_guardians(|| {
		let (early, late) = (proposed(1, grant_within()), agreed(grant_within()));
		for proposal in [early, late] {
			assert_ok!(object(proposal));
			System::assert_last_event(
				Event::ProposalObjected { proposal, patient: patient() }.into(),
			);
			let expected = AuditEvent {
				actor: Some(patient()),
				..entry(1, AuditAction::ProposalObjected, proposal)
			};
			assert_eq!(log().last(), Some(&expected));
			assert_noop!(approve(3, proposal), Error::<Test>::ProposalClosed);
			assert_noop!(execute(1, proposal), Error::<Test>::ProposalClosed);
			assert_noop!(object(proposal), Error::<Test>::ProposalClosed);
		}
	});
}

#[test]
fn object_to_proposal_fails_when_it_is_about_somebody_else() {
	with_guardians(|| {
		let proposal = agreed(grant_within());
		assert_ok!(Registry::sponsor_patient(signed(operator()), stranger()));
		for other in [stranger(), guardian(1)] {
			let refused = Registry::object_to_proposal(signed(other), proposal);
			assert_noop!(refused, Error::<Test>::NotYourProposal);
		}
	});
}

#[test]
fn a_patient_can_always_revoke_what_the_guardians_granted() {
	with_guardians(|| {
		let proposal = agreed(grant_within());
		set_time(days(14));
		assert_ok!(execute(1, proposal));
		revoke(ConsentId(0));
		assert_eq!(outcome_at(days(14)), Outcome::NoConsent);
	});
}

#[test]
fn nobody_but_a_guardian_has_a_say() {
	with_guardians(|| {
		let proposal = proposed(1, grant_within());
		for other in [patient(), stranger(), operator(), guardian(4)] {
			let not_one = Error::<Test>::NotAGuardian;
			let origin = || signed(other.clone());
			let refused = Registry::propose_as_guardian(origin(), patient(), grant_within());
			assert_noop!(refused, not_one);
			let refused = Registry::approve_as_guardian(origin(), proposal);
			assert_noop!(refused, Error::<Test>::NotAGuardian);
			let refused = Registry::execute_proposal(origin(), proposal);
			assert_noop!(refused, Error::<Test>::NotAGuardian);
		}
		let of_nobody =
			Registry::propose_as_guardian(signed(guardian(1)), stranger(), grant_within());
		assert_noop!(of_nobody, Error::<Test>::NotAGuardian);
	});
}

#[test]
fn an_approval_counts_once() {
	with_guardians(|| {
		let proposal = proposed(1, grant_within());
		assert_noop!(approve(1, proposal), Error::<Test>::AlreadyApproved);
		assert_ok!(approve(2, proposal));
		assert_noop!(approve(3, proposal), Error::<Test>::AlreadyAgreed);
		assert_noop!(approve(1, proposal), Error::<Test>::AlreadyAgreed);
	});
}

#[test]
fn a_proposal_is_carried_out_once() {
	with_guardians(|| {
		let proposal = agreed(grant_within());
		set_time(days(14));
		assert_ok!(execute(1, proposal));
		assert_noop!(execute(1, proposal), Error::<Test>::ProposalClosed);
		assert_noop!(approve(3, proposal), Error::<Test>::ProposalClosed);
		let unknown = ProposalId(7);
		assert_noop!(execute(1, unknown), Error::<Test>::ProposalUnknown);
		assert_noop!(approve(1, unknown), Error::<Test>::ProposalUnknown);
		assert_noop!(object(unknown), Error::<Test>::ProposalUnknown);
	});
}

#[test]
fn a_proposal_expires_without_approvals_and_without_being_carried_out() {
	with_guardians(|| {
		let (waiting, ready) = (proposed(1, grant_within()), agreed(grant_within()));
		set_time(days(60));
		assert_noop!(approve(2, waiting), Error::<Test>::ProposalExpired);
		set_time(later(74 * DAY - 1));
		assert_eq!(Registry::proposals(patient()).len(), 1);
		set_time(days(74));
		assert_noop!(execute(1, ready), Error::<Test>::ProposalExpired);
		assert_eq!(Registry::proposals(patient()), []);
	});
}

#[test]
fn propose_fails_when_too_many_wait_and_expired_ones_make_room() {
	with_guardians(|| {
		for _ in 0..MAX_PROPOSALS {
			proposed(1, grant_within());
		}
		assert_noop!(propose(1, grant_within()), Error::<Test>::TooManyProposals);
		set_time(days(60));
		assert_ok!(propose(1, grant_within()));
		assert_eq!(Proposals::<Test>::iter().count(), 1);
	});
}

#[test]
fn proposals_die_with_the_office_of_those_who_made_them() {
	with_guardians(|| {
		let (mine, replacing) = (
			agreed(grant_within()),
			agreed(GuardianAction::ReplaceGuardians { guardians: accounts(&[1, 4]), threshold: 1 }),
		);
		set_time(days(14));
		assert_ok!(execute(1, replacing));
		assert_noop!(execute(1, mine), Error::<Test>::ProposalClosed);

		let by_the_next = proposed(4, revoke_of_nothing());
		assert_ok!(Registry::set_guardians(signed(patient()), Some(others())));
		set_time(days(28));
		assert_noop!(object(by_the_next), Error::<Test>::ProposalClosed);
		assert_noop!(approve(4, by_the_next), Error::<Test>::ProposalClosed);
	});
}

/// A proposal that waits although one guardian is enough.
fn revoke_of_nothing() -> GuardianAction {
	GuardianAction::SetEmergencyOverride { allowed: false }
}

#[test]
fn guardians_act_in_their_time_only() {
	with_patient(|| {
		let period = Period { start: Some(years(1)), end: Some(years(2)) };
		let set = GuardianSet { period, ..two_of_three() };
		assert_ok!(Registry::set_guardians(signed(patient()), Some(set)));
		assert_noop!(propose(1, grant_within()), Error::<Test>::GuardianshipNotBegun);
		set_time(later(2 * YEAR - DAY));
		let proposal = proposed(1, grant_within());
		set_time(years(2));
		assert_noop!(approve(2, proposal), Error::<Test>::GuardianshipOver);
		assert_noop!(propose(1, grant_within()), Error::<Test>::GuardianshipOver);
	});
}

#[test]
fn what_was_agreed_before_majority_is_not_carried_out_after_it() {
	with_guardians(|| {
		set_time(later(10 * YEAR - DAY));
		let late = agreed(consent_to(treatment_until(years(10))));
		set_time(days(3_660));
		assert_noop!(execute(1, late), Error::<Test>::GuardianshipOver);
	});
}

#[test]
fn guardians_consent_within_their_scope_only() {
	with_guardians(|| {
		let mut research = treatment_until(years(5));
		research.provisions[0].purposes = vec![purpose::HRESCH].try_into().unwrap();
		let consent = grant(permit_all());
		for wider in [permit_all(), research, treatment_until(later(10 * YEAR + 1))] {
			let refused = propose(1, consent_to(wider.clone()));
			assert_noop!(refused, Error::<Test>::WiderThanGuardianship);
			let amend = ConsentAction::Amend { consent, content: content(wider) };
			let refused = propose(1, GuardianAction::Consent(amend));
			assert_noop!(refused, Error::<Test>::WiderThanGuardianship);
		}
	});
}

#[test]
fn a_renewal_does_not_carry_a_consent_out_of_the_scope() {
	with_guardians(|| {
		let renewing = |times| {
			let renewal =
				Renewal { extends_by: Milliseconds(YEAR), times, notice: Milliseconds(DAY) };
			let terms = ConsentTerms { renewal: Some(renewal), ..NO_TERMS };
			let content = ConsentContent { terms, ..content(treatment_until(years(5))) };
			GuardianAction::Consent(ConsentAction::Grant(content))
		};
		assert_noop!(propose(1, renewing(6)), Error::<Test>::WiderThanGuardianship);
		assert_ok!(propose(1, renewing(5)));
	});
}

#[test]
fn guardians_do_what_they_may_only() {
	with_patient(|| {
		let nothing = GuardianSet { powers: GuardianPowers::default(), ..two_of_three() };
		assert_ok!(Registry::set_guardians(signed(patient()), Some(nothing)));
		let consent = grant(permit_all());
		let request = hdx_primitives::RequestId(0);
		let within = || content(treatment_until(years(5)));
		let actions = [
			grant_within(),
			revoke_of(consent),
			GuardianAction::Consent(ConsentAction::Amend { consent, content: within() }),
			GuardianAction::Consent(ConsentAction::StopRenewal { consent }),
			GuardianAction::Consent(ConsentAction::ApproveRequest { request, content: within() }),
			GuardianAction::Consent(ConsentAction::DenyRequest { request, reason: None }),
			GuardianAction::SetEmergencyOverride { allowed: false },
		];
		for action in actions {
			assert_noop!(propose(1, action), Error::<Test>::NotWithinPowers);
		}
	});
}

#[test]
fn each_power_is_given_by_itself() {
	let only_grant = Powers { grant: true, ..Powers::default() };
	let only_requests = Powers { answer_requests: true, ..Powers::default() };
	let grant = ConsentAction::Grant(content(permit_all()));
	let deny = ConsentAction::DenyRequest { request: hdx_primitives::RequestId(0), reason: None };
	let revoke = ConsentAction::Revoke { consent: ConsentId(0) };
	let allowed = |powers| [&grant, &deny, &revoke].map(|action| action.is_allowed_by(powers));
	assert_eq!(allowed(&only_grant), [true, false, false]);
	assert_eq!(allowed(&only_requests), [false, true, false]);
	assert_eq!(allowed(&Powers { revoke: true, ..Powers::default() }), [false, false, true]);
}

#[test]
fn an_action_that_fails_leaves_its_proposal_as_it_was() {
	with_guardians(|| {
		let consent = grant(permit_all());
		let proposal = proposed(1, revoke_of(consent));
		revoke(consent);
		assert_noop!(approve(2, proposal), Error::<Test>::AlreadyRevoked);
		assert_eq!(Proposals::<Test>::get(proposal).unwrap().approvals, accounts(&[1]));
	});
}
