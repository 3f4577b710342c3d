//! `hdx consent check`: what the consents on the chain decide, at any block.

use super::limits::{ordered, values};
use crate::{
	account, actors, codes,
	commands::{
		ensure_patient,
		obligation::{withheld, ShownObligation},
		Context,
	},
	error::Error,
	output::block,
	time,
};
use hdx_primitives::{
	consent::ConsentQuery,
	engine::{Actor, Algorithm, Decision, Outcome},
	AccountId, Code, Milliseconds,
};
use hdx_sdk::chain::{AtBlock, BlockTime};
use serde::Serialize;
use std::fmt;

/// Who would ask, and for what.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Check {
	/// The patient's account.
	#[arg(value_parser = account::parse)]
	patient: AccountId,
	/// Who asks: an account, institution:N, role:system|code or group:system|code; once for
	/// everything that they are.
	#[arg(long = "as-actor", value_name = "ACTOR", required = true, value_parser = actors::parse)]
	actors: Vec<Actor>,
	/// For which purpose of use: a symbol such as TREAT, or system|code; may be repeated.
	#[arg(long = "purpose", value_name = "CODE", value_parser = codes::purpose)]
	purposes: Vec<Code>,
	/// To do what: a symbol such as access, or system|code; may be repeated.
	#[arg(long = "action", value_name = "CODE", value_parser = codes::action)]
	actions: Vec<Code>,
	/// Data that carries this security label; may be repeated.
	#[arg(long = "label", value_name = "CODE", value_parser = codes::label)]
	labels: Vec<Code>,
	/// Resources of this type; may be repeated.
	#[arg(long = "class", value_name = "TYPE", value_parser = codes::class)]
	classes: Vec<Code>,
	/// Data with this clinical code, as system|code; may be repeated.
	#[arg(long = "code", value_name = "CODE", value_parser = codes::any)]
	codes: Vec<Code>,
	/// Data from this time on: a date, or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	data_from: Option<Milliseconds>,
	/// Data until this time: a date (all of that day, UTC), or RFC 3339.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	data_until: Option<Milliseconds>,
	/// At which block: its number or hash. Left out: the newest.
	#[arg(long, value_name = "BLOCK", value_parser = super::block)]
	at: Option<AtBlock>,
}

/// What is decided.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Decided {
	decision: &'static str,
	obligations: Vec<ShownObligation>,
	consent: Option<u64>,
	version: Option<u32>,
	algorithm: &'static str,
	block: u64,
	block_hash: String,
	at: String,
	/// For people.
	#[serde(skip)]
	withheld: String,
}

impl Decided {
	fn of(decision: &Decision, at: &BlockTime) -> Self {
		Self {
			decision: match decision.outcome {
				Outcome::Permit => "CONSENT_PERMIT",
				Outcome::Deny => "CONSENT_DENY",
				Outcome::NoConsent => "NO_CONSENT",
			},
			obligations: decision.obligations.iter().map(ShownObligation::from).collect(),
			consent: decision.basis.map(|basis| basis.consent.0),
			version: decision.basis.map(|basis| basis.version),
			algorithm: match decision.algorithm {
				Algorithm::MostRecentWins => "most-recent-wins",
				Algorithm::DenyOverrides => "deny-overrides",
			},
			block: at.number,
			block_hash: format!("0x{}", hex::encode(at.hash)),
			at: time::show(at.time),
			withheld: withheld(&decision.obligations).join("; and "),
		}
	}
}

impl fmt::Display for Decided {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let rests_on = match (self.consent, self.version) {
			(Some(consent), Some(version)) => format!("consent {consent}, version {version}"),
			_ => "no consent (the chain's implicit policy)".to_owned(),
		};
		let at = format!("block {}, {}", self.block, self.at);
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("withhold", &self.withheld),
			("rests on", &rests_on),
			("algorithm", &self.algorithm),
			("at", &at),
		];
		block(f, self.decision, &fields)
	}
}

impl Check {
	fn query(&self) -> Result<ConsentQuery, Error> {
		Ok(ConsentQuery {
			actors: values(&self.actors, "--as-actor")?,
			purposes: values(&self.purposes, "--purpose")?,
			actions: values(&self.actions, "--action")?,
			labels: values(&self.labels, "--label")?,
			classes: values(&self.classes, "--class")?,
			codes: values(&self.codes, "--code")?,
			data_period: ordered(self.data_from, self.data_until, "--data-from", "--data-until")?,
			..ConsentQuery::default()
		})
	}
}

/// Asks for the decision.
pub async fn run(options: Check, context: &Context) -> Result<(), Error> {
	let query = options.query()?;
	let chain = context.connect().await?;
	ensure_patient(&chain, &options.patient).await?;
	// Pinned by its hash, so that the decision and its time are of one block.
	let at = chain.block_time(options.at.unwrap_or_default()).await?;
	let decision = chain.decide(&options.patient, query, AtBlock::Hash(at.hash)).await?;
	context.output.show(&Decided::of(&decision, &at))
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::{engine::terminology::purpose, InstitutionId};

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		check: Check,
	}

	fn parse(more: &str) -> Result<ConsentQuery, String> {
		let line =
			Line::try_parse_from(["hdx", "//Charlie"].into_iter().chain(more.split_whitespace()))
				.map_err(|error| error.to_string())?;
		line.check.query().map_err(|error| error.to_string())
	}

	#[test]
	fn asks_as_everything_that_was_typed() {
		let query = parse("--as-actor institution:1 --as-actor //Dave --purpose TREAT").unwrap();
		assert_eq!(query.actors.first(), Some(&Actor::Organisation(InstitutionId(1))));
		assert_eq!(query.actors.len(), 2);
		assert_eq!(query.purposes.to_vec(), [purpose::TREAT]);
		assert!(query.labels.is_empty() && query.categories.is_empty());
	}

	#[test]
	fn fails_when_nobody_asks() {
		assert!(parse("--purpose TREAT").unwrap_err().contains("--as-actor"));
	}

	#[test]
	fn fails_when_a_block_is_none() {
		assert!(parse("--as-actor //Dave --at yesterday").unwrap_err().contains("number"));
	}
}
