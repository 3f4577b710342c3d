//! What a policy tree says about a request that it applies to.

mod scene;

use hdx_consent_engine::{
	terminology::{action, confidentiality, purpose, sensitivity},
	Actor, Outcome, Request,
};
use scene::*;

use confidentiality::{N, R, V};
use sensitivity::{HIV, PSY, SDV};

const TPO: [hdx_consent_engine::Code; 3] = [purpose::TREAT, purpose::HPAYMT, purpose::HOPERAT];

fn observation() -> hdx_consent_engine::Code {
	code("http://hl7.org/fhir/resource-types|Observation")
}

fn medication() -> hdx_consent_engine::Code {
	code("http://hl7.org/fhir/resource-types|MedicationStatement")
}

fn snomed() -> hdx_consent_engine::Code {
	code("http://snomed.info/sct|191816009")
}

// Denies inside a permit

#[test]
fn a_nested_deny_on_an_actor_is_a_deny() {
	let policy = policy([permit(0), deny(0).actors(&[DOCTOR])]);
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_permits(by(&policy, &other), &[]);
}

#[test]
fn a_nested_deny_on_a_purpose_is_a_deny() {
	let policy = policy([permit(0), deny(0).purposes(&[purpose::TREAT])]);
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
	let other = Request { purposes: &[purpose::HPAYMT], ..treatment() };
	assert_permits(by(&policy, &other), &[]);
}

#[test]
fn a_nested_deny_on_an_action_is_a_deny() {
	let policy = policy([permit(0), deny(0).actions(&[action::ACCESS])]);
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
	let other = Request { actions: &[action::COLLECT], ..treatment() };
	assert_permits(by(&policy, &other), &[]);
}

#[test]
fn a_nested_deny_in_its_period_is_a_deny() {
	let during = policy([permit(0), deny(0).period(period(-5, 5))]);
	assert_refuses(by(&during, &treatment()), Outcome::Deny);
	let after = policy([permit(0), deny(0).period(period(-5, 0))]);
	assert_permits(by(&after, &treatment()), &[]);
}

#[test]
fn all_attributes_of_a_provision_must_match() {
	let policy = policy([permit(0), deny(0).actors(&[DOCTOR]).purposes(&[purpose::HRESCH])]);
	assert_permits(by(&policy, &treatment()), &[]);
	let research = Request { purposes: &[purpose::HRESCH], ..treatment() };
	assert_refuses(by(&policy, &research), Outcome::Deny);
}

#[test]
fn a_nested_deny_on_labels_is_a_redaction() {
	let policy = policy([permit(0), deny(0).labels(&[PSY, R])]);
	assert_permits(by(&policy, &treatment()), &[redact(&[PSY, R])]);
}

#[test]
fn a_nested_deny_on_classes_is_a_redaction() {
	let policy = policy([permit(0), deny(0).classes(&[medication()])]);
	assert_permits(by(&policy, &treatment()), &[redact(&[medication()])]);
}

#[test]
fn a_nested_deny_on_clinical_codes_is_a_redaction() {
	let policy = policy([permit(0), deny(0).codes(&[snomed()])]);
	assert_permits(by(&policy, &treatment()), &[redact(&[snomed()])]);
}

#[test]
fn a_redaction_binds_only_those_whom_the_deny_is_about() {
	let policy = policy([permit(0), deny(0).actors(&[DOCTOR]).labels(&[R])]);
	assert_permits(by(&policy, &treatment()), &[redact(&[R])]);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_permits(by(&policy, &other), &[]);
}

#[test]
fn codes_come_labels_first_then_classes_then_clinical_codes_in_document_order() {
	let policy = policy([
		permit(0),
		deny(0).codes(&[snomed()]),
		deny(0).classes(&[observation(), medication()]).labels(&[V]),
		deny(0).labels(&[HIV, PSY, V]),
	]);
	let expected = redact(&[V, HIV, PSY, observation(), medication(), snomed()]);
	assert_permits(by(&policy, &treatment()), &[expected]);
}

// What the request itself names

#[test]
fn a_deny_that_covers_all_of_the_class_asked_for_is_a_deny() {
	let policy = policy([permit(0), deny(0).classes(&[medication(), observation()])]);
	let request = Request { classes: &[medication()], ..treatment() };
	assert_refuses(by(&policy, &request), Outcome::Deny);
}

#[test]
fn a_deny_that_covers_a_part_of_the_classes_asked_for_is_a_redaction() {
	let policy = policy([permit(0), deny(0).classes(&[medication()])]);
	let request = Request { classes: &[medication(), observation()], ..treatment() };
	assert_permits(by(&policy, &request), &[redact(&[medication()])]);
}

