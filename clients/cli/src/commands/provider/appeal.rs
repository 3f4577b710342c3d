//! `hdx provider appeal` and `hdx provider decide-appeal`.

use super::{done::Done, kinds::OutcomeName};
use crate::{
	account,
	commands::{Context, SignedBy},
	document::Document,
	error::Error,
	words,
};
use hdx_primitives::{AccountId, InstitutionId};
use hdx_sdk::chain::{AppealOutcome, Appellant, Until};
use serde_json::json;
use std::path::PathBuf;

/// What is said against a suspension.
#[derive(Debug, clap::Args)]
pub struct Appeal {
	#[command(flatten)]
	by: SignedBy,
	/// The statement. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	statement: PathBuf,
}

/// Whose appeal is answered, and how.
#[derive(Debug, clap::Args)]
pub struct Decide {
	#[command(flatten)]
	by: SignedBy,
	#[command(flatten)]
	whose: Whose,
	/// The answer.
	#[arg(long)]
	outcome: OutcomeName,
}

/// Who appealed.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Whose {
	/// A practitioner.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse)]
	practitioner: Option<AccountId>,
	/// An institution, by its number.
	#[arg(long, value_name = "N")]
	institution: Option<u32>,
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
	let ((), salt_file) = committed.keep_unless_refused(result)?;
	context.output.show(&Done::new(
		format!("the appeal is filed; keep the salt: {}", salt_file.display()),
		json!({
			"account": signer.account().to_string(),
			"statement": format!("0x{}", hex::encode(commitment.0)),
			"saltFile": salt_file,
		}),
	))
}

/// Answers an appeal.
pub async fn decide(options: Decide, context: &Context) -> Result<(), Error> {
	let signer = options.by.signer()?;
	let (appellant, name) = match (options.whose.practitioner, options.whose.institution) {
		(Some(account), _) => {
			let name = format!("practitioner {account}");
			(Appellant::Practitioner(account), name)
		},
		(None, Some(id)) => {
			(Appellant::Institution(InstitutionId(id)), format!("institution {id}"))
		},
		(None, None) => {
			return Err(Error::Usage("give --practitioner or --institution".to_owned()))
		},
	};
	let outcome = AppealOutcome::from(options.outcome);
	let chain = context.connect().await?;
	let progress = context.output.progress("waiting until it is final");
	chain.decide_appeal(&signer, appellant, outcome, Until::Finalized).await?;
	drop(progress);
	let word = words::of(outcome);
	context.output.show(&Done::new(
		format!("the appeal of {name} is {word}"),
		json!({ "appellant": name, "outcome": word }),
	))
}
