//! Which consents apply to a request, and what holds when none does.

mod scene;

use hdx_consent_engine::{
	decide,
	terminology::{action, confidentiality, purpose, sensitivity},
	Algorithm, Basis, Choices, Consent, ConsentId, ImplicitPolicy, Outcome, Period, Request, Rules,
	Status,
};
use scene::*;

#[test]
fn an_active_permit_permits() {
	let policy = policy([permit(0)]);
	let decision = by(&policy, &treatment());
	assert_eq!(decision.basis, Some(Basis { consent: ConsentId(0), version: 1 }));
	assert_eq!(decision.algorithm, Algorithm::MostRecentWins);
	assert_permits(decision, &[]);
}

#[test]
fn an_active_deny_denies() {
	let policy = policy([deny(0)]);
	let decision = by(&policy, &treatment());
	assert_eq!(decision.basis, Some(Basis { consent: ConsentId(0), version: 1 }));
	assert_refuses(decision, Outcome::Deny);
}

#[test]
fn no_consents_are_no_consent() {
	let decision = decide(&Choices::from(&[]), &treatment(), &Rules::default(), NOW);
	assert_eq!(decision.basis, None);
	assert_refuses(decision, Outcome::NoConsent);
}

#[test]
fn an_inactive_consent_does_not_apply() {
	let policy = policy([permit(0)]);
	let inactive = Consent { status: Status::Inactive, ..consent(0, &policy) };
	let decision = decide(&Choices::from(&[inactive]), &treatment(), &Rules::default(), NOW);
	assert_refuses(decision, Outcome::NoConsent);
}

#[test]
fn a_root_period_that_is_over_does_not_deny_but_not_apply() {
	for root in [permit(0), deny(0)] {
		let policy = policy([root.period(period(-10, 0))]);
		assert_refuses(by(&policy, &treatment()), Outcome::NoConsent);
	}
}

#[test]
fn a_root_period_that_has_not_begun_does_not_apply() {
	let policy = policy([permit(0).period(period(1, 10))]);
	assert_refuses(by(&policy, &treatment()), Outcome::NoConsent);
}

#[test]
fn a_root_period_includes_its_start_and_excludes_its_end() {
	let policy = policy([permit(0).period(period(0, 10))]);
	let ask = |at| {
		decide(&Choices::from(&[consent(0, &policy)]), &treatment(), &Rules::default(), at).outcome
	};
	assert_eq!(ask(at(-1)), Outcome::NoConsent);
	assert_eq!(ask(at(0)), Outcome::Permit);
	assert_eq!(ask(at(9)), Outcome::Permit);
	assert_eq!(ask(at(10)), Outcome::NoConsent);
}

#[test]
fn a_root_purpose_list_without_the_requests_purpose_does_not_apply() {
	for root in [permit(0), deny(0)] {
		let policy = policy([root.purposes(&[purpose::HRESCH])]);
		assert_refuses(by(&policy, &treatment()), Outcome::NoConsent);
	}
}

#[test]
fn one_of_several_purposes_is_enough() {
	let policy = policy([permit(0).purposes(&[purpose::HRESCH, purpose::TREAT])]);
	assert_permits(by(&policy, &treatment()), &[]);
	let several = Request { purposes: &[purpose::HPAYMT, purpose::TREAT], ..treatment() };
	assert_permits(by(&policy, &several), &[]);
}

#[test]
fn a_request_may_lack_a_purpose() {
	let policy = policy([permit(0).purposes(&[purpose::TREAT])]);
	assert_permits(by(&policy, &Request { purposes: &[], ..treatment() }), &[]);
}

#[test]
fn a_root_about_other_actors_does_not_apply() {
	for root in [permit(0), deny(0)] {
		let policy = policy([root.actors(&[OTHER_DOCTOR])]);
		assert_refuses(by(&policy, &treatment()), Outcome::NoConsent);
	}
}

#[test]
fn a_root_about_other_actions_does_not_apply() {
	let policy = policy([permit(0).actions(&[action::DISCLOSE])]);
	assert_refuses(by(&policy, &treatment()), Outcome::NoConsent);
}

#[test]
fn an_unnamed_actor_is_enough_for_a_deny_and_not_for_a_permit() {
	let anybody = Request { actors: &[], ..treatment() };
	let permits = policy([permit(0).actors(&[DOCTOR])]);
	assert_refuses(by(&permits, &anybody), Outcome::NoConsent);
	let denies = policy([deny(0).actors(&[DOCTOR])]);
	assert_refuses(by(&denies, &anybody), Outcome::Deny);
}

