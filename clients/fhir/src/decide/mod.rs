//! Deciding: a request, the consents of a patient and a directory, as files; a decision.
//!
//! Which consents are looked at:
//!
//! - A consent of another patient, where the directory can tell, does not apply. Where it cannot,
//!   the consent applies: whoever asks has selected the consents.
//! - One that neither permits nor denies by default does not apply.
//! - One with an actor that cannot be resolved does not apply.
//!
//! Each of these leaves a warning in the answer. Everything else (status, category, period,
//! purpose) is up to the engine.

mod answer;
mod asked;
mod patient;

pub use answer::{Answer, AnsweredObligation, BasedOn, DatePeriod, Parameters, WrittenData};

use crate::{
	consent::{Consent, ConsentStatus},
	directory::Directory,
	error::ReadError,
	json,
	read::{consents_of, ReadOptions},
	request::ConsultRequest,
};
use asked::{AsAsked, AskedCodes};
use hdx_consent_engine::{
	decide, Actor, Choices, Code, ConsentId, Decision, ImplicitPolicy, Milliseconds, Outcome,
	Request, Rules, Status,
};
use serde_json::Value;

/// A document, and what to call it when it is refused.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
	/// Its name, such as the path of a file.
	pub name: &'a str,
	/// What is in it.
	pub bytes: &'a [u8],
}

/// A refusal, and of which document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}`: {error}")]
pub struct SourceError {
	/// The document.
	pub name: String,
	/// What is wrong with it.
	pub error: ReadError,
}

impl Source<'_> {
	fn refuse(&self, error: ReadError) -> SourceError {
		SourceError { name: self.name.to_owned(), error }
	}
}

/// How to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecideOptions {
	/// The moment that the decision is about.
	pub at: Milliseconds,
	/// How several consents are combined, and what holds where none applies.
	pub rules: Rules,
	/// Whether the patient opted out of emergency override.
	pub emergency_opt_out: bool,
}

