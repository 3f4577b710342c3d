//! `hdx consent approve` and `deny`: the answers to what providers ask for.

use super::{
	content::{beside_fhir, PolicyOptions, Prepared, SignedOptions},
	fhir::FhirOptions,
	limits::ordered,
	terms::TermsOptions,
};
use crate::{codes, document::Document, error::Error};
use hdx_primitives::{
	consent::{ConsentAction, ConsentRequest, ConsentRequestTerms, ConsentTerms},
	engine::{Actor, Policy, Provision, Rule, Values},
	Code, RequestId,
};

/// How much of a request is approved.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Approval {
	/// The request.
	#[arg(value_name = "REQUEST")]
	request: u64,
	/// All that was asked for.
	#[arg(long, conflicts_with = "fhir")]
	all: bool,
	#[command(flatten)]
	policy: PolicyOptions,
	#[command(flatten)]
	fhir: FhirOptions,
	#[command(flatten)]
	terms: TermsOptions,
	/// Do not let the consent renew itself, although that was asked for.
	#[arg(long, conflicts_with = "renew_by")]
	no_renewal: bool,
	#[command(flatten)]
	signed: SignedOptions,
}

/// A request that is denied.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Denial {
	/// The request.
	#[arg(value_name = "REQUEST")]
	request: u64,
	/// Why, as a code of any code system: system|code.
	#[arg(long, value_name = "CODE", value_parser = codes::any)]
	reason: Option<Code>,
}

/// An approval, as far as it can be told without the request.
pub struct PreparedApproval {
	/// Of which request.
	pub request: RequestId,
	/// What is odd about the FHIR Consent.
	pub warnings: Vec<String>,
	policy: Answered,
	terms: TermsOptions,
	no_renewal: bool,
	document: Document,
}

/// What is permitted.
enum Answered {
	/// What a document says.
	Policy(Policy),
	/// What was asked for, narrowed by what was typed.
	AsAsked(Box<PolicyOptions>),
}

impl Denial {
	/// What is done.
	pub fn action(&self) -> ConsentAction {
		ConsentAction::DenyRequest { request: RequestId(self.request), reason: self.reason }
	}
}

impl Approval {
	/// Reads the files.
	pub fn prepare(self) -> Result<PreparedApproval, Error> {
		let (policy, warnings) = match self.fhir.policy()? {
			Some(_) if !self.policy.is_empty() => return Err(beside_fhir()),
			Some(read) => (Answered::Policy(read.policy), read.warnings),
			None if !self.all && self.policy.is_empty() => {
				return Err(Error::Usage(
					"say how much is approved: --all of it, or the part with options such as \
					 --class and --until"
						.to_owned(),
				));
			},
			None if self.all && !self.policy.is_empty() => {
				return Err(Error::Usage(
					"--all approves what was asked for: leave it out to approve a part".to_owned(),
				));
			},
			None => (Answered::AsAsked(Box::new(self.policy)), Vec::new()),
		};
		Ok(PreparedApproval {
			request: RequestId(self.request),
			warnings,
			policy,
			terms: self.terms,
			no_renewal: self.no_renewal,
			document: self.signed.read()?,
		})
	}
}

impl PreparedApproval {
	/// The answer to a request: what was typed, and else what was asked for.
	pub fn answer(self, asked: &ConsentRequest) -> Result<Prepared, Error> {
		let policy = match self.policy {
			Answered::Policy(policy) => policy,
			Answered::AsAsked(options) => narrowed(&options, asked)?,
		};
		let mut terms = self.terms.or(&terms_of(&asked.terms));
		if self.no_renewal {
			terms.renewal = None;
		}
		Ok(Prepared {
			policy,
			terms,
			template: Some(asked.terms.template),
			document: self.document,
			warnings: self.warnings,
		})
	}
}

/// The terms that were asked for.
fn terms_of(asked: &ConsentRequestTerms) -> ConsentTerms {
	ConsentTerms { frequency: asked.frequency, erase_by: asked.erase_by, renewal: asked.renewal }
}

/// A permit of what was asked for, each attribute replaced where something was typed for it.
fn narrowed(options: &PolicyOptions, asked: &ConsentRequest) -> Result<Policy, Error> {
	let terms = &asked.terms;
	let period = ordered(
		options.from.or(terms.period.start),
		options.until.or(terms.period.end),
		"--from",
		"--until",
	)?;
	let typed = options.limits.permit(period)?;
	fn either<T: Clone>(typed: Values<T>, asked: &Values<T>) -> Values<T> {
		if typed.is_empty() {
			asked.clone()
		} else {
			typed
		}
	}
	let data_period = if typed.data_period == Default::default() {
		terms.data_period
	} else {
		ordered(
			typed.data_period.start.or(terms.data_period.start),
			typed.data_period.end.or(terms.data_period.end),
			"--data-from",
			"--data-until",
		)?
	};
	options.around(Provision {
		period,
		actors: either(typed.actors, &requesters(asked)?),
		purposes: either(typed.purposes, &terms.purposes),
		labels: either(typed.labels, &terms.labels),
		classes: either(typed.classes, &terms.classes),
		actions: typed.actions,
		codes: typed.codes,
		data_period,
		..Provision::new(0, Rule::Permit)
	})
}

