//! How exactly exceptions are told: what is withheld beyond a deny's meaning, and what is not.

mod scene;

use hdx_consent_engine::{
	terminology::{
		confidentiality::{N, R},
		purpose::{HRESCH, TREAT},
		sensitivity::{ETH, HIV, PSY, SDV},
	},
	Actor,
	DataMeaning::{Instance, Related},
	Outcome, Request,
};
use scene::*;

fn observation() -> hdx_consent_engine::Code {
	code("http://hl7.org/fhir/resource-types|Observation")
}

// Values that are given back

#[test]
fn an_exception_for_one_of_the_labels_of_a_deny_gives_back_that_label() {
	let tree = policy([
		permit(0),
		deny(0).labels(&[PSY, HIV, SDV]),
		permit(1).labels(&[HIV]).actors(&[DOCTOR]),
	]);
	assert_permits(by(&tree, &treatment()), &[redact(&[PSY, SDV])]);
	let other = Request { actors: &[OTHER_DOCTOR], ..treatment() };
	assert_permits(by(&tree, &other), &[redact(&[PSY, HIV, SDV])]);
}

#[test]
fn exceptions_for_all_of_the_labels_of_a_deny_leave_nothing_to_withhold() {
	let tree = policy([
		permit(0),
		deny(0).labels(&[PSY, HIV]),
		permit(1).labels(&[HIV]),
		permit(1).labels(&[PSY, N]),
	]);
	assert_permits(by(&tree, &treatment()), &[]);
}

#[test]
fn an_exception_for_particular_data_gives_back_that_data() {
	let (one, other) = (reference(Instance, "one"), reference(Instance, "other"));
	let tree = policy([permit(0), deny(0).data(&[one, other]), permit(1).data(&[one])]);
	assert_permits(by(&tree, &treatment()), &[redact_data(&[other])]);
	// What is related to a resource includes it.
	let related = reference(Related, "one");
	let tree = policy([permit(0), deny(0).data(&[one, other]), permit(1).data(&[related])]);
	assert_permits(by(&tree, &treatment()), &[redact_data(&[other])]);
	let tree = policy([permit(0), deny(0).data(&[related, other]), permit(1).data(&[one])]);
	assert_permits(by(&tree, &treatment()), &[redact_data(&[related, other])]);
}

#[test]
fn an_exception_with_an_exception_gives_nothing_back() {
	let tree = policy([
		permit(0),
		deny(0).labels(&[PSY, HIV]),
		permit(1).labels(&[HIV]),
		deny(2).labels(&[SDV]),
	]);
	assert_permits(by(&tree, &treatment()), &[redact(&[PSY, HIV])]);
}

#[test]
fn an_exception_of_several_conditions_gives_back_only_what_meets_them_all() {
	let tree = policy([
		permit(0),
		deny(0).labels(&[PSY, HIV]),
		permit(1).labels(&[HIV]).classes(&[observation()]),
	]);
	assert_permits(by(&tree, &treatment()), &[redact(&[PSY, HIV])]);
	let observations = [observation()];
	let request = Request { classes: &observations, ..treatment() };
	assert_permits(by(&tree, &request), &[redact(&[PSY])]);
}

#[test]
fn periods_are_not_given_back_since_data_may_be_from_them_in_part() {
	let year = period(-100, -50);
	let tree = policy([permit(0), deny(0).data_period(year), permit(1).data_period(year)]);
	assert_permits(by(&tree, &treatment()), &[redact_periods(&[year])]);
}

// A deny inside one permit is none of another's

#[test]
fn a_deny_inside_one_permit_takes_nothing_from_a_whole_permit_beside_it() {
	let group = Actor::Group(code("group|psychiatrists"));
	let staff = Actor::Group(code("group|staff"));
	let tree = policy([
		deny(0),
		permit(0).actors(&[staff]),
		deny(1).labels(&[PSY]),
		permit(0).actors(&[group]),
	]);
	let ask = |actors: &[Actor]| by(&tree, &Request { actors, ..treatment() });
	assert_permits(ask(&[staff]), &[redact(&[PSY])]);
	assert_permits(ask(&[staff, group]), &[]);
	assert_permits(ask(&[group]), &[]);
}

