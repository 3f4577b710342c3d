//! The decision: which consents apply, and what they say together.

use crate::{
	decision::{Algorithm, Basis, Choices, Consent, Decision, Outcome, Request, Rules, Status},
	implicit,
	matching::{overlap, Circumstances},
	obligation::Obligations,
	policy::Milliseconds,
	residual::Residual,
	terminology::purpose,
	tree::{self, Answer},
	validate::validate,
};
use alloc::vec::Vec;

/// Decides a request by what the patient decided.
///
/// A consent applies when it is active, is of a category that the request asks for, and its root
/// provision is about the requester, purpose, action and time. One that does not apply is passed
/// over. One whose tree is malformed ([`validate`]) denies, since nobody can tell what it permits.
/// A patient's opt-out from emergency override comes before all of this
/// ([`Choices::emergency_opt_out`]).
///
/// Total: any input gives an answer. Work is bounded by the sizes of its parts: each value of each
/// provision is compared with each value of the request in the same attribute, and what is
/// withheld by one policy (at most 1536 codes) with at most 64 others each. Whatever an obligation
/// cannot express is withheld, and a decision that would need more obligations than [`Obligations`]
/// holds is a deny.
pub fn decide(
	choices: &Choices<'_>,
	request: &Request<'_>,
	rules: &Rules,
	at: Milliseconds,
) -> Decision {
	let decider = Decider {
		circumstances: Circumstances { request, at, emergency_opt_out: choices.emergency_opt_out },
		algorithm: rules.algorithm,
	};
	if choices.emergency_opt_out && request.purposes.contains(&purpose::BTG) {
		return decider.deny(None);
	}
	let by_consent = match rules.algorithm {
		Algorithm::MostRecentWins => decider.most_recent(choices.consents),
		Algorithm::DenyOverrides => decider.deny_overrides(choices.consents),
	};
	by_consent.unwrap_or_else(|| decider.by_implicit_policy(rules))
}

struct Decider<'a> {
	circumstances: Circumstances<'a>,
	algorithm: Algorithm,
}

impl Decider<'_> {
	/// Decides by the consent given last among those that apply.
	///
	/// Consents mostly come in the order in which they were given, so the last ones are looked at
	/// first and most of the others are not looked at.
	fn most_recent(&self, consents: &[Consent<'_>]) -> Option<Decision> {
		let mut latest: Option<(&Consent<'_>, Answer)> = None;
		for consent in consents.iter().rev() {
			let is_later =
				latest.as_ref().is_none_or(|(other, _)| recency(other) <= recency(consent));
			let answer = if is_later { self.answer(consent) } else { None };
			if let Some(answer) = answer {
				latest = Some((consent, answer));
			}
		}
		let (consent, answer) = latest?;
		Some(match answer {
			Answer::Permit(residual) => self.permit(residual, Some(basis(consent))),
			Answer::Deny => self.deny(Some(basis(consent))),
		})
	}

	/// Denies if any consent does; otherwise what any of them withholds is withheld.
	fn deny_overrides(&self, consents: &[Consent<'_>]) -> Option<Decision> {
		let mut latest_first: Vec<_> = consents.iter().collect();
		latest_first.sort_by_key(|consent| core::cmp::Reverse(recency(consent)));
		let mut latest = None;
		let mut residuals = Vec::new();
		for consent in latest_first {
			match self.answer(consent) {
				Some(Answer::Deny) => return Some(self.deny(Some(basis(consent)))),
				Some(Answer::Permit(residual)) => {
					latest = latest.or(Some(basis(consent)));
					residuals.push(residual);
				},
				None => {},
			}
		}
		Some(self.permit(Residual::of_all(residuals)?, latest))
	}

	/// `None`: the consent does not apply.
	fn answer(&self, consent: &Consent<'_>) -> Option<Answer> {
		if consent.status != Status::Active || !self.is_of_category(consent) {
			return None;
		}
		if validate(consent.policy).is_err() {
			return Some(Answer::Deny);
		}
		tree::answer(consent.policy, &self.circumstances)
	}

	fn is_of_category(&self, consent: &Consent<'_>) -> bool {
		let (own, asked) = (&consent.policy.categories, self.circumstances.request.categories);
		own.is_empty() || asked.is_empty() || overlap(own, asked)
	}

	fn by_implicit_policy(&self, rules: &Rules) -> Decision {
		let permitted = implicit::permitted(rules.implicit, &self.circumstances);
		let (outcome, obligations) = match permitted {
			Some(obligations) => (Outcome::Permit, obligations),
			None => (Outcome::NoConsent, Obligations::default()),
		};
		Decision { outcome, obligations, basis: None, algorithm: self.algorithm }
	}

	fn permit(&self, residual: Residual, basis: Option<Basis>) -> Decision {
		match residual.obligations(self.circumstances.request) {
			Some(obligations) => {
				Decision { outcome: Outcome::Permit, obligations, basis, algorithm: self.algorithm }
			},
			None => self.deny(basis),
		}
	}

	fn deny(&self, basis: Option<Basis>) -> Decision {
		Decision {
			outcome: Outcome::Deny,
			obligations: Obligations::default(),
			basis,
			algorithm: self.algorithm,
		}
	}
}

/// Of two consents given in the same moment, the one registered later is the more recent.
fn recency(consent: &Consent<'_>) -> (Milliseconds, u64, u32) {
	(consent.given_at, consent.id.0, consent.version)
}

fn basis(consent: &Consent<'_>) -> Basis {
	Basis { consent: consent.id, version: consent.version }
}
