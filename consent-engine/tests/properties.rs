//! What holds for every policy.
//!
//! `PROPTEST_CASES` says how many cases each property is tried on.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod arbitrary;
mod reference;
mod scene;

use arbitrary::{vocabulary, *};
use hdx_consent_engine::{
	decide, terminology::purpose, Algorithm, Choices, Consent, ConsentId, DataFilter, Decision,
	Obligation, Outcome, Policy, Provision, Request, Rule, Rules, Scope, Status, MAX_OBLIGATIONS,
};
use proptest::prelude::*;
use reference::{asked_for, is_released, universe, Datum};
use scene::{consent, policy, NOW};
use std::collections::BTreeSet;

fn consents(policies: &[Policy]) -> Vec<Consent<'_>> {
	(0u64..).zip(policies).map(|(id, policy)| consent(id, policy)).collect()
}

/// Data of every kind, identity and age.
fn everything() -> &'static [Datum] {
	static ALL: std::sync::LazyLock<Vec<Datum>> = std::sync::LazyLock::new(|| {
		let [one, other, related, authored] = vocabulary::data().try_into().expect("four");
		let identities = [vec![], vec![one], vec![other, related], vec![authored, related]];
		let ages = [(-2, 3), (-1, 0), (0, 1)].map(|(start, end)| scene::period(start, end));
		universe(
			&vocabulary::labels(),
			&vocabulary::classes(),
			&vocabulary::codes(),
			&identities,
			&ages,
		)
	});
	&ALL
}

/// All data that the decision lets out.
fn released(decision: &Decision, request: &Request<'_>) -> Vec<bool> {
	everything()
		.iter()
		.map(|datum| asked_for(datum, request) && is_released(datum, decision))
		.collect()
}

fn is_narrower(narrow: &[bool], wide: &[bool]) -> bool {
	narrow.iter().zip(wide).all(|(narrow, wide)| *wide || !narrow)
}

/// The same tree, with siblings in the order of the keys.
fn reordered(original: &Policy, keys: &[u32]) -> Policy {
	fn visit(original: &Policy, keys: &[u32], index: usize, parent: u8, out: &mut Vec<Provision>) {
		let own = u8::try_from(out.len()).expect("few");
		out.push(Provision { parent, ..original.provisions[index].clone() });
		let mut children: Vec<usize> = (1..original.provisions.len())
			.filter(|child| usize::from(original.provisions[*child].parent) == index)
			.collect();
		children.sort_by_key(|child| keys[child % keys.len()]);
		for child in children {
			visit(original, keys, child, own, out);
		}
	}
	let mut provisions = Vec::new();
	visit(original, keys, 0, 0, &mut provisions);
	policy(provisions)
}

/// What each obligation names as a set, and the obligations as a set.
fn as_sets(decision: &Decision) -> BTreeSet<(bool, BTreeSet<String>)> {
	let named = |filter: &DataFilter| {
		let codes = filter.codes.iter().map(|code| format!("{code:?}"));
		let data = filter.data.iter().map(|reference| format!("{reference:?}"));
		let periods = filter.periods.iter().map(|period| format!("{period:?}"));
		codes.chain(data).chain(periods).collect()
	};
	let set = |obligation: &Obligation| match obligation {
		Obligation::Redact(filter) => (false, named(filter)),
		Obligation::RedactExcept(filter) => (true, named(filter)),
	};
	decision.obligations.iter().map(set).collect()
}

fn config() -> ProptestConfig {
	let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
	ProptestConfig {
		cases: cases.unwrap_or(512),
		failure_persistence: None,
		..ProptestConfig::default()
	}
}

/// Whether the request is, in some attribute, about nothing that the scope holds.
fn is_outside(request: &Request<'_>, scope: &Scope) -> bool {
	fn are_apart<T: PartialEq>(scope: &[T], asked: &[T]) -> bool {
		!scope.is_empty() && !asked.is_empty() && !scope.iter().any(|value| asked.contains(value))
	}
	are_apart(&scope.purposes, request.purposes)
		|| are_apart(&scope.actions, request.actions)
		|| are_apart(&scope.actors, request.actors)
		|| (!scope.actors.is_empty() && request.actors.is_empty())
		|| !scope.period.contains(NOW)
}

