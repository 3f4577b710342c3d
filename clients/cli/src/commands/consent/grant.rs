//! `hdx consent grant`.

use crate::{
	account, codes,
	commands::{bounded, ensure_patient, Context, SignedBy},
	document::Document,
	error::Error,
	output::block,
	time,
};
use hdx_primitives::{
	consent::{ConsentContent, ConsentTerms, SignedDocument},
	engine::{Actor, Policy, Provision, Rule, MAX_VALUES},
	AccountId, Code, InstitutionId, Milliseconds, Period, TemplateId,
};
use hdx_sdk::chain::{Chain, ChainError, Until};
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What a patient permits, and what not.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Grant {
	#[command(flatten)]
	by: SignedBy,
	#[command(flatten)]
	whom: Whom,
	/// For which purpose of use: a symbol such as TREAT, or system|code; may be repeated.
	#[arg(long = "purpose", value_name = "CODE", default_value = "TREAT", value_parser = codes::purpose)]
	purposes: Vec<Code>,
	/// A security label that is withheld: a symbol such as PSY, or system|code; may be repeated.
	#[arg(long, value_name = "CODE", value_parser = codes::label)]
	redact: Vec<Code>,
	/// From when: a date, or RFC 3339. Left out: at once.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	from: Option<Milliseconds>,
	/// Until when: a date (all of that day, UTC), or RFC 3339. Left out: until revoked.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Option<Milliseconds>,
	/// Which consent document was shown, by its number on chain. Left out: the newest.
	#[arg(long, value_name = "N")]
	template: Option<u32>,
	/// The document that was signed. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	document: PathBuf,
}

/// Who is permitted. Without anybody named, a provision would be about everybody.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
struct Whom {
	/// An institution that is permitted, by its number; may be repeated.
	#[arg(long = "organisation", visible_alias = "organization", value_name = "N")]
	organisations: Vec<u32>,
	/// A practitioner who is permitted; may be repeated.
	#[arg(long = "practitioner", value_name = "ACCOUNT", value_parser = account::parse)]
	practitioners: Vec<AccountId>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Granted {
	consent: u64,
	patient: String,
	template: u32,
	document: String,
	salt_file: PathBuf,
}

impl fmt::Display for Granted {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("patient", &self.patient),
			("template", &self.template),
			("document", &self.document),
			("salt (keep)", &self.salt_file.display()),
		];
		block(f, format!("consent {} is granted", self.consent), &fields)
	}
}

/// Grants.
pub async fn run(options: Grant, context: &Context) -> Result<(), Error> {
	let policy = policy(&options)?;
	let patient = options.by.signer()?;
	let document = Document::read(&options.document)?;

	let chain = context.connect().await?;
	ensure_patient(&chain, &patient.account()).await?;
	let template = match options.template {
		Some(number) => TemplateId(number),
		None => newest_template(&chain).await?,
	};
	let committed = document.commit()?;
	let commitment = committed.commitment;
	let progress = context.output.progress("waiting until it is final");
	let until = Until::Finalized;
	let document = SignedDocument { template, commitment };
	let content = ConsentContent { policy, document, terms: ConsentTerms::default() };
	let result = chain.grant_consent(&patient, content, until).await;
	drop(progress);
	let (consent, salt_file) = committed.keep_unless_refused(result)?;
	context.output.show(&Granted {
		consent: consent.0,
		patient: patient.account().to_string(),
		template: template.0,
		document: format!("0x{}", hex::encode(commitment.0)),
		salt_file,
	})
}

async fn newest_template(chain: &Chain) -> Result<TemplateId, Error> {
	let newest = chain
		.templates()
		.await?
		.into_iter()
		.filter(|template| !template.retired)
		.map(|template| template.id)
		.max();
	newest.ok_or_else(|| {
		let what = "consent document: governance publishes one first".to_owned();
		ChainError::NotFound { what }.into()
	})
}

/// A permit, and under it a deny of what is redacted.
fn policy(options: &Grant) -> Result<Policy, Error> {
	let period = Period { start: options.from, end: options.until };
	if !period.is_ordered() {
		return Err(Error::Usage("--until is not after --from".to_owned()));
	}
	let organisations =
		options.whom.organisations.iter().map(|number| Actor::Organisation(InstitutionId(*number)));
	let practitioners =
		options.whom.practitioners.iter().map(|account| Actor::Account(account.clone().into()));
	let actors: Vec<_> = organisations.chain(practitioners).collect();
	let mut provisions = vec![Provision {
		period,
		actors: bounded(actors, "--organisation and --practitioner", MAX_VALUES)?,
		purposes: bounded(options.purposes.clone(), "--purpose", MAX_VALUES)?,
		..Provision::new(0, Rule::Permit)
	}];
	if !options.redact.is_empty() {
		provisions.push(Provision {
			labels: bounded(options.redact.clone(), "--redact", MAX_VALUES)?,
			..Provision::new(0, Rule::Deny)
		});
	}
	Ok(Policy {
		categories: Default::default(),
		provisions: bounded(provisions, "provisions", hdx_primitives::engine::MAX_PROVISIONS)?,
	})
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::engine::{
		decide, terminology, validate, Choices, Consent, ConsentId, DataFacts, Obligation, Outcome,
		Request, Rules, Status,
	};

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		grant: Grant,
	}

	fn parse(arguments: &str) -> Result<Policy, String> {
		let always = ["hdx", "--as", "//Charlie", "--document", "signed.pdf"];
		let line = Line::try_parse_from(always.into_iter().chain(arguments.split_whitespace()))
			.map_err(|error| error.to_string())?;
		policy(&line.grant).map_err(|error| error.to_string())
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
