//! `hdx patient`: patients' accounts.

use super::{ensure_patient, Context, SignedBy};
use crate::{account, error::Error, exit::Exit, output::block};
use clap::Subcommand;
use hdx_primitives::AccountId;
use hdx_sdk::chain::Until;
use serde::Serialize;
use std::fmt;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Patient {
	/// Bring a patient's account into existence, without tokens.
	#[command(after_help = "\
Examples:
  hdx patient sponsor --as operator.key 5FHneW46…
  hdx patient sponsor --as //Alice //Charlie

Who the person is stays with the institution; the chain has the account.")]
	Sponsor {
		#[command(flatten)]
		by: SignedBy,
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		account: AccountId,
	},
	/// Show what the chain has of a patient.
	#[command(after_help = "\
Examples:
  hdx patient show //Charlie
  hdx patient show 5FHneW46… --json")]
	Show {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		account: AccountId,
	},
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sponsored {
	patient: String,
}

impl fmt::Display for Sponsored {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} is a patient now", self.patient)
	}
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	patient: String,
	active_consents: Vec<u64>,
	records: Vec<u64>,
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let list = |numbers: &[u64]| match numbers {
			[] => "none".to_owned(),
			some => some.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
		};
		let fields: [(&str, &dyn fmt::Display); 2] =
			[("active consents", &list(&self.active_consents)), ("records", &list(&self.records))];
		block(f, format!("patient {}", self.patient), &fields)
	}
}

/// Does it.
pub async fn run(command: Patient, context: &Context) -> Result<Exit, Error> {
	match command {
		Patient::Sponsor { by, account } => {
			let operator = by.signer()?;
			let chain = context.connect().await?;
			let progress = context.output.progress("waiting until it is final");
			chain.sponsor_patient(&operator, account.clone(), Until::Finalized).await?;
			drop(progress);
			context.output.show(&Sponsored { patient: account.to_string() })?;
		},
		Patient::Show { account } => {
			let chain = context.connect().await?;
			ensure_patient(&chain, &account).await?;
			let consents = chain.active_consents(&account).await?;
			let records = chain.records_of(&account).await?;
			context.output.show(&Shown {
				patient: account.to_string(),
				active_consents: consents.into_iter().map(|id| id.0).collect(),
				records: records.into_iter().map(|id| id.0).collect(),
			})?;
		},
	}
	Ok(Exit::Done)
}
