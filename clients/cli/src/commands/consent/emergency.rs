//! `hdx consent emergency`: whether break-glass may override what a patient decided.

use crate::{
	account,
	commands::{ensure_patient, Context, SignedBy},
	error::Error,
};
use clap::Subcommand;
use hdx_primitives::AccountId;
use hdx_sdk::chain::Until;
use serde::Serialize;
use std::fmt;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Emergency {
	/// Allow the override again. It is allowed until the patient says otherwise.
	#[command(after_help = "\
Example:
  hdx consent emergency allow --as //Charlie")]
	Allow {
		#[command(flatten)]
		by: SignedBy,
	},
	/// Opt out: break-glass is refused, too.
	#[command(after_help = "\
Example:
  hdx consent emergency forbid --as //Charlie")]
	Forbid {
		#[command(flatten)]
		by: SignedBy,
	},
	/// Show whether a patient allows it.
	#[command(after_help = "\
Example:
  hdx consent emergency show //Charlie --json")]
	Show {
		/// The patient's account.
		#[arg(value_parser = account::parse)]
		patient: AccountId,
	},
}

/// Whether it is allowed, where guardians propose it.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(skip)]
pub struct Choice {
	/// Allow it, or opt out.
	#[arg(value_enum, value_name = "CHOICE")]
	choice: Allowed,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum Allowed {
	/// Break-glass may override.
	Allow,
	/// It is refused, too.
	Forbid,
}

impl Choice {
	/// Whether it is allowed.
	pub fn is_allowed(self) -> bool {
		self.choice == Allowed::Allow
	}
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	patient: String,
	emergency_override: bool,
}

impl fmt::Display for Shown {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let allows = if self.emergency_override { "allows" } else { "has opted out of" };
		write!(f, "{} {allows} the emergency override", self.patient)
	}
}

/// Does it.
pub async fn run(command: Emergency, context: &Context) -> Result<(), Error> {
	match command {
		Emergency::Allow { by } => set(&by, true, context).await,
		Emergency::Forbid { by } => set(&by, false, context).await,
		Emergency::Show { patient } => {
			let chain = context.connect().await?;
			ensure_patient(&chain, &patient).await?;
			let emergency_override =
				chain.allows_emergency_override(&patient, Default::default()).await?;
			context.output.show(&Shown { patient: patient.to_string(), emergency_override })
		},
	}
}

async fn set(by: &SignedBy, allowed: bool, context: &Context) -> Result<(), Error> {
	let signer = by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.set_emergency_override(&signer, allowed, Until::Finalized).await?;
	drop(progress);
	let patient = signer.account().to_string();
	context.output.show(&Shown { patient, emergency_override: allowed })
}