/// Who is permitted by a request as it is: who asks, and the institution for which they ask.
fn requesters(asked: &ConsentRequest) -> Result<Values<Actor>, Error> {
	let actors = vec![
		Actor::Account(asked.requester.clone().into()),
		Actor::Organisation(asked.terms.on_behalf_of),
	];
	crate::commands::bounded(actors, "actors", hdx_primitives::engine::MAX_VALUES)
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

	use super::*;
	use crate::time;
	use clap::Parser;
	use hdx_primitives::{
		consent::{FrequencyLimit, Renewal},
		engine::{terminology::purpose, Scope},
		AccountId, InstitutionId, Milliseconds, Period, Role, TemplateId,
	};
	use hdx_sdk::bundle::class_code;
	use tempfile::TempDir;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		approval: Approval,
	}

	/// Treatment by institution 1 until the end of 2027, observations and conditions, ten times a
	/// month, renewed once.
	fn asked() -> ConsentRequest {
		let classes = vec![class_code("Observation"), class_code("Condition")];
		ConsentRequest {
			requester: AccountId::new([7; 32]),
			patient: AccountId::new([8; 32]),
			terms: ConsentRequestTerms {
				on_behalf_of: InstitutionId(1),
				role: Role::Physician,
				purposes: vec![purpose::TREAT].try_into().unwrap(),
				classes: classes.try_into().unwrap(),
				labels: Values::default(),
				data_period: Period { start: Some(time::start("2020-01-01").unwrap()), end: None },
				period: Period { start: None, end: Some(time::end("2027-12-31").unwrap()) },
				frequency: Some(FrequencyLimit { accesses: 10, per: Milliseconds(1_000) }),
				erase_by: None,
				renewal: Some(Renewal {
					extends_by: Milliseconds(1_000),
					times: 1,
					notice: Milliseconds(10),
				}),
				template: TemplateId(4),
			},
			made_at: Milliseconds(0),
			expires_at: Milliseconds(1),
		}
	}

	fn answer(arguments: &str) -> Result<Prepared, String> {
		let scratch = TempDir::new().unwrap();
		let document = scratch.path().join("signed.pdf");
		std::fs::write(&document, "signed").unwrap();
		let always = ["hdx", "3", "--document", document.to_str().unwrap()];
		let line = Line::try_parse_from(always.into_iter().chain(arguments.split_whitespace()))
			.map_err(|error| error.to_string())?;
		let prepared = line.approval.prepare().map_err(|error| error.to_string())?;
		prepared.answer(&asked()).map_err(|error| error.to_string())
	}

	/// What the chain measures an approval by.
	fn scope() -> Scope {
		let asked = asked();
		Scope {
			actors: requesters(&asked).unwrap(),
			purposes: asked.terms.purposes,
			classes: asked.terms.classes,
			period: asked.terms.period,
			data_period: asked.terms.data_period,
			..Scope::default()
		}
	}

	#[test]
	fn all_is_what_was_asked_for_and_no_more() {
		let prepared = answer("--all").unwrap();
		prepared.policy.is_within(&scope()).unwrap();
		let root = &prepared.policy.provisions[0];
		assert_eq!(root.classes, asked().terms.classes);
		assert_eq!(root.actors, requesters(&asked()).unwrap());
		assert_eq!(prepared.terms, terms_of(&asked().terms));
		assert_eq!(prepared.template, Some(TemplateId(4)));
	}

	#[test]
	fn a_part_keeps_what_was_asked_for_where_nothing_is_typed() {
		let prepared = answer(
			"--class Observation --until 2026-12-31 --data-until 2025-12-31 --redact PSY \
			 --frequency 5/30d --no-renewal",
		)
		.unwrap();
		prepared.policy.is_within(&scope()).unwrap();
		let root = &prepared.policy.provisions[0];
		assert_eq!(root.classes.to_vec(), [class_code("Observation")]);
		assert_eq!(root.purposes, asked().terms.purposes);
		assert_eq!(root.period.end, Some(time::end("2026-12-31").unwrap()));
		assert_eq!(root.data_period.start, asked().terms.data_period.start);
		assert_eq!(prepared.policy.provisions[1].rule, Rule::Deny);
		assert_eq!(prepared.terms.frequency.unwrap().accesses, 5);
		assert_eq!(prepared.terms.renewal, None);
	}

	#[test]
	fn fails_when_it_is_not_said_how_much() {
		assert!(answer("").err().unwrap().contains("--all"));
		assert!(answer("--all --class Observation").err().unwrap().contains("leave it out"));
	}

	#[test]
	fn fails_when_the_part_is_no_period() {
		assert!(answer("--from 2028-01-01").err().unwrap().contains("--until is not after --from"));
	}
}
