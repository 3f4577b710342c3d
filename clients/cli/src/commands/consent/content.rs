//! What is consented to: a policy, its terms, and the document that was signed.

use super::{
	fhir::FhirOptions,
	limits::{ordered, values, Limits},
	terms::TermsOptions,
};
use crate::{
	codes,
	commands::bounded,
	document::{Committed, Document},
	error::Error,
	time,
};
use hdx_primitives::{
	consent::{ConsentContent, ConsentTerms, SignedDocument},
	engine::{terminology, Policy, Provision, Rule, MAX_PROVISIONS},
	Code, Milliseconds, TemplateId,
};
use hdx_sdk::chain::{Chain, ChainError};
use std::path::PathBuf;

/// A permit, and what is withheld from it.
#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub struct PolicyOptions {
	#[command(flatten)]
	pub limits: Limits,
	/// A security label that is withheld: a symbol such as PSY, or system|code; may be repeated.
	#[arg(long, value_name = "CODE", value_parser = codes::label)]
	redact: Vec<Code>,
	/// A resource type that is withheld; may be repeated.
	#[arg(long, value_name = "TYPE", value_parser = codes::class)]
	redact_class: Vec<Code>,
	/// From when: a date, or RFC 3339. Left out: at once.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	pub from: Option<Milliseconds>,
	/// Until when: a date (all of that day, UTC), or RFC 3339. Left out: until revoked.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	pub until: Option<Milliseconds>,
}

/// What is consented to.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Content {
	#[command(flatten)]
	pub policy: PolicyOptions,
	#[command(flatten)]
	pub fhir: FhirOptions,
	#[command(flatten)]
	pub terms: TermsOptions,
	/// Which consent document was shown, by its number on chain. Left out: the newest.
	#[arg(long, value_name = "N")]
	pub template: Option<u32>,
	#[command(flatten)]
	pub signed: SignedOptions,
}

/// The document.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct SignedOptions {
	/// The document that was signed. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	document: PathBuf,
}

impl SignedOptions {
	/// Reads the document.
	pub fn read(&self) -> Result<Document, Error> {
		Document::read(&self.document)
	}
}

/// What is consented to, as far as it can be told without a node.
pub struct Prepared {
	/// What is permitted and denied.
	pub policy: Policy,
	/// On which terms.
	pub terms: ConsentTerms,
	/// Under which document. `None`: the newest.
	pub template: Option<TemplateId>,
	/// What was signed.
	pub document: Document,
	/// What is odd about the FHIR Consent.
	pub warnings: Vec<String>,
}

impl PolicyOptions {
	/// Whether nothing was typed.
	pub fn is_empty(&self) -> bool {
		self.limits.is_empty()
			&& self.redact.is_empty()
			&& self.redact_class.is_empty()
			&& self.from.is_none()
			&& self.until.is_none()
	}

	/// A permit of what was typed. Without anybody named it would be about everybody.
	pub fn policy(&self) -> Result<Policy, Error> {
		if self.limits.names_nobody() {
			return Err(Error::Usage(
				"say whom: --organisation, --practitioner or --actor; or give a FHIR Consent with \
				 --fhir"
					.to_owned(),
			));
		}
		let period = ordered(self.from, self.until, "--from", "--until")?;
		let mut root = self.limits.permit(period)?;
		if root.purposes.is_empty() {
			root.purposes = values(&[terminology::purpose::TREAT], "--purpose")?;
		}
		self.around(root)
	}

	/// The policy with this permit as its base rule, and under it denies of what is withheld.
	pub fn around(&self, root: Provision) -> Result<Policy, Error> {
		let mut provisions = vec![root];
		if !self.redact.is_empty() {
			provisions.push(Provision {
				labels: values(&self.redact, "--redact")?,
				..Provision::new(0, Rule::Deny)
			});
		}
		if !self.redact_class.is_empty() {
			provisions.push(Provision {
				classes: values(&self.redact_class, "--redact-class")?,
				..Provision::new(0, Rule::Deny)
			});
		}
		Ok(Policy {
			categories: Default::default(),
			provisions: bounded(provisions, "provisions", MAX_PROVISIONS)?,
		})
	}
}

impl Content {
	/// Reads the files, and makes the policy.
	pub fn prepare(&self) -> Result<Prepared, Error> {
		let (policy, warnings) = self.read_policy()?;
		Ok(Prepared {
			policy,
			terms: self.terms.terms(),
			template: self.template.map(TemplateId),
			document: self.signed.read()?,
			warnings,
		})
	}

	fn read_policy(&self) -> Result<(Policy, Vec<String>), Error> {
		match self.fhir.policy()? {
			None => Ok((self.policy.policy()?, Vec::new())),
			Some(_) if !self.policy.is_empty() => Err(beside_fhir()),
			Some(read) => Ok((read.policy, read.warnings)),
		}
	}
}

/// A document and options both say what is permitted.
pub fn beside_fhir() -> Error {
	Error::Usage(
		"the Consent of --fhir says what is permitted: leave out the options that say it, too"
			.to_owned(),
	)
}