#[test]
fn a_deny_inside_one_permit_withholds_from_a_limited_permit_beside_it_too() {
	// "N without PSY, or R" is more than obligations can say.
	let tree =
		policy([deny(0), permit(0).labels(&[N]), deny(1).labels(&[PSY]), permit(0).labels(&[R])]);
	assert_permits(by(&tree, &treatment()), &[redact(&[PSY]), redact_except(&[N, R])]);
}

// A base deny that is about some data only

#[test]
fn a_root_deny_limited_to_labels_permits_nothing() {
	let tree = policy([deny(0).labels(&[PSY])]);
	assert_refuses(by(&tree, &treatment()), Outcome::Deny);
	assert_refuses(by(&tree, &Request { labels: &[N], ..treatment() }), Outcome::Deny);
}

#[test]
fn an_exception_to_a_root_deny_stays_inside_what_the_root_is_about() {
	let tree = policy([deny(0).labels(&[PSY]), permit(0).actors(&[DOCTOR])]);
	assert_permits(by(&tree, &treatment()), &[redact_except(&[PSY])]);
	let labelled = Request { labels: &[PSY], ..treatment() };
	assert_permits(by(&tree, &labelled), &[]);
}

// Who asks is not said

#[test]
fn an_exception_inside_a_deny_of_particular_actors_needs_the_actor() {
	let anybody = Request { actors: &[], ..treatment() };
	let tree = policy([permit(0), deny(0).actors(&[DOCTOR]), permit(1)]);
	assert_refuses(by(&tree, &anybody), Outcome::Deny);
	assert_permits(by(&tree, &treatment()), &[]);
	let tree = policy([deny(0).actors(&[DOCTOR]), permit(0)]);
	assert_refuses(by(&tree, &anybody), Outcome::Deny);
	assert_permits(by(&tree, &treatment()), &[]);
}

// Several purposes

#[test]
fn of_several_purposes_any_that_is_permitted_permits_and_any_that_is_denied_denies() {
	let tree = policy([permit(0).purposes(&[TREAT]), deny(0).purposes(&[HRESCH])]);
	let ask = |purposes: &[_]| by(&tree, &Request { purposes, ..treatment() });
	assert_permits(ask(&[TREAT]), &[]);
	assert_refuses(ask(&[TREAT, HRESCH]), Outcome::Deny);
	let tree = policy([deny(0), permit(0).purposes(&[TREAT])]);
	let ask = |purposes: &[_]| by(&tree, &Request { purposes, ..treatment() });
	assert_permits(ask(&[TREAT, HRESCH]), &[]);
	assert_refuses(ask(&[HRESCH]), Outcome::Deny);
}

// Clauses that say nothing more

#[test]
fn a_clause_that_another_implies_is_left_out() {
	let tree = policy([
		permit(0).labels(&[N]),
		permit(0).classes(&[observation()]),
		permit(1).labels(&[R, N, ETH]),
	]);
	let expected = [redact_except(&[N]), redact_except(&[observation()])];
	assert_permits(by(&tree, &treatment()), &expected);
}

#[test]
fn a_permit_of_only_withheld_references_or_periods_is_a_deny() {
	let one = reference(Instance, "one");
	let tree = policy([permit(0).data(&[one]), deny(0).data(&[one])]);
	assert_refuses(by(&tree, &treatment()), Outcome::Deny);
	let (wide, narrow) = (period(-100, 0), period(-50, -40));
	let tree = policy([permit(0).data_period(narrow), deny(0).data_period(wide)]);
	assert_refuses(by(&tree, &treatment()), Outcome::Deny);
	let tree = policy([permit(0).data_period(wide), deny(0).data_period(narrow)]);
	let expected = [redact_periods(&[narrow]), redact_except_periods(&[wide])];
	assert_permits(by(&tree, &treatment()), &expected);
}
