//! Arbitrary policies, requests and rules of few values, so that they meet.

#![allow(dead_code)]

use crate::scene::{at, code, policy};
use hdx_consent_engine::{
	Actor, Algorithm, Code, DataMeaning, DataReference, ImplicitPolicy, Milliseconds, Period,
	Policy, Provision, Request, Rule, Rules, Scope, Values,
};
use proptest::{prelude::*, sample::subsequence};

/// The few values.
pub mod vocabulary {
	use super::*;

	pub fn of(kind: &str, count: u8) -> Vec<Code> {
		(0..count).map(|number| code(&format!("{kind}|{number}"))).collect()
	}

	pub fn labels() -> Vec<Code> {
		of("label", 3)
	}

	pub fn classes() -> Vec<Code> {
		of("class", 2)
	}

	pub fn codes() -> Vec<Code> {
		of("code", 1)
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
			reference(DataMeaning::AuthoredBy, "data|3"),
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

pub fn rule() -> impl Strategy<Value = Rule> {
	prop_oneof![Just(Rule::Permit), Just(Rule::Deny)]
}

pub fn provision() -> impl Strategy<Value = Provision> {
	provision_with(any::<u8>(), rule(), ordered_period(), ordered_period())
}

/// A root that mostly applies, and up to seven valid exceptions.
pub fn valid_policy() -> impl Strategy<Value = Policy> {
	let limits = (some(vocabulary::labels()), some(vocabulary::classes()), ordered_period());
	let data = prop_oneof![3 => Just(Values::default()), 1 => some(vocabulary::data())];
	let root = (rule(), limits, data).prop_map(|(rule, (labels, classes, data_period), data)| {
		Provision { labels, classes, data_period, data, ..Provision::new(0, rule) }
	});
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
pub fn arbitrary_policy() -> impl Strategy<Value = Policy> {
	let parent = prop_oneof![4 => 0u8..8, 1 => any::<u8>()];
	let provision = provision_with(parent, rule(), any_period(), any_period());
	prop::collection::vec(provision, 0..=32).prop_map(policy)
}

/// A request that owns what it names.
#[derive(Clone, Debug)]
pub struct Asked {
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
	pub fn request(&self) -> Request<'_> {
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

pub fn asked() -> impl Strategy<Value = Asked> {
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

pub fn rules() -> impl Strategy<Value = Rules> {
	let algorithm = prop_oneof![Just(Algorithm::MostRecentWins), Just(Algorithm::DenyOverrides)];
	let implicit = prop_oneof![
		Just(ImplicitPolicy::Deny),
		Just(ImplicitPolicy::BasicNormal),
		Just(ImplicitPolicy::AllNormal),
		Just(ImplicitPolicy::BreakGlassOnly),
	];
	(algorithm, implicit).prop_map(|(algorithm, implicit)| Rules { algorithm, implicit })
}

/// A scope that limits some attributes.
pub fn scope() -> impl Strategy<Value = Scope> {
	use vocabulary::*;
	let context = (some(actors()), some(of("purpose", 2)), some(of("action", 2)));
	let coded = (some(labels()), some(classes()), some(codes()));
	(context, coded, ordered_period(), ordered_period()).prop_map(
		|(context, coded, period, data_period)| Scope {
			actors: context.0,
			purposes: context.1,
			actions: context.2,
			labels: coded.0,
			classes: coded.1,
			codes: coded.2,
			period,
			data_period,
		},
	)
}

/// A policy whose root is as wide as the scope, and whose permits name mostly less.
pub fn policy_about(scope: Scope) -> impl Strategy<Value = Policy> {
	valid_policy().prop_map(move |mut policy| {
		if let Some(root) = policy.provisions.iter_mut().next() {
			*root = Provision {
				actors: scope.actors.clone(),
				purposes: scope.purposes.clone(),
				actions: scope.actions.clone(),
				labels: scope.labels.clone(),
				classes: scope.classes.clone(),
				codes: scope.codes.clone(),
				period: scope.period,
				data_period: scope.data_period,
				..root.clone()
			};
		}
		for permit in policy.provisions.iter_mut().skip(1).filter(|one| one.rule == Rule::Permit) {
			inherit_excess(&mut permit.actors, &scope.actors);
			inherit_excess(&mut permit.purposes, &scope.purposes);
			inherit_excess(&mut permit.actions, &scope.actions);
			inherit_excess(&mut permit.labels, &scope.labels);
			inherit_excess(&mut permit.classes, &scope.classes);
			inherit_excess(&mut permit.codes, &scope.codes);
		}
		policy
	})
}

fn inherit_excess<T: PartialEq>(values: &mut Values<T>, scope: &Values<T>) {
	if !scope.is_empty() && !values.iter().all(|value| scope.contains(value)) {
		*values = Values::default();
	}
}

/// A base rule, and exceptions to it that name one attribute of data at most.
pub fn plain_policy() -> impl Strategy<Value = Policy> {
	use vocabulary::*;
	let exception = prop_oneof![
		some(labels()).prop_map(|labels| Provision { labels, ..Provision::new(0, Rule::Deny) }),
		some(classes()).prop_map(|classes| Provision { classes, ..Provision::new(0, Rule::Deny) }),
		some(codes()).prop_map(|codes| Provision { codes, ..Provision::new(0, Rule::Deny) }),
		some(data()).prop_map(|data| Provision { data, ..Provision::new(0, Rule::Deny) }),
		ordered_period()
			.prop_map(|data_period| Provision { data_period, ..Provision::new(0, Rule::Deny) }),
	];
	(rule(), prop::collection::vec(exception, 0..6)).prop_map(|(base, mut exceptions)| {
		for exception in &mut exceptions {
			exception.rule = if base == Rule::Permit { Rule::Deny } else { Rule::Permit };
		}
		policy(std::iter::once(Provision::new(0, base)).chain(exceptions))
	})
}