impl Prepared {
	/// Commits to the document, under a template of the chain.
	pub async fn commit(self, chain: &Chain) -> Result<(ConsentContent, Committed), Error> {
		let template = match self.template {
			Some(template) => template,
			None => newest_template(chain).await?,
		};
		let committed = self.document.commit()?;
		let document = SignedDocument { template, commitment: committed.commitment };
		Ok((ConsentContent { policy: self.policy, document, terms: self.terms }, committed))
	}
}

/// The newest template that is not retired.
pub async fn newest_template(chain: &Chain) -> Result<TemplateId, Error> {
	let in_use = chain.templates().await?.into_iter().filter(|template| !template.retired);
	let newest = in_use.map(|template| template.id).max();
	newest.ok_or_else(|| {
		let what = "consent document: governance publishes one first".to_owned();
		ChainError::NotFound { what }.into()
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::engine::{
		decide, terminology, validate, Actor, Choices, Consent, ConsentId, DataFacts, Obligation,
		Outcome, Request, Rules, Status,
	};
	use hdx_primitives::InstitutionId;
	use hdx_sdk::bundle::class_code;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		content: Content,
	}

	fn parse(arguments: &str) -> Result<Policy, String> {
		let always = ["hdx", "--document", "signed.pdf"];
		let line = Line::try_parse_from(always.into_iter().chain(arguments.split_whitespace()))
			.map_err(|error| error.to_string())?;
		let read = line.content.read_policy().map_err(|error| error.to_string())?;
		Ok(read.0)
	}

	fn answer(policy: &Policy, organisation: u32, purpose: Code) -> (Outcome, Vec<Obligation>) {
		let consent = Consent {
			id: ConsentId(0),
			version: 1,
			status: Status::Active,
			given_at: Milliseconds(0),
			policy,
		};
		let request = Request {
			actors: &[Actor::Organisation(InstitutionId(organisation))],
			purposes: &[purpose],
			..Request::default()
		};
		let consents = [consent];
		let choices = Choices::from(&consents);
		let decision = decide(&choices, &request, &Rules::default(), Milliseconds(1));
		(decision.outcome, decision.obligations.into_iter().collect())
	}

	fn withholds(obligations: &[Obligation], code: Code) -> bool {
		let facts = DataFacts { codes: &[code], ..DataFacts::default() };
		obligations.iter().any(|one| one.withholds(&facts))
	}

	#[test]
	fn permits_what_was_typed_and_nothing_else() {
		let policy = parse("--organisation 1 --redact PSY --until 2027-01-01").unwrap();
		validate(&policy).unwrap();
		let (outcome, obligations) = answer(&policy, 1, terminology::purpose::TREAT);
		assert_eq!(outcome, Outcome::Permit);
		assert!(withholds(&obligations, terminology::sensitivity::PSY));
		assert!(!withholds(&obligations, terminology::confidentiality::N));
		assert_eq!(answer(&policy, 2, terminology::purpose::TREAT).0, Outcome::NoConsent);
		assert_eq!(answer(&policy, 1, terminology::purpose::HMARKT).0, Outcome::NoConsent);
	}

	#[test]
	fn a_purpose_that_is_typed_replaces_the_default() {
		let policy = parse("--organisation 1 --purpose HPAYMT").unwrap();
		assert_eq!(answer(&policy, 1, terminology::purpose::HPAYMT).0, Outcome::Permit);
		assert_eq!(answer(&policy, 1, terminology::purpose::TREAT).0, Outcome::NoConsent);
	}

	#[test]
	fn permits_only_the_data_that_was_typed() {
		let policy = parse("--actor institution:1 --class Observation --redact-class Condition");
		let (outcome, obligations) = answer(&policy.unwrap(), 1, terminology::purpose::TREAT);
		assert_eq!(outcome, Outcome::Permit);
		assert!(!withholds(&obligations, class_code("Observation")));
		assert!(withholds(&obligations, class_code("Condition")));
		assert!(withholds(&obligations, class_code("Procedure")));
	}

	#[test]
	fn fails_when_a_document_and_options_both_say_what_is_permitted() {
		let scratch = tempfile::tempdir().unwrap();
		let file = scratch.path().join("consent.json");
		let consent = r#"{"resourceType":"Consent","status":"active","provision":{"type":"deny"}}"#;
		std::fs::write(&file, consent).unwrap();
		let fhir = format!("--fhir {}", file.display());
		assert!(parse(&fhir).is_ok());
		let error = parse(&format!("{fhir} --organisation 1")).unwrap_err();
		assert!(error.contains("--fhir"), "{error}");
	}

	#[test]
	fn fails_when_nobody_is_named() {
		let error = parse("--purpose TREAT").unwrap_err();
		assert!(error.contains("--organisation"), "{error}");
	}

	#[test]
	fn fails_when_the_period_is_empty() {
		let error = parse("--organisation 1 --from 2027-01-02 --until 2027-01-01").unwrap_err();
		assert!(error.contains("--until is not after --from"), "{error}");
	}

	#[test]
	fn fails_when_a_code_is_unknown_and_lists_what_is_known() {
		let error = parse("--organisation 1 --redact MENTAL").unwrap_err();
		assert!(error.contains("PSY"), "{error}");
	}

	#[test]
	fn fails_when_there_are_too_many_values() {
		let many = "--organisation 1 ".repeat(17);
		assert!(parse(&many).unwrap_err().contains("the chain takes 16"));
	}
}
