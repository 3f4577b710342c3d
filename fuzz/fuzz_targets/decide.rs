//! `decide` on anything: it answers, and what it answers holds together.

#![no_main]

use hdx_consent_engine::{
	decide, validate, Choices, Consent, DataFacts, Obligation, Outcome, Request, Status,
};
use hdx_fuzz::AnyCase;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|case: AnyCase| {
	let consents: Vec<Consent<'_>> = case
		.consents
		.iter()
		.map(|one| Consent {
			id: hdx_consent_engine::ConsentId(one.id),
			version: one.version,
			status: one.status,
			given_at: one.given_at,
			policy: &one.policy,
		})
		.collect();
	let asked = &case.request;
	let request = Request {
		actors: &asked.actors,
		purposes: &asked.purposes,
		actions: &asked.actions,
		labels: &asked.labels,
		classes: &asked.classes,
		codes: &asked.codes,
		data_period: asked.data_period,
		data: &asked.data,
		categories: &asked.categories,
	};
	let choices = Choices { consents: &consents, emergency_opt_out: case.emergency_opt_out };
	let decision = decide(&choices, &request, &case.rules, case.at);

	assert_eq!(decision.algorithm, case.rules.algorithm);
	if decision.outcome != Outcome::Permit {
		assert!(decision.obligations.is_empty(), "only a permit has obligations");
	}
	if decision.outcome == Outcome::NoConsent {
		assert!(decision.basis.is_none(), "no consent decided");
	}
	if let Some(basis) = decision.basis {
		let based_on = |one: &Consent<'_>| one.id == basis.consent && one.version == basis.version;
		let found = consents.iter().filter(|one| one.status == Status::Active).any(based_on);
		assert!(found, "what does not apply decides nothing");
		let broken = |one: &Consent<'_>| based_on(one) && validate(one.policy).is_err();
		let sound = |one: &Consent<'_>| based_on(one) && validate(one.policy).is_ok();
		if decision.outcome == Outcome::Permit && consents.iter().any(broken) {
			assert!(consents.iter().any(sound), "a malformed tree permits nothing");
		}
	}
	for obligation in &decision.obligations {
		let filter = match obligation {
			Obligation::Redact(filter) => {
				assert!(!filter.is_empty(), "an obligation withholds something");
				filter
			},
			Obligation::RedactExcept(filter) => filter,
		};
		// Data that nothing is known of is never released under an obligation about it.
		let unknown = obligation.withholds(&DataFacts::default());
		assert!(unknown || filter.data.is_empty() && filter.periods.is_empty());
	}
	// The order in which the consents are kept says nothing.
	let ambiguous = consents.iter().enumerate().any(|(at, one)| {
		consents.iter().skip(at + 1).any(|other| {
			(one.given_at, one.id, one.version) == (other.given_at, other.id, other.version)
		})
	});
	if !ambiguous {
		let reversed: Vec<Consent<'_>> = consents.iter().rev().copied().collect();
		let choices = Choices { consents: &reversed, ..choices };
		assert_eq!(decide(&choices, &request, &case.rules, case.at), decision);
	}
});
