//! What a decision cannot hold.

#![allow(clippy::arithmetic_side_effects)]

mod scene;

use hdx_consent_engine::{DataMeaning, DataReference, Obligation, Outcome};
use scene::*;

fn numbered(from: u32) -> Vec<hdx_consent_engine::Code> {
	(from..from + 16).map(|number| code(&format!("system|{number}"))).collect()
}

#[test]
fn more_codes_than_one_redaction_holds_take_several() {
	let denies = (0..31u32).map(|index| deny(0).labels(&numbered(index * 16)));
	let policy = policy(std::iter::once(permit(0)).chain(denies));
	let decision = by(&policy, &treatment());
	assert_eq!(decision.outcome, Outcome::Permit);
	let all: Vec<_> = (0..31u32).flat_map(|index| numbered(index * 16)).collect();
	let expected: Vec<_> = all.chunks(64).map(redact).collect();
	assert_eq!(decision.obligations.as_slice(), expected);
}

#[test]
fn a_decision_that_needs_more_redactions_than_it_can_hold_is_a_deny() {
	let denies = (0..31u32)
		.map(|index| deny(0).labels(&numbered(index * 32)).classes(&numbered(index * 32 + 16)));
	let policy = policy(std::iter::once(permit(0)).chain(denies));
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
}

#[test]
fn a_clause_with_more_codes_than_an_obligation_holds_is_a_deny() {
	let permits = (0..5u32).map(|index| permit(0).labels(&numbered(index * 16)));
	let policy = policy(std::iter::once(deny(0)).chain(permits));
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
}

#[test]
fn alternatives_that_multiply_out_to_too_many_obligations_are_a_deny() {
	let permits = (0..4u32)
		.map(|index| permit(0).labels(&numbered(index * 32)).classes(&numbered(index * 32 + 16)));
	let policy = policy(std::iter::once(deny(0)).chain(permits));
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
}

#[test]
fn a_further_deny_does_not_bring_an_oversized_policy_below_the_bounds() {
	let labels = (0..5u32).map(|index| permit(0).labels(&numbered(index * 16)));
	let both = (0..4u32)
		.map(|index| permit(0).labels(&numbered(index * 32)).classes(&numbered(index * 32 + 16)));
	for permits in [labels.collect::<Vec<_>>(), both.collect()] {
		let oversized = std::iter::once(deny(0)).chain(permits);
		let policy = policy(oversized.chain([deny(1).actors(&[DOCTOR])]));
		assert_refuses(by(&policy, &treatment()), Outcome::Deny);
	}
}

fn references(from: u32) -> Vec<DataReference> {
	let instance = |reference| DataReference { meaning: DataMeaning::Instance, reference };
	numbered(from).into_iter().map(instance).collect()
}

#[test]
fn more_references_than_one_redaction_holds_take_several() {
	let denies = (0..3u32).map(|index| deny(0).data(&references(index * 16)));
	let decision = by(&policy(std::iter::once(permit(0)).chain(denies)), &treatment());
	let expected: Vec<_> = (0..3u32).map(|index| redact_data(&references(index * 16))).collect();
	assert_permits(decision, &expected);
}

#[test]
fn codes_references_and_periods_share_redactions() {
	let denies = (0..9i64).map(|index| deny(0).data_period(period(-100, index)));
	let others = [deny(0).codes(&numbered(0)), deny(0).data(&references(16))];
	let decision =
		by(&policy(std::iter::once(permit(0)).chain(denies).chain(others)), &treatment());
	assert_eq!(decision.outcome, Outcome::Permit);
	let filters: Vec<_> = decision
		.obligations
		.iter()
		.map(|obligation| match obligation {
			Obligation::Redact(filter) => {
				(filter.codes.len(), filter.data.len(), filter.periods.len())
			},
			Obligation::RedactExcept(_) => (0, 0, 0),
		})
		.collect();
	assert_eq!(filters, [(16, 16, 8), (0, 0, 1)]);
}

#[test]
fn a_clause_with_more_references_or_periods_than_an_obligation_holds_is_a_deny() {
	let data = (0..2u32).map(|index| permit(0).data(&references(index * 16)));
	let periods = (0..9i64).map(|index| permit(0).data_period(period(-100, index)));
	for permits in [data.collect::<Vec<_>>(), periods.collect()] {
		let mut fitting = permits.clone();
		fitting.pop();
		let decision = by(&policy(std::iter::once(deny(0)).chain(fitting)), &treatment());
		assert_eq!(decision.outcome, Outcome::Permit);
		let policy = policy(std::iter::once(deny(0)).chain(permits));
		assert_refuses(by(&policy, &treatment()), Outcome::Deny);
	}
}

#[test]
fn eight_clauses_fit_and_a_redaction_beside_them_does_not() {
	let permits = (0..3u32)
		.map(|index| permit(0).labels(&numbered(index * 32)).classes(&numbered(index * 32 + 16)));
	let tree: Vec<_> = std::iter::once(deny(0)).chain(permits).collect();
	let decision = by(&policy(tree.clone()), &treatment());
	assert_eq!(decision.outcome, Outcome::Permit);
	assert_eq!(decision.obligations.len(), 8);
	let policy = policy(tree.into_iter().chain([deny(1).codes(&numbered(500))]));
	assert_refuses(by(&policy, &treatment()), Outcome::Deny);
}

/// A WebAssembly runtime has a stack of its own that is not large.
#[test]
fn a_decision_on_the_deepest_tree_needs_little_stack() {
	let narrowing = |parent: u8| permit(parent).labels(&numbered(u32::from(parent)));
	let tree = policy(
		[permit(0).labels(&numbered(0)), deny(0), narrowing(1), deny(2).codes(&numbered(7))]
			.into_iter()
			.chain((0..9).flat_map(|branch| {
				let first = 4 + branch * 3;
				[narrowing(0), narrowing(first), narrowing(first + 1)]
			})),
	);
	let expected = by(&tree, &treatment());
	let stack = std::thread::Builder::new().stack_size(64 * 1024);
	let decision = stack.spawn(move || by(&tree, &treatment())).map(|thread| thread.join());
	assert!(matches!(decision, Ok(Ok(decision)) if decision == expected));
}