#[test]
fn a_deny_about_another_class_is_no_obligation() {
	let policy = policy([permit(0), deny(0).classes(&[medication()])]);
	let request = Request { classes: &[observation()], ..treatment() };
	assert_permits(by(&policy, &request), &[]);
}

#[test]
fn denies_that_cover_all_that_is_asked_for_together_are_a_deny() {
	let policy =
		policy([permit(0), deny(0).classes(&[medication()]), deny(0).classes(&[observation()])]);
	let request = Request { classes: &[medication(), observation()], ..treatment() };
	assert_refuses(by(&policy, &request), Outcome::Deny);
}

#[test]
fn a_deny_that_covers_all_of_the_labels_asked_for_is_a_deny() {
	let policy = policy([permit(0), deny(0).labels(&[PSY, SDV])]);
	assert_refuses(by(&policy, &Request { labels: &[PSY], ..treatment() }), Outcome::Deny);
}

#[test]
fn a_deny_that_covers_a_part_of_the_labels_asked_for_is_a_redaction() {
	let policy = policy([permit(0), deny(0).labels(&[PSY])]);
	let request = Request { labels: &[PSY, N], ..treatment() };
	assert_permits(by(&policy, &request), &[redact(&[PSY])]);
}

#[test]
fn a_deny_about_another_label_still_redacts_since_data_may_carry_both() {
	let policy = policy([permit(0), deny(0).labels(&[PSY])]);
	let request = Request { labels: &[N], ..treatment() };
	assert_permits(by(&policy, &request), &[redact(&[PSY])]);
}

#[test]
fn a_deny_on_a_class_and_a_label_redacts_the_label_where_the_class_is_all_that_is_asked() {
	let policy = policy([permit(0), deny(0).classes(&[medication()]).labels(&[R])]);
	let request = Request { classes: &[medication()], ..treatment() };
	assert_permits(by(&policy, &request), &[redact(&[R])]);
	let elsewhere = Request { classes: &[observation()], ..treatment() };
	assert_permits(by(&policy, &elsewhere), &[]);
}

#[test]
fn a_class_that_no_permit_is_about_is_denied() {
	let policy = policy([permit(0).classes(&[observation()])]);
	let request = Request { classes: &[medication()], ..treatment() };
	assert_refuses(by(&policy, &request), Outcome::Deny);
}

#[test]
fn a_class_that_the_permit_is_about_needs_no_obligation() {
	let policy = policy([permit(0).classes(&[observation(), medication()])]);
	let request = Request { classes: &[medication()], ..treatment() };
	assert_permits(by(&policy, &request), &[]);
}

#[test]
fn a_root_deny_about_another_class_does_not_apply() {
	let policy = policy([deny(0).classes(&[observation()])]);
	let request = Request { classes: &[medication()], ..treatment() };
	assert_refuses(by(&policy, &request), Outcome::NoConsent);
}

// Permits that are limited

#[test]
fn a_root_limited_to_labels_redacts_all_others() {
	let policy = policy([permit(0).purposes(&TPO).labels(&[N, R])]);
	assert_permits(by(&policy, &treatment()), &[redact_except(&[N, R])]);
}

#[test]
fn a_permit_limited_to_labels_inside_a_deny_redacts_all_others() {
	let policy = policy([deny(0), permit(0).actors(&[DOCTOR]).labels(&[N])]);
	assert_permits(by(&policy, &treatment()), &[redact_except(&[N])]);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_refuses(by(&policy, &other), Outcome::Deny);
}

#[test]
fn sibling_permits_are_alternatives() {
	let policy = policy([deny(0), permit(0).labels(&[N]), permit(0).classes(&[observation()])]);
	assert_permits(by(&policy, &treatment()), &[redact_except(&[N, observation()])]);
}

#[test]
fn a_permit_limited_to_labels_and_classes_demands_both() {
	let policy = policy([permit(0).labels(&[N]).classes(&[observation()])]);
	let both = [redact_except(&[N]), redact_except(&[observation()])];
	assert_permits(by(&policy, &treatment()), &both);
}

#[test]
fn alternatives_with_several_limits_are_multiplied_out() {
	let policy = policy([
		deny(0),
		permit(0).labels(&[N]).classes(&[observation()]),
		permit(0).labels(&[N]).classes(&[medication()]),
	]);
	let expected = [redact_except(&[N]), redact_except(&[observation(), medication()])];
	assert_permits(by(&policy, &treatment()), &expected);
}

#[test]
fn an_exception_takes_back_what_a_permit_gave() {
	let policy = policy([deny(0), permit(0).actors(&[DOCTOR]), deny(1).labels(&[PSY])]);
	assert_permits(by(&policy, &treatment()), &[redact(&[PSY])]);
}

#[test]
fn a_permit_of_nothing_but_what_is_withheld_is_a_deny() {
	let policy = policy([permit(0).labels(&[PSY]), deny(0).labels(&[PSY])]);
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
}

