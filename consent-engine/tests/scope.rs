//! Policies that stay within what somebody may permit, and ones that do not.

mod scene;

use hdx_consent_engine::{
	terminology::{
		action::{ACCESS, COLLECT},
		confidentiality::{N, R},
		purpose::{HMARKT, HPAYMT, TREAT},
	},
	Excess, Period, Provision, Scope, ScopedAttribute,
};
use scene::*;

fn scope() -> Scope {
	Scope {
		actors: values([DOCTOR]),
		purposes: values([TREAT, HPAYMT]),
		actions: values([ACCESS]),
		labels: values([N]),
		classes: values([code("class|observation")]),
		codes: values([code("loinc|1")]),
		period: period(-10, 10),
		data_period: period(-100, 0),
	}
}

/// As wide as the scope.
fn widest() -> Provision {
	permit(0)
		.actors(&[DOCTOR])
		.purposes(&[TREAT, HPAYMT])
		.actions(&[ACCESS])
		.labels(&[N])
		.classes(&[code("class|observation")])
		.codes(&[code("loinc|1")])
		.period(period(-10, 10))
		.data_period(period(-100, 0))
}

#[test]
fn a_policy_as_wide_as_the_scope_is_within_it() {
	assert_eq!(policy([widest()]).is_within(&scope()), Ok(()));
	assert_eq!(policy([widest().purposes(&[TREAT])]).is_within(&scope()), Ok(()));
}

#[test]
fn anything_is_within_a_scope_that_limits_nothing() {
	assert_eq!(policy([permit(0)]).is_within(&Scope::default()), Ok(()));
	assert_eq!(policy([widest(), permit(0)]).is_within(&Scope::default()), Ok(()));
}

#[test]
fn a_policy_that_permits_nothing_is_within_any_scope() {
	assert_eq!(policy([]).is_within(&scope()), Ok(()));
	assert_eq!(policy([deny(0), deny(0).purposes(&[HMARKT])]).is_within(&scope()), Ok(()));
}

#[test]
fn a_value_outside_the_scope_is_an_excess() {
	use ScopedAttribute::{Actions, Actors, Classes, Codes, DataPeriod, Labels, Purposes};
	for (wider, attribute) in [
		(widest().actors(&[DOCTOR, OTHER_DOCTOR]), Actors),
		(widest().purposes(&[TREAT, HMARKT]), Purposes),
		(widest().actions(&[ACCESS, COLLECT]), Actions),
		(widest().labels(&[N, R]), Labels),
		(widest().classes(&[code("class|other")]), Classes),
		(widest().codes(&[code("loinc|2")]), Codes),
		(widest().period(period(-11, 10)), ScopedAttribute::Period),
		(widest().data_period(period(-100, 1)), DataPeriod),
	] {
		assert_eq!(policy([wider]).is_within(&scope()), Err(Excess { provision: 0, attribute }));
	}
}

#[test]
fn an_attribute_left_out_is_an_excess_where_the_scope_limits_it() {
	use ScopedAttribute::{Actions, Actors, Classes, Codes, DataPeriod, Labels, Purposes};
	let half_open = Period { start: Some(at(-10)), end: None };
	for (wider, attribute) in [
		(widest().actors(&[]), Actors),
		(widest().purposes(&[]), Purposes),
		(widest().actions(&[]), Actions),
		(widest().labels(&[]), Labels),
		(widest().classes(&[]), Classes),
		(widest().codes(&[]), Codes),
		(widest().period(Period::default()), ScopedAttribute::Period),
		(widest().period(half_open), ScopedAttribute::Period),
		(widest().data_period(Period::default()), DataPeriod),
	] {
		assert_eq!(policy([wider]).is_within(&scope()), Err(Excess { provision: 0, attribute }));
	}
}

#[test]
fn what_a_permit_leaves_out_it_inherits_from_the_nearest_provision_that_names_it() {
	let tree = policy([widest(), deny(0).purposes(&[HPAYMT]), permit(1).actors(&[DOCTOR])]);
	assert_eq!(tree.is_within(&scope()), Ok(()));
	let later_start = Period { start: Some(at(-5)), end: None };
	assert_eq!(policy([widest(), permit(0).period(later_start)]).is_within(&scope()), Ok(()));
}

#[test]
fn a_wider_permit_inside_a_narrow_one_is_an_excess() {
	let tree = policy([widest(), deny(0), permit(1).labels(&[N, R])]);
	let excess = Excess { provision: 2, attribute: ScopedAttribute::Labels };
	assert_eq!(tree.is_within(&scope()), Err(excess));
}

#[test]
fn the_first_excess_in_document_order_is_named() {
	let tree = policy([deny(0), permit(0), widest()]);
	let excess = Excess { provision: 1, attribute: ScopedAttribute::Actors };
	assert_eq!(tree.is_within(&scope()), Err(excess));
}

#[test]
fn denies_are_not_counted_in_favour_of_a_policy() {
	let tree = policy([widest().purposes(&[]), deny(0).purposes(&[HMARKT])]);
	let excess = Excess { provision: 0, attribute: ScopedAttribute::Purposes };
	assert_eq!(tree.is_within(&scope()), Err(excess));
}

#[test]
fn a_tree_that_names_itself_as_parent_is_answered() {
	let tree = policy([deny(0), permit(1), permit(7)]);
	let excess = Excess { provision: 1, attribute: ScopedAttribute::Actors };
	assert_eq!(tree.is_within(&scope()), Err(excess));
}

#[test]
fn a_data_period_beside_its_parents_is_judged_as_a_whole() {
	let later = Period { start: Some(at(-50)), end: None };
	let tree = policy([widest(), permit(0).data_period(later)]);
	let excess = Excess { provision: 1, attribute: ScopedAttribute::DataPeriod };
	assert_eq!(tree.is_within(&scope()), Err(excess));
}
