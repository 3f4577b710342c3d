//! What holds for every policy.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod reference;
mod scene;

use hdx_consent_engine::{
	decide, Actor, Algorithm, Choices, Code, Consent, ConsentId, DataMeaning, DataReference,
	Decision, ImplicitPolicy, Milliseconds, Obligation, Outcome, Period, Policy, Provision,
	Request, Rule, Rules, Status, Values, MAX_OBLIGATIONS,
};
use proptest::{prelude::*, sample::subsequence};
use reference::{asked_for, is_released, universe};
use scene::{at, code, consent, policy, NOW};
use std::collections::BTreeSet;

/// Few values, so that provisions and requests meet.
mod vocabulary {
	use super::*;

	pub fn of(kind: &str, count: u8) -> Vec<Code> {
		(0..count).map(|number| code(&format!("{kind}|{number}"))).collect()
	}

	pub fn labels() -> Vec<Code> {
		of("label", 3)
	}

	pub fn classes() -> Vec<Code> {
		of("class", 3)
	}

	pub fn codes() -> Vec<Code> {
		of("code", 2)
	}

	pub fn actors() -> Vec<Actor> {
		vec![Actor::Account([1; 32]), Actor::Group(code("group|1"))]
	}

	pub fn data() -> Vec<DataReference> {
		let reference = |meaning, token| DataReference { meaning, reference: code(token) };
		vec![
			reference(DataMeaning::Instance, "data|1"),
			reference(DataMeaning::Instance, "data|2"),
			reference(DataMeaning::Related, "data|1"),
		]
	}
}

fn some<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = Values<T>> {
	let most = all.len();
	let none = Just(Vec::new());
	prop_oneof![3 => none, 2 => subsequence(all, 1..=most)]
		.prop_map(|chosen| chosen.try_into().expect("few"))
}

fn some_list<T: Clone + std::fmt::Debug + 'static>(all: Vec<T>) -> impl Strategy<Value = Vec<T>> {
	some(all).prop_map(|values| values.into_inner())
}

fn moment() -> impl Strategy<Value = Option<Milliseconds>> {
	prop_oneof![2 => Just(None), 1 => (-2i64..3).prop_map(|offset| Some(at(offset)))]
}

fn any_period() -> impl Strategy<Value = Period> {
	prop_oneof![
		3 => Just(Period::default()),
		1 => (moment(), moment()).prop_map(|(start, end)| Period { start, end }),
	]
}

fn ordered_period() -> impl Strategy<Value = Period> {
	any_period().prop_map(|period| if period.is_ordered() { period } else { Period::default() })
}

fn provision_with(
	parent: impl Strategy<Value = u8>,
	rule: impl Strategy<Value = Rule>,
	period: impl Strategy<Value = Period>,
	data_period: impl Strategy<Value = Period>,
) -> impl Strategy<Value = Provision> {
	use vocabulary::*;
	let context = (some(actors()), some(of("purpose", 2)), some(of("action", 2)));
	let data = (some(labels()), some(classes()), some(codes()), some(self::vocabulary::data()));
	(parent, rule, period, data_period, context, data).prop_map(
		|(parent, rule, period, data_period, context, data)| Provision {
			parent,
			rule,
			period,
			actors: context.0,
			purposes: context.1,
			actions: context.2,
			labels: data.0,
			classes: data.1,
			codes: data.2,
			data_period,
			data: data.3,
		},
	)
}

fn rule() -> impl Strategy<Value = Rule> {
	prop_oneof![Just(Rule::Permit), Just(Rule::Deny)]
}

/// Data periods are rare: no obligation can express them, so they make most decisions denies.
fn rare_data_period() -> impl Strategy<Value = Period> {
	prop_oneof![9 => Just(Period::default()), 1 => ordered_period()]
}

fn provision() -> impl Strategy<Value = Provision> {
	provision_with(any::<u8>(), rule(), ordered_period(), rare_data_period()).prop_map(
		|provision| {
			// As rare as data periods, for the same reason.
			if provision.codes.is_empty() {
				provision
			} else {
				Provision { data: Values::default(), ..provision }
			}
		},
	)
}

