//! Shorthand for policies, requests and decisions.

#![allow(dead_code, clippy::unwrap_used)]

use hdx_consent_engine::{
	decide,
	terminology::{action, purpose},
	Actor, Choices, Code, Consent, ConsentId, DataFilter, DataMeaning, DataReference, Decision,
	Milliseconds, Obligation, Outcome, Period, Policy, Provision, Request, Rule, Rules, Status,
	Values,
};

pub const NOW: Milliseconds = Milliseconds(1_700_000_000_000);

pub const DOCTOR: Actor = Actor::Account([1; 32]);
pub const OTHER_DOCTOR: Actor = Actor::Account([2; 32]);

pub fn code(token: &str) -> Code {
	Code::of_token(token)
}

pub fn values<T>(values: impl IntoIterator<Item = T>) -> Values<T> {
	values.into_iter().collect::<Vec<_>>().try_into().ok().unwrap()
}

pub fn at(offset: i64) -> Milliseconds {
	Milliseconds(NOW.0.saturating_add_signed(offset))
}

pub fn period(start: i64, end: i64) -> Period {
	Period { start: Some(at(start)), end: Some(at(end)) }
}

pub fn permit(parent: u8) -> Provision {
	Provision::new(parent, Rule::Permit)
}

pub fn deny(parent: u8) -> Provision {
	Provision::new(parent, Rule::Deny)
}

/// What a test names of a provision.
pub trait About {
	fn actors(self, actors: &[Actor]) -> Self;
	fn purposes(self, purposes: &[Code]) -> Self;
	fn actions(self, actions: &[Code]) -> Self;
	fn labels(self, labels: &[Code]) -> Self;
	fn classes(self, classes: &[Code]) -> Self;
	fn codes(self, codes: &[Code]) -> Self;
	fn period(self, period: Period) -> Self;
	fn data_period(self, period: Period) -> Self;
	fn data(self, data: &[DataReference]) -> Self;
}

impl About for Provision {
	fn actors(mut self, actors: &[Actor]) -> Self {
		self.actors = values(actors.iter().copied());
		self
	}
	fn purposes(mut self, purposes: &[Code]) -> Self {
		self.purposes = values(purposes.iter().copied());
		self
	}
	fn actions(mut self, actions: &[Code]) -> Self {
		self.actions = values(actions.iter().copied());
		self
	}
	fn labels(mut self, labels: &[Code]) -> Self {
		self.labels = values(labels.iter().copied());
		self
	}
	fn classes(mut self, classes: &[Code]) -> Self {
		self.classes = values(classes.iter().copied());
		self
	}
	fn codes(mut self, codes: &[Code]) -> Self {
		self.codes = values(codes.iter().copied());
		self
	}
	fn period(mut self, period: Period) -> Self {
		self.period = period;
		self
	}
	fn data_period(mut self, period: Period) -> Self {
		self.data_period = period;
		self
	}
	fn data(mut self, data: &[DataReference]) -> Self {
		self.data = values(data.iter().copied());
		self
	}
}

pub fn policy(provisions: impl IntoIterator<Item = Provision>) -> Policy {
	Policy {
		categories: Values::default(),
		provisions: provisions.into_iter().collect::<Vec<_>>().try_into().unwrap(),
	}
}

pub fn consent(id: u64, policy: &Policy) -> Consent<'_> {
	Consent { id: ConsentId(id), version: 1, status: Status::Active, given_at: at(-1_000), policy }
}

/// A doctor asks to read, for treatment.
pub fn treatment() -> Request<'static> {
	Request {
		actors: &[DOCTOR],
		purposes: &[purpose::TREAT],
		actions: &[action::ACCESS],
		..Request::default()
	}
}

/// Decides by one consent, with the default rules.
pub fn by(policy: &Policy, request: &Request<'_>) -> Decision {
	decide(&Choices::from(&[consent(0, policy)]), request, &Rules::default(), NOW)
}

pub fn redact(codes: &[Code]) -> Obligation {
	Obligation::Redact(DataFilter::of_codes(codes.to_vec().try_into().unwrap()))
}

pub fn redact_except(codes: &[Code]) -> Obligation {
	Obligation::RedactExcept(DataFilter::of_codes(codes.to_vec().try_into().unwrap()))
}

pub fn redact_data(data: &[DataReference]) -> Obligation {
	Obligation::Redact(about_data(data))
}

pub fn redact_except_data(data: &[DataReference]) -> Obligation {
	Obligation::RedactExcept(about_data(data))
}

pub fn redact_periods(periods: &[Period]) -> Obligation {
	Obligation::Redact(about_periods(periods))
}

pub fn redact_except_periods(periods: &[Period]) -> Obligation {
	Obligation::RedactExcept(about_periods(periods))
}

pub fn about_data(data: &[DataReference]) -> DataFilter {
	DataFilter { data: data.to_vec().try_into().unwrap(), ..DataFilter::default() }
}

pub fn about_periods(periods: &[Period]) -> DataFilter {
	DataFilter { periods: periods.to_vec().try_into().unwrap(), ..DataFilter::default() }
}

pub fn reference(meaning: DataMeaning, token: &str) -> DataReference {
	DataReference { meaning, reference: code(token) }
}

#[track_caller]
pub fn assert_permits(decision: Decision, obligations: &[Obligation]) {
	assert_eq!(decision.outcome, Outcome::Permit);
	assert_eq!(decision.obligations.as_slice(), obligations);
}

#[track_caller]
pub fn assert_refuses(decision: Decision, outcome: Outcome) {
	assert_eq!(decision.outcome, outcome);
	assert!(decision.obligations.is_empty());
}