#[test]
fn actors_match_by_any_of_what_the_requester_is() {
	use hdx_consent_engine::{Actor, InstitutionId};
	let all = [
		DOCTOR,
		Actor::Organisation(InstitutionId(7)),
		Actor::Role(code("nucc|207R00000X")),
		Actor::Group(code("group|privileged")),
		Actor::Identifier(code("npi|1234567893")),
	];
	let request = Request { actors: &all, ..treatment() };
	for actor in all {
		let policy = policy([permit(0).actors(&[OTHER_DOCTOR, actor])]);
		assert_permits(by(&policy, &request), &[]);
	}
	// The same number in another sense is somebody else.
	let policy = policy([permit(0).actors(&[Actor::Group(code("nucc|207R00000X"))])]);
	assert_refuses(by(&policy, &request), Outcome::NoConsent);
}

#[test]
fn a_consent_of_another_category_does_not_apply() {
	let (privacy, research) = (code("consentscope|patient-privacy"), code("consentscope|research"));
	let mut policy = policy([permit(0)]);
	policy.categories = values([privacy]);
	let ask = |categories: &[_]| by(&policy, &Request { categories, ..treatment() }).outcome;
	assert_eq!(ask(&[research]), Outcome::NoConsent);
	assert_eq!(ask(&[research, privacy]), Outcome::Permit);
	assert_eq!(ask(&[]), Outcome::Permit);
	policy.categories = values([]);
	assert_permits(by(&policy, &Request { categories: &[research], ..treatment() }), &[]);
}

#[test]
fn a_malformed_policy_denies() {
	for policy in [
		policy([]),
		policy([permit(0), permit(1)]),
		policy([permit(0), permit(0), permit(1), permit(2), permit(3)]),
		policy([permit(0), deny(0).period(period(10, 5))]),
	] {
		assert_refuses(by(&policy, &treatment()), Outcome::Deny);
	}
}

#[test]
fn the_most_recent_consent_wins() {
	let (yes, no) = (policy([permit(0)]), policy([deny(0)]));
	let older = Consent { given_at: at(-20), ..consent(5, &yes) };
	let newer = Consent { given_at: at(-10), ..consent(4, &no) };
	for consents in [[older, newer], [newer, older]] {
		let decision = decide(&Choices::from(&consents), &treatment(), &Rules::default(), NOW);
		assert_eq!(decision.basis.map(|basis| basis.consent), Some(ConsentId(4)));
		assert_refuses(decision, Outcome::Deny);
	}
}

#[test]
fn of_two_consents_given_at_once_the_later_number_wins() {
	let (yes, no) = (policy([permit(0)]), policy([deny(0)]));
	let decision = decide(
		&Choices::from(&[consent(8, &yes), consent(3, &no)]),
		&treatment(),
		&Rules::default(),
		NOW,
	);
	assert_eq!(decision.basis.map(|basis| basis.consent), Some(ConsentId(8)));
	assert_permits(decision, &[]);
}

#[test]
fn a_recent_consent_that_does_not_apply_is_passed_over() {
	let (yes, other) = (policy([permit(0)]), policy([deny(0).purposes(&[purpose::HRESCH])]));
	let decision = decide(
		&Choices::from(&[consent(0, &yes), consent(1, &other)]),
		&treatment(),
		&Rules::default(),
		NOW,
	);
	assert_eq!(decision.basis.map(|basis| basis.consent), Some(ConsentId(0)));
	assert_permits(decision, &[]);
}

#[test]
fn with_deny_overrides_any_deny_denies() {
	let rules = Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() };
	let (yes, no) = (policy([permit(0)]), policy([deny(0)]));
	for consents in [[consent(0, &no), consent(1, &yes)], [consent(1, &yes), consent(0, &no)]] {
		let decision = decide(&Choices::from(&consents), &treatment(), &rules, NOW);
		assert_eq!(decision.basis.map(|basis| basis.consent), Some(ConsentId(0)));
		assert_eq!(decision.algorithm, Algorithm::DenyOverrides);
		assert_refuses(decision, Outcome::Deny);
	}
}