/// A root that mostly applies, and up to seven valid exceptions.
fn valid_policy() -> impl Strategy<Value = Policy> {
	let root = (rule(), some(vocabulary::labels()), some(vocabulary::classes())).prop_map(
		|(rule, labels, classes)| Provision { labels, classes, ..Provision::new(0, rule) },
	);
	(root, prop::collection::vec(provision(), 0..8)).prop_map(|(root, children)| {
		let mut provisions = vec![root];
		let mut depths = vec![0u8];
		for child in children {
			let parents: Vec<usize> =
				(0..provisions.len()).filter(|index| depths[*index] < 3).collect();
			let parent = parents[usize::from(child.parent) % parents.len()];
			depths.push(depths[parent] + 1);
			provisions.push(Provision { parent: u8::try_from(parent).expect("few"), ..child });
		}
		policy(provisions)
	})
}

/// Anything that the types allow.
fn arbitrary_policy() -> impl Strategy<Value = Policy> {
	let parent = prop_oneof![4 => 0u8..8, 1 => any::<u8>()];
	let provision = provision_with(parent, rule(), any_period(), any_period());
	prop::collection::vec(provision, 0..=32).prop_map(policy)
}

/// A request that owns what it names.
#[derive(Clone, Debug)]
struct Asked {
	actors: Vec<Actor>,
	purposes: Vec<Code>,
	actions: Vec<Code>,
	labels: Vec<Code>,
	classes: Vec<Code>,
	codes: Vec<Code>,
	data: Vec<DataReference>,
	data_period: Period,
}

impl Asked {
	fn request(&self) -> Request<'_> {
		Request {
			actors: &self.actors,
			purposes: &self.purposes,
			actions: &self.actions,
			labels: &self.labels,
			classes: &self.classes,
			codes: &self.codes,
			data_period: self.data_period,
			data: &self.data,
			categories: &[],
		}
	}
}

fn asked() -> impl Strategy<Value = Asked> {
	use vocabulary::*;
	let context = (some_list(actors()), some_list(of("purpose", 2)), some_list(of("action", 2)));
	let coded = (some_list(labels()), some_list(classes()), some_list(codes()));
	let rest = (some_list(self::vocabulary::data()), ordered_period());
	(context, coded, rest).prop_map(|(context, coded, rest)| Asked {
		actors: context.0,
		purposes: context.1,
		actions: context.2,
		labels: coded.0,
		classes: coded.1,
		codes: coded.2,
		data: rest.0,
		data_period: rest.1,
	})
}

fn rules() -> impl Strategy<Value = Rules> {
	let algorithm = prop_oneof![Just(Algorithm::MostRecentWins), Just(Algorithm::DenyOverrides)];
	let implicit = prop_oneof![
		Just(ImplicitPolicy::Deny),
		Just(ImplicitPolicy::BasicNormal),
		Just(ImplicitPolicy::AllNormal),
		Just(ImplicitPolicy::BreakGlassOnly),
	];
	(algorithm, implicit).prop_map(|(algorithm, implicit)| Rules { algorithm, implicit })
}

fn consents(policies: &[Policy]) -> Vec<Consent<'_>> {
	(0u64..).zip(policies).map(|(id, policy)| consent(id, policy)).collect()
}

/// All data that the decision lets out.
fn released(decision: &Decision, request: &Request<'_>) -> Vec<bool> {
	universe(&vocabulary::labels(), &vocabulary::classes(), &vocabulary::codes())
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

/// The codes of each obligation as a set, and the obligations as a set.
fn as_sets(decision: &Decision) -> BTreeSet<(bool, BTreeSet<Code>)> {
	let mut sets = BTreeSet::new();
	for obligation in &decision.obligations {
		sets.insert(match obligation {
			Obligation::Redact(filter) => (false, filter.codes.iter().copied().collect()),
			Obligation::RedactExcept(filter) => (true, filter.codes.iter().copied().collect()),
		});
	}
	sets
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

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
		let everything =
			universe(&vocabulary::labels(), &vocabulary::classes(), &vocabulary::codes());
		for datum in everything.iter().filter(|datum| asked_for(datum, &request)) {
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
}
