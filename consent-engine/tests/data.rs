//! Particular data, and data from particular times.

mod scene;

use hdx_consent_engine::{
	terminology::{confidentiality::N, sensitivity::PSY},
	DataMeaning::{AuthoredBy, Dependents, Instance, Related},
	DataReference, Outcome, Period, Request,
};
use scene::*;

fn from(data_period: Period) -> Request<'static> {
	Request { data_period, ..treatment() }
}

#[test]
fn a_permit_limited_to_a_data_period_withholds_all_other_data() {
	let limit = period(-100, -50);
	let tree = policy([permit(0).data_period(limit)]);
	assert_permits(by(&tree, &treatment()), &[redact_except_periods(&[limit])]);
	assert_permits(by(&tree, &from(period(-90, -40))), &[redact_except_periods(&[limit])]);
}

#[test]
fn a_request_within_the_permitted_data_period_needs_no_obligation() {
	let tree = policy([permit(0).data_period(period(-100, -50))]);
	assert_permits(by(&tree, &from(period(-100, -50))), &[]);
	assert_permits(by(&tree, &from(period(-90, -60))), &[]);
}

#[test]
fn a_request_outside_the_permitted_data_period_is_denied() {
	let tree = policy([permit(0).data_period(period(-100, -50))]);
	assert_refuses(by(&tree, &from(period(-50, -40))), Outcome::Deny);
}

#[test]
fn a_deny_on_a_data_period_withholds_data_from_it() {
	let denied = period(-100, -50);
	let tree = policy([permit(0), deny(0).data_period(denied)]);
	assert_permits(by(&tree, &treatment()), &[redact_periods(&[denied])]);
	assert_permits(by(&tree, &from(period(-60, -40))), &[redact_periods(&[denied])]);
}

#[test]
fn a_deny_on_all_of_the_data_period_asked_for_is_a_deny() {
	let tree = policy([permit(0), deny(0).data_period(period(-100, -50))]);
	assert_refuses(by(&tree, &from(period(-90, -60))), Outcome::Deny);
}

#[test]
fn a_deny_on_another_data_period_is_no_obligation() {
	let tree = policy([permit(0), deny(0).data_period(period(-100, -50))]);
	assert_permits(by(&tree, &from(period(-50, -40))), &[]);
	assert_permits(by(&tree, &from(period(-120, -100))), &[]);
}

#[test]
fn a_root_deny_on_another_data_period_does_not_apply() {
	let tree = policy([deny(0).data_period(period(-100, -50))]);
	assert_refuses(by(&tree, &from(period(-50, -40))), Outcome::NoConsent);
}

#[test]
fn a_deny_on_labels_of_a_data_period_withholds_the_labels_of_any() {
	let tree = policy([permit(0), deny(0).data_period(period(-100, -50)).labels(&[PSY])]);
	assert_permits(by(&tree, &treatment()), &[redact(&[PSY])]);
	// Where the period is all that is asked for, so that only labels are left to tell apart.
	assert_permits(by(&tree, &from(period(-90, -60))), &[redact(&[PSY])]);
	// Where the label is all that is asked for, so that only the period is.
	let labelled = Request { labels: &[PSY], ..treatment() };
	assert_permits(by(&tree, &labelled), &[redact_periods(&[period(-100, -50)])]);
}

#[test]
fn a_permit_of_labels_in_a_data_period_demands_both() {
	let limit = period(-100, -50);
	let tree = policy([permit(0).data_period(limit).labels(&[N])]);
	assert_permits(
		by(&tree, &treatment()),
		&[redact_except(&[N]), redact_except_periods(&[limit])],
	);
}

fn particular(data: &[DataReference]) -> Request<'_> {
	Request { data, ..treatment() }
}

#[test]
fn a_permit_limited_to_particular_data_withholds_all_other_data() {
	for meaning in [Instance, Related, Dependents, AuthoredBy] {
		let one = reference(meaning, "salt|one");
		let tree = policy([permit(0).data(&[one])]);
		assert_permits(by(&tree, &treatment()), &[redact_except_data(&[one])]);
		assert_permits(by(&tree, &particular(&[one])), &[]);
	}
}

#[test]
fn a_deny_on_particular_data_withholds_it() {
	for meaning in [Instance, Related, Dependents, AuthoredBy] {
		let one = reference(meaning, "salt|one");
		let tree = policy([permit(0), deny(0).data(&[one])]);
		assert_permits(by(&tree, &treatment()), &[redact_data(&[one])]);
		assert_refuses(by(&tree, &particular(&[one])), Outcome::Deny);
	}
}

#[test]
fn a_request_for_some_of_the_permitted_data_keeps_the_rest_withheld() {
	let (one, other) = (reference(Instance, "salt|one"), reference(Instance, "salt|other"));
	let tree = policy([permit(0).data(&[one])]);
	assert_permits(by(&tree, &particular(&[one, other])), &[redact_except_data(&[one])]);
	assert_refuses(by(&tree, &particular(&[other])), Outcome::Deny);
}

#[test]
fn a_deny_on_other_particular_data_is_no_obligation() {
	let (one, other) = (reference(Instance, "salt|one"), reference(Instance, "salt|other"));
	let tree = policy([permit(0), deny(0).data(&[one])]);
	assert_permits(by(&tree, &particular(&[other])), &[]);
	assert_permits(by(&tree, &particular(&[one, other])), &[redact_data(&[one])]);
}

#[test]
fn what_is_related_to_other_data_or_written_by_somebody_may_be_any() {
	let asked = reference(Instance, "salt|observation");
	for denied in [reference(Related, "salt|encounter"), reference(AuthoredBy, "salt|doctor")] {
		let tree = policy([permit(0), deny(0).data(&[denied])]);
		assert_permits(by(&tree, &particular(&[asked])), &[redact_data(&[denied])]);
		let tree = policy([permit(0).data(&[denied])]);
		assert_permits(by(&tree, &particular(&[asked])), &[redact_except_data(&[denied])]);
	}
}

#[test]
fn what_is_related_to_a_resource_includes_the_resource() {
	let encounter = reference(Instance, "salt|encounter");
	for (meaning, includes_it) in [(Related, true), (Dependents, true), (AuthoredBy, false)] {
		let wide = reference(meaning, "salt|encounter");
		let permits = by(&policy([permit(0).data(&[wide])]), &particular(&[encounter]));
		let denies = by(&policy([permit(0), deny(0).data(&[wide])]), &particular(&[encounter]));
		if includes_it {
			assert_permits(permits, &[]);
			assert_refuses(denies, Outcome::Deny);
		} else {
			assert_permits(permits, &[redact_except_data(&[wide])]);
			assert_permits(denies, &[redact_data(&[wide])]);
		}
	}
}

#[test]
fn a_deny_on_particular_data_of_a_period_withholds_it_from_any() {
	let one = reference(Instance, "salt|one");
	let tree = policy([permit(0), deny(0).data(&[one]).data_period(period(-100, -50))]);
	assert_permits(by(&tree, &treatment()), &[redact_data(&[one])]);
}
