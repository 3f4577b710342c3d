//! `hdx record dispute` and `answer-dispute`.

use crate::{
	commands::{provider::Done, Context, SignedBy},
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
	by: SignedBy,
	/// The record.
	#[arg(value_name = "RECORD")]
	record: u64,
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
	let signer = options.by.signer()?;
	let document = Document::read(&options.statement)?;
	let chain = context.connect().await?;
	let committed = document.commit()?;
	let statement = committed.commitment;
	let record = RecordId(options.record);
	let progress = context.output.progress("waiting until it is final");
	let result = chain.dispute_record(&signer, record, statement, Until::Finalized).await;
	drop(progress);
	let (due, salt_file) = committed.keep_unless_refused(result)?;
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
			"statement": format!("0x{}", hex::encode(statement.0)),
			"saltFile": salt_file,
		}),
	))
}

/// Answers.
pub async fn answer(options: Answer, context: &Context) -> Result<(), Error> {
	let signer = options.dispute.by.signer()?;
	let document = Document::read(&options.dispute.statement)?;
	let chain = context.connect().await?;
	let committed = document.commit()?;
	let statement = committed.commitment;
	let record = RecordId(options.dispute.record);
	let outcome = options.outcome.into();
	let progress = context.output.progress("waiting until it is final");
	let result = chain.answer_dispute(&signer, record, outcome, statement, Until::Finalized).await;
	drop(progress);
	let (late, salt_file) = committed.keep_unless_refused(result)?;
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
			"statement": format!("0x{}", hex::encode(statement.0)),
			"saltFile": salt_file,
		}),
	))
}
