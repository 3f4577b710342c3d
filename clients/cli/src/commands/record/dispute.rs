//! `hdx record dispute` and `answer-dispute`.

use super::custody::Which;
use crate::{
	commands::{
		provider::Done,
		statement::{commit_and_tell, Told},
		Context,
	},
	document::Document,
	error::Error,
	time, words,
};
use clap::ValueEnum;
use hdx_primitives::{DisputeOutcome, RecordId};
use hdx_sdk::chain::Until;
use serde_json::json;
use std::path::PathBuf;

/// What is disputed.
#[derive(Debug, clap::Args)]
pub struct Dispute {
	#[command(flatten)]
	which: Which,
	/// What is wrong with it. It stays here; the chain gets a salted hash.
	#[arg(long, value_name = "FILE")]
	statement: PathBuf,
}

/// What the custodian answers.
#[derive(Debug, clap::Args)]
pub struct Answer {
	#[command(flatten)]
	dispute: Dispute,
	/// What is done about it.
	#[arg(long)]
	outcome: OutcomeName,
}

/// What a custodian does about a dispute, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum OutcomeName {
	/// The record is amended.
	Accepted,
	/// The record is accurate and complete, or not the custodian's to amend.
	Denied,
}

impl From<OutcomeName> for DisputeOutcome {
	fn from(name: OutcomeName) -> Self {
		match name {
			OutcomeName::Accepted => Self::Accepted,
			OutcomeName::Denied => Self::Denied,
		}
	}
}

/// Disputes.
pub async fn dispute(options: Dispute, context: &Context) -> Result<(), Error> {
	let signer = options.which.by.signer()?;
	let statement = Document::read(&options.statement)?;
	let chain = context.connect().await?;
	let record = RecordId(options.which.record);
	let call = |hash| chain.dispute_record(&signer, record, hash, Until::Finalized);
	let Told { answer: due, commitment, salt_file } =
		commit_and_tell(&statement, call, context).await?;
	let due = time::show(due);
	context.output.show(&Done::new(
		format!(
			"record {} is disputed; the custodian has to answer before {due}. Give the statement and its \
			 salt to the custodian: {}",
			record.0,
			salt_file.display(),
		),
		json!({
			"record": record.0,
			"answerDue": due,
			"statement": commitment,
			"saltFile": salt_file,
		}),
	))
}

/// Answers.
pub async fn answer(options: Answer, context: &Context) -> Result<(), Error> {
	let signer = options.dispute.which.by.signer()?;
	let statement = Document::read(&options.dispute.statement)?;
	let chain = context.connect().await?;
	let (record, outcome) = (RecordId(options.dispute.which.record), options.outcome.into());
	let call = |hash| chain.answer_dispute(&signer, record, outcome, hash, Until::Finalized);
	let Told { answer: late, commitment, salt_file } =
		commit_and_tell(&statement, call, context).await?;
	let word = words::of(outcome);
	let when = if late { ", late" } else { "" };
	context.output.show(&Done::new(
		format!(
			"the dispute of record {} is {word}{when}; give the statement and its salt to the patient: {}",
			record.0,
			salt_file.display(),
		),
		json!({
			"record": record.0,
			"outcome": word,
			"late": late,
			"statement": commitment,
			"saltFile": salt_file,
		}),
	))
}