/// Whether the data has a value of every attribute that the scope limits.
fn is_in_scope(datum: &Datum, scope: &Scope) -> bool {
	let shares = |scope: &[hdx_consent_engine::Code], own: &[hdx_consent_engine::Code]| {
		scope.is_empty() || scope.iter().any(|code| own.contains(code))
	};
	shares(&scope.labels, &datum.labels)
		&& shares(&scope.classes, &[datum.class])
		&& shares(&scope.codes, &datum.codes)
		&& datum.dated.is_within(&scope.data_period)
}

proptest! {
	#![proptest_config(config())]

	#[test]
	fn decide_is_total_on_arbitrary_policies(
		policies in prop::collection::vec(arbitrary_policy(), 0..4),
		inactive in any::<bool>(),
		asked in asked(),
		rules in rules(),
	) {
		let mut consents = consents(&policies);
		if let (true, Some(first)) = (inactive, consents.first_mut()) {
			first.status = Status::Inactive;
		}
		let decision = decide(&Choices::from(&consents[..]), &asked.request(), &rules, NOW);
		prop_assert_eq!(decision.algorithm, rules.algorithm);
		prop_assert!(decision.obligations.len() <= MAX_OBLIGATIONS as usize);
		prop_assert!(decision.outcome == Outcome::Permit || decision.obligations.is_empty());
		prop_assert!(decision.outcome != Outcome::NoConsent || decision.basis.is_none());
		for obligation in &decision.obligations {
			let (Obligation::Redact(filter) | Obligation::RedactExcept(filter)) = obligation;
			prop_assert!(!filter.is_empty());
		}
	}

	#[test]
	fn nothing_is_released_that_the_tree_does_not_permit(
		policy in valid_policy(),
		asked in asked(),
	) {
		let request = asked.request();
		let decision = decide(&Choices::from(&[consent(0, &policy)]), &request, &Rules::default(), NOW);
		for datum in everything().iter().filter(|datum| asked_for(datum, &request)) {
			prop_assert!(
				!is_released(datum, &decision) || reference::permits(&policy, &request, NOW, datum),
				"{datum:?} is released by {decision:?}"
			);
		}
	}

	#[test]
	fn adding_a_deny_never_widens(
		policies in prop::collection::vec(valid_policy(), 1..4),
		which in any::<prop::sample::Index>(),
		parent in any::<prop::sample::Index>(),
		added in provision(),
		asked in asked(),
		rules in rules(),
	) {
		let request = asked.request();
		let before = decide(&Choices::from(&consents(&policies)[..]), &request, &rules, NOW);
		let mut policies = policies;
		let chosen = which.index(policies.len());
		let provisions = &mut policies[chosen].provisions;
		let parent = u8::try_from(parent.index(provisions.len())).expect("few");
		let deny = Provision { parent, rule: Rule::Deny, ..added };
		provisions.try_push(deny).expect("few");
		let after = decide(&Choices::from(&consents(&policies)[..]), &request, &rules, NOW);
		prop_assert!(
			is_narrower(&released(&after, &request), &released(&before, &request)),
			"{before:?} became {after:?}"
		);
	}

	#[test]
	fn adding_a_denying_consent_never_widens_where_denies_override(
		policies in prop::collection::vec(valid_policy(), 0..3),
		added in valid_policy(),
		asked in asked(),
	) {
		let rules = Rules { algorithm: Algorithm::DenyOverrides, ..Rules::default() };
		let request = asked.request();
		let mut policies = policies;
		let before = decide(&Choices::from(&consents(&policies)[..]), &request, &rules, NOW);
		let mut added = added;
		added.provisions.truncate(1);
		for root in added.provisions.iter_mut() {
			root.rule = Rule::Deny;
		}
		policies.push(added);
		let after = decide(&Choices::from(&consents(&policies)[..]), &request, &rules, NOW);
		prop_assert!(is_narrower(&released(&after, &request), &released(&before, &request)));
	}

	#[test]
	fn the_order_of_siblings_never_matters(
		policy in valid_policy(),
		keys in prop::collection::vec(any::<u32>(), 8),
		asked in asked(),
	) {
		let request = asked.request();
		let other = reordered(&policy, &keys);
		let one = decide(&Choices::from(&[consent(0, &policy)]), &request, &Rules::default(), NOW);
		let two = decide(&Choices::from(&[consent(0, &other)]), &request, &Rules::default(), NOW);
		prop_assert_eq!(one.outcome, two.outcome);
		prop_assert_eq!(as_sets(&one), as_sets(&two));
	}

	#[test]
	fn the_order_of_consents_never_matters(
		policies in prop::collection::vec(valid_policy(), 0..4),
		asked in asked(),
		rules in rules(),
	) {
		let mut consents = consents(&policies);
		let one = decide(&Choices::from(&consents[..]), &asked.request(), &rules, NOW);
		consents.reverse();
		prop_assert_eq!(one, decide(&Choices::from(&consents[..]), &asked.request(), &rules, NOW));
	}

	#[test]
	fn a_consent_that_does_not_apply_changes_nothing(
		policies in prop::collection::vec(valid_policy(), 0..3),
		other in valid_policy(),
		asked in asked(),
		rules in rules(),
	) {
		let mut consents = consents(&policies);
		let one = decide(&Choices::from(&consents[..]), &asked.request(), &rules, NOW);
		let inactive =
			Consent { status: Status::Inactive, id: ConsentId(99), ..consent(99, &other) };
		consents.push(inactive);
		prop_assert_eq!(one, decide(&Choices::from(&consents[..]), &asked.request(), &rules, NOW));
	}

	#[test]
	fn plain_exceptions_withhold_what_they_are_about_and_no_more(policy in plain_policy()) {
		let request = Request::default();
		let decision = decide(&Choices::from(&[consent(0, &policy)]), &request, &Rules::default(), NOW);
		let known = everything().iter().filter(|datum| datum.is_identity_known && datum.is_age_known);
		for datum in known {
			let is_permitted = reference::permits(&policy, &request, NOW, datum);
			prop_assert_eq!(is_released(datum, &decision), is_permitted, "{:?}: {:?}", datum, decision);
		}
	}

	#[test]
	fn a_policy_within_a_scope_permits_nothing_outside(
		(scope, policy) in scope().prop_flat_map(|scope| (Just(scope.clone()), policy_about(scope))),
		asked in asked(),
	) {
		if policy.is_within(&scope).is_err() {
			return Ok(());
		}
		let request = asked.request();
		let decision = decide(&Choices::from(&[consent(0, &policy)]), &request, &Rules::default(), NOW);
		if is_outside(&request, &scope) {
			prop_assert_ne!(decision.outcome, Outcome::Permit);
		}
		for datum in everything().iter().filter(|datum| asked_for(datum, &request)) {
			prop_assert!(!is_released(datum, &decision) || is_in_scope(datum, &scope), "{datum:?}");
		}
	}

	#[test]
	fn an_emergency_opt_out_never_widens(
		policies in prop::collection::vec(valid_policy(), 0..3),
		permitted in prop::collection::vec(emergency(), 0..3),
		asked in asked(),
		named in emergency(),
		rules in rules(),
	) {
		let mut policies = policies;
		for (policy, purpose) in policies.iter_mut().zip(permitted) {
			for provision in policy.provisions.iter_mut() {
				provision.purposes = scene::values(purpose);
			}
		}
		let consents = consents(&policies);
		let request = Request { purposes: named.as_slice(), ..asked.request() };
		let choices = Choices::from(&consents[..]);
		let before = decide(&choices, &request, &rules, NOW);
		let opted_out = Choices { emergency_opt_out: true, ..choices };
		let after = decide(&opted_out, &request, &rules, NOW);
		prop_assert!(is_narrower(&released(&after, &request), &released(&before, &request)));
		if named == Some(purpose::BTG) {
			prop_assert_eq!((after.outcome, after.basis), (Outcome::Deny, None));
		}
	}
}

/// A purpose of emergencies or none.
fn emergency() -> impl Strategy<Value = Option<hdx_consent_engine::Code>> {
	prop_oneof![Just(None), Just(Some(purpose::BTG)), Just(Some(purpose::ETREAT))]
}
