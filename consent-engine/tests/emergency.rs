//! Emergencies, and patients who opted out of emergency override.

mod scene;

use hdx_consent_engine::{
	decide,
	terminology::purpose::{BTG, ETREAT, HPAYMT, TREAT},
	Algorithm, Choices, Code, Consent, Decision, ImplicitPolicy, Outcome, Policy, Request, Rules,
};
use scene::*;

fn opted_out<'a>(consents: &'a [Consent<'a>]) -> Choices<'a> {
	Choices { consents, emergency_opt_out: true }
}

fn asking(purposes: &[Code]) -> Request<'_> {
	Request { purposes, ..treatment() }
}

fn by_opted_out(policy: &Policy, purposes: &[Code]) -> Decision {
	decide(&opted_out(&[consent(0, policy)]), &asking(purposes), &Rules::default(), NOW)
}

#[test]
fn choices_of_consents_alone_are_not_opted_out() {
	assert!(!Choices::from(&[]).emergency_opt_out);
	assert!(!Choices::default().emergency_opt_out);
}

#[test]
fn break_glass_is_denied_whatever_a_consent_permits() {
	let policy = policy([permit(0)]);
	for purposes in [&[BTG][..], &[TREAT, BTG], &[BTG, ETREAT]] {
		for algorithm in [Algorithm::MostRecentWins, Algorithm::DenyOverrides] {
			let rules = Rules { algorithm, ..Rules::default() };
			let consents = [consent(0, &policy)];
			let decision = decide(&opted_out(&consents), &asking(purposes), &rules, NOW);
			assert_eq!((decision.basis, decision.algorithm), (None, algorithm));
			assert_refuses(decision, Outcome::Deny);
		}
	}
}

#[test]
fn break_glass_is_denied_whatever_an_implicit_policy_permits() {
	let rules = Rules { implicit: ImplicitPolicy::BreakGlassOnly, ..Rules::default() };
	let request = asking(&[BTG]);
	assert_permits(decide(&Choices::default(), &request, &rules, NOW), &[]);
	assert_refuses(decide(&opted_out(&[]), &request, &rules, NOW), Outcome::Deny);
}

#[test]
fn emergency_treatment_is_permitted_by_an_explicit_consent() {
	let named = policy([permit(0).purposes(&[ETREAT])]);
	assert_permits(by_opted_out(&named, &[ETREAT]), &[]);
	assert_permits(by_opted_out(&policy([permit(0)]), &[ETREAT]), &[]);
}

#[test]
fn emergency_treatment_is_not_permitted_by_an_implicit_policy() {
	for implicit in
		[ImplicitPolicy::BreakGlassOnly, ImplicitPolicy::AllNormal, ImplicitPolicy::BasicNormal]
	{
		let rules = Rules { implicit, ..Rules::default() };
		let decision = decide(&opted_out(&[]), &asking(&[ETREAT]), &rules, NOW);
		assert_refuses(decision, Outcome::NoConsent);
	}
}

#[test]
fn other_purposes_are_decided_as_ever() {
	let policy = policy([permit(0).purposes(&[TREAT])]);
	assert_permits(by_opted_out(&policy, &[TREAT]), &[]);
	assert_refuses(by_opted_out(&policy, &[HPAYMT]), Outcome::NoConsent);
	let rules = Rules { implicit: ImplicitPolicy::AllNormal, ..Rules::default() };
	let decision = decide(&opted_out(&[]), &asking(&[TREAT]), &rules, NOW);
	assert_eq!(decision.outcome, Outcome::Permit);
}

#[test]
fn break_glass_is_not_read_into_a_request_without_a_purpose() {
	for tree in
		[policy([deny(0), permit(0).purposes(&[BTG])]), policy([permit(0).purposes(&[BTG])])]
	{
		assert_permits(by(&tree, &asking(&[])), &[]);
		assert_refuses(by_opted_out(&tree, &[]), Outcome::Deny);
	}
	let several = policy([deny(0), permit(0).purposes(&[BTG, TREAT])]);
	assert_permits(by_opted_out(&several, &[]), &[]);
}

#[test]
fn emergency_treatment_is_one_purpose_and_break_glass_another() {
	let policy = policy([deny(0), permit(0).purposes(&[ETREAT])]);
	assert_permits(by(&policy, &asking(&[ETREAT])), &[]);
	assert_refuses(by(&policy, &asking(&[BTG])), Outcome::Deny);
	assert_refuses(by(&policy, &asking(&[TREAT])), Outcome::Deny);
}
