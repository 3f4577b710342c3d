//! What obligations cannot say, and what a decision cannot hold.

#![allow(clippy::arithmetic_side_effects)]

mod scene;

use hdx_consent_engine::{
	terminology::sensitivity::PSY, DataMeaning, DataReference, Outcome, Period, Provision, Request,
};
use scene::*;

// Particular data and its age hold only for requests that name the same

#[test]
fn a_permit_limited_to_a_data_period_permits_requests_within_it() {
	let tree = policy([permit(0).data_period(period(-100, -50))]);
	let outcome = |data_period| by(&tree, &Request { data_period, ..treatment() }).outcome;
	assert_eq!(outcome(period(-100, -50)), Outcome::Permit);
	assert_eq!(outcome(period(-90, -60)), Outcome::Permit);
	assert_eq!(outcome(period(-90, -40)), Outcome::Deny);
	assert_eq!(outcome(period(-50, -40)), Outcome::Deny);
	assert_eq!(outcome(Period::default()), Outcome::Deny);
}

#[test]
fn a_deny_on_a_data_period_denies_requests_that_touch_it() {
	let tree = policy([permit(0), deny(0).data_period(period(-100, -50))]);
	let outcome = |data_period| by(&tree, &Request { data_period, ..treatment() }).outcome;
	assert_eq!(outcome(period(-90, -60)), Outcome::Deny);
	assert_eq!(outcome(period(-60, -40)), Outcome::Deny);
	assert_eq!(outcome(period(-50, -40)), Outcome::Permit);
	assert_eq!(outcome(period(-120, -100)), Outcome::Permit);
	assert_eq!(outcome(Period::default()), Outcome::Deny);
}

#[test]
fn a_deny_on_labels_of_a_data_period_redacts_the_labels_of_any() {
	let policy = policy([permit(0), deny(0).data_period(period(-100, -50)).labels(&[PSY])]);
	assert_permits(by(&policy, &treatment()), &[redact(&[PSY])]);
}

fn about_data(mut provision: Provision, data: &[DataReference]) -> Provision {
	provision.data = values(data.iter().copied());
	provision
}

fn reference(meaning: DataMeaning, token: &str) -> DataReference {
	DataReference { meaning, reference: code(token) }
}

#[test]
fn provisions_on_particular_data_hold_for_requests_that_name_it() {
	let (one, other) = (
		reference(DataMeaning::Instance, "salt|one"),
		reference(DataMeaning::Instance, "salt|other"),
	);
	let (permits, denies) =
		(policy([about_data(permit(0), &[one])]), policy([permit(0), about_data(deny(0), &[one])]));
	let outcome = |policy, data: &[_]| by(policy, &Request { data, ..treatment() }).outcome;
	assert_eq!(outcome(&permits, &[one]), Outcome::Permit);
	assert_eq!(outcome(&permits, &[other]), Outcome::Deny);
	assert_eq!(outcome(&permits, &[one, other]), Outcome::Deny);
	assert_eq!(outcome(&permits, &[]), Outcome::Deny);
	assert_eq!(outcome(&denies, &[one]), Outcome::Deny);
	assert_eq!(outcome(&denies, &[other]), Outcome::Permit);
	assert_eq!(outcome(&denies, &[one, other]), Outcome::Deny);
	assert_eq!(outcome(&denies, &[]), Outcome::Deny);
}

#[test]
fn what_is_related_to_denied_data_is_not_known_so_it_is_denied() {
	let encounter = reference(DataMeaning::Related, "salt|encounter");
	let policy = policy([permit(0), about_data(deny(0), &[encounter])]);
	let data = [reference(DataMeaning::Instance, "salt|observation")];
	assert_refuses(by(&policy, &Request { data: &data, ..treatment() }), Outcome::Deny);
}

// Bounds

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
