//! The rules of the decision, one test each, in the order in which `docs/consent.md` gives them.

mod scene;

use hdx_consent_engine::{
	decide,
	terminology::{
		action::{ACCESS, DISCLOSE},
		confidentiality::{L, M, N, R, U},
		purpose::{BTG, ETREAT, HMARKT, HOPERAT, HPAYMT, HRESCH, TREAT},
		sensitivity::{self, HIV, PSY},
	},
	Actor, Algorithm, Basis, Choices, Code, Consent, ConsentId, ImplicitPolicy, InstitutionId,
	Outcome,
	Outcome::{Deny, NoConsent, Permit},
	Policy, Provision, Request, Rules, Status,
};
use scene::*;

fn class(name: &str) -> Code {
	code(&format!("http://hl7.org/fhir/resource-types|{name}"))
}

fn outcome(policy: &Policy, request: &Request<'_>) -> Outcome {
	by(policy, request).outcome
}

/// The outcome of requests for these purposes.
fn for_purposes(policy: &Policy, purposes: &[Code]) -> Outcome {
	outcome(policy, &Request { purposes, ..treatment() })
}

// The policy tree

#[test]
fn values_within_an_attribute_are_alternatives() {
	let tree = policy([permit(0).purposes(&[TREAT, HPAYMT])]);
	let outcomes = [TREAT, HPAYMT, HRESCH].map(|purpose| for_purposes(&tree, &[purpose]));
	assert_eq!(outcomes, [Permit, Permit, NoConsent]);
}

#[test]
fn attributes_within_a_provision_must_all_match() {
	let tree = policy([permit(0), deny(0).purposes(&[HRESCH]).actions(&[DISCLOSE])]);
	let ask = |purpose: Code, action: Code| {
		outcome(&tree, &Request { purposes: &[purpose], actions: &[action], ..treatment() })
	};
	assert_eq!(ask(HRESCH, DISCLOSE), Deny);
	assert_eq!(ask(HRESCH, ACCESS), Permit);
	assert_eq!(ask(TREAT, DISCLOSE), Permit);
}

#[test]
fn an_absent_attribute_matches_anything() {
	let everything = policy([permit(0)]);
	for request in [treatment(), Request::default(), Request { labels: &[R], ..treatment() }] {
		assert_permits(by(&everything, &request), &[]);
	}
}

#[test]
fn sibling_provisions_are_alternatives_each_an_exception_to_its_parent() {
	let tree = policy([permit(0), deny(0).purposes(&[HMARKT]), deny(0).purposes(&[HRESCH])]);
	let outcomes = [TREAT, HMARKT, HRESCH].map(|purpose| for_purposes(&tree, &[purpose]));
	assert_eq!(outcomes, [Permit, Deny, Deny]);
}

#[test]
fn a_child_is_looked_at_only_inside_what_its_parent_matched() {
	let tree = policy([deny(0), permit(0).purposes(&[HPAYMT]), permit(1).actors(&[DOCTOR])]);
	assert_eq!(for_purposes(&tree, &[TREAT]), Deny);
	assert_eq!(for_purposes(&tree, &[HPAYMT]), Permit);
}

#[test]
fn an_explicit_type_inside_the_same_type_is_honoured_and_narrows() {
	let tree = policy([permit(0).purposes(&[TREAT, HPAYMT]), permit(0).actors(&[DOCTOR])]);
	assert_eq!(for_purposes(&tree, &[TREAT]), Permit);
	assert_eq!(outcome(&tree, &Request { actors: &[OTHER_DOCTOR], ..treatment() }), Deny);
}

#[test]
fn a_focused_permit_widens_its_parents_labels_for_whom_it_names() {
	let tree = policy([permit(0).labels(&[N]), permit(0).labels(&[PSY]).actors(&[DOCTOR])]);
	assert_permits(by(&tree, &treatment()), &[redact_except(&[N, PSY])]);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_permits(by(&tree, &other), &[redact_except(&[N])]);
}

#[test]
fn types_that_alternate_from_the_decision_are_exceptions_to_exceptions() {
	let tree =
		policy([permit(0), deny(0).purposes(&[HPAYMT]), permit(1).classes(&[class("Claim")])]);
	let payment = Request { purposes: &[HPAYMT], ..treatment() };
	assert_permits(by(&tree, &payment), &[redact_except(&[class("Claim")])]);
}

#[test]
fn a_root_period_status_or_purpose_that_does_not_fit_does_not_apply_and_does_not_deny() {
	for root in [permit(0), deny(0)] {
		let over = policy([root.clone().period(period(-9, 0))]);
		let other = policy([root.clone().purposes(&[HRESCH])]);
		assert_refuses(by(&over, &treatment()), NoConsent);
		assert_refuses(by(&other, &treatment()), NoConsent);
		let any = policy([root]);
		let inactive = Consent { status: Status::Inactive, ..consent(0, &any) };
		let decision = decide(&Choices::from(&[inactive]), &treatment(), &Rules::default(), NOW);
		assert_refuses(decision, NoConsent);
	}
}

