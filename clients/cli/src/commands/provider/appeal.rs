//! `hdx provider appeal`, `appeals`, `withdraw-appeal` and `decide-appeal`.

use super::{done::Done, kinds::OutcomeName};
use crate::{
	commands::{Context, SignedBy},
	document::Document,
	error::Error,
	output::block,
	time, words,
};
use hdx_primitives::AppealId;
use hdx_sdk::chain::{AppealOutcome, AppealView, Appellant, Until};
use serde::Serialize;
use serde_json::json;
use std::{fmt, path::PathBuf};

/// What is said against a suspension.
#[derive(Debug, clap::Args)]
pub struct Appeal {
	#[command(flatten)]
	by: SignedBy,
	/// The statement. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	statement: PathBuf,
}

/// Which appeal is withdrawn.
#[derive(Debug, clap::Args)]
pub struct Withdraw {
	#[command(flatten)]
	by: SignedBy,
	/// The appeal, by its number: `hdx provider appeals` lists them.
	#[arg(value_name = "APPEAL")]
	appeal: u64,
}

/// Which appeal is answered, and how.
#[derive(Debug, clap::Args)]
pub struct Decide {
	#[command(flatten)]
	by: SignedBy,
	/// The appeal, by its number: `hdx provider appeals` lists them.
	#[arg(value_name = "APPEAL")]
	appeal: u64,
	/// The answer.
	#[arg(long)]
	outcome: OutcomeName,
}

/// An open appeal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
	appeal: u64,
	/// `institution:N`, or an account.
	appellant: String,
	statement: String,
	filed_at: String,
}

#[derive(Serialize)]
struct Open {
	appeals: Vec<Shown>,
}

impl From<AppealView> for Shown {
	fn from(view: AppealView) -> Self {
		Self {
			appeal: view.appeal.0,
			appellant: match view.appellant {
				Appellant::Institution(id) => format!("institution:{}", id.0),
				Appellant::Practitioner(account) => account.to_string(),
			},
			statement: format!("0x{}", hex::encode(view.statement.0)),
			filed_at: time::show(view.filed_at),
		}
	}
}

impl fmt::Display for Open {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if self.appeals.is_empty() {
			return writeln!(f, "no appeal is open");
		}
		self.appeals.iter().try_for_each(|one| {
			let fields: [(&str, &dyn fmt::Display); 3] = [
				("by", &one.appellant),
				("statement", &one.statement),
				("filed at", &one.filed_at),
			];
			block(f, format!("appeal {}", one.appeal), &fields)
		})
	}
}

/// Lists what is open.
pub async fn list(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let appeals = chain.appeals().await?;
	context.output.show(&Open { appeals: appeals.into_iter().map(Shown::from).collect() })
}

/// Withdraws an appeal.
pub async fn withdraw(options: Withdraw, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.withdraw_appeal(&signer, AppealId(options.appeal), Until::Finalized).await?;
	drop(progress);
	context.output.show(&Done::new(
		format!("appeal {} is withdrawn", options.appeal),
		json!({ "appeal": options.appeal, "outcome": "withdrawn" }),
	))
}

/// Appeals.
pub async fn appeal(options: Appeal, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let document = Document::read(&options.statement)?;
	let chain = context.connect().await?;
	let committed = document.commit()?;
	let commitment = committed.commitment;
	let progress = context.output.progress("waiting until it is final");
	let result = chain.appeal(&signer, commitment, Until::Finalized).await;
	drop(progress);
	let (appeal, salt_file) = committed.keep_unless_refused(result)?;
	context.output.show(&Done::new(
		format!("appeal {} is filed; keep the salt: {}", appeal.0, salt_file.display()),
		json!({
			"appeal": appeal.0,
			"account": signer.account().to_string(),
			"statement": format!("0x{}", hex::encode(commitment.0)),
			"saltFile": salt_file,
		}),
	))
}

/// Answers an appeal.
pub async fn decide(options: Decide, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let outcome = AppealOutcome::from(options.outcome);
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	let appeal = AppealId(options.appeal);
	chain.decide_appeal(&signer, appeal, outcome, Until::Finalized).await?;
	drop(progress);
	let word = words::of(outcome);
	context.output.show(&Done::new(
		format!("appeal {} is {word}", options.appeal),
		json!({ "appeal": options.appeal, "outcome": word }),
	))
}