/// Decides a request.
///
/// `consents` are Consents or Bundles of them, in the order in which they were registered: of two
/// consents given at the same time, the later one is the more recent.
///
/// # Errors
///
/// The first document that cannot be read, by its name.
pub fn decide_request(
	request: Source<'_>,
	consents: &[Source<'_>],
	directory: Option<Source<'_>>,
	options: &DecideOptions,
) -> Result<Answer, SourceError> {
	let asked = ConsultRequest::parse(request.bytes).map_err(|error| request.refuse(error))?;
	let directory = match directory {
		None => Directory::default(),
		Some(source) => Directory::parse(source.bytes).map_err(|error| source.refuse(error))?,
	};
	let directory = directory.at(options.at);
	let requester = requester(&asked, &directory);
	let resolver = AsAsked::new(&directory, &requester);

	let mut warnings: Vec<_> = asked
		.ignored
		.iter()
		.map(|path| format!("{path} of the request is not looked at"))
		.collect();
	let mut read = Vec::new();
	for source in consents {
		let refuse = |error| source.refuse(error);
		let value = json::parse(source.bytes).map_err(refuse)?;
		for consent in consents_of(&value, ReadOptions::default(), &resolver).map_err(refuse)? {
			let name = consent.metadata.name().unwrap_or_else(|| source.name.to_owned());
			read.push(Named { name, source: source.name.to_owned(), consent });
		}
	}
	let patients = directory.with_identifier("Patient", &asked.patient);
	let relevant: Vec<_> = read
		.into_iter()
		.filter(|named| named.applies(&asked, &patients, &directory, &mut warnings))
		.collect();
	Ok(conclude(&asked, &requester, relevant, warnings, options))
}

/// A consent and what to call it.
struct Named {
	name: String,
	source: String,
	consent: Consent,
}

impl Named {
	/// Whether the engine gets to see it. What the engine would pass over anyway needs no warning.
	fn applies(
		&self,
		asked: &ConsultRequest,
		patients: &[&Value],
		directory: &Directory,
		warnings: &mut Vec<String>,
	) -> bool {
		let Consent { metadata, policy, unresolved, .. } = &self.consent;
		let is_asked_for = asked.categories.is_empty()
			|| (metadata.categories.is_empty() && metadata.scope.is_empty())
			|| asked.categories.iter().any(|category| {
				metadata.categories.contains(category) || metadata.scope.contains(category)
			});
		if metadata.status != ConsentStatus::Active || !is_asked_for {
			return false;
		}
		let mut warn = |text: String| warnings.push(format!("{}: {text}", self.name));
		for text in &self.consent.warnings {
			warn(text.clone());
		}
		if let Some(other) = patient::is_another(asked, patients, &self.consent, directory) {
			warn(format!("it does not apply, since it is a consent of {other}"));
			return false;
		}
		for actor in unresolved {
			warn(format!("it does not apply, since an actor cannot be told: {actor}"));
		}
		if unresolved.is_empty() && policy.is_none() {
			warn("it does not apply, since it neither permits nor denies by default".to_owned());
		}
		policy.is_some()
	}
}

/// Everything that the requester is. Who asks by a reference (`Practitioner/1`, without a system)
/// is whoever the directory says that is.
fn requester(asked: &ConsultRequest, directory: &Directory) -> Vec<Actor> {
	let mut identifiers = asked.actors.clone();
	for identifier in &asked.actors {
		if identifier.system.is_none() {
			identifiers.extend(directory.identifiers_of(&identifier.value));
		}
	}
	let mut actors = crate::directory::as_actors(&identifiers);
	actors.extend(identifiers.iter().filter_map(crate::naming::actor));
	actors
}

fn conclude(
	asked: &ConsultRequest,
	requester: &[Actor],
	relevant: Vec<Named>,
	warnings: Vec<String>,
	options: &DecideOptions,
) -> Answer {
	let codes =
		AskedCodes::of(asked, relevant.iter().map(|named| &named.consent.dictionary), options);
	let request = codes.request(requester, asked.data_period);
	let consents: Vec<_> = relevant
		.iter()
		.enumerate()
		.filter_map(|(index, named)| {
			Some(hdx_consent_engine::Consent {
				id: ConsentId(index as u64),
				version: version(named),
				status: Status::Active,
				given_at: named.consent.metadata.given_at,
				policy: named.consent.policy.as_ref()?,
			})
		})
		.collect();
	let choices = Choices { consents: &consents, emergency_opt_out: options.emergency_opt_out };
	let explicit = Rules { implicit: ImplicitPolicy::Deny, ..options.rules };
	let decision = decide(&choices, &request, &explicit, options.at);
	if decision.outcome == Outcome::NoConsent && options.rules.implicit != ImplicitPolicy::Deny {
		return by_implicit_policy(&codes, &request, warnings, options);
	}
	let basis =
		decision.basis.and_then(|basis| relevant.get(usize::try_from(basis.consent.0).ok()?));
	let based_on = answer::based_on(
		options,
		basis.map(|named| (named.name.as_str(), named.source.as_str(), &named.consent.metadata)),
		None,
		warnings,
	);
	let mut dictionary = crate::Dictionary::new();
	// The words of the consent that decided first: they are echoed as it wrote them.
	if let Some(named) = basis {
		dictionary.merge(named.consent.dictionary.clone());
	}
	for named in &relevant {
		dictionary.merge(named.consent.dictionary.clone());
	}
	answer::of(&decision, &dictionary, based_on)
}

/// Implicit policies speak v3-ActReason only, and a request must name nothing beyond what they
/// permit; so a code without a system is of v3-ActReason here, whatever the consents used.
fn by_implicit_policy(
	codes: &AskedCodes,
	request: &Request<'_>,
	warnings: Vec<String>,
	options: &DecideOptions,
) -> Answer {
	let request = Request { purposes: &codes.plain_purposes, ..*request };
	let choices = Choices { consents: &[], emergency_opt_out: options.emergency_opt_out };
	let decision: Decision = decide(&choices, &request, &options.rules, options.at);
	let implicit = (decision.outcome == Outcome::Permit).then_some(options.rules.implicit);
	let mut dictionary = crate::Dictionary::new();
	for term in hdx_consent_engine::terminology::all() {
		dictionary.add_coding(crate::Coding::new(term.system, term.symbol));
	}
	answer::of(&decision, &dictionary, answer::based_on(options, None, implicit, warnings))
}

fn version(named: &Named) -> u32 {
	let version = named.consent.metadata.version_id.as_deref();
	version.and_then(|version| version.parse().ok()).unwrap_or(1)
}

/// A code of the list, or not yet.
fn push_new(codes: &mut Vec<Code>, code: Code) {
	if !codes.contains(&code) {
		codes.push(code);
	}
}
