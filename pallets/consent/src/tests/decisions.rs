//! What other pallets are told. The meaning of policies is tested where it is decided.

use crate::{mock::*, Pallet};
use frame_support::assert_ok;
use hdx_primitives::{
	engine::{
		terminology::{purpose, sensitivity},
		Actor, Algorithm, Basis, DataFilter, ImplicitPolicy, Obligation, Outcome, Policy,
		Provision, Request, Rule, Rules,
	},
	AccountId, ConsentDecider, LookedAt, Milliseconds, Period,
};

const DOCTOR: Actor = Actor::Account([4; 32]);

fn treatment() -> Request<'static> {
	Request { actors: &[DOCTOR], purposes: &[purpose::TREAT], ..Request::default() }
}

fn decide(who: &AccountId, at: Milliseconds) -> hdx_primitives::engine::Decision {
	<Pallet<Test> as ConsentDecider>::decide(who, &treatment(), at)
}

fn outcome() -> Outcome {
	decide(&patient(), START).outcome
}

fn but_no_psychiatry() -> Policy {
	let mut exception = Provision::new(0, Rule::Deny);
	exception.labels.try_push(sensitivity::PSY).unwrap();
	policy([Provision::new(0, Rule::Permit), exception])
}

#[test]
fn a_decision_says_how_much_it_looked_at() {
	with_patient(|| {
		let looked_at =
			|| <Pallet<Test> as ConsentDecider>::decide_counted(&patient(), &treatment(), START).1;
		assert_eq!(looked_at(), LookedAt::default());
		grant(but_no_psychiatry());
		assert_eq!(looked_at(), LookedAt { consents: 1, provisions: 2 });
		// Whether it is about the request or not.
		let mut for_research = Provision::new(0, Rule::Permit);
		for_research.purposes.try_push(purpose::HRESCH).unwrap();
		grant(policy([for_research]));
		assert_eq!(looked_at(), LookedAt { consents: 2, provisions: 3 });
	});
}

#[test]
fn a_granted_consent_decides() {
	with_patient(|| {
		assert_eq!(outcome(), Outcome::NoConsent);
		let consent = grant(but_no_psychiatry());
		let decision = decide(&patient(), START);
		assert_eq!(decision.outcome, Outcome::Permit);
		assert_eq!(decision.basis, Some(Basis { consent, version: 1 }));
		let codes = vec![sensitivity::PSY].try_into().unwrap();
		assert_eq!(
			decision.obligations.as_slice(),
			[Obligation::Redact(DataFilter::of_codes(codes))]
		);
	});
}

#[test]
fn a_revoked_consent_decides_no_more() {
	with_patient(|| {
		let id = grant(permit_all());
		assert_eq!(outcome(), Outcome::Permit);
		revoke(id);
		assert_eq!(outcome(), Outcome::NoConsent);
	});
}

#[test]
fn a_consent_decides_within_its_period_only() {
	with_patient(|| {
		let mut root = Provision::new(0, Rule::Permit);
		root.period = Period { start: Some(later(10)), end: Some(later(20)) };
		grant(policy([root]));
		let outcome = |at| decide(&patient(), later(at)).outcome;
		assert_eq!(outcome(9), Outcome::NoConsent);
		assert_eq!(outcome(10), Outcome::Permit);
		assert_eq!(outcome(20), Outcome::NoConsent);
	});
}

#[test]
fn a_consent_says_nothing_about_other_patients() {
	with_patient(|| {
		assert_ok!(Registry::sponsor_patient(RuntimeOrigin::signed(operator()), stranger()));
		grant(permit_all());
		assert_eq!(decide(&stranger(), START).outcome, Outcome::NoConsent);
	});
}

#[test]
fn the_governed_rules_combine_consents() {
	with_patient(|| {
		grant(deny_all());
		set_time(later(10));
		grant(permit_to(DOCTOR));
		assert_eq!(outcome(), Outcome::Permit);
		let rules = Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() };
		assert_ok!(Registry::set_decision_rules(RuntimeOrigin::root(), rules));
		assert_eq!(outcome(), Outcome::Deny);
		assert_eq!(decide(&patient(), START).algorithm, Algorithm::DenyOverrides);
	});
}

#[test]
fn the_governed_implicit_policy_holds_where_no_consent_applies() {
	with_patient(|| {
		let rules = Rules { implicit: ImplicitPolicy::AllNormal, ..Rules::default() };
		assert_ok!(Registry::set_decision_rules(RuntimeOrigin::root(), rules));
		let decision = decide(&patient(), START);
		assert_eq!((decision.outcome, decision.basis), (Outcome::Permit, None));
		grant(deny_all());
		assert_eq!(outcome(), Outcome::Deny);
	});
}