// Permits inside a permit

#[test]
fn a_permit_inside_a_permit_narrows() {
	let policy = policy([
		permit(0).purposes(&TPO),
		permit(0).actors(&[DOCTOR]),
		permit(0).classes(&[observation()]),
	]);
	assert_permits(by(&policy, &treatment()), &[]);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_permits(by(&policy, &other), &[redact_except(&[observation()])]);
}

#[test]
fn where_no_narrowing_permit_matches_nothing_is_permitted() {
	let policy = policy([permit(0), permit(0).actors(&[OTHER_DOCTOR])]);
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
}

#[test]
fn a_narrowing_permit_stays_inside_its_parent() {
	let policy = policy([permit(0).labels(&[N]), permit(0).classes(&[observation()])]);
	let both = [redact_except(&[N]), redact_except(&[observation()])];
	assert_permits(by(&policy, &treatment()), &both);
}

#[test]
fn a_focused_permit_adds_to_its_parents_labels() {
	let policy = policy([
		permit(0).purposes(&TPO).labels(&[N]),
		permit(0).labels(&[PSY, SDV]).actors(&[DOCTOR]),
	]);
	assert_permits(by(&policy, &treatment()), &[redact_except(&[N, PSY, SDV])]);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_permits(by(&policy, &other), &[redact_except(&[N])]);
}

#[test]
fn a_focused_permit_keeps_its_parents_other_limits() {
	let policy = policy([
		permit(0).labels(&[N]).classes(&[observation()]),
		permit(0).labels(&[PSY]).actors(&[DOCTOR]),
	]);
	let expected = [redact_except(&[N, PSY]), redact_except(&[observation()])];
	let decision = by(&policy, &treatment());
	assert_eq!(decision.outcome, Outcome::Permit);
	assert_eq!(decision.obligations.len(), 2);
	assert!(expected.iter().all(|obligation| decision.obligations.contains(obligation)));
}

// Deeper trees

#[test]
fn a_permit_inside_a_deny_lifts_it() {
	let policy = policy([permit(0), deny(0).labels(&[PSY]), permit(1).actors(&[DOCTOR])]);
	assert_permits(by(&policy, &treatment()), &[]);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_permits(by(&policy, &other), &[redact(&[PSY])]);
}

#[test]
fn a_permit_inside_a_whole_deny_gives_back_its_part_only() {
	let policy = policy([permit(0), deny(0).actors(&[DOCTOR]), permit(1).labels(&[N])]);
	assert_permits(by(&policy, &treatment()), &[redact_except(&[N])]);
}

#[test]
fn an_exception_that_no_obligation_can_say_leaves_the_redaction_whole() {
	let policy = policy([permit(0), deny(0).labels(&[R]), permit(1).classes(&[observation()])]);
	assert_permits(by(&policy, &treatment()), &[redact(&[R])]);
	let request = Request { classes: &[observation()], ..treatment() };
	assert_permits(by(&policy, &request), &[]);
}

#[test]
fn a_child_is_looked_at_only_inside_what_its_parent_matched() {
	let policy = policy([permit(0), deny(0).actors(&[OTHER_DOCTOR]), permit(1)]);
	assert_permits(by(&policy, &treatment()), &[]);
	let policy = self::policy([deny(0), permit(0).actors(&[OTHER_DOCTOR]), permit(1)]);
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
}

/// The base is a permit; three levels of exceptions alternate below it.
#[test]
fn exceptions_nest_three_levels_deep() {
	let (hospital, ward) = (Actor::Group(code("group|hospital")), Actor::Group(code("group|ward")));
	let (student, resident) =
		(Actor::Group(code("group|students")), Actor::Group(code("group|residents")));
	let tree = policy([
		deny(0),
		permit(0).actors(&[hospital]),
		deny(1).actors(&[student]),
		permit(2).actors(&[resident]),
	]);
	let outcome = |actors: &[Actor]| by(&tree, &Request { actors, ..treatment() }).outcome;
	assert_eq!(outcome(&[ward]), Outcome::Deny);
	assert_eq!(outcome(&[hospital]), Outcome::Permit);
	assert_eq!(outcome(&[hospital, student]), Outcome::Deny);
	assert_eq!(outcome(&[hospital, student, resident]), Outcome::Permit);
	assert_eq!(outcome(&[resident]), Outcome::Deny);
}

#[test]
fn between_siblings_a_deny_is_stronger_than_a_permit() {
	let permit = permit(0).actors(&[DOCTOR]);
	let deny_ = deny(0).purposes(&[purpose::TREAT]);
	for siblings in [[permit.clone(), deny_.clone()], [deny_, permit]] {
		let [first, second] = siblings;
		let policy = policy([deny(0), first, second]);
		assert_refuses(by(&policy, &treatment()), Outcome::Deny);
	}
}