#[test]
fn with_deny_overrides_obligations_add_up() {
	let rules = Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() };
	let class = code("resource-types|Observation");
	let first = policy([permit(0), deny(0).classes(&[class])]);
	let second = policy([
		permit(0).labels(&[confidentiality::N]),
		deny(0).labels(&[sensitivity::PSY]),
		deny(0).classes(&[class]),
	]);
	let consents = [consent(0, &first), consent(1, &second)];
	let decision = decide(&Choices::from(&consents), &treatment(), &rules, NOW);
	assert_eq!(decision.basis.map(|basis| basis.consent), Some(ConsentId(1)));
	assert_permits(
		decision,
		&[redact(&[sensitivity::PSY, class]), redact_except(&[confidentiality::N])],
	);
}

fn implicitly(implicit: ImplicitPolicy, request: &Request<'_>) -> hdx_consent_engine::Decision {
	decide(&Choices::from(&[]), request, &Rules { implicit, ..Rules::default() }, NOW)
}

fn up_to_normal() -> hdx_consent_engine::Obligation {
	use confidentiality::{L, M, N, U};
	redact_except(&[U, L, M, N])
}

#[test]
fn implicit_deny_permits_nothing() {
	for purpose in purpose::ALL {
		let request = Request { purposes: &[purpose.code], ..treatment() };
		assert_refuses(implicitly(ImplicitPolicy::Deny, &request), Outcome::NoConsent);
	}
}

#[test]
fn implicit_basic_normal_permits_treatment_of_what_is_normal_and_not_sensitive() {
	let sensitive: Vec<_> = sensitivity::ALL.iter().map(|term| term.code).collect();
	let decision = implicitly(ImplicitPolicy::BasicNormal, &treatment());
	assert_eq!(decision.basis, None);
	assert_permits(decision, &[redact(&sensitive), up_to_normal()]);
	for purpose in purpose::ALL.iter().filter(|purpose| purpose.code != purpose::TREAT) {
		let request = Request { purposes: &[purpose.code], ..treatment() };
		assert_refuses(implicitly(ImplicitPolicy::BasicNormal, &request), Outcome::NoConsent);
	}
}

#[test]
fn implicit_all_normal_permits_treatment_payment_and_operations_of_what_is_normal() {
	for purpose in purpose::ALL {
		let request = Request { purposes: &[purpose.code], ..treatment() };
		let decision = implicitly(ImplicitPolicy::AllNormal, &request);
		if [purpose::TREAT, purpose::HPAYMT, purpose::HOPERAT].contains(&purpose.code) {
			assert_permits(decision, &[up_to_normal()]);
		} else {
			assert_refuses(decision, Outcome::NoConsent);
		}
	}
}

#[test]
fn implicit_break_glass_only_permits_emergencies() {
	for purpose in purpose::ALL {
		let request = Request { purposes: &[purpose.code], ..treatment() };
		let decision = implicitly(ImplicitPolicy::BreakGlassOnly, &request);
		if [purpose::BTG, purpose::ETREAT].contains(&purpose.code) {
			assert_permits(decision, &[]);
		} else {
			assert_refuses(decision, Outcome::NoConsent);
		}
	}
}

#[test]
fn an_implicit_policy_wants_a_purpose_and_no_other() {
	let unnamed = Request { purposes: &[], ..treatment() };
	let mixed = Request { purposes: &[purpose::TREAT, purpose::HMARKT], ..treatment() };
	for request in [unnamed, mixed] {
		assert_refuses(implicitly(ImplicitPolicy::AllNormal, &request), Outcome::NoConsent);
	}
}

#[test]
fn an_implicit_policy_gives_nothing_restricted_when_that_is_asked_for() {
	let restricted = Request { labels: &[confidentiality::R], ..treatment() };
	assert_refuses(implicitly(ImplicitPolicy::AllNormal, &restricted), Outcome::NoConsent);
	let normal = Request { labels: &[confidentiality::N], ..treatment() };
	assert_permits(implicitly(ImplicitPolicy::AllNormal, &normal), &[]);
}

#[test]
fn an_explicit_consent_overrides_the_implicit_policy() {
	let rules = Rules { implicit: ImplicitPolicy::BreakGlassOnly, ..Rules::default() };
	let emergency = Request { purposes: &[purpose::BTG], ..treatment() };
	let opt_out = policy([deny(0).purposes(&[purpose::BTG, purpose::ETREAT])]);
	let decision = decide(&Choices::from(&[consent(0, &opt_out)]), &emergency, &rules, NOW);
	assert_refuses(decision, Outcome::Deny);
}

#[test]
fn an_open_period_holds_for_ever() {
	let policy = policy([permit(0).period(Period::default())]);
	assert_permits(by(&policy, &treatment()), &[]);
}
