//! `hdx consent delegate`: who may act for a patient, within a narrower scope.

use super::{
	guardians::{shown_powers, ScopeOptions},
	limits::ordered,
	view::{limit_lines, ShownPeriod},
};
use crate::{
	account,
	commands::{ensure_patient, Context, SignedBy},
	error::Error,
	output::block,
	time,
};
use clap::Subcommand;
use hdx_primitives::{
	consent::{DelegateTerms, Delegation, Powers},
	engine::Scope,
	AccountId, Milliseconds,
};
use hdx_sdk::chain::Until;
use serde::Serialize;
use std::fmt;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Delegate {
	/// Name a delegate, or change what one may do.
	#[command(after_help = "\
Examples:
  hdx consent delegate add --as //Charlie //Eve --power grant --power revoke --purpose TREAT
  hdx consent delegate add --as //Charlie //Eve --power answer --organisation 1 \\
    --until 2027-06-30

A delegate acts with --for: hdx consent grant --as //Eve --for //Charlie … What the delegate may do
must be narrower than what the patient can: limit at least one of whom, what for, and which data.")]
	Add(Box<Add>),
	/// Take a delegate's powers back. The consents that the delegate gave stay.
	#[command(after_help = "\
Example:
  hdx consent delegate remove --as //Charlie //Eve")]
	Remove {
		#[command(flatten)]
		by: SignedBy,
		/// The delegate.
		#[arg(value_name = "DELEGATE", value_parser = account::parse)]
		delegate: AccountId,
	},
	/// List the delegates of a patient.
	#[command(after_help = "\
Example:
  hdx consent delegate list //Charlie --json")]
	List {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		patient: AccountId,
	},
}

/// A delegate, and what they may do.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Add {
	#[command(flatten)]
	by: SignedBy,
	/// The delegate.
	#[arg(value_name = "DELEGATE", value_parser = account::parse)]
	delegate: AccountId,
	/// What the delegate may do; may be repeated.
	#[arg(long = "power", value_name = "POWER", value_enum, required = true)]
	powers: Vec<Power>,
	/// From when: a date, or RFC 3339. Left out: at once.
	#[arg(long, value_name = "TIME", value_parser = time::start)]
	from: Option<Milliseconds>,
	/// Until when: a date (all of that day, UTC), or RFC 3339. Left out: until removed.
	#[arg(long, value_name = "TIME", value_parser = time::end)]
	until: Option<Milliseconds>,
	#[command(flatten)]
	scope: ScopeOptions,
}

/// What delegates may do, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Power {
	/// All of it.
	All,
	/// Grant consents.
	Grant,
	/// Amend the consents that they gave.
	Amend,
	/// Revoke the consents that they gave, and stop their renewal.
	Revoke,
	/// Approve and deny what providers ask for.
	Answer,
}

impl Add {
	fn terms(&self) -> Result<DelegateTerms, Error> {
		let scope = self.scope.scope()?;
		if scope == Scope::default() {
			return Err(Error::Usage(
				"a delegate's scope is narrower than the patient's own: limit something, such as \
				 --purpose, --organisation, --class or --consents-until"
					.to_owned(),
			));
		}
		let may = |power| self.powers.contains(&power) || self.powers.contains(&Power::All);
		Ok(DelegateTerms {
			scope,
			powers: Powers {
				grant: may(Power::Grant),
				amend: may(Power::Amend),
				revoke: may(Power::Revoke),
				answer_requests: may(Power::Answer),
			},
			period: ordered(self.from, self.until, "--from", "--until")?,
		})
	}
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Named {
	patient: String,
	#[serde(flatten)]
	delegate: ShownDelegate,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownDelegate {
	delegate: String,
	powers: Vec<&'static str>,
	scope: Vec<String>,
	period: ShownPeriod,
	#[serde(skip_serializing_if = "Option::is_none")]
	named_at: Option<String>,
}

#[derive(Serialize)]
struct Removed {
	patient: String,
	delegate: String,
}

#[derive(Serialize)]
struct Listed {
	patient: String,
	delegates: Vec<ShownDelegate>,
}

impl ShownDelegate {
	fn of(delegate: &AccountId, terms: &DelegateTerms, named_at: Option<Milliseconds>) -> Self {
		Self {
			delegate: delegate.to_string(),
			powers: shown_powers(&terms.powers),
			scope: limit_lines(&terms.scope),
			period: (&terms.period).into(),
			named_at: named_at.map(time::show),
		}
	}
}

impl From<&Delegation> for ShownDelegate {
	fn from(delegation: &Delegation) -> Self {
		Self::of(&delegation.delegate, &delegation.terms, Some(delegation.named_at))
	}
}

impl fmt::Display for ShownDelegate {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (powers, scope) = (self.powers.join(", "), self.scope.join("; "));
		let named_at = self.named_at.clone().unwrap_or_default();
		let fields: [(&str, &dyn fmt::Display); 4] = [
			("may", &powers),
			("consents", &scope),
			("period", &self.period),
			("named", &named_at),
		];
		block(f, format!("delegate {}", self.delegate), &fields)
	}
}

impl fmt::Display for Named {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.delegate.fmt(f)
	}
}

