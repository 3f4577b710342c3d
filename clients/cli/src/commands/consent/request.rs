//! `hdx consent request`, `requests` and `withdraw`: what providers ask for.

use super::{
	content::newest_template,
	limits::{ordered, values},
	terms::TermsOptions,
	view::ShownRequest,
};
use crate::{
	account, codes,
	commands::{ensure_patient, provider::RoleName, Context, SignedBy},
	error::Error,
	output::{block, count},
	time,
};
use hdx_primitives::{
	consent::ConsentRequestTerms, AccountId, Code, InstitutionId, Milliseconds, RequestId,
	TemplateId,
};
use hdx_sdk::chain::Until;
use serde::Serialize;
use std::fmt;

/// What is asked for (the fields of an ABDM consent request).
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Request {
	#[command(flatten)]
	by: SignedBy,
	/// Who is asked.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	patient: AccountId,
	/// The institution for which it is asked, by its number.
	#[arg(long, value_name = "N")]
	on_behalf_of: u32,
	/// The role in which the data will be used.
	#[arg(long)]
	role: RoleName,
	/// For which purpose of use: a symbol such as TREAT, or system|code; may be repeated.
	#[arg(long = "purpose", value_name = "CODE", required = true, value_parser = codes::purpose)]
	purposes: Vec<Code>,
	/// Only resources of this type; may be repeated. Left out: all.
	#[arg(long = "class", value_name = "TYPE", value_parser = codes::class)]
	classes: Vec<Code>,
	/// Only data that carries this security label; may be repeated. Left out: any.
	#[arg(long = "label", value_name = "CODE", value_parser = codes::label)]
	labels: Vec<Code>,
	/// Only data from this time on: a date, or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	data_from: Option<Milliseconds>,
	/// Only data until this time: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	data_until: Option<Milliseconds>,
	/// When the consent is to begin: a date, or RFC 3339. Left out: when it is given.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	from: Option<Milliseconds>,
	/// Until when it is to hold: a date (all of that day, UTC), or RFC 3339. Left out: until revoked.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Option<Milliseconds>,
	#[command(flatten)]
	terms: TermsOptions,
	/// Which consent document the patient is to sign, by its number on chain. Left out: the newest.
	#[arg(long, value_name = "N")]
	template: Option<u32>,
}

/// Which requests are listed.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Requests {
	/// Those that wait for this patient.
	#[arg(value_name = "PATIENT", value_parser = account::parse)]
	patient: Option<AccountId>,
	/// Those that this account made.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	by: Option<AccountId>,
}

/// A request that is taken back.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Withdraw {
	#[command(flatten)]
	by: SignedBy,
	/// The request.
	#[arg(value_name = "REQUEST")]
	request: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Requested {
	request: u64,
	patient: String,
	template: u32,
	expires_at: String,
}

#[derive(Serialize)]
struct Listed {
	requests: Vec<ShownRequest>,
}

#[derive(Serialize)]
struct Withdrawn {
	request: u64,
}

impl fmt::Display for Requested {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let fields: [(&str, &dyn fmt::Display); 3] = [
			("patient", &self.patient),
			("template", &self.template),
			("expires", &self.expires_at),
		];
		block(f, format!("request {} waits for the patient", self.request), &fields)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		writeln!(f, "{}", count(self.requests.len(), "request"))?;
		self.requests.iter().try_for_each(|request| request.fmt(f))
	}
}

impl fmt::Display for Withdrawn {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "request {} is withdrawn", self.request)
	}
}

impl Request {
	/// What is asked for, under a template.
	fn terms(&self, template: TemplateId) -> Result<ConsentRequestTerms, Error> {
		let terms = self.terms.terms();
		Ok(ConsentRequestTerms {
			on_behalf_of: InstitutionId(self.on_behalf_of),
			role: self.role.into(),
			purposes: values(&self.purposes, "--purpose")?,
			classes: values(&self.classes, "--class")?,
			labels: values(&self.labels, "--label")?,
			data_period: ordered(self.data_from, self.data_until, "--data-from", "--data-until")?,
			period: ordered(self.from, self.until, "--from", "--until")?,
			frequency: terms.frequency,
			erase_by: terms.erase_by,
			renewal: terms.renewal,
			template,
		})
	}
}

/// Asks.
pub async fn request(options: Request, context: &Context) -> Result<(), Error> {
	// What cannot be asked is found out before anybody is.
	let terms = options.terms(TemplateId(options.template.unwrap_or_default()))?;
	let requester = options.by.signer()?;
	let chain = context.connect().await?;
	let template = match options.template {
		Some(number) => TemplateId(number),
		None => newest_template(&chain).await?,
	};
	let terms = ConsentRequestTerms { template, ..terms };
	let patient = options.patient;
	let progress = context.output.progress("waiting until it is final");
	let (request, expires_at) =
		chain.request_consent(&requester, patient.clone(), terms, Until::Finalized).await?;
	drop(progress);
	context.output.show(&Requested {
		request: request.0,
		patient: patient.to_string(),
		template: template.0,
		expires_at: time::show(expires_at),
	})
}

/// Lists.
pub async fn requests(options: Requests, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let found = match (&options.patient, &options.by) {
		(Some(patient), _) => {
			ensure_patient(&chain, patient).await?;
			chain.requests_to(patient).await?
		},
		(None, Some(requester)) => chain.requests_by(requester).await?,
		(None, None) => Vec::new(),
	};
	let requests = found.iter().map(|(id, request)| ShownRequest::of(*id, request)).collect();
	context.output.show(&Listed { requests })
}

/// Takes a request back.
pub async fn withdraw(options: Withdraw, context: &Context) -> Result<(), Error> {
	let requester = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.withdraw_request(&requester, RequestId(options.request), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Withdrawn { request: options.request })
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::{engine::terminology::purpose, Role};
	use hdx_sdk::bundle::class_code;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		request: Request,
	}

	fn parse(more: &str) -> Result<ConsentRequestTerms, String> {
		let always = "hdx --as //Bob --patient //Charlie --on-behalf-of 1 --role physician";
		let line = Line::try_parse_from(always.split_whitespace().chain(more.split_whitespace()))
			.map_err(|error| error.to_string())?;
		line.request.terms(TemplateId(2)).map_err(|error| error.to_string())
	}

	#[test]
	fn asks_for_what_was_typed() {
		let terms = parse(
			"--purpose TREAT --class Observation --data-from 2020-01-01 --until 2027-12-31 \
			 --frequency 2/1d --erase-by 2028-06-30",
		)
		.unwrap();
		assert_eq!((terms.on_behalf_of, terms.role), (InstitutionId(1), Role::Physician));
		assert_eq!(terms.purposes.to_vec(), [purpose::TREAT]);
		assert_eq!(terms.classes.to_vec(), [class_code("Observation")]);
		assert_eq!(terms.data_period.start, Some(time::start("2020-01-01").unwrap()));
		assert_eq!(terms.period.end, Some(time::end("2027-12-31").unwrap()));
		assert_eq!(terms.frequency.unwrap().accesses, 2);
		assert_eq!(terms.erase_by, Some(time::end("2028-06-30").unwrap()));
		assert_eq!((terms.renewal, terms.template), (None, TemplateId(2)));
	}

	#[test]
	fn fails_when_no_purpose_is_given() {
		assert!(parse("").unwrap_err().contains("--purpose"));
	}

	#[test]
	fn fails_when_a_period_is_empty() {
		let data = "--purpose TREAT --data-from 2021-01-01 --data-until 2020-01-01";
		assert!(parse(data).unwrap_err().contains("--data-until is not after --data-from"));
	}
}