#[test]
fn actors_match_by_account_organisation_role_group_or_identifier() {
	for actor in [
		DOCTOR,
		Actor::Organisation(InstitutionId(3)),
		Actor::Role(code("nucc|207R00000X")),
		Actor::Group(code("group|ward")),
		Actor::Identifier(code("npi|1234567893")),
	] {
		let tree = policy([deny(0), permit(0).actors(&[actor])]);
		let others = [OTHER_DOCTOR, actor];
		assert_eq!(outcome(&tree, &Request { actors: &others, ..treatment() }), Permit);
		assert_eq!(outcome(&tree, &Request { actors: &[OTHER_DOCTOR], ..treatment() }), Deny);
	}
}

// The decision

#[test]
fn a_decision_names_the_consent_its_version_and_the_algorithm() {
	let tree = policy([permit(0)]);
	let consent = Consent { version: 4, ..consent(7, &tree) };
	for algorithm in [Algorithm::MostRecentWins, Algorithm::DenyOverrides] {
		let rules = Rules { algorithm, ..Rules::default() };
		let decision = decide(&Choices::from(&[consent]), &treatment(), &rules, NOW);
		assert_eq!(decision.basis, Some(Basis { consent: ConsentId(7), version: 4 }));
		assert_eq!(decision.algorithm, algorithm);
	}
}

#[test]
fn a_nested_deny_on_labels_classes_or_codes_redacts_and_does_not_deny() {
	let snomed = code("http://snomed.info/sct|191816009");
	let observation = class("Observation");
	for (exception, withheld) in [
		(deny(0).labels(&[PSY]), PSY),
		(deny(0).classes(&[observation]), observation),
		(deny(0).codes(&[snomed]), snomed),
	] {
		assert_permits(by(&policy([permit(0), exception]), &treatment()), &[redact(&[withheld])]);
	}
}

#[test]
fn a_root_or_an_exception_limited_to_labels_redacts_all_except() {
	assert_permits(by(&policy([permit(0).labels(&[N])]), &treatment()), &[redact_except(&[N])]);
	let excepted = policy([deny(0), permit(0).labels(&[N])]);
	assert_permits(by(&excepted, &treatment()), &[redact_except(&[N])]);
}

#[test]
fn a_class_or_label_that_the_request_names_is_denied_redacted_or_left_alone() {
	let (claim, account, coverage) = (class("Claim"), class("Account"), class("Coverage"));
	let tree = policy([permit(0), deny(0).classes(&[claim, account])]);
	let ask = |classes: &[Code]| by(&tree, &Request { classes, ..treatment() });
	assert_refuses(ask(&[claim]), Deny);
	assert_refuses(ask(&[account, claim]), Deny);
	assert_permits(ask(&[claim, coverage]), &[redact(&[claim, account])]);
	assert_permits(ask(&[coverage]), &[]);
	let tree = policy([permit(0), deny(0).labels(&[PSY, HIV])]);
	assert_refuses(by(&tree, &Request { labels: &[HIV], ..treatment() }), Deny);
}

#[test]
fn a_nested_deny_on_actor_purpose_action_or_period_that_matches_is_a_deny() {
	let in_force = period(-1, 1);
	let matching: [(Provision, Provision); 4] = [
		(deny(0).actors(&[DOCTOR]), deny(0).actors(&[OTHER_DOCTOR])),
		(deny(0).purposes(&[TREAT]), deny(0).purposes(&[HRESCH])),
		(deny(0).actions(&[ACCESS]), deny(0).actions(&[DISCLOSE])),
		(deny(0).period(in_force), deny(0).period(period(1, 2))),
	];
	for (matching, other) in matching {
		assert_refuses(by(&policy([permit(0), matching]), &treatment()), Deny);
		assert_permits(by(&policy([permit(0), other]), &treatment()), &[]);
	}
}

#[test]
fn codes_come_labels_first_then_classes_then_clinical_codes_in_document_order() {
	let (late, early) = (code("loinc|2"), code("loinc|1"));
	let (claim, account) = (class("Claim"), class("Account"));
	let tree = policy([
		permit(0),
		deny(0).codes(&[late]).classes(&[claim]),
		deny(0).labels(&[R]),
		deny(0).classes(&[account]).codes(&[early, late]),
		deny(0).labels(&[PSY, R]),
	]);
	let expected = [R, PSY, claim, account, late, early];
	assert_permits(by(&tree, &treatment()), &[redact(&expected)]);
}

