//! How long a decision takes, from a trivial consent to the worst that the bounds allow.

#![allow(missing_docs, clippy::unwrap_used, clippy::arithmetic_side_effects)]

use criterion::{criterion_group, criterion_main, Criterion};
use hdx_consent_engine::{
	decide,
	terminology::{action, confidentiality, purpose, sensitivity},
	Actor, Algorithm, Choices, Code, Consent, ConsentId, InstitutionId, Milliseconds, Outcome,
	Policy, Provision, Request, Rule, Rules, Status, Values, MAX_PROVISIONS, MAX_VALUES,
};
use std::hint::black_box;

const NOW: Milliseconds = Milliseconds(1_700_000_000_000);
const DOCTOR: Actor = Actor::Account([1; 32]);

fn values<T>(values: impl IntoIterator<Item = T>) -> Values<T> {
	values.into_iter().collect::<Vec<_>>().try_into().ok().unwrap()
}

fn policy(provisions: Vec<Provision>) -> Policy {
	Policy { categories: Values::default(), provisions: provisions.try_into().unwrap() }
}

fn code(kind: &str, number: u32) -> Code {
	Code::of_token(&format!("{kind}|{number}"))
}

/// A permit for treatment, payment and operations, up to `nodes` provisions: denies of labels and
/// classes to some, with permits inside them for others, as patients write them.
fn everyday(nodes: u32) -> Policy {
	let mut root = Provision::new(0, Rule::Permit);
	root.purposes = values([purpose::TREAT, purpose::HPAYMT, purpose::HOPERAT]);
	let mut provisions = vec![root];
	for index in 1..nodes {
		let is_exception = index % 4 == 2;
		let parent = if is_exception { u8::try_from(index - 1).unwrap() } else { 0 };
		let rule = if is_exception { Rule::Permit } else { Rule::Deny };
		let mut provision = Provision::new(parent, rule);
		match index % 4 {
			0 => provision.labels = values([sensitivity::PSY, code("label", index)]),
			1 => provision.labels = values([confidentiality::R, code("label", index)]),
			2 => provision.actors = values([Actor::Group(code("group", index)), DOCTOR]),
			_ => {
				provision.actors = values([Actor::Group(code("group", index))]);
				provision.classes = values([code("class", index)]);
			},
		}
		provisions.push(provision);
	}
	policy(provisions)
}

/// Every provision about the request, found out by the last value of each attribute, and every
/// label another one: as much as a decision can hold.
fn fullest() -> Policy {
	let all = |kind: &str, node: u32| values((0..MAX_VALUES).map(|n| code(kind, node * 16 + n)));
	let ending_in = |last: Code, kind: &str, node: u32| {
		let mut values = all(kind, node);
		*values.last_mut().unwrap() = last;
		values
	};
	let provisions = (0..MAX_PROVISIONS).map(|node| {
		let rule = if node == 0 { Rule::Permit } else { Rule::Deny };
		let mut provision = Provision::new(0, rule);
		provision.purposes = ending_in(purpose::TREAT, "purpose", node);
		provision.actions = ending_in(action::ACCESS, "action", node);
		provision.actors = values(
			(1..MAX_VALUES).map(|n| Actor::Group(code("group", node * 16 + n))).chain([DOCTOR]),
		);
		if rule == Rule::Deny {
			provision.labels = all("label", node);
		}
		provision
	});
	policy(provisions.collect())
}

fn consent(id: u64, policy: &Policy) -> Consent<'_> {
	Consent { id: ConsentId(id), version: 1, status: Status::Active, given_at: NOW, policy }
}

fn request(actors: &[Actor]) -> Request<'_> {
	Request {
		actors,
		purposes: &[purpose::TREAT],
		actions: &[action::ACCESS],
		..Request::default()
	}
}

fn measure(criterion: &mut Criterion, name: &str, consents: &[Consent<'_>], algorithm: Algorithm) {
	let rules = Rules { algorithm, ..Rules::default() };
	// An account that acts for an institution, in a role, as a member of a group.
	let somebody = [
		Actor::Organisation(InstitutionId(7)),
		Actor::Role(code("role", 1)),
		Actor::Group(code("group", 0)),
		DOCTOR,
	];
	let request = request(&somebody);
	let choices = Choices { consents, emergency_opt_out: false };
	assert_eq!(decide(&choices, &request, &rules, NOW).outcome, Outcome::Permit, "{name}");
	criterion.bench_function(name, |bencher| {
		bencher.iter(|| decide(black_box(&choices), black_box(&request), &rules, NOW));
	});
}

fn decisions(criterion: &mut Criterion) {
	let single = Algorithm::MostRecentWins;
	for nodes in [1, 8, 32] {
		let policy = everyday(nodes);
		let name = format!("one consent, {nodes} provisions");
		measure(criterion, &name, &[consent(0, &policy)], single);
	}
	let eight = everyday(8);
	let many: Vec<_> = (0..32).map(|id| consent(id, &eight)).collect();
	measure(criterion, "32 consents of 8 provisions, most recent wins", &many, single);
	let all = Algorithm::DenyOverrides;
	measure(criterion, "32 consents of 8 provisions, deny overrides", &many, all);
	let fullest = fullest();
	measure(criterion, "one consent, every attribute full", &[consent(0, &fullest)], single);
	let many: Vec<_> = (0..32).map(|id| consent(id, &fullest)).collect();
	measure(criterion, "32 consents, every attribute full, deny overrides", &many, all);
}

criterion_group!(benches, decisions);
criterion_main!(benches);