impl fmt::Display for Removed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} is no delegate of {} any more", self.delegate, self.patient)
	}
}

impl fmt::Display for Listed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.delegates.is_empty() {
			return writeln!(f, "{} has no delegates", self.patient);
		}
		self.delegates.iter().try_for_each(|delegate| delegate.fmt(f))
	}
}

/// Does it.
pub async fn run(command: Delegate, context: &Context) -> Result<(), Error> {
	match command {
		Delegate::Add(options) => {
			let terms = options.terms()?;
			let signer = options.by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			let delegate = options.delegate.clone();
			chain.delegate(&signer, delegate, terms.clone(), Until::Finalized).await?;
			drop(progress);
			context.output.show(&Named {
				patient: signer.account().to_string(),
				delegate: ShownDelegate::of(&options.delegate, &terms, None),
			})
		},
		Delegate::Remove { by, delegate } => {
			let signer = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.revoke_delegate(&signer, delegate.clone(), Until::Finalized).await?;
			drop(progress);
			let patient = signer.account().to_string();
			context.output.show(&Removed { patient, delegate: delegate.to_string() })
		},
		Delegate::List { patient } => {
			let chain = context.connect().await?;
			ensure_patient(&chain, &patient).await?;
			let delegates = chain.delegates(&patient).await?;
			let delegates = delegates.iter().map(ShownDelegate::from).collect();
			context.output.show(&Listed { patient: patient.to_string(), delegates })
		},
	}
}

#[cfg(test)]
mod tests {
	#![allow(clippy::unwrap_used)]

	use super::*;
	use clap::Parser;
	use hdx_primitives::engine::terminology::purpose;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		add: Add,
	}

	fn parse(more: &str) -> Result<DelegateTerms, String> {
		let always = "hdx --as //Charlie //Eve";
		let line = Line::try_parse_from(always.split_whitespace().chain(more.split_whitespace()))
			.map_err(|error| error.to_string())?;
		line.add.terms().map_err(|error| error.to_string())
	}

	#[test]
	fn may_do_what_was_typed() {
		let terms = parse("--power grant --power answer --purpose TREAT --until 2027-06-30");
		let terms = terms.unwrap();
		assert!(terms.powers.grant && terms.powers.answer_requests);
		assert!(!terms.powers.amend && !terms.powers.revoke);
		assert_eq!(terms.scope.purposes.to_vec(), [purpose::TREAT]);
		assert_eq!(terms.period.end, Some(time::end("2027-06-30").unwrap()));
		assert_eq!(parse("--power all --class Observation").unwrap().powers, Powers::ALL);
	}

	#[test]
	fn fails_when_nothing_is_limited() {
		assert!(parse("--power all").unwrap_err().contains("narrower"));
	}

	#[test]
	fn fails_when_nothing_may_be_done() {
		assert!(parse("--purpose TREAT").unwrap_err().contains("--power"));
	}
}
