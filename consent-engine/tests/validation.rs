//! Which policies are refused.

mod scene;

use hdx_consent_engine::{validate, PolicyError};
use scene::*;

#[test]
fn a_tree_of_the_greatest_depth_is_valid() {
	assert_eq!(validate(&policy([permit(0), permit(0), permit(1), permit(2), deny(0)])), Ok(()));
}

#[test]
fn a_policy_without_provisions_is_refused() {
	assert_eq!(validate(&policy([])), Err(PolicyError::EmptyPolicy));
}

#[test]
fn a_parent_that_does_not_come_before_its_child_is_refused() {
	for tree in [
		policy([permit(1), permit(0)]),
		policy([permit(0), permit(1)]),
		policy([permit(0), permit(2), permit(0)]),
		policy([permit(0), permit(255)]),
	] {
		assert_eq!(validate(&tree), Err(PolicyError::ParentNotBefore));
	}
}

#[test]
fn a_fourth_level_below_the_root_is_refused() {
	let tree = policy([permit(0), permit(0), permit(1), permit(2), permit(3)]);
	assert_eq!(validate(&tree), Err(PolicyError::TooDeep));
}

#[test]
fn a_period_that_does_not_start_before_it_ends_is_refused() {
	for wrong in [period(5, 4), period(5, 5)] {
		for tree in [
			policy([permit(0).period(wrong)]),
			policy([permit(0), deny(0).period(wrong)]),
			policy([permit(0), deny(0).data_period(wrong)]),
		] {
			assert_eq!(validate(&tree), Err(PolicyError::PeriodNotOrdered));
		}
	}
}
