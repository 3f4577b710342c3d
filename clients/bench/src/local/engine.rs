//! Decisions of the consent engine, natively, on one core.

use super::rate;
use crate::{error::BenchError, policy, stats::Spread};
use hdx_primitives::{
	engine::{
		decide,
		terminology::{action, purpose},
		Actor, Choices, Consent, Outcome, Request, Rules, Status,
	},
	ConsentId, InstitutionId, Milliseconds,
};
use std::{hint::black_box, time::Duration};

/// How many are decided between looks at the clock.
const AT_ONCE: usize = 100;

/// Decisions a second, about a patient with one consent of eight provisions, as in the measured loads.
pub fn decisions(repetitions: usize) -> Result<Spread, BenchError> {
	let now = Milliseconds(1_800_000_000_000);
	let institution = InstitutionId(1);
	let policy = policy::usual(institution, Milliseconds(now.0.saturating_add(1)))?;
	let (id, status) = (ConsentId(0), Status::Active);
	let consents = [Consent { id, version: 1, status, given_at: now, policy: &policy }];
	let choices = Choices { consents: &consents, emergency_opt_out: false };
	let actors = [Actor::Account([1; 32]), Actor::Organisation(institution)];
	let request = Request {
		actors: &actors,
		purposes: &[purpose::TREAT],
		actions: &[action::ACCESS],
		..Request::default()
	};
	let rules = Rules::default();
	let hundreds = rate(repetitions, Duration::from_millis(200), || {
		for _ in 0..AT_ONCE {
			let decision = decide(black_box(&choices), black_box(&request), &rules, now);
			if black_box(decision).outcome != Outcome::Permit {
				return Err(BenchError::because("the engine", "it does not permit"));
			}
		}
		Ok(())
	})?;
	let each = |rate: f64| rate * AT_ONCE as f64;
	let Spread { min, median, max } = hundreds;
	Ok(Spread { min: each(min), median: each(median), max: each(max) })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;

	#[test]
	fn what_is_measured_is_permitted() {
		assert!(decisions(1).unwrap().median > 0.0);
	}
}