#[test]
fn of_several_consents_the_most_recent_wins_or_any_deny_does() {
	let (yes, no) = (policy([permit(0)]), policy([deny(0)]));
	let older = Consent { given_at: at(-20), ..consent(1, &no) };
	let newer = Consent { given_at: at(-10), ..consent(2, &yes) };
	let ask = |algorithm| {
		let rules = Rules { algorithm, ..Rules::default() };
		let decision = decide(&Choices::from(&[older, newer]), &treatment(), &rules, NOW);
		(decision.outcome, decision.basis.map(|basis| basis.consent))
	};
	assert_eq!(ask(Algorithm::MostRecentWins), (Permit, Some(ConsentId(2))));
	assert_eq!(ask(Algorithm::DenyOverrides), (Deny, Some(ConsentId(1))));
	assert_eq!(Algorithm::default(), Algorithm::MostRecentWins);
}

#[test]
fn where_no_consent_applies_one_of_four_implicit_policies_decides() {
	use ImplicitPolicy::{AllNormal, BasicNormal, BreakGlassOnly, Deny as Nothing};
	let sensitive: Vec<_> = sensitivity::ALL.iter().map(|term| term.code).collect();
	let normal = redact_except(&[U, L, M, N]);
	let ask = |implicit, purpose: Code| {
		let rules = Rules { implicit, ..Rules::default() };
		let request = Request { purposes: &[purpose], ..treatment() };
		let decision = decide(&Choices::default(), &request, &rules, NOW);
		assert_eq!(decision.basis, None);
		(decision.outcome, decision.obligations.into_inner())
	};
	for purpose in [TREAT, HPAYMT, HOPERAT, ETREAT, BTG, HRESCH] {
		let is_tpo = [TREAT, HPAYMT, HOPERAT].contains(&purpose);
		let is_emergency = [ETREAT, BTG].contains(&purpose);
		let permitted = |is_permitted: bool, obligations: &[_]| match is_permitted {
			true => (Permit, obligations.to_vec()),
			false => (NoConsent, Vec::new()),
		};
		let basic = [redact(&sensitive), normal.clone()];
		assert_eq!(ask(Nothing, purpose), permitted(false, &[]));
		assert_eq!(ask(BasicNormal, purpose), permitted(purpose == TREAT, &basic));
		assert_eq!(ask(AllNormal, purpose), permitted(is_tpo, std::slice::from_ref(&normal)));
		assert_eq!(ask(BreakGlassOnly, purpose), permitted(is_emergency, &[]));
	}
	assert_eq!(ImplicitPolicy::default(), Nothing);
}

#[test]
fn an_explicit_consent_always_overrides_the_implicit_policy() {
	let rules = Rules { implicit: ImplicitPolicy::AllNormal, ..Rules::default() };
	let (no, yes) = (policy([deny(0)]), policy([permit(0)]));
	for (tree, expected) in [(no, Deny), (yes, Permit)] {
		let decision = decide(&Choices::from(&[consent(0, &tree)]), &treatment(), &rules, NOW);
		assert_eq!((decision.outcome, decision.obligations.len()), (expected, 0));
	}
}

#[test]
fn a_patient_may_opt_out_of_emergency_override() {
	let tree = policy([permit(0)]);
	let consents = [consent(0, &tree)];
	let request = Request { purposes: &[BTG], ..treatment() };
	for (emergency_opt_out, expected) in [(false, Permit), (true, Deny)] {
		let choices = Choices { consents: &consents, emergency_opt_out };
		assert_eq!(decide(&choices, &request, &Rules::default(), NOW).outcome, expected);
	}
}

// Readers are liberal where the meaning is plain

#[test]
fn zero_consents_are_no_consent() {
	let decision = decide(&Choices::default(), &treatment(), &Rules::default(), NOW);
	assert_refuses(decision, NoConsent);
}

#[test]
fn a_request_may_lack_a_purpose_or_give_one_or_several() {
	let tree = policy([permit(0).purposes(&[TREAT])]);
	let outcomes = [&[][..], &[TREAT], &[HRESCH, TREAT], &[HRESCH]];
	let outcomes = outcomes.map(|purposes| for_purposes(&tree, purposes));
	assert_eq!(outcomes, [Permit, Permit, Permit, NoConsent]);
}

#[test]
fn a_consent_of_another_category_than_asked_for_does_not_apply() {
	let mut tree = policy([permit(0)]);
	tree.categories = values([code("consentscope|research")]);
	let privacy = [code("consentscope|patient-privacy")];
	assert_eq!(outcome(&tree, &Request { categories: &privacy, ..treatment() }), NoConsent);
	assert_eq!(outcome(&tree, &treatment()), Permit);
}
