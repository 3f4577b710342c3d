//! The decision: which consents apply, and what they say together.

use crate::{
	codeset::Named,
	decision::{Algorithm, Basis, Choices, Consent, Decision, Outcome, Request, Rules, Status},
	implicit,
	matching::overlap,
	obligation::{DataFilter, Obligation, Obligations, MAX_OBLIGATIONS, MAX_OBLIGATION_CODES},
	policy::Milliseconds,
	terminology::purpose,
	tree::{self, Answer, Residual},
	validate::validate,
};
use alloc::vec::Vec;
use bounded_collections::BoundedVec;

/// Decides a request by what the patient decided.
///
/// A consent applies when it is active, is of a category that the request asks for, and its root
/// provision is about the requester, purpose, action and time. One that does not apply is passed
/// over. One whose tree is malformed ([`validate`]) denies, since nobody can tell what it permits.
///
/// Total: any input gives an answer, in work bounded by the sizes of its parts. Whatever an
/// obligation cannot express is withheld, and a decision that would need more obligations than
/// [`Obligations`] holds is a deny.
pub fn decide(
	choices: &Choices<'_>,
	request: &Request<'_>,
	rules: &Rules,
	at: Milliseconds,
) -> Decision {
	if choices.emergency_opt_out && request.purposes.contains(&purpose::BTG) {
		return deny(None, rules.algorithm);
	}
	let mut answers: Vec<_> = choices
		.consents
		.iter()
		.filter_map(|consent| Some((consent, answer(consent, request, at)?)))
		.collect();
	answers.sort_by_key(|(consent, _)| recency(consent));

	match rules.algorithm {
		_ if answers.is_empty() => by_implicit_policy(choices, request, rules, at),
		Algorithm::MostRecentWins => most_recent(answers, rules.algorithm),
		Algorithm::DenyOverrides => deny_overrides(answers, rules.algorithm),
	}
}

type Answered<'a, 'b> = (&'a Consent<'b>, Answer);

/// `None`: the consent does not apply.
fn answer(consent: &Consent<'_>, request: &Request<'_>, at: Milliseconds) -> Option<Answer> {
	if consent.status != Status::Active || !is_of_category(consent, request) {
		return None;
	}
	if validate(consent.policy).is_err() {
		return Some(Answer::Deny);
	}
	tree::answer(consent.policy, request, at)
}

fn is_of_category(consent: &Consent<'_>, request: &Request<'_>) -> bool {
	let own = &consent.policy.categories;
	own.is_empty() || request.categories.is_empty() || overlap(own, request.categories)
}

/// Of two consents given in the same moment, the one registered later is the more recent.
fn recency(consent: &Consent<'_>) -> (Milliseconds, u64, u32) {
	(consent.given_at, consent.id.0, consent.version)
}

fn most_recent(mut answers: Vec<Answered<'_, '_>>, algorithm: Algorithm) -> Decision {
	let latest = answers.pop();
	let basis = latest.as_ref().map(|(consent, _)| basis(consent));
	match latest.map(|(_, answer)| answer) {
		Some(Answer::Permit(residual)) => permit(residual, basis, algorithm),
		_ => deny(basis, algorithm),
	}
}

fn deny_overrides(answers: Vec<Answered<'_, '_>>, algorithm: Algorithm) -> Decision {
	let latest_deny = answers.iter().rfind(|(_, answer)| *answer == Answer::Deny);
	if let Some((consent, _)) = latest_deny {
		return deny(Some(basis(consent)), algorithm);
	}
	let latest = answers.last().map(|(consent, _)| basis(consent));
	let mut all = Residual::default();
	for (_, answer) in answers {
		if let Answer::Permit(residual) = answer {
			join(&mut all, residual);
		}
		// More can only be worse, and joining takes time.
		if !fits(&all) {
			break;
		}
	}
	permit(all, latest, algorithm)
}

/// Adds obligations up. Codes stay sorted by kind, within a kind in the order of the consents.
fn join(all: &mut Residual, more: Residual) {
	add_missing(&mut all.redact, more.redact);
	all.redact.sort_by_key(|(kind, _)| *kind);
	add_missing(&mut all.redact_except, more.redact_except);
	add_missing(&mut all.limits, more.limits);
}

fn add_missing<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
	for value in more {
		if !all.contains(&value) {
			all.push(value);
		}
	}
}

fn by_implicit_policy(
	choices: &Choices<'_>,
	request: &Request<'_>,
	rules: &Rules,
	at: Milliseconds,
) -> Decision {
	let is_opted_out = choices.emergency_opt_out && request.purposes.contains(&purpose::ETREAT);
	let permitted = (!is_opted_out)
		.then(|| implicit::permitted(rules.implicit, request, at))
		.flatten()
		.and_then(|residual| obligations(&residual));
	let (outcome, obligations) = match permitted {
		Some(obligations) => (Outcome::Permit, obligations),
		None => (Outcome::NoConsent, Obligations::default()),
	};
	Decision { outcome, obligations, basis: None, algorithm: rules.algorithm }
}

fn basis(consent: &Consent<'_>) -> Basis {
	Basis { consent: consent.id, version: consent.version }
}

fn permit(residual: Residual, basis: Option<Basis>, algorithm: Algorithm) -> Decision {
	match obligations(&residual) {
		Some(obligations) => Decision { outcome: Outcome::Permit, obligations, basis, algorithm },
		None => deny(basis, algorithm),
	}
}

fn deny(basis: Option<Basis>, algorithm: Algorithm) -> Decision {
	Decision { outcome: Outcome::Deny, obligations: Obligations::default(), basis, algorithm }
}

/// Whether a decision can hold it.
fn fits(residual: &Residual) -> bool {
	let redactions = residual.redact.chunks(MAX_OBLIGATION_CODES as usize).len();
	redactions.saturating_add(residual.limits.len()) <= MAX_OBLIGATIONS as usize
}

/// `None`: there are more than a decision can hold.
fn obligations(residual: &Residual) -> Option<Obligations> {
	if !fits(residual) {
		return None;
	}
	let mut obligations = Obligations::default();
	for codes in residual.redact.chunks(MAX_OBLIGATION_CODES as usize) {
		obligations.try_push(Obligation::Redact(filter_of(codes)?)).ok()?;
	}
	for clause in &residual.redact_except {
		obligations.try_push(Obligation::RedactExcept(filter_of(clause)?)).ok()?;
	}
	Some(obligations)
}

fn filter_of(named: &[Named]) -> Option<DataFilter> {
	let codes: Vec<_> = named.iter().map(|(_, code)| *code).collect();
	Some(DataFilter::of_codes(BoundedVec::try_from(codes).ok()?))
}
